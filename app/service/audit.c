/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/audit.h"

#include <sodium.h>
#include <string.h>

static void
add_number (crypto_hash_sha256_state *state, gint64 value)
{
  guint64 big_endian = GUINT64_TO_BE ((guint64) value);

  crypto_hash_sha256_update (state, (const guint8 *) &big_endian, sizeof big_endian);
}

/* With its length before it, so that no two different lines give the same bytes. */
static void
add_text (crypto_hash_sha256_state *state, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  add_number (state, text != NULL ? (gint64) length : -1);
  crypto_hash_sha256_update (state, (const guint8 *) (text != NULL ? text : ""), length);
}

void
lk_audit_hash (const guint8 before[LK_AUDIT_HASH_SIZE], const LkAuditLine *line, guint8 hash[LK_AUDIT_HASH_SIZE])
{
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, before, LK_AUDIT_HASH_SIZE);
  add_number (&state, line->seq);
  add_number (&state, line->at);
  add_text (&state, line->action);
  add_number (&state, line->submission);
  add_text (&state, line->state);
  add_text (&state, line->body);
  crypto_hash_sha256_final (&state, hash);
}
