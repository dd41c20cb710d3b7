/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/check/histogram.h"
#include "tools/check/rates.h"

static GArray *
values (guint n, const double *numbers)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (double));

  g_array_append_vals (array, numbers, n);
  g_array_sort (array, lk_compare_doubles);
  return array;
}

#define VALUES(...) values (sizeof ((double[]) { __VA_ARGS__ }) / sizeof (double), (const double[]) { __VA_ARGS__ })

static void
test_distribution (void)
{
  g_autoptr (GArray) numbers = VALUES (50, 10, 40, 20, 30);
  g_autoptr (GArray) nothing = values (0, NULL);
  LkDistribution d = lk_distribution (numbers);

  g_assert_cmpuint (d.n, ==, 5);
  g_assert_cmpfloat (d.min, ==, 10);
  g_assert_cmpfloat (d.median, ==, 30);
  g_assert_cmpfloat (d.max, ==, 50);
  /* a fifth of the way from the first to the second, and from the last but one to the last */
  g_assert_cmpfloat_with_epsilon (d.p5, 12, 1e-9);
  g_assert_cmpfloat_with_epsilon (d.p95, 48, 1e-9);
  g_assert_true (isnan (lk_distribution (nothing).median));
}

/* Worked by hand from the formula. */
static void
test_wilson (void)
{
  LkShare none = lk_share (0, 10), some = lk_share (2, 16), all = lk_share (3, 3);

  g_assert_cmpfloat (none.low, ==, 0);
  g_assert_cmpfloat_with_epsilon (none.high, 0.27753, 1e-4);
  g_assert_cmpfloat_with_epsilon (some.share, 0.125, 1e-12);
  g_assert_cmpfloat_with_epsilon (some.low, 0.03498, 1e-4);
  g_assert_cmpfloat_with_epsilon (some.high, 0.36023, 1e-4);
  g_assert_cmpfloat_with_epsilon (all.low, 0.43850, 1e-4);
  g_assert_cmpfloat (all.high, ==, 1);
  g_assert_true (isnan (lk_share (0, 0).share));
}

/* Good and faulty lie apart: the limit is in the middle of the gap. */
static void
test_propose_separate (void)
{
  g_autoptr (GArray) good = VALUES (1, 2, 3, 4);
  g_autoptr (GArray) faulty = VALUES (6, 7, 20);
  LkProposal above = lk_propose (good, faulty, TRUE, 0.02);
  LkProposal below = lk_propose (faulty, good, FALSE, 0.02);

  g_assert_cmpint (above.basis, ==, LK_BASIS_YOUDEN);
  g_assert_cmpfloat (above.limit, ==, 5);
  /* the other way round, too little is the fault */
  g_assert_cmpint (below.basis, ==, LK_BASIS_YOUDEN);
  g_assert_cmpfloat (below.limit, ==, 5);
}

/* They overlap so that the best separation complains about a tenth of the good ones: 2 % decide. */
static void
test_propose_quiet (void)
{
  g_autoptr (GArray) good = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) faulty = VALUES (91.5, 92.5, 93.5);
  LkProposal proposal;

  for (int i = 1; i <= 100; i++)
    {
      double value = i;

      g_array_append_val (good, value);
    }
  proposal = lk_propose (good, faulty, TRUE, 0.02);
  g_assert_cmpint (proposal.basis, ==, LK_BASIS_FALSE_ALARMS);
  g_assert_cmpfloat (proposal.limit, ==, 98);
  g_assert_cmpuint (lk_count_beyond (good, proposal.limit, TRUE), ==, 2);
  proposal = lk_propose (good, faulty, FALSE, 0.02);
  g_assert_cmpfloat (proposal.limit, ==, 3);
  g_assert_cmpuint (lk_count_beyond (good, proposal.limit, FALSE), ==, 2);
}

/* Ten good photos say nothing about 2 %. */
static void
test_propose_too_few (void)
{
  g_autoptr (GArray) good = VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  g_autoptr (GArray) nothing = values (0, NULL);

  g_assert_cmpint (lk_propose (good, nothing, TRUE, 0.02).basis, ==, LK_BASIS_NONE);
  g_assert_true (isnan (lk_propose (good, nothing, FALSE, 0.02).limit));
  g_assert_cmpint (lk_propose (nothing, good, TRUE, 0.02).basis, ==, LK_BASIS_NONE);
}

static void
test_histogram (void)
{
  g_autofree LkHistogram *a = g_new (LkHistogram, 1);
  g_autofree LkHistogram *b = g_new (LkHistogram, 1);

  lk_histogram_init (a, -2, 2);
  lk_histogram_init (b, -2, 2);
  g_assert_true (isnan (lk_histogram_quantile (a, 0.5)));
  for (int i = 0; i < 999; i++)
    lk_histogram_add (a, 0.1012);
  lk_histogram_add (b, 1.5012);
  lk_histogram_merge (a, b);
  g_assert_cmpuint (a->n, ==, 1000);
  g_assert_cmpfloat (a->max, ==, 1.5012);
  /* bins are 1/400 wide */
  g_assert_cmpfloat_with_epsilon (lk_histogram_quantile (a, 0.5), 0.1025, 1e-9);
  g_assert_cmpfloat_with_epsilon (lk_histogram_quantile (a, 0.999), 0.1025, 1e-9);
  g_assert_cmpfloat_with_epsilon (lk_histogram_quantile (a, 1), 1.5012, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-tool/rates/distribution", test_distribution);
  g_test_add_func ("/check-tool/rates/wilson", test_wilson);
  g_test_add_func ("/check-tool/rates/propose-separate", test_propose_separate);
  g_test_add_func ("/check-tool/rates/propose-quiet", test_propose_quiet);
  g_test_add_func ("/check-tool/rates/propose-too-few", test_propose_too_few);
  g_test_add_func ("/check-tool/rates/histogram", test_histogram);
  return g_test_run ();
}
