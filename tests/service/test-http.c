/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "core/wire.h"
#include "fixture.h"

/* The calls of docs/protocol.md, over real HTTP to a real likenessd. */

#define DEVICE_A "0192f0c0-0000-7000-8000-00000000000a"
#define DEVICE_B "0192f0c0-0000-7000-8000-00000000000b"
#define DEVICE_C "0192f0c0-0000-7000-8000-00000000000c"

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *nobody, *lin, *wang, *lead;     /* lin on A, wang on B, zhao on C */
} Fixture;

static LkTestClient *
sign_in_new (Fixture *f, const char *user, const char *device)
{
  LkTestClient *client = lk_test_client_new (f->server->port);

  lk_test_sign_in (client, user, device);
  return client;
}

static void
set_up (Fixture *f, gconstpointer arguments)
{
  f->campus = lk_test_campus_new (30);
  lk_test_campus_close (f->campus);
  f->server = lk_test_server_start (f->campus->folder, arguments);
  f->nobody = lk_test_client_new (f->server->port);
  f->lin = sign_in_new (f, "lin", DEVICE_A);
  f->wang = sign_in_new (f, "wang", DEVICE_B);
  f->lead = sign_in_new (f, "zhao", DEVICE_C);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_client_free (f->nobody);
  lk_test_client_free (f->lin);
  lk_test_client_free (f->wang);
  lk_test_client_free (f->lead);
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
}

static const cJSON *
lease_at (LkTestAnswer *answer, int index)
{
  const cJSON *lease = cJSON_GetArrayItem (lk_json_array (answer->json, "leases"), index);

  g_assert_nonnull (lease);
  return lease;
}

static int
call_status (LkTestClient *client, const char *method, const char *path, const char *body)
{
  g_autoptr (LkTestAnswer) answer = lk_test_call (client, method, path, body, NULL);

  return answer->status;
}

static char *
image_path (const cJSON *lease, const char *reference)
{
  const cJSON *submission = lk_json_object (lease, "submission");
  const char *sha256 = reference != NULL ? lk_json_string (lk_json_object (submission, "references"), reference)
                                         : lk_json_string (lk_json_object (submission, "photo"), "sha256");

  return sha256 != NULL ? g_strdup_printf ("/v1/images/%s", sha256) : NULL;
}

/* -- who may what -- */

static void
test_meta (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) answer = lk_test_call (f->nobody, "GET", "/v1/meta", NULL, NULL);

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpint (lk_json_int (answer->json, "api", 0), ==, 1);
  g_assert_cmpint (lk_json_int (lk_json_object (answer->json, "lease"), "seconds", 0), ==, 600);
  g_assert_cmpint (lk_json_int (lk_json_object (answer->json, "lease"), "max", 0), ==, 20);
  g_assert_cmpint (call_status (f->nobody, "GET", "/v1/healthz", NULL), ==, 200);
  g_assert_cmpint (call_status (f->nobody, "GET", "/v1/readyz", NULL), ==, 200);
}

static void
test_rights (Fixture *f, gconstpointer unused)
{
  static const struct { const char *method, *path; } closed[] = {
    { "DELETE", "/v1/sessions/current" }, { "POST", "/v1/leases" }, { "PUT", "/v1/leases/" DEVICE_A },
    { "DELETE", "/v1/leases/" DEVICE_A }, { "POST", "/v1/decisions" }, { "POST", "/v1/decisions/" DEVICE_A "/revert" },
    { "GET", "/v1/changes" }, { "GET", "/v1/images/" DEVICE_A }, { "GET", "/v1/queue/stats" },
  };
  g_autoptr (LkTestClient) forger = lk_test_client_new (f->server->port);

  forger->token = g_strdup (f->lin->token);
  forger->token[3] = forger->token[3] == 'a' ? 'b' : 'a';
  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      g_autoptr (LkTestAnswer) answer = lk_test_call (f->nobody, closed[i].method, closed[i].path, "{}", NULL);

      g_assert_cmpint (answer->status, ==, 401);
      g_assert_cmpstr (lk_test_answer_code (answer), ==, "signed-out");
      g_assert_nonnull (strstr (answer->head, "application/problem+json"));
      g_assert_cmpint (call_status (forger, closed[i].method, closed[i].path, "{}"), ==, 401);
    }
}

static void
test_paths (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) method = lk_test_call (f->lin, "PUT", "/v1/leases", "{}", NULL);
  g_autoptr (LkTestAnswer) path = lk_test_call (f->lin, "GET", "/v1/leasesx", NULL, NULL);

  g_assert_cmpint (method->status, ==, 405);
  g_assert_nonnull (strstr (method->head, "Allow: POST"));
  g_assert_cmpint (path->status, ==, 404);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/", NULL), ==, 404);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/%6deta", NULL), ==, 404);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/images/../../etc/passwd", NULL), ==, 404);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/images/%2e%2e%2fcampus.db", NULL), ==, 404);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/images/abc%00", NULL), ==, 404);
  g_assert_cmpint (call_status (f->lin, "PUT", "/v1/leases/nonsense", NULL), ==, 404);
}

static void
test_bad_bodies (Fixture *f, gconstpointer unused)
{
  static const char *const bodies[] = {
    "", "[]", "null", "{", "{\"count\":}", "{\"count\":0}", "{\"count\":-1}", "{\"count\":\"2\"}", "\xff\xfe", "{\"count\":1}x",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LkTestAnswer) answer = lk_test_call (f->lin, "POST", "/v1/leases", bodies[i], NULL);

      g_assert_cmpint (answer->status, ==, 400);
      g_assert_cmpstr (lk_test_answer_code (answer), ==, "bad-request");
    }
  g_assert_cmpint (call_status (f->nobody, "POST", "/v1/sessions", "{\"user\":\"lin\",\"password\":\"x\",\"device\":\"mine\"}"), ==, 400);
  g_assert_cmpint (call_status (f->lin, "POST", "/v1/decisions", "{\"decisions\":{}}"), ==, 400);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/changes?cursor=x", NULL), ==, 400);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/changes?cursor=99999999999999999999", NULL), ==, 400);
}

/* -- sessions -- */

static void
test_sign_out (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->lin, 5);

  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 5);
  g_assert_cmpint (call_status (f->lin, "DELETE", "/v1/sessions/current", NULL), ==, 204);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 0);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/queue/stats", NULL), ==, 401);
}

static void
test_one_session_a_device (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) again = sign_in_new (f, "lin", DEVICE_A);
  g_autoptr (LkTestClient) elsewhere = sign_in_new (f, "lin", DEVICE_B);

  g_assert_cmpint (call_status (f->lin, "GET", "/v1/queue/stats", NULL), ==, 401);
  g_assert_cmpint (call_status (again, "GET", "/v1/queue/stats", NULL), ==, 200);
  g_assert_cmpint (call_status (elsewhere, "GET", "/v1/queue/stats", NULL), ==, 200);
}

static void
test_token_is_not_stored (Fixture *f, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->campus->folder, "campus.db-wal", NULL);
  g_autofree char *data = NULL, *log = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_null (memmem (data, size, f->lin->token, strlen (f->lin->token)));
  g_assert_null (memmem (data, size, LK_TEST_PASSWORD, strlen (LK_TEST_PASSWORD)));
  g_assert_true (g_file_get_contents (f->server->log, &log, NULL, NULL));
  g_assert_null (strstr (log, f->lin->token));
}

static void
test_sign_in_limit (Fixture *f, gconstpointer unused)
{
  static const char wrong[] = "{\"user\":\"lin\",\"password\":\"wrong\",\"device\":\"" DEVICE_A "\"}";
  static const char right[] = "{\"user\":\"lin\",\"password\":\"" LK_TEST_PASSWORD "\",\"device\":\"" DEVICE_A "\"}";
  static const char unknown[] = "{\"user\":\"nobody\",\"password\":\"wrong\",\"device\":\"" DEVICE_A "\"}";
  g_autoptr (LkTestAnswer) refused = NULL;

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (LkTestAnswer) answer = lk_test_call (f->nobody, "POST", "/v1/sessions", wrong, NULL);

      g_assert_cmpint (answer->status, ==, 401);
      g_assert_cmpstr (lk_test_answer_code (answer), ==, "wrong-password");
    }
  refused = lk_test_call (f->nobody, "POST", "/v1/sessions", right, NULL);
  g_assert_cmpint (refused->status, ==, 429);
  g_assert_cmpstr (lk_test_answer_code (refused), ==, "too-many-tries");
  g_assert_nonnull (strstr (refused->head, "Retry-After: "));
  g_assert_true (lk_json_boolean (refused->json, "retryable", FALSE));
  /* others still can; who is signed in stays so; an unknown name sounds like a wrong password */
  lk_test_sign_in (f->wang, "wang", DEVICE_B);
  g_assert_cmpint (call_status (f->lin, "GET", "/v1/queue/stats", NULL), ==, 200);
  g_assert_cmpint (call_status (f->nobody, "POST", "/v1/sessions", unknown), ==, 401);
}

/* -- leases -- */

static void
test_submission_form (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) answer = lk_test_lease (f->lin, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSubmission) submission = lk_submission_from_json (lk_json_object (lease_at (answer, 2), "submission"), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lk_submission_get_lease (submission), ==, lk_json_string (lease_at (answer, 2), "id"));
  g_assert_cmpstr (lk_submission_get_name (submission), ==, "李*明");
  g_assert_cmpstr (lk_submission_get_student_no (submission), ==, "2021****03");
  g_assert_cmpint (lk_submission_get_state (submission), ==, LK_STATE_IN_REVIEW);
  g_assert_cmpuint (lk_submission_get_checks (submission)->len, ==, 1);
  g_assert_nonnull (lk_submission_get_reference (submission, LK_REFERENCE_ID_CARD));
  g_assert_null (lk_submission_get_reference (submission, LK_REFERENCE_DIPLOMA));
  g_assert_cmpint (lk_json_int (lease_at (answer, 2), "expires_in", 0), ==, 600);
  g_assert_cmpint (lk_json_int (answer->json, "pending", 0), ==, 25);
  g_assert_null (strstr (answer->body, "李小明"));
  g_assert_null (strstr (answer->body, "2021210003"));
}

static void
test_never_two (Fixture *f, gconstpointer unused)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LkTestClient *clients[] = { f->lin, f->wang, f->lead };

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (LkTestAnswer) answer = lk_test_lease (clients[i], 10);

      for (int j = 0; j < 10; j++)
        g_assert_true (g_hash_table_add (seen, g_strdup (lk_json_string (lk_json_object (lease_at (answer, j), "submission"), "id"))));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 30);
}

static void
test_lease_max (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) answer = lk_test_lease (f->lin, 1000);

  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (answer->json, "leases")), ==, 20);
}

static void
test_renew_return (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) answer = lk_test_lease (f->lin, 1);
  g_autofree char *path = g_strdup_printf ("/v1/leases/%s", lk_json_string (lease_at (answer, 0), "id"));
  g_autoptr (LkTestAnswer) renewed = lk_test_call (f->lin, "PUT", path, NULL, NULL);
  g_autoptr (LkTestAnswer) foreign = lk_test_call (f->wang, "PUT", path, NULL, NULL);

  g_assert_cmpint (renewed->status, ==, 200);
  g_assert_cmpint (lk_json_int (renewed->json, "expires_in", 0), ==, 600);
  g_assert_cmpint (foreign->status, ==, 409);
  g_assert_cmpstr (lk_test_answer_code (foreign), ==, "lease-lost");
  g_assert_cmpint (call_status (f->wang, "DELETE", path, NULL), ==, 409);
  g_assert_cmpint (call_status (f->lin, "DELETE", path, NULL), ==, 204);
  g_assert_cmpint (call_status (f->lin, "DELETE", path, NULL), ==, 409);
}

static void
test_restart_keeps (Fixture *f, gconstpointer arguments)
{
  g_autoptr (LkTestAnswer) before = lk_test_lease (f->lin, 3);
  g_autoptr (LkTestAnswer) after = NULL;

  lk_test_server_kill (f->server);
  lk_test_server_free (f->server);
  f->server = lk_test_server_start (f->campus->folder, arguments);
  f->lin->port = f->server->port;
  lk_test_answer_free (lk_test_call (f->lin, "GET", "/v1/healthz", NULL, NULL));        /* finds out that its connection is gone */
  after = lk_test_lease (f->lin, 3);
  g_assert_cmpint (after->status, ==, 200);
  for (int i = 0; i < 3; i++)
    g_assert_cmpstr (lk_json_string (lease_at (after, i), "id"), ==, lk_json_string (lease_at (before, i), "id"));
}

static void
test_expires (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) first = lk_test_lease (f->lin, 1);
  g_autoptr (LkTestAnswer) stats = NULL;
  g_autofree char *path = g_strdup_printf ("/v1/leases/%s", lk_json_string (lease_at (first, 0), "id"));

  for (int i = 0; i < 600; i++)
    {
      if (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'") == 0)
        break;
      g_usleep (50000);
    }
  g_assert_cmpint (call_status (f->lin, "PUT", path, NULL), ==, 409);
  stats = lk_test_call (f->lin, "GET", "/v1/queue/stats", NULL, NULL);
  g_assert_cmpint (lk_json_int (stats->json, "pending", 0), ==, 30);
}

/* -- decisions -- */

static void
assert_result (LkTestAnswer *answer, int index, const char *status, const char *code_or_state)
{
  const cJSON *result = lk_test_result (answer, index);
  const char *code = lk_json_string (result, "code"), *state = lk_json_string (result, "state");

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (lk_json_string (result, "status"), ==, status);
  g_assert_cmpstr (code != NULL ? code : state, ==, code_or_state);
}

static void
test_decide (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->lin, 4);
  g_autoptr (LkTestAnswer) approved = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 0), NULL, "approve", NULL));
  g_autoptr (LkTestAnswer) returned = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 1), NULL, "return", "R203"));
  g_autoptr (LkTestAnswer) reshoot = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 2), NULL, "reshoot", "R401"));
  g_autoptr (LkTestAnswer) held = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 3), NULL, "hold", "R702"));
  g_autoptr (LkTestAnswer) stats = lk_test_call (f->lin, "GET", "/v1/queue/stats", NULL, NULL);

  assert_result (approved, 0, "accepted", "APPROVED");
  assert_result (returned, 0, "accepted", "RETURNED");
  assert_result (reshoot, 0, "accepted", "RESHOOT");
  assert_result (held, 0, "accepted", "HELD");
  g_assert_cmpint (lk_json_int (stats->json, "pending", 0), ==, 26);
  g_assert_cmpint (lk_json_int (stats->json, "in_review", 0), ==, 0);
  g_assert_cmpint (lk_json_int (stats->json, "decided_today", 0), ==, 4);
  g_assert_cmpint (lk_json_int (stats->json, "mine_today", 0), ==, 4);
}

static void
test_batch (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->lin, 5);
  g_autoptr (LkTestAnswer) answer = NULL;
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  cJSON *list = cJSON_AddArrayToObject (json, "decisions"), *item;
  g_autofree char *body = NULL;

  cJSON_AddItemToArray (list, lk_test_decision (lease_at (leased, 0), NULL, "approve", NULL));
  cJSON_AddItemToArray (list, lk_test_decision (lease_at (leased, 1), NULL, "return", NULL));            /* no reason */
  cJSON_AddItemToArray (list, cJSON_CreateString ("x"));
  item = lk_test_decision (lease_at (leased, 2), NULL, "return", "R203");
  cJSON_ReplaceItemInObject (item, "note", cJSON_CreateString ("身份证号 990101199903150010"));
  cJSON_AddItemToArray (list, item);
  cJSON_AddItemToArray (list, lk_test_decision (lease_at (leased, 4), NULL, "approve", NULL));           /* hard check failed, no note */
  cJSON_AddItemToArray (list, lk_test_decision (lease_at (leased, 3), NULL, "hold", "R203"));            /* not a reason to hold */
  cJSON_AddItemToArray (list, lk_test_decision (lease_at (leased, 3), NULL, "approve", NULL));
  body = lk_json_print (json);
  answer = lk_test_call (f->lin, "POST", "/v1/decisions", body, NULL);
  assert_result (answer, 0, "accepted", "APPROVED");
  assert_result (answer, 1, "refused", "bad-reasons");
  assert_result (answer, 2, "refused", "bad-request");
  assert_result (answer, 3, "refused", "bad-note");
  assert_result (answer, 4, "refused", "bad-note");
  assert_result (answer, 5, "refused", "bad-reasons");
  assert_result (answer, 6, "accepted", "APPROVED");
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision"), ==, 2);
}

static void
test_keys (Fixture *f, gconstpointer unused)
{
  g_autofree char *key = lk_key_new ();
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->lin, 2);
  g_autoptr (LkTestAnswer) first = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 0), key, "return", "R203"));
  g_autoptr (LkTestAnswer) again = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 0), key, "return", "R203"));
  g_autoptr (LkTestAnswer) other = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 1), key, "return", "R203"));
  g_autoptr (LkTestAnswer) own = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 0), NULL, "approve", NULL));

  assert_result (first, 0, "accepted", "RETURNED");
  assert_result (again, 0, "repeated", "RETURNED");
  assert_result (other, 0, "refused", "key-reused");
  assert_result (own, 0, "conflict", "already-decided");
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision"), ==, 1);
}

static void
test_winner_is_masked (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) mine = lk_test_lease (f->wang, 1);
  g_autofree char *path = g_strdup_printf ("/v1/leases/%s", lk_json_string (lease_at (mine, 0), "id"));
  g_autoptr (LkTestAnswer) theirs = NULL;
  g_autoptr (LkTestAnswer) decided = NULL;
  g_autoptr (LkTestAnswer) late = NULL;

  g_assert_cmpint (call_status (f->wang, "DELETE", path, NULL), ==, 204);
  theirs = lk_test_lease (f->lin, 1);
  late = lk_test_decide (f->wang, lk_test_decision (lease_at (mine, 0), NULL, "approve", NULL));
  assert_result (late, 0, "conflict", "lease-lost");
  g_clear_pointer (&late, lk_test_answer_free);
  decided = lk_test_decide (f->lin, lk_test_decision (lease_at (theirs, 0), NULL, "return", "R203"));
  late = lk_test_decide (f->wang, lk_test_decision (lease_at (mine, 0), NULL, "approve", NULL));
  assert_result (late, 0, "conflict", "already-decided");
  g_assert_cmpstr (lk_json_string (lk_test_result (late, 0), "verdict"), ==, "return");
  g_assert_cmpstr (lk_json_string (lk_test_result (late, 0), "by"), ==, "林*师");
  g_assert_nonnull (lk_json_string (lk_test_result (late, 0), "at"));
}

static void
test_revert (Fixture *f, gconstpointer unused)
{
  g_autofree char *key = lk_key_new (), *revert_key = lk_key_new ();
  g_autofree char *path = g_strdup_printf ("/v1/decisions/%s/revert", key);
  g_autofree char *body = g_strdup_printf ("{\"key\":\"%s\"}", revert_key);
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->lin, 1);
  g_autoptr (LkTestAnswer) decided = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 0), key, "approve", NULL));
  g_autoptr (LkTestAnswer) foreign = lk_test_call (f->wang, "POST", path, body, NULL);
  g_autoptr (LkTestAnswer) reverted = lk_test_call (f->lin, "POST", path, body, NULL);
  g_autoptr (LkTestAnswer) again = lk_test_call (f->lin, "POST", path, body, NULL);
  g_autoptr (LkTestAnswer) malformed = lk_test_call (f->lin, "POST", path, "{}", NULL);
  g_autoptr (LkTestAnswer) anew = NULL;

  g_assert_cmpint (foreign->status, ==, 404);
  g_assert_cmpint (reverted->status, ==, 200);
  g_assert_cmpstr (lk_json_string (reverted->json, "status"), ==, "accepted");
  g_assert_cmpstr (lk_json_string (lk_json_object (reverted->json, "lease"), "id"), ==, lk_json_string (lease_at (leased, 0), "id"));
  g_assert_cmpstr (lk_json_string (again->json, "status"), ==, "repeated");
  g_assert_cmpint (malformed->status, ==, 400);
  anew = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 0), NULL, "return", "R203"));
  assert_result (anew, 0, "accepted", "RETURNED");
}

/* -- images -- */

static void
check_part (Fixture *f, const char *photo, const char *range, int status, const char *body, const char *place)
{
  g_autofree char *extra = g_strdup_printf ("Range: %s\r\n", range);
  g_autoptr (LkTestAnswer) answer = lk_test_call (f->lin, "GET", photo, NULL, extra);
  g_autofree char *expected = g_strdup_printf ("\r\nContent-Range: %s\r\n", place);

  g_assert_cmpint (answer->status, ==, status);
  if (body != NULL)
    g_assert_cmpstr (answer->body, ==, body);
  if (place != NULL)
    g_assert_nonnull (strstr (answer->head, expected));
  g_assert_nonnull (strstr (answer->head, "\r\nAccept-Ranges: bytes\r\n"));
}

static void
test_images (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->lin, 3);
  g_autofree char *photo = image_path (lease_at (leased, 2), NULL), *id_card = image_path (lease_at (leased, 2), "id_card");
  g_autoptr (LkTestAnswer) image = lk_test_call (f->lin, "GET", photo, NULL, NULL);
  g_autoptr (LkTestAnswer) decided = NULL;
  g_autofree char *condition = g_strdup_printf ("If-None-Match: \"%s\"\r\n", photo + strlen ("/v1/images/"));
  g_autoptr (LkTestAnswer) known = lk_test_call (f->lin, "GET", photo, NULL, condition);
  g_autofree char *lease_path = g_strdup_printf ("/v1/leases/%s", lk_json_string (lease_at (leased, 1), "id"));
  g_autofree char *returned = image_path (lease_at (leased, 1), NULL);

  g_assert_cmpint (image->status, ==, 200);
  g_assert_cmpstr (image->body, ==, "photo 3");
  g_assert_nonnull (strstr (image->head, "ETag: \""));
  g_assert_nonnull (strstr (image->head, "private"));
  g_assert_cmpint (known->status, ==, 304);
  check_part (f, photo, "bytes=2-4", 206, "oto", "bytes 2-4/7");
  check_part (f, photo, "bytes=5-", 206, " 3", "bytes 5-6/7");
  check_part (f, photo, "bytes=-1", 206, "3", "bytes 6-6/7");
  check_part (f, photo, "bytes=7-", 416, NULL, "bytes */7");
  check_part (f, photo, "bytes=0-1,3-4", 200, "photo 3", NULL);
  check_part (f, photo, "bytes=2-4\r\nIf-Range: \"x\"", 200, "photo 3", NULL);
  g_assert_cmpint (call_status (f->lin, "GET", id_card, NULL), ==, 200);
  /* nobody but the holder, and a lead */
  g_assert_cmpint (call_status (f->wang, "GET", photo, NULL), ==, 404);
  g_assert_cmpint (call_status (f->wang, "GET", id_card, NULL), ==, 404);
  g_assert_cmpint (call_status (f->nobody, "GET", photo, NULL), ==, 401);
  g_assert_cmpint (call_status (f->lead, "GET", photo, NULL), ==, 200);
  /* what was decided stays to be seen, what was given back does not */
  decided = lk_test_decide (f->lin, lk_test_decision (lease_at (leased, 2), NULL, "return", "R203"));
  g_assert_cmpint (call_status (f->lin, "GET", photo, NULL), ==, 200);
  g_assert_cmpint (call_status (f->lin, "DELETE", lease_path, NULL), ==, 204);
  g_assert_cmpint (call_status (f->lin, "GET", returned, NULL), ==, 404);
}

/* -- changes -- */

typedef struct
{
  LkTestClient *client;
  char *path;
  LkTestAnswer *answer;
} LongPoll;

static gpointer
long_poll (gpointer data)
{
  LongPoll *poll = data;

  poll->answer = lk_test_call (poll->client, "GET", poll->path, NULL, NULL);
  return NULL;
}

static void
test_changes (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) start = lk_test_call (f->lin, "GET", "/v1/changes", NULL, NULL);
  LongPoll polls[40];
  GThread *threads[G_N_ELEMENTS (polls)];
  g_autoptr (LkTestAnswer) leased = NULL;

  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (start->json, "changes")), ==, 0);
  /* more than there are workers: those who wait hold none */
  for (gsize i = 0; i < G_N_ELEMENTS (polls); i++)
    {
      polls[i].client = lk_test_client_new (f->server->port);
      polls[i].client->token = g_strdup (f->lin->token);
      polls[i].path = g_strdup_printf ("/v1/changes?cursor=%s&wait=25", lk_json_string (start->json, "cursor"));
      threads[i] = g_thread_new ("poll", long_poll, &polls[i]);
    }
  g_usleep (300000);
  leased = lk_test_lease (f->wang, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (polls); i++)
    {
      const cJSON *change;

      g_thread_join (threads[i]);
      g_assert_cmpint (polls[i].answer->status, ==, 200);
      change = cJSON_GetArrayItem (lk_json_array (polls[i].answer->json, "changes"), 0);
      g_assert_cmpstr (lk_json_string (change, "state"), ==, "IN_REVIEW");
      g_assert_cmpstr (lk_json_string (change, "submission"), ==,
                       lk_json_string (lk_json_object (lease_at (leased, 0), "submission"), "id"));
      lk_test_answer_free (polls[i].answer);
      lk_test_client_free (polls[i].client);
      g_free (polls[i].path);
    }
}

static void
test_changes_time_out (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) start = lk_test_call (f->lin, "GET", "/v1/changes", NULL, NULL);
  g_autofree char *path = g_strdup_printf ("/v1/changes?cursor=%s&wait=1", lk_json_string (start->json, "cursor"));
  g_autoptr (LkTestAnswer) answer = lk_test_call (f->lin, "GET", path, NULL, NULL);

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (answer->json, "changes")), ==, 0);
  g_assert_cmpstr (lk_json_string (answer->json, "cursor"), ==, lk_json_string (start->json, "cursor"));
}

static gboolean
feed_has (LkTestClient *client, const char *cursor, const char *state)
{
  g_autofree char *path = g_strdup_printf ("/v1/changes?cursor=%s", cursor);
  g_autoptr (LkTestAnswer) answer = lk_test_call (client, "GET", path, NULL, NULL);
  const cJSON *change;

  g_assert_cmpint (answer->status, ==, 200);
  cJSON_ArrayForEach (change, lk_json_array (answer->json, "changes"))
    if (g_strcmp0 (lk_json_string (change, "state"), state) == 0)
      return TRUE;
  return FALSE;
}

/* That a second person looks at what lin is unsure about is news for leads only. */
static void
test_changes_second (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) start = lk_test_call (f->lin, "GET", "/v1/changes", NULL, NULL);
  g_autoptr (LkTestAnswer) lease = lk_test_lease (f->lin, 1);
  cJSON *decision = lk_test_decision (cJSON_GetArrayItem (lk_json_array (lease->json, "leases"), 0), NULL, "return", "R203");
  g_autoptr (LkTestAnswer) answer = NULL;

  cJSON_AddTrueToObject (decision, "unsure");
  answer = lk_test_decide (f->lin, decision);
  g_assert_cmpstr (lk_json_string (lk_test_result (answer, 0), "status"), ==, "accepted");
  g_assert_true (feed_has (f->lead, lk_json_string (start->json, "cursor"), "SECOND_REVIEW"));
  g_assert_false (feed_has (f->wang, lk_json_string (start->json, "cursor"), "SECOND_REVIEW"));
  g_assert_true (feed_has (f->wang, lk_json_string (start->json, "cursor"), "IN_REVIEW"));
}

/* SIGTERM while somebody waits: they are answered, and the service ends well (tear_down looks at the status). */
static void
test_stop_answers (Fixture *f, gconstpointer arguments)
{
  g_autoptr (LkTestAnswer) start = lk_test_call (f->lin, "GET", "/v1/changes", NULL, NULL);
  LongPoll poll = { f->lin, g_strdup_printf ("/v1/changes?cursor=%s&wait=25", lk_json_string (start->json, "cursor")), NULL };
  GThread *thread = g_thread_new ("poll", long_poll, &poll);

  g_usleep (300000);
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  g_thread_join (thread);
  g_assert_cmpint (poll.answer->status, ==, 200);
  lk_test_answer_free (poll.answer);
  g_free (poll.path);
  lk_test_server_free (f->server);
  f->server = lk_test_server_start (f->campus->folder, arguments);
}

static void
test_one_server_a_campus (Fixture *f, gconstpointer unused)
{
  const char *const words[] = { "serve", "--data", f->campus->folder, "--port", "0", NULL };
  g_autofree char *err = NULL;

  g_assert_cmpint (lk_test_run (words, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "already"));
}

/* Another process writes into the campus that is served: the chain goes on where it left it. */
static void
test_account_while_serving (Fixture *f, gconstpointer unused)
{
  const char *const add[] = { "account", "add", "chen", "--role", "reviewer", "--data", f->campus->folder, NULL };
  const char *const verify[] = { "audit", "verify", "--data", f->campus->folder, NULL };
  g_autoptr (LkTestClient) chen = lk_test_client_new (f->server->port);
  g_autoptr (LkTestAnswer) before = lk_test_lease (f->lin, 2);
  g_autoptr (LkTestAnswer) after = NULL;

  g_assert_cmpint (lk_test_run (add, LK_TEST_PASSWORD "\n", NULL, NULL), ==, 0);
  lk_test_sign_in (chen, "chen", DEVICE_B);
  after = lk_test_lease (chen, 2);
  g_assert_cmpint (lk_json_int (after->json, "pending", 0), ==, 26);
  g_assert_cmpint (lk_test_run (verify, NULL, NULL, NULL), ==, 0);
}

#define ADD(path, func) g_test_add ("/service/http/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  static const char *const short_leases[] = { "--lease-seconds", "1", NULL };

  g_test_init (&argc, &argv, NULL);
  ADD ("meta", test_meta);
  ADD ("rights", test_rights);
  ADD ("paths", test_paths);
  ADD ("bad-bodies", test_bad_bodies);
  ADD ("session/sign-out", test_sign_out);
  ADD ("session/one-a-device", test_one_session_a_device);
  ADD ("session/token-not-stored", test_token_is_not_stored);
  ADD ("session/limit", test_sign_in_limit);
  ADD ("lease/form", test_submission_form);
  ADD ("lease/never-two", test_never_two);
  ADD ("lease/max", test_lease_max);
  ADD ("lease/renew-return", test_renew_return);
  ADD ("lease/restart-keeps", test_restart_keeps);
  g_test_add ("/service/http/lease/expires", Fixture, short_leases, set_up, test_expires, tear_down);
  ADD ("decision/verdicts", test_decide);
  ADD ("decision/batch", test_batch);
  ADD ("decision/keys", test_keys);
  ADD ("decision/winner", test_winner_is_masked);
  ADD ("decision/revert", test_revert);
  ADD ("images", test_images);
  ADD ("changes/long-poll", test_changes);
  ADD ("changes/time-out", test_changes_time_out);
  ADD ("changes/second", test_changes_second);
  ADD ("stop-answers", test_stop_answers);
  ADD ("one-server", test_one_server_a_campus);
  ADD ("account-while-serving", test_account_while_serving);
  return g_test_run ();
}
