/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/measure.h"

#include <math.h>

double
lk_findings_scale (const LkFindings *findings)
{
  return findings->spec->frame_width / (double) findings->photo->levels[0]->width;
}

/* Photo px to fractions of the photo, kept inside it. */
static LkRegion
region (const LkFindings *findings, LkRegionKind kind, double x0, double y0, double x1, double y1)
{
  double width = findings->photo->levels[0]->width, height = findings->photo->levels[0]->height;

  return (LkRegion) {
    kind,
    (float) CLAMP (x0 / width, 0, 1), (float) CLAMP (y0 / height, 0, 1),
    (float) CLAMP (x1 / width, 0, 1), (float) CLAMP (y1 / height, 0, 1),
  };
}

gboolean
lk_findings_pass (const LkFindings *findings, const char *id, LkMeasureFunc measure)
{
  const LkLimits *limits = lk_spec_get_limits (findings->spec, id);
  LkMeasurement measurement = { .value = NAN };

  if (limits == NULL)
    return TRUE;
  measurement.low = limits->low;
  measurement.high = limits->high;
  measure (findings, limits, &measurement);
  if (measurement.why != NULL)
    return TRUE;
  return (measurement.is_judged ? measurement.outcome : lk_limits_judge (limits, measurement.value)) == LK_OUTCOME_PASS;
}

LkRegion
lk_findings_row (const LkFindings *findings, double y, double x0, double x1)
{
  return region (findings, LK_REGION_ROW, x0, y, x1, y);
}

LkRegion
lk_findings_column (const LkFindings *findings, double x, double y0, double y1)
{
  return region (findings, LK_REGION_COLUMN, x, y0, x, y1);
}

LkRegion
lk_findings_span (const LkFindings *findings, double x0, double y0, double x1, double y1)
{
  return region (findings, LK_REGION_SPAN, x0, y0, x1, y1);
}

const LkPixels *
lk_findings_cells (const LkFindings *findings)
{
  return findings->photo->levels[lk_pyramid_level_for_width (findings->photo, LK_MASK_SIDE - 16)];
}

const guint8 *
lk_cell_colour (const LkPixels *cells, int row, int column)
{
  int x = (2 * column + 1) * cells->width / (2 * LK_MASK_SIDE), y = (2 * row + 1) * cells->height / (2 * LK_MASK_SIDE);

  return cells->data + 3 * ((gsize) y * cells->width + x);
}

LkBox
lk_box_from_cells (const LkFindings *findings, int row0, int row1, int column0, int column1)
{
  const LkPixels *photo = findings->photo->levels[0];
  float width = photo->width / (float) LK_MASK_SIDE, height = photo->height / (float) LK_MASK_SIDE;

  return (LkBox) { column0 * width, row0 * height, column1 * width, row1 * height };
}

LkRegion
lk_findings_box (const LkFindings *findings, const LkBox *box)
{
  return region (findings, LK_REGION_BOX, box->x0, box->y0, box->x1, box->y1);
}
