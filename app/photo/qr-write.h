/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A PNG file with the QR code of a text: error correction level M, modules of module x module px, four modules of white around.
 * LK_ERROR_BAD_REQUEST for a text that is too long for any. */
GBytes *lk_qr_write_png (const char *text, int module, GError **error);

/* The same as lines of block signs for a terminal, dark on light whatever its colours are. */
char *lk_qr_write_text (const char *text, GError **error);

G_END_DECLS
