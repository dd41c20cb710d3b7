/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/pixels.h"

#include <math.h>
#include <string.h>

/* Both passes are weighted sums, so shrinking and growing differ only in the weights. The vertical pass comes first: it adds
 * whole rows, which the compiler turns into vector code; the horizontal one then handles a pixel as one vector. */

/* What the output samples of one axis are made of: sample i is the sum over k of weights[i * n_taps + k] * input[first[i] + k]. */
typedef struct
{
  int n_taps;
  int *first;
  float *weights;
} Taps;

/* Four floats; the fourth is the next pixel's red and never stored. */
typedef float Pixel __attribute__ ((vector_size (16)));

static void
taps_clear (Taps *taps)
{
  g_free (taps->first);
  g_free (taps->weights);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taps, taps_clear)

static void
taps_alloc (Taps *taps,
            int   n_out,
            int   n_taps)
{
  taps->n_taps = n_taps;
  taps->first = g_new (int, n_out);
  taps->weights = g_new0 (float, (gsize) n_out * n_taps);
}

/* Output sample i covers the input from i * step to (i + 1) * step; each input sample counts by how much of it is covered. */
static void
taps_area (Taps *taps,
           int   n_in,
           int   n_out)
{
  double step = n_in / (double) n_out;

  taps_alloc (taps, n_out, MIN ((int) ceil (step) + 1, n_in));
  for (int i = 0; i < n_out; i++)
    {
      double from = i * step, to = (i + 1) * step;
      int first = CLAMP ((int) floor (from), 0, n_in - taps->n_taps);
      float *weights = taps->weights + (gsize) i * taps->n_taps;

      taps->first[i] = first;
      for (int k = 0; k < taps->n_taps; k++)
        {
          double covered = MIN (to, first + k + 1.0) - MAX (from, (double) (first + k));

          weights[k] = (float) (MAX (covered, 0.0) / step);
        }
    }
}

/* The cubic through the samples with tangents (p[+1] - p[-1]) / 2; the distance is in input samples. */
static double
catmull_rom (double distance)
{
  double x = fabs (distance);

  if (x < 1.0)
    return (1.5 * x - 2.5) * x * x + 1.0;
  if (x < 2.0)
    return ((2.5 - 0.5 * x) * x - 4.0) * x + 2.0;
  return 0.0;
}

static void
taps_cubic (Taps *taps,
            int   n_in,
            int   n_out)
{
  double step = n_in / (double) n_out;

  taps_alloc (taps, n_out, MIN (4, n_in));
  for (int i = 0; i < n_out; i++)
    {
      double centre = (i + 0.5) * step - 0.5;
      int left = (int) floor (centre) - 1;
      int first = CLAMP (left, 0, n_in - taps->n_taps);
      float *weights = taps->weights + (gsize) i * taps->n_taps;

      taps->first[i] = first;
      for (int k = left; k < left + 4; k++)
        /* outside the picture its edge goes on */
        weights[CLAMP (k, 0, n_in - 1) - first] += (float) catmull_rom (centre - k);
    }
}

static void
taps_init (Taps *taps,
           int   n_in,
           int   n_out)
{
  if (n_out <= n_in)
    taps_area (taps, n_in, n_out);
  else
    taps_cubic (taps, n_in, n_out);
}

static void
add_row (float        *restrict sum,
         const guint8 *restrict row,
         float         weight,
         int           n)
{
  for (int i = 0; i < n; i++)
    sum[i] += weight * row[i];
}

static void
sum_rows (float          *sum,
          const LkPixels *photo,
          const Taps     *taps,
          int             out_y)
{
  int n = photo->width * 3;
  const guint8 *row = photo->data + (gsize) taps->first[out_y] * n;
  const float *weights = taps->weights + (gsize) out_y * taps->n_taps;

  memset (sum, 0, n * sizeof *sum);
  for (int k = 0; k < taps->n_taps; k++)
    if (weights[k] != 0.0f)
      add_row (sum, row + (gsize) k * n, weights[k], n);
}

static inline guint8
to_byte (float value)
{
  int rounded = (int) (value + 0.5f);

  return (guint8) CLAMP (rounded, 0, 255);
}

static void
sum_columns (guint8      *out,
             int          out_width,
             const float *row,
             const Taps  *taps)
{
  for (int x = 0; x < out_width; x++)
    {
      const float *in = row + (gsize) taps->first[x] * 3;
      const float *weights = taps->weights + (gsize) x * taps->n_taps;
      Pixel sum = { 0 };

      for (int k = 0; k < taps->n_taps; k++)
        {
          Pixel pixel;

          memcpy (&pixel, in + 3 * k, sizeof pixel);
          sum += pixel * weights[k];
        }
      out[3 * x] = to_byte (sum[0]);
      out[3 * x + 1] = to_byte (sum[1]);
      out[3 * x + 2] = to_byte (sum[2]);
    }
}

LkPixels *
lk_pixels_scale (LkPixels *self,
                 int       width,
                 int       height)
{
  g_auto (Taps) across = { 0 }, down = { 0 };
  g_autofree float *row = NULL;
  LkPixels *scaled;

  g_return_val_if_fail (self != NULL && width > 0 && height > 0, NULL);

  if (width == self->width && height == self->height)
    return lk_pixels_crop (self, 0, 0, width, height);

  taps_init (&across, self->width, width);
  taps_init (&down, self->height, height);
  row = g_new0 (float, (gsize) self->width * 3 + 1);    /* one more: the last pixel's fourth float */
  scaled = lk_pixels_new (width, height);
  for (int y = 0; y < height; y++)
    {
      sum_rows (row, self, &down, y);
      sum_columns (scaled->data + (gsize) y * width * 3, width, row, &across);
    }
  return scaled;
}
