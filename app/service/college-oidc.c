/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/college-private.h"

#include <sodium.h>
#include <string.h>

#include "core/error.h"
#include "service/fetch.h"
#include "service/id-token.h"

/* OpenID Connect: authorization code with PKCE (RFC 7636, 8252). What the issuer says of itself is kept for an hour; its keys are fetched
 * again when a token is signed with one that is not known, but not more often than once a minute. */

#define DOCUMENT_AGE G_TIME_SPAN_HOUR
#define KEYS_AGE G_TIME_SPAN_MINUTE

struct _LkOidc
{
  LkSettings *settings;
  GMutex mutex;
  cJSON *document, *keys;
  gint64 document_at, keys_at;  /* monotonic µs */
};

LkOidc *
lk_oidc_new (LkSettings *settings)
{
  LkOidc *self = g_new0 (LkOidc, 1);

  self->settings = settings;
  g_mutex_init (&self->mutex);
  return self;
}

void
lk_oidc_free (LkOidc *self)
{
  cJSON_Delete (self->document);
  cJSON_Delete (self->keys);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static const char *
setting (LkOidc *self, const char *key)
{
  return lk_settings_text (self->settings, LK_COLLEGE_GROUP, key);
}

static cJSON *
fetch_json (const LkFetch *fetch, GError **error)
{
  g_autofree char *text = lk_fetch (fetch, error);

  return text != NULL ? lk_json_parse (text, -1, LK_ERROR_COLLEGE_AWAY, error) : NULL;
}

/* Another issuer's document under this address would send people, and their codes, elsewhere. */
static gboolean
is_document (LkOidc *self, const cJSON *json)
{
  return g_strcmp0 (lk_json_string (json, "issuer"), setting (self, "issuer")) == 0 &&
         lk_fetch_may_ask (lk_json_string (json, "authorization_endpoint")) && lk_fetch_may_ask (lk_json_string (json, "token_endpoint")) &&
         lk_fetch_may_ask (lk_json_string (json, "jwks_uri"));
}

/* The caller's copy. The lock is held over the fetch: who comes meanwhile needs the same. */
static cJSON *
get_document (LkOidc *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *url = NULL;
  g_autoptr (cJSON) json = NULL;

  if (self->document != NULL && g_get_monotonic_time () - self->document_at < DOCUMENT_AGE)
    return cJSON_Duplicate (self->document, TRUE);
  url = g_strconcat (setting (self, "issuer"), g_str_has_suffix (setting (self, "issuer"), "/") ? "" : "/",
                     ".well-known/openid-configuration", NULL);
  json = fetch_json (&(LkFetch) { .url = url }, error);
  if (json == NULL)
    return NULL;
  if (!is_document (self, json))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_COLLEGE_AWAY, "the issuer's document is of another issuer or incomplete");
      return NULL;
    }
  cJSON_Delete (self->document);
  self->document = g_steal_pointer (&json);
  self->document_at = g_get_monotonic_time ();
  return cJSON_Duplicate (self->document, TRUE);
}

static cJSON *
get_keys (LkOidc *self, const cJSON *document, gboolean newer, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean fresh = g_get_monotonic_time () - self->keys_at < KEYS_AGE;
  g_autoptr (cJSON) json = NULL;

  if (self->keys != NULL && (!newer || fresh))
    return cJSON_Duplicate (self->keys, TRUE);
  json = fetch_json (&(LkFetch) { .url = lk_json_string (document, "jwks_uri") }, error);
  if (json == NULL)
    return NULL;
  cJSON_Delete (self->keys);
  self->keys = g_steal_pointer (&json);
  self->keys_at = g_get_monotonic_time ();
  return cJSON_Duplicate (self->keys, TRUE);
}

/* S256 of RFC 7636. */
static char *
challenge_of (const char *verifier)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  char text[sodium_base64_ENCODED_LEN (sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  crypto_hash_sha256 (hash, (const guint8 *) verifier, strlen (verifier));
  sodium_bin2base64 (text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup (text);
}

char *
lk_oidc_begin (LkOidc *self, const LkCollegeLogin *login, GError **error)
{
  g_autoptr (cJSON) document = get_document (self, error);
  g_autofree char *challenge = document != NULL ? challenge_of (login->verifier) : NULL;

  if (document == NULL)
    return NULL;
  return lk_fetch_with_query (lk_json_string (document, "authorization_endpoint"),
                              lk_fetch_form ("response_type", "code", "client_id", setting (self, "client_id"), "redirect_uri",
                                             login->back, "scope", setting (self, "scope"), "state", login->state, "nonce", login->nonce,
                                             "code_challenge", challenge, "code_challenge_method", "S256", NULL));
}

/* Basic is what a server takes that says nothing (RFC 8414). */
static gboolean
takes_basic (const cJSON *document)
{
  g_auto (GStrv) methods = lk_json_strv (document, "token_endpoint_auth_methods_supported");

  return methods == NULL || g_strv_contains ((const char *const *) methods, "client_secret_basic");
}

static cJSON *
fetch_token (LkOidc *self, const cJSON *document, const LkCollegeLogin *login, const char *code, GError **error)
{
  const char *client = setting (self, "client_id"), *secret = setting (self, "client_secret");
  gboolean basic = secret != NULL && takes_basic (document);
  g_autofree char *user = g_uri_escape_string (client, NULL, FALSE);
  g_autofree char *password = secret != NULL ? g_uri_escape_string (secret, NULL, FALSE) : NULL;
  g_autofree char *form = lk_fetch_form ("grant_type", "authorization_code", "code", code, "redirect_uri", login->back, "code_verifier",
                                         login->verifier, "client_id", basic ? NULL : client, "client_secret", basic ? NULL : secret, NULL);
  LkFetch fetch = { .url = lk_json_string (document, "token_endpoint"), .form = form, .user = basic ? user : NULL,
                    .password = basic ? password : NULL };

  return fetch_json (&fetch, error);
}

/* Claims of the ID token; once more with newer keys when it is signed with one that is not known. */
static cJSON *
read_token (LkOidc *self, const cJSON *document, const LkCollegeLogin *login, const char *token, GError **error)
{
  LkIdTokenRules rules = { setting (self, "issuer"), setting (self, "client_id"), login->nonce, g_get_real_time () / G_USEC_PER_SEC };
  gboolean unknown = FALSE;

  for (int round = 0; round < 2; round++)
    {
      g_autoptr (cJSON) keys = get_keys (self, document, round > 0, error);
      cJSON *claims = keys != NULL ? lk_id_token_read (token, keys, &rules, &unknown, error) : NULL;

      if (claims != NULL || keys == NULL || !unknown || round > 0)
        return claims;
      g_clear_error (error);
    }
  return NULL;
}

char *
lk_oidc_finish (LkOidc *self, const LkCollegeLogin *login, const char *code, GError **error)
{
  g_autoptr (cJSON) document = get_document (self, error);
  g_autoptr (cJSON) answer = document != NULL ? fetch_token (self, document, login, code, error) : NULL;
  const char *token = answer != NULL ? lk_json_string (answer, "id_token") : NULL;
  g_autoptr (cJSON) claims = token != NULL ? read_token (self, document, login, token, error) : NULL;
  const char *name = setting (self, "attribute");
  const char *who = claims != NULL ? lk_json_string (claims, name != NULL ? name : "sub") : NULL;

  if (who == NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, LK_ERROR, LK_ERROR_COLLEGE_REFUSED, "no ID token, or the claim is missing in it");
  return g_strdup (who);
}
