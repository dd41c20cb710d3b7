/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "core/wire.h"
#include "sample.h"
#include "store/outbox.h"
#include "wait.h"

typedef struct
{
  char *dir, *path;
  LkOutbox *outbox;
  guint n_changed;
} Fixture;

static void
count_change (Fixture *f)
{
  f->n_changed++;
}

static void
open_outbox (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->outbox = lk_outbox_open (f->path, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (f->outbox, "changed", G_CALLBACK (count_change), f);
}

static void
reopen (Fixture *f)
{
  g_assert_finalize_object (f->outbox);
  open_outbox (f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = sample_dir ();
  f->path = g_build_filename (f->dir, "outbox.db", NULL);
  open_outbox (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->outbox);
  sample_dir_remove (f->dir);
  g_free (f->dir);
  g_free (f->path);
}

static void
add (Fixture *f, LkDecision *decision, LkSubmission *submission)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lk_outbox_add_decision_async (f->outbox, decision, submission, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_outbox_add_decision_finish (f->outbox, result, &error));
  g_assert_no_error (error);
}

/* Decides on submission n and gives the decision's key. */
static char *
decide (Fixture *f, guint n, LkVerdict verdict)
{
  g_autoptr (LkSubmission) submission = sample_submission (n);
  g_autoptr (LkDecision) decision = sample_decision (submission, verdict);

  add (f, decision, submission);
  return g_strdup (lk_decision_get_key (decision));
}

static gboolean
revert (Fixture *f, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_outbox_add_revert_async (f->outbox, key, keep_result, &result);
  wait_until (result != NULL);
  return lk_outbox_add_revert_finish (f->outbox, result, error);
}

static void
mark (Fixture *f, const char *key, LkEntryState state, int code, const char *winner)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_entry_result_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (results, lk_entry_result_new (key, state, code, winner));
  lk_outbox_mark_async (f->outbox, results, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_outbox_mark_finish (f->outbox, result, &error));
  g_assert_no_error (error);
}

static const LkEntry *
waiting_at (Fixture *f, guint position)
{
  g_autoptr (GPtrArray) waiting = lk_outbox_list_waiting (f->outbox);

  return position < waiting->len ? waiting->pdata[position] : NULL;
}

/* What holds for an outbox must hold for the same file opened again. */
static void
both_ways (Fixture *f, void (*check) (Fixture *f))
{
  check (f);
  reopen (f);
  check (f);
}

static void
check_order (Fixture *f)
{
  gint64 before = 0;

  g_assert_cmpuint (lk_outbox_get_n_waiting (f->outbox), ==, 30);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (LkSubmission) expected = sample_submission (i);
      const LkEntry *entry = waiting_at (f, i);

      g_assert_cmpstr (entry->submission, ==, lk_submission_get_id (expected));
      g_assert_cmpstr (entry->student_no, ==, lk_submission_get_student_no (expected));
      g_assert_cmpint (entry->seq, >, before);
      before = entry->seq;
    }
}

static void
test_order (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    g_free (decide (f, i, LK_VERDICT_APPROVE));
  g_assert_cmpuint (f->n_changed, ==, 30);
  both_ways (f, check_order);
}

static void
test_body_is_the_decision (Fixture *f, gconstpointer data)
{
  g_autofree char *key = decide (f, 1, LK_VERDICT_RETURN);
  const LkEntry *entry = lk_outbox_find (f->outbox, key);
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) json = lk_json_parse (entry->body, -1, LK_ERROR_CORRUPT, &error);
  g_autoptr (LkDecision) decision = lk_decision_from_json (json, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lk_decision_get_key (decision), ==, key);
  g_assert_cmpint (lk_decision_get_verdict (decision), ==, LK_VERDICT_RETURN);
  g_assert_cmpstr (lk_decision_get_reasons (decision)[0], ==, "R203");
  g_assert_cmpint (lk_decision_get_shown_ms (decision), ==, 1200);
}

static void
check_one (Fixture *f)
{
  g_assert_cmpuint (lk_outbox_get_n_waiting (f->outbox), ==, 1);
}

static void
test_same_key_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (LkSubmission) submission = sample_submission (1);
  g_autoptr (LkDecision) decision = sample_decision (submission, LK_VERDICT_APPROVE);

  add (f, decision, submission);
  add (f, decision, submission);
  both_ways (f, check_one);
}

/* Sent is not yet safe: only an answer ends the waiting. */
static void
test_waits_until_acked (Fixture *f, gconstpointer data)
{
  g_autofree char *key = decide (f, 1, LK_VERDICT_APPROVE);

  mark (f, key, LK_ENTRY_SENT, 0, NULL);
  both_ways (f, check_one);
  g_assert_cmpint (waiting_at (f, 0)->state, ==, LK_ENTRY_SENT);
  mark (f, key, LK_ENTRY_ACKED, 0, NULL);
  g_assert_cmpuint (lk_outbox_get_n_waiting (f->outbox), ==, 0);
  reopen (f);
  g_assert_cmpuint (lk_outbox_get_n_waiting (f->outbox), ==, 0);
  g_assert_cmpint (lk_outbox_find (f->outbox, key)->state, ==, LK_ENTRY_ACKED); /* kept */
}

/* A late answer does not take an end back. */
static void
test_end_is_final (Fixture *f, gconstpointer data)
{
  g_autofree char *key = decide (f, 1, LK_VERDICT_APPROVE);

  mark (f, key, LK_ENTRY_ACKED, 0, NULL);
  mark (f, key, LK_ENTRY_CONFLICT, LK_ERROR_LEASE_LOST, NULL);
  g_assert_cmpint (lk_outbox_find (f->outbox, key)->state, ==, LK_ENTRY_ACKED);
  reopen (f);
  g_assert_cmpint (lk_outbox_find (f->outbox, key)->state, ==, LK_ENTRY_ACKED);
}

static void
check_conflict (Fixture *f)
{
  g_autoptr (GPtrArray) conflicts = lk_outbox_list_conflicts (f->outbox);
  const LkEntry *entry;

  g_assert_cmpuint (conflicts->len, ==, 1);
  entry = conflicts->pdata[0];
  g_assert_cmpint (entry->state, ==, LK_ENTRY_CONFLICT);
  g_assert_cmpint (entry->code, ==, LK_ERROR_ALREADY_DECIDED);
  g_assert_cmpint (entry->verdict, ==, LK_VERDICT_RESHOOT);
  g_assert_cmpstr (entry->winner, ==, "王*");
  g_assert_cmpstr (entry->name, ==, "李*明");
  g_assert_cmpuint (lk_outbox_get_n_waiting (f->outbox), ==, 0);
}

static void
check_no_conflict (Fixture *f)
{
  g_autoptr (GPtrArray) conflicts = lk_outbox_list_conflicts (f->outbox);

  g_assert_cmpuint (conflicts->len, ==, 0);
}

static void
test_conflict_until_dismissed (Fixture *f, gconstpointer data)
{
  g_autofree char *key = decide (f, 1, LK_VERDICT_RESHOOT);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mark (f, key, LK_ENTRY_CONFLICT, LK_ERROR_ALREADY_DECIDED, "王*");
  both_ways (f, check_conflict);
  lk_outbox_dismiss_async (f->outbox, key, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_outbox_dismiss_finish (f->outbox, result, &error));
  g_clear_object (&result);
  both_ways (f, check_no_conflict);
}

static void
test_revert_follows_decision (Fixture *f, gconstpointer data)
{
  g_autofree char *first = decide (f, 1, LK_VERDICT_APPROVE);
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (revert (f, first, &error));
  second = decide (f, 1, LK_VERDICT_RETURN);
  reopen (f);
  g_assert_cmpuint (lk_outbox_get_n_waiting (f->outbox), ==, 3);
  g_assert_cmpstr (waiting_at (f, 0)->key, ==, first);
  g_assert_true (waiting_at (f, 0)->reverted);
  g_assert_cmpint (waiting_at (f, 1)->kind, ==, LK_ENTRY_REVERT);
  g_assert_cmpstr (waiting_at (f, 1)->target, ==, first);
  g_assert_cmpstr (waiting_at (f, 2)->key, ==, second);
  g_assert_cmpstr (lk_outbox_find_waiting (f->outbox, waiting_at (f, 0)->submission)->key, ==, second);
}

static void
test_revert_of_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (revert (f, "no-such-key", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
}

static void
check_none_waiting (Fixture *f)
{
  g_assert_cmpuint (lk_outbox_get_n_waiting (f->outbox), ==, 0);
}

/* The service did not take the decision: its undo, made before or after that was known, has nothing to do. */
static void
test_revert_of_refused_is_done (Fixture *f, gconstpointer data)
{
  g_autofree char *early = decide (f, 1, LK_VERDICT_APPROVE);
  g_autofree char *late = decide (f, 2, LK_VERDICT_APPROVE);
  g_autoptr (GError) error = NULL;

  g_assert_true (revert (f, early, &error));
  mark (f, early, LK_ENTRY_CONFLICT, LK_ERROR_LEASE_LOST, NULL);
  mark (f, late, LK_ENTRY_REFUSED, LK_ERROR_STATE, NULL);
  g_assert_true (revert (f, late, &error));
  g_assert_no_error (error);
  both_ways (f, check_none_waiting);
}

static void
test_last_decision (Fixture *f, gconstpointer data)
{
  g_autofree char *first = decide (f, 1, LK_VERDICT_APPROVE);
  g_autofree char *second = decide (f, 2, LK_VERDICT_APPROVE);
  g_autoptr (GError) error = NULL;
  const char *undo;

  g_assert_cmpstr (lk_outbox_find_last_decision (f->outbox, 0)->key, ==, second);
  g_assert_true (revert (f, second, &error));
  g_assert_cmpstr (lk_outbox_find_last_decision (f->outbox, 0)->key, ==, first);
  g_assert_null (lk_outbox_find_last_decision (f->outbox, g_get_real_time ()));
  g_assert_cmpuint (lk_outbox_count_decisions (f->outbox, 0), ==, 1);

  /* the service refused the undo: the decision stands after all */
  undo = waiting_at (f, 2)->key;
  mark (f, second, LK_ENTRY_ACKED, 0, NULL);
  mark (f, undo, LK_ENTRY_CONFLICT, LK_ERROR_TOO_LATE, NULL);
  g_assert_cmpstr (lk_outbox_find_last_decision (f->outbox, 0)->key, ==, second);
  reopen (f);
  g_assert_cmpstr (lk_outbox_find_last_decision (f->outbox, 0)->key, ==, second);
  g_assert_cmpuint (lk_outbox_count_decisions (f->outbox, 0), ==, 2);
  g_assert_cmpuint (lk_outbox_count_decisions (f->outbox, g_get_real_time ()), ==, 0);
}

/* The callbacks of an outbox that is given up still come: what was asked to be kept is kept. */
static void
test_unref_while_writing (Fixture *f, gconstpointer data)
{
  g_autoptr (LkSubmission) submission = sample_submission (1);
  g_autoptr (LkDecision) decision = sample_decision (submission, LK_VERDICT_APPROVE);
  g_autoptr (GAsyncResult) result = NULL;

  lk_outbox_add_decision_async (f->outbox, decision, submission, keep_result, &result);
  g_signal_handlers_disconnect_by_data (f->outbox, f);
  g_clear_object (&f->outbox);
  wait_until (result != NULL);
  g_clear_object (&result);
  open_outbox (f);
  check_one (f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/outbox/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("order", test_order);
  ADD ("body-is-the-decision", test_body_is_the_decision);
  ADD ("same-key-twice", test_same_key_twice);
  ADD ("waits-until-acked", test_waits_until_acked);
  ADD ("end-is-final", test_end_is_final);
  ADD ("conflict-until-dismissed", test_conflict_until_dismissed);
  ADD ("revert-follows-decision", test_revert_follows_decision);
  ADD ("revert-of-nothing", test_revert_of_nothing);
  ADD ("revert-of-refused-is-done", test_revert_of_refused_is_done);
  ADD ("last-decision", test_last_decision);
  ADD ("unref-while-writing", test_unref_while_writing);
  return g_test_run ();
}
