/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/collection-code.h"

G_BEGIN_DECLS

enum { LK_CODE_UNIQUE_MAX = 32, LK_CODE_ID_SIZE = 8 };

/* What is sealed in a collection code (docs/collection-code.md): six values in CBOR (RFC 8949), each in its one shortest form.
 * expires_us has to be the end of a day in China. NULL and LK_ERROR_BAD_REQUEST for a code that cannot be written so. */
GBytes *lk_code_payload_write (const LkCollectionCode *code, GError **error);

/* NULL when the bytes are not exactly what lk_code_payload_write() makes. */
LkCollectionCode *lk_code_payload_read (const guint8 *data, gsize n);

/* 1 to LK_CODE_UNIQUE_MAX letters and digits. */
gboolean lk_code_is_unique_no (const char *text);

G_END_DECLS
