/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "make-face.h"

/* Ears, frames over the eye, looking aside, head coverings, stripes and photos of photos, painted on a made-up face: in the
 * 480 frame its middle is at 240, the eye line at 250, the cheeks end at 120 and 360, the hair's top is at 80. */

static const guint8 skin[3] = { 205, 165, 140 };
static const guint8 black[3] = { 30, 27, 26 };

/* What the painters below look at. */
static struct
{
  int covered_side;             /* -1, 1: hair beside that cheek */
  double line_y;                /* a dark line of 3 px; 0: none */
  guint8 hair[3];
  int strands;                  /* how much brightness changes from strand to strand */
  int band;                     /* rows of a red band over the hair */
  double step, angle;           /* of stripes on the clothes, px and degrees */
  double wave, wave_to;         /* a grid of that wavelength, px, left of wave_to */
  double strength;
  gboolean is_soft;             /* skin without grain */
} scene;

/* The same noise on every machine. */
static int
noise_at (int x, int y)
{
  guint32 n = (guint32) x * 374761393u + (guint32) y * 668265263u;

  n = (n ^ (n >> 13)) * 1274126177u;
  return (int) (n >> 16 & 255) - 128;
}

static void
set (guint8 rgb[3], const guint8 *colour, double change)
{
  for (int c = 0; c < 3; c++)
    rgb[c] = (guint8) CLAMP (colour[c] + change, 0, 255);
}

static void
paint (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  static const guint8 red[3] = { 190, 30, 40 }, cloth[3] = { 60, 58, 62 };
  double zoom = photo->pixels->width / 480.0, u = x / zoom, v = y / zoom;
  double away = scene.covered_side * (u - 240);

  set (rgb, skin, scene.is_soft ? 0 : noise_at (x, y) / 12.0);
  if (v < 165 && scene.strands >= 0)
    set (rgb, scene.hair, scene.strands * noise_at (x, 0) / 128.0);
  if (v >= 110 && v < 110 + scene.band)
    set (rgb, red, 0);
  if (away > 121 && away < 145 && v > 200 && v < 340)
    set (rgb, black, 0);
  if (scene.line_y > 0 && fabs (v - scene.line_y) < 1.5)
    set (rgb, black, 0);
  if (v > 430)
    {
      double across = u * sin (scene.angle * G_PI / 180) + v * cos (scene.angle * G_PI / 180);

      set (rgb, cloth, scene.step > 0 && fmod (across, scene.step) < scene.step / 2 ? 120 : 0);
    }
  if (scene.wave > 0 && u < scene.wave_to)
    set (rgb, rgb, scene.strength * (cos (2 * G_PI * x / scene.wave) + cos (2 * G_PI * y / scene.wave)));
}

static LkMadePhoto *
draw (void)
{
  LkMadePhoto *photo = lk_made_photo_new (480, 640, skin);

  for (int row = 0; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      photo->mask.person[row][column] = row >= LK_MASK_SIDE * 80 / 640 ? 1 : 0;
  lk_made_photo_set_openness (photo, 0.3, 0.3, 0);
  lk_made_photo_paint (photo, paint);
  return photo;
}

static void
clear_scene (void)
{
  memset (&scene, 0, sizeof scene);
  set (scene.hair, black, 0);
  scene.strands = 14;
}

/* The outcome of a check on the scene as it is set. */
static LkOutcome
judge (const char *id, LkMeasureFunc measure)
{
  g_autoptr (LkMadePhoto) photo = draw ();

  return lk_made_photo_judge (photo, id, measure);
}

static void
test_ears (void)
{
  clear_scene ();
  g_assert_cmpint (judge ("E3_hair_cover", lk_measure_hair_cover), ==, LK_OUTCOME_PASS);
  for (int side = -1; side <= 1; side += 2)
    {
      g_autoptr (LkMadePhoto) photo = NULL;
      LkMeasurement measurement;

      scene.covered_side = side;
      photo = draw ();
      g_assert_cmpint (lk_made_photo_judge (photo, "E3_hair_cover", lk_measure_hair_cover), ==, LK_OUTCOME_WARN);
      measurement = lk_made_photo_measure (photo, "E3_hair_cover", lk_measure_hair_cover);
      g_assert_cmpfloat (side * (measurement.region.x0 - 0.5), >, 0.2);
    }
}

/* A rim over the eyes, and one that lies as it should above them. */
static void
test_frame (void)
{
  clear_scene ();
  g_assert_cmpint (judge ("E4_glasses", lk_measure_glasses), ==, LK_OUTCOME_PASS);
  scene.line_y = 250;
  g_assert_cmpint (judge ("E4_glasses", lk_measure_glasses), ==, LK_OUTCOME_WARN);
  scene.line_y = 222;
  g_assert_cmpint (judge ("E4_glasses", lk_measure_glasses), ==, LK_OUTCOME_PASS);
}

/* Both irises moved from where they look straight, a little above the line of the corners; in widths of the eye. */
static LkMeasurement
look (double x, double y, LkOutcome expected)
{
  g_autoptr (LkMadePhoto) photo = draw ();

  for (int eye = 0; eye < 2; eye++)
    {
      float (*points)[2] = photo->faces.main.eyes[eye];
      double width = hypot (points[LK_EYE_INNER][0] - points[LK_EYE_OUTER][0], points[LK_EYE_INNER][1] - points[LK_EYE_OUTER][1]);
      double middle_x = (points[LK_EYE_INNER][0] + points[LK_EYE_OUTER][0]) / 2.0, middle_y = (points[LK_EYE_INNER][1] + points[LK_EYE_OUTER][1]) / 2.0;

      for (int i = LK_EYE_PUPIL; i < LK_EYE_POINTS; i++)
        {
          points[i][0] = (float) (middle_x + x * width);
          points[i][1] = (float) (middle_y + (y - 0.05) * width);
        }
    }
  g_assert_cmpint (lk_made_photo_judge (photo, "E1_eyes", lk_measure_eyes), ==, expected);
  return lk_made_photo_measure (photo, "E1_eyes", lk_measure_eyes);
}

static void
test_gaze (void)
{
  LkMeasurement straight, aside;

  clear_scene ();
  straight = look (0, 0, LK_OUTCOME_PASS);
  g_assert_cmpfloat (straight.value, >, 0.25);
  look (0.05, 0, LK_OUTCOME_PASS);
  aside = look (-0.16, 0, LK_OUTCOME_WARN);
  g_assert_cmpfloat_with_epsilon (aside.value, 0.16, 0.005);
  g_assert_cmpfloat (aside.high, <, aside.value);
  g_assert_true (isnan (aside.low));
  look (0.16, 0, LK_OUTCOME_WARN);
  look (0, -0.08, LK_OUTCOME_WARN);
  g_assert_true (aside.is_hint);
  g_assert_false (straight.is_hint);
  scene.line_y = 250;           /* a rim over the eyes: where the pupils are cannot be seen well */
  look (0.16, 0, LK_OUTCOME_PASS);
}

static void
test_headwear (void)
{
  static const guint8 navy[3] = { 25, 30, 80 }, brown[3] = { 90, 62, 45 }, grey[3] = { 140, 139, 138 };

  clear_scene ();
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_PASS);
  set (scene.hair, brown, 0);
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_PASS);
  set (scene.hair, grey, 0);
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_PASS);
  scene.band = 20;
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_WARN);
  scene.band = 0;
  scene.strands = 1;            /* grey felt */
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_WARN);
  scene.is_soft = TRUE;         /* all the photo lost its detail */
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_PASS);
  scene.is_soft = FALSE;
  scene.strands = 14;
  set (scene.hair, navy, 0);
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_WARN);
}

/* A bald head has nothing over the forehead that could be judged. */
static void
test_bald (void)
{
  clear_scene ();
  scene.strands = -1;
  g_assert_cmpint (judge ("E5_headwear", lk_measure_headwear), ==, LK_OUTCOME_PASS);
}

static void
test_stripes (void)
{
  static const double angles[] = { 0, 40, 90, -50 }, steps[] = { 9, 14, 24 };

  clear_scene ();
  g_assert_cmpint (judge ("C1_clothes", lk_measure_clothes), ==, LK_OUTCOME_PASS);
  scene.step = 600;             /* one edge */
  g_assert_cmpint (judge ("C1_clothes", lk_measure_clothes), ==, LK_OUTCOME_PASS);
  for (gsize i = 0; i < G_N_ELEMENTS (angles); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (steps); k++)
      {
        g_autoptr (LkMadePhoto) photo = NULL;
        LkMeasurement measurement;

        scene.angle = angles[i];
        scene.step = steps[k];
        photo = draw ();
        g_assert_cmpint (lk_made_photo_judge (photo, "C1_clothes", lk_measure_clothes), ==, LK_OUTCOME_WARN);
        measurement = lk_made_photo_measure (photo, "C1_clothes", lk_measure_clothes);
        g_assert_cmpfloat (measurement.value, >, 80);
        g_assert_cmpfloat (measurement.high, <, 40);
        g_assert_true (measurement.is_hint);
      }
}

static void
test_recapture (void)
{
  clear_scene ();
  g_assert_cmpint (judge ("D3_recapture", lk_measure_recapture), ==, LK_OUTCOME_PASS);
  scene.wave = 2.9;
  scene.wave_to = 480;
  scene.strength = 3;
  g_assert_cmpint (judge ("D3_recapture", lk_measure_recapture), ==, LK_OUTCOME_WARN);
  scene.wave_to = 200;          /* a fine pattern on one side is no screen */
  g_assert_cmpint (judge ("D3_recapture", lk_measure_recapture), ==, LK_OUTCOME_PASS);
  scene.wave_to = 480;
  scene.wave = 20;
  g_assert_cmpint (judge ("D3_recapture", lk_measure_recapture), ==, LK_OUTCOME_PASS);
}

static void
test_recapture_of_few_pixels (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (60, 80, skin);

  g_assert_cmpstr (lk_made_photo_measure (photo, "D3_recapture", lk_measure_recapture).why, ==, "low-resolution");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hints/ears", test_ears);
  g_test_add_func ("/hints/frame", test_frame);
  g_test_add_func ("/hints/gaze", test_gaze);
  g_test_add_func ("/hints/headwear", test_headwear);
  g_test_add_func ("/hints/bald", test_bald);
  g_test_add_func ("/hints/stripes", test_stripes);
  g_test_add_func ("/hints/recapture", test_recapture);
  g_test_add_func ("/hints/recapture-of-few-pixels", test_recapture_of_few_pixels);
  return g_test_run ();
}
