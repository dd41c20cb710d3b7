/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "college.h"

#include <cjose/cjose.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "tiny-server.h"

/* One sign-in at the college: what came with the browser, kept under the code or ticket. */
typedef struct
{
  char *back, *challenge, *nonce, *client;
} Grant;

struct _College
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  TinyServer *server;
  char *url;

  GMutex mutex;
  char *user, *number;
  CollegeFault fault;
  gboolean elliptic;
  cjose_jwk_t *rsa, *ec, *other;
  guint n_keys, n_grants;
  GHashTable *grants;
};

static void
grant_free (gpointer data)
{
  Grant *grant = data;

  g_free (grant->back);
  g_free (grant->challenge);
  g_free (grant->nonce);
  g_free (grant->client);
  g_free (grant);
}

char *
college_query (const char *url, const char *name)
{
  const char *query = strchr (url, '?');
  g_autoptr (GHashTable) values =
    query != NULL ? g_uri_parse_params (query + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;

  return values != NULL ? g_strdup (g_hash_table_lookup (values, name)) : NULL;
}

/* -- keys and tokens -- */

static void
make_keys (College *self)
{
  cjose_err error;
  g_autofree char *rsa = g_strdup_printf ("rsa-%u", self->n_keys), *ec = g_strdup_printf ("ec-%u", self->n_keys);

  self->n_keys++;
  self->rsa = cjose_jwk_create_RSA_random (2048, NULL, 0, &error);
  self->ec = cjose_jwk_create_EC_random (CJOSE_JWK_EC_P_256, &error);
  g_assert_true (self->rsa != NULL && self->ec != NULL);
  cjose_jwk_set_kid (self->rsa, rsa, strlen (rsa), &error);
  cjose_jwk_set_kid (self->ec, ec, strlen (ec), &error);
}

static char *
public_key (cjose_jwk_t *key)
{
  cjose_err error;
  char *made = cjose_jwk_to_json (key, false, &error);
  char *copy = g_strdup (made);

  free (made);
  return copy;
}

static char *
key_set (College *self)
{
  g_autofree char *rsa = public_key (self->rsa), *ec = public_key (self->ec);

  return g_strdup_printf ("{\"keys\":[%s,%s]}", rsa, ec);
}

static char *
base64url (const void *bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
sign (cjose_jwk_t *key, const char *algorithm, const char *name, const char *content)
{
  cjose_err error;
  cjose_header_t *header = cjose_header_new (&error);
  cjose_jws_t *jws;
  const char *compact = NULL;
  char *token;

  cjose_header_set (header, CJOSE_HDR_ALG, algorithm, &error);
  if (name != NULL)
    cjose_header_set (header, CJOSE_HDR_KID, name, &error);
  jws = cjose_jws_sign (key, header, (const uint8_t *) content, strlen (content), &error);
  g_assert_nonnull (jws);
  g_assert_true (cjose_jws_export (jws, &compact, &error));
  token = g_strdup (compact);
  cjose_jws_release (jws);
  cjose_header_release (header);
  return token;
}

static char *
unsigned_token (const char *content)
{
  const char *head = "{\"alg\":\"none\"}";
  g_autofree char *a = base64url (head, strlen (head)), *b = base64url (content, strlen (content));

  return g_strdup_printf ("%s.%s.", a, b);
}

/* What a verifier that trusts the token's own "alg" would take: the public key is no secret. */
static char *
confused_token (College *self, const char *content)
{
  cjose_err error;
  g_autofree char *key = public_key (self->rsa);
  cjose_jwk_t *secret = cjose_jwk_create_oct_spec ((const uint8_t *) key, strlen (key), &error);
  char *token = sign (secret, CJOSE_HDR_ALG_HS256, cjose_jwk_get_kid (self->rsa, &error), content);

  cjose_jwk_release (secret);
  return token;
}

static char *
tampered_token (char *token, const char *content)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", 3);
  g_autofree char *changed = g_strconcat (content, " ", NULL);
  g_autofree char *middle = base64url (changed, strlen (changed));

  g_free (token);
  return g_strdup_printf ("%s.%s.%s", parts[0], middle, parts[2]);
}

static char *
claims_of (College *self, const Grant *grant)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  CollegeFault fault = self->fault;
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  const char *const two[] = { grant->client, "elsewhere", NULL };

  lk_json_add_string (json, "iss", fault == COLLEGE_OTHER_ISSUER ? "https://elsewhere.test" : self->url);
  if (fault == COLLEGE_TWO_CLIENTS)
    lk_json_add_strv (json, "aud", two);
  else
    lk_json_add_string (json, "aud", fault == COLLEGE_OTHER_CLIENT ? "elsewhere" : grant->client);
  lk_json_add_string (json, "sub", self->user);
  lk_json_add_string (json, "employee_number", self->number);
  lk_json_add_string (json, "nonce", fault == COLLEGE_OTHER_NONCE ? "another" : grant->nonce);
  lk_json_add_int (json, "iat", fault == COLLEGE_FUTURE ? now + 3600 : now);
  lk_json_add_int (json, "exp", fault == COLLEGE_EXPIRED ? now - 3600 : now + 300);
  return lk_json_print (json);
}

static char *
make_token (College *self, const Grant *grant)
{
  g_autofree char *content = claims_of (self, grant);
  cjose_err error;
  cjose_jwk_t *key = self->elliptic ? self->ec : self->rsa;
  const char *algorithm = self->elliptic ? CJOSE_HDR_ALG_ES256 : CJOSE_HDR_ALG_RS256;
  char *token;

  if (self->fault == COLLEGE_UNSIGNED)
    return unsigned_token (content);
  if (self->fault == COLLEGE_CONFUSED)
    return confused_token (self, content);
  if (self->fault == COLLEGE_OTHER_KEY)
    return sign (self->other, CJOSE_HDR_ALG_RS256, cjose_jwk_get_kid (self->rsa, &error), content);
  token = sign (key, algorithm, cjose_jwk_get_kid (key, &error), content);
  return self->fault == COLLEGE_TAMPERED ? tampered_token (token, content) : token;
}

/* -- the calls -- */

static void
send_on (TinyAnswer *answer, char *where)
{
  g_autofree char *line = g_strdup_printf ("Location: %s\r\n", where);

  answer->status = 302;
  answer->more_headers = g_intern_string (line);
  g_free (where);
}

static char *
keep_grant (College *self, const char *kind, Grant *grant)
{
  char *name = g_strdup_printf ("%s-%u", kind, self->n_grants++);

  g_hash_table_insert (self->grants, g_strdup (name), grant);
  return name;
}

static void
authorize (College *self, const char *path, TinyAnswer *answer)
{
  g_autofree char *back = college_query (path, "redirect_uri"), *state = college_query (path, "state"), *code = NULL;
  Grant *grant;

  if (self->fault == COLLEGE_DENIES)
    {
      send_on (answer, g_strdup_printf ("%s?error=access_denied&state=%s", back, state));
      return;
    }
  grant = g_new0 (Grant, 1);
  *grant = (Grant) { g_strdup (back), college_query (path, "code_challenge"), college_query (path, "nonce"), college_query (path, "client_id") };
  code = keep_grant (self, "code", grant);
  send_on (answer, g_strdup_printf ("%s?code=%s&state=%s", back, code, state));
}

/* Whoever took the code on its way cannot have the verifier. */
static gboolean
proves (const Grant *grant, const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 hash[32];
  gsize length = sizeof hash;
  g_autofree char *challenge = NULL;

  g_checksum_update (checksum, (const guint8 *) (verifier != NULL ? verifier : ""), -1);
  g_checksum_get_digest (checksum, hash, &length);
  challenge = base64url (hash, sizeof hash);
  return g_strcmp0 (challenge, grant->challenge) == 0;
}

static void
give_token (College *self, const TinyRequest *request, TinyAnswer *answer)
{
  g_autofree char *form = g_strconcat ("?", request->body, NULL);
  g_autofree char *code = college_query (form, "code"), *verifier = college_query (form, "code_verifier");
  g_autofree char *back = college_query (form, "redirect_uri"), *token = NULL, *text = NULL;
  gpointer key = NULL, value = NULL;
  Grant *grant;

  if (code == NULL || !g_hash_table_steal_extended (self->grants, code, &key, &value))
    {
      answer->status = 400;
      return;
    }
  grant = value;
  g_free (key);
  if (!proves (grant, verifier) || g_strcmp0 (back, grant->back) != 0)
    answer->status = 400;
  else
    {
      token = self->fault != COLLEGE_NO_TOKEN ? make_token (self, grant) : NULL;
      text = token != NULL ? g_strdup_printf ("{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}", token)
                           : g_strdup ("{\"access_token\":\"x\",\"token_type\":\"Bearer\"}");
      answer->body = tiny_text (text);
    }
  grant_free (grant);
}

static void
cas_login (College *self, const char *path, TinyAnswer *answer)
{
  g_autofree char *service = college_query (path, "service"), *ticket = NULL;
  Grant *grant = g_new0 (Grant, 1);

  grant->back = g_strdup (service);
  ticket = keep_grant (self, "ST", grant);
  send_on (answer, g_strdup_printf ("%s&ticket=%s", service, ticket));
}

static void
cas_validate (College *self, const char *path, TinyAnswer *answer)
{
  g_autofree char *service = college_query (path, "service"), *ticket = college_query (path, "ticket"), *text = NULL;
  const Grant *grant = ticket != NULL ? g_hash_table_lookup (self->grants, ticket) : NULL;

  answer->content_type = "application/xml";
  if (grant != NULL && self->fault != COLLEGE_DENIES && g_strcmp0 (grant->back, service) == 0)
    text = g_markup_printf_escaped ("<cas:serviceResponse xmlns:cas=\"http://www.yale.edu/tp/cas\">\n<cas:authenticationSuccess>\n"
                                    "<cas:user>%s</cas:user><cas:attributes><cas:employee_number>%s</cas:employee_number>"
                                    "</cas:attributes>\n</cas:authenticationSuccess>\n</cas:serviceResponse>", self->user, self->number);
  else
    text = g_strdup ("<cas:serviceResponse xmlns:cas=\"http://www.yale.edu/tp/cas\"><cas:authenticationFailure code=\"INVALID_TICKET\">"
                     "no</cas:authenticationFailure></cas:serviceResponse>");
  if (ticket != NULL)
    g_hash_table_remove (self->grants, ticket);
  answer->body = tiny_text (text);
}

static void
describe (College *self, TinyAnswer *answer)
{
  g_autofree char *text = g_strdup_printf ("{\"issuer\":\"%1$s\",\"authorization_endpoint\":\"%1$s/authorize\",\"token_endpoint\":"
                                           "\"%1$s/token\",\"jwks_uri\":\"%1$s/keys\"}", self->url);

  answer->body = tiny_text (text);
}

static void
answer_request (const TinyRequest *request, TinyAnswer *answer, gpointer user_data)
{
  College *self = user_data;
  const char *path = request->path;
  g_autofree char *keys = NULL;

  g_mutex_lock (&self->mutex);
  answer->status = 200;
  if (self->fault == COLLEGE_AWAY)
    answer->status = 500;
  else if (g_str_has_prefix (path, "/.well-known/openid-configuration"))
    describe (self, answer);
  else if (g_str_has_prefix (path, "/authorize?"))
    authorize (self, path, answer);
  else if (g_str_equal (path, "/token"))
    give_token (self, request, answer);
  else if (g_str_equal (path, "/keys"))
    {
      keys = key_set (self);
      answer->body = tiny_text (keys);
    }
  else if (g_str_has_prefix (path, "/cas/login?"))
    cas_login (self, path, answer);
  else if (g_str_has_prefix (path, "/cas/p3/serviceValidate?"))
    cas_validate (self, path, answer);
  else
    answer->status = 404;
  g_mutex_unlock (&self->mutex);
}

/* -- its life -- */

static gpointer
run (gpointer data)
{
  College *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

College *
college_new (void)
{
  College *self = g_new0 (College, 1);
  cjose_err error;

  g_mutex_init (&self->mutex);
  self->user = g_strdup ("t1001");
  self->number = g_strdup ("20230001");
  make_keys (self);
  self->other = cjose_jwk_create_RSA_random (2048, NULL, 0, &error);
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, grant_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = tiny_server_new (answer_request, self);
  g_main_context_pop_thread_default (self->context);
  self->url = tiny_server_dup_url (self->server);
  self->thread = g_thread_new ("college", run, self);
  return self;
}

void
college_free (College *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  tiny_server_free (self->server);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  cjose_jwk_release (self->rsa);
  cjose_jwk_release (self->ec);
  cjose_jwk_release (self->other);
  g_hash_table_unref (self->grants);
  g_mutex_clear (&self->mutex);
  g_free (self->user);
  g_free (self->number);
  g_free (self->url);
  g_free (self);
}

char *
college_dup_url (College *self)
{
  return g_strdup (self->url);
}

void
college_set_person (College *self, const char *user, const char *number)
{
  g_mutex_lock (&self->mutex);
  g_free (self->user);
  g_free (self->number);
  self->user = g_strdup (user);
  self->number = g_strdup (number);
  g_mutex_unlock (&self->mutex);
}

void
college_set_fault (College *self, CollegeFault fault)
{
  g_mutex_lock (&self->mutex);
  self->fault = fault;
  g_mutex_unlock (&self->mutex);
}

void
college_set_elliptic (College *self, gboolean elliptic)
{
  g_mutex_lock (&self->mutex);
  self->elliptic = elliptic;
  g_mutex_unlock (&self->mutex);
}

void
college_change_keys (College *self)
{
  g_mutex_lock (&self->mutex);
  cjose_jwk_release (self->rsa);
  cjose_jwk_release (self->ec);
  make_keys (self);
  g_mutex_unlock (&self->mutex);
}

/* -- a browser -- */

char *
college_browse (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) in = NULL;
  g_autofree char *head = NULL;
  char *found = NULL;

  g_socket_client_set_timeout (client, 30);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri), (guint16) g_uri_get_port (uri), NULL, NULL);
  if (connection == NULL)
    return NULL;
  head = g_strdup_printf ("GET %s?%s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n", g_uri_get_path (uri), g_uri_get_query (uri),
                          g_uri_get_host (uri), g_uri_get_port (uri));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head, strlen (head), NULL, NULL, NULL);
  in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);

      if (line == NULL || *g_strchomp (line) == '\0')
        return found;
      if (found == NULL && g_ascii_strncasecmp (line, "location: ", 10) == 0)
        found = g_strdup (line + 10);
    }
}
