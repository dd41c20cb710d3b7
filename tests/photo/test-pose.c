/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "photo/face-detect.h"
#include "photo/mask.h"
#include "photo/pose.h"

/* Arithmetic under the models: pose, crops, pyramid, boxes. */

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

/* Any rigid set of points will do. */
static void
make_canonical (LkCanonicalFace *canonical)
{
  *canonical = (LkCanonicalFace) { 0 };
  for (int i = 0; i < 40; i++)
    {
      canonical->points[i][0] = (float) (7 * sin (i * 1.3));
      canonical->points[i][1] = (float) (9 * cos (i * 2.1));
      canonical->points[i][2] = (float) (4 * cos (i * 0.7) + 1);
      canonical->weights[i] = 0.1f + 0.01f * (float) i;
    }
}

/* Turns a point about x (pitch), then y (yaw), then z (roll); degrees; the axes of the canonical face. */
static void
turn (const float *from, double yaw, double pitch, double roll, double to[3])
{
  double a = pitch * G_PI / 180, b = yaw * G_PI / 180, c = roll * G_PI / 180;
  double y1 = cos (a) * from[1] - sin (a) * from[2], z1 = sin (a) * from[1] + cos (a) * from[2];
  double x2 = cos (b) * from[0] + sin (b) * z1, z2 = -sin (b) * from[0] + cos (b) * z1;

  to[0] = cos (c) * x2 - sin (c) * y1;
  to[1] = sin (c) * x2 + cos (c) * y1;
  to[2] = z2;
}

static void
make_turned (const LkCanonicalFace *canonical, double yaw, double pitch, double roll, LkLandmarks *face)
{
  *face = (LkLandmarks) { 0 };
  for (int i = 0; i < LK_MESH_POINTS; i++)
    {
      double turned[3];

      turn (canonical->points[i], yaw, pitch, roll, turned);
      face->mesh[i][0] = (float) (240 + 15 * turned[0]);       /* the mesh: y down, z away from the viewer */
      face->mesh[i][1] = (float) (300 - 15 * turned[1]);
      face->mesh[i][2] = (float) (-15 * turned[2]);
    }
}

static void
test_pose (void)
{
  LkCanonicalFace canonical;
  LkLandmarks face;
  LkPose pose;

  make_canonical (&canonical);
  make_turned (&canonical, 0, 0, 0, &face);
  pose = lk_pose_measure (&canonical, &face);
  assert_near (pose.yaw, 0, 0.01);
  assert_near (pose.pitch, 0, 0.01);
  assert_near (pose.roll, 0, 0.01);

  make_turned (&canonical, 14, 0, 0, &face);
  assert_near (lk_pose_measure (&canonical, &face).yaw, 14, 0.05);
  make_turned (&canonical, 0, -11, 0, &face);
  assert_near (fabs (lk_pose_measure (&canonical, &face).pitch), 11, 0.05);
  make_turned (&canonical, 0, 0, 9, &face);
  assert_near (fabs (lk_pose_measure (&canonical, &face).roll), 9, 0.05);
}

/* Four points of a crop land where they should; the mirrored crop exchanges left and right. */
static void
test_crop (void)
{
  LkAffine crop = lk_affine_square (100, 50, 40, G_PI / 2, 10);
  LkAffine mirrored = lk_affine_mirrored (&crop, 10);
  float x, y, mx, my;

  lk_affine_apply (&crop, 5, 5, &x, &y);
  assert_near (x, 100, 1e-4);
  assert_near (y, 50, 1e-4);
  lk_affine_apply (&crop, 10, 5, &x, &y);       /* the crop's right is the photo's bottom */
  assert_near (x, 100, 1e-4);
  assert_near (y, 70, 1e-4);
  lk_affine_apply (&mirrored, 0, 5, &mx, &my);
  assert_near (mx, x, 1e-4);
  assert_near (my, y, 1e-4);
}

static void
test_crop_from_points (void)
{
  const double crop[5][2] = { { 38, 51 }, { 73, 51 }, { 56, 71 }, { 41, 92 }, { 70, 92 } };
  LkAffine truth = lk_affine_square (300, 200, 180, 0.3, 112), found;
  double photo[5][2];

  for (int i = 0; i < 5; i++)
    {
      float x, y;

      lk_affine_apply (&truth, crop[i][0], crop[i][1], &x, &y);
      photo[i][0] = x;
      photo[i][1] = y;
    }
  found = lk_affine_from_points (crop, photo, 5);
  assert_near (found.xu, truth.xu, 1e-4);
  assert_near (found.xv, truth.xv, 1e-4);
  assert_near (found.x0, truth.x0, 1e-2);
  assert_near (found.y0, truth.y0, 1e-2);
}

/* A ramp stays the same ramp on every level; outside the photo is black. */
static void
test_sample (void)
{
  g_autoptr (LkPixels) photo = lk_pixels_new (512, 512);
  g_autoptr (LkPyramid) pyramid = NULL;
  const LkModelEntry entry = { .size = 16, .mean = 100, .scale = 2 };
  const LkModelEntry planar = { .size = 16, .planar = TRUE, .mean = 100, .scale = 2 };
  LkAffine whole = lk_affine_square (256, 256, 512, 0, 16), outside = lk_affine_square (-600, 256, 512, 0, 16);
  float input[16 * 16 * 3], planes[16 * 16 * 3];

  for (int y = 0; y < 512; y++)
    for (int x = 0; x < 512; x++)
      for (int k = 0; k < 3; k++)
        photo->data[3 * (y * 512 + x) + k] = (guint8) (k == 1 ? y / 2 : x / 2);
  pyramid = lk_pyramid_new (photo);
  lk_pyramid_sample (pyramid, &whole, &entry, input);
  lk_pyramid_sample (pyramid, &whole, &planar, planes);
  for (int v = 1; v < 15; v++)
    for (int u = 1; u < 15; u++)
      {
        assert_near (input[3 * (16 * v + u)], ((u + 0.5) * 16 - 100) / 2, 1);
        assert_near (input[3 * (16 * v + u) + 1], ((v + 0.5) * 16 - 100) / 2, 1);
        g_assert_cmpfloat (planes[256 + 16 * v + u], ==, input[3 * (16 * v + u) + 1]);
      }
  lk_pyramid_sample (pyramid, &outside, &entry, input);
  assert_near (input[0], -50, 1e-4);
}

static void
test_pyramid_of_odd_sizes (void)
{
  g_autoptr (LkPixels) wide = lk_pixels_new (1001, 3);
  g_autoptr (LkPixels) odd = lk_pixels_new (961, 1281);
  g_autoptr (LkPyramid) flat = lk_pyramid_new (wide);
  g_autoptr (LkPyramid) halves = lk_pyramid_new (odd);

  g_assert_cmpuint (flat->n_levels, ==, 1);
  g_assert_cmpint (halves->levels[1]->width, ==, 480);
  g_assert_cmpuint (lk_pyramid_level_for_width (halves, 480), ==, 1);
  g_assert_cmpuint (lk_pyramid_level_for_width (halves, 481), ==, 0);
  g_assert_cmpuint (lk_pyramid_level_for_width (halves, 5000), ==, 0);
}

static void
test_overlap (void)
{
  const LkBox a = { 0, 0, 10, 10 }, b = { 5, 0, 15, 10 }, c = { 20, 20, 30, 30 };

  assert_near (lk_box_overlap (&a, &a), 1, 1e-6);
  assert_near (lk_box_overlap (&a, &b), 1 / 3.0, 1e-6);
  assert_near (lk_box_overlap (&a, &c), 0, 1e-6);
}

static void
test_mask_between_cells (void)
{
  g_autofree LkMask *mask = g_new0 (LkMask, 1);

  for (int row = 128; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      mask->person[row][column] = 1;
  assert_near (lk_mask_at (mask, 0.5, 0.25), 0, 1e-6);
  assert_near (lk_mask_at (mask, 0.5, 0.5), 0.5, 1e-6);
  assert_near (lk_mask_at (mask, 1, 1), 1, 1e-6);
  assert_near (lk_mask_at (mask, -3, -3), 0, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pose/turned", test_pose);
  g_test_add_func ("/sample/crop", test_crop);
  g_test_add_func ("/sample/crop-from-points", test_crop_from_points);
  g_test_add_func ("/sample/ramp", test_sample);
  g_test_add_func ("/sample/odd-sizes", test_pyramid_of_odd_sizes);
  g_test_add_func ("/face/overlap", test_overlap);
  g_test_add_func ("/mask/between-cells", test_mask_between_cells);
  return g_test_run ();
}
