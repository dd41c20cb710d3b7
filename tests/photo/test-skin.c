/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "make-face.h"

/* Checks that compare parts of the face with its own skin. In the 480 frame of the made-up face the pupils are at (182, 250)
 * and (298, 250), half a face width is 120. */

static const guint8 skin[3] = { 205, 165, 140 };

static void
set (guint8 rgb[3], int r, int g, int b)
{
  rgb[0] = (guint8) r, rgb[1] = (guint8) g, rgb[2] = (guint8) b;
}

static gboolean
is_near (const LkMadePhoto *photo, int x, int y, double middle_x, double middle_y, double radius)
{
  double zoom = photo->pixels->width / 480.0;

  return hypot (x / zoom - middle_x, y / zoom - middle_y) < radius;
}

static void
paint_skin (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set (rgb, skin[0], skin[1], skin[2]);
}

static void
paint_bright_skin (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set (rgb, 250, 240, 236);
}

/* A white spot on the nose. */
static void
paint_highlight (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_skin (photo, x, y, rgb);
  if (is_near (photo, x, y, 240, 285, 25))
    set (rgb, 254, 253, 250);
}

/* The same in warm light. */
static void
paint_warm_highlight (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_skin (photo, x, y, rgb);
  if (is_near (photo, x, y, 240, 285, 25))
    set (rgb, 255, 250, 226);
}

/* White spots on both eyes: glare, and no highlight on skin. */
static void
paint_glare (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_skin (photo, x, y, rgb);
  if (is_near (photo, x, y, 182, 252, 12))
    set (rgb, 254, 253, 250);
}

static void
paint_one_dark_lens (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_skin (photo, x, y, rgb);
  if (is_near (photo, x, y, 182, 255, 40))
    set (rgb, 60, 50, 45);
}

static void
paint_dark_lenses (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  paint_one_dark_lens (photo, x, y, rgb);
  if (is_near (photo, x, y, 298, 255, 40))
    set (rgb, 60, 50, 45);
}

static void
paint_cold (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set (rgb, 155, 165, 185);
}

static void
paint_warm (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set (rgb, 255, 165, 70);
}

/* Dark hair over the picture's right brow. */
static void
paint_fringe (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  double zoom = photo->pixels->width / 480.0;

  paint_skin (photo, x, y, rgb);
  if (x / zoom > 250 && y / zoom < 225)
    set (rgb, 30, 26, 24);
}

static LkMeasurement
measure (int width, LkPaintFunc paint, const char *id, LkMeasureFunc func, LkOutcome expected)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (width, width * 4 / 3, skin);

  lk_made_photo_paint (photo, paint);
  g_assert_cmpint (lk_made_photo_judge (photo, id, func), ==, expected);
  return lk_made_photo_measure (photo, id, func);
}

/* The same share at every size; and fair skin in bright light is no highlight. */
static void
test_highlight (void)
{
  LkMeasurement small = measure (480, paint_highlight, "Q2_highlight", lk_measure_highlight, LK_OUTCOME_WARN);
  LkMeasurement large = measure (960, paint_highlight, "Q2_highlight", lk_measure_highlight, LK_OUTCOME_WARN);
  LkMeasurement none = measure (480, paint_skin, "Q2_highlight", lk_measure_highlight, LK_OUTCOME_PASS);

  g_assert_cmpfloat_with_epsilon (small.value, large.value, 0.5);
  g_assert_cmpfloat_with_epsilon (small.region.x0, 215 / 480.0, 0.01);
  g_assert_cmpfloat_with_epsilon (small.region.y1, 310 / 640.0, 0.01);
  g_assert_cmpfloat (none.value, ==, 0);
  g_assert_cmpint (none.region.kind, ==, LK_REGION_NONE);
  measure (480, paint_warm_highlight, "Q2_highlight", lk_measure_highlight, LK_OUTCOME_WARN);
  measure (480, paint_bright_skin, "Q2_highlight", lk_measure_highlight, LK_OUTCOME_PASS);
  measure (480, paint_glare, "Q2_highlight", lk_measure_highlight, LK_OUTCOME_PASS);
}

static void
test_colour (void)
{
  g_assert_cmpfloat (measure (480, paint_skin, "Q5_colour", lk_measure_colour, LK_OUTCOME_PASS).value, ==, 0);
  measure (480, paint_cold, "Q5_colour", lk_measure_colour, LK_OUTCOME_WARN);
  measure (480, paint_warm, "Q5_colour", lk_measure_colour, LK_OUTCOME_WARN);
}

static void
test_glare (void)
{
  LkMeasurement glare = measure (480, paint_glare, "E4_glasses", lk_measure_glasses, LK_OUTCOME_WARN);

  g_assert_cmpfloat (glare.region.x1, <, 0.5);          /* the lens with the glare is shown */
  g_assert_cmpfloat (measure (720, paint_skin, "E4_glasses", lk_measure_glasses, LK_OUTCOME_PASS).value, ==, 0);
  measure (480, paint_bright_skin, "E4_glasses", lk_measure_glasses, LK_OUTCOME_PASS);
}

/* Tinted are both lenses or none: one dark side is the light's doing. The limit shown is the one for dark lenses. */
static void
test_tint (void)
{
  LkMeasurement tinted = measure (480, paint_dark_lenses, "E4_glasses", lk_measure_glasses, LK_OUTCOME_WARN);

  g_assert_cmpfloat (tinted.value, >, 95);
  g_assert_cmpfloat (tinted.value, >, tinted.high);
  measure (480, paint_one_dark_lens, "E4_glasses", lk_measure_glasses, LK_OUTCOME_PASS);
}

/* One covered brow is enough, and it is shown. */
static void
test_hair_cover (void)
{
  LkMeasurement covered = measure (480, paint_fringe, "E3_hair_cover", lk_measure_hair_cover, LK_OUTCOME_WARN);

  g_assert_cmpfloat (covered.value, ==, 1);
  g_assert_cmpfloat (covered.region.x0, >, 0.5);
  g_assert_cmpfloat (measure (480, paint_skin, "E3_hair_cover", lk_measure_hair_cover, LK_OUTCOME_PASS).value, ==, 0);
}

/* Too little skin in the photo to compare with. */
static void
test_no_skin (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, skin);

  lk_made_photo_set_head (photo, -90, -90, 240, 80, 0);
  lk_made_photo_paint (photo, paint_skin);
  g_assert_cmpstr (lk_made_photo_measure (photo, "Q2_highlight", lk_measure_highlight).why, ==, "no-face");
  g_assert_cmpstr (lk_made_photo_measure (photo, "Q5_colour", lk_measure_colour).why, ==, "no-face");
  g_assert_cmpstr (lk_made_photo_measure (photo, "E3_hair_cover", lk_measure_hair_cover).why, ==, "no-face");
  g_assert_cmpstr (lk_made_photo_measure (photo, "E4_glasses", lk_measure_glasses).why, ==, "no-face");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skin/highlight", test_highlight);
  g_test_add_func ("/skin/colour", test_colour);
  g_test_add_func ("/skin/glare", test_glare);
  g_test_add_func ("/skin/tint", test_tint);
  g_test_add_func ("/skin/hair-cover", test_hair_cover);
  g_test_add_func ("/skin/no-skin", test_no_skin);
  return g_test_run ();
}
