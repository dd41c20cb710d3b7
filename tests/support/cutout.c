/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cutout.h"

#include <math.h>

enum { RING = 3 };              /* px around the person where a halo would be */

double
cutout_overlap (const LkMatte *matte, const LkPortrait *portrait)
{
  guint both = 0, either = 0;

  for (int i = 0; i < matte->width * matte->height; i++)
    {
      gboolean found = matte->cover[i] > 0.5f, there = portrait->mask[i] > 127;

      both += found && there;
      either += found || there;
    }
  return both / (double) either;
}

gboolean
cutout_is_near_person (const LkPortrait *portrait, int x, int y, int distance)
{
  for (int v = MAX (0, y - distance); v <= MIN (portrait->height - 1, y + distance); v++)
    for (int u = MAX (0, x - distance); u <= MIN (portrait->width - 1, x + distance); u++)
      if (portrait->mask[v * portrait->width + u] > 127)
        return TRUE;
  return FALSE;
}

double
cutout_halo (const LkPixels *composed, const LkPortrait *portrait, const guint8 blue[3])
{
  double sum = 0;
  guint n = 0;

  for (int y = 0; y < portrait->height; y++)
    for (int x = 0; x < portrait->width; x++)
      {
        gsize i = (gsize) y * portrait->width + x;
        double square = 0;

        if (portrait->mask[i] != 0 || !cutout_is_near_person (portrait, x, y, RING))
          continue;
        for (int c = 0; c < 3; c++)
          square += (composed->data[3 * i + c] - blue[c]) * (composed->data[3 * i + c] - blue[c]);
        sum += sqrt (square);
        n++;
      }
  return n > 0 ? sum / n : 0;
}
