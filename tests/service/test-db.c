/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "core/key.h"
#include "fixture.h"
#include "service/db-sqlite.h"

/* The database alone, with a clock that the test moves. */

#define DEVICE_A "0192f0c0-0000-7000-8000-00000000000a"
#define DEVICE_B "0192f0c0-0000-7000-8000-00000000000b"
#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

static gint64 test_time = SECONDS (1000000);

static gint64
test_now (void)
{
  return test_time;
}

typedef struct
{
  LkTestCampus *campus;
  LkCampusDb *db;
  LkStaff *lin, *wang;
  LkActor a, b, other;          /* lin on device A, lin on device B, wang on device B */
} Fixture;

static gboolean
rule (LkDecision *decision, gboolean hard_failed, gpointer data, GError **error)
{
  if (!hard_failed || lk_decision_get_verdict (decision) != LK_VERDICT_APPROVE || *lk_decision_get_note (decision) != '\0')
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_NOTE, "needs a note");
  return FALSE;
}

static void
set_up (Fixture *f, gconstpointer n_students)
{
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600, .rule = rule, .now = test_now };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  f->campus = lk_test_campus_new (GPOINTER_TO_UINT (n_students));
  lk_test_campus_close (f->campus);
  path = g_build_filename (f->campus->folder, "campus.db", NULL);
  f->db = lk_db_sqlite_open (path, FALSE, &options, &error);
  g_assert_no_error (error);
  f->lin = f->db->ops->find_staff (f->db, "lin", &error);
  f->wang = f->db->ops->find_staff (f->db, "wang", &error);
  g_assert_no_error (error);
  f->a = (LkActor) { f->lin->row, f->lin->uuid, LK_ROLE_REVIEWER, DEVICE_A, "127.0.0.1" };
  f->b = (LkActor) { f->lin->row, f->lin->uuid, LK_ROLE_REVIEWER, DEVICE_B, "127.0.0.1" };
  f->other = (LkActor) { f->wang->row, f->wang->uuid, LK_ROLE_REVIEWER, DEVICE_B, "127.0.0.1" };
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_staff_free (f->lin);
  lk_staff_free (f->wang);
  lk_campus_db_close (f->db);
  lk_test_campus_free (f->campus);
}

static GPtrArray *
lease (Fixture *f, const LkActor *actor, int count)
{
  g_autoptr (GError) error = NULL;
  gint64 pending;
  GPtrArray *rows = f->db->ops->lease (f->db, actor, count, NULL, &pending, &error);

  g_assert_no_error (error);
  return rows;
}

static const LkSubmissionRow *
row_at (GPtrArray *rows, guint i)
{
  g_assert_cmpuint (rows->len, >, i);
  return rows->pdata[i];
}

static LkDecision *
decision_on (const LkSubmissionRow *row, const char *key, LkVerdict verdict)
{
  static const char *const reasons[] = { "R203", NULL };

  return lk_decision_new (&(LkDecisionDescription) {
    .key = key, .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = verdict,
    .reasons = verdict == LK_VERDICT_APPROVE ? NULL : reasons, .decided_at = 1, .shown_ms = 5, .input = "key" });
}

/* Takes the decision. */
static LkDecisionAnswer
decide (Fixture *f, const LkActor *actor, LkDecision *decision)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  LkDecisionAnswer answer;

  g_ptr_array_add (list, decision);
  f->db->ops->decide (f->db, actor, list, &answer, &error);
  g_assert_no_error (error);
  lk_decision_answer_clear (&answer);
  return answer;
}

static gboolean
revert (Fixture *f, const LkActor *actor, const char *key, const char *revert_key, gboolean *repeated, GError **error)
{
  char lease_id[LK_UUID_SIZE];
  gint64 until;

  return f->db->ops->revert (f->db, actor, key, revert_key, repeated, lease_id, &until, error);
}

static void
assert_chain_is_whole (Fixture *f)
{
  LkAuditReport report;
  g_autoptr (GError) error = NULL;

  f->db->ops->verify_audit (f->db, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.first_bad, ==, 0);
}

/* -- leases -- */

static void
test_order (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) first = lease (f, &f->a, 3);
  g_autoptr (GPtrArray) second = lease (f, &f->other, 3);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (row_at (first, i)->due_at, ==, 1000001 + i);
      g_assert_cmpint (row_at (second, i)->due_at, ==, 1000004 + i);
      g_assert_cmpint (row_at (first, i)->state, ==, LK_STATE_IN_REVIEW);
    }
}

static void
test_own_come_back (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) first = lease (f, &f->a, 2);
  g_autoptr (GPtrArray) other_device = lease (f, &f->b, 2);
  g_autoptr (GPtrArray) again = NULL;

  test_time += SECONDS (300);
  again = lease (f, &f->a, 3);
  g_assert_cmpstr (row_at (again, 0)->lease, ==, row_at (first, 0)->lease);
  g_assert_cmpstr (row_at (again, 1)->lease, ==, row_at (first, 1)->lease);
  g_assert_cmpint (row_at (again, 0)->lease_until, ==, test_time + SECONDS (600));
  g_assert_cmpstr (row_at (again, 2)->uuid, !=, row_at (other_device, 0)->uuid);
}

static void
test_expired_goes_back (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) first = lease (f, &f->a, 2);
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GError) error = NULL;

  test_time += SECONDS (601);
  f->db->ops->expire (f->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'PENDING'"), ==, 10);
  second = lease (f, &f->other, 2);
  g_assert_cmpstr (row_at (second, 0)->uuid, ==, row_at (first, 0)->uuid);
  g_assert_cmpstr (row_at (second, 0)->lease, !=, row_at (first, 0)->lease);
  assert_chain_is_whole (f);
}

static void
test_renew_and_return (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 1);
  const LkSubmissionRow *row = row_at (rows, 0);
  g_autoptr (GError) error = NULL;
  gint64 until = 0;

  test_time += SECONDS (500);
  g_assert_true (f->db->ops->renew_lease (f->db, &f->a, row->lease, &until, &error));
  g_assert_cmpint (until, ==, test_time + SECONDS (600));
  test_time += SECONDS (500);
  f->db->ops->expire (f->db, &error);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 1);
  g_assert_false (f->db->ops->renew_lease (f->db, &f->other, row->lease, &until, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_LEASE_LOST);
  g_clear_error (&error);
  g_assert_true (f->db->ops->return_lease (f->db, &f->a, row->lease, FALSE, &error));
  g_assert_false (f->db->ops->renew_lease (f->db, &f->a, row->lease, &until, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_LEASE_LOST);
}

static void
test_pending_count (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 pending = 0;

  rows = f->db->ops->lease (f->db, &f->a, 4, NULL, &pending, &error);
  g_assert_cmpint (pending, ==, 6);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = f->db->ops->lease (f->db, &f->other, 20, NULL, &pending, &error);
  g_assert_cmpint (pending, ==, 0);
  g_assert_cmpuint (rows->len, ==, 6);
  g_clear_pointer (&rows, g_ptr_array_unref);
  test_time += SECONDS (601);
  f->db->ops->expire (f->db, &error);
  rows = f->db->ops->lease (f->db, &f->other, 1, NULL, &pending, &error);
  g_assert_cmpint (pending, ==, 9);
}

/* -- decisions -- */

static void
test_accept_and_repeat (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 1);
  const LkSubmissionRow *row = row_at (rows, 0);
  g_autofree char *key = lk_key_new ();
  LkDecisionAnswer answer = decide (f, &f->a, decision_on (row, key, LK_VERDICT_RETURN));
  int lines;

  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  g_assert_cmpint (answer.state, ==, LK_STATE_RETURNED);
  lines = lk_test_query_int (f->campus->folder, "SELECT count(*) FROM audit");
  answer = decide (f, &f->a, decision_on (row, key, LK_VERDICT_RETURN));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REPEATED);
  g_assert_cmpint (answer.state, ==, LK_STATE_RETURNED);
  answer = decide (f, &f->a, decision_on (row, key, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REFUSED);
  g_assert_cmpint (answer.code, ==, LK_ERROR_KEY_REUSED);
  answer = decide (f, &f->other, decision_on (row, key, LK_VERDICT_RETURN));
  g_assert_cmpint (answer.code, ==, LK_ERROR_KEY_REUSED);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM audit"), ==, lines);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision"), ==, 1);
}

static void
test_decided_by_another (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) mine = lease (f, &f->a, 1);
  g_autoptr (GPtrArray) theirs = NULL;
  g_autofree char *key = lk_key_new ();
  LkDecisionAnswer answer;

  test_time += SECONDS (601);
  theirs = lease (f, &f->other, 1);
  g_assert_cmpstr (row_at (theirs, 0)->uuid, ==, row_at (mine, 0)->uuid);
  answer = decide (f, &f->a, decision_on (row_at (mine, 0), NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_CONFLICT);
  g_assert_cmpint (answer.code, ==, LK_ERROR_LEASE_LOST);

  decide (f, &f->other, decision_on (row_at (theirs, 0), NULL, LK_VERDICT_RESHOOT));
  answer = decide (f, &f->a, decision_on (row_at (mine, 0), key, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_CONFLICT);
  g_assert_cmpint (answer.code, ==, LK_ERROR_ALREADY_DECIDED);
  g_assert_true (answer.has_winner);
  g_assert_cmpint (answer.winner_verdict, ==, LK_VERDICT_RESHOOT);
  /* the answer stays the same when it is asked for again */
  answer = decide (f, &f->a, decision_on (row_at (mine, 0), key, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_CONFLICT);
  g_assert_cmpint (answer.code, ==, LK_ERROR_ALREADY_DECIDED);
  g_assert_cmpint (answer.winner_verdict, ==, LK_VERDICT_RESHOOT);
}

static void
test_expired_lease_accepted (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 3);
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (GError) error = NULL;
  LkDecisionAnswer answer;

  test_time += SECONDS (601);
  /* not swept yet */
  answer = decide (f, &f->a, decision_on (row_at (rows, 0), NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  /* back in the queue */
  f->db->ops->expire (f->db, &error);
  answer = decide (f, &f->a, decision_on (row_at (rows, 1), NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  /* taken by another who gave it back */
  theirs = lease (f, &f->other, 1);
  g_assert_cmpstr (row_at (theirs, 0)->uuid, ==, row_at (rows, 2)->uuid);
  g_assert_true (f->db->ops->return_lease (f->db, &f->other, row_at (theirs, 0)->lease, FALSE, &error));
  answer = decide (f, &f->a, decision_on (row_at (rows, 2), NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'APPROVED'"), ==, 3);
  assert_chain_is_whole (f);
}

static void
test_refusals (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 5);
  g_autofree char *photo = g_strdup (row_at (rows, 0)->photo);
  LkSubmissionRow changed = *row_at (rows, 0), foreign = *row_at (rows, 0);
  LkDecisionAnswer answer;

  photo[0] = photo[0] == 'a' ? 'b' : 'a';
  changed.photo = photo;
  answer = decide (f, &f->a, decision_on (&changed, NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_CONFLICT);
  g_assert_cmpint (answer.code, ==, LK_ERROR_PHOTO_CHANGED);

  /* somebody to whom it was never given, with a lease of another submission or of another person */
  foreign.lease = row_at (rows, 1)->lease;
  answer = decide (f, &f->a, decision_on (&foreign, NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.code, ==, LK_ERROR_NOT_FOUND);
  answer = decide (f, &f->other, decision_on (row_at (rows, 0), NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REFUSED);
  g_assert_cmpint (answer.code, ==, LK_ERROR_NOT_FOUND);

  /* the fifth student's hard check failed */
  answer = decide (f, &f->a, decision_on (row_at (rows, 4), NULL, LK_VERDICT_APPROVE));
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REFUSED);
  g_assert_cmpint (answer.code, ==, LK_ERROR_BAD_NOTE);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision"), ==, 0);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 5);
}

static void
test_audit_of_decision (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 3);
  const LkSubmissionRow *row = row_at (rows, 2);          /* has an ID-card photo */
  g_autofree char *text = NULL;
  g_autoptr (cJSON) line = NULL;

  decide (f, &f->a, decision_on (row, NULL, LK_VERDICT_RETURN));
  text = lk_test_query (f->campus->folder, "SELECT body FROM audit WHERE action = 'decision'");
  line = lk_json_parse (text, -1, 0, NULL);
  g_assert_cmpstr (lk_json_string (line, "who"), ==, f->lin->uuid);
  g_assert_cmpstr (lk_json_string (line, "device"), ==, DEVICE_A);
  g_assert_cmpstr (lk_json_string (line, "from"), ==, "127.0.0.1");
  g_assert_cmpstr (lk_json_string (line, "before"), ==, "IN_REVIEW");
  g_assert_cmpstr (lk_json_string (line, "after"), ==, "RETURNED");
  g_assert_cmpstr (lk_json_string (line, "photo"), ==, row->photo);
  g_assert_cmpstr (lk_json_string (line, "id_card"), ==, row->id_card);
  g_assert_cmpint (lk_json_int (line, "shown_ms", 0), ==, 5);
  g_assert_cmpstr (lk_json_string (line, "input"), ==, "key");
  g_assert_cmpint (lk_json_int (line, "spec_version", 0), ==, 1);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (line, "checks")), ==, 1);
}

/* -- undo -- */

static void
test_revert (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 1);
  g_autofree char *key = lk_key_new (), *revert_key = lk_key_new (), *late_key = lk_key_new ();
  g_autofree char *lease_id = NULL;
  g_autoptr (GError) error = NULL;
  gboolean repeated;

  decide (f, &f->a, decision_on (row_at (rows, 0), key, LK_VERDICT_APPROVE));
  g_assert_false (revert (f, &f->other, key, revert_key, &repeated, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  test_time += SECONDS (600);
  g_assert_true (revert (f, &f->a, key, revert_key, &repeated, &error));
  g_assert_no_error (error);
  g_assert_false (repeated);
  lease_id = lk_test_query (f->campus->folder, "SELECT lease FROM submission WHERE state = 'IN_REVIEW'");
  g_assert_cmpstr (lease_id, ==, row_at (rows, 0)->lease);
  g_assert_true (revert (f, &f->a, key, revert_key, &repeated, &error));
  g_assert_true (repeated);
  g_assert_false (revert (f, &f->a, key, late_key, &repeated, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  g_clear_error (&error);

  /* decided anew, with the history of both */
  decide (f, &f->a, decision_on (row_at (rows, 0), NULL, LK_VERDICT_RESHOOT));
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision"), ==, 2);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM decision WHERE reverted_at IS NULL"), ==, 1);
  assert_chain_is_whole (f);
}

static void
test_revert_too_late (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 1);
  g_autofree char *key = lk_key_new (), *revert_key = lk_key_new ();
  g_autoptr (GError) error = NULL;
  gboolean repeated;

  decide (f, &f->a, decision_on (row_at (rows, 0), key, LK_VERDICT_APPROVE));
  test_time += SECONDS (601);
  g_assert_false (revert (f, &f->a, key, revert_key, &repeated, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_TOO_LATE);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'APPROVED'"), ==, 1);
}

/* -- many at a time, and a bad one among them -- */

typedef struct
{
  Fixture *f;
  LkActor actor;
  GPtrArray *taken;             /* ids */
} Worker;

static gpointer
work (gpointer data)
{
  Worker *w = data;

  while (TRUE)
    {
      g_autoptr (GPtrArray) rows = lease (w->f, &w->actor, 3);
      LkDecisionAnswer answer;

      if (rows->len == 0)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          LkSubmissionRow *row = rows->pdata[i];

          g_ptr_array_add (w->taken, g_strdup (row->uuid));
          answer = decide (w->f, &w->actor, decision_on (row, NULL, LK_VERDICT_RETURN));
          g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
        }
    }
}

static gpointer
disturb (gpointer data)
{
  Fixture *f = data;

  for (int i = 0; i < 50; i++)
    {
      g_autoptr (GError) error = NULL;
      const LkStaff twice = { .uuid = (char *) DEVICE_A, .user = (char *) "lin", .name = (char *) "x", .role = LK_ROLE_LEAD,
                              .password = (char *) "x" };

      g_assert_false (f->db->ops->add_staff (f->db, &twice, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
    }
  return NULL;
}

static void
test_many (Fixture *f, gconstpointer unused)
{
  Worker workers[6];
  GThread *threads[6], *disturber;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 commits, requests;

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      workers[i] = (Worker) { f, i % 2 == 0 ? f->a : f->other, g_ptr_array_new_with_free_func (g_free) };
      workers[i].actor.device = g_strdup_printf ("0192f0c0-0000-7000-8000-0000000000c%u", i);
      threads[i] = g_thread_new ("worker", work, &workers[i]);
    }
  disturber = g_thread_new ("disturber", disturb, f);
  g_thread_join (disturber);
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      g_thread_join (threads[i]);
      for (guint j = 0; j < workers[i].taken->len; j++)
        g_assert_true (g_hash_table_add (seen, workers[i].taken->pdata[j]));        /* nobody else had it */
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 300);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'RETURNED'"), ==, 300);
  lk_db_sqlite_get_grouping (f->db, &commits, &requests);
  g_assert_cmpint (commits, <, requests);
  assert_chain_is_whole (f);
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      g_ptr_array_unref (workers[i].taken);
      g_free ((char *) workers[i].actor.device);
    }
}

/* -- changes, photos, older and newer files -- */

static void
test_changes (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 start = 0, last = 0;

  none = f->db->ops->changes (f->db, -1, 100, &start, &error);
  g_assert_cmpuint (none->len, ==, 0);
  rows = lease (f, &f->a, 1);
  decide (f, &f->a, decision_on (row_at (rows, 0), NULL, LK_VERDICT_APPROVE));
  changes = f->db->ops->changes (f->db, start, 100, &last, &error);
  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_cmpint (g_array_index (changes, LkChange, 0).state, ==, LK_STATE_IN_REVIEW);
  g_assert_cmpint (g_array_index (changes, LkChange, 1).state, ==, LK_STATE_APPROVED);
  g_assert_cmpstr (g_array_index (changes, LkChange, 1).submission, ==, row_at (rows, 0)->uuid);
  g_assert_cmpint (g_array_index (changes, LkChange, 1).seq, ==, last);
}

static void
test_resubmission (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = lease (f, &f->a, 1);
  g_autoptr (GError) error = NULL;
  LkPhotoFile photo = { .type = "image/jpeg", .width = 480, .height = 640, .bytes = 1 };
  LkNewSubmission again = { .student_no = "2021210001", .photo = &photo, .checks = "[]", .brief = "[]", .due_at = 5 };
  LkSubmitResult result;

  g_strlcpy (photo.sha256, row_at (rows, 0)->photo, sizeof photo.sha256);
  f->db->ops->submit (f->db, &again, &result, &error);
  g_assert_cmpint (result, ==, LK_SUBMIT_KNOWN);
  photo.sha256[0] = photo.sha256[0] == 'a' ? 'b' : 'a';
  f->db->ops->submit (f->db, &again, &result, &error);
  g_assert_cmpint (result, ==, LK_SUBMIT_OPEN);
  decide (f, &f->a, decision_on (row_at (rows, 0), NULL, LK_VERDICT_RETURN));
  f->db->ops->submit (f->db, &again, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, LK_SUBMIT_TAKEN);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'SUPERSEDED'"), ==, 1);
  again.student_no = "nobody";
  g_assert_false (f->db->ops->submit (f->db, &again, &result, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  assert_chain_is_whole (f);
}

static void
test_newer_schema (void)
{
  g_autoptr (LkTestCampus) campus = lk_test_campus_new (0);
  g_autofree char *path = g_build_filename (campus->folder, "campus.db", NULL);
  g_autofree char *junk = g_build_filename (campus->folder, "junk.db", NULL);
  g_autofree char *nothing = g_build_filename (campus->folder, "nothing.db", NULL);
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600 };
  g_autoptr (GError) error = NULL;

  lk_test_campus_close (campus);
  g_free (lk_test_query (campus->folder, "PRAGMA user_version = 99"));
  g_assert_null (lk_db_sqlite_open (path, FALSE, &options, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "newer"));
  g_clear_error (&error);
  g_assert_null (lk_db_sqlite_open (nothing, FALSE, &options, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (junk, "this is no database, only some text that is long enough to be looked at", -1, NULL));
  g_assert_null (lk_db_sqlite_open (junk, FALSE, &options, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
}

#define ADD(path, n, func) g_test_add ("/service/db/" path, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lease/order", 10, test_order);
  ADD ("lease/own-come-back", 10, test_own_come_back);
  ADD ("lease/expired", 10, test_expired_goes_back);
  ADD ("lease/renew-return", 10, test_renew_and_return);
  ADD ("lease/pending", 10, test_pending_count);
  ADD ("decision/accept-repeat", 10, test_accept_and_repeat);
  ADD ("decision/another", 10, test_decided_by_another);
  ADD ("decision/expired-lease", 10, test_expired_lease_accepted);
  ADD ("decision/refusals", 10, test_refusals);
  ADD ("decision/audit", 10, test_audit_of_decision);
  ADD ("revert/in-time", 10, test_revert);
  ADD ("revert/too-late", 10, test_revert_too_late);
  ADD ("many", 300, test_many);
  ADD ("changes", 10, test_changes);
  ADD ("resubmission", 10, test_resubmission);
  g_test_add_func ("/service/db/newer-schema", test_newer_schema);
  return g_test_run ();
}
