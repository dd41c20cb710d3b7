/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/score.h"
#include "core/spec.h"

/* Places on both sides of 200 to 300, as the eye line has them. */
static const LkScoreScale two_sided = { 120, 240, 260, 380 };
static const LkScoreScale ceiling = { NAN, NAN, 1.1, 2.5 };

static double
rate (const LkScoreScale *scale, double value, double low, double high)
{
  LkLimits limits = { .kind = LK_CHECK_SOFT, .low = low, .high = high, .hard_low = NAN, .hard_high = NAN };

  return lk_score_scale_rate (scale, lk_limits_judge (&limits, value), value, low, high);
}

/* 100 in the middle part, half way at half way, 50 at the limits and less at once beyond them, 0 at the ends. */
static void
test_two_sided (void)
{
  g_assert_cmpfloat (rate (&two_sided, 240, 200, 300), ==, 100);
  g_assert_cmpfloat (rate (&two_sided, 260, 200, 300), ==, 100);
  g_assert_cmpfloat (rate (&two_sided, 220, 200, 300), ==, 75);
  g_assert_cmpfloat (rate (&two_sided, 200, 200, 300), ==, 50);
  g_assert_cmpfloat (rate (&two_sided, 300, 200, 300), ==, 50);
  g_assert_cmpfloat (rate (&two_sided, nextafter (200, 0), 200, 300), ==, 49);
  g_assert_cmpfloat (rate (&two_sided, nextafter (300, 400), 200, 300), ==, 49);
  g_assert_cmpfloat (rate (&two_sided, 340, 200, 300), ==, 25);
  g_assert_cmpfloat (rate (&two_sided, 380, 200, 300), ==, 0);
  g_assert_cmpfloat (rate (&two_sided, -1e9, 200, 300), ==, 0);
}

static void
test_one_sided (void)
{
  g_assert_cmpfloat (rate (&ceiling, -5, NAN, 1.35), ==, 100);
  g_assert_cmpfloat (rate (&ceiling, 1.225, NAN, 1.35), ==, 75);
  g_assert_cmpfloat (rate (&ceiling, 1.35, NAN, 1.35), ==, 50);
  g_assert_cmpfloat (rate (&ceiling, 9, NAN, 1.35), ==, 0);
}

/* Some limits come from the measuring and lie elsewhere on the scale, or on a side that has none. */
static void
test_other_limits (void)
{
  static const double limits[] = { -1000, 1.1, 1.0, 2.5, 60, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_assert_cmpfloat (rate (&ceiling, limits[i], NAN, limits[i]), >=, 50);
      g_assert_cmpfloat (rate (&ceiling, limits[i] + 0.001, NAN, limits[i]), <, 50);
      g_assert_cmpfloat (rate (&ceiling, limits[i] - 0.001, limits[i], limits[i]), <, 50);
    }
  /* a side of which the scale knows nothing */
  g_assert_cmpfloat (rate (&ceiling, 0.5, 0.4, NAN), ==, 100);
  g_assert_cmpfloat (rate (&ceiling, 0.3, 0.4, NAN), ==, 25);
}

/* What is not known is not a bad score. */
static void
test_unknown (void)
{
  LkScoreScale none;

  lk_score_scale_init (&none);
  g_assert_true (isnan (rate (&two_sided, NAN, 200, 300)));
  g_assert_true (isnan (rate (&two_sided, 5, NAN, NAN)));
  g_assert_true (isnan (rate (&none, 5, 0, 10)));
  g_assert_true (isnan (lk_score_scale_rate (&two_sided, LK_OUTCOME_NOT_RUN, 250, 200, 300)));
  /* the format of a file: right or wrong, without a number */
  g_assert_cmpfloat (lk_score_scale_rate (&none, LK_OUTCOME_PASS, NAN, NAN, NAN), ==, 100);
  g_assert_cmpfloat (lk_score_scale_rate (&none, LK_OUTCOME_FAIL, NAN, NAN, NAN), ==, 0);
  /* wide enough, and failed for another reason */
  g_assert_cmpfloat (lk_score_scale_rate (&two_sided, LK_OUTCOME_FAIL, 250, 200, 300), ==, 49);
}

static void
assert_scale_of (const char *id, const LkLimits *limits)
{
  double low = isnan (limits->low) ? limits->high - 10 : limits->low, high = isnan (limits->high) ? limits->low + 10 : limits->high;
  double width = MAX (high - low, 1), before = NAN;

  for (int i = -300; i <= 400; i++)
    {
      double value = low + width * i / 100;
      double score = lk_score_scale_rate (&limits->score, lk_limits_judge (limits, value), value, limits->low, limits->high);
      gboolean passes = lk_limits_judge (limits, value) == LK_OUTCOME_PASS;

      g_test_message ("%s: %g is %g", id, value, score);
      g_assert_cmpfloat (score, >=, passes ? 50 : 0);
      g_assert_cmpfloat (score, <=, passes ? 100 : 49);
      g_assert_cmpfloat (score, ==, round (score));
      if (value < limits->low)
        g_assert_false (before > score);
      if (value - width / 100 > limits->high)
        g_assert_false (before < score);
      before = score;
    }
}

/* Every check of the shipped standard that has limits: passing is 50 and more, outside it falls away from them. */
static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_load_default (&error);
  GHashTableIter iter;
  gpointer id, limits;
  guint n_scales = 0;

  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, spec->checks);
  while (g_hash_table_iter_next (&iter, &id, &limits))
    if (!isnan (((LkLimits *) limits)->low) || !isnan (((LkLimits *) limits)->high))
      {
        assert_scale_of (id, limits);
        n_scales++;
      }
  g_assert_cmpuint (n_scales, >=, 24);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/score/two-sided", test_two_sided);
  g_test_add_func ("/core/score/one-sided", test_one_sided);
  g_test_add_func ("/core/score/other-limits", test_other_limits);
  g_test_add_func ("/core/score/unknown", test_unknown);
  g_test_add_func ("/core/score/shipped", test_shipped);
  return g_test_run ();
}
