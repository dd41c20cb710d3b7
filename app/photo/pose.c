/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/pose.h"

#include <math.h>

/* Absolute orientation with unit quaternions (B. K. P. Horn, 1987): the rotation is the eigenvector of the
 * largest eigenvalue of a symmetric 4 x 4 matrix made of the points' products. */

enum { ITERATIONS = 300 };

/* A mesh point in the canonical face's axes: y up, z towards the viewer. */
static void
turn_axes (const float *point, double out[3])
{
  out[0] = point[0];
  out[1] = -point[1];
  out[2] = -point[2];
}

/* products[r][c] = sum of w * canonical[r] * observed[c], both about their weighted means. */
static void
sum_products (const LkCanonicalFace *canonical, const LkLandmarks *face, double products[3][3])
{
  double total = 0, mean_canonical[3] = { 0 }, mean_observed[3] = { 0 };
  double observed[3];

  for (int i = 0; i < LK_MESH_POINTS; i++)
    {
      double weight = canonical->weights[i];

      turn_axes (face->mesh[i], observed);
      total += weight;
      for (int k = 0; k < 3; k++)
        {
          mean_canonical[k] += weight * canonical->points[i][k];
          mean_observed[k] += weight * observed[k];
        }
    }
  for (int i = 0; i < LK_MESH_POINTS; i++)
    {
      turn_axes (face->mesh[i], observed);
      for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
          products[r][c] += canonical->weights[i] * (canonical->points[i][r] - mean_canonical[r] / total)
                            * (observed[c] - mean_observed[c] / total);
    }
}

/* The eigenvector of the largest eigenvalue, by power iteration; the shift makes that eigenvalue the largest in size too. */
static void
largest_eigenvector (double matrix[4][4], double vector[4])
{
  double shift = 0;

  for (int r = 0; r < 4; r++)
    for (int c = 0; c < 4; c++)
      shift += fabs (matrix[r][c]);
  for (int n = 0; n < ITERATIONS; n++)
    {
      double next[4], length = 0;

      for (int r = 0; r < 4; r++)
        {
          next[r] = shift * vector[r];
          for (int c = 0; c < 4; c++)
            next[r] += matrix[r][c] * vector[c];
          length += next[r] * next[r];
        }
      length = sqrt (length);
      for (int r = 0; length > 0 && r < 4; r++)
        vector[r] = next[r] / length;
    }
}

LkPose
lk_pose_measure (const LkCanonicalFace *canonical, const LkLandmarks *face)
{
  double s[3][3] = { { 0 } };
  double q[4] = { 1, 0.1, 0.1, 0.1 };
  double w, x, y, z;

  sum_products (canonical, face, s);
  largest_eigenvector ((double[4][4]) {
                         { s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0] },
                         { s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2] },
                         { s[2][0] - s[0][2], s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1] },
                         { s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1] },
                       }, q);
  w = q[0], x = q[1], y = q[2], z = q[3];
  return (LkPose) {
    atan2 (2 * (x * z + w * y), 1 - 2 * (x * x + y * y)) * 180 / G_PI,
    asin (CLAMP (2 * (w * x - y * z), -1, 1)) * 180 / G_PI,
    atan2 (2 * (x * y + w * z), 1 - 2 * (x * x + z * z)) * 180 / G_PI,
  };
}
