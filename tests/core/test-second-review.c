/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/second-review.h"

#include <math.h>

#include "core/agreement.h"

static const LkSecondReview shipped = {
  .by_rule = TRUE, .first_decisions = 50, .approvals = 5, .rejections = 5, .known = 2, .after_seconds = 600, .seed = 7,
};
static const char *const identity[] = { "R702", NULL };
static const char *const duplicate[] = { "R802", NULL };
static const char *const crop[] = { "R203", NULL };

static LkSecondCause
cause_of (const LkFirstDecision *first, double draw)
{
  double weight;

  return lk_second_review_cause (&shipped, first, draw, &weight);
}

/* Always: rules.md section 8.3, whatever was drawn. */
static void
test_rules (void)
{
  LkFirstDecision first = { .verdict = LK_VERDICT_APPROVE, .n_before = 1000 };

  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_NOT);
  first.hard_failed = TRUE;
  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_HARD);
  first.unsure = TRUE;
  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_UNSURE);
  first = (LkFirstDecision) { .verdict = LK_VERDICT_HOLD, .reasons = identity, .n_before = 1000 };
  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_IDENTITY);
  first.reasons = duplicate;
  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_IDENTITY);
  first = (LkFirstDecision) { .verdict = LK_VERDICT_RETURN, .reasons = crop, .hard_failed = TRUE, .n_before = 1000 };
  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_NOT);
  g_assert_cmpint (cause_of (&first, 0.049), ==, LK_SECOND_RANDOM);
}

static void
test_new_reviewer (void)
{
  LkFirstDecision first = { .verdict = LK_VERDICT_APPROVE, .n_before = 49 };

  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_NEW);
  first.n_before = 50;
  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_NOT);
  first = (LkFirstDecision) { .verdict = LK_VERDICT_APPROVE, .is_lead = TRUE };
  g_assert_cmpint (cause_of (&first, 0.99), ==, LK_SECOND_NOT);
}

/* Without limits only what the reviewer asks for is looked at twice. */
static void
test_no_limits (void)
{
  const LkSecondReview none = { 0 };
  LkFirstDecision first = { .verdict = LK_VERDICT_HOLD, .reasons = identity, .hard_failed = TRUE };
  double weight;

  g_assert_cmpint (lk_second_review_cause (&none, &first, 0, &weight), ==, LK_SECOND_NOT);
  first.unsure = TRUE;
  g_assert_cmpint (lk_second_review_cause (&none, &first, 0, &weight), ==, LK_SECOND_UNSURE);
  g_assert_cmpfloat (weight, ==, 0);
}

/* One in twenty of a seed's draws, the same ones each time. */
static void
test_draw (void)
{
  guint n = 0;

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("photo %d", i);
      double draw = lk_second_review_draw (&shipped, text);

      g_assert_true (draw >= 0 && draw < 1);
      g_assert_cmpfloat (draw, ==, lk_second_review_draw (&shipped, text));
      n += draw < 0.05 ? 1 : 0;
    }
  g_assert_cmpuint (n, >, 900);
  g_assert_cmpuint (n, <, 1100);
}

static void
test_kappa (void)
{
  LkAgreement table = { 0 };

  g_assert_true (isnan (lk_agreement_kappa (&table)));
  for (int i = 0; i < 20; i++)
    lk_agreement_add (&table, 0, 0, 1);
  /* both said the same one thing all the time: agreement and chance cannot be told apart */
  g_assert_true (isnan (lk_agreement_kappa (&table)));
  for (int i = 0; i < 15; i++)
    lk_agreement_add (&table, 1, 1, 1);
  g_assert_cmpfloat_with_epsilon (lk_agreement_kappa (&table), 1, 1e-9);
  for (int i = 0; i < 5; i++)
    lk_agreement_add (&table, 0, 1, 1);
  for (int i = 0; i < 10; i++)
    lk_agreement_add (&table, 1, 0, 1);
  /* the textbook's table: 20, 5, 10, 15 give 0.4 */
  g_assert_cmpfloat_with_epsilon (lk_agreement_kappa (&table), 0.4, 1e-9);
  g_assert_cmpuint (table.n_pairs, ==, 50);
  g_assert_cmpuint (table.n_equal, ==, 35);
  lk_agreement_add (&table, 2, 3, 0);
  g_assert_cmpuint (table.n_pairs, ==, 50);
}

static void
test_agree (void)
{
  static const char *const two[] = { "R203", "R204", NULL };
  static const char *const other[] = { "R204", NULL };

  g_assert_true (lk_decisions_agree (LK_VERDICT_APPROVE, NULL, LK_VERDICT_APPROVE, NULL));
  g_assert_false (lk_decisions_agree (LK_VERDICT_APPROVE, NULL, LK_VERDICT_RETURN, crop));
  g_assert_true (lk_decisions_agree (LK_VERDICT_RETURN, crop, LK_VERDICT_RETURN, two));
  g_assert_false (lk_decisions_agree (LK_VERDICT_RETURN, two, LK_VERDICT_RETURN, other));
  g_assert_false (lk_decisions_agree (LK_VERDICT_RETURN, crop, LK_VERDICT_RESHOOT, crop));
}

/* A reviewer who is right with probability 1 - error and else says one of the other two verdicts. */
static guint
judge (GRand *rand, guint truth, double error)
{
  if (g_rand_double (rand) >= error)
    return truth;
  return (truth + 1 + (guint) g_rand_int_range (rand, 0, 2)) % 3;
}

/* What kappa of two such people is, from the probabilities alone; half of the photos are good, a third have to be sent back. */
static const double shares[] = { 0.5, 0.3, 0.2 };

static double
true_kappa (double first_error, double second_error)
{
  LkAgreement table = { 0 };

  for (guint truth = 0; truth < 3; truth++)
    for (guint a = 0; a < 3; a++)
      for (guint b = 0; b < 3; b++)
        lk_agreement_add (&table, a, b, shares[truth] * (a == truth ? 1 - first_error : first_error / 2) *
                                        (b == truth ? 1 - second_error : second_error / 2));
  return lk_agreement_kappa (&table);
}

static double
sampled_kappa (const LkSecondReview *limits, double first_error, double second_error, guint n_photos)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20250616);
  LkAgreement table = { 0 };

  for (guint i = 0; i < n_photos; i++)
    {
      double where = g_rand_double (rand), weight = 0;
      guint truth = where < shares[0] ? 0 : where < shares[0] + shares[1] ? 1 : 2;
      LkFirstDecision first = { .verdict = (LkVerdict) judge (rand, truth, first_error), .reasons = crop, .n_before = i };
      guint second = judge (rand, truth, second_error);

      if (lk_second_review_cause (limits, &first, g_rand_double (rand), &weight) != LK_SECOND_NOT)
        lk_agreement_add (&table, first.verdict, second, weight);
    }
  return lk_agreement_kappa (&table);
}

/* What is reported from the sample is the kappa of all, also where approvals and rejections are not drawn alike. */
static void
test_simulated_reviewers (void)
{
  const double errors[] = { 0.02, 0.1, 0.25, 0.4 };
  LkSecondReview uneven = shipped;

  uneven.approvals = 2;
  uneven.rejections = 20;
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      double wanted = true_kappa (errors[i], 0.05);

      g_assert_cmpfloat_with_epsilon (sampled_kappa (&shipped, errors[i], 0.05, 200000), wanted, 0.03);
      g_assert_cmpfloat_with_epsilon (sampled_kappa (&uneven, errors[i], 0.05, 200000), wanted, 0.03);
      g_test_message ("error %.2f: kappa %.3f, reported %.3f, unevenly drawn %.3f", errors[i], wanted,
                      sampled_kappa (&shipped, errors[i], 0.05, 200000), sampled_kappa (&uneven, errors[i], 0.05, 200000));
    }
}

/* What a lead puts back into the queue is always looked at twice, also when a lead decides first. */
static void
test_put_back (void)
{
  LkFirstDecision first = { .verdict = LK_VERDICT_APPROVE, .put_back = TRUE, .is_lead = TRUE, .n_before = 1000 };
  LkSecondReview without = shipped;
  double weight;

  g_assert_cmpint (lk_second_review_cause (&shipped, &first, 0.99, &weight), ==, LK_SECOND_APPEAL);
  g_assert_cmpfloat (weight, ==, 0);
  g_assert_cmpstr (lk_second_cause_to_word (LK_SECOND_APPEAL), ==, "appeal");
  without.by_rule = FALSE;
  g_assert_cmpint (lk_second_review_cause (&without, &first, 0.99, &weight), ==, LK_SECOND_NOT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/second-review/rules", test_rules);
  g_test_add_func ("/core/second-review/put-back", test_put_back);
  g_test_add_func ("/core/second-review/new-reviewer", test_new_reviewer);
  g_test_add_func ("/core/second-review/no-limits", test_no_limits);
  g_test_add_func ("/core/second-review/draw", test_draw);
  g_test_add_func ("/core/second-review/kappa", test_kappa);
  g_test_add_func ("/core/second-review/agree", test_agree);
  g_test_add_func ("/core/second-review/simulated-reviewers", test_simulated_reviewers);
  return g_test_run ();
}
