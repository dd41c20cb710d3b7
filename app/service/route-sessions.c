/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"
#include "core/key.h"
#include "service/log.h"
#include "service/problem.h"

enum { PASSWORD_MAX = 1024 };

static cJSON *
session_to_json (const char *token, const LkStaff *staff, int seconds)
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

static LkResponse *
sign_in (LkCall *call, const char *user, const char *password, const char *device, GError **error)
{
  const char *from = lk_request_get_peer (call->request);
  g_autofree char *token = NULL;
  g_autoptr (LkStaff) staff = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (cJSON) json = NULL;
  int wait = 0;

  if (!lk_auth_sign_in (call->service->auth, user, password, device, from, &token, &staff, &wait, &failure))
    {
      lk_log ("sign-in-refused", "from=%s code=%s", from, lk_error_to_word ((LkError) failure->code));
      if (g_error_matches (failure, LK_ERROR, LK_ERROR_TOO_MANY_TRIES))
        return lk_problem_new_with (call->request, LK_ERROR_TOO_MANY_TRIES, MAX (wait, 1), NULL);
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  lk_log ("sign-in", "from=%s account=%s", from, staff->uuid);
  json = session_to_json (token, staff, call->service->config.session_seconds);
  return lk_response_new_json (201, json);
}

LkResponse *
lk_route_sign_in (LkCall *call, GError **error)
{
  g_autoptr (cJSON) json = lk_call_read_json (call, error);
  const char *user, *password, *device;

  if (json == NULL)
    return NULL;
  user = lk_json_string (json, "user");
  password = lk_json_string (json, "password");
  device = lk_json_string (json, "device");
  if (user == NULL || strlen (user) > 64 || password == NULL || strlen (password) > PASSWORD_MAX || !lk_key_is_valid (device))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "user, password or device is missing or malformed");
      return NULL;
    }
  return sign_in (call, user, password, device, error);
}

LkResponse *
lk_route_sign_out (LkCall *call, GError **error)
{
  if (!lk_auth_sign_out (call->service->auth, call->who, error))
    return NULL;
  lk_log ("sign-out", "account=%s", call->who->uuid);
  return lk_response_new (204);
}
