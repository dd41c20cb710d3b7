/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"
#include "service/call-key.h"
#include "service/clock.h"
#include "service/log.h"
#include "service/problem.h"
#include "service/student-service.h"

/* One table for each kind of caller. */
static const LkRoute *const tables[] = {
  lk_review_routes,
  lk_student_routes,
  lk_account_routes,
  lk_desk_routes,
  lk_operation_routes,
};

struct _LkRouter
{
  LkService *service;
  GThreadPool *workers, *readers, *hashers;
};

/* -- calls -- */

static void
call_free (gpointer data)
{
  LkCall *call = data;

  g_clear_pointer (&call->who, lk_signed_in_free);
  g_clear_pointer (&call->scope, lk_key_scope_free);
  g_free (call->owner);
  g_free (call->id);
  g_free (call);
}

void
lk_call_reply (LkCall *call, LkResponse *response)
{
  LkRequest *request = call->request;

  if (call->scope != NULL)
    lk_call_key_end (call, response);
  call_free (call);
  lk_request_reply (request, response);
}

LkResponse *
lk_response_new_json (guint status, const cJSON *json)
{
  return lk_response_new_text (status, "application/json", lk_json_print (json));
}

cJSON *
lk_call_read_json (LkCall *call, GError **error)
{
  gsize length;
  const char *body = lk_request_get_body (call->request, &length);
  g_autoptr (cJSON) json = NULL;

  if (g_utf8_validate_len (body, length, NULL))
    json = lk_json_parse (body, (gssize) length, LK_ERROR_BAD_REQUEST, NULL);
  if (json != NULL && cJSON_IsObject (json))
    return g_steal_pointer (&json);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "the body is no JSON object");
  return NULL;
}

static LkResponse *
answer_failure (LkCall *call, const GError *error)
{
  if (error->domain != LK_ERROR || error->code == LK_ERROR_STORE || error->code == LK_ERROR_DISK_FULL ||
      error->code == LK_ERROR_CORRUPT || error->code == LK_ERROR_FAILED)
    lk_log_error ("failure", "request=%s path=%s message=\"%s\"", lk_request_get_id (call->request), call->route->path, error->message);
  return lk_problem_from_error (call->request, error);
}

/* NULL when the handler keeps the call. */
static LkResponse *
make_answer (LkCall *call)
{
  g_autoptr (GError) error = NULL;
  LkResponse *response = NULL;

  if (lk_call_key_begin (call, &response, &error) && response == NULL)
    response = lk_call_key_run (call, &error);
  return error != NULL ? answer_failure (call, error) : response;
}

static void
run_call (LkCall *call)
{
  LkResponse *response = make_answer (call);

  if (response != NULL)
    lk_call_reply (call, response);
}

static void
answer_inside (gpointer data)
{
  LkCall *call = data;

  call->answer = make_answer (call);
  if (call->scope != NULL)
    lk_call_key_end (call, call->answer);
}

static void
reply_committed (const GError *error, gpointer data)
{
  LkCall *call = data;

  if (error != NULL)
    {
      g_clear_pointer (&call->answer, lk_response_free);
      call->answer = answer_failure (call, error);
    }
  lk_call_reply (call, g_steal_pointer (&call->answer));
}

static void
run_job (gpointer call, gpointer unused)
{
  run_call (call);
}

/* -- routing -- */

/* Whether path is of the pattern; *id gets what stands for {id} or {path}. */
static gboolean
path_matches (const char *pattern, const char *path, char **id)
{
  const char *hole = strchr (pattern, '{'), *rest;
  gsize before, after, length = strlen (path);

  if (hole == NULL)
    return strcmp (pattern, path) == 0;
  rest = strchr (hole, '}') + 1;
  before = (gsize) (hole - pattern);
  after = strlen (rest);
  if (length <= before + after || strncmp (pattern, path, before) != 0 || strcmp (path + length - after, rest) != 0 ||
      (g_str_has_prefix (hole, "{id}") && memchr (path + before, '/', length - before - after) != NULL))
    return FALSE;
  *id = g_strndup (path + before, length - before - after);
  return TRUE;
}

/* The route, or NULL; *allowed then gets the methods the path knows, "" for none. */
static const LkRoute *
find_route (const char *method, const char *path, char **id, GString *allowed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const LkRoute *route = tables[i]; route->method != NULL; route++)
      {
        g_autofree char *found = NULL;

        if (!path_matches (route->path, path, &found))
          continue;
        if (strcmp (route->method, method) == 0)
          {
            *id = g_steal_pointer (&found);
            return route;
          }
        g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", route->method);
      }
  return NULL;
}

static LkResponse *
no_route (LkRequest *request, const char *allowed)
{
  LkResponse *response;

  if (*allowed == '\0')
    return lk_problem_new_status (request, 404);
  response = lk_problem_new_status (request, 405);
  lk_response_add_header (response, "Allow", allowed);
  return response;
}

/* NULL when there is none. */
static const char *
get_token (LkRequest *request)
{
  const char *header = lk_request_get_header (request, "Authorization");

  return header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

static LkSignedIn *
identify (LkRouter *self, LkRequest *request)
{
  const char *token = get_token (request);

  return token != NULL ? lk_auth_find (self->service->auth, token, lk_request_get_peer (request)) : NULL;
}

/* A student's call takes no other token, and theirs is good for no other call. */
static LkResponse *
check_student (LkRouter *self, LkCall *call)
{
  const char *token = get_token (call->request);
  g_autoptr (LkSignedIn) staff = identify (self, call->request);
  g_autoptr (GError) error = NULL;

  if (staff != NULL)
    return lk_problem_new (call->request, LK_ERROR_FORBIDDEN);
  if (token == NULL)
    return lk_problem_new (call->request, LK_ERROR_SIGNED_OUT);
  if (!lk_student_auth_find (self->service->student->auth, token, &call->student, &error))
    return lk_problem_from_error (call->request, error);
  call->owner = g_strdup_printf ("student %" G_GINT64_FORMAT, call->student.session.student);
  return NULL;
}

/* NULL when the caller may; else the refusal. */
static LkResponse *
check_right (LkRouter *self, LkCall *call)
{
  if (call->route->roles == LK_ROLES_ALL)
    return NULL;
  if (call->route->roles == LK_ROLE_STUDENT)
    return check_student (self, call);
  call->who = identify (self, call->request);
  if (call->who == NULL)
    return lk_problem_new (call->request, LK_ERROR_SIGNED_OUT);
  call->owner = g_strdup_printf ("staff %s", call->who->uuid);
  return (call->who->actor.role & call->route->roles) != 0 ? NULL : lk_problem_new (call->request, LK_ERROR_FORBIDDEN);
}

static void
plan_body (LkRouter *self, LkBodyKind kind, LkBodyPlan *plan)
{
  const LkServiceConfig *config = &self->service->config;

  if (kind == LK_BODY_SMALL)
    return;
  plan->to_file = TRUE;
  plan->limit = kind == LK_BODY_PHOTO ? config->photo_bytes : config->picture_bytes;
}

LkResponse *
lk_router_admit (LkRequest *request, LkBodyPlan *plan, gpointer router)
{
  LkRouter *self = router;
  g_autoptr (GString) allowed = g_string_new (NULL);
  LkCall *call = g_new0 (LkCall, 1);
  LkResponse *refusal;

  call->service = self->service;
  call->request = request;
  call->arrived_at = lk_clock_now ();
  lk_request_set_data (request, call, call_free);
  call->route = find_route (lk_request_get_method (request), lk_request_get_path (request), &call->id, allowed);
  if (call->route == NULL)
    return no_route (request, allowed->str);
  lk_request_set_route (request, call->route->path);
  plan_body (self, call->route->body, plan);
  refusal = check_right (self, call);
  return refusal != NULL ? refusal : lk_call_key_check (call);
}

static void
say_busy (LkCall *call)
{
  lk_call_reply (call, lk_problem_new_with (call->request, LK_ERROR_OFFLINE, 1, NULL));
}

static void
run_in_pool (GThreadPool *pool, int waiting_max, LkCall *call)
{
  if (g_thread_pool_unprocessed (pool) >= (guint) waiting_max)
    say_busy (call);
  else
    g_thread_pool_push (pool, call, NULL);
}

static void
run_in_writer (LkRouter *self, LkCall *call)
{
  LkCampusDb *db = self->service->db;

  if (!db->ops->post (db, self->service->config.waiting_max, answer_inside, reply_committed, call))
    say_busy (call);
}

void
lk_router_handle (LkRequest *request, gpointer router)
{
  LkRouter *self = router;
  LkCall *call = lk_request_steal_data (request);

  if (call->route->place == LK_PLACE_HERE)
    run_call (call);
  else if (call->route->place == LK_PLACE_WRITER)
    run_in_writer (self, call);
  else if (call->route->place == LK_PLACE_READER)
    run_in_pool (self->readers, self->service->config.waiting_max, call);
  else if (call->route->place == LK_PLACE_HASHER)
    run_in_pool (self->hashers, self->service->config.sign_in_waiting_max, call);
  else
    run_in_pool (self->workers, self->service->config.waiting_max, call);
}

LkRouter *
lk_router_new (LkService *service)
{
  LkRouter *self = g_new0 (LkRouter, 1);

  self->service = service;
  self->workers = g_thread_pool_new (run_job, NULL, service->config.workers, TRUE, NULL);
  self->readers = g_thread_pool_new (run_job, NULL, (int) g_get_num_processors (), TRUE, NULL);
  self->hashers = g_thread_pool_new (run_job, NULL, service->config.password_hashes_at_once, TRUE, NULL);
  return self;
}

void
lk_router_free (LkRouter *self)
{
  g_thread_pool_free (self->workers, FALSE, TRUE);
  g_thread_pool_free (self->readers, FALSE, TRUE);
  g_thread_pool_free (self->hashers, FALSE, TRUE);
  g_free (self);
}
