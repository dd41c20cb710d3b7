/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/fingerprint.h"

#include <math.h>
#include <stdlib.h>

/* The square that is looked at, by the distance of the eyes: from the brows to the chin and hardly beyond the cheeks, so that
 * neither background nor clothes are in it. */
static const double SQUARE_SIDE = 2.3, SQUARE_DROP = 0.35;

enum
{
  SIDE = 64,                    /* px of the square */
  WINDOW = 8,                   /* px left and right of the one whose light is evened out */
};

static const double LEAST_CONTRAST = 5;         /* sRGB steps: what is flatter is noise and stays small */
static const double LEAST_SHAPE = 1;            /* the strongest frequency of a blank field is below this */

static void
sample_luma (const LkPyramid *photo, const LkLandmarks *face, float luma[SIDE][SIDE])
{
  static const LkModelEntry plain = { .size = SIDE, .mean = 0, .scale = 1 };
  const float *left = face->eyes[0][LK_EYE_PUPIL], *right = face->eyes[1][LK_EYE_PUPIL];
  double dx = right[0] - left[0], dy = right[1] - left[1], distance = hypot (dx, dy);
  LkAffine square = lk_affine_square ((left[0] + right[0]) / 2 - SQUARE_DROP * dy, (left[1] + right[1]) / 2 + SQUARE_DROP * dx,
                                      SQUARE_SIDE * distance, atan2 (dy, dx), SIDE);
  g_autofree float *rgb = g_new (float, SIDE * SIDE * 3);

  lk_pyramid_sample (photo, &square, &plain, rgb);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        const float *pixel = rgb + 3 * (y * SIDE + x);

        luma[y][x] = 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
      }
}

/* Sums over everything above and left of each place, of the values and of their squares. */
typedef double Sums[SIDE + 2 * WINDOW + 1][SIDE + 2 * WINDOW + 1];

static void
sum_up (const float luma[SIDE][SIDE], Sums plain, Sums squared)
{
  for (int y = 0; y < SIDE + 2 * WINDOW; y++)
    for (int x = 0; x < SIDE + 2 * WINDOW; x++)
      {
        /* beyond its edge the picture goes on as it ends there */
        double value = (double) luma[CLAMP (y - WINDOW, 0, SIDE - 1)][CLAMP (x - WINDOW, 0, SIDE - 1)];

        plain[y + 1][x + 1] = value + plain[y][x + 1] + plain[y + 1][x] - plain[y][x];
        squared[y + 1][x + 1] = value * value + squared[y][x + 1] + squared[y + 1][x] - squared[y][x];
      }
}

static double
window_mean (Sums sums, int y, int x)
{
  enum { WIDTH = 2 * WINDOW + 1 };

  return (sums[y + WIDTH][x + WIDTH] - sums[y][x + WIDTH] - sums[y + WIDTH][x] + sums[y][x]) / (WIDTH * WIDTH);
}

/* Each value by the mean and the scatter around it: what light and contrast were is gone. */
static void
even_out (float luma[SIDE][SIDE])
{
  g_autofree Sums *sums = g_new0 (Sums, 2);

  sum_up ((const float (*)[SIDE]) luma, sums[0], sums[1]);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        double mean = window_mean (sums[0], y, x), variance = window_mean (sums[1], y, x) - mean * mean;

        luma[y][x] = (float) (((double) luma[y][x] - mean) / sqrt (fmax (variance, 0) + LEAST_CONTRAST * LEAST_CONTRAST));
      }
}

/* The lowest frequencies of the discrete cosine transform. */
static void
find_frequencies (const float luma[SIDE][SIDE], double frequencies[LK_FINGERPRINT_BITS])
{
  double wave[LK_FINGERPRINT_SIDE][SIDE];
  double rows[LK_FINGERPRINT_SIDE][SIDE] = { 0 };

  for (int k = 0; k < LK_FINGERPRINT_SIDE; k++)
    for (int i = 0; i < SIDE; i++)
      wave[k][i] = cos (G_PI * (2 * i + 1) * k / (2.0 * SIDE));
  for (int v = 0; v < LK_FINGERPRINT_SIDE; v++)
    for (int y = 0; y < SIDE; y++)
      for (int x = 0; x < SIDE; x++)
        rows[v][x] += wave[v][y] * (double) luma[y][x];
  for (int v = 0; v < LK_FINGERPRINT_SIDE; v++)
    for (int u = 0; u < LK_FINGERPRINT_SIDE; u++)
      {
        double sum = 0;

        for (int x = 0; x < SIDE; x++)
          sum += wave[u][x] * rows[v][x];
        frequencies[v * LK_FINGERPRINT_SIDE + u] = sum;
      }
  frequencies[0] = 0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
median (const double frequencies[LK_FINGERPRINT_BITS])
{
  double sorted[LK_FINGERPRINT_BITS];

  for (int i = 0; i < LK_FINGERPRINT_BITS; i++)
    sorted[i] = frequencies[i];
  qsort (sorted, LK_FINGERPRINT_BITS, sizeof *sorted, compare_doubles);
  return (sorted[LK_FINGERPRINT_BITS / 2 - 1] + sorted[LK_FINGERPRINT_BITS / 2]) / 2;
}

gboolean
lk_fingerprint_make (LkFingerprint *self, const LkPyramid *photo, const LkLandmarks *face)
{
  float luma[SIDE][SIDE];
  double frequencies[LK_FINGERPRINT_BITS], middle, strongest = 0;

  *self = (LkFingerprint) { 0 };
  sample_luma (photo, face, luma);
  even_out (luma);
  find_frequencies ((const float (*)[SIDE]) luma, frequencies);
  for (int i = 0; i < LK_FINGERPRINT_BITS; i++)
    strongest = fmax (strongest, fabs (frequencies[i]));
  if (!(strongest >= LEAST_SHAPE) || !isfinite (strongest))
    return FALSE;
  middle = median (frequencies);
  for (int i = 0; i < LK_FINGERPRINT_BITS; i++)
    {
      if (frequencies[i] > middle)
        self->bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
      self->shape[i] = (gint8) lround (frequencies[i] / strongest * G_MAXINT8);
    }
  return TRUE;
}

int
lk_fingerprint_distance (const LkFingerprint *a, const LkFingerprint *b)
{
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (a->bits); i++)
    n += __builtin_popcountll (a->bits[i] ^ b->bits[i]);
  return n;
}

double
lk_fingerprint_compare (const LkFingerprint *a, const LkFingerprint *b)
{
  gint32 product = 0, square_a = 0, square_b = 0;

  for (int i = 0; i < LK_FINGERPRINT_BITS; i++)
    {
      product += a->shape[i] * b->shape[i];
      square_a += a->shape[i] * a->shape[i];
      square_b += b->shape[i] * b->shape[i];
    }
  return square_a > 0 && square_b > 0 ? product / sqrt ((double) square_a * square_b) : 0;
}

gboolean
lk_fingerprint_is_copy (const LkFingerprint *a, const LkFingerprint *b, const LkCopyLimits *limits)
{
  return lk_fingerprint_distance (a, b) <= limits->most_bits && lk_fingerprint_compare (a, b) >= limits->least_shape;
}

void
lk_file_hash (GBytes *file, char hash[LK_FILE_HASH_SIZE])
{
  g_autofree char *text = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);

  g_strlcpy (hash, text, LK_FILE_HASH_SIZE);
}
