/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/batch.h"
#include "core/error.h"
#include "fixture.h"
#include "flow/past-decision.h"
#include "wait.h"

/* What a reviewer does with the queue beside deciding, with the real service: filters, putting off, being unsure, looking back,
 * and a lead's second look. */

static const CampusOptions usual = { .n_students = STUDENTS, .lease_max = LEASE };
static const CampusOptions few = { .n_students = 4, .lease_max = LEASE };

static LkSubmission *
current (Station *station)
{
  return lk_review_queue_get_current (station_queue (station));
}

static void
set_student (Station *station, const char *student_no)
{
  g_autoptr (LkQueueFilter) filter = lk_queue_filter_new ();

  filter->student_no = g_strdup (student_no);
  lk_sync_set_filter (station_sync (station), filter);
}

/* One is searched for and found; a search for nobody leaves an empty queue of which is known that it is; and back to all. */
static void
test_filter (Fixture *f, gconstpointer options)
{
  g_autofree char *decided = NULL;
  g_autofree char *found = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  decided = station_decide (f->lin, LK_VERDICT_RETURN);
  station_wait_synced (f->lin);
  set_student (f->lin, "2021210011");
  station_wait_undecided (f->lin, 1);
  g_assert_nonnull (current (f->lin));
  found = campus_text (f->campus, "SELECT s.uuid FROM submission s JOIN student t ON t.id = s.student WHERE student_no = '2021210011'");
  g_assert_cmpstr (lk_submission_get_id (current (f->lin)), ==, found);
  /* what was decided is there still, and nothing else is held */
  g_assert_nonnull (lk_review_queue_find (station_queue (f->lin), decided, NULL));
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, 1);

  set_student (f->lin, "999999");
  wait_until (lk_sync_get_pending (station_sync (f->lin)) == 0);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (station_queue (f->lin)), ==, 0);
  g_assert_null (current (f->lin));
  g_assert_true (lk_queue_filter_narrows (lk_sync_get_filter (station_sync (f->lin))));

  {
    g_autoptr (LkQueueFilter) all = lk_queue_filter_new ();
    lk_sync_set_filter (station_sync (f->lin), all);
  }
  station_wait_undecided (f->lin, LEASE);
  g_assert_nonnull (current (f->lin));
}

/* It goes, comes again after all the others, and keeps nobody else from it. */
static void
test_skip (Fixture *f, gconstpointer options)
{
  g_autofree char *skipped = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  skipped = g_strdup (lk_submission_get_id (current (f->lin)));
  lk_sync_skip (station_sync (f->lin), current (f->lin));
  g_assert_cmpstr (lk_submission_get_id (current (f->lin)), !=, skipped);
  for (guint i = 0; i < 3; i++)
    g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  station_wait_undecided (f->lin, 1);
  g_assert_cmpstr (lk_submission_get_id (current (f->lin)), ==, skipped);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM audit WHERE action = 'skipped'"), ==, 1);
}

/* A tentative decision waits for a lead, who is not told of it; the same again is final. */
static void
test_unsure (Fixture *f, gconstpointer options)
{
  Station *zhao = station_new ();
  g_autoptr (LkQueueFilter) second = lk_queue_filter_new ();
  g_autofree char *id = NULL;

  second->second = TRUE;
  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  lk_submission_set_unsure (current (f->lin), TRUE);
  id = station_decide (f->lin, LK_VERDICT_RETURN);
  station_wait_synced (f->lin);
  fixture_assert_state (f, id, "SECOND_REVIEW");

  station_start (zhao, f->url, "zhao");
  lk_sync_set_filter (station_sync (zhao), second);
  station_wait_undecided (zhao, 1);
  g_assert_cmpstr (lk_submission_get_id (current (zhao)), ==, id);
  g_assert_null (lk_submission_get_decision (current (zhao)));
  g_assert_false (lk_submission_get_unsure (current (zhao)));
  g_free (station_decide (zhao, LK_VERDICT_RETURN));
  station_wait_synced (zhao);
  fixture_assert_state (f, id, "RETURNED");
  station_free (zhao);
}

/* Today's decisions: the newest first, taken back from the list also when others were made since, and after a new start. */
static void
test_past (Fixture *f, gconstpointer options)
{
  g_autofree char *first = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GPtrArray) list = NULL, later = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  first = station_decide (f->lin, LK_VERDICT_RETURN);
  g_free (station_decide (f->lin, LK_VERDICT_RESHOOT));
  station_wait_synced (f->lin);
  station_end (f->lin);

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 2);
  list = lk_review_list_today (f->lin->review);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (lk_decision_get_verdict (lk_past_decision_get_decision (list->pdata[0])), ==, LK_VERDICT_RESHOOT);
  g_assert_cmpint (lk_past_decision_get_state (list->pdata[1]), ==, LK_PAST_STANDS);
  g_assert_true (lk_past_decision_can_undo (list->pdata[1], g_get_real_time ()));
  g_assert_false (lk_past_decision_can_undo (list->pdata[1], g_get_real_time () + 11 * G_TIME_SPAN_MINUTE));
  g_assert_cmpstr (lk_past_decision_get_name (list->pdata[1]), ==, "李*明");
  key = g_strdup (lk_past_decision_get_key (list->pdata[1]));
  g_assert_true (lk_review_undo_decision (f->lin->review, key));
  station_wait_undecided (f->lin, 3);
  g_assert_nonnull (lk_review_queue_find (station_queue (f->lin), first, NULL));
  fixture_assert_state (f, first, "IN_REVIEW");
  later = lk_review_list_today (f->lin->review);
  g_assert_cmpint (lk_past_decision_get_state (later->pdata[1]), ==, LK_PAST_UNDONE);
  g_assert_false (lk_review_undo_decision (f->lin->review, key));
}

/* Approve, undo, return: the history has three lines, and only the last counts. */
static void
test_history (Fixture *f, gconstpointer options)
{
  g_autofree char *id = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  id = station_decide (f->lin, LK_VERDICT_HOLD);
  station_undo (f->lin);
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  station_wait_synced (f->lin);
  g_assert_cmpint (fixture_count (f, "SELECT count(*) FROM audit a JOIN submission s ON s.id = a.submission WHERE s.uuid = '%s'"
                                     " AND action IN ('decision', 'revert')", id), ==, 3);
  g_assert_cmpint (fixture_count (f, "SELECT count(*) FROM decision d JOIN submission s ON s.id = d.submission WHERE s.uuid = '%s'"
                                     " AND reverted_at IS NULL AND d.verdict = 'return'", id), ==, 1);
  fixture_assert_state (f, id, "RETURNED");
}

/* Nothing here has only checks that passed: there are no models. None is taken onto a sheet. */
static void
test_sheet (Fixture *f, gconstpointer options)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (station_queue (f->lin)), i));
  g_assert_cmpuint (lk_review_approve_all (f->lin->review, all, 4000), ==, 0);
  g_assert_cmpuint (lk_review_get_n_today (f->lin->review), ==, 0);
}

static void
test_figures (Fixture *f, gconstpointer options)
{
  LkOwnFigures figures;
  g_autoptr (GAsyncResult) own = NULL, all = NULL;
  g_autoptr (LkAgreementFigure) mine = NULL;
  g_autoptr (LkAgreementFigures) everybody = NULL;
  g_autoptr (GError) error = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, 4);
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  lk_review_get_figures (f->lin->review, &figures);
  g_assert_cmpuint (figures.n_today, ==, 1);
  g_assert_cmpint (figures.median_ms, >=, 0);
  lk_review_own_agreement_async (f->lin->review, NULL, keep_result, &own);
  wait_until (own != NULL);
  mine = lk_review_own_agreement_finish (f->lin->review, own, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mine->pairs, ==, 0);
  /* a reviewer does not see the others' */
  lk_review_agreement_async (f->lin->review, NULL, keep_result, &all);
  wait_until (all != NULL);
  everybody = lk_review_agreement_finish (f->lin->review, all, &error);
  g_assert_null (everybody);
  g_assert_error (error, LK_ERROR, LK_ERROR_FORBIDDEN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, options, func) \
  g_test_add ("/flow/queue-work/" path, Fixture, &options, fixture_set_up, func, fixture_tear_down)
  ADD ("filter", usual, test_filter);
  ADD ("skip", few, test_skip);
  ADD ("unsure", few, test_unsure);
  ADD ("past", few, test_past);
  ADD ("history", few, test_history);
  ADD ("sheet", few, test_sheet);
  ADD ("figures", few, test_figures);
  return g_test_run ();
}
