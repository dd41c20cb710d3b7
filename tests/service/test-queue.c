/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

/* Filters of the queue, skipping, and how what waits is spread. */

static guint
count_with (Bench *b, const LkActor *actor, const LkQueueFilter *filter)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, actor, 20, filter);

  for (guint i = 0; i < rows->len; i++)
    g_assert_true (b->db->ops->return_lease (b->db, actor, ((LkSubmissionRow *) rows->pdata[i])->lease, FALSE, NULL));
  g_assert_cmpint (b->pending + rows->len, ==, b->pending_before);
  return rows->len;
}

static void
test_filters (Bench *b, gconstpointer unused)
{
  g_autoptr (LkQueueFilter) filter = lk_queue_filter_new ();

  /* 15 students, hard checks of every fifth fail */
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 15);
  filter->outcome = LK_OUTCOME_FAIL;
  b->pending_before = 3;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 3);
  filter->reason = g_strdup ("R203");
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 3);
  g_clear_pointer (&filter->reason, g_free);
  filter->reason = g_strdup ("R204");
  b->pending_before = 0;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 0);
  g_clear_pointer (&filter->reason, g_free);
  filter->outcome = LK_QUEUE_ANY_OUTCOME;
  filter->student_no = g_strdup ("0007");
  b->pending_before = 1;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 1);
  filter->site = g_strdup ("阜阳教学点");
  b->pending_before = 0;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 0);
  g_free (filter->site);
  filter->site = g_strdup ("合肥校本部");
  filter->class_name = g_strdup ("会计学2班");
  b->pending_before = 1;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 1);
}

/* All of these were sent in and due long ago. */
static void
test_age_and_returned (Bench *b, gconstpointer unused)
{
  g_autoptr (LkQueueFilter) filter = lk_queue_filter_new ();
  g_autoptr (GPtrArray) rows = NULL;

  filter->age = LK_QUEUE_AGE_OVERDUE;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 15);
  filter->age = LK_QUEUE_AGE_DUE_TODAY;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 15);
  filter->age = LK_QUEUE_AGE_NEW;
  b->pending_before = 0;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 0);
  filter->age = LK_QUEUE_AGE_ANY;
  filter->returned_before = TRUE;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 0);
  /* one is sent back and comes again */
  rows = bench_lease (b, &b->lin, 1, NULL);
  g_free (bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_RETURN, "R203"));
  bench_resubmit (b, 1);
  b->pending_before = 1;
  g_assert_cmpuint (count_with (b, &b->lin, filter), ==, 1);
}

/* What is held comes first again, but only what the filter wants. */
static void
test_held_and_filter (Bench *b, gconstpointer unused)
{
  g_autoptr (LkQueueFilter) filter = lk_queue_filter_new ();
  g_autoptr (GPtrArray) all = bench_lease (b, &b->lin, 6, NULL);
  g_autoptr (GPtrArray) failed = NULL;

  filter->outcome = LK_OUTCOME_FAIL;
  failed = bench_lease (b, &b->lin, 3, filter);
  g_assert_cmpuint (failed->len, ==, 3);
  g_assert_cmpstr (((LkSubmissionRow *) failed->pdata[0])->lease, ==, ((LkSubmissionRow *) all->pdata[4])->lease);
}

static void
test_skip (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 2, NULL);
  g_autoptr (GPtrArray) others = NULL, again = NULL, later = NULL;
  const LkSubmissionRow *first = rows->pdata[0];

  g_assert_true (b->db->ops->return_lease (b->db, &b->lin, first->lease, TRUE, NULL));
  /* for somebody else it has its old place */
  others = bench_lease (b, &b->wang, 1, NULL);
  g_assert_cmpstr (((LkSubmissionRow *) others->pdata[0])->uuid, ==, first->uuid);
  g_assert_true (b->db->ops->return_lease (b->db, &b->wang, ((LkSubmissionRow *) others->pdata[0])->lease, FALSE, NULL));
  /* for who skipped it, it is the last */
  again = bench_lease (b, &b->lin, 15, NULL);
  g_assert_cmpuint (again->len, ==, 15);
  g_assert_cmpstr (((LkSubmissionRow *) again->pdata[14])->uuid, ==, first->uuid);
  for (guint i = 0; i < 15; i++)
    g_assert_true (b->db->ops->return_lease (b->db, &b->lin, ((LkSubmissionRow *) again->pdata[i])->lease, FALSE, NULL));
  /* the next shift knows nothing of it */
  bench_sleep (b, 9 * 3600);
  later = bench_lease (b, &b->lin, 1, NULL);
  g_assert_cmpstr (((LkSubmissionRow *) later->pdata[0])->uuid, ==, first->uuid);
}

static void
test_facets (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) facets = b->db->ops->facets (b->db, FALSE, NULL);
  gint64 n = 0, n_failed = 0;

  for (guint i = 0; i < facets->len; i++)
    {
      const LkFacet *facet = facets->pdata[i];

      g_assert_cmpstr (facet->site, ==, "合肥校本部");
      n += facet->count;
      if (facet->worst == LK_OUTCOME_FAIL)
        {
          n_failed += facet->count;
          g_assert_cmpstr (facet->reasons[0], ==, "R203");
        }
    }
  g_assert_cmpint (n, ==, 15);
  g_assert_cmpint (n_failed, ==, 3);
}

/* A contact sheet is for photos of which every check passed; the service does not take the workstation's word. */
static void
test_batch (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 5, NULL);
  LkDecisionAnswer answer;

  answer = bench_decide_as (b, &b->lin, rows->pdata[0], LK_VERDICT_APPROVE, NULL, "batch", FALSE);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  answer = bench_decide_as (b, &b->lin, rows->pdata[1], LK_VERDICT_RETURN, "R203", "batch", FALSE);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REFUSED);
  g_assert_cmpint (answer.code, ==, LK_ERROR_STATE);
  answer = bench_decide_as (b, &b->lin, rows->pdata[4], LK_VERDICT_APPROVE, NULL, "batch", FALSE);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_REFUSED);
  /* by itself it may be approved */
  answer = bench_decide_as (b, &b->lin, rows->pdata[4], LK_VERDICT_APPROVE, NULL, "key", FALSE);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/service/queue/" path, Bench, NULL, bench_set_up, func, bench_tear_down)
  ADD ("filters", test_filters);
  ADD ("age-and-returned", test_age_and_returned);
  ADD ("held-and-filter", test_held_and_filter);
  ADD ("skip", test_skip);
  ADD ("facets", test_facets);
  ADD ("batch", test_batch);
  return g_test_run ();
}
