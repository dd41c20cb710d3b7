/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/sample.h"

#include <math.h>

enum { SMALLEST_SIDE = 64 };            /* px; halving ends there */
static const double MAX_STEP = 1.7;     /* level px from one sample to the next, above which detail would alias */

static LkPixels *
halve (const LkPixels *from)
{
  int width = from->width / 2, height = from->height / 2;
  LkPixels *to = lk_pixels_new (width, height);

  for (int y = 0; y < height; y++)
    {
      const guint8 *a = from->data + (gsize) 3 * from->width * (2 * y);
      const guint8 *b = a + (gsize) 3 * from->width;
      guint8 *out = to->data + (gsize) 3 * width * y;

      for (int x = 0; x < width; x++, a += 6, b += 6, out += 3)
        {
          out[0] = (guint8) ((a[0] + a[3] + b[0] + b[3] + 2) >> 2);
          out[1] = (guint8) ((a[1] + a[4] + b[1] + b[4] + 2) >> 2);
          out[2] = (guint8) ((a[2] + a[5] + b[2] + b[5] + 2) >> 2);
        }
    }
  return to;
}

LkPyramid *
lk_pyramid_new (LkPixels *photo)
{
  LkPyramid *self = g_new0 (LkPyramid, 1);

  self->levels[self->n_levels++] = lk_pixels_ref (photo);
  while (self->n_levels < LK_PYRAMID_LEVELS)
    {
      const LkPixels *last = self->levels[self->n_levels - 1];

      if (MIN (last->width, last->height) < 2 * SMALLEST_SIDE)
        break;
      self->levels[self->n_levels++] = halve (last);
    }
  return self;
}

void
lk_pyramid_free (LkPyramid *self)
{
  for (guint i = 0; i < self->n_levels; i++)
    lk_pixels_unref (self->levels[i]);
  g_free (self);
}

guint
lk_pyramid_level_for_width (const LkPyramid *self, int width)
{
  guint level = 0;

  while (level + 1 < self->n_levels && self->levels[level + 1]->width >= width)
    level++;
  return level;
}

LkAffine
lk_affine_square (double x, double y, double side, double angle, int size)
{
  double c = cos (angle) * side / size, s = sin (angle) * side / size;
  double half = size / 2.0;

  return (LkAffine) { c, -s, x - (c - s) * half, s, c, y - (s + c) * half };
}

LkAffine
lk_affine_mirrored (const LkAffine *self, int size)
{
  return (LkAffine) { -self->xu, self->xv, self->x0 + self->xu * size,
                      -self->yu, self->yv, self->y0 + self->yu * size };
}

LkAffine
lk_affine_from_points (const double (*crop)[2], const double (*photo)[2], guint n)
{
  double mean_crop[2] = { 0 }, mean_photo[2] = { 0 };
  double spread = 0, along = 0, across = 0;

  for (guint i = 0; i < n; i++)
    for (int k = 0; k < 2; k++)
      {
        mean_crop[k] += crop[i][k] / n;
        mean_photo[k] += photo[i][k] / n;
      }
  for (guint i = 0; i < n; i++)
    {
      double u = crop[i][0] - mean_crop[0], v = crop[i][1] - mean_crop[1];
      double x = photo[i][0] - mean_photo[0], y = photo[i][1] - mean_photo[1];

      spread += u * u + v * v;
      along += u * x + v * y;
      across += u * y - v * x;
    }
  along /= spread;
  across /= spread;
  return (LkAffine) { along, -across, mean_photo[0] - along * mean_crop[0] + across * mean_crop[1],
                      across, along, mean_photo[1] - across * mean_crop[0] - along * mean_crop[1] };
}

void
lk_affine_apply (const LkAffine *self, double u, double v, float *x, float *y)
{
  *x = (float) (self->xu * u + self->xv * v + self->x0);
  *y = (float) (self->yu * u + self->yv * v + self->y0);
}

static inline const guint8 *
pixel_or_black (const LkPixels *photo, int x, int y)
{
  static const guint8 black[3] = { 0, 0, 0 };

  if (x < 0 || y < 0 || x >= photo->width || y >= photo->height)
    return black;
  return photo->data + 3 * ((gsize) y * photo->width + x);
}

/* The colour between four pixels; (x, y) counted from the centre of pixel (0, 0). */
static inline void
sample_pixel (const LkPixels *photo, float x, float y, float rgb[3])
{
  int left = (int) floorf (x), top = (int) floorf (y);
  float right_share = x - (float) left, lower_share = y - (float) top;
  const guint8 *a = pixel_or_black (photo, left, top), *b = pixel_or_black (photo, left + 1, top);
  const guint8 *c = pixel_or_black (photo, left, top + 1), *d = pixel_or_black (photo, left + 1, top + 1);

  for (int k = 0; k < 3; k++)
    {
      float upper = (float) a[k] + right_share * (float) (b[k] - a[k]);
      float lower = (float) c[k] + right_share * (float) (d[k] - c[k]);

      rgb[k] = upper + lower_share * (lower - upper);
    }
}

/* The level on which neighbouring samples are close enough, and the crop's place on it. */
static const LkPixels *
choose_level (const LkPyramid *self, LkAffine *crop)
{
  double step = sqrt (fabs (crop->xu * crop->yv - crop->xv * crop->yu));
  guint level = 0;

  while (step > MAX_STEP && level + 1 < self->n_levels)
    {
      step /= 2;
      level++;
      crop->xu /= 2, crop->xv /= 2, crop->x0 /= 2;
      crop->yu /= 2, crop->yv /= 2, crop->y0 /= 2;
    }
  return self->levels[level];
}

void
lk_pyramid_sample (const LkPyramid *self, const LkAffine *crop, const LkModelEntry *entry, float *input)
{
  LkAffine place = *crop;
  const LkPixels *photo = choose_level (self, &place);
  int size = entry->size;
  gsize pixel_step = entry->planar ? 1 : 3;
  gsize channel_step = entry->planar ? (gsize) size * size : 1;
  float factor = 1 / entry->scale, shift = -entry->mean / entry->scale;

  for (int v = 0; v < size; v++)
    for (int u = 0; u < size; u++)
      {
        float *out = input + pixel_step * ((gsize) v * size + u);
        float rgb[3];

        sample_pixel (photo,
                      (float) (place.xu * (u + 0.5) + place.xv * (v + 0.5) + place.x0 - 0.5),
                      (float) (place.yu * (u + 0.5) + place.yv * (v + 0.5) + place.y0 - 0.5), rgb);
        for (int k = 0; k < 3; k++)
          out[channel_step * k] = rgb[k] * factor + shift;
      }
}
