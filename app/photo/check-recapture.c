/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/face-frame.h"

/* D3: a photo of a screen or of a print. The grid of pixels or of ink dots is the same all over the face: a single fine
 * wavelength that stands out of the spectrum of every part of it. Features of the face stand out in some parts only. */

enum
{
  SIDE = 64,                    /* of a part, px of the photo */
  HALF = SIDE / 2,
  PART_ROWS = 4, PART_COLUMNS = 3, MOST_PARTS = PART_ROWS * PART_COLUMNS,
  NEAR = 5, OWN = 2,            /* a peak is measured against its neighbours so far away, its own slopes left out; every other one */
  MOST_NEIGHBOURS = (2 * NEAR + 1) * (2 * NEAR + 1),
};

/* A complex number. C's own are multiplied with care for infinities, which takes several times as long. */
typedef struct
{
  float re, im;
} Wave;

/* The roots of unity, and the window that lets a part fade out at its borders. */
typedef struct
{
  Wave roots[HALF];
  float window[SIDE];
} Tables;

static void
fill_tables (Tables *tables)
{
  for (int i = 0; i < HALF; i++)
    tables->roots[i] = (Wave) { (float) cos (2 * G_PI * i / SIDE), (float) -sin (2 * G_PI * i / SIDE) };
  for (int i = 0; i < SIDE; i++)
    tables->window[i] = (float) (0.5 - 0.5 * cos (2 * G_PI * (i + 0.5) / SIDE));
}

/* Fourier transform of SIDE values in place, radix 2. */
static void
transform (const Tables *tables, Wave *values)
{
  for (int i = 1, j = 0; i < SIDE; i++)
    {
      int bit = HALF;

      for (; j & bit; bit >>= 1)
        j ^= bit;
      j |= bit;
      if (i < j)
        {
          Wave swapped = values[i];

          values[i] = values[j];
          values[j] = swapped;
        }
    }
  for (int length = 2; length <= SIDE; length *= 2)
    for (int i = 0; i < SIDE; i += length)
      for (int k = 0; k < length / 2; k++)
        {
          Wave even = values[i + k], odd = values[i + k + length / 2], root = tables->roots[k * SIDE / length];
          Wave turned = { odd.re * root.re - odd.im * root.im, odd.re * root.im + odd.im * root.re };

          values[i + k] = (Wave) { even.re + turned.re, even.im + turned.im };
          values[i + k + length / 2] = (Wave) { even.re - turned.re, even.im - turned.im };
        }
}

/* The power of each wave in a square of the photo; [y][x], x from 0 to HALF - 1. */
static void
fill_power (const Tables *tables, const LkPixels *photo, int x0, int y0, float power[SIDE][HALF])
{
  Wave rows[SIDE][SIDE], column[SIDE];
  float mean = 0;

  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        rows[y][x] = (Wave) { lk_colour_luma (photo->data + 3 * ((gsize) (y0 + y) * photo->width + x0 + x)), 0 };
        mean += rows[y][x].re / (SIDE * SIDE);
      }
  for (int y = 0; y < SIDE; y++)
    {
      for (int x = 0; x < SIDE; x++)
        rows[y][x].re = (rows[y][x].re - mean) * tables->window[x] * tables->window[y];
      transform (tables, rows[y]);
    }
  for (int x = 0; x < HALF; x++)
    {
      for (int y = 0; y < SIDE; y++)
        column[y] = rows[y][x];
      transform (tables, column);
      for (int y = 0; y < SIDE; y++)
        power[y][x] = column[y].re * column[y].re + column[y].im * column[y].im;
    }
}

/* The median; the values are put in another order (quickselect). */
static float
middle_of (float *values, int n)
{
  int low = 0, high = n - 1;

  while (low < high)
    {
      float pivot = values[n / 2];
      int i = low, j = high;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            {
              float swapped = values[i];

              values[i++] = values[j];
              values[j--] = swapped;
            }
        }
      if (j < n / 2)
        low = i;
      if (i > n / 2)
        high = j;
    }
  return values[n / 2];
}

/* Power by wave number, y from -HALF. A real picture's waves come twice. */
static float
power_at (const float power[SIDE][HALF], int y, int x)
{
  if (x < 0)
    {
      x = -x;
      y = -y;
    }
  return power[(y + SIDE) % SIDE][MIN (x, HALF - 1)];
}

/* A wave along an edge of the picture is measured against others along it: straight things and the squares of JPEG have all
 * of those. */
static float
neighbourhood (const float power[SIDE][HALF], int y, int x)
{
  float near[MOST_NEIGHBOURS];
  int n = 0;

  for (int dy = -NEAR; dy <= NEAR; dy++)
    for (int dx = -NEAR; dx <= NEAR; dx++)
      {
        if ((abs (dx) <= OWN && abs (dy) <= OWN) || (dx + dy) % 2 != 0)
          continue;
        if (x <= 1 ? abs (x + dx) > 1 : abs (y) <= 1 && abs (y + dy) > 1)
          continue;
        near[n++] = power_at (power, CLAMP (y + dy, -HALF, HALF - 1), CLAMP (x + dx, 1 - HALF, HALF - 1));
      }
  return middle_of (near, n);
}

static gboolean
is_jpeg_square (int y, int x)
{
  int across = abs (y) % 8, along = x % 8;

  return (abs (y) <= 1 && (along <= 1 || along == 7)) || (x <= 1 && (across <= 1 || across == 7));
}

/* The highest peak among the fine waves, decibels above its neighbours. */
static double
highest_peak (const float power[SIDE][HALF], double coarsest)
{
  double highest = 0;

  for (int y = 1 - HALF; y < HALF; y++)
    for (int x = 0; x < HALF; x++)
      {
        float here = power_at (power, y, x);

        if (x * x + y * y < coarsest * coarsest || is_jpeg_square (y, x) || here <= 0)
          continue;
        highest = MAX (highest, 10 * log10 (here / (neighbourhood (power, y, x) + 1e-3)));
      }
  return highest;
}

/* Over all parts: the middle of each wave's power. */
static void
find_common (float parts[MOST_PARTS][SIDE][HALF], int n_parts, float common[SIDE][HALF])
{
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < HALF; x++)
      {
        float powers[MOST_PARTS];

        for (int i = 0; i < n_parts; i++)
          powers[i] = parts[i][y][x];
        common[y][x] = middle_of (powers, n_parts);
      }
}

/* Decibels by which a fine wavelength stands out all over the face. */
void
lk_measure_recapture (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkPixels *photo = findings->photo->levels[0];
  LkFaceFrame frame = lk_face_frame (findings);
  g_autofree float (*parts)[SIDE][HALF] = g_malloc (MOST_PARTS * sizeof *parts);
  g_autofree float (*common)[HALF] = g_malloc (SIDE * sizeof *common);
  LkBox box = lk_face_frame_box (&frame, -0.8, -0.6, 0.8, 1.2);
  Tables tables;
  int n_parts = 0;

  fill_tables (&tables);
  for (int i = 0; i < PART_ROWS; i++)
    for (int k = 0; k < PART_COLUMNS; k++)
      {
        double x, y;

        lk_face_frame_to_pixels (&frame, -0.5 + 0.5 * k, -0.35 + 0.42 * i, &x, &y);
        x = x / frame.zoom - HALF;
        y = y / frame.zoom - HALF;
        if (x >= 0 && y >= 0 && x + SIDE <= photo->width && y + SIDE <= photo->height)
          fill_power (&tables, photo, (int) x, (int) y, parts[n_parts++]);
      }
  if (n_parts < lk_limits_get_param (limits, "least_parts", 1))
    {
      measurement->why = "low-resolution";
      return;
    }
  find_common (parts, n_parts, common);
  measurement->value = highest_peak (common, lk_limits_get_param (limits, "coarsest", 0) * SIDE);
  measurement->region = lk_findings_box (findings, &box);
}
