/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/collection-code.h"
#include "service/code-key.h"

G_BEGIN_DECLS

/* The text of our own collection codes (docs/collection-code.md): "CC1.", the letter of the suite, and in base64url key id, nonce, sealed
 * payload and signature. */

#define LK_CODE_TEXT_PREFIX "CC1."

/* Longer texts are none of ours, bytes. */
enum { LK_CODE_TEXT_MAX = 400 };

/* LK_ERROR_BAD_REQUEST for a code that does not fit; the key must be able to issue. nonce: NULL for a random one, as it must be; tests give
 * their own. */
char *lk_code_text_write (const LkCollectionCode *code, const LkCodeKey *key, const guint8 *nonce, GError **error);

/* What a text says when a key of these signed it; the time is not looked at. LK_ERROR_CODE_TEXT, _CODE_KEY, _CODE_SIGNATURE. */
LkCollectionCode *lk_code_text_read (const char *text, GPtrArray *keys, GError **error);

G_END_DECLS
