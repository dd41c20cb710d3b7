/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"

G_BEGIN_DECLS

/* What an ID token must say (OpenID Connect Core, section 3.1.3.7). */
typedef struct
{
  const char *issuer, *client, *nonce;
  gint64 now;                   /* seconds UTC */
} LkIdTokenRules;

/**
 * lk_id_token_read:
 * @keys: the issuer's keys, a JSON Web Key Set
 * @unknown_key: (out): the signature's key is not among them: newer ones may be fetched
 *
 * The claims of a token whose signature (RS256 with at least 2048 bits, or ES256) and claims are in order.
 *
 * Errors: LK_ERROR_COLLEGE_REFUSED.
 */
cJSON *lk_id_token_read (const char *token, const cJSON *keys, const LkIdTokenRules *rules, gboolean *unknown_key, GError **error);

G_END_DECLS
