/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-net"

#include "net/campus-client.h"

#include "core/error.h"
#include "net/http.h"
#include "net/problem.h"

enum
{
  TIMEOUT_S = 30,
  LONGEST_WAIT_S = 25, /* of the changes feed */
};

struct _LkCampusClient
{
  GObject parent_instance;

  LkHttp *http;
  char *token;
  guint retry_after;
};

G_DEFINE_FINAL_TYPE (LkCampusClient, lk_campus_client, G_TYPE_OBJECT)

/* Makes the result from a successful answer; in the worker, so from the response and the call's own words only. */
typedef gpointer (*ReadFunc) (const LkHttpResponse *response, const char *expected, GError **error);

/* One call: a copy of all it needs, so that the worker never looks at the client. */
typedef struct
{
  LkHttp *http;
  const char *method;
  char *path, *token, *body, *key;
  char *expected; /* what the answer is compared with: an image's hash, or NULL */
  guint timeout;
  ReadFunc read;
  GDestroyNotify free_result;
  guint retry_after; /* out */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  lk_http_unref (call->http);
  g_free (call->path);
  g_free (call->token);
  g_free (call->body);
  g_free (call->key);
  g_free (call->expected);
  g_free (call);
}

static Call *
call_new (LkCampusClient *self, const char *method, char *path, ReadFunc read, gpointer free_result)
{
  Call *call = g_new0 (Call, 1);

  call->http = lk_http_ref (self->http);
  call->method = method;
  call->path = path;
  call->token = g_strdup (self->token);
  call->timeout = TIMEOUT_S;
  call->read = read;
  call->free_result = (GDestroyNotify) free_result;
  return call;
}

static void
call_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Call *call = task_data;
  LkHttpRequest request = { call->method, call->path, call->token, call->body, call->key, call->timeout };
  g_autoptr (LkHttpResponse) response = NULL;
  GError *error = NULL;
  gpointer result = NULL;

  response = lk_http_perform (call->http, &request, cancellable, &error);
  if (response != NULL)
    call->retry_after = response->retry_after;
  if (response != NULL && lk_problem_check (response, &error))
    result = call->read (response, call->expected, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, call->free_result);
  else
    g_task_return_error (task, error);
}

static void
start (LkCampusClient *self, gpointer tag, Call *call, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, call_free);
  g_task_run_in_thread (task, call_in_thread);
}

static gpointer
finish (LkCampusClient *self, GAsyncResult *result, gpointer tag, GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  call = g_task_get_task_data (G_TASK (result));
  self->retry_after = call->retry_after;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
body_text (cJSON *json)
{
  char *text = lk_json_print (json);

  cJSON_Delete (json);
  return text;
}

/* Readers of the answers that carry nothing but success, one object, or bytes. */
static gpointer
read_done (const LkHttpResponse *response, const char *expected, GError **error)
{
  return GINT_TO_POINTER (TRUE);
}

typedef gpointer (*FromJson) (const cJSON *json, GError **error);

static gpointer
read_object (const LkHttpResponse *response, FromJson from_json, GError **error)
{
  g_autoptr (cJSON) json = lk_problem_parse_answer (response, error);

  return json != NULL ? from_json (json, error) : NULL;
}

static gpointer
read_meta (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_meta_from_json, error);
}

static gpointer
read_session (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_session_from_json, error);
}

static gpointer
read_college (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_college_from_json, error);
}

static gpointer
read_leases (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_leases_from_json, error);
}

static gpointer
read_lease (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_lease_from_json, error);
}

static gpointer
read_answers (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_answers_from_json, error);
}

static gpointer
read_reverted (const LkHttpResponse *response, const char *expected, GError **error)
{
  g_autoptr (cJSON) json = lk_problem_parse_answer (response, error);

  return json != NULL ? lk_campus_lease_from_json (lk_json_object (json, "lease"), error) : NULL;
}

static gpointer
read_earlier (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_earlier_from_json, error);
}

static gpointer
read_stats (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_stats_from_json, error);
}

static gpointer
read_facets (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_facets_from_json, error);
}

static gpointer
read_agreements (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_agreements_from_json, error);
}

static gpointer
read_agreement (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_agreement_from_json, error);
}

static gpointer
read_changes (const LkHttpResponse *response, const char *expected, GError **error)
{
  return read_object (response, (FromJson) lk_campus_changes_from_json, error);
}

static gpointer
read_text (const LkHttpResponse *response, const char *expected, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (response->body, &size);

  return g_strndup (text, size);
}

static gpointer
read_image (const LkHttpResponse *response, const char *expected, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, response->body);

  if (g_str_equal (hash, expected))
    return g_bytes_ref (response->body);
  g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "photo %s came with other bytes", expected);
  return NULL;
}

static void
lk_campus_client_finalize (GObject *object)
{
  LkCampusClient *self = LK_CAMPUS_CLIENT (object);

  lk_http_unref (self->http);
  g_free (self->token);

  G_OBJECT_CLASS (lk_campus_client_parent_class)->finalize (object);
}

static void
lk_campus_client_class_init (LkCampusClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_campus_client_finalize;
}

static void
lk_campus_client_init (LkCampusClient *self)
{
}

LkCampusClient *
lk_campus_client_new (const char *base_url)
{
  LkCampusClient *self = g_object_new (LK_TYPE_CAMPUS_CLIENT, NULL);

  self->http = lk_http_new (base_url);
  return self;
}

void
lk_campus_client_set_token (LkCampusClient *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

gboolean
lk_campus_client_has_token (LkCampusClient *self)
{
  return self->token != NULL;
}

guint
lk_campus_client_get_retry_after (LkCampusClient *self)
{
  return self->retry_after;
}

void
lk_campus_client_meta_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Call *call = call_new (self, "GET", g_strdup ("/v1/meta"), read_meta, lk_campus_meta_free);

  start (self, lk_campus_client_meta_async, call, cancellable, callback, user_data);
}

LkCampusMeta *
lk_campus_client_meta_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_meta_async, error);
}

void
lk_campus_client_sign_in_async (LkCampusClient *self, const char *user, const char *password, const char *code,
                                const char *device, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "POST", g_strdup ("/v1/sessions"), read_session, lk_campus_session_free);
  cJSON *body = cJSON_CreateObject ();

  lk_json_add_string (body, "user", user);
  lk_json_add_string (body, "password", password);
  lk_json_add_string (body, "code", code);
  lk_json_add_string (body, "device", device);
  call->body = body_text (body);
  start (self, lk_campus_client_sign_in_async, call, cancellable, callback, user_data);
}

LkCampusSession *
lk_campus_client_sign_in_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_sign_in_async, error);
}

void
lk_campus_client_college_begin_async (LkCampusClient *self, const char *device, const char *back,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "POST", g_strdup ("/v1/sessions/college"), read_college, lk_campus_college_free);
  cJSON *body = cJSON_CreateObject ();

  lk_json_add_string (body, "device", device);
  lk_json_add_string (body, "back", back);
  call->body = body_text (body);
  start (self, lk_campus_client_college_begin_async, call, cancellable, callback, user_data);
}

LkCampusCollege *
lk_campus_client_college_begin_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_college_begin_async, error);
}

void
lk_campus_client_college_end_async (LkCampusClient *self, const char *id, const char *device, const char *state,
                                    const char *code, const char *ticket, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "POST", g_strconcat ("/v1/sessions/college/", id, NULL), read_session,
                         lk_campus_session_free);
  cJSON *body = cJSON_CreateObject ();

  lk_json_add_string (body, "device", device);
  lk_json_add_string (body, "state", state);
  lk_json_add_string (body, "code", code);
  lk_json_add_string (body, "ticket", ticket);
  call->body = body_text (body);
  start (self, lk_campus_client_college_end_async, call, cancellable, callback, user_data);
}

LkCampusSession *
lk_campus_client_college_end_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_college_end_async, error);
}

void
lk_campus_client_sign_out_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Call *call = call_new (self, "DELETE", g_strdup ("/v1/sessions/current"), read_done, NULL);

  start (self, lk_campus_client_sign_out_async, call, cancellable, callback, user_data);
}

gboolean
lk_campus_client_sign_out_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_sign_out_async, error) != NULL;
}

void
lk_campus_client_lease_async (LkCampusClient *self, guint count, const LkQueueFilter *filter, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "POST", g_strdup ("/v1/leases"), read_leases, lk_campus_leases_free);
  cJSON *body = cJSON_CreateObject ();

  lk_json_add_int (body, "count", count);
  if (filter != NULL)
    cJSON_AddItemToObject (body, "filter", lk_queue_filter_to_json (filter));
  call->body = body_text (body);
  start (self, lk_campus_client_lease_async, call, cancellable, callback, user_data);
}

LkCampusLeases *
lk_campus_client_lease_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_lease_async, error);
}

void
lk_campus_client_renew_async (LkCampusClient *self, const char *lease, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "PUT", g_strconcat ("/v1/leases/", lease, NULL), read_lease, lk_campus_lease_free);

  call->body = g_strdup ("{}");
  start (self, lk_campus_client_renew_async, call, cancellable, callback, user_data);
}

LkCampusLease *
lk_campus_client_renew_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_renew_async, error);
}

void
lk_campus_client_give_back_async (LkCampusClient *self, const char *lease, gboolean skip, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, skip ? "POST" : "DELETE", g_strconcat ("/v1/leases/", lease, skip ? "/skip" : NULL, NULL),
                         read_done, NULL);

  if (skip)
    call->body = g_strdup ("{}");
  start (self, lk_campus_client_give_back_async, call, cancellable, callback, user_data);
}

gboolean
lk_campus_client_give_back_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_give_back_async, error) != NULL;
}

void
lk_campus_client_decide_async (LkCampusClient *self, const char *const *bodies, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "POST", g_strdup ("/v1/decisions"), read_answers, g_ptr_array_unref);
  g_autofree char *joined = g_strjoinv (",", (char **) bodies);

  call->body = g_strconcat ("{\"decisions\":[", joined, "]}", NULL);
  start (self, lk_campus_client_decide_async, call, cancellable, callback, user_data);
}

GPtrArray *
lk_campus_client_decide_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_decide_async, error);
}

void
lk_campus_client_revert_async (LkCampusClient *self, const char *decision_key, const char *body,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "POST", g_strdup_printf ("/v1/decisions/%s/revert", decision_key), read_reverted,
                         lk_campus_lease_free);

  call->body = g_strdup (body);
  start (self, lk_campus_client_revert_async, call, cancellable, callback, user_data);
}

LkCampusLease *
lk_campus_client_revert_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_revert_async, error);
}

void
lk_campus_client_image_async (LkCampusClient *self, const char *hash, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "GET", g_strconcat ("/v1/images/", hash, NULL), read_image, g_bytes_unref);

  call->expected = g_strdup (hash);
  start (self, lk_campus_client_image_async, call, cancellable, callback, user_data);
}

GBytes *
lk_campus_client_image_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_image_async, error);
}

void
lk_campus_client_earlier_async (LkCampusClient *self, const char *submission, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "GET", g_strdup_printf ("/v1/submissions/%s/earlier", submission), read_earlier,
                         g_ptr_array_unref);

  start (self, lk_campus_client_earlier_async, call, cancellable, callback, user_data);
}

GPtrArray *
lk_campus_client_earlier_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_earlier_async, error);
}

static gpointer
read_json (const LkHttpResponse *response, const char *expected, GError **error)
{
  return lk_problem_parse_answer (response, error);
}

void
lk_campus_client_call_async (LkCampusClient *self, const char *method, const char *path, const char *body, const char *key,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, method, g_strdup (path), read_json, cJSON_Delete);

  call->body = g_strdup (body);
  call->key = g_strdup (key);
  start (self, lk_campus_client_call_async, call, cancellable, callback, user_data);
}

cJSON *
lk_campus_client_call_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_call_async, error);
}

void
lk_campus_client_rules_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  start (self, lk_campus_client_rules_async, call_new (self, "GET", g_strdup ("/v1/rules"), read_text, g_free), cancellable,
         callback, user_data);
}

char *
lk_campus_client_rules_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_rules_async, error);
}

void
lk_campus_client_stats_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Call *call = call_new (self, "GET", g_strdup ("/v1/queue/stats"), read_stats, g_free);

  start (self, lk_campus_client_stats_async, call, cancellable, callback, user_data);
}

LkCampusStats *
lk_campus_client_stats_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_stats_async, error);
}

void
lk_campus_client_facets_async (LkCampusClient *self, gboolean second, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = call_new (self, "GET", g_strdup (second ? "/v1/queue/facets?queue=second" : "/v1/queue/facets"), read_facets,
                         lk_queue_facets_free);

  start (self, lk_campus_client_facets_async, call, cancellable, callback, user_data);
}

LkQueueFacets *
lk_campus_client_facets_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_facets_async, error);
}

void
lk_campus_client_agreement_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Call *call = call_new (self, "GET", g_strdup ("/v1/agreement"), read_agreements, lk_agreement_figures_free);

  start (self, lk_campus_client_agreement_async, call, cancellable, callback, user_data);
}

LkAgreementFigures *
lk_campus_client_agreement_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_agreement_async, error);
}

void
lk_campus_client_own_agreement_async (LkCampusClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  Call *call = call_new (self, "GET", g_strdup ("/v1/agreement/own"), read_agreement, lk_agreement_figure_free);

  start (self, lk_campus_client_own_agreement_async, call, cancellable, callback, user_data);
}

LkAgreementFigure *
lk_campus_client_own_agreement_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_own_agreement_async, error);
}

void
lk_campus_client_changes_async (LkCampusClient *self, const char *cursor, guint wait, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  guint seconds = MIN (wait, LONGEST_WAIT_S);
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  char *path =
    escaped != NULL ? g_strdup_printf ("/v1/changes?cursor=%s&wait=%u", escaped, seconds) : g_strdup ("/v1/changes");
  Call *call = call_new (self, "GET", path, read_changes, lk_campus_changes_free);

  call->timeout = TIMEOUT_S + seconds;
  start (self, lk_campus_client_changes_async, call, cancellable, callback, user_data);
}

LkCampusChanges *
lk_campus_client_changes_finish (LkCampusClient *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, lk_campus_client_changes_async, error);
}
