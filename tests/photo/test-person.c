/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "make-face.h"

/* Clothes, shoulders and fine detail. In the 480 frame the chin of the made-up face is at 412 and its shoulders end 216 left
 * and right of the middle. */

enum { CHIN = 412 };

static const guint8 skin[3] = { 205, 165, 140 };
static guint8 cloth[3];
static double blue_to;          /* x in the frame: cloth left of it, dark right of it */

static void
paint_clothes (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  static const guint8 dark[3] = { 40, 38, 42 };
  double zoom = photo->pixels->width / 480.0;
  const guint8 *from = y / zoom < CHIN + 10 ? skin : x / zoom < blue_to ? cloth : dark;

  memcpy (rgb, from, 3);
}

static LkMeasurement
measure_clothes (int r, int g, int b, double to, LkOutcome expected)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, skin);

  cloth[0] = (guint8) r, cloth[1] = (guint8) g, cloth[2] = (guint8) b;
  blue_to = to;
  lk_made_photo_paint (photo, paint_clothes);
  g_assert_cmpint (lk_made_photo_judge (photo, "C1_clothes", lk_measure_clothes), ==, expected);
  return lk_made_photo_measure (photo, "C1_clothes", lk_measure_clothes);
}

static void
test_clothes (void)
{
  g_assert_cmpfloat (measure_clothes (60, 120, 220, 480, LK_OUTCOME_WARN).value, >, 99);
  g_assert_cmpfloat (measure_clothes (245, 244, 240, 480, LK_OUTCOME_WARN).value, >, 99);
  g_assert_cmpfloat_with_epsilon (measure_clothes (245, 244, 240, 240, LK_OUTCOME_WARN).value, 50, 2);
  measure_clothes (245, 244, 240, 120, LK_OUTCOME_PASS);        /* a shirt under a jacket */
  measure_clothes (25, 30, 60, 480, LK_OUTCOME_PASS);           /* navy */
  measure_clothes (130, 30, 40, 480, LK_OUTCOME_PASS);
}

/* With the chin at the photo's lower edge there are neither clothes nor shoulders to see. */
static void
test_out_of_view (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, skin);

  lk_made_photo_set_head (photo, 240, 470, 240, 300, 0);
  lk_made_photo_paint (photo, paint_clothes);
  g_assert_cmpstr (lk_made_photo_measure (photo, "C1_clothes", lk_measure_clothes).why, ==, "out-of-view");
  g_assert_cmpstr (lk_made_photo_measure (photo, "G8_shoulders", lk_measure_shoulders).why, ==, "out-of-view");
}

/* The person below a line through (240, 480) of the frame. */
static void
set_shoulders (LkMadePhoto *photo, double degrees)
{
  for (int row = 0; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      {
        double x = (column + 0.5) * 480 / LK_MASK_SIDE, y = (row + 0.5) * 640 / LK_MASK_SIDE;
        double inside = y - 480 - (x - 240) * tan (degrees * G_PI / 180);

        photo->mask.person[row][column] = (float) CLAMP (0.5 + inside / 5, 0, 1);
      }
}

static void
test_shoulders (void)
{
  static const double degrees[] = { -8, -3, 0, 2, 7 };

  for (gsize i = 0; i < G_N_ELEMENTS (degrees); i++)
    {
      g_autoptr (LkMadePhoto) photo = lk_made_photo_new (720, 960, skin);
      LkMeasurement measurement;

      set_shoulders (photo, degrees[i]);
      measurement = lk_made_photo_measure (photo, "G8_shoulders", lk_measure_shoulders);
      g_assert_cmpfloat_with_epsilon (measurement.value, degrees[i], 0.3);
      g_assert_cmpint (lk_made_photo_judge (photo, "G8_shoulders", lk_measure_shoulders), ==,
                       fabs (degrees[i]) <= 4 ? LK_OUTCOME_PASS : LK_OUTCOME_WARN);
      g_assert_cmpint (measurement.region.kind, ==, LK_REGION_SPAN);
      g_assert_true (measurement.region.y0 < measurement.region.y1 || degrees[i] <= 0);
    }
}

/* Noise with the same spread at every place, kept for blocks of so many pixels: a picture enlarged by that much. */
static int block;

static void
paint_noise (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  double fx = x / (double) block, fy = y / (double) block;
  double value = 0;

  /* between four random values */
  for (int k = 0; k < 4; k++)
    {
      guint i = (guint) fx + (k & 1), j = (guint) fy + (k >> 1);
      guint hash = (i * 73856093u ^ j * 19349663u) * 2654435761u;
      double wx = 1 - fabs (fx - i), wy = 1 - fabs (fy - j);

      value += wx * wy * (hash >> 26);
    }
  rgb[0] = rgb[1] = rgb[2] = (guint8) (100 + value);
}

static void
test_upscaled (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, skin);

  block = 1;
  lk_made_photo_paint (photo, paint_noise);
  g_assert_cmpint (lk_made_photo_judge (photo, "F4_upscaled", lk_measure_upscaled), ==, LK_OUTCOME_PASS);
  block = 4;
  lk_made_photo_paint (photo, paint_noise);
  g_assert_cmpint (lk_made_photo_judge (photo, "F4_upscaled", lk_measure_upscaled), ==, LK_OUTCOME_WARN);
}

static void
test_too_small_to_say (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (150, 200, skin);

  g_assert_cmpstr (lk_made_photo_measure (photo, "F4_upscaled", lk_measure_upscaled).why, ==, "low-resolution");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person/clothes", test_clothes);
  g_test_add_func ("/person/out-of-view", test_out_of_view);
  g_test_add_func ("/person/shoulders", test_shoulders);
  g_test_add_func ("/person/upscaled", test_upscaled);
  g_test_add_func ("/person/too-small-to-say", test_too_small_to_say);
  return g_test_run ();
}
