/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/call-key.h"

#include <sodium.h>
#include <string.h>

#include "core/key.h"
#include "service/log.h"
#include "service/problem.h"

static const char *
get_key (LkCall *call)
{
  if (strcmp (call->route->method, "POST") != 0 || call->route->key == LK_KEY_NONE)
    return NULL;
  return lk_request_get_header (call->request, "Idempotency-Key");
}

LkResponse *
lk_call_key_check (LkCall *call)
{
  const char *key = get_key (call);

  if (key != NULL ? lk_key_is_valid (key) : strcmp (call->route->method, "POST") != 0 || call->route->key != LK_KEY_NEEDED)
    return NULL;
  return lk_problem_new (call->request, key != NULL ? LK_ERROR_BAD_REQUEST : LK_ERROR_KEY_NEEDED);
}

static void
hash_text (crypto_hash_sha256_state *state, const char *text, gsize size)
{
  guint64 length = size;        /* first, so that two texts in a row are not taken for two others */

  crypto_hash_sha256_update (state, (const guint8 *) &length, sizeof length);
  crypto_hash_sha256_update (state, (const guint8 *) text, size);
}

static void
hash_request (LkRequest *request, guint8 hash[crypto_hash_sha256_BYTES])
{
  const LkBodyFile *file = lk_request_get_body_file (request);
  const char *target = lk_request_get_target (request), *body;
  crypto_hash_sha256_state state;
  gsize size;

  crypto_hash_sha256_init (&state);
  hash_text (&state, target, strlen (target));
  body = lk_request_get_body (request, &size);
  hash_text (&state, body, size);
  if (file != NULL)
    hash_text (&state, file->sha256, strlen (file->sha256));
  crypto_hash_sha256_final (&state, hash);
}

static LkKeyScope *
make_scope (LkCall *call, const char *key)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  g_autofree char *address = g_strdup_printf ("address %s", lk_request_get_peer (call->request));

  hash_request (call->request, hash);
  return lk_key_scope_new (call->owner != NULL ? call->owner : address, key, hash);
}

static LkResponse *
repeat_answer (const LkKeptAnswer *kept)
{
  LkResponse *response = kept->body != NULL ? lk_response_new_text ((guint) kept->status, "application/json", g_strdup (kept->body))
                                            : lk_response_new ((guint) kept->status);

  lk_response_add_header (response, "Idempotency-Replayed", "true");
  return response;
}

gboolean
lk_call_key_begin (LkCall *call, LkResponse **response, GError **error)
{
  const char *key = get_key (call);
  g_autoptr (LkKeptAnswer) kept = NULL;
  LkKeyScope *scope;

  if (key == NULL)
    return TRUE;
  scope = make_scope (call, key);
  if (!lk_key_ring_begin (call->service->keys, scope, &kept, error) || kept != NULL)
    lk_key_scope_free (scope);
  else
    call->scope = scope;
  if (kept != NULL)
    *response = repeat_answer (kept);
  return kept != NULL || call->scope != NULL;
}

LkResponse *
lk_call_key_run (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  const LkRoute *route = call->route;
  LkResponse *response;

  if (call->scope == NULL || route->place == LK_PLACE_WRITER)
    return route->handler (call, error);
  db->keys->set_scope (db, call->scope);
  response = route->handler (call, error);      /* the call may be gone after it */
  db->keys->set_scope (db, NULL);
  return response;
}

void
lk_call_key_end (LkCall *call, LkResponse *response)
{
  g_autoptr (LkKeyScope) scope = g_steal_pointer (&call->scope);
  g_autoptr (GError) error = NULL;

  if (!lk_key_ring_end (call->service->keys, scope, lk_response_get_status (response), lk_response_get_text (response), &error))
    lk_log_error ("failure", "what=keep-answer path=%s message=\"%s\"", call->route->path, error->message);
}
