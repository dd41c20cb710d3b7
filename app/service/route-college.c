/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"
#include "core/key.h"
#include "service/campus-db-account.h"
#include "service/college.h"
#include "service/log.h"
#include "service/problem.h"

enum { TEXT_MAX = 4096 };

static gpointer
refuse (GError **error, LkError code, const char *why)
{
  g_set_error_literal (error, LK_ERROR, (int) code, why);
  return NULL;
}

LkResponse *
lk_route_college_begin (LkCall *call, GError **error)
{
  LkCollege *college = call->service->college;
  g_autoptr (cJSON) body = lk_call_read_json (call, error);
  const char *device = body != NULL ? lk_json_string (body, "device") : NULL, *back = body != NULL ? lk_json_string (body, "back") : NULL;
  g_autofree char *id = NULL, *url = NULL, *state = NULL;
  g_autoptr (cJSON) json = NULL;

  if (body == NULL)
    return NULL;
  if (college == NULL)
    return refuse (error, LK_ERROR_NOT_FOUND, "this campus has no such sign-in");
  if (!lk_key_is_valid (device) || back == NULL)
    return refuse (error, LK_ERROR_BAD_REQUEST, "device or back is missing or malformed");
  if (!lk_college_begin (college, device, lk_request_get_peer (call->request), back, &id, &url, &state, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "id", id);
  lk_json_add_string (json, "url", url);
  lk_json_add_string (json, "state", state);
  lk_json_add_int (json, "expires_in", LK_COLLEGE_SECONDS);
  return lk_response_new_json (201, json);
}

/* Takes failure. */
static LkResponse *
note_refusal (LkCall *call, GError *failure, GError **error)
{
  LkCampusDb *db = call->service->db;
  const char *from = lk_request_get_peer (call->request);
  g_autoptr (GError) trouble = NULL;

  lk_log ("sign-in-refused", "from=%s by=college code=%s message=\"%s\"", from, lk_error_to_word ((LkError) failure->code),
          failure->message);
  if (failure->code == LK_ERROR_COLLEGE_REFUSED || failure->code == LK_ERROR_NO_ACCOUNT)
    {
      lk_auth_failed (call->service->auth, from);
      if (!db->accounts->note_refusal (db, NULL, (LkError) failure->code, from, &trouble))
        lk_log ("failure", "what=sign-in-refused message=\"%s\"", trouble->message);
    }
  g_propagate_error (error, failure);
  return NULL;
}

static LkResponse *
open_session (LkCall *call, const char *device, const char *who, GError **error)
{
  LkService *service = call->service;
  const char *from = lk_request_get_peer (call->request);
  g_autoptr (LkStaff) staff = service->db->accounts->find_outside (service->db, who, error);
  g_autofree char *token = NULL;
  g_autoptr (cJSON) json = NULL;

  if (staff == NULL || !lk_auth_open (service->auth, staff, device, from, &token, error))
    return NULL;
  lk_log ("sign-in", "from=%s account=%s by=college", from, staff->uuid);
  json = lk_session_to_json (token, staff, service->config.session_seconds);
  return lk_response_new_json (201, json);
}

static gboolean
is_short (const char *text)
{
  return text == NULL || strlen (text) <= TEXT_MAX;
}

LkResponse *
lk_route_college_finish (LkCall *call, GError **error)
{
  LkCollege *college = call->service->college;
  g_autoptr (cJSON) body = lk_call_read_json (call, error);
  const char *device = body != NULL ? lk_json_string (body, "device") : NULL;
  g_autofree char *who = NULL;
  g_autoptr (GError) failure = NULL;
  LkCollegeAnswer answer;
  LkResponse *response;
  int wait = lk_auth_wait (call->service->auth, lk_request_get_peer (call->request));

  if (body == NULL)
    return NULL;
  if (wait > 0)
    return lk_problem_new_with (call->request, LK_ERROR_TOO_MANY_TRIES, wait, NULL);
  if (college == NULL)
    return refuse (error, LK_ERROR_NOT_FOUND, "this campus has no such sign-in");
  answer = (LkCollegeAnswer) { lk_json_string (body, "state"), lk_json_string (body, "code"), lk_json_string (body, "ticket") };
  if (!lk_key_is_valid (device) || !is_short (answer.state) || !is_short (answer.code) || !is_short (answer.ticket))
    return refuse (error, LK_ERROR_BAD_REQUEST, "device or the answer is missing or malformed");
  who = lk_college_finish (college, call->id, device, &answer, &failure);
  response = who != NULL ? open_session (call, device, who, &failure) : NULL;
  return response != NULL ? response : note_refusal (call, g_steal_pointer (&failure), error);
}
