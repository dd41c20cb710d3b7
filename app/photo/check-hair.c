/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/measure.h"

/* E3: brows under hair. Ears have no points on the mesh and are left to the reviewer. */

enum { BROW_POINTS = 5, HALF_STRIP = 2 };       /* HALF_STRIP: patch px */

/* Upper edges of the brows on the mesh, the left one first. */
static const int brows[2][BROW_POINTS] = { { 70, 63, 105, 66, 107 }, { 300, 293, 334, 296, 336 } };

typedef struct
{
  guint n, n_dark;
  LkBox box;                    /* photo px */
} Brow;

/* Looks at narrow strips that stand on the brow's upper edge: skin is bright there, hair that hangs over the brow is dark. */
static Brow
look_above (const LkFindings *findings, const int *points, double dark_luma, double height)
{
  const LkFacePatch *patch = findings->patch;
  const LkLandmarks *face = &findings->faces->main;
  float top = (float) (height / patch->scale);
  const float *first = face->mesh[points[0]];
  Brow brow = { 0, 0, { first[0], first[1], first[0], first[1] } };

  for (int i = 0; i < BROW_POINTS; i++)
    {
      const float *point = face->mesh[points[i]];
      int middle = (int) ((point[0] - patch->x0) * patch->scale), edge = (int) ((point[1] - patch->y0) * patch->scale);

      for (int y = MAX (0, edge - (int) height); y < MIN (patch->height, edge); y++)
        for (int x = MAX (0, middle - HALF_STRIP); x <= MIN (patch->width - 1, middle + HALF_STRIP); x++, brow.n++)
          brow.n_dark += patch->luma[(gsize) y * patch->width + x] < dark_luma;
      brow.box.x0 = fminf (brow.box.x0, point[0]);
      brow.box.x1 = fmaxf (brow.box.x1, point[0]);
      brow.box.y0 = fminf (brow.box.y0, point[1] - top);
      brow.box.y1 = fmaxf (brow.box.y1, point[1]);
    }
  return brow;
}

static double
covered_share (const Brow *brow)
{
  return brow->n > 0 ? brow->n_dark / (double) brow->n : 0;
}

/* The covered share of the strip above the brow, 0 to 1, of the more covered brow. */
void
lk_measure_hair_cover (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  double width = lk_landmarks_distance (&findings->faces->main, LK_MESH_CHEEK_LEFT, LK_MESH_CHEEK_RIGHT) * patch->scale;
  double height = lk_limits_get_param (limits, "strip", 0) * width;
  double dark_luma;
  Brow left, right;
  guint8 skin[3];

  if (!lk_face_patch_find_skin (patch, (guint) lk_limits_get_param (limits, "least_pixels", 1), skin))
    {
      measurement->why = "no-face";
      return;
    }
  dark_luma = lk_colour_luma (skin) * lk_limits_get_param (limits, "dark", 0);
  left = look_above (findings, brows[0], dark_luma, height);
  right = look_above (findings, brows[1], dark_luma, height);
  measurement->value = MAX (covered_share (&left), covered_share (&right));
  measurement->region = lk_findings_box (findings, covered_share (&left) >= covered_share (&right) ? &left.box : &right.box);
}
