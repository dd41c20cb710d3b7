/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/box-blur.h"

#include <string.h>

/* Running sums, first down all columns at once (rows are added and taken away as a whole), then along each row.
 * Floats are enough: a sum of some hundred numbers between 0 and 1 drifts by less than a millionth of it. */

static inline int
n_inside (int at, int length, int radius)
{
  return MIN (at + radius, length - 1) - MAX (at - radius, 0) + 1;
}

static void
add_row (LkQuad *restrict sum, const LkQuad *restrict row, int width)
{
  for (int x = 0; x < width; x++)
    sum[x] += row[x];
}

static void
take_row (LkQuad *restrict sum, const LkQuad *restrict row, int width)
{
  for (int x = 0; x < width; x++)
    sum[x] -= row[x];
}

static void
blur_row (LkQuad *restrict out, const LkQuad *restrict in, int width, int radius, float share)
{
  LkQuad sum = { 0 };
  float inner = share / (float) (2 * radius + 1);

  for (int x = 0; x < MIN (radius, width); x++)
    sum += in[x];
  for (int x = 0; x < width; x++)
    {
      gboolean is_inner = x >= radius && x + radius < width;

      if (x + radius < width)
        sum += in[x + radius];
      out[x] = sum * (is_inner ? inner : share / (float) n_inside (x, width, radius));
      if (x >= radius)
        sum -= in[x - radius];
    }
}

void
lk_box_blur (LkQuad *quads, int width, int height, int radius)
{
  gsize row_size = (gsize) width * sizeof (LkQuad);
  int n_kept = radius + 1;
  g_autofree LkQuad *sum = g_new0 (LkQuad, width);
  g_autofree LkQuad *kept = g_new (LkQuad, (gsize) n_kept * width);

  for (int y = 0; y < MIN (radius, height); y++)
    add_row (sum, quads + (gsize) y * width, width);
  for (int y = 0; y < height; y++)
    {
      LkQuad *row = quads + (gsize) y * width;
      LkQuad *own = kept + (gsize) (y % n_kept) * width;

      if (y + radius < height)
        add_row (sum, row + (gsize) radius * width, width);
      memcpy (own, row, row_size);          /* it is taken away again radius rows later, when row holds the result */
      blur_row (row, sum, width, radius, 1.0f / (float) n_inside (y, height, radius));
      if (y >= radius)
        take_row (sum, kept + (gsize) ((y - radius) % n_kept) * width, width);
    }
}
