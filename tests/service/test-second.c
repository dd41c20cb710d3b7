/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "bench.h"

/* Second review (rules.md section 8.3): who sees what when, what becomes final, what can be taken back, and what is reported. */

static const LkSecondReview by_rule = { .by_rule = TRUE, .seed = 1, .after_seconds = 600 };
static const LkSecondReview all = { .approvals = 100, .rejections = 100, .seed = 1 };
static const LkSecondReview newcomers = { .first_decisions = 2, .seed = 1 };
static const LkSecondReview with_known = { .known = 40, .seed = 3 };

#define ASSERT_STATE(b, row, wanted)                                                                                               \
  G_STMT_START                                                                                                                     \
  {                                                                                                                                \
    g_autofree char *state = bench_state (b, row);                                                                                 \
    g_assert_cmpstr (state, ==, wanted);                                                                                           \
  }                                                                                                                                \
  G_STMT_END

static void
test_rules (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 5, NULL);

  g_free (bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_APPROVE, NULL));
  ASSERT_STATE (b, rows->pdata[0], "APPROVED");
  g_free (bench_decide (b, &b->lin, rows->pdata[1], LK_VERDICT_HOLD, "R702"));
  ASSERT_STATE (b, rows->pdata[1], "SECOND_REVIEW");
  g_free (bench_decide (b, &b->lin, rows->pdata[2], LK_VERDICT_RETURN, "R203"));
  ASSERT_STATE (b, rows->pdata[2], "RETURNED");
  bench_decide_as (b, &b->lin, rows->pdata[3], LK_VERDICT_APPROVE, NULL, "key", TRUE);
  ASSERT_STATE (b, rows->pdata[3], "SECOND_REVIEW");
  g_free (bench_decide (b, &b->lin, rows->pdata[4], LK_VERDICT_APPROVE, NULL));
  /* its hard check has failed */
  ASSERT_STATE (b, rows->pdata[4], "SECOND_REVIEW");
  g_assert_cmpint (lk_test_query_int (b->campus->folder, "SELECT count(*) FROM decision WHERE cause IN ('identity', 'unsure', 'hard')"),
                   ==, 3);
}

static void
test_newcomer (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 3, NULL);

  for (guint i = 0; i < 3; i++)
    g_free (bench_decide (b, &b->lin, rows->pdata[i], LK_VERDICT_APPROVE, NULL));
  ASSERT_STATE (b, rows->pdata[0], "SECOND_REVIEW");
  ASSERT_STATE (b, rows->pdata[1], "SECOND_REVIEW");
  ASSERT_STATE (b, rows->pdata[2], "APPROVED");
}

/* Only a lead, only somebody else, and only when the first cannot take it back any more. */
static void
test_who_and_when (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->zhao, 1, NULL);
  g_autoptr (GPtrArray) early = NULL, own = NULL, other = NULL;
  g_autoptr (LkQueueFilter) second = lk_queue_filter_new ();
  g_autoptr (GError) error = NULL;

  bench_decide_as (b, &b->zhao, rows->pdata[0], LK_VERDICT_APPROVE, NULL, "key", TRUE);
  second->second = TRUE;
  g_assert_null (b->db->ops->lease (b->db, &b->lin, 1, second, &b->pending, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_FORBIDDEN);
  early = bench_lease_second (b, &b->qian, 1);
  g_assert_cmpuint (early->len, ==, 0);
  bench_sleep (b, 601);
  own = bench_lease_second (b, &b->zhao, 1);
  g_assert_cmpuint (own->len, ==, 0);
  other = bench_lease_second (b, &b->qian, 1);
  g_assert_cmpuint (other->len, ==, 1);
  g_assert_cmpint (((LkSubmissionRow *) other->pdata[0])->state, ==, LK_STATE_SECOND_REVIEW);
  /* and nobody else meanwhile, until the lease runs out */
  g_clear_pointer (&other, g_ptr_array_unref);
  other = bench_lease_second (b, &b->sun, 1);
  g_assert_cmpuint (other->len, ==, 0);
  bench_sleep (b, 601);
  g_assert_true (b->db->ops->expire (b->db, NULL));
  g_clear_pointer (&other, g_ptr_array_unref);
  other = bench_lease_second (b, &b->sun, 1);
  g_assert_cmpuint (other->len, ==, 1);
}

static void
test_equal_is_final (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 2, NULL);
  g_autoptr (GPtrArray) second = NULL;

  g_free (bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_RETURN, "R203"));
  g_free (bench_decide (b, &b->lin, rows->pdata[1], LK_VERDICT_APPROVE, NULL));
  second = bench_lease_second (b, &b->zhao, 5);
  g_assert_cmpuint (second->len, ==, 2);
  g_free (bench_decide (b, &b->zhao, second->pdata[0], LK_VERDICT_RETURN, "R203"));
  g_free (bench_decide (b, &b->zhao, second->pdata[1], LK_VERDICT_APPROVE, NULL));
  ASSERT_STATE (b, rows->pdata[0], "RETURNED");
  ASSERT_STATE (b, rows->pdata[1], "APPROVED");
}

/* Two of different minds: a lead who did neither decides, whatever it is. */
static void
test_third (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 1, NULL);
  g_autoptr (GPtrArray) second = NULL, again = NULL, third = NULL;

  g_free (bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_RETURN, "R203"));
  second = bench_lease_second (b, &b->zhao, 1);
  g_free (bench_decide (b, &b->zhao, second->pdata[0], LK_VERDICT_RETURN, "R204"));
  ASSERT_STATE (b, rows->pdata[0], "SECOND_REVIEW");
  again = bench_lease_second (b, &b->zhao, 1);
  g_assert_cmpuint (again->len, ==, 0);
  third = bench_lease_second (b, &b->qian, 1);
  g_assert_cmpuint (third->len, ==, 1);
  g_free (bench_decide (b, &b->qian, third->pdata[0], LK_VERDICT_RESHOOT, "R301"));
  ASSERT_STATE (b, rows->pdata[0], "RESHOOT");
  g_assert_cmpint (lk_test_query_int (b->campus->folder, "SELECT count(*) FROM decision"), ==, 3);
}

/* Somebody whose lease ran out hears that it is decided, and not what or by whom while the second look is to come. */
static void
test_blind (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->zhao, 1, NULL);
  g_autoptr (GPtrArray) taken = NULL, second = NULL;
  LkDecisionAnswer answer;

  bench_sleep (b, 601);
  taken = bench_lease (b, &b->lin, 1, NULL);
  g_assert_cmpstr (((LkSubmissionRow *) taken->pdata[0])->uuid, ==, ((LkSubmissionRow *) rows->pdata[0])->uuid);
  g_free (bench_decide (b, &b->lin, taken->pdata[0], LK_VERDICT_RETURN, "R203"));
  answer = bench_decide_as (b, &b->zhao, rows->pdata[0], LK_VERDICT_APPROVE, NULL, "key", FALSE);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_CONFLICT);
  g_assert_cmpint (answer.code, ==, LK_ERROR_ALREADY_DECIDED);
  g_assert_false (answer.has_winner);
  /* the checks and nothing else are in what the second person gets */
  second = bench_lease_second (b, &b->zhao, 1);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_null (strstr (((LkSubmissionRow *) second->pdata[0])->checks, "R203"));
}

static void
test_undo (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 2, NULL);
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *first_key = bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_APPROVE, NULL);
  g_autofree char *other_key = bench_decide (b, &b->lin, rows->pdata[1], LK_VERDICT_APPROVE, NULL);
  g_autofree char *second_key = NULL;
  g_autoptr (GError) error = NULL;

  /* before anybody has it: as any other */
  g_assert_true (bench_revert (b, &b->lin, first_key, &error));
  ASSERT_STATE (b, rows->pdata[0], "IN_REVIEW");
  g_free (bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_RETURN, "R203"));
  ASSERT_STATE (b, rows->pdata[0], "SECOND_REVIEW");
  /* not any more when a second person has it */
  second = bench_lease_second (b, &b->zhao, 2);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_false (bench_revert (b, &b->lin, other_key, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_TOO_LATE);
  g_clear_error (&error);
  /* the second person's own can be taken back, and the photo is that person's again */
  second_key = bench_decide (b, &b->zhao, second->pdata[1], LK_VERDICT_APPROVE, NULL);
  ASSERT_STATE (b, second->pdata[1], "APPROVED");
  g_assert_false (bench_revert (b, &b->lin, other_key, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_TOO_LATE);
  g_clear_error (&error);
  g_assert_true (bench_revert (b, &b->zhao, second_key, &error));
  ASSERT_STATE (b, second->pdata[1], "SECOND_REVIEW");
  g_free (bench_decide (b, &b->zhao, second->pdata[1], LK_VERDICT_HOLD, "R702"));
  ASSERT_STATE (b, second->pdata[1], "SECOND_REVIEW");
}

/* Sign-out gives back what a second person holds. */
static void
test_give_back (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 1, NULL);
  g_autoptr (GPtrArray) second = NULL, third = NULL;
  gint64 until;

  g_free (bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_APPROVE, NULL));
  second = bench_lease_second (b, &b->zhao, 1);
  g_assert_true (b->db->ops->renew_lease (b->db, &b->zhao, ((LkSubmissionRow *) second->pdata[0])->lease, &until, NULL));
  g_assert_true (b->db->ops->return_lease (b->db, &b->zhao, ((LkSubmissionRow *) second->pdata[0])->lease, TRUE, NULL));
  ASSERT_STATE (b, rows->pdata[0], "SECOND_REVIEW");
  third = bench_lease_second (b, &b->qian, 1);
  g_assert_cmpuint (third->len, ==, 1);
}

/* -- known answers -- */

static gboolean
is_known (Bench *b, const LkSubmissionRow *row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM known_lease WHERE uuid = '%s'", row->uuid);

  return lk_test_query_int (b->campus->folder, sql) == 1;
}

static void
test_known (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = NULL, again = NULL;
  g_autoptr (LkAgreementReport) report = NULL;
  g_autoptr (GError) error = NULL;
  LkPhotoFile file;
  guint n_known = 0;

  bench_add_known (b, 4);
  rows = bench_lease (b, &b->lin, BENCH_STUDENTS, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const LkSubmissionRow *row = rows->pdata[i];
      gint64 until;

      /* it looks like any other, can be seen and is renewed like any other */
      g_assert_cmpint (row->state, ==, LK_STATE_IN_REVIEW);
      g_assert_cmpuint (strlen (row->uuid), ==, 36);
      g_assert_true (b->db->ops->find_photo (b->db, &b->lin, row->photo, &file, &error));
      g_assert_true (b->db->ops->renew_lease (b->db, &b->lin, row->lease, &until, &error));
      n_known += is_known (b, row);
    }
  g_assert_cmpuint (n_known, ==, 4);
  g_assert_cmpuint (rows->len, ==, BENCH_STUDENTS + 4);
  /* after a restart of the workstation they are there still */
  again = bench_lease (b, &b->lin, BENCH_STUDENTS, NULL);
  g_assert_cmpuint (again->len, ==, rows->len);

  /* every other one is decided as it should be */
  for (guint i = 0, n = 0; i < rows->len; i++)
    {
      const LkSubmissionRow *row = rows->pdata[i];
      g_autofree char *key = NULL;

      if (!is_known (b, row))
        continue;
      key = bench_decide (b, &b->lin, row, LK_VERDICT_APPROVE, NULL);
      g_assert_true (bench_revert (b, &b->lin, key, &error));
      n++;
      g_free (bench_decide (b, &b->lin, row, n % 2 == 0 ? LK_VERDICT_RETURN : LK_VERDICT_APPROVE, n % 2 == 0 ? "R203" : NULL));
    }
  report = b->db->ops->agreement (b->db, &error);
  g_assert_cmpuint (report->reviewers->len, ==, 1);
  g_assert_cmpuint (((LkReviewerAgreement *) report->reviewers->pdata[0])->n_known, ==, 4);
  g_assert_cmpuint (((LkReviewerAgreement *) report->reviewers->pdata[0])->n_right, ==, 2);
  /* no student's record has moved, and nothing is counted */
  g_assert_cmpint (lk_test_query_int (b->campus->folder, "SELECT count(*) FROM decision"), ==, 0);
  g_assert_cmpint (lk_test_query_int (b->campus->folder, "SELECT count(*) FROM submission WHERE state = 'IN_REVIEW'"), ==, BENCH_STUDENTS);
  g_assert_cmpint (lk_test_query_int (b->campus->folder, "SELECT count(*) FROM student WHERE name = '周小雨'"), ==, 0);
}

/* A photo on which two people agreed is kept, under a made-up name; one on which they did not is none. */
static void
test_keep_known (Bench *b, gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, &b->lin, 2, NULL);
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GError) error = NULL;

  g_free (bench_decide (b, &b->lin, rows->pdata[0], LK_VERDICT_RETURN, "R203"));
  g_free (bench_decide (b, &b->lin, rows->pdata[1], LK_VERDICT_APPROVE, NULL));
  g_assert_false (b->db->ops->keep_known (b->db, "2021210001", "周小雨", "2021990001", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  second = bench_lease_second (b, &b->zhao, 2);
  g_free (bench_decide (b, &b->zhao, second->pdata[0], LK_VERDICT_RETURN, "R203"));
  g_free (bench_decide (b, &b->zhao, second->pdata[1], LK_VERDICT_RETURN, "R203"));
  g_assert_true (b->db->ops->keep_known (b->db, "2021210001", "周小雨", "2021990001", &error));
  g_assert_false (b->db->ops->keep_known (b->db, "2021210002", "周小雨", "2021990002", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_assert_cmpint (lk_test_query_int (b->campus->folder, "SELECT count(*) FROM known WHERE verdict = 'return' AND name = '周小雨'"), ==, 1);
}

/* -- simulated reviewers of known error -- */

enum { SIMULATED = 2500 };

static guint
judge (GRand *rand, guint truth, double error)
{
  if (g_rand_double (rand) >= error)
    return truth;
  return (truth + 1 + (guint) g_rand_int_range (rand, 0, 2)) % 3;
}

static guint
truth_of (GHashTable *truths, const LkSubmissionRow *row)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (truths, row->uuid));
}

/* What kappa of two people with these errors is, by the probabilities alone. */
static double
true_kappa (const double *shares, double first_error, double second_error)
{
  LkAgreement table = { 0 };

  for (guint truth = 0; truth < 3; truth++)
    for (guint x = 0; x < 3; x++)
      for (guint y = 0; y < 3; y++)
        lk_agreement_add (&table, x, y, shares[truth] * (x == truth ? 1 - first_error : first_error / 2) *
                                        (y == truth ? 1 - second_error : second_error / 2));
  return lk_agreement_kappa (&table);
}

static void
decide_firsts (Bench *b, const LkActor *actor, double error, const double *shares, GHashTable *truths, GRand *rand)
{
  g_autoptr (GPtrArray) rows = bench_lease (b, actor, SIMULATED, NULL);
  g_autofree guint *verdicts = g_new (guint, SIMULATED);

  g_assert_cmpuint (rows->len, ==, SIMULATED);
  for (guint i = 0; i < rows->len; i++)
    {
      const LkSubmissionRow *row = rows->pdata[i];
      double where = g_rand_double (rand);
      guint truth = where < shares[0] ? 0 : where < shares[0] + shares[1] ? 1 : 2;

      g_hash_table_insert (truths, g_strdup (row->uuid), GUINT_TO_POINTER (truth));
      verdicts[i] = judge (rand, truth, error);
    }
  bench_decide_all (b, actor, rows, verdicts);
}

static void
test_simulated_reviewers (Bench *b, gconstpointer unused)
{
  const double shares[] = { 0.5, 0.3, 0.2 }, errors[] = { 0.05, 0.2 }, lead_error = 0.03;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20250616);
  g_autoptr (GHashTable) truths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) second = NULL;
  g_autofree guint *verdicts = g_new (guint, 2 * SIMULATED);
  g_autoptr (LkAgreementReport) report = NULL;
  gint64 n_pairs, n_equal;

  lk_test_add_rows (b->campus->folder, 2 * SIMULATED - BENCH_STUDENTS);
  decide_firsts (b, &b->lin, errors[0], shares, truths, rand);
  decide_firsts (b, &b->wang, errors[1], shares, truths, rand);
  second = bench_lease_second (b, &b->zhao, 2 * SIMULATED);
  g_assert_cmpuint (second->len, ==, 2 * SIMULATED);
  for (guint i = 0; i < second->len; i++)
    verdicts[i] = judge (rand, truth_of (truths, second->pdata[i]), lead_error);
  bench_decide_all (b, &b->zhao, second, verdicts);

  report = b->db->ops->agreement (b->db, NULL);
  g_assert_cmpuint (report->reviewers->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const LkReviewerAgreement *reviewer = report->reviewers->pdata[i];
      double wanted = true_kappa (shares, errors[i], lead_error), reported = lk_agreement_kappa (&reviewer->verdicts);

      g_test_message ("%s: true kappa %.3f, reported %.3f from %u pairs", reviewer->user, wanted, reported, reviewer->verdicts.n_pairs);
      g_assert_cmpuint (reviewer->verdicts.n_pairs, ==, SIMULATED);
      g_assert_cmpfloat_with_epsilon (reported, wanted, 0.03);
    }
  g_assert_cmpuint (report->reasons->len, ==, 2);
  g_assert_cmpstr (((LkReasonAgreement *) report->reasons->pdata[0])->code, ==, "R203");
  g_assert_cmpfloat (lk_agreement_kappa (&((LkReasonAgreement *) report->reasons->pdata[0])->given), >, 0.5);
  g_assert_true (b->db->ops->own_agreement (b->db, &b->lin, &n_pairs, &n_equal, NULL));
  g_assert_cmpint (n_pairs, ==, SIMULATED);
  g_assert_cmpint (n_equal, ==, (gint64) ((LkReviewerAgreement *) report->reviewers->pdata[0])->verdicts.n_equal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, limits, func) g_test_add ("/service/second/" path, Bench, limits, bench_set_up, func, bench_tear_down)
  ADD ("rules", &by_rule, test_rules);
  ADD ("newcomer", &newcomers, test_newcomer);
  ADD ("who-and-when", &by_rule, test_who_and_when);
  ADD ("equal-is-final", &all, test_equal_is_final);
  ADD ("third", &all, test_third);
  ADD ("blind", &all, test_blind);
  ADD ("undo", &all, test_undo);
  ADD ("give-back", &all, test_give_back);
  ADD ("known", &with_known, test_known);
  ADD ("keep-known", &all, test_keep_known);
  ADD ("simulated-reviewers", &all, test_simulated_reviewers);
  return g_test_run ();
}
