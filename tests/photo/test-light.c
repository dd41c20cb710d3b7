/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "make-face.h"

static const guint8 grey[3] = { 128, 128, 128 };

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

static void
set_grey (guint8 rgb[3], int value)
{
  rgb[0] = rgb[1] = rgb[2] = (guint8) value;
}

static void
paint_even (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 150);
}

static void
paint_dark (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 60);
}

/* The picture's right half gets two thirds of the light. */
static void
paint_half_dark (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, x < photo->pixels->width / 2 ? 180 : 120);
}

/* Stripes eight frame px wide, hard or soft at the edges. */
static void
paint_stripes (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, (x * 480 / photo->pixels->width / 8) % 2 == 0 ? 110 : 150);
}

static void
paint_soft_stripes (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, (int) (130 + 20 * sin (x * 480.0 / photo->pixels->width * G_PI / 40)));
}

static void
test_light_even (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  LkMeasurement measurement;

  lk_made_photo_paint (photo, paint_even);
  assert_near (lk_made_photo_measure (photo, "Q1_light_even", lk_measure_light_even).value, 1, 0.01);
  g_assert_cmpint (lk_made_photo_judge (photo, "Q1_light_even", lk_measure_light_even), ==, LK_OUTCOME_PASS);

  lk_made_photo_paint (photo, paint_half_dark);
  measurement = lk_made_photo_measure (photo, "Q1_light_even", lk_measure_light_even);
  assert_near (measurement.value, 1.5, 0.02);
  g_assert_cmpint (lk_made_photo_judge (photo, "Q1_light_even", lk_measure_light_even), ==, LK_OUTCOME_WARN);
  g_assert_cmpfloat (measurement.region.x0, >, 0.48);   /* the dark half is shown */
}

static void
test_exposure (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (960, 1280, grey);

  lk_made_photo_paint (photo, paint_even);
  assert_near (lk_made_photo_measure (photo, "Q3_exposure", lk_measure_exposure).value, 150, 0.5);
  g_assert_cmpint (lk_made_photo_judge (photo, "Q3_exposure", lk_measure_exposure), ==, LK_OUTCOME_PASS);
  lk_made_photo_paint (photo, paint_dark);
  g_assert_cmpint (lk_made_photo_judge (photo, "Q3_exposure", lk_measure_exposure), ==, LK_OUTCOME_WARN);
}

/* The same picture is as sharp at every size. */
static void
test_sharp (void)
{
  static const int widths[] = { 480, 720, 960 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (LkMadePhoto) photo = lk_made_photo_new (widths[i], widths[i] * 4 / 3, grey);

      lk_made_photo_paint (photo, paint_stripes);
      g_assert_cmpint (lk_made_photo_judge (photo, "Q4_sharp", lk_measure_sharp), ==, LK_OUTCOME_PASS);
      lk_made_photo_paint (photo, paint_soft_stripes);
      g_assert_cmpint (lk_made_photo_judge (photo, "Q4_sharp", lk_measure_sharp), ==, LK_OUTCOME_FAIL);
    }
}

static void
test_too_small_to_say (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (150, 200, grey);

  lk_made_photo_paint (photo, paint_stripes);
  g_assert_cmpstr (lk_made_photo_measure (photo, "Q4_sharp", lk_measure_sharp).why, ==, "low-resolution");
}

/* Only the part of a face that lies in the photo is measured, and none when there is none. */
static void
test_patch_at_the_edge (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  g_autoptr (LkFacePatch) half = NULL;

  lk_made_photo_set_head (photo, 0, 250, 240, 80, 0);
  half = lk_face_patch_new (photo->pyramid, &photo->faces.main, 160);
  g_assert_cmpint (half->width, ==, 80);
  lk_made_photo_set_head (photo, -400, 250, 240, 80, 0);
  g_assert_null (lk_face_patch_new (photo->pyramid, &photo->faces.main, 160));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/light/even", test_light_even);
  g_test_add_func ("/light/exposure", test_exposure);
  g_test_add_func ("/light/sharp", test_sharp);
  g_test_add_func ("/light/too-small-to-say", test_too_small_to_say);
  g_test_add_func ("/light/patch-at-the-edge", test_patch_at_the_edge);
  return g_test_run ();
}
