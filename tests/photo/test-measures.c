/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "make-face.h"

/* The measures of ISO/IEC 29794-5 on made-up landmarks: no models needed. */

static const guint8 grey[3] = { 128, 128, 128 };

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)
#define value_of(photo, id, measure) (lk_made_photo_measure (photo, id, measure).value)
#define judge(photo, id, measure) lk_made_photo_judge (photo, id, measure)

static void
set_grey (guint8 rgb[3], int value)
{
  rgb[0] = rgb[1] = rgb[2] = (guint8) CLAMP (value, 0, 255);
}

/* The same for a place on every run. */
static int
noise (int x, int y, int size)
{
  guint32 hash = (guint32) x * 73856093u ^ (guint32) y * 19349663u;

  hash = (hash ^ hash >> 13) * 0x5bd1e995u;
  return (int) ((hash ^ hash >> 15) % (guint32) size);
}

static void
paint_medium (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 160);
}

static void
paint_dark (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 60);
}

static void
paint_white (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 255);
}

static void
paint_half_dark (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, (x < photo->pixels->width / 2 ? 190 : 110) + noise (x, y, 9));
}

/* From 40 to 220 down the face. */
static void
paint_range (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 40 + (y - 150) * 180 / 260 + noise (x, y, 5));
}

static void
test_luminance (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  lk_made_photo_paint (photo, paint_medium);
  assert_near (value_of (photo, "M02_luminance_mean", lk_measure_luminance_mean), 0.3515, 0.002);    /* linear light of 160 */
  assert_near (value_of (photo, "M03_luminance_variance", lk_measure_luminance_variance), 0, 1e-6);
  assert_near (value_of (photo, "M06_dynamic_range", lk_measure_dynamic_range), 0, 0.01);
  g_assert_cmpint (judge (photo, "M02_luminance_mean", lk_measure_luminance_mean), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (judge (photo, "M03_luminance_variance", lk_measure_luminance_variance), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (judge (photo, "M06_dynamic_range", lk_measure_dynamic_range), ==, LK_OUTCOME_WARN);

  lk_made_photo_paint (photo, paint_range);
  g_assert_cmpfloat (value_of (photo, "M06_dynamic_range", lk_measure_dynamic_range), >, 6);
  g_assert_cmpint (judge (photo, "M03_luminance_variance", lk_measure_luminance_variance), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (judge (photo, "M06_dynamic_range", lk_measure_dynamic_range), ==, LK_OUTCOME_PASS);
}

static void
test_exposure (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  lk_made_photo_paint (photo, paint_medium);
  g_assert_cmpfloat (value_of (photo, "M04_under_exposure", lk_measure_under_exposure), ==, 0);
  g_assert_cmpfloat (value_of (photo, "M05_over_exposure", lk_measure_over_exposure), ==, 0);
  lk_made_photo_paint (photo, paint_dark);
  g_assert_cmpfloat (value_of (photo, "M04_under_exposure", lk_measure_under_exposure), ==, 100);
  g_assert_cmpint (judge (photo, "M04_under_exposure", lk_measure_under_exposure), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (judge (photo, "M02_luminance_mean", lk_measure_luminance_mean), ==, LK_OUTCOME_WARN);
  lk_made_photo_paint (photo, paint_white);
  g_assert_cmpfloat (value_of (photo, "M05_over_exposure", lk_measure_over_exposure), ==, 100);
  g_assert_cmpint (judge (photo, "M05_over_exposure", lk_measure_over_exposure), ==, LK_OUTCOME_WARN);
}

static void
test_illumination (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  LkMeasurement measurement;

  lk_made_photo_paint (photo, paint_medium);
  assert_near (value_of (photo, "M01_illumination", lk_measure_illumination), 1, 1e-6);
  lk_made_photo_paint (photo, paint_half_dark);
  measurement = lk_made_photo_measure (photo, "M01_illumination", lk_measure_illumination);
  assert_near (measurement.value, 0, 0.01);
  g_assert_cmpfloat (measurement.region.x0, >, 0.5);    /* the darker cheek is shown */
  g_assert_cmpint (judge (photo, "M01_illumination", lk_measure_illumination), ==, LK_OUTCOME_WARN);
}

static void
paint_skin (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  rgb[0] = 220, rgb[1] = 175, rgb[2] = 150;
}

static void
paint_yellow (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  rgb[0] = 220, rgb[1] = 175, rgb[2] = 60;
}

static void
paint_blue (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  rgb[0] = 150, rgb[1] = 175, rgb[2] = 220;
}

static void
test_natural_colour (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  lk_made_photo_paint (photo, paint_skin);
  g_assert_cmpfloat (value_of (photo, "M10_natural_colour", lk_measure_natural_colour), ==, 0);
  lk_made_photo_paint (photo, paint_yellow);
  g_assert_cmpfloat (value_of (photo, "M10_natural_colour", lk_measure_natural_colour), >, 20);
  g_assert_cmpint (judge (photo, "M10_natural_colour", lk_measure_natural_colour), ==, LK_OUTCOME_WARN);
  lk_made_photo_paint (photo, paint_blue);
  g_assert_cmpfloat (value_of (photo, "M10_natural_colour", lk_measure_natural_colour), ==, 100);
}

/* Stripes sixteen frame px wide, hard or soft at the edges, of strong or weak contrast. */
static void
paint_stripes (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, (x / 16) % 2 == 0 ? 90 : 170);
}

static void
paint_weak_stripes (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, (x / 16) % 2 == 0 ? 90 : 98);
}

static void
paint_soft_stripes (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, (int) (130 + 80 * sin (x * G_PI / 40)));
}

/* Contrast does not count, unlike for Q4. */
static void
test_sharpness (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  g_autoptr (LkMadePhoto) tiny = lk_made_photo_new (150, 200, grey);
  double strong;

  lk_made_photo_paint (photo, paint_stripes);
  strong = value_of (photo, "M07_sharpness", lk_measure_sharpness);
  g_assert_cmpint (judge (photo, "M07_sharpness", lk_measure_sharpness), ==, LK_OUTCOME_PASS);
  lk_made_photo_paint (photo, paint_weak_stripes);
  assert_near (value_of (photo, "M07_sharpness", lk_measure_sharpness), strong, 0.15 * strong);
  lk_made_photo_paint (photo, paint_soft_stripes);
  g_assert_cmpint (judge (photo, "M07_sharpness", lk_measure_sharpness), ==, LK_OUTCOME_WARN);
  lk_made_photo_paint (tiny, paint_stripes);
  g_assert_cmpstr (lk_made_photo_measure (tiny, "M07_sharpness", lk_measure_sharpness).why, ==, "low-resolution");
}

/* Blocks of slightly different greys, beginning three pixels from the edge, with the grain a picture has. */
static void
paint_blocks (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 140 + 2 * noise ((x + 5) / 8, (y + 5) / 8, 5) + noise (x, y, 2));
}

static void
paint_grain (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, 140 + (x + y) / 40 + noise (x, y, 4));
}

/* Edges every 16 px are the picture's own, and much larger than what a block leaves. */
static void
paint_mesh (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  set_grey (rgb, noise (x, y, 6) + noise (x / 7, y / 7, 200));
}

static void
test_compression (void)
{
  static const int widths[] = { 480, 960 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (LkMadePhoto) photo = lk_made_photo_new (widths[i], widths[i] * 4 / 3, grey);

      lk_made_photo_paint (photo, paint_blocks);
      g_assert_cmpint (judge (photo, "M09_blockiness", lk_measure_blockiness), ==, LK_OUTCOME_WARN);
      g_assert_cmpint (judge (photo, "F4_upscaled", lk_measure_upscaled), ==, LK_OUTCOME_WARN);
      lk_made_photo_paint (photo, paint_grain);
      assert_near (value_of (photo, "M09_blockiness", lk_measure_blockiness), 0, 0.2);
      g_assert_cmpint (judge (photo, "F4_upscaled", lk_measure_upscaled), ==, LK_OUTCOME_PASS);
      lk_made_photo_paint (photo, paint_mesh);
      assert_near (value_of (photo, "M09_blockiness", lk_measure_blockiness), 0, 0.4);
    }
}

/* A file whose tables are coarse is compressed, whatever is on it. */
static void
test_jpeg_quality (void)
{
  static const struct
  {
    int quality;
    LkOutcome measure, check;
  } cases[] = {
    { 100, LK_OUTCOME_PASS, LK_OUTCOME_PASS }, { 60, LK_OUTCOME_PASS, LK_OUTCOME_PASS }, { 45, LK_OUTCOME_PASS, LK_OUTCOME_PASS },
    { 44, LK_OUTCOME_WARN, LK_OUTCOME_WARN }, { 35, LK_OUTCOME_WARN, LK_OUTCOME_WARN }, { 5, LK_OUTCOME_WARN, LK_OUTCOME_WARN },
  };
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  lk_made_photo_paint (photo, paint_grain);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      photo->file.quality = cases[i].quality;
      g_assert_cmpfloat (value_of (photo, "M08_jpeg_quality", lk_measure_jpeg_quality), ==, cases[i].quality);
      g_assert_cmpint (judge (photo, "M08_jpeg_quality", lk_measure_jpeg_quality), ==, cases[i].measure);
      g_assert_cmpint (judge (photo, "F4_upscaled", lk_measure_upscaled), ==, cases[i].check);
    }
}

/* In px of the photo itself; a turned head is corrected. */
static void
test_eye_distance (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  g_autoptr (LkMadePhoto) large = lk_made_photo_new (960, 1280, grey);
  g_autoptr (LkMadePhoto) small = lk_made_photo_new (240, 320, grey);

  assert_near (value_of (photo, "M11_eye_distance", lk_measure_eye_distance), 0.96 * 120, 0.5);
  assert_near (value_of (large, "M11_eye_distance", lk_measure_eye_distance), 0.96 * 240, 0.5);
  g_assert_cmpint (judge (photo, "M11_eye_distance", lk_measure_eye_distance), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (judge (small, "M11_eye_distance", lk_measure_eye_distance), ==, LK_OUTCOME_WARN);
  photo->findings.pose.yaw = -60;
  assert_near (value_of (photo, "M11_eye_distance", lk_measure_eye_distance), 2 * 0.96 * 120, 0.5);
}

static void
test_size_and_place (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (960, 1280, grey);
  const double distance = 0.96 * 120, t = 1.35 * 120;   /* frame px, of a face 240 px wide */

  assert_near (value_of (photo, "M12_head_size", lk_measure_head_size), t / 640, 0.002);
  assert_near (value_of (photo, "M13_crop_left", lk_measure_crop_left), (240 - distance / 2) / distance, 0.01);
  assert_near (value_of (photo, "M14_crop_right", lk_measure_crop_right), (240 - distance / 2) / distance, 0.01);
  assert_near (value_of (photo, "M15_crop_above", lk_measure_crop_above), 250 / t, 0.01);
  assert_near (value_of (photo, "M16_crop_below", lk_measure_crop_below), 390 / t, 0.01);
  g_assert_cmpint (judge (photo, "M12_head_size", lk_measure_head_size), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (judge (photo, "M15_crop_above", lk_measure_crop_above), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (judge (photo, "M16_crop_below", lk_measure_crop_below), ==, LK_OUTCOME_PASS);

  lk_made_photo_set_head (photo, 130, 120, 240, 0, 0);  /* to the upper left */
  g_assert_cmpint (judge (photo, "M13_crop_left", lk_measure_crop_left), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (judge (photo, "M14_crop_right", lk_measure_crop_right), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (judge (photo, "M15_crop_above", lk_measure_crop_above), ==, LK_OUTCOME_WARN);

  lk_made_photo_set_head (photo, 350, 430, 240, 250, 0);        /* to the lower right */
  g_assert_cmpint (judge (photo, "M13_crop_left", lk_measure_crop_left), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (judge (photo, "M14_crop_right", lk_measure_crop_right), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (judge (photo, "M16_crop_below", lk_measure_crop_below), ==, LK_OUTCOME_WARN);

  lk_made_photo_set_head (photo, 240, 250, 100, 150, 0);
  g_assert_cmpint (judge (photo, "M12_head_size", lk_measure_head_size), ==, LK_OUTCOME_WARN);
}

static void
test_single_face (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  LkBox *boxes = photo->faces.boxes;

  g_assert_cmpfloat (value_of (photo, "M17_single_face", lk_measure_single_face), ==, 0);
  photo->faces.n_faces = 2;
  boxes[0] = (LkBox) { 100, 100, 300, 300 };
  boxes[1] = (LkBox) { 400, 100, 450, 200 };
  assert_near (value_of (photo, "M17_single_face", lk_measure_single_face), 12.5, 1e-6);
  g_assert_cmpint (judge (photo, "M17_single_face", lk_measure_single_face), ==, LK_OUTCOME_PASS);
  boxes[1].y1 = 350;
  g_assert_cmpint (judge (photo, "M17_single_face", lk_measure_single_face), ==, LK_OUTCOME_WARN);
  assert_near (lk_made_photo_measure (photo, "M17_single_face", lk_measure_single_face).region.x0, 400 / 480.0, 1e-3);
}

static void
test_pose (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  photo->findings.pose = (LkPose) { 7, 6, -7 };
  g_assert_cmpfloat (value_of (photo, "M18_yaw", lk_measure_yaw), ==, 7);
  g_assert_cmpfloat (value_of (photo, "M19_pitch", lk_measure_pitch), ==, 1);   /* frontal photos read 5 */
  g_assert_cmpfloat (value_of (photo, "M20_roll", lk_measure_head_roll), ==, -7);
  g_assert_cmpint (judge (photo, "M18_yaw", lk_measure_yaw), ==, LK_OUTCOME_PASS);
  photo->findings.pose = (LkPose) { -9, -7, 9 };
  g_assert_cmpint (judge (photo, "M18_yaw", lk_measure_yaw), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (judge (photo, "M19_pitch", lk_measure_pitch), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (judge (photo, "M20_roll", lk_measure_head_roll), ==, LK_OUTCOME_WARN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measures/luminance", test_luminance);
  g_test_add_func ("/measures/exposure", test_exposure);
  g_test_add_func ("/measures/illumination", test_illumination);
  g_test_add_func ("/measures/natural-colour", test_natural_colour);
  g_test_add_func ("/measures/sharpness", test_sharpness);
  g_test_add_func ("/measures/compression", test_compression);
  g_test_add_func ("/measures/jpeg-quality", test_jpeg_quality);
  g_test_add_func ("/measures/eye-distance", test_eye_distance);
  g_test_add_func ("/measures/size-and-place", test_size_and_place);
  g_test_add_func ("/measures/single-face", test_single_face);
  g_test_add_func ("/measures/pose", test_pose);
  return g_test_run ();
}
