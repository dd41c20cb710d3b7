/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/review-queue.h"
#include "sample.h"

typedef struct
{
  LkReviewQueue *queue;
  guint n_position, n_current, n_undecided, n_changes;
  guint position, removed, added; /* of the last change of the list */
} Fixture;

static void
on_notify (LkReviewQueue *queue, GParamSpec *pspec, Fixture *f)
{
  if (g_str_equal (pspec->name, "position"))
    f->n_position++;
  else if (g_str_equal (pspec->name, "current"))
    f->n_current++;
  else if (g_str_equal (pspec->name, "n-undecided"))
    f->n_undecided++;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *f)
{
  f->n_changes++;
  f->position = position;
  f->removed = removed;
  f->added = added;
}

static void
append (Fixture *f, guint first, guint n)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (page, sample_submission (first + i));
  lk_review_queue_append (f->queue, page);
}

static void
reset (Fixture *f)
{
  f->n_position = f->n_current = f->n_undecided = f->n_changes = 0;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->queue = lk_review_queue_new ();
  g_signal_connect (f->queue, "notify", G_CALLBACK (on_notify), f);
  g_signal_connect (f->queue, "items-changed", G_CALLBACK (on_items_changed), f);
}

/* As a list with a selection does: it moves the selection with the items, and that is a new position. */
static void
follow (LkReviewQueue *queue, guint position, guint removed, guint added, guint *selected)
{
  if (*selected >= position + removed)
    *selected = *selected + added - removed;
  if (*selected != lk_review_queue_get_position (queue))
    lk_review_queue_set_position (queue, *selected);
}

static void
test_removed_before (Fixture *f, gconstpointer data)
{
  guint selected = 5;
  LkSubmission *current;

  append (f, 1, 10);
  lk_review_queue_set_position (f->queue, 5);
  current = lk_review_queue_get_current (f->queue);
  g_signal_connect (f->queue, "items-changed", G_CALLBACK (follow), &selected);
  reset (f);
  {
    g_autoptr (LkSubmission) earlier = g_list_model_get_item (G_LIST_MODEL (f->queue), 2);

    lk_review_queue_remove (f->queue, lk_submission_get_id (earlier));
  }
  g_assert_true (lk_review_queue_get_current (f->queue) == current);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 4);

  lk_review_queue_forget_first (f->queue, 3);
  g_assert_true (lk_review_queue_get_current (f->queue) == current);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->queue)), ==, 6);
  g_assert_cmpuint (f->n_changes, ==, 2);
  g_assert_cmpuint (f->removed, ==, 3);
  g_assert_cmpuint (f->n_current, ==, 0);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (f->queue), ==, 6);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->queue);
}

static LkSubmission *
item (Fixture *f, guint position)
{
  g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (f->queue), position);

  return submission;
}

static void
decide (Fixture *f, guint position)
{
  g_autoptr (LkDecision) decision = sample_decision (item (f, position), LK_VERDICT_APPROVE);

  lk_submission_set_decision (item (f, position), decision);
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (f->queue)) == LK_TYPE_SUBMISSION);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->queue)), ==, 0);
  g_assert_null (lk_review_queue_get_current (f->queue));
  lk_review_queue_advance (f->queue);
  lk_review_queue_set_position (f->queue, 7);
  lk_review_queue_clear (f->queue);
  lk_review_queue_remove (f->queue, "nobody");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 0);
  g_assert_cmpuint (f->n_position + f->n_current + f->n_undecided + f->n_changes, ==, 0);
}

static void
test_append_is_one_change (Fixture *f, gconstpointer data)
{
  append (f, 0, 20);
  g_assert_cmpuint (f->n_changes, ==, 1);
  g_assert_cmpuint (f->position, ==, 0);
  g_assert_cmpuint (f->added, ==, 20);
  g_assert_cmpuint (f->n_current, ==, 1);
  g_assert_cmpuint (f->n_position, ==, 0);
  g_assert_cmpuint (f->n_undecided, ==, 1);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (f->queue), ==, 20);

  reset (f);
  append (f, 15, 10); /* five of them are there already */
  g_assert_cmpuint (f->n_changes, ==, 1);
  g_assert_cmpuint (f->position, ==, 20);
  g_assert_cmpuint (f->added, ==, 5);
  g_assert_cmpuint (f->n_current, ==, 0);

  reset (f);
  append (f, 0, 25);
  g_assert_cmpuint (f->n_changes, ==, 0);
}

static void
test_position (Fixture *f, gconstpointer data)
{
  append (f, 0, 3);
  reset (f);
  lk_review_queue_set_position (f->queue, 2);
  g_assert_true (lk_review_queue_get_current (f->queue) == item (f, 2));
  g_assert_cmpuint (f->n_position, ==, 1);
  g_assert_cmpuint (f->n_current, ==, 1);
  lk_review_queue_set_position (f->queue, 2);
  g_assert_cmpuint (f->n_position, ==, 1);
  lk_review_queue_set_position (f->queue, 99);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 3);
  g_assert_null (lk_review_queue_get_current (f->queue));
}

/* At the end, new submissions are looked at at once. */
static void
test_append_at_the_end (Fixture *f, gconstpointer data)
{
  append (f, 0, 1);
  decide (f, 0);
  lk_review_queue_advance (f->queue);
  g_assert_null (lk_review_queue_get_current (f->queue));
  reset (f);
  append (f, 1, 2);
  g_assert_true (lk_review_queue_get_current (f->queue) == item (f, 1));
  g_assert_cmpuint (f->n_current, ==, 1);
  g_assert_cmpuint (f->n_position, ==, 0);
}

static void
test_advance (Fixture *f, gconstpointer data)
{
  append (f, 0, 5);
  decide (f, 0);
  decide (f, 1);
  reset (f);
  lk_review_queue_advance (f->queue);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 2);
  g_assert_cmpuint (f->n_position, ==, 1);

  /* none after it: one before it */
  lk_review_queue_set_position (f->queue, 4);
  decide (f, 4);
  lk_review_queue_advance (f->queue);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 3);
  decide (f, 3);
  lk_review_queue_advance (f->queue);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 2);

  /* none at all: the end */
  decide (f, 2);
  lk_review_queue_advance (f->queue);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 5);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (f->queue), ==, 0);
}

static void
test_undecided_follows_decisions (Fixture *f, gconstpointer data)
{
  append (f, 0, 3);
  reset (f);
  decide (f, 1);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (f->queue), ==, 2);
  g_assert_cmpuint (f->n_undecided, ==, 1);
  lk_submission_set_decision (item (f, 1), NULL);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (f->queue), ==, 3);
  g_assert_cmpuint (f->n_undecided, ==, 2);
}

static void
test_remove_keeps_the_photo (Fixture *f, gconstpointer data)
{
  LkSubmission *current;

  append (f, 0, 5);
  lk_review_queue_set_position (f->queue, 3);
  current = item (f, 3);
  reset (f);
  lk_review_queue_remove (f->queue, lk_submission_get_id (item (f, 1)));
  g_assert_true (lk_review_queue_get_current (f->queue) == current);
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 2);
  g_assert_cmpuint (f->n_current, ==, 0);
  g_assert_cmpuint (f->n_position, ==, 1);
  g_assert_cmpuint (f->removed, ==, 1);

  reset (f);
  lk_review_queue_remove (f->queue, lk_submission_get_id (current));
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 2);
  g_assert_true (lk_review_queue_get_current (f->queue) == item (f, 2));
  g_assert_cmpuint (f->n_current, ==, 1);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (f->queue), ==, 3);
}

static void
test_removed_is_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (LkSubmission) removed = NULL;
  g_autoptr (LkDecision) decision = NULL;

  append (f, 0, 2);
  removed = g_object_ref (item (f, 0));
  decision = sample_decision (removed, LK_VERDICT_APPROVE);
  lk_review_queue_remove (f->queue, lk_submission_get_id (removed));
  reset (f);
  lk_submission_set_decision (removed, decision);
  g_assert_cmpuint (f->n_undecided, ==, 0);
  lk_review_queue_clear (f->queue);
  g_assert_cmpuint (f->n_changes, ==, 1);
  g_assert_cmpuint (f->n_current, ==, 1);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (f->queue), ==, 0);
  g_assert_null (lk_review_queue_find (f->queue, lk_submission_get_id (removed), NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/flow/review-queue/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("append-is-one-change", test_append_is_one_change);
  ADD ("position", test_position);
  ADD ("append-at-the-end", test_append_at_the_end);
  ADD ("advance", test_advance);
  ADD ("undecided-follows-decisions", test_undecided_follows_decisions);
  ADD ("remove-keeps-the-photo", test_remove_keeps_the_photo);
  ADD ("removed-is-forgotten", test_removed_is_forgotten);
  ADD ("removed-before", test_removed_before);
  return g_test_run ();
}
