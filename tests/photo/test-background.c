/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make-face.h"

static const guint8 blue[3] = { 100, 197, 255 };

static gboolean
is_person (const LkMadePhoto *photo, int x, int y)
{
  return photo->mask.person[y * LK_MASK_SIDE / photo->pixels->height][x * LK_MASK_SIDE / photo->pixels->width] > 0.5f;
}

static void
set_rgb (guint8 rgb[3], int r, int g, int b)
{
  rgb[0] = (guint8) r;
  rgb[1] = (guint8) g;
  rgb[2] = (guint8) b;
}

static void
paint_replaced (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  if (is_person (photo, x, y))
    set_rgb (rgb, 200, 160, 140);
  else
    set_rgb (rgb, 100 + x % 3 - 1, 197 + y % 3 - 1, 254);       /* as JPEG gives it back */
}

static void
paint_white (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  if (is_person (photo, x, y))
    set_rgb (rgb, 200, 160, 140);
  else
    set_rgb (rgb, 250, 250, 250);
}

/* The blue stops in the upper quarter. */
static void
paint_partly (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_replaced (photo, x, y, rgb);
  if (!is_person (photo, x, y) && y < photo->pixels->height / 4)
    set_rgb (rgb, 250, 250, 250);
}

/* Another blue than the reference. */
static void
paint_other_blue (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_replaced (photo, x, y, rgb);
  if (!is_person (photo, x, y))
    set_rgb (rgb, 67, 142, 219);
}

static void
paint_all_blue (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  if (is_person (photo, x, y))
    set_rgb (rgb, 80, 150, 220);
  else
    set_rgb (rgb, 100, 197, 255);
}

/* A person in a blue shirt is still there. */
static void
paint_blue_shirt (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_replaced (photo, x, y, rgb);
  if (is_person (photo, x, y) && y > photo->faces.main.mesh[LK_MESH_CHIN][1])
    set_rgb (rgb, 60, 110, 220);
}

static void
test_replaced (void)
{
  static const struct { LkPaintFunc paint; LkOutcome outcome; } cases[] = {
    { paint_replaced, LK_OUTCOME_PASS }, { paint_blue_shirt, LK_OUTCOME_PASS }, { paint_all_blue, LK_OUTCOME_PASS },
    { paint_white, LK_OUTCOME_FAIL }, { paint_partly, LK_OUTCOME_FAIL }, { paint_other_blue, LK_OUTCOME_FAIL },
  };
  static const int widths[] = { 480, 960 };

  for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (LkMadePhoto) photo = lk_made_photo_new (widths[w], widths[w] * 4 / 3, blue);

        lk_made_photo_paint (photo, cases[i].paint);
        g_assert_cmpint (lk_made_photo_judge (photo, "B1_replaced", lk_measure_replaced), ==, cases[i].outcome);
      }
}

/* What is shown is the part that was left. */
static void
test_partly_region (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, blue);
  LkMeasurement measurement;

  lk_made_photo_paint (photo, paint_partly);
  measurement = lk_made_photo_measure (photo, "B1_replaced", lk_measure_replaced);
  g_assert_cmpint (measurement.region.kind, ==, LK_REGION_BOX);
  g_assert_cmpfloat (measurement.region.y0, <, 0.02);
  g_assert_cmpfloat_with_epsilon (measurement.region.y1, 0.25, 0.01);
}

static void
test_no_background (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, blue);

  for (int i = 0; i < LK_MASK_SIDE * LK_MASK_SIDE; i++)
    (&photo->mask.person[0][0])[i] = 1;
  g_assert_cmpint (lk_made_photo_judge (photo, "B1_replaced", lk_measure_replaced), ==, LK_OUTCOME_NOT_RUN);
}

static void
test_all_blue (void)
{
  static const struct { LkPaintFunc paint; LkOutcome outcome; } cases[] = {
    { paint_replaced, LK_OUTCOME_PASS }, { paint_white, LK_OUTCOME_PASS }, { paint_blue_shirt, LK_OUTCOME_PASS },
    { paint_all_blue, LK_OUTCOME_FAIL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, blue);

      lk_made_photo_paint (photo, cases[i].paint);
      g_assert_cmpint (lk_made_photo_judge (photo, "B2_all_blue", lk_measure_all_blue), ==, cases[i].outcome);
    }
}

/* Nobody in the photo at all. */
static void
test_nobody (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, blue);

  memset (&photo->mask, 0, sizeof photo->mask);
  photo->faces.n_faces = 0;
  g_assert_cmpint (lk_made_photo_judge (photo, "B2_all_blue", lk_measure_all_blue), ==, LK_OUTCOME_FAIL);
  g_assert_cmpfloat (lk_made_photo_measure (photo, "B2_all_blue", lk_measure_all_blue).value, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/background/replaced", test_replaced);
  g_test_add_func ("/background/partly-region", test_partly_region);
  g_test_add_func ("/background/no-background", test_no_background);
  g_test_add_func ("/background/all-blue", test_all_blue);
  g_test_add_func ("/background/nobody", test_nobody);
  return g_test_run ();
}
