/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* Light and focus, measured on the face at a fixed size (face-patch.h). */

/* Mean luma of the cheeks left and right of the face's middle line, and where each of them is. */
typedef struct
{
  double sum[2];
  guint n[2];
  LkBox box[2];                 /* patch px */
} Sides;

static void
add_to_side (Sides *sides, int side, int x, int y, float luma)
{
  LkBox *box = &sides->box[side];

  if (sides->n[side]++ == 0)
    *box = (LkBox) { x, y, x, y };
  box->x0 = fminf (box->x0, x);
  box->x1 = fmaxf (box->x1, x);
  box->y1 = fmaxf (box->y1, y);
  sides->sum[side] += luma;
}

static Sides
measure_sides (const LkFindings *findings)
{
  const LkFacePatch *patch = findings->patch;
  const float *root = findings->faces->main.mesh[LK_MESH_NOSE_ROOT], *chin = findings->faces->main.mesh[LK_MESH_CHIN];
  double root_x = (root[0] - patch->x0) * patch->scale, root_y = (root[1] - patch->y0) * patch->scale;
  double slope = (chin[0] - root[0]) / MAX (1, chin[1] - root[1]);
  Sides sides = { 0 };

  for (int y = 0; y < patch->height; y++)
    {
      double middle = root_x + slope * (y - root_y);

      for (int x = 0; x < patch->width; x++)
        if (patch->zones[(gsize) y * patch->width + x] & LK_ZONE_CHEEKS)
          add_to_side (&sides, x < middle ? 0 : 1, x, y, patch->luma[(gsize) y * patch->width + x]);
    }
  return sides;
}

/* Q1: the brighter side by the darker one; the darker one is shown. */
void
lk_measure_light_even (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Sides sides = measure_sides (findings);
  const LkFacePatch *patch = findings->patch;
  double left, right;
  LkBox box;

  if (MIN (sides.n[0], sides.n[1]) < lk_limits_get_param (limits, "least_pixels", 1))
    {
      measurement->why = "no-face";
      return;
    }
  left = MAX (1, sides.sum[0] / sides.n[0]);
  right = MAX (1, sides.sum[1] / sides.n[1]);
  measurement->value = MAX (left, right) / MIN (left, right);
  box = sides.box[left < right ? 0 : 1];
  measurement->region = lk_findings_box (findings, &(LkBox) {
    patch->x0 + box.x0 / patch->scale, patch->y0 + box.y0 / patch->scale,
    patch->x0 + (box.x1 + 1) / patch->scale, patch->y0 + (box.y1 + 1) / patch->scale });
}

/* Q3: mean luma of the face without the eyes, 0 to 255. */
void
lk_measure_exposure (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  gsize n_pixels = (gsize) patch->width * patch->height;
  double sum = 0;
  guint n = 0;

  for (gsize i = 0; i < n_pixels; i++)
    if ((patch->zones[i] & (LK_ZONE_FACE | LK_ZONE_EYES)) == LK_ZONE_FACE)
      {
        sum += patch->luma[i];
        n++;
      }
  if (n == 0)
    {
      measurement->why = "no-face";
      return;
    }
  measurement->value = sum / n;
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}

/* Q4: variance of the Laplacian inside the face. */
void
lk_measure_sharp (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  int width = patch->width;
  double sum = 0, squares = 0;
  guint n = 0;

  if (patch->scale > lk_limits_get_param (limits, "most_enlarged", INFINITY))
    {
      measurement->why = "low-resolution";
      return;
    }
  for (int y = 1; y + 1 < patch->height; y++)
    for (int x = 1; x + 1 < width; x++)
      {
        const float *here = patch->luma + (gsize) y * width + x;
        float laplacian;

        if (!(patch->zones[(gsize) y * width + x] & LK_ZONE_FACE))
          continue;
        laplacian = 4 * here[0] - here[-1] - here[1] - here[-width] - here[width];
        sum += laplacian;
        squares += laplacian * laplacian;
        n++;
      }
  if (n == 0)
    {
      measurement->why = "no-face";
      return;
    }
  measurement->value = squares / n - (sum / n) * (sum / n);
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}
