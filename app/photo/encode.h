/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/pixels.h"

G_BEGIN_DECLS

/* A baseline JPEG in sRGB with nothing else in it than the dpi: no EXIF, no profile, no comment. quality: 1 to 100; full_colour: colour
 * at full resolution (4:4:4), else at half (4:2:0). The same pixels give the same bytes. */
GBytes *lk_encode_jpeg (const LkPixels *photo, int dpi, int quality, gboolean full_colour);

G_END_DECLS
