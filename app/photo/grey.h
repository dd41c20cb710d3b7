/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/pixels.h"

G_BEGIN_DECLS

/* A picture in shades of grey, one byte a pixel, rows packed; what readers of QR codes look at. */
typedef struct
{
  int width, height;            /* px */
  guint8 *data;
} LkGrey;

LkGrey *lk_grey_new         (int width, int height);             /* not filled */
LkGrey *lk_grey_from_pixels (const LkPixels *pixels);            /* brightness as in ITU-R BT.601 */
void    lk_grey_free        (LkGrey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkGrey, lk_grey_free)

/* Changed copies, to make a code readable that is not as it is. */
LkGrey *lk_grey_invert  (const LkGrey *self);
LkGrey *lk_grey_stretch (const LkGrey *self);                    /* the darkest and the lightest fiftieth become black and white */
LkGrey *lk_grey_shrink  (const LkGrey *self, int times);         /* the mean of times x times px; NULL when nothing would be left */
LkGrey *lk_grey_double  (const LkGrey *self);                    /* twice as wide and high, straight lines between the pixels */
LkGrey *lk_grey_box     (const LkGrey *self, int radius);        /* the mean of (2 * radius + 1) squared px */
LkGrey *lk_grey_sharpen (const LkGrey *self, int radius, float amount);  /* adds amount times the difference from the box */
LkGrey *lk_grey_deblur  (const LkGrey *self, int radius, int steps);     /* undoes a blur of three boxes of that radius, px */

G_END_DECLS
