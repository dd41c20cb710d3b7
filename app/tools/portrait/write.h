/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tools/portrait/render.h"

/* JPEG, 300 dpi, 4:4:4 unless the quality is low. The same pixels give the same bytes. */
GBytes *lk_portrait_encode_jpeg (const LkPortrait *portrait, int quality);

/* PNG of the picture. */
GBytes *lk_portrait_encode_png (const LkPortrait *portrait);

/* PNG of the person mask, 8-bit grey. */
GBytes *lk_portrait_encode_mask (const LkPortrait *portrait);

/* Writes the file in the format and quality the parameters ask for. */
gboolean lk_portrait_write (const LkPortrait *portrait, const LkPortraitParams *params, const char *path, GError **error);

/* Writes a JPEG. */
gboolean lk_portrait_write_jpeg (const LkPortrait *portrait, int quality, const char *path, GError **error);

/* Puts bytes into a file, whole or not at all. */
gboolean lk_write_bytes (GBytes *bytes, const char *path, GError **error);
