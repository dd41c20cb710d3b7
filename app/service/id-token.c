/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/id-token.h"

#include <cjose/cjose.h>
#include <string.h>

#include "core/error.h"

/* SLACK: what clocks may differ; KEYS_MAX: tried when the token names none. */
enum { SLACK_SECONDS = 60, RSA_BITS = 2048, KEYS_MAX = 16 };

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cjose_jws_t, cjose_jws_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cjose_jwk_t, cjose_jwk_release)

static gpointer
refuse (GError **error, const char *why)
{
  g_set_error (error, LK_ERROR, LK_ERROR_COLLEGE_REFUSED, "ID token: %s", why);
  return NULL;
}

/* -- the signature -- */

/* Whether the key is of the kind the algorithm needs: the token's own word for it is not enough. */
static gboolean
key_fits (cjose_jwk_t *key, const char *algorithm)
{
  cjose_err failure;

  if (strcmp (algorithm, CJOSE_HDR_ALG_RS256) == 0)
    return cjose_jwk_get_kty (key, &failure) == CJOSE_JWK_KTY_RSA && cjose_jwk_get_keysize (key, &failure) >= RSA_BITS;
  return cjose_jwk_get_kty (key, &failure) == CJOSE_JWK_KTY_EC && cjose_jwk_EC_get_curve (key, &failure) == CJOSE_JWK_EC_P_256;
}

static cjose_jwk_t *
import_key (const cJSON *json)
{
  g_autofree char *text = lk_json_print (json);
  cjose_err failure;

  return cjose_jwk_import (text, strlen (text), &failure);
}

/* Keys that a token may be signed with: those of the name it gives, or all. */
static gboolean
is_candidate (const cJSON *json, const char *name)
{
  const char *use = lk_json_string (json, "use"), *own = lk_json_string (json, "kid");

  return (use == NULL || strcmp (use, "sig") == 0) && (name == NULL || g_strcmp0 (name, own) == 0);
}

static gboolean
is_signed (cjose_jws_t *jws, const char *algorithm, const char *name, const cJSON *keys, gboolean *unknown_key)
{
  const cJSON *json;
  int n = 0;

  *unknown_key = TRUE;
  cJSON_ArrayForEach (json, lk_json_array (keys, "keys"))
    {
      g_autoptr (cjose_jwk_t) key = is_candidate (json, name) && n++ < KEYS_MAX ? import_key (json) : NULL;
      cjose_err failure;

      if (key == NULL || !key_fits (key, algorithm))
        continue;
      *unknown_key = FALSE;
      if (cjose_jws_verify (jws, key, &failure))
        return TRUE;
    }
  return FALSE;
}

/* The content of a token with a good signature; borrowed from jws. */
static cJSON *
verify (cjose_jws_t *jws, const cJSON *keys, gboolean *unknown_key, GError **error)
{
  cjose_err failure;
  cjose_header_t *header = cjose_jws_get_protected (jws);
  const char *algorithm = cjose_header_get (header, CJOSE_HDR_ALG, &failure), *name = cjose_header_get (header, CJOSE_HDR_KID, &failure);
  g_autofree char *text = NULL;
  uint8_t *content;
  size_t length;
  cJSON *claims;

  if (algorithm == NULL || (strcmp (algorithm, CJOSE_HDR_ALG_RS256) != 0 && strcmp (algorithm, CJOSE_HDR_ALG_ES256) != 0))
    return refuse (error, "an algorithm that is not taken");
  if (!is_signed (jws, algorithm, name, keys, unknown_key))
    return refuse (error, *unknown_key ? "no key of the issuer fits" : "the signature is wrong");
  if (!cjose_jws_get_plaintext (jws, &content, &length, &failure))
    return refuse (error, "no content");
  text = g_strndup ((const char *) content, length);
  claims = lk_json_parse (text, -1, LK_ERROR_COLLEGE_REFUSED, NULL);
  return claims != NULL ? claims : refuse (error, "the content is no JSON");
}

/* -- the claims -- */

/* One of several audiences is enough only when the token says that it was made for this client. */
static gboolean
is_for_client (const cJSON *claims, const char *client)
{
  const cJSON *audiences = lk_json_array (claims, "aud");
  const char *party = lk_json_string (claims, "azp");
  g_auto (GStrv) list = audiences != NULL ? lk_json_strv (claims, "aud") : NULL;

  if (party != NULL && strcmp (party, client) != 0)
    return FALSE;
  if (audiences == NULL)
    return g_strcmp0 (lk_json_string (claims, "aud"), client) == 0;
  return list != NULL && g_strv_contains ((const char *const *) list, client) && (list[1] == NULL || party != NULL);
}

static const char *
find_fault (const cJSON *claims, const LkIdTokenRules *rules)
{
  gint64 expires = lk_json_int (claims, "exp", 0), made = lk_json_int (claims, "iat", G_MAXINT64);

  if (g_strcmp0 (lk_json_string (claims, "iss"), rules->issuer) != 0)
    return "another issuer";
  if (!is_for_client (claims, rules->client))
    return "for another client";
  if (expires <= rules->now - SLACK_SECONDS)
    return "it has expired";
  if (made > rules->now + SLACK_SECONDS || lk_json_int (claims, "nbf", 0) > rules->now + SLACK_SECONDS)
    return "it is of the future";
  if (g_strcmp0 (lk_json_string (claims, "nonce"), rules->nonce) != 0)
    return "of another sign-in";
  return NULL;
}

cJSON *
lk_id_token_read (const char *token, const cJSON *keys, const LkIdTokenRules *rules, gboolean *unknown_key, GError **error)
{
  cjose_err failure;
  g_autoptr (cjose_jws_t) jws = cjose_jws_import (token, strlen (token), &failure);
  g_autoptr (cJSON) claims = NULL;
  const char *fault;

  *unknown_key = FALSE;
  if (jws == NULL)
    return refuse (error, "malformed");
  claims = verify (jws, keys, unknown_key, error);
  if (claims == NULL)
    return NULL;
  fault = find_fault (claims, rules);
  return fault == NULL ? g_steal_pointer (&claims) : refuse (error, fault);
}
