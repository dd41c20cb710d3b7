/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/pixels.h"

#include <string.h>

LkPixels *
lk_pixels_new (int width,
               int height)
{
  LkPixels *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);

  self = g_new0 (LkPixels, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->width = width;
  self->height = height;
  self->data = g_malloc0_n (height, (gsize) width * 3);
  return self;
}

LkPixels *
lk_pixels_ref (LkPixels *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lk_pixels_unref (LkPixels *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->data);
  g_free (self);
}

LkPixels *
lk_pixels_crop (LkPixels *self,
                int       x,
                int       y,
                int       width,
                int       height)
{
  LkPixels *crop;
  gint64 right, bottom;

  g_return_val_if_fail (self != NULL, NULL);

  right = MIN ((gint64) x + width, self->width);
  bottom = MIN ((gint64) y + height, self->height);
  x = MAX (x, 0);
  y = MAX (y, 0);
  if (x >= right || y >= bottom)
    return NULL;

  crop = lk_pixels_new (right - x, bottom - y);
  for (int row = 0; row < crop->height; row++)
    memcpy (crop->data + (gsize) row * crop->width * 3,
            self->data + ((gsize) (y + row) * self->width + x) * 3,
            (gsize) crop->width * 3);
  return crop;
}

GBytes *
lk_pixels_to_bgra (LkPixels *self)
{
  gsize n_pixels;
  guint8 *bgra;

  g_return_val_if_fail (self != NULL, NULL);

  n_pixels = (gsize) self->width * self->height;
  bgra = g_malloc_n (n_pixels, 4);
  for (gsize i = 0; i < n_pixels; i++)
    {
      bgra[4 * i] = self->data[3 * i + 2];
      bgra[4 * i + 1] = self->data[3 * i + 1];
      bgra[4 * i + 2] = self->data[3 * i];
      bgra[4 * i + 3] = 255;
    }
  return g_bytes_new_take (bgra, n_pixels * 4);
}
