/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/wire.h"
#include "net/campus-client.h"
#include "sample.h"
#include "tiny-server.h"
#include "wait.h"

/* What is asked of the service and what its answers mean. The answers are written down here as docs/protocol.md has
 * them; the real service is asked in tests/flow. */

typedef struct
{
  TinyServer *server;
  LkCampusClient *client;

  /* the next answer */
  guint status, cut_after;
  const char *content_type, *more_headers;
  char *body;

  /* the last request; read after its answer */
  char *method, *path, *headers, *sent;
  GMutex mutex;
} Fixture;

static void
answer (const TinyRequest *request, TinyAnswer *out, gpointer user_data)
{
  Fixture *f = user_data;

  g_mutex_lock (&f->mutex);
  g_free (f->method);
  g_free (f->path);
  g_free (f->headers);
  g_free (f->sent);
  f->method = g_strdup (request->method);
  f->path = g_strdup (request->path);
  f->headers = g_strdup (request->headers);
  f->sent = g_strdup (request->body);
  out->status = f->status;
  out->content_type = f->content_type;
  out->more_headers = f->more_headers;
  out->cut_after = f->cut_after;
  out->body = f->body != NULL ? tiny_text (f->body) : NULL;
  g_mutex_unlock (&f->mutex);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *url = NULL;

  g_mutex_init (&f->mutex);
  f->status = 200;
  f->server = tiny_server_new (answer, f);
  url = tiny_server_dup_url (f->server);
  f->client = lk_campus_client_new (url);
  lk_campus_client_set_token (f->client, "T0KEN");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wait_for_end_of (f->client);
  tiny_server_free (f->server);
  g_free (f->body);
  g_free (f->method);
  g_free (f->path);
  g_free (f->headers);
  g_free (f->sent);
  g_mutex_clear (&f->mutex);
}

static void
say (Fixture *f, guint status, const char *body)
{
  f->status = status;
  g_free (f->body);
  f->body = g_strdup (body);
}

static void
say_problem (Fixture *f, guint status, const char *code)
{
  g_autofree char *body =
    g_strdup_printf ("{\"type\":\"about:blank\",\"title\":\"No.\",\"status\":%u,\"code\":\"%s\"}", status, code);

  say (f, status, body);
  f->content_type = "application/problem+json";
}

/* Runs one of the calls that take nothing but a cancellable. */
#define RUN(call, f, error)                                                        \
  ({                                                                               \
    g_autoptr (GAsyncResult) run_result = NULL;                                    \
    lk_campus_client_##call##_async ((f)->client, NULL, keep_result, &run_result); \
    wait_until (run_result != NULL);                                               \
    lk_campus_client_##call##_finish ((f)->client, run_result, error);             \
  })

static const char meta_text[] = "{\"name\":\"Likeness\",\"version\":\"0.1.0\",\"api\":1,\"lease\":{\"max\":20,"
                                "\"seconds\":600},\"undo_seconds\":600,\"new\":[]}";

static void
test_meta (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusMeta) meta = NULL;

  say (f, 200, meta_text);
  meta = RUN (meta, f, &error);
  g_assert_no_error (error);
  g_assert_cmpint (meta->lease_max, ==, 20);
  g_assert_cmpint (meta->lease_seconds, ==, 600);
  g_assert_cmpint (meta->undo_seconds, ==, 600);
  g_assert_cmpstr (f->method, ==, "GET");
  g_assert_cmpstr (f->path, ==, "/v1/meta");
  g_assert_nonnull (strstr (f->headers, "Authorization: Bearer T0KEN\n"));
}

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LkCampusSession) session = NULL;
  g_autoptr (cJSON) sent = NULL;

  lk_campus_client_set_token (f->client, NULL);
  say (f, 201,
       "{\"token\":\"abc\",\"expires_in\":43200,\"account\":{\"id\":\"u1\",\"user\":\"lin\",\"name\":\"林老师\","
       "\"role\":\"reviewer\"}}");
  lk_campus_client_sign_in_async (f->client, "lin", "a \"quoted\" 密码", NULL, "d1", NULL, keep_result, &result);
  wait_until (result != NULL);
  session = lk_campus_client_sign_in_finish (f->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->token, ==, "abc");
  g_assert_cmpstr (session->name, ==, "林老师");
  g_assert_cmpstr (session->role, ==, "reviewer");
  sent = lk_json_parse (f->sent, -1, LK_ERROR_BAD_REQUEST, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lk_json_string (sent, "password"), ==, "a \"quoted\" 密码");
  g_assert_cmpstr (lk_json_string (sent, "device"), ==, "d1");
  g_assert_null (strstr (f->headers, "Authorization"));
  g_assert_nonnull (strstr (f->headers, "Content-Type: application/json\n"));
  g_assert_false (lk_campus_client_has_token (f->client)); /* the caller decides */
}

static LkCampusLeases *
lease (Fixture *f, guint count, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_campus_client_lease_async (f->client, count, NULL, NULL, keep_result, &result);
  wait_until (result != NULL);
  return lk_campus_client_lease_finish (f->client, result, error);
}

static void
test_lease (Fixture *f, gconstpointer data)
{
  g_autoptr (LkSubmission) submission = sample_submission (7);
  g_autoptr (cJSON) json = lk_submission_to_json (submission);
  g_autofree char *text = lk_json_print (json);
  g_autofree char *body =
    g_strdup_printf ("{\"leases\":[{\"id\":\"L1\",\"expires_in\":600,\"submission\":%s}],\"pending\":108}", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusLeases) leases = NULL;
  LkCampusLease *first;

  say (f, 200, body);
  leases = lease (f, 20, &error);
  g_assert_no_error (error);
  g_assert_cmpint (leases->pending, ==, 108);
  g_assert_cmpuint (leases->leases->len, ==, 1);
  first = leases->leases->pdata[0];
  g_assert_cmpint (first->expires_in, ==, 600);
  g_assert_cmpstr (lk_submission_get_id (first->submission), ==, lk_submission_get_id (submission));
  g_assert_cmpstr (lk_submission_get_lease (first->submission), ==, "L1");
  g_assert_cmpstr (f->method, ==, "POST");
  g_assert_cmpstr (f->path, ==, "/v1/leases");
  g_assert_cmpstr (f->sent, ==, "{\"count\":20}");
}

static void
test_renew_and_give_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusLease) renewed = NULL;

  say (f, 200, "{\"id\":\"L1\",\"expires_in\":600}");
  lk_campus_client_renew_async (f->client, "L1", NULL, keep_result, &result);
  wait_until (result != NULL);
  renewed = lk_campus_client_renew_finish (f->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (renewed->expires_in, ==, 600);
  g_assert_cmpstr (f->method, ==, "PUT");
  g_assert_cmpstr (f->path, ==, "/v1/leases/L1");

  say (f, 204, NULL);
  lk_campus_client_give_back_async (f->client, "L1", FALSE, NULL, keep_result, &second);
  wait_until (second != NULL);
  g_assert_true (lk_campus_client_give_back_finish (f->client, second, &error));
  g_assert_cmpstr (f->method, ==, "DELETE");
}

static void
test_decide (Fixture *f, gconstpointer data)
{
  static const char *const bodies[] = { "{\"key\":\"a\"}", "{\"key\":\"b\"}", "{\"key\":\"c\"}", "{\"key\":\"d\"}",
                                        NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  const LkCampusAnswer *third, *fourth;

  say (f, 200,
       "{\"results\":[{\"key\":\"a\",\"status\":\"accepted\",\"state\":\"APPROVED\"},{\"key\":\"b\",\"status\":"
       "\"repeated\"},"
       "{\"key\":\"c\",\"status\":\"conflict\",\"code\":\"already-decided\",\"verdict\":\"return\",\"by\":\"王*\"},"
       "{\"key\":\"d\",\"status\":\"refused\",\"code\":\"bad-note\"}]}");
  lk_campus_client_decide_async (f->client, bodies, NULL, keep_result, &result);
  wait_until (result != NULL);
  answers = lk_campus_client_decide_finish (f->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->sent, ==, "{\"decisions\":[{\"key\":\"a\"},{\"key\":\"b\"},{\"key\":\"c\"},{\"key\":\"d\"}]}");
  g_assert_cmpuint (answers->len, ==, 4);
  g_assert_cmpint (((LkCampusAnswer *) answers->pdata[0])->status, ==, LK_ANSWER_ACCEPTED);
  g_assert_cmpint (((LkCampusAnswer *) answers->pdata[1])->status, ==, LK_ANSWER_ACCEPTED);
  third = answers->pdata[2];
  g_assert_cmpint (third->status, ==, LK_ANSWER_CONFLICT);
  g_assert_cmpint (third->code, ==, LK_ERROR_ALREADY_DECIDED);
  g_assert_cmpstr (third->by, ==, "王*");
  fourth = answers->pdata[3];
  g_assert_cmpint (fourth->status, ==, LK_ANSWER_REFUSED);
  g_assert_cmpint (fourth->code, ==, LK_ERROR_BAD_NOTE);
}

static void
test_revert (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusLease) again = NULL;

  say (f, 200, "{\"status\":\"accepted\",\"lease\":{\"id\":\"L1\",\"expires_in\":600}}");
  lk_campus_client_revert_async (f->client, "k1", "{\"key\":\"k2\"}", NULL, keep_result, &result);
  wait_until (result != NULL);
  again = lk_campus_client_revert_finish (f->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, "L1");
  g_assert_cmpstr (f->path, ==, "/v1/decisions/k1/revert");
  g_assert_cmpstr (f->sent, ==, "{\"key\":\"k2\"}");
}

static GBytes *
image (Fixture *f, const char *hash, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_campus_client_image_async (f->client, hash, NULL, keep_result, &result);
  wait_until (result != NULL);
  return lk_campus_client_image_finish (f->client, result, error);
}

static void
test_image (Fixture *f, gconstpointer data)
{
  static const char hash[] = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"; /* of "hello" */
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;

  say (f, 200, "hello");
  f->content_type = "image/jpeg";
  file = image (f, hash, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), "hello", 5);
  g_assert_true (g_str_has_suffix (f->path, hash));
}

/* A reviewer never judges other bytes than the ones the decision names. */
static void
test_image_with_other_bytes (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  say (f, 200, "hello!");
  g_assert_null (image (f, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
}

static void
test_stats_and_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree LkCampusStats *stats = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LkCampusChanges) changes = NULL;

  say (f, 200, "{\"pending\":108,\"in_review\":20,\"decided_today\":210,\"mine_today\":57,\"oldest_seconds\":7200}");
  stats = RUN (stats, f, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stats->pending, ==, 108);
  g_assert_cmpint (stats->mine_today, ==, 57);

  say (f, 200,
       "{\"cursor\":\"c 2\",\"more\":true,\"changes\":[{\"submission\":\"s\",\"state\":\"APPROVED\",\"at\":\"\"}]}");
  lk_campus_client_changes_async (f->client, "c&1", 99, NULL, keep_result, &result);
  wait_until (result != NULL);
  changes = lk_campus_client_changes_finish (f->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->path, ==, "/v1/changes?cursor=c%261&wait=25");
  g_assert_cmpstr (changes->cursor, ==, "c 2");
  g_assert_true (changes->more);
  g_assert_cmpint (((LkCampusChange *) changes->changes->pdata[0])->state, ==, LK_STATE_APPROVED);
}

/* A part of the queue, what is put off, and what only a lead asks for. */
static void
test_queue (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) leased = NULL, skipped = NULL, spread = NULL, agreed = NULL, own = NULL;
  g_autoptr (LkQueueFilter) filter = lk_queue_filter_new ();
  g_autoptr (LkCampusLeases) leases = NULL;
  g_autoptr (LkQueueFacets) facets = NULL;
  g_autoptr (LkAgreementFigures) figures = NULL;
  g_autoptr (LkAgreementFigure) mine = NULL;
  g_autoptr (GError) error = NULL;

  filter->second = TRUE;
  filter->reason = g_strdup ("R203");
  say (f, 200, "{\"leases\": [], \"pending\": 0}");
  lk_campus_client_lease_async (f->client, 5, filter, NULL, keep_result, &leased);
  wait_until (leased != NULL);
  leases = lk_campus_client_lease_finish (f->client, leased, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->sent, ==, "{\"count\":5,\"filter\":{\"queue\":\"second\",\"reason\":\"R203\"}}");

  say (f, 204, NULL);
  lk_campus_client_give_back_async (f->client, "L1", TRUE, NULL, keep_result, &skipped);
  wait_until (skipped != NULL);
  g_assert_true (lk_campus_client_give_back_finish (f->client, skipped, &error));
  g_assert_cmpstr (f->method, ==, "POST");
  g_assert_cmpstr (f->path, ==, "/v1/leases/L1/skip");

  say (f, 200, "{\"sites\": [{\"name\": \"合肥校本部\", \"pending\": 3}], \"classes\": [], \"outcomes\": [], \"reasons\": []}");
  lk_campus_client_facets_async (f->client, TRUE, NULL, keep_result, &spread);
  wait_until (spread != NULL);
  facets = lk_campus_client_facets_finish (f->client, spread, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->path, ==, "/v1/queue/facets?queue=second");
  g_assert_cmpint (((LkQueueFacet *) facets->sites->pdata[0])->pending, ==, 3);

  say (f, 200, "{\"reviewers\": [{\"user\": \"lin\", \"name\": \"林*师\", \"pairs\": 9, \"equal\": 8, \"kappa\": 0.75, \"known\": 4,"
               " \"known_right\": 3}], \"reasons\": [{\"code\": \"R203\", \"pairs\": 9, \"equal\": 9}]}");
  lk_campus_client_agreement_async (f->client, NULL, keep_result, &agreed);
  wait_until (agreed != NULL);
  figures = lk_campus_client_agreement_finish (f->client, agreed, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (((LkAgreementFigure *) figures->reviewers->pdata[0])->kappa, ==, 0.75);
  g_assert_cmpstr (((LkAgreementFigure *) figures->reasons->pdata[0])->id, ==, "R203");
  g_assert_true (isnan (((LkAgreementFigure *) figures->reasons->pdata[0])->kappa));

  say (f, 200, "{\"pairs\": 9, \"equal\": 8}");
  lk_campus_client_own_agreement_async (f->client, NULL, keep_result, &own);
  wait_until (own != NULL);
  mine = lk_campus_client_own_agreement_finish (f->client, own, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mine->equal, ==, 8);
}

static void
test_problems (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *code;
    int expected;
  } cases[] = {
    { 400, "bad-request", LK_ERROR_BAD_REQUEST },
    { 401, "signed-out", LK_ERROR_SIGNED_OUT },
    { 401, "wrong-password", LK_ERROR_WRONG_PASSWORD },
    { 403, "forbidden", LK_ERROR_FORBIDDEN },
    { 404, "not-found", LK_ERROR_NOT_FOUND },
    { 409, "lease-lost", LK_ERROR_LEASE_LOST },
    { 409, "too-late", LK_ERROR_TOO_LATE },
    { 409, "already-decided", LK_ERROR_ALREADY_DECIDED },
    { 422, "key-reused", LK_ERROR_KEY_REUSED },
    { 429, "too-many-tries", LK_ERROR_TOO_MANY_TRIES },
    { 418, "a-word-of-tomorrow", LK_ERROR_REFUSED },
    { 429, "slow-down", LK_ERROR_OFFLINE },
    { 500, "storage", LK_ERROR_OFFLINE },
    { 503, "unavailable", LK_ERROR_OFFLINE },
    { 507, "disk-full", LK_ERROR_OFFLINE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      say_problem (f, cases[i].status, cases[i].code);
      g_assert_null (RUN (meta, f, &error));
      g_assert_error (error, LK_ERROR, cases[i].expected);
    }
}

/* A captive portal, another server at the address, an answer cut off: the service has not spoken, so nothing may be
 * given up. */
static void
test_not_the_service (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status, cut_after;
    const char *content_type, *more_headers, *body;
  } cases[] = {
    { 200, 0, "text/html", NULL, "<html>Please sign in to the hotel</html>" },
    { 200, 0, "application/json", NULL, "" },
    { 200, 0, "application/json", NULL, "[]" },
    { 200, 0, "application/json", NULL, "{\"lease\":{}}" },
    { 200, 20, "application/json", NULL, meta_text },
    { 302, 0, "text/html", "Location: /v1/stats\r\n", "" },
    { 404, 0, "text/html", NULL, "<html>Not found</html>" },
    { 403, 0, "application/json", NULL, "{\"code\":\"forbidden\"}" },
    { 409, 0, "application/problem+json", NULL, "{\"title\":\"without a code\"}" },
    { 400, 0, "application/problem+json", NULL, "not json" },
    { 0, 0, NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      say (f, cases[i].status, cases[i].body);
      f->content_type = cases[i].content_type;
      f->more_headers = cases[i].more_headers;
      f->cut_after = cases[i].cut_after;
      g_assert_null (RUN (meta, f, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_OFFLINE);
    }
}

static void
test_not_reached (void)
{
  g_autoptr (LkCampusClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TinyServer *gone = tiny_server_new (answer, NULL);
  g_autofree char *url = tiny_server_dup_url (gone);

  tiny_server_free (gone);
  client = lk_campus_client_new (url);
  lk_campus_client_meta_async (client, NULL, keep_result, &result);
  wait_until (result != NULL);
  g_assert_null (lk_campus_client_meta_finish (client, result, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_OFFLINE);
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  say_problem (f, 503, "unavailable");
  f->more_headers = "Retry-After: 7\r\n";
  g_assert_null (RUN (meta, f, &error));
  g_assert_cmpuint (lk_campus_client_get_retry_after (f->client), ==, 7);
}

static void
test_connection_is_kept (Fixture *f, gconstpointer data)
{
  say (f, 200, meta_text);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (LkCampusMeta) meta = RUN (meta, f, NULL);

      g_assert_nonnull (meta);
    }
  g_assert_cmpint (tiny_server_count_connections (f->server), ==, 1);
}

/* A service that takes the request and says nothing. */
static void
hang (const TinyRequest *request, TinyAnswer *out, gpointer user_data)
{
  GCancellable *until = user_data;

  while (!g_cancellable_is_cancelled (until))
    g_usleep (5000);
  out->status = 0;
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) end = g_cancellable_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TinyServer *server = tiny_server_new (hang, end);
  g_autofree char *url = tiny_server_dup_url (server);
  LkCampusClient *client = lk_campus_client_new (url);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  lk_campus_client_meta_async (client, cancellable, keep_result, &result);
  wait_ms (50);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_null (lk_campus_client_meta_finish (client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (result);
  wait_for_end_of (client);
  g_cancellable_cancel (end);
  tiny_server_free (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/net/campus-client/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("meta", test_meta);
  ADD ("sign-in", test_sign_in);
  ADD ("lease", test_lease);
  ADD ("renew-and-give-back", test_renew_and_give_back);
  ADD ("decide", test_decide);
  ADD ("revert", test_revert);
  ADD ("image", test_image);
  ADD ("image-with-other-bytes", test_image_with_other_bytes);
  ADD ("stats-and-changes", test_stats_and_changes);
  ADD ("queue", test_queue);
  ADD ("problems", test_problems);
  ADD ("not-the-service", test_not_the_service);
  ADD ("retry-after", test_retry_after);
  ADD ("connection-is-kept", test_connection_is_kept);
  g_test_add_func ("/net/campus-client/not-reached", test_not_reached);
  g_test_add_func ("/net/campus-client/cancel", test_cancel);
  return g_test_run ();
}
