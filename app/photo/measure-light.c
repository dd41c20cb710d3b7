/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/measure.h"

/* ISO/IEC 29794-5: capture-related measures of light and colour. Luminance is linear light there (Y of ITU-R BT.709), in 256
 * steps, unlike the luma that the checks of rules.md look at. Measured on the face at a fixed size (face-patch.h). */

typedef struct
{
  guint n;
  guint counts[256];
} Histogram;

static guint8
luminance (const LkLinear *table, const guint8 *rgb)
{
  const float *linear = table->linear;

  return (guint8) (255 * (0.2126f * linear[rgb[0]] + 0.7152f * linear[rgb[1]] + 0.0722f * linear[rgb[2]]) + 0.5f);
}

/* The luminance of the whole face, which is also what is shown. FALSE when there is none of it in the photo. */
static gboolean
fill_from_face (const LkFindings *findings, Histogram *histogram, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  gsize n_pixels = (gsize) patch->width * patch->height;
  LkLinear table;

  lk_linear_fill (&table);
  *histogram = (Histogram) { 0 };
  for (gsize i = 0; i < n_pixels; i++)
    if (patch->zones[i] & LK_ZONE_FACE)
      {
        histogram->counts[luminance (&table, patch->pixels->data + 3 * i)]++;
        histogram->n++;
      }
  if (histogram->n == 0)
    measurement->why = "no-face";
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
  return histogram->n > 0;
}

static double
mean_of (const Histogram *self)
{
  double sum = 0;

  for (int i = 0; i < 256; i++)
    sum += i / 255.0 * self->counts[i];
  return sum / self->n;
}

/* M02: mean luminance of the face, 0 to 1. */
void
lk_measure_luminance_mean (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Histogram histogram;

  if (fill_from_face (findings, &histogram, measurement))
    measurement->value = mean_of (&histogram);
}

/* M03: variance of the luminance of the face. */
void
lk_measure_luminance_variance (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Histogram histogram;
  double mean, sum = 0;

  if (!fill_from_face (findings, &histogram, measurement))
    return;
  mean = mean_of (&histogram);
  for (int i = 0; i < 256; i++)
    sum += (i / 255.0 - mean) * (i / 255.0 - mean) * histogram.counts[i];
  measurement->value = sum / histogram.n;
}

/* Share of the face, %, whose luminance is first to last. */
static double
share_between (const Histogram *self, int first, int last)
{
  guint n = 0;

  for (int i = MAX (0, first); i <= MIN (255, last); i++)
    n += self->counts[i];
  return 100.0 * n / self->n;
}

/* M04: the share of the face that is nearly black, %. */
void
lk_measure_under_exposure (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Histogram histogram;

  if (fill_from_face (findings, &histogram, measurement))
    measurement->value = share_between (&histogram, 0, (int) lk_limits_get_param (limits, "dark", 0));
}

/* M05: the share of the face that is nearly white, %. */
void
lk_measure_over_exposure (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Histogram histogram;

  if (fill_from_face (findings, &histogram, measurement))
    measurement->value = share_between (&histogram, (int) lk_limits_get_param (limits, "bright", 255), 255);
}

/* M06: entropy of the luminance of the face, bit. */
void
lk_measure_dynamic_range (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Histogram histogram;
  double bits = 0;

  if (!fill_from_face (findings, &histogram, measurement))
    return;
  for (int i = 0; i < 256; i++)
    if (histogram.counts[i] > 0)
      bits -= histogram.counts[i] / (double) histogram.n * log2 (histogram.counts[i] / (double) histogram.n);
  measurement->value = bits;
}

/* -- the two squares on the cheeks -- */

typedef struct
{
  int x0, y0, x1, y1;           /* patch px, the last ones not included */
} Square;

static void
middle_of (const LkFindings *findings, int a, int b, double middle[2])
{
  const float (*mesh)[3] = findings->faces->main.mesh;
  const LkFacePatch *patch = findings->patch;

  middle[0] = ((mesh[a][0] + mesh[b][0]) / 2 - patch->x0) * patch->scale;
  middle[1] = ((mesh[a][1] + mesh[b][1]) / 2 - patch->y0) * patch->scale;
}

/* The standard's zones: 0.3 of the distance between the eyes wide, outwards from below the eye's centre, the upper edge half
 * way from the eye line to the mouth. FALSE where one lies outside the photo. */
static gboolean
find_squares (const LkFindings *findings, Square squares[2])
{
  double eyes[2][2], mouth[2], side, down;

  middle_of (findings, LK_MESH_LEFT_EYE_OUTER, LK_MESH_LEFT_EYE_INNER, eyes[0]);
  middle_of (findings, LK_MESH_RIGHT_EYE_INNER, LK_MESH_RIGHT_EYE_OUTER, eyes[1]);
  middle_of (findings, LK_MESH_MOUTH_LEFT, LK_MESH_MOUTH_RIGHT, mouth);
  side = 0.3 * hypot (eyes[1][0] - eyes[0][0], eyes[1][1] - eyes[0][1]);
  down = hypot (mouth[0] - (eyes[0][0] + eyes[1][0]) / 2, mouth[1] - (eyes[0][1] + eyes[1][1]) / 2) / 2;
  for (int i = 0; i < 2; i++)
    {
      double x = eyes[i][0] - (i == 0 ? side : 0), y = eyes[i][1] + down;

      squares[i] = (Square) { (int) MAX (x, 0), (int) MAX (y, 0), (int) MIN (x + side, findings->patch->width),
                              (int) MIN (y + side, findings->patch->height) };
      if (squares[i].x0 >= squares[i].x1 || squares[i].y0 >= squares[i].y1)
        return FALSE;
    }
  return TRUE;
}

static LkRegion
square_region (const LkFindings *findings, const Square *square)
{
  const LkFacePatch *patch = findings->patch;

  return lk_findings_box (findings, &(LkBox) {
    (float) (patch->x0 + square->x0 / patch->scale), (float) (patch->y0 + square->y0 / patch->scale),
    (float) (patch->x0 + square->x1 / patch->scale), (float) (patch->y0 + square->y1 / patch->scale) });
}

static void
fill_from_square (const LkFacePatch *patch, const Square *square, Histogram *histogram)
{
  LkLinear table;

  lk_linear_fill (&table);
  *histogram = (Histogram) { 0 };
  for (int y = square->y0; y < square->y1; y++)
    for (int x = square->x0; x < square->x1; x++, histogram->n++)
      histogram->counts[luminance (&table, patch->pixels->data + 3 * ((gsize) y * patch->width + x))]++;
}

/* M01: what the luminance histograms of both cheeks have in common, 0 to 1; the darker cheek is shown. */
void
lk_measure_illumination (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Square squares[2];
  Histogram left, right;
  double common = 0;

  if (!find_squares (findings, squares))
    {
      measurement->why = "no-face";
      return;
    }
  fill_from_square (findings->patch, &squares[0], &left);
  fill_from_square (findings->patch, &squares[1], &right);
  for (int i = 0; i < 256; i++)
    common += MIN (left.counts[i] / (double) left.n, right.counts[i] / (double) right.n);
  measurement->value = common;
  measurement->region = square_region (findings, &squares[mean_of (&left) <= mean_of (&right) ? 0 : 1]);
}

static double
outside (double value, double low, double high)
{
  return MAX (0, MAX (low - value, value - high));
}

/* M10: how far the mean colour of both cheeks is outside low_a..high_a and low_b..high_b of CIE L*a*b*; the worst distance when it
 * is green or blue. */
void
lk_measure_natural_colour (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFacePatch *patch = findings->patch;
  guint64 sums[3] = { 0 };
  guint8 mean[3];
  guint n = 0;
  Square squares[2];
  LkLinear table;
  LkLab lab;

  if (!find_squares (findings, squares))
    {
      measurement->why = "no-face";
      return;
    }
  for (int i = 0; i < 2; i++)
    for (int y = squares[i].y0; y < squares[i].y1; y++)
      for (int x = squares[i].x0; x < squares[i].x1; x++, n++)
        for (int c = 0; c < 3; c++)
          sums[c] += patch->pixels->data[3 * ((gsize) y * patch->width + x) + c];
  for (int c = 0; c < 3; c++)
    mean[c] = (guint8) ((sums[c] + n / 2) / n);
  lk_linear_fill (&table);
  lab = lk_lab_from_srgb (&table, mean);
  measurement->value = hypot (outside (lab.a, lk_limits_get_param (limits, "low_a", -INFINITY), lk_limits_get_param (limits, "high_a", INFINITY)),
                              outside (lab.b, lk_limits_get_param (limits, "low_b", -INFINITY), lk_limits_get_param (limits, "high_b", INFINITY)));
  if (lab.a < 0 || lab.b < 0)
    measurement->value = lk_limits_get_param (limits, "unnatural", measurement->value);
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}
