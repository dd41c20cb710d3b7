/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The cryptography of collection codes (docs/collection-code.md): suite A is AES-256-GCM with Ed25519, suite G is SM4-GCM with SM2 over SM3.
 * Both use a nonce of 12 bytes, a tag of 16 and signatures of 64. Any thread. */

enum
{
  LK_CODE_KEY_ID_SIZE = 4,
  LK_CODE_NONCE_SIZE = 12,
  LK_CODE_TAG_SIZE = 16,
  LK_CODE_SIGNATURE_SIZE = 64,
  LK_CODE_SECRET_MAX = 32,
  LK_CODE_PUBLIC_MAX = 65,
  LK_CODE_PRIVATE_SIZE = 32,
};

typedef struct _LkCodeSuite LkCodeSuite;

/* By its letter; NULL when there is none. */
const LkCodeSuite *lk_code_suite_find (char letter);

char  lk_code_suite_get_letter      (const LkCodeSuite *self);
gsize lk_code_suite_get_secret_size (const LkCodeSuite *self);   /* of the key that seals and opens */
gsize lk_code_suite_get_public_size (const LkCodeSuite *self);   /* of the key that checks signatures: raw; SM2: 04, x, y */

/* Makes a pair of keys for signing. */
gboolean lk_code_suite_make_pair (const LkCodeSuite *self, guint8 *public, guint8 *private, GError **error);

/* The first bytes of the hash of a public key (SHA-256, SM3): what a key is called in codes. */
gboolean lk_code_suite_make_id (const LkCodeSuite *self, const guint8 *public, guint8 id[LK_CODE_KEY_ID_SIZE]);

/* The sealed bytes are LK_CODE_TAG_SIZE longer than the plain ones. head: what is not hidden but must not be changed either. */
gboolean lk_code_suite_seal (const LkCodeSuite *self, const guint8 *secret, const guint8 *nonce, GBytes *head, GBytes *plain, guint8 *sealed);

/* FALSE, and nothing in plain, when it was not sealed like this. n: of the sealed bytes. */
gboolean lk_code_suite_open (const LkCodeSuite *self, const guint8 *secret, const guint8 *nonce, GBytes *head, const guint8 *sealed, gsize n,
                             guint8 *plain);

gboolean lk_code_suite_sign   (const LkCodeSuite *self, const guint8 *public, const guint8 *private, const guint8 *data, gsize n,
                               guint8 signature[LK_CODE_SIGNATURE_SIZE]);
gboolean lk_code_suite_verify (const LkCodeSuite *self, const guint8 *public, const guint8 *data, gsize n,
                               const guint8 signature[LK_CODE_SIGNATURE_SIZE]);

G_END_DECLS
