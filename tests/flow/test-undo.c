/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "fixture.h"
#include "wait.h"

/* Taking decisions back, sent or not, with the real service. */

static const CampusOptions usual = { .n_students = STUDENTS, .lease_max = LEASE };
static const CampusOptions short_undo = { .n_students = 4, .undo_seconds = 2 };

static void
test_undo_before_sending (Fixture *f, gconstpointer options)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  station_start (f->lin, f->url, "lin");
  station_wait_undecided (f->lin, LEASE);
  fixture_cut (f);
  first = station_decide (f->lin, LK_VERDICT_RETURN);
  g_assert_true (lk_review_get_can_undo (f->lin->review));
  station_undo (f->lin);
  g_assert_false (lk_review_get_can_undo (f->lin->review));
  g_assert_false (lk_review_undo (f->lin->review));
  g_assert_cmpuint (lk_review_queue_get_position (station_queue (f->lin)), ==, 0);
  g_assert_null (lk_submission_get_decision (lk_review_queue_get_current (station_queue (f->lin))));
  second = station_decide (f->lin, LK_VERDICT_RESHOOT);
  g_assert_cmpstr (first, ==, second);
  fixture_mend (f);
  station_wait_synced (f->lin);
  fixture_assert_state (f, first, "RESHOOT");
  g_assert_cmpint (fixture_count (f, "SELECT count(*) FROM decision", first), ==, 2);
  g_assert_cmpint (fixture_count (f,
                                  "SELECT count(*) FROM decision WHERE reverted_at IS NOT NULL AND verdict = 'return'",
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
  fixture_assert_state (f, id, "RETURNED");
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  station_undo (f->lin); /* the second */
  station_undo (f->lin); /* the first */
  station_wait_synced (f->lin);
  fixture_assert_state (f, id, "IN_REVIEW");
  g_assert_cmpstr (lk_submission_get_id (lk_review_queue_get_current (station_queue (f->lin))), ==, id);
  again = station_decide (f->lin, LK_VERDICT_RESHOOT);
  station_wait_synced (f->lin);
  fixture_assert_state (f, id, "RESHOOT");
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
  fixture_assert_state (f, before, "RETURNED");
  fixture_assert_state (f, lk_submission_get_id (current), "IN_REVIEW");
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
  fixture_cut (f);
  station_undo (f->lin);
  wait_ms (2500);
  fixture_mend (f);
  conflicts = lk_sync_get_conflicts (station_sync (f->lin));
  wait_until (g_list_model_get_n_items (conflicts) == 1);
  {
    g_autoptr (LkConflict) conflict = g_list_model_get_item (conflicts, 0);

    g_assert_true (lk_conflict_get_is_undo (conflict));
    g_assert_cmpint (lk_conflict_get_code (conflict), ==, LK_ERROR_TOO_LATE);
  }
  fixture_assert_state (f, id, "RETURNED");
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, options, func) \
  g_test_add ("/flow/undo/" path, Fixture, &options, fixture_set_up, func, fixture_tear_down)
  ADD ("before-sending", usual, test_undo_before_sending);
  ADD ("after-sending", usual, test_undo_after_sending);
  ADD ("while-writing", usual, test_undo_while_writing);
  ADD ("too-late", short_undo, test_undo_too_late);
  ADD ("ends", short_undo, test_undo_ends);
  return g_test_run ();
}
