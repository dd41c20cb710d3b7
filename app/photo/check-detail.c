/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* F4: an enlarged or heavily compressed photo lacks the fine detail that its number of pixels could hold. Compression leaves edges
 * that look like detail, so it is known by its own marks: the quantisation tables of the file, and blocks where it was saved again. */

enum { COARSE_LEVEL = 2 };      /* of the pyramid: a quarter of the size */

/* Mean size of the Laplacian of the green channel inside a box, on one level of the pyramid. */
static double
mean_detail (const LkPyramid *photo, int which, const LkBox *box)
{
  const LkPixels *level = photo->levels[which];
  float step = (float) (1 << which);
  int x0 = MAX (1, (int) (box->x0 / step)), x1 = MIN (level->width - 1, (int) (box->x1 / step));
  int y0 = MAX (1, (int) (box->y0 / step)), y1 = MIN (level->height - 1, (int) (box->y1 / step));
  int row = 3 * level->width;
  guint64 sum = 0;

  if (x0 >= x1 || y0 >= y1)
    return NAN;
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      {
        const guint8 *here = level->data + (gsize) y * row + 3 * x + 1;

        sum += (guint) abs (4 * here[0] - here[-3] - here[3] - here[-row] - here[row]);
      }
  return sum / ((double) (x1 - x0) * (y1 - y0));
}

/* The marks of compression on the scale of the detail: as bad as they may be is the limit. NAN where the spec does not ask. */
static double
compression (const LkFindings *findings, const LkLimits *limits)
{
  double lost = (100 - findings->file->quality) / (100 - lk_limits_get_param (limits, "least_quality", NAN));
  double blocks = lk_findings_blockiness (findings) / lk_limits_get_param (limits, "most_blocks", NAN);

  return limits->high * fmax (lost, blocks);
}

/* Detail of the face at a quarter of the size by detail at full size, or the marks of compression where they are worse. */
void
lk_measure_upscaled (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkBox *box = &findings->faces->boxes[0];
  double fine, coarse;

  if (findings->photo->n_levels <= COARSE_LEVEL)
    {
      measurement->why = "low-resolution";
      return;
    }
  fine = mean_detail (findings->photo, 0, box);
  coarse = mean_detail (findings->photo, COARSE_LEVEL, box);
  if (isnan (fine) || isnan (coarse))
    {
      measurement->why = "low-resolution";
      return;
    }
  measurement->value = fmax (coarse / MAX (fine, 0.1), compression (findings, limits));
  measurement->region = lk_findings_box (findings, box);
}
