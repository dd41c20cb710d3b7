/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"
#include "service/log.h"
#include "service/problem.h"

/* Where a call is worked on. */
typedef enum
{
  HERE,                         /* at once, on the server's thread: touches no disk */
  WORKER,
  HASHER,                       /* sign-ins: one hash needs 64 MiB and 0.1 s, so only a few run at a time */
} Place;

typedef struct
{
  const char *method, *path;    /* {id} stands for one part of the path */
  guint roles;                  /* who may; 0: anybody, signed in or not */
  Place place;
  LkCallHandler handler;
} Route;

#define ALL 0
#define REVIEWERS (LK_ROLE_REVIEWER | LK_ROLE_LEAD)
#define STAFF (REVIEWERS | LK_ROLE_ADVISER | LK_ROLE_DESK | LK_ROLE_REGISTRAR | LK_ROLE_AUDITOR)

static const Route routes[] = {
  { "GET",    "/v1/meta",                    ALL,       HERE,   lk_route_meta },
  { "GET",    "/v1/healthz",                 ALL,       HERE,   lk_route_healthz },
  { "GET",    "/v1/readyz",                  ALL,       WORKER, lk_route_readyz },
  { "POST",   "/v1/sessions",                ALL,       HASHER, lk_route_sign_in },
  { "DELETE", "/v1/sessions/current",        STAFF,     WORKER, lk_route_sign_out },
  { "POST",   "/v1/leases",                  REVIEWERS, WORKER, lk_route_lease },
  { "PUT",    "/v1/leases/{id}",             REVIEWERS, WORKER, lk_route_renew_lease },
  { "DELETE", "/v1/leases/{id}",             REVIEWERS, WORKER, lk_route_return_lease },
  { "POST",   "/v1/leases/{id}/skip",        REVIEWERS, WORKER, lk_route_skip_lease },
  { "POST",   "/v1/decisions",               REVIEWERS, WORKER, lk_route_decide },
  { "POST",   "/v1/decisions/{id}/revert",   REVIEWERS, WORKER, lk_route_revert },
  { "GET",    "/v1/changes",                 STAFF,     WORKER, lk_route_changes },
  { "GET",    "/v1/submissions/{id}/earlier", REVIEWERS, WORKER, lk_route_earlier },
  { "GET",    "/v1/images/{id}",             REVIEWERS, WORKER, lk_route_image },
  { "GET",    "/v1/queue/stats",             REVIEWERS, WORKER, lk_route_stats },
  { "GET",    "/v1/queue/facets",            REVIEWERS, WORKER, lk_route_facets },
  { "GET",    "/v1/agreement",               LK_ROLE_LEAD, WORKER, lk_route_agreement },
  { "GET",    "/v1/agreement/own",           REVIEWERS, WORKER, lk_route_own_agreement },
};

struct _LkRouter
{
  LkService *service;
  GThreadPool *workers, *hashers;
};

typedef struct
{
  const Route *route;
  LkCall *call;
} Job;

/* -- calls -- */

static void
call_free (LkCall *call)
{
  g_clear_pointer (&call->who, lk_signed_in_free);
  g_free (call->id);
  g_free (call);
}

void
lk_call_reply (LkCall *call, LkResponse *response)
{
  LkRequest *request = call->request;

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

static void
run_call (const Route *route, LkCall *call)
{
  g_autoptr (GError) error = NULL;
  LkResponse *response = route->handler (call, &error);

  if (response == NULL && error == NULL)
    return;
  if (response == NULL)
    {
      if (error->domain != LK_ERROR || error->code == LK_ERROR_STORE || error->code == LK_ERROR_DISK_FULL ||
          error->code == LK_ERROR_CORRUPT || error->code == LK_ERROR_FAILED)
        lk_log ("failure", "path=%s message=\"%s\"", route->path, error->message);
      response = lk_problem_from_error (error);
    }
  lk_call_reply (call, response);
}

static void
run_job (gpointer item, gpointer unused)
{
  g_autofree Job *job = item;

  run_call (job->route, job->call);
}

/* -- routing -- */

/* Whether path is of the pattern; *id gets what stands for {id}. */
static gboolean
path_matches (const char *pattern, const char *path, char **id)
{
  const char *hole = strstr (pattern, "{id}");
  gsize before, after, length = strlen (path);

  if (hole == NULL)
    return strcmp (pattern, path) == 0;
  before = (gsize) (hole - pattern);
  after = strlen (hole + 4);
  if (length <= before + after || strncmp (pattern, path, before) != 0 || strcmp (path + length - after, hole + 4) != 0 ||
      memchr (path + before, '/', length - before - after) != NULL)
    return FALSE;
  *id = g_strndup (path + before, length - before - after);
  return TRUE;
}

/* The route, or NULL; *allowed then gets the methods the path knows, "" for none. */
static const Route *
find_route (const char *method, const char *path, char **id, GString *allowed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *found = NULL;

      if (!path_matches (routes[i].path, path, &found))
        continue;
      if (strcmp (routes[i].method, method) == 0)
        {
          *id = g_steal_pointer (&found);
          return &routes[i];
        }
      g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", routes[i].method);
    }
  return NULL;
}

static LkResponse *
no_route (const char *allowed)
{
  LkResponse *response;

  if (*allowed == '\0')
    return lk_problem_new_plain (404, LK_ERROR_NOT_FOUND, "There is no such thing.");
  response = lk_problem_new_plain (405, LK_ERROR_BAD_REQUEST, "This method is not known here.");
  lk_response_add_header (response, "Allow", allowed);
  return response;
}

static LkSignedIn *
identify (LkRouter *self, LkRequest *request)
{
  const char *header = lk_request_get_header (request, "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0)
    return NULL;
  return lk_auth_find (self->service->auth, header + 7, lk_request_get_peer (request));
}

/* NULL when the caller may; else the refusal. */
static LkResponse *
check_right (LkRouter *self, const Route *route, LkCall *call)
{
  if (route->roles == ALL)
    return NULL;
  call->who = identify (self, call->request);
  if (call->who == NULL)
    return lk_problem_new (LK_ERROR_SIGNED_OUT);
  return (call->who->actor.role & route->roles) != 0 ? NULL : lk_problem_new (LK_ERROR_FORBIDDEN);
}

static void
run_in_pool (GThreadPool *pool, int waiting_max, const Route *route, LkCall *call)
{
  Job *job;

  if (g_thread_pool_unprocessed (pool) >= (guint) waiting_max)
    {
      lk_call_reply (call, lk_problem_new_later (503, LK_ERROR_OFFLINE, "The service is busy. Try again.", 1));
      return;
    }
  job = g_new (Job, 1);
  *job = (Job) { route, call };
  g_thread_pool_push (pool, job, NULL);
}

void
lk_router_handle (LkRequest *request, gpointer router)
{
  LkRouter *self = router;
  g_autoptr (GString) allowed = g_string_new (NULL);
  LkCall *call = g_new0 (LkCall, 1);
  const Route *route = find_route (lk_request_get_method (request), lk_request_get_path (request), &call->id, allowed);
  LkResponse *refusal;

  call->service = self->service;
  call->request = request;
  refusal = route != NULL ? check_right (self, route, call) : no_route (allowed->str);
  if (refusal != NULL)
    lk_call_reply (call, refusal);
  else if (route->place == HERE)
    run_call (route, call);
  else if (route->place == HASHER)
    run_in_pool (self->hashers, self->service->config.sign_in_waiting_max, route, call);
  else
    run_in_pool (self->workers, self->service->config.waiting_max, route, call);
}

LkRouter *
lk_router_new (LkService *service)
{
  LkRouter *self = g_new0 (LkRouter, 1);

  self->service = service;
  self->workers = g_thread_pool_new (run_job, NULL, service->config.workers, TRUE, NULL);
  self->hashers = g_thread_pool_new (run_job, NULL, service->config.password_hashes_at_once, TRUE, NULL);
  return self;
}

void
lk_router_free (LkRouter *self)
{
  g_thread_pool_free (self->workers, FALSE, TRUE);
  g_thread_pool_free (self->hashers, FALSE, TRUE);
  g_free (self);
}
