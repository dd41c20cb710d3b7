/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/grey.h"

#include <string.h>

LkGrey *
lk_grey_new (int width, int height)
{
  LkGrey *self = g_new (LkGrey, 1);

  *self = (LkGrey) { width, height, g_malloc_n (height, width) };
  return self;
}

void
lk_grey_free (LkGrey *self)
{
  g_free (self->data);
  g_free (self);
}

static inline gsize
size_of (const LkGrey *self)
{
  return (gsize) self->width * self->height;
}

LkGrey *
lk_grey_from_pixels (const LkPixels *pixels)
{
  LkGrey *self = lk_grey_new (pixels->width, pixels->height);
  const guint8 *in = pixels->data;

  for (gsize i = 0; i < size_of (self); i++, in += 3)
    self->data[i] = (guint8) ((299 * in[0] + 587 * in[1] + 114 * in[2] + 500) / 1000);
  return self;
}

LkGrey *
lk_grey_invert (const LkGrey *self)
{
  LkGrey *out = lk_grey_new (self->width, self->height);

  for (gsize i = 0; i < size_of (self); i++)
    out->data[i] = 255 - self->data[i];
  return out;
}

/* The level below which a share of the pixels lies, counted from the dark end, or with step -1 from the light one. */
static int
find_level (const gsize *counts, gsize share, int start, int step)
{
  gsize sum = 0;
  int level = start;

  for (int i = 0; i < 256; i++, level += step)
    {
      sum += counts[level];
      if (sum > share)
        break;
    }
  return CLAMP (level, 0, 255);
}

LkGrey *
lk_grey_stretch (const LkGrey *self)
{
  LkGrey *out = lk_grey_new (self->width, self->height);
  gsize counts[256] = { 0 };
  guint8 levels[256];
  int low, high;

  for (gsize i = 0; i < size_of (self); i++)
    counts[self->data[i]]++;
  low = find_level (counts, size_of (self) / 50, 0, 1);
  high = find_level (counts, size_of (self) / 50, 255, -1);
  for (int i = 0; i < 256; i++)
    levels[i] = high > low ? CLAMP ((i - low) * 255 / (high - low), 0, 255) : i;
  for (gsize i = 0; i < size_of (self); i++)
    out->data[i] = levels[self->data[i]];
  return out;
}

LkGrey *
lk_grey_shrink (const LkGrey *self, int times)
{
  g_autofree int *sums = NULL;
  LkGrey *out;

  if (self->width < times || self->height < times)
    return NULL;
  out = lk_grey_new (self->width / times, self->height / times);
  sums = g_new (int, out->width);
  for (int y = 0; y < out->height; y++)
    {
      memset (sums, 0, out->width * sizeof *sums);
      for (int j = 0; j < times; j++)
        {
          const guint8 *in = self->data + ((gsize) y * times + j) * self->width;

          for (int x = 0; x < out->width; x++)
            for (int i = 0; i < times; i++)
              sums[x] += in[x * times + i];
        }
      for (int x = 0; x < out->width; x++)
        out->data[(gsize) y * out->width + x] = (guint8) (sums[x] / (times * times));
    }
  return out;
}

LkGrey *
lk_grey_double (const LkGrey *self)
{
  LkGrey *out = lk_grey_new (self->width * 2, self->height * 2);

  for (int y = 0; y < out->height; y++)
    {
      const guint8 *upper = self->data + (gsize) (y / 2) * self->width;
      const guint8 *lower = self->data + (gsize) MIN (y / 2 + y % 2, self->height - 1) * self->width;
      guint8 *row = out->data + (gsize) y * out->width;

      for (int x = 0; x < self->width; x++)
        {
          int next = MIN (x + 1, self->width - 1);

          row[2 * x] = (guint8) ((upper[x] + lower[x]) / 2);
          row[2 * x + 1] = (guint8) ((upper[x] + upper[next] + lower[x] + lower[next]) / 4);
        }
    }
  return out;
}

/* The mean of 2 * radius + 1 values along a line, fewer at its ends. */
static void
box_row (guint8 *out, const guint8 *in, int n, int radius)
{
  int sum = 0;

  for (int i = 0; i < MIN (radius, n); i++)
    sum += in[i];
  for (int i = 0; i < n; i++)
    {
      int first = MAX (i - radius, 0), last = MIN (i + radius, n - 1);

      if (i + radius < n)
        sum += in[i + radius];
      out[i] = (guint8) (sum / (last - first + 1));
      if (i - radius >= 0)
        sum -= in[i - radius];
    }
}

static void
add_row (int *sums, const guint8 *row, int n, int sign)
{
  for (int x = 0; x < n; x++)
    sums[x] += sign * row[x];
}

LkGrey *
lk_grey_box (const LkGrey *self, int radius)
{
  g_autoptr (LkGrey) across = lk_grey_new (self->width, self->height);
  LkGrey *out = lk_grey_new (self->width, self->height);
  g_autofree int *sums = g_new0 (int, self->width);
  gsize w = self->width;

  for (int y = 0; y < self->height; y++)
    box_row (across->data + y * w, self->data + y * w, self->width, radius);
  for (int y = 0; y < MIN (radius, self->height); y++)
    add_row (sums, across->data + y * w, self->width, 1);
  for (int y = 0; y < self->height; y++)
    {
      int n = MIN (y + radius, self->height - 1) - MAX (y - radius, 0) + 1;

      if (y + radius < self->height)
        add_row (sums, across->data + (y + radius) * w, self->width, 1);
      for (int x = 0; x < self->width; x++)
        out->data[y * w + x] = (guint8) (sums[x] / n);
      if (y - radius >= 0)
        add_row (sums, across->data + (y - radius) * w, self->width, -1);
    }
  return out;
}

LkGrey *
lk_grey_sharpen (const LkGrey *self, int radius, float amount)
{
  LkGrey *out = lk_grey_box (self, radius);

  for (gsize i = 0; i < size_of (self); i++)
    {
      float value = (float) self->data[i] + amount * (float) (self->data[i] - out->data[i]);

      out->data[i] = (guint8) CLAMP (value, 0.0f, 255.0f);
    }
  return out;
}
