/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/stripes.h"

/* C1: clothes that are too close to the blue background or to a white wall, and striped ones. Colours are measured on the cells of the person mask below
 * the chin that are no skin. */

static gboolean
is_white (const guint8 *rgb, double most_saturation, double least_brightness)
{
  double most = MAX (rgb[0], MAX (rgb[1], rgb[2])), least = MIN (rgb[0], MIN (rgb[1], rgb[2]));

  return most / 255 >= least_brightness && most - least <= most_saturation * most;
}

static gboolean
is_like (const guint8 *rgb, const guint8 *other, double most_difference)
{
  int r = rgb[0] - other[0], g = rgb[1] - other[1], b = rgb[2] - other[2];

  return r * r + g * g + b * b <= most_difference * most_difference;
}

typedef struct
{
  guint n, n_blue, n_white;
  int row0, row1, column0, column1;     /* around the clothes */
} Clothes;

static Clothes
count_clothes (const LkFindings *findings, const LkLimits *limits, int first_row, const guint8 *skin)
{
  const LkPixels *cells = lk_findings_cells (findings);
  double threshold = lk_limits_get_param (limits, "mask_threshold", 0.9);
  double skin_difference = lk_limits_get_param (limits, "skin_difference", 0);
  double white_saturation = lk_limits_get_param (limits, "white_saturation", 0);
  double white_brightness = lk_limits_get_param (limits, "white_brightness", 1);
  Clothes clothes = { 0, 0, 0, LK_MASK_SIDE, 0, LK_MASK_SIDE, 0 };

  for (int row = first_row; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      {
        const guint8 *rgb = lk_cell_colour (cells, row, column);

        if (findings->mask->person[row][column] < threshold || is_like (rgb, skin, skin_difference))
          continue;
        clothes.n++;
        clothes.n_blue += lk_colour_is_blue (rgb, limits);
        clothes.n_white += is_white (rgb, white_saturation, white_brightness);
        clothes.row0 = MIN (clothes.row0, row);
        clothes.row1 = MAX (clothes.row1, row + 1);
        clothes.column0 = MIN (clothes.column0, column);
        clothes.column1 = MAX (clothes.column1, column + 1);
      }
  return clothes;
}

/* The share that is blue or the share that is white, %, whichever is larger. When neither is too large, but too much is striped,
 * the striped share. */
void
lk_measure_clothes (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkLandmarks *face = &findings->faces->main;
  double width = lk_landmarks_distance (face, LK_MESH_CHEEK_LEFT, LK_MESH_CHEEK_RIGHT);
  double first = face->mesh[LK_MESH_CHIN][1] + lk_limits_get_param (limits, "below_chin", 0) * width;
  int first_row = (int) CLAMP (first * LK_MASK_SIDE / findings->photo->levels[0]->height, 0, LK_MASK_SIDE);
  double most_striped = lk_limits_get_param (limits, "most_striped", 100), striped;
  LkSkin skin;
  Clothes clothes;
  LkBox box;

  if (!lk_skin_init (&skin, findings->patch, limits))
    {
      measurement->why = "no-face";
      return;
    }
  clothes = count_clothes (findings, limits, first_row, skin.rgb);
  if (clothes.n < lk_limits_get_param (limits, "least_cells", 1))
    {
      measurement->why = "out-of-view";
      return;
    }
  measurement->value = 100.0 * MAX (clothes.n_blue, clothes.n_white) / clothes.n;
  striped = 100 * lk_stripes_find (findings, limits, first, &skin);
  if (measurement->value <= measurement->high && striped > most_striped)
    {
      measurement->value = striped;
      measurement->high = most_striped;
      measurement->is_judged = TRUE;
      measurement->is_hint = TRUE;
      measurement->outcome = LK_OUTCOME_WARN;
    }
  box = lk_box_from_cells (findings, clothes.row0, clothes.row1, clothes.column0, clothes.column1);
  measurement->region = lk_findings_box (findings, &box);
}
