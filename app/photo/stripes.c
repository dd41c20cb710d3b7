/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/stripes.h"

#include <math.h>
#include <string.h>

#include "photo/colour.h"

enum { MOST_BLOCK = 64, PROFILE = 2 * MOST_BLOCK };

typedef struct
{
  const LkFindings *findings;
  const LkPixels *pixels;
  const LkSkin *skin;
  int top;                      /* row of pixels that luma begins with */
  float *luma;
  int block;                    /* px here */
  double order, contrast;
  int swings;
} Search;

static float
luma_at (const Search *search, int x, int y)
{
  return search->luma[(gsize) (y - search->top) * search->pixels->width + x];
}

/* The person all over the square, and at most half of it skin. */
static gboolean
is_cloth (const Search *search, int x0, int y0)
{
  const LkPixels *pixels = search->pixels;
  int n = 0, n_skin = 0;

  for (int i = 0; i <= 2; i++)
    for (int k = 0; k <= 2; k++)
      if (lk_mask_at (search->findings->mask, (x0 + k * search->block / 2.0) / pixels->width,
                      (y0 + i * search->block / 2.0) / pixels->height) < 0.8f)
        return FALSE;
  for (int y = y0; y < y0 + search->block; y += 4)
    for (int x = x0; x < x0 + search->block; x += 4, n++)
      n_skin += lk_skin_is_like (search->skin, pixels->data + 3 * ((gsize) y * pixels->width + x));
  return 2 * n_skin <= n;
}

/* The direction across the edges of a square; FALSE when they are faint or go many ways. */
static gboolean
find_direction (const Search *search, int x0, int y0, double *across_x, double *across_y)
{
  double xx = 0, yy = 0, xy = 0, n = (search->block - 2) * (search->block - 2), angle;

  for (int y = y0 + 1; y < y0 + search->block - 1; y++)
    for (int x = x0 + 1; x < x0 + search->block - 1; x++)
      {
        double dx = (luma_at (search, x + 1, y) - luma_at (search, x - 1, y)) / 2;
        double dy = (luma_at (search, x, y + 1) - luma_at (search, x, y - 1)) / 2;

        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
      }
  if (xx + yy < search->contrast * search->contrast * n || hypot (xx - yy, 2 * xy) < search->order * (xx + yy))
    return FALSE;
  angle = 0.5 * atan2 (2 * xy, xx - yy);
  *across_x = cos (angle);
  *across_y = sin (angle);
  return TRUE;
}

/* Mean luma of the square along the edges, in steps of 1 px across them; NAN where too little of the square lies. */
static void
fill_profile (const Search *search, int x0, int y0, double across_x, double across_y, double profile[PROFILE])
{
  int n[PROFILE] = { 0 };

  memset (profile, 0, PROFILE * sizeof *profile);
  for (int y = 0; y < search->block; y++)
    for (int x = 0; x < search->block; x++)
      {
        int at = (int) ((x - search->block / 2) * across_x + (y - search->block / 2) * across_y + PROFILE / 2);

        profile[at] += luma_at (search, x0 + x, y0 + y);
        n[at]++;
      }
  for (int i = 0; i < PROFILE; i++)
    profile[i] = n[i] >= search->block / 3 ? profile[i] / n[i] : NAN;
}

/* How often the profile turns by half of its range. */
static int
count_swings (const double profile[PROFILE], double contrast)
{
  double low = INFINITY, high = -INFINITY, turn;
  double lowest = INFINITY, highest = -INFINITY;        /* since the last turn */
  int n = 0, direction = 0;

  for (int i = 0; i < PROFILE; i++)
    if (!isnan (profile[i]))
      {
        low = MIN (low, profile[i]);
        high = MAX (high, profile[i]);
      }
  turn = MAX (2 * contrast, (high - low) / 2);
  for (int i = 0; i < PROFILE; i++)
    {
      if (isnan (profile[i]))
        continue;
      lowest = MIN (lowest, profile[i]);
      highest = MAX (highest, profile[i]);
      if (direction >= 0 && profile[i] < highest - turn)
        {
          n++;
          direction = -1;
          lowest = highest = profile[i];
        }
      else if (direction <= 0 && profile[i] > lowest + turn)
        {
          n++;
          direction = 1;
          lowest = highest = profile[i];
        }
    }
  return n;
}

static gboolean
is_striped (const Search *search, int x0, int y0)
{
  double across_x, across_y, profile[PROFILE];

  if (!find_direction (search, x0, y0, &across_x, &across_y))
    return FALSE;
  fill_profile (search, x0, y0, across_x, across_y, profile);
  return count_swings (profile, search->contrast) >= search->swings;
}

double
lk_stripes_find (const LkFindings *findings, const LkLimits *limits, double first_row, const LkSkin *skin)
{
  const LkPyramid *photo = findings->photo;
  const LkPixels *pixels = photo->levels[lk_pyramid_level_for_width (photo, findings->spec->frame_width)];
  double unit = pixels->width / (double) findings->spec->frame_width;
  int top = (int) CLAMP (first_row * pixels->width / photo->levels[0]->width, 0, pixels->height);
  gsize n_pixels = (gsize) (pixels->height - top) * pixels->width;
  g_autofree float *luma = g_new (float, n_pixels + 1);
  const guint8 *rgb = pixels->data + 3 * (gsize) top * pixels->width;
  Search search = {
    .findings = findings, .pixels = pixels, .skin = skin, .top = top, .luma = luma,
    .block = CLAMP ((int) (lk_limits_get_param (limits, "stripe_block", 40) * unit), 8, MOST_BLOCK),
    .order = lk_limits_get_param (limits, "stripe_order", 1), .contrast = lk_limits_get_param (limits, "stripe_contrast", 255),
    .swings = (int) lk_limits_get_param (limits, "stripe_swings", 3),
  };
  guint n = 0, n_striped = 0;

  for (gsize i = 0; i < n_pixels; i++, rgb += 3)
    luma[i] = lk_colour_luma (rgb);
  for (int y = top; y + search.block <= pixels->height; y += search.block / 2)
    for (int x = 0; x + search.block <= pixels->width; x += search.block / 2)
      if (is_cloth (&search, x, y))
        {
          n++;
          n_striped += is_striped (&search, x, y);
        }
  return n > 0 ? n_striped / (double) n : 0;
}
