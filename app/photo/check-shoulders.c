/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* G8: whether the shoulders are level, from the upper edge of the person mask left and right of the face. */

enum { MAX_PAIRS = 48 };

/* The upper edge of what stands on the photo's lower edge, in one column; photo px, NAN where nothing does. */
static double
upper_edge (const LkFindings *findings, double x, double highest, double threshold)
{
  const LkPixels *photo = findings->photo->levels[0];
  double step = photo->height / (double) LK_MASK_SIDE;
  double y = photo->height - step / 2;
  float here = lk_mask_at (findings->mask, x / photo->width, y / photo->height);

  if (x < 0 || x >= photo->width || here < threshold)
    return NAN;
  for (y -= step; y > highest; y -= step)
    {
      float next = lk_mask_at (findings->mask, x / photo->width, y / photo->height);

      if (next < threshold)
        return y + step * (threshold - next) / (here - next);
      here = next;
    }
  return NAN;
}

/* Columns as far left as right of the face's middle. */
typedef struct
{
  double away, left, right;     /* photo px: from the middle, and where the edges are */
} Pair;

static double
pair_angle (const Pair *pair)
{
  return atan2 (pair->right - pair->left, 2 * pair->away) * 180 / G_PI;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  double first = pair_angle (a), second = pair_angle (b);

  return first < second ? -1 : first > second;
}

/* The median over the pairs, degrees, positive clockwise. */
void
lk_measure_shoulders (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkLandmarks *face = &findings->faces->main;
  double width = lk_landmarks_distance (face, LK_MESH_CHEEK_LEFT, LK_MESH_CHEEK_RIGHT);
  double middle = (face->mesh[LK_MESH_CHEEK_LEFT][0] + face->mesh[LK_MESH_CHEEK_RIGHT][0]) / 2.0;
  double near = lk_limits_get_param (limits, "near", 0) * width, far = lk_limits_get_param (limits, "far", 0) * width;
  double threshold = lk_limits_get_param (limits, "mask_threshold", 0.5), chin = face->mesh[LK_MESH_CHIN][1];
  Pair pairs[MAX_PAIRS];
  const Pair *median;
  int n = 0;

  for (int i = 0; i < MAX_PAIRS; i++)
    {
      Pair *pair = &pairs[n];

      pair->away = near + (far - near) * i / (MAX_PAIRS - 1);
      pair->left = upper_edge (findings, middle - pair->away, chin, threshold);
      pair->right = upper_edge (findings, middle + pair->away, chin, threshold);
      n += !isnan (pair->left) && !isnan (pair->right);
    }
  if (n < lk_limits_get_param (limits, "least_pairs", 1))
    {
      measurement->why = "out-of-view";
      return;
    }
  qsort (pairs, n, sizeof *pairs, compare_pairs);
  median = &pairs[n / 2];
  measurement->value = pair_angle (median);
  measurement->region = lk_findings_span (findings, middle - median->away, median->left, middle + median->away, median->right);
}
