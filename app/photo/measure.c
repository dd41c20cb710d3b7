/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/measure.h"

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

LkRegion
lk_findings_box (const LkFindings *findings, const LkBox *box)
{
  return region (findings, LK_REGION_BOX, box->x0, box->y0, box->x1, box->y1);
}
