/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkPixels:
 *
 * An owned picture in memory: 8-bit sRGB, three bytes a pixel (R, G, B), rows packed
 * (stride = 3 * width). Immutable once shared; reference counted, safe across threads.
 */
typedef struct
{
  int width, height;            /* px */
  guint8 *data;
  /*< private >*/
  gatomicrefcount ref_count;
} LkPixels;

LkPixels *lk_pixels_new   (int width, int height);               /* black */
LkPixels *lk_pixels_ref   (LkPixels *self);
void      lk_pixels_unref (LkPixels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPixels, lk_pixels_unref)

/* A copy scaled to width x height px: area average when shrinking, Catmull-Rom when growing. */
LkPixels *lk_pixels_scale (LkPixels *self, int width, int height);

/* The rectangle (x, y, width, height), clipped to the picture; NULL when nothing of it lies inside. */
LkPixels *lk_pixels_crop (LkPixels *self, int x, int y, int width, int height);

/* The pixels as B, G, R, 255 rows (GDK_MEMORY_B8G8R8A8 / opaque), stride 4 * width, for drawing. */
GBytes *lk_pixels_to_bgra (LkPixels *self);

G_END_DECLS
