/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/face-frame.h"

/* E3: brows and ears under hair. */

enum { BROW_POINTS = 5, HALF_STRIP = 2, EAR_ROWS = 36, EAR_COLUMNS = 11 };      /* HALF_STRIP: patch px */

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

/* The mesh has no ears, but their place is known: beside the cheeks, from the eyes down. There a free ear is skin, and an
 * ear that lies flat shows what is behind the person; hair is the person and no skin. */
static double
hidden_share (const LkFaceFrame *frame, const LkSkin *skin, const LkLimits *limits, int side)
{
  double from = lk_limits_get_param (limits, "ear_from", 0), to = lk_limits_get_param (limits, "ear_to", 0);
  double top = lk_limits_get_param (limits, "ear_top", 0), bottom = lk_limits_get_param (limits, "ear_bottom", 0);
  guint n = 0, n_hair = 0;

  for (int i = 0; i < EAR_ROWS; i++)
    for (int k = 0; k < EAR_COLUMNS; k++)
      {
        double u = side * (from + (to - from) * k / (EAR_COLUMNS - 1)), v = top + (bottom - top) * i / (EAR_ROWS - 1);
        const guint8 *rgb = lk_face_frame_colour (frame, u, v);

        if (rgb == NULL)
          continue;
        n++;
        n_hair += !lk_skin_is_like (skin, rgb) && lk_face_frame_person (frame, u, v) > 0.5f;
      }
  return n > 0 ? n_hair / (double) n : 0;
}

/* Of the more covered ear. */
static double
covered_ear (const LkFindings *findings, const LkLimits *limits, const LkSkin *skin, LkBox *box)
{
  LkFaceFrame frame = lk_face_frame (findings);
  double left = hidden_share (&frame, skin, limits, -1), right = hidden_share (&frame, skin, limits, 1);
  int side = left >= right ? -1 : 1;

  *box = lk_face_frame_box (&frame, side * lk_limits_get_param (limits, "ear_from", 0), lk_limits_get_param (limits, "ear_top", 0),
                            side * (lk_limits_get_param (limits, "ear_to", 0) + 0.05), lk_limits_get_param (limits, "ear_bottom", 0));
  return MAX (left, right);
}

/* The covered share, 0 to 1, of the most covered of brows and ears. */
void
lk_measure_hair_cover (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  double width = lk_landmarks_distance (&findings->faces->main, LK_MESH_CHEEK_LEFT, LK_MESH_CHEEK_RIGHT) * patch->scale;
  double height = lk_limits_get_param (limits, "strip", 0) * width;
  double dark_luma, ear;
  Brow left, right;
  LkSkin skin;
  LkBox box;

  if (!lk_skin_init (&skin, patch, limits))
    {
      measurement->why = "no-face";
      return;
    }
  dark_luma = lk_colour_luma (skin.rgb) * lk_limits_get_param (limits, "dark", 0);
  left = look_above (findings, brows[0], dark_luma, height);
  right = look_above (findings, brows[1], dark_luma, height);
  ear = covered_ear (findings, limits, &skin, &box);
  measurement->value = MAX (MAX (covered_share (&left), covered_share (&right)), ear);
  if (measurement->value > ear)
    box = covered_share (&left) >= covered_share (&right) ? left.box : right.box;
  measurement->region = lk_findings_box (findings, &box);
}
