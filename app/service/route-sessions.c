/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"
#include "core/key.h"
#include "service/campus-db-account.h"
#include "service/log.h"
#include "service/problem.h"

enum { PASSWORD_MAX = 1024, CODE_MAX = 64 };

cJSON *
lk_session_to_json (const char *token, const LkStaff *staff, int seconds)
{
  cJSON *json = cJSON_CreateObject ();
  cJSON *account;

  lk_json_add_string (json, "token", token);
  lk_json_add_int (json, "expires_in", seconds);
  account = cJSON_AddObjectToObject (json, "account");
  lk_json_add_string (account, "id", staff->uuid);
  lk_json_add_string (account, "user", staff->user);
  lk_json_add_string (account, "name", staff->name);
  lk_json_add_string (account, "role", lk_role_to_word (staff->role));
  return json;
}

/* A refusal is a line of the audit; who had too many tries has had theirs already. */
static void
note_refusal (LkCall *call, const char *user, const GError *failure)
{
  const char *from = lk_request_get_peer (call->request);
  g_autoptr (GError) error = NULL;

  lk_log_warning ("sign-in-refused", "from=%s code=%s", from, lk_error_to_word ((LkError) failure->code));
  if (failure->code != LK_ERROR_WRONG_PASSWORD && failure->code != LK_ERROR_WRONG_FACTOR)
    return;
  if (!call->service->db->accounts->note_refusal (call->service->db, user, (LkError) failure->code, from, &error))
    lk_log_error ("failure", "what=sign-in-refused message=\"%s\"", error->message);
}

static LkResponse *
sign_in (LkCall *call, const LkCredentials *credentials, GError **error)
{
  g_autofree char *token = NULL;
  g_autoptr (LkStaff) staff = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (cJSON) json = NULL;
  int wait = 0;

  if (!lk_auth_sign_in (call->service->auth, credentials, &token, &staff, &wait, &failure))
    {
      note_refusal (call, credentials->user, failure);
      if (g_error_matches (failure, LK_ERROR, LK_ERROR_TOO_MANY_TRIES))
        return lk_problem_new_with (call->request, LK_ERROR_TOO_MANY_TRIES, MAX (wait, 1), NULL);
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  lk_log ("sign-in", "from=%s account=%s", credentials->from, staff->uuid);
  json = lk_session_to_json (token, staff, call->service->config.session_seconds);
  return lk_response_new_json (201, json);
}

LkResponse *
lk_route_sign_in (LkCall *call, GError **error)
{
  g_autoptr (cJSON) json = lk_call_read_json (call, error);
  LkCredentials who;

  if (json == NULL)
    return NULL;
  who = (LkCredentials) { lk_json_string (json, "user"), lk_json_string (json, "password"), lk_json_string (json, "code"),
                          lk_json_string (json, "device"), lk_request_get_peer (call->request) };
  if (who.user == NULL || strlen (who.user) > 64 || who.password == NULL || strlen (who.password) > PASSWORD_MAX ||
      (who.code != NULL && strlen (who.code) > CODE_MAX) || !lk_key_is_valid (who.device))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "user, password, code or device is missing or malformed");
      return NULL;
    }
  return sign_in (call, &who, error);
}

LkResponse *
lk_route_sign_out (LkCall *call, GError **error)
{
  if (!lk_auth_sign_out (call->service->auth, call->who, error))
    return NULL;
  lk_log ("sign-out", "account=%s", call->who->uuid);
  return lk_response_new (204);
}
