/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/pixels.h"

G_BEGIN_DECLS

/* Writes a picture for looking at: PNG when the name ends in .png, else JPEG. Whole or not at all. */
gboolean lk_picture_write (const LkPixels *pixels, const char *path, GError **error);

G_END_DECLS
