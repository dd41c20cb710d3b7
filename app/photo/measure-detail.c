/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* ISO/IEC 29794-5: sharpness and compression. The reference implementation asks trained models; here it is what they are trained
 * to see, measured directly. */

/* M07: how steep the edges of the face are, whatever their contrast: mean size of the Laplacian of the luma by the mean size of its
 * gradient, on the face at a fixed size. A blurred face and a sharp one in weak light differ here, too. */
void
lk_measure_sharpness (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  int width = patch->width;
  double laplacian = 0, gradient = 0;

  if (patch->scale > lk_limits_get_param (limits, "most_enlarged", INFINITY))
    {
      measurement->why = "low-resolution";
      return;
    }
  for (int y = 1; y + 1 < patch->height; y++)
    for (int x = 1; x + 1 < width; x++)
      {
        const float *here = patch->luma + (gsize) y * width + x;

        if (!(patch->zones[(gsize) y * width + x] & LK_ZONE_FACE))
          continue;
        laplacian += fabsf (4 * here[0] - here[-1] - here[1] - here[-width] - here[width]);
        gradient += fabsf (here[1] - here[-1]) + fabsf (here[width] - here[-width]);
      }
  if (gradient <= 0)
    {
      measurement->why = "no-face";
      return;
    }
  measurement->value = laplacian / gradient;
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}

/* M08: what the file's quantisation tables say. A file with less than this has lost the detail, whatever it was saved from. */
void
lk_measure_jpeg_quality (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  measurement->value = findings->file->quality;
}

/* -- blocks that a compression has left -- */

enum
{
  BLOCK = 8,                    /* px; of JPEG */
  MOST_EXCESS = 4,              /* sRGB steps; more is an edge of the picture */
  MOST_ROWS = 256,              /* looked at, and as many columns, so that the cost does not grow with the photo */
};

/* Excesses (twice_excess) by their place in a block. */
typedef struct
{
  gint64 sums[BLOCK];
  guint n[BLOCK];
} Places;

/* Twice what the step between two pixels is larger than the mean of the steps before and after it; four pixels in line. */
static inline int
twice_excess (int a, int b, int c, int d)
{
  return CLAMP (2 * abs (c - b) - abs (b - a) - abs (d - c), -2 * MOST_EXCESS, 2 * MOST_EXCESS);
}

/* The step before pixel (x, y) belongs to that pixel's place. */
static void
add_across (const LkPixels *photo, int y, int x0, int x1, Places *places)
{
  const guint8 *row = photo->data + 3 * (gsize) y * photo->width + 1;

  for (int x = x0 + 2; x < x1 - 1; x++, places->n[x % BLOCK]++)
    places->sums[x % BLOCK] += twice_excess (row[3 * x - 6], row[3 * x - 3], row[3 * x], row[3 * x + 3]);
}

static void
add_down (const LkPixels *photo, int y, int x0, int x1, int x_step, Places *places)
{
  gsize stride = 3 * (gsize) photo->width;

  for (int x = x0; x < x1; x += x_step, places->n[y % BLOCK]++)
    {
      const guint8 *here = photo->data + y * stride + 3 * x + 1;

      places->sums[y % BLOCK] += twice_excess (here[-2 * (gssize) stride], here[-(gssize) stride], here[0], here[stride]);
    }
}

/* The place where the steps are largest against the mean of the others, sRGB steps: a cropped photo's blocks begin anywhere. */
static double
stands_out (const Places *places)
{
  double largest = -INFINITY, total = 0;

  for (int i = 0; i < BLOCK; i++)
    {
      double mean = places->sums[i] / (2.0 * MAX (places->n[i], 1));

      largest = MAX (largest, mean);
      total += mean;
    }
  return largest - (total - largest) / (BLOCK - 1);
}

double
lk_findings_blockiness (const LkFindings *findings)
{
  const LkPixels *photo = findings->photo->levels[0];
  const LkBox *box = &findings->faces->boxes[0];
  int x0 = (int) CLAMP (box->x0, 0, photo->width), x1 = (int) CLAMP (box->x1, 0, photo->width);
  int y0 = (int) CLAMP (box->y0, 0, photo->height), y1 = (int) CLAMP (box->y1, 0, photo->height);
  int x_step = 1 + (x1 - x0) / MOST_ROWS, y_step = 1 + (y1 - y0) / MOST_ROWS;
  Places across = { 0 }, down = { 0 };

  for (int y = y0; y < y1; y += y_step)
    add_across (photo, y, x0, x1, &across);
  for (int y = y0 + 2; y < y1 - 1; y++)
    add_down (photo, y, x0, x1, x_step, &down);
  return (stands_out (&across) + stands_out (&down)) / 2;
}

/* M09: how much larger the steps at the borders of 8 x 8 px blocks are than those inside them, sRGB steps. It finds what the tables do
 * not tell: a photo that was compressed heavily and then saved once more. */
void
lk_measure_blockiness (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  measurement->value = lk_findings_blockiness (findings);
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}
