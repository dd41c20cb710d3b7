/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "flow/review-private.h"
#include "station.h"
#include "wait.h"

/* The way of a decision from the key press to the campus, with the real service and a network that fails. */

typedef struct
{
  Campus *campus;
  FaultProxy *proxy;
  char *url;
  Station *lin;
} Fixture;

enum
{
  STUDENTS = 12,
  LEASE = 8,
};

static const CampusOptions usual = { .n_students = STUDENTS, .lease_max = LEASE };
static const CampusOptions long_lease = { .n_students = STUDENTS, .lease_max = STUDENTS };
static const CampusOptions short_leases = { .n_students = 4, .lease_seconds = 2 };
static const CampusOptions short_undo = { .n_students = 4, .undo_seconds = 2 };

static void
serve (Fixture *f)
{
  campus_start (f->campus);
  fault_proxy_set_target (f->proxy, campus_get_port (f->campus));
}

static void
set_up (Fixture *f, gconstpointer options)
{
  f->campus = campus_new (options);
  f->proxy = fault_proxy_new ();
  f->url = fault_proxy_dup_url (f->proxy);
  f->lin = station_new ();
  serve (f);
}

static void
tear_down (Fixture *f, gconstpointer options)
{
  station_free (f->lin);
  fault_proxy_free (f->proxy);
  campus_free (f->campus);
  g_free (f->url);
}

static void
cut (Fixture *f)
{
  fault_proxy_set_fault (f->proxy, FAULT_CUT);
  station_wait_offline (f->lin);
}

static void
mend (Fixture *f)
{
  fault_proxy_set_fault (f->proxy, FAULT_NONE);
  lk_sync_poke (station_sync (f->lin));
}

static int
count (Fixture *f, const char *format, const char *id)
{
  g_autofree char *sql = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "%s", -1);

  sql = g_strjoinv (id, parts);
  return campus_number (f->campus, sql);
}

static void
assert_state (Fixture *f, const char *id, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("SELECT state FROM submission WHERE uuid = '%s'", id);
  g_autofree char *found = campus_text (f->campus, sql);

  g_assert_cmpstr (found, ==, state);
}

static void
test_lease (Fixture *f, gconstpointer options)
{
  LkSubmission *first;

  station_start (f->lin, f->url, "lin");
  g_assert_cmpint (lk_sync_get_pending (station_sync (f->lin)), ==, -1);
  station_wait_undecided (f->lin, LEASE);
  wait_until (lk_sync_get_pending (station_sync (f->lin)) == STUDENTS - LEASE);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, LEASE);
  first = lk_review_queue_get_current (station_queue (f->lin));
  g_assert_cmpstr (lk_submission_get_name (first), ==, "李*明");
  g_assert_nonnull (strchr (lk_submission_get_student_no (first), '*'));
  station_wait_synced (f->lin);
}

static void
test_wrong_password (Fixture *f, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (station_sign_in (f->lin, f->url, "lin", "wrong", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_false (station_sign_in (f->lin, "http://photo.college.edu.cn", "lin", "wrong", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  fault_proxy_set_fault (f->proxy, FAULT_CUT);
  g_assert_false (station_sign_in (f->lin, f->url, "lin", CAMPUS_PASSWORD, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_OFFLINE);
  g_assert_false (lk_account_get_signed_in (f->lin->account));
}

static void
test_decide (Fixture *f, gconstpointer options)
{
  static const LkVerdict verdicts[] = { LK_VERDICT_RETURN, LK_VERDICT_RESHOOT, LK_VERDICT_HOLD };
  static const char *const states[] = { "RETURNED", "RESHOOT", "HELD" };

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autofree char *id = station_decide (f->lin, verdicts[i]);

      g_assert_true (f->lin->current_was_notified);
      g_assert_cmpuint (lk_review_queue_get_position (station_queue (f->lin)), ==, i + 1);
      station_wait_synced (f->lin);
      assert_state (f, id, states[i]);
      g_assert_cmpint (count (f, "SELECT shown_ms >= 0 AND input = 'key' FROM decision", id), ==, 1);
    }
  g_assert_cmpuint (lk_review_get_n_today (f->lin->review), ==, 3);
  g_assert_cmpuint (f->lin->n_failed, ==, 0);
}

/* What cannot be said is refused at once and keeps the photo; a key that repeats decides once. */
static void
test_refused_at_once (Fixture *f, gconstpointer options)
{
  static const char *const reasons[] = { "R203", NULL };
  g_autoptr (GError) error = NULL;
  LkSubmission *current;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  current = lk_review_queue_get_current (station_queue (f->lin));
  g_assert_false (lk_review_decide (f->lin->review, current, LK_VERDICT_RETURN, NULL, NULL, "key", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REASONS);
  g_clear_error (&error);
  g_assert_false (
    lk_review_decide (f->lin->review, current, LK_VERDICT_RETURN, reasons, "990101199903150010", "key", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_NOTE);
  g_clear_error (&error);
  g_assert_true (lk_review_decide (f->lin->review, current, LK_VERDICT_RETURN, reasons, NULL, "key", &error));
  g_assert_false (lk_review_decide (f->lin->review, current, LK_VERDICT_RETURN, reasons, NULL, "key", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  g_clear_error (&error);
  wait_until (f->lin->n_decided == 1);
  g_assert_false (lk_review_decide (f->lin->review, current, LK_VERDICT_RETURN, reasons, NULL, "key", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STATE);
  station_wait_synced (f->lin);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 1);
}

/* A reviewer who goes on always has the next ones: the queue is filled up again. */
static void
test_refill (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  for (guint i = 0; i < STUDENTS; i++)
    {
      wait_until (lk_review_queue_get_current (station_queue (f->lin)) != NULL);
      g_free (station_decide (f->lin, LK_VERDICT_RETURN));
    }
  station_wait_synced (f->lin);
  g_assert_null (lk_review_queue_get_current (station_queue (f->lin)));
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'RETURNED'"), ==, STUDENTS);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, STUDENTS);
}

static gboolean
all_photos_there (Station *station)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (station_queue (station)));
  gboolean there = TRUE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (station_queue (station)), i);
      const char *id_card = lk_submission_get_reference (submission, LK_REFERENCE_ID_CARD);
      LkPhotoLoader *loader = lk_review_get_loader (station->review);
      g_autoptr (LkPicture) photo = lk_photo_loader_get (loader, lk_submission_get_photo (submission), 150, 200);
      g_autoptr (LkPicture) reference = id_card != NULL ? lk_photo_loader_get (loader, id_card, 150, 200) : NULL;

      there = there && photo != NULL && (id_card == NULL || reference != NULL);
    }
  return there;
}

/* The service is killed: every photo of the lease can still be looked at, ten decisions wait, and each arrives once when it is back. */
static void
test_offline (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, STUDENTS);
  wait_until (lk_photo_source_get_n_wanted (lk_review_get_source (f->lin->review)) == 0); /* they come by themselves */
  campus_kill (f->campus);
  fault_proxy_set_target (f->proxy, 0);
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  wait_until (lk_sync_get_state (station_sync (f->lin)) == LK_SYNC_OFFLINE);
  g_assert_cmpint (lk_sync_get_offline_since (station_sync (f->lin)), >, 0);
  g_assert_cmpint (lk_sync_get_problem (station_sync (f->lin)), ==, LK_ERROR_OFFLINE);
  wait_until (all_photos_there (f->lin));
  for (guint i = 1; i < 10; i++)
    g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  g_assert_cmpuint (lk_sync_get_n_waiting (station_sync (f->lin)), ==, 10);
  g_assert_cmpint (lk_sync_get_state (station_sync (f->lin)), ==, LK_SYNC_OFFLINE);

  serve (f); /* no poke: it comes back by itself */
  station_wait_synced (f->lin);
  g_assert_cmpint (lk_sync_get_offline_since (station_sync (f->lin)), ==, 0);
  g_assert_cmpint (lk_sync_get_problem (station_sync (f->lin)), ==, 0);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 10);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'RETURNED'"), ==, 10);
}

static void
test_answer_lost (Fixture *f, gconstpointer options)
{
  g_autofree char *id = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  fault_proxy_set_fault (f->proxy, FAULT_LOSE_ANSWER);
  id = station_decide (f->lin, LK_VERDICT_RETURN);
  station_wait_synced (f->lin);
  g_assert_cmpint (fault_proxy_get_fault (f->proxy), ==, FAULT_NONE);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 1);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM audit WHERE action = 'decision'"), ==, 1);

  /* the same for an undo */
  fault_proxy_set_fault (f->proxy, FAULT_LOSE_ANSWER);
  station_undo (f->lin);
  station_wait_synced (f->lin);
  g_assert_cmpint (fault_proxy_get_fault (f->proxy), ==, FAULT_NONE);
  assert_state (f, id, "IN_REVIEW");
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM audit WHERE action = 'revert'"), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (lk_sync_get_conflicts (station_sync (f->lin))), ==, 0);
}

/* The workstation ends with decisions that were not sent; started again it neither asks for them again nor loses or doubles one. */
static void
test_restart (Fixture *f, gconstpointer options)
{
  g_autoptr (LkSubmission) first = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  fault_proxy_set_fault (f->proxy, FAULT_CUT_DECISIONS);
  for (guint i = 0; i < 5; i++)
    g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  station_end (f->lin);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 0);

  station_start (f->lin, f->url, "lin");
  g_assert_cmpuint (lk_sync_get_n_waiting (station_sync (f->lin)), ==, 5);
  g_assert_cmpuint (lk_review_get_n_today (f->lin->review), ==, 5);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (station_queue (f->lin))) == LEASE);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (station_queue (f->lin)), ==, LEASE - 5);
  g_assert_cmpuint (lk_review_queue_get_position (station_queue (f->lin)), ==, 5);
  first = g_list_model_get_item (G_LIST_MODEL (station_queue (f->lin)), 0);
  g_assert_cmpint (lk_decision_get_verdict (lk_submission_get_decision (first)), ==, LK_VERDICT_RETURN);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, LEASE);

  mend (f);
  station_wait_synced (f->lin);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 5);
}

static void
test_two_stations (Fixture *f, gconstpointer options)
{
  Station *wang = station_new ();

  station_start (f->lin, f->url, "lin");
  station_start (wang, f->url, "wang");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (station_queue (f->lin)))
                + g_list_model_get_n_items (G_LIST_MODEL (station_queue (wang)))
              == STUDENTS);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (station_queue (wang))); i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (station_queue (wang)), i);

      g_assert_null (lk_review_queue_find (station_queue (f->lin), lk_submission_get_id (submission), NULL));
    }
  station_free (wang);
}

/* Offline past the lease; somebody else decides: listed with who it was, never dropped, never asked for again. */
static void
test_conflict (Fixture *f, gconstpointer options)
{
  Station *wang = station_new ();
  g_autofree char *direct = g_strdup_printf ("http://127.0.0.1:%u", campus_get_port (f->campus));
  g_autofree char *id = NULL;
  GListModel *conflicts;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  cut (f);
  id = station_decide (f->lin, LK_VERDICT_RESHOOT);
  wait_until (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'PENDING'") == 4);
  station_start (wang, direct, "wang");
  station_wait_undecided (wang, 4);
  g_assert_nonnull (lk_review_queue_find (station_queue (wang), id, NULL));
  for (guint i = 0; i < 4; i++)
    g_free (station_decide (wang, LK_VERDICT_RETURN));
  station_wait_synced (wang);

  mend (f);
  conflicts = lk_sync_get_conflicts (station_sync (f->lin));
  wait_until (g_list_model_get_n_items (conflicts) == 1);
  {
    g_autoptr (LkConflict) conflict = g_list_model_get_item (conflicts, 0);

    g_assert_cmpint (lk_conflict_get_code (conflict), ==, LK_ERROR_ALREADY_DECIDED);
    g_assert_cmpint (lk_conflict_get_verdict (conflict), ==, LK_VERDICT_RESHOOT);
    g_assert_cmpstr (lk_conflict_get_winner (conflict), ==, "王*师");
    g_assert_cmpstr (lk_conflict_get_name (conflict), ==, "李*明");
    g_assert_false (lk_conflict_get_is_undo (conflict));
    g_assert_cmpint (lk_conflict_get_at (conflict), >, 0);
  }
  /* what was not decided is lost with its lease */
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (station_queue (f->lin))) == 0);
  g_assert_cmpuint (f->lin->n_lost, ==, 4);
  g_assert_cmpuint (lk_review_get_n_today (f->lin->review), ==, 0);
  assert_state (f, id, "RETURNED");

  /* it stays over a restart, until it is dismissed */
  station_end (f->lin);
  station_start (f->lin, f->url, "lin");
  conflicts = lk_sync_get_conflicts (station_sync (f->lin));
  g_assert_cmpuint (g_list_model_get_n_items (conflicts), ==, 1);
  {
    g_autoptr (LkConflict) conflict = g_list_model_get_item (conflicts, 0);

    lk_sync_dismiss_conflict (station_sync (f->lin), conflict);
  }
  g_assert_cmpuint (g_list_model_get_n_items (conflicts), ==, 0);
  station_end (f->lin);
  station_start (f->lin, f->url, "lin");
  g_assert_cmpuint (g_list_model_get_n_items (lk_sync_get_conflicts (station_sync (f->lin))), ==, 0);
  station_free (wang);
}

/* A decision made after the lease ended counts when nobody else has the submission. */
static void
test_late_but_first (Fixture *f, gconstpointer options)
{
  g_autofree char *id = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  cut (f);
  wait_until (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'PENDING'") == 4);
  id = station_decide (f->lin, LK_VERDICT_RETURN);
  mend (f);
  station_wait_synced (f->lin);
  assert_state (f, id, "RETURNED");
  g_assert_cmpuint (g_list_model_get_n_items (lk_sync_get_conflicts (station_sync (f->lin))), ==, 0);
}

/* Leases of two seconds are still held after five: they are renewed. */
static void
test_renew (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  wait_ms (5000);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 4);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM audit WHERE action = 'lease-expired'"), ==, 0);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (station_queue (f->lin)), ==, 4);
}

static void
test_undo_before_sending (Fixture *f, gconstpointer options)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  cut (f);
  first = station_decide (f->lin, LK_VERDICT_RETURN);
  g_assert_true (lk_review_get_can_undo (f->lin->review));
  station_undo (f->lin);
  g_assert_false (lk_review_get_can_undo (f->lin->review));
  g_assert_false (lk_review_undo (f->lin->review));
  g_assert_cmpuint (lk_review_queue_get_position (station_queue (f->lin)), ==, 0);
  g_assert_null (lk_submission_get_decision (lk_review_queue_get_current (station_queue (f->lin))));
  second = station_decide (f->lin, LK_VERDICT_RESHOOT);
  g_assert_cmpstr (first, ==, second);
  mend (f);
  station_wait_synced (f->lin);
  assert_state (f, first, "RESHOOT");
  g_assert_cmpint (count (f, "SELECT count(*) FROM decision", first), ==, 2);
  g_assert_cmpint (count (f, "SELECT count(*) FROM decision WHERE reverted_at IS NOT NULL AND verdict = 'return'",
                          first),
                   ==, 1);
  g_assert_cmpuint (lk_review_get_n_today (f->lin->review), ==, 1);
}

static void
test_undo_after_sending (Fixture *f, gconstpointer options)
{
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  id = station_decide (f->lin, LK_VERDICT_RETURN);
  station_wait_synced (f->lin);
  assert_state (f, id, "RETURNED");
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  station_undo (f->lin); /* the second */
  station_undo (f->lin); /* the first */
  station_wait_synced (f->lin);
  assert_state (f, id, "IN_REVIEW");
  g_assert_cmpstr (lk_submission_get_id (lk_review_queue_get_current (station_queue (f->lin))), ==, id);
  again = station_decide (f->lin, LK_VERDICT_RESHOOT);
  station_wait_synced (f->lin);
  assert_state (f, id, "RESHOOT");
}

/* Undo pressed before the decision is on the disk means that decision. */
static void
test_undo_while_writing (Fixture *f, gconstpointer options)
{
  static const char *const reasons[] = { "R203", NULL };
  g_autofree char *before = NULL;
  LkSubmission *current;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  before = station_decide (f->lin, LK_VERDICT_RETURN);
  current = lk_review_queue_get_current (station_queue (f->lin));
  g_assert_true (lk_review_decide (f->lin->review, current, LK_VERDICT_RETURN, reasons, NULL, "key", NULL));
  g_assert_true (lk_review_undo (f->lin->review));
  wait_until (f->lin->n_undone == 1);
  g_assert_true (lk_review_queue_get_current (station_queue (f->lin)) == current);
  station_wait_synced (f->lin);
  assert_state (f, before, "RETURNED");
  assert_state (f, lk_submission_get_id (current), "IN_REVIEW");
}

/* Undone in time here, but the service hears of it too late: listed as an undo, and the decision stands. */
static void
test_undo_too_late (Fixture *f, gconstpointer options)
{
  g_autofree char *id = NULL;
  GListModel *conflicts;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  id = station_decide (f->lin, LK_VERDICT_RETURN);
  station_wait_synced (f->lin);
  cut (f);
  station_undo (f->lin);
  wait_ms (2500);
  mend (f);
  conflicts = lk_sync_get_conflicts (station_sync (f->lin));
  wait_until (g_list_model_get_n_items (conflicts) == 1);
  {
    g_autoptr (LkConflict) conflict = g_list_model_get_item (conflicts, 0);

    g_assert_true (lk_conflict_get_is_undo (conflict));
    g_assert_cmpint (lk_conflict_get_code (conflict), ==, LK_ERROR_TOO_LATE);
  }
  assert_state (f, id, "RETURNED");
  g_assert_null (lk_review_queue_find (station_queue (f->lin), id, NULL));
}

static void
test_undo_ends (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  g_assert_true (lk_review_get_can_undo (f->lin->review));
  wait_until (!lk_review_get_can_undo (f->lin->review));
  g_assert_false (lk_review_undo (f->lin->review));
}

/* The session ends at the service: work goes on, and after signing in again everything is sent. */
static void
test_session_ends (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  campus_kill (f->campus);
  campus_change (f->campus, "DELETE FROM session");
  serve (f);
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  wait_until (lk_sync_get_state (station_sync (f->lin)) == LK_SYNC_SIGNED_OUT);
  g_assert_false (lk_account_get_signed_in (f->lin->account));
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  g_assert_cmpuint (lk_sync_get_n_waiting (station_sync (f->lin)), ==, 2);

  g_assert_true (station_sign_in (f->lin, f->url, "lin", CAMPUS_PASSWORD, NULL));
  station_wait_synced (f->lin);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 2);
}

static void
test_sign_out (Fixture *f, gconstpointer options)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  lk_account_sign_out_async (f->lin->account, NULL, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_account_sign_out_finish (f->lin->account, result, &error));
  g_assert_false (lk_account_get_signed_in (f->lin->account));
  g_assert_cmpint (lk_sync_get_state (station_sync (f->lin)), ==, LK_SYNC_SIGNED_OUT);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 0);
}

/* Given up in the middle of everything. */
static void
test_teardown (Fixture *f, gconstpointer options)
{
  for (guint i = 0; i < 10; i++)
    {
      station_start (f->lin, f->url, "lin");
      wait_ms (i * 15);
      if (lk_review_queue_get_current (station_queue (f->lin)) != NULL)
        g_free (station_decide (f->lin, LK_VERDICT_RETURN));
      station_end (f->lin);
    }
  station_start (f->lin, f->url, "lin");
  station_wait_synced (f->lin);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, (int) f->lin->n_decided);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, options, func) g_test_add ("/flow/sync/" path, Fixture, &options, set_up, func, tear_down)
  ADD ("lease", usual, test_lease);
  ADD ("wrong-password", usual, test_wrong_password);
  ADD ("decide", usual, test_decide);
  ADD ("refused-at-once", usual, test_refused_at_once);
  ADD ("refill", usual, test_refill);
  ADD ("offline", long_lease, test_offline);
  ADD ("answer-lost", usual, test_answer_lost);
  ADD ("restart", usual, test_restart);
  ADD ("two-stations", usual, test_two_stations);
  ADD ("conflict", short_leases, test_conflict);
  ADD ("late-but-first", short_leases, test_late_but_first);
  ADD ("renew", short_leases, test_renew);
  ADD ("undo-before-sending", usual, test_undo_before_sending);
  ADD ("undo-after-sending", usual, test_undo_after_sending);
  ADD ("undo-while-writing", usual, test_undo_while_writing);
  ADD ("undo-too-late", short_undo, test_undo_too_late);
  ADD ("undo-ends", short_undo, test_undo_ends);
  ADD ("session-ends", usual, test_session_ends);
  ADD ("sign-out", usual, test_sign_out);
  ADD ("teardown", usual, test_teardown);
  return g_test_run ();
}
