/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/measure.h"

/* The background that the system replaced: rules.md section 2.3. Measured on the cells of the person mask. */

/* out[i] = no dirty cell within margin cells of i, along one line of the grid. Beyond the photo's edge all is clean. */
static void
shrink_line (const guint8 *clean, guint8 *out, int stride, int margin)
{
  int run = 2 * margin;

  for (int i = 0; i < LK_MASK_SIDE + margin; i++)
    {
      run = i < LK_MASK_SIDE && !clean[i * stride] ? 0 : run + 1;
      if (i >= margin)
        out[(i - margin) * stride] = run > 2 * margin;
    }
}

/* The cells that are surely background: no person in them nor within margin cells of them. */
static guint8 *
find_background (const LkMask *mask, double threshold, int margin)
{
  g_autofree guint8 *clean = g_new (guint8, LK_MASK_SIDE * LK_MASK_SIDE);
  g_autofree guint8 *shrunk = g_new (guint8, LK_MASK_SIDE * LK_MASK_SIDE);
  const float *person = &mask->person[0][0];

  for (int i = 0; i < LK_MASK_SIDE * LK_MASK_SIDE; i++)
    clean[i] = person[i] < threshold;
  for (int row = 0; row < LK_MASK_SIDE; row++)
    shrink_line (clean + row * LK_MASK_SIDE, shrunk + row * LK_MASK_SIDE, 1, margin);
  for (int column = 0; column < LK_MASK_SIDE; column++)
    shrink_line (shrunk + column, clean + column, LK_MASK_SIDE, margin);
  return g_steal_pointer (&clean);
}

/* Where long hair hangs: below the eye line, beside the neck. The mask tends to miss it there, so that cells of the
 * colour of the hair above the forehead are taken for hair in this strip and not for background. */
typedef struct
{
  int top_row, column0, column1;
  LkLab hair;
  double most_difference;
} HairStrip;

/* The mean colour of the head's uppermost cells over the middle half of the face. */
static LkLab
hair_colour (const LkFindings *findings, const LkLinear *table, int column0, int column1, int last_row)
{
  enum { SKIPPED = 3, DEPTH = 8 };      /* cells below the hair's edge */
  const LkPixels *level = lk_findings_cells (findings);
  double sum[3] = { 0 };
  int n = 0;

  for (int column = column0; column < column1; column++)
    {
      int top = 0;

      while (top < last_row && findings->mask->person[top][column] < 0.5f)
        top++;
      for (int row = top + SKIPPED; row < MIN (top + SKIPPED + DEPTH, last_row); row++, n++)
        {
          LkLab here = lk_lab_from_srgb (table, lk_cell_colour (level, row, column));

          sum[0] += here.lightness, sum[1] += here.a, sum[2] += here.b;
        }
    }
  n = MAX (n, 1);
  return (LkLab) { (float) (sum[0] / n), (float) (sum[1] / n), (float) (sum[2] / n) };
}

static int
cell_index (double place, double length)
{
  return (int) CLAMP (place * LK_MASK_SIDE / length, 0, LK_MASK_SIDE);
}

static HairStrip
find_hair_strip (const LkFindings *findings, const LkLimits *limits, const LkLinear *table)
{
  const LkPixels *photo = findings->photo->levels[0];
  const LkBox *face = &findings->faces->main.box;
  double middle = (face->x0 + face->x1) / 2.0, width = face->x1 - face->x0;
  double half = lk_limits_get_param (limits, "hair_half_width", 0) * width;
  HairStrip strip = { LK_MASK_SIDE, 0, 0, { 0, 0, 0 }, lk_limits_get_param (limits, "hair_difference", 0) };

  if (findings->faces->n_faces == 0)
    return strip;
  strip.top_row = cell_index (findings->faces->main.mesh[LK_MESH_NOSE_ROOT][1], photo->height);
  strip.column0 = cell_index (middle - half, photo->width);
  strip.column1 = cell_index (middle + half, photo->width);
  strip.hair = hair_colour (findings, table, cell_index (middle - width / 4, photo->width),
                            cell_index (middle + width / 4, photo->width), strip.top_row);
  return strip;
}

static gboolean
is_hair (const HairStrip *strip, int row, int column, const LkLab *colour)
{
  return row >= strip->top_row && column >= strip->column0 && column < strip->column1
         && lk_lab_difference (colour, &strip->hair) <= strip->most_difference;
}

typedef struct
{
  guint n, n_blue;
  int row0, row1, column0, column1;     /* around the cells of another colour */
} BackgroundCount;

static BackgroundCount
count_background (const LkFindings *findings, const LkLimits *limits, const guint8 *background)
{
  double most_difference = lk_limits_get_param (limits, "most_difference", 6);
  const LkPixels *level = lk_findings_cells (findings);
  LkLinear table;
  HairStrip strip;
  BackgroundCount count = { 0, 0, LK_MASK_SIDE, 0, LK_MASK_SIDE, 0 };
  LkLab blue;

  lk_linear_fill (&table);
  blue = lk_lab_from_srgb (&table, findings->spec->blue);
  strip = find_hair_strip (findings, limits, &table);
  for (int row = 0; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      {
        LkLab here;

        if (!background[row * LK_MASK_SIDE + column])
          continue;
        here = lk_lab_from_srgb (&table, lk_cell_colour (level, row, column));
        if (is_hair (&strip, row, column, &here))
          continue;
        count.n++;
        if (lk_lab_difference (&here, &blue) <= most_difference)
          {
            count.n_blue++;
            continue;
          }
        count.row0 = MIN (count.row0, row);
        count.row1 = MAX (count.row1, row + 1);
        count.column0 = MIN (count.column0, column);
        count.column1 = MAX (count.column1, column + 1);
      }
  return count;
}

/* B1: how much of the background is the reference blue, %. */
void
lk_measure_replaced (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  g_autofree guint8 *background = find_background (findings->mask, lk_limits_get_param (limits, "mask_threshold", 0.1),
                                                   (int) lk_limits_get_param (limits, "margin_cells", 2));
  BackgroundCount count = count_background (findings, limits, background);
  LkBox box = lk_box_from_cells (findings, count.row0, count.row1, count.column0, count.column1);

  if (count.n == 0)
    {
      measurement->why = "no-background";
      return;
    }
  measurement->value = 100.0 * count.n_blue / count.n;
  if (count.n_blue < count.n)
    measurement->region = lk_findings_box (findings, &box);
}

/* The share of the head (the person above the chin, or all of the person without a face) that is blue. */
static double
blue_share_of_head (const LkFindings *findings, const LkLimits *limits)
{
  const LkPixels *photo = findings->photo->levels[0], *level = lk_findings_cells (findings);
  double chin = findings->faces->n_faces > 0 ? findings->faces->main.mesh[LK_MESH_CHIN][1] : photo->height;
  int last_row = (int) CLAMP (chin * LK_MASK_SIDE / photo->height, 0, LK_MASK_SIDE);
  guint n = 0, n_blue = 0;

  for (int row = 0; row < last_row; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      if (findings->mask->person[row][column] > 0.5f)
        {
          n++;
          n_blue += lk_colour_is_blue (lk_cell_colour (level, row, column), limits);
        }
  return n > 0 ? n_blue / (double) n : 0;
}

/* B2: how much of the photo is person, %; clothes may be blue, but as much as the head is blue the person is lost. */
void
lk_measure_all_blue (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const float *person = &findings->mask->person[0][0];
  guint n_person = 0;

  for (int i = 0; i < LK_MASK_SIDE * LK_MASK_SIDE; i++)
    n_person += person[i] > 0.5f;
  measurement->value = 100.0 * n_person / (LK_MASK_SIDE * LK_MASK_SIDE) * (1 - blue_share_of_head (findings, limits));
  measurement->region = (LkRegion) { LK_REGION_BOX, 0, 0, 1, 1 };
}
