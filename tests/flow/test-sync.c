/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "fixture.h"
#include "flow/review-private.h"
#include "wait.h"

/* The way of a decision from the key press to the campus, with the real service and a network that fails. */

static const CampusOptions usual = { .n_students = STUDENTS, .lease_max = LEASE };
static const CampusOptions long_lease = { .n_students = STUDENTS, .lease_max = STUDENTS };

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
      fixture_assert_state (f, id, states[i]);
      g_assert_cmpint (fixture_count (f, "SELECT shown_ms >= 0 AND input = 'key' FROM decision", id), ==, 1);
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

/* The service is killed: every photo of the lease can still be looked at, ten decisions wait, and each arrives once
 * when it is back. */
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

  fixture_serve (f); /* no poke: it comes back by itself */
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
  fixture_assert_state (f, id, "IN_REVIEW");
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM audit WHERE action = 'revert'"), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (lk_sync_get_conflicts (station_sync (f->lin))), ==, 0);
}

/* The workstation ends with decisions that were not sent; started again it neither asks for them again nor loses or
 * doubles one. */
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

  fixture_mend (f);
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

/* The session ends at the service: work goes on, and after signing in again everything is sent. */
static void
test_session_ends (Fixture *f, gconstpointer options)
{
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  campus_kill (f->campus);
  campus_change (f->campus, "DELETE FROM session");
  fixture_serve (f);
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
#define ADD(path, options, func) \
  g_test_add ("/flow/sync/" path, Fixture, &options, fixture_set_up, func, fixture_tear_down)
  ADD ("lease", usual, test_lease);
  ADD ("wrong-password", usual, test_wrong_password);
  ADD ("decide", usual, test_decide);
  ADD ("refused-at-once", usual, test_refused_at_once);
  ADD ("refill", usual, test_refill);
  ADD ("offline", long_lease, test_offline);
  ADD ("answer-lost", usual, test_answer_lost);
  ADD ("restart", usual, test_restart);
  ADD ("two-stations", usual, test_two_stations);
  ADD ("session-ends", usual, test_session_ends);
  ADD ("sign-out", usual, test_sign_out);
  ADD ("teardown", usual, test_teardown);
  return g_test_run ();
}
