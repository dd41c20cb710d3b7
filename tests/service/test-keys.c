/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "core/roster.h"
#include "fixture.h"
#include "service/clock.h"
#include "service/key-ring.h"

/* Idempotency keys: in the database, in one process, and over HTTP. */

typedef struct
{
  LkTestCampus *campus;
  LkCampusDb *db;
  LkKeyRing *ring;
} Fixture;

static const guint8 one_request[32] = { 1 }, another_request[32] = { 2 };

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->campus = lk_test_campus_new (1);
  f->db = f->campus->service->db;
  f->ring = lk_key_ring_new (f->db);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_clock_set (0);
  lk_key_ring_free (f->ring);
  lk_test_campus_free (f->campus);
}

/* The code of the refusal, -1 for work to do, -2 for a kept answer. */
static int
begin (LkKeyRing *ring, LkKeyScope *scope, LkKeptAnswer **kept)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkKeptAnswer) answer = NULL;
  gboolean ok = lk_key_ring_begin (ring, scope, &answer, &error);

  g_assert_true (ok == (error == NULL));
  if (!ok)
    return error->code;
  if (kept != NULL)
    *kept = g_steal_pointer (&answer);
  return answer != NULL || (kept != NULL && *kept != NULL) ? -2 : -1;
}

static void
end (LkKeyRing *ring, LkKeyScope *scope, guint status, const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lk_key_ring_end (ring, scope, status, body, &error));
  g_assert_no_error (error);
}

static void
test_once (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkKeyScope) first = lk_key_scope_new ("staff a", "k", one_request);
  g_autoptr (LkKeyScope) again = lk_key_scope_new ("staff a", "k", one_request);
  g_autoptr (LkKeyScope) changed = lk_key_scope_new ("staff a", "k", another_request);
  g_autoptr (LkKeyScope) other = lk_key_scope_new ("staff b", "k", another_request);
  g_autoptr (LkKeptAnswer) kept = NULL;

  g_assert_cmpint (begin (f->ring, first, NULL), ==, -1);
  g_assert_cmpint (begin (f->ring, again, NULL), ==, LK_ERROR_KEY_IN_WORK);
  g_assert_cmpint (begin (f->ring, changed, NULL), ==, LK_ERROR_KEY_REUSED);
  g_assert_cmpint (begin (f->ring, other, NULL), ==, -1);
  end (f->ring, first, 201, "{\"id\":1}");
  end (f->ring, other, 204, NULL);
  g_assert_cmpint (begin (f->ring, again, &kept), ==, -2);
  g_assert_cmpint (kept->status, ==, 201);
  g_assert_cmpstr (kept->body, ==, "{\"id\":1}");
  g_assert_cmpint (begin (f->ring, changed, NULL), ==, LK_ERROR_KEY_REUSED);
  g_clear_pointer (&kept, lk_kept_answer_free);
  g_assert_cmpint (begin (f->ring, other, &kept), ==, -2);
  g_assert_cmpint (kept->status, ==, 204);
  g_assert_null (kept->body);
}

static void
put_student (Fixture *f, const char *number)
{
  g_autofree char *csv = g_strdup_printf ("学号,姓名\n%s,李明\n", number);
  g_autoptr (GBytes) file = g_bytes_new (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRoster) roster = lk_roster_parse (file, &error);

  g_assert_no_error (error);
  g_assert_true (f->db->ops->put_roster (f->db, roster->rows, NULL, &error));
  g_assert_no_error (error);
}

/* A refusal did nothing: the key is free for another try, with another body too. */
static void
test_refused (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkKeyScope) scope = lk_key_scope_new ("staff a", "k", one_request);
  g_autoptr (LkKeyScope) changed = lk_key_scope_new ("staff a", "k", another_request);

  g_assert_cmpint (begin (f->ring, scope, NULL), ==, -1);
  f->db->keys->set_scope (f->db, scope);
  put_student (f, "2021210101");        /* bookkeeping beside the work that is refused */
  f->db->keys->set_scope (f->db, NULL);
  g_assert_true (scope->marked);
  end (f->ring, scope, 409, "{}");
  g_assert_cmpint (begin (f->ring, changed, NULL), ==, -1);
  end (f->ring, changed, 503, "{}");
}

/* The service ends between the work and its answer: the work is known to be done, and not done again. */
static void
test_answer_lost (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkKeyScope) scope = lk_key_scope_new ("staff a", "k", one_request);
  g_autoptr (LkKeyScope) changed = lk_key_scope_new ("staff a", "k", another_request);
  g_autoptr (LkKeyRing) next_life = lk_key_ring_new (f->db);

  g_assert_cmpint (begin (f->ring, scope, NULL), ==, -1);
  f->db->keys->set_scope (f->db, scope);
  put_student (f, "2021210101");
  f->db->keys->set_scope (f->db, NULL);
  g_assert_cmpint (begin (next_life, scope, NULL), ==, LK_ERROR_KEY_DONE);
  g_assert_cmpint (begin (next_life, changed, NULL), ==, LK_ERROR_KEY_REUSED);
}

/* Before the work there is nothing of it in the database: after a restart it is done. */
static void
test_not_begun (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkKeyScope) scope = lk_key_scope_new ("staff a", "k", one_request);
  g_autoptr (LkKeyRing) next_life = lk_key_ring_new (f->db);
  LkNewSubmission nobody = { .student_no = "9999", .photo = NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (begin (f->ring, scope, NULL), ==, -1);
  f->db->keys->set_scope (f->db, scope);
  g_assert_false (f->db->ops->submit (f->db, &nobody, &(LkSubmitResult) { 0 }, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  f->db->keys->set_scope (f->db, NULL);
  g_assert_false (scope->marked);
  g_assert_cmpint (begin (next_life, scope, NULL), ==, -1);
}

static void
test_expire (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkKeyScope) old = lk_key_scope_new ("staff a", "old", one_request);
  g_autoptr (LkKeyScope) young = lk_key_scope_new ("staff a", "young", one_request);
  g_autoptr (GError) error = NULL;
  gint64 now = lk_clock_now ();

  lk_clock_set (now);
  g_assert_cmpint (begin (f->ring, old, NULL), ==, -1);
  end (f->ring, old, 200, "{}");
  lk_clock_set (now + G_TIME_SPAN_DAY);
  g_assert_cmpint (begin (f->ring, young, NULL), ==, -1);
  end (f->ring, young, 200, "{}");
  g_assert_true (f->db->keys->expire (f->db, now + G_TIME_SPAN_HOUR, &error));
  g_assert_no_error (error);
  g_assert_cmpint (begin (f->ring, old, NULL), ==, -1);
  g_assert_cmpint (begin (f->ring, young, NULL), ==, -2);
}

/* -- over HTTP -- */

static const char device[] = "0192f0c0-0000-7000-8000-000000000001";

static LkTestAnswer *
lease_with (LkTestClient *client, const char *key, int count)
{
  g_autofree char *body = g_strdup_printf ("{\"count\":%d}", count);
  g_autofree char *extra = g_strdup_printf ("Idempotency-Key: %s\r\n", key);

  return lk_test_call (client, "POST", "/v1/leases", body, extra);
}

static void
test_http (void)
{
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (8);
  g_autoptr (LkTestServer) server = NULL;
  g_autoptr (LkTestClient) lin = NULL;
  g_autoptr (LkTestClient) wang = NULL;
  g_autofree char *key = lk_key_new ();
  g_autoptr (LkTestAnswer) first = NULL;
  g_autoptr (LkTestAnswer) malformed = NULL;

  lk_test_campus_close (campus);
  server = lk_test_server_start (campus->folder, NULL);
  lin = lk_test_client_new (server->port);
  wang = lk_test_client_new (server->port);
  lk_test_sign_in (lin, "lin", device);
  lk_test_sign_in (wang, "wang", device);
  first = lease_with (lin, key, 2);
  g_assert_cmpint (first->status, ==, 200);
  g_assert_null (strcasestr (first->head, "Idempotency-Replayed"));
  malformed = lease_with (lin, "not-a-key", 2);
  g_assert_cmpint (malformed->status, ==, 400);
  for (int life = 0; life < 2; life++)
    {
      g_autoptr (LkTestAnswer) again = lease_with (lin, key, 2);
      g_autoptr (LkTestAnswer) changed = lease_with (lin, key, 3);
      g_autoptr (LkTestAnswer) other = lease_with (wang, key, 3);

      g_assert_cmpint (again->status, ==, 200);
      g_assert_cmpstr (again->body, ==, first->body);
      g_assert_nonnull (strcasestr (again->head, "\r\nIdempotency-Replayed: true\r\n"));
      g_assert_cmpint (changed->status, ==, 422);
      g_assert_cmpstr (lk_test_answer_code (changed), ==, "key-reused");
      g_assert_cmpint (other->status, ==, 200);
      g_assert_cmpint (cJSON_GetArraySize (lk_json_array (other->json, "leases")), ==, 3);
      if (life == 1)
        break;
      lk_test_server_kill (server);
      lk_test_server_free (server);
      server = lk_test_server_start (campus->folder, NULL);
      lin->port = wang->port = server->port;
      /* the old connections are gone */
      lk_test_answer_free (lk_test_call (lin, "GET", "/v1/meta", NULL, NULL));
      lk_test_answer_free (lk_test_call (wang, "GET", "/v1/meta", NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/service/keys/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("once", test_once);
  ADD ("refused", test_refused);
  ADD ("answer-lost", test_answer_lost);
  ADD ("not-begun", test_not_begun);
  ADD ("expire", test_expire);
  g_test_add_func ("/service/keys/http", test_http);
  return g_test_run ();
}
