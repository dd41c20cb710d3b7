/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/pixels.h"

G_BEGIN_DECLS

/* Picture files made on the spot, straight through libjpeg and libpng. */

typedef struct
{
  int quality;                  /* 0: 95 */
  int components;               /* 0: 3; 1 takes the red channel, 4 writes CMYK */
  gboolean progressive;
  gboolean two_scans;           /* progressive, with the fewest scans: DC, then all AC */
  int orientation;              /* EXIF, 0: no EXIF at all */
  GBytes *profile;              /* or NULL */
} JpegOptions;

typedef struct
{
  int colour_type;              /* PNG_COLOR_TYPE_* */
  int bits;                     /* of a sample */
  gboolean interlaced;
  int orientation;              /* eXIf, 0: none */
  GBytes *profile;              /* or NULL */
} PngOptions;

GBytes *make_jpeg (LkPixels *pixels, const JpegOptions *options);

/* Rows hold samples as libpng takes them for the colour type and bits. A palette is grey steps 0, 16, 32 ... 240.
 * A stride of 0 writes the same row again and again. */
GBytes *make_png (int width, int height, const guint8 *rows, gsize stride, const PngOptions *options);

/* Recomputes the checksum of every PNG chunk, so that a changed byte gets past it. */
void fix_png_sums (guint8 *png, gsize size);

/* A picture of soft colours with something in every place. */
LkPixels *make_pixels (int width, int height);

G_END_DECLS
