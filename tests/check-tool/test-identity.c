/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "tools/check/study-table.h"

/* The limit that is proposed for the search among all students, on scores of known distribution. */

enum { CAMPUS = 50000 };

static const double PAIRS = 10.0 * (CAMPUS - 1);

/* Many scores of one value, as fast as one. */
static void
add_many (LkHistogram *scores, double value, guint64 n)
{
  lk_histogram_add (scores, value);
  for (guint i = 0; i < LK_HISTOGRAM_BINS; i++)
    if (value >= lk_histogram_edge (scores, i) && value < lk_histogram_edge (scores, i + 1))
      scores->bins[i] += n - 1;
  scores->n += n - 1;
}

/* So many above it that they are counted: 1 in 499990 of 10 million are 20. */
static void
test_counted (void)
{
  g_autofree LkHistogram *scores = g_new (LkHistogram, 1);
  gboolean extended = TRUE;

  lk_histogram_init (scores, -2, 2);
  add_many (scores, 0.101, 10000000);
  add_many (scores, 0.901, 15);
  g_assert_cmpfloat_with_epsilon (lk_identity_search_limit (scores, PAIRS, &extended), 0.101, 0.003);
  g_assert_false (extended);
  add_many (scores, 0.901, 15);
  g_assert_cmpfloat_with_epsilon (lk_identity_search_limit (scores, PAIRS, &extended), 0.901, 0.003);
  g_assert_false (extended);
}

/* A logistic distribution grows rare exponentially, and its points are known. */
static void
test_extended (void)
{
  g_autofree LkHistogram *scores = g_new (LkHistogram, 1);
  const double spread = 0.06, n = 20000;
  gboolean extended = FALSE;
  double truth = spread * log (PAIRS - 1);

  lk_histogram_init (scores, -2, 2);
  for (int i = 0; i < (int) n; i++)
    {
      double share = (i + 0.5) / n;

      lk_histogram_add (scores, spread * log (share / (1 - share)));
    }
  g_assert_cmpfloat (scores->max, <, truth - 0.1);
  g_assert_cmpfloat_with_epsilon (lk_identity_search_limit (scores, PAIRS, &extended), truth, 0.02);
  g_assert_true (extended);
}

/* Of scores that end, it lies beyond the end, not before it; and never beyond what a score can be. */
static void
test_careful (void)
{
  g_autofree LkHistogram *scores = g_new (LkHistogram, 1);
  gboolean extended;
  double limit;

  lk_histogram_init (scores, -2, 2);
  for (int i = 0; i < 20000; i++)
    lk_histogram_add (scores, i / 20000.0);
  limit = lk_identity_search_limit (scores, PAIRS, &extended);
  g_assert_cmpfloat (limit, >, 1.0);
  g_assert_cmpfloat (limit, <, 1.15);
  add_many (scores, 1.999, 400);
  g_assert_cmpfloat (lk_identity_search_limit (scores, PAIRS, &extended), <=, 2.0);
}

/* Nothing but one value has no tail to extend. */
static void
test_one_value (void)
{
  g_autofree LkHistogram *scores = g_new (LkHistogram, 1);
  gboolean extended;

  lk_histogram_init (scores, -2, 2);
  add_many (scores, 0.3, 2000);
  g_assert_cmpfloat_with_epsilon (lk_identity_search_limit (scores, PAIRS, &extended), 0.3, 0.003);
}

static void
test_sentences (void)
{
  g_autofree LkIdentityStudy *study = g_new0 (LkIdentityStudy, 1);
  g_autofree char *counted = NULL, *extended = NULL;

  lk_histogram_init (&study->scores, -2, 2);
  add_many (&study->scores, 0.1, 5000);
  study->search = 1.3;
  study->at_search = lk_share (5, 5000);
  study->campus_size = CAMPUS;
  study->search_pairs = PAIRS;
  study->search_photos = 3163;
  study->proposed_search = 1.234;
  counted = lk_identity_summary (study);
  g_assert_nonnull (strstr (counted, "\nFound in the search for the same face under two students (from 1.30): 0.1 % (0.0–0.2 %).\n"
                                     "Proposed for a campus of 50000 students: search from 1.23 (1 pair in 499990), "));
  g_assert_null (strstr (counted, "an estimate"));
  study->search_extended = TRUE;
  extended = lk_identity_summary (study);
  g_assert_nonnull (strstr (extended, "Take it as an estimate; from about 3163 photos on it would be counted."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-tool/identity/counted", test_counted);
  g_test_add_func ("/check-tool/identity/extended", test_extended);
  g_test_add_func ("/check-tool/identity/careful", test_careful);
  g_test_add_func ("/check-tool/identity/one-value", test_one_value);
  g_test_add_func ("/check-tool/identity/sentences", test_sentences);
  return g_test_run ();
}
