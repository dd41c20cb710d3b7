/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  LK_SEAL_KEY_BYTES = 32,
};

/**
 * LkSeal:
 *
 * A secret key and what is done with it: values are sealed with XChaCha20-Poly1305, each with a random nonce and bound
 * to its place, so that no value can be put in another's. Counted; any thread may use it. The key lies in locked memory
 * and is wiped with the last reference.
 */
typedef struct _LkSeal LkSeal;

/* LK_SEAL_KEY_BYTES of key are copied. */
LkSeal *lk_seal_new (const guint8 *key);

/* The key from its text, as lk_seal_make_text() gave it; NULL when it is none. */
LkSeal *lk_seal_new_from_text (const char *text);

/* A new random key as text, to be freed with lk_seal_free_text(). */
char *lk_seal_make_text (void);
void lk_seal_free_text (char *text);

LkSeal *lk_seal_ref (LkSeal *self);
void lk_seal_unref (LkSeal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSeal, lk_seal_unref)

/* Nonce, sealed bytes and tag: 40 bytes longer than what was given. place: where it is kept, for instance "photo HASH". */
GBytes *lk_seal_bytes (LkSeal *self, const char *place, gconstpointer data, gsize size);

/* What was sealed; NULL and LK_ERROR_CORRUPT when it was not sealed with this key for this place, or was changed. */
GBytes *lk_seal_open (LkSeal *self, const char *place, gconstpointer data, gsize size, GError **error);

/* The same for a text, as a text. */
char *lk_seal_text (LkSeal *self, const char *place, const char *text);
gboolean lk_seal_is_sealed (const char *text);
char *lk_seal_open_text (LkSeal *self, const char *place, const char *sealed, GError **error);

/* A name that says nothing without the key and is always the same with it (keyed BLAKE2b, hex). */
char *lk_seal_name (LkSeal *self, const char *name);

G_END_DECLS
