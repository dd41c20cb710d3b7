/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/checker.h"
#include "sanitized.h"
#include "tools/portrait/params.h"
#include "tools/portrait/write.h"

/* The measures of ISO/IEC 29794-5 on drawn portraits: each reacts to the change that it is there for, in value and score. Needs the models
 * and the runtime of set-up. */

enum { FIRST = 6000, N_PORTRAITS = 2 };

static LkChecker *checker;
static int n_portraits;

static void
darken (LkPortraitParams *params)
{
  params->exposure = 0.35;
}

static void
brighten (LkPortraitParams *params)
{
  params->exposure = 2.2;
}

static void
compress (LkPortraitParams *params)
{
  params->jpeg_quality = 30;
}

static void
blur (LkPortraitParams *params)
{
  params->blur = 4;
}

static void
tint (LkPortraitParams *params)
{
  params->cast_r = 1.1;
  params->cast_b = 0.35;
}

static void
shrink (LkPortraitParams *params)
{
  lk_portrait_params_set_size (params, 200, 266);
}

/* What may happen to a portrait; each is drawn once for all the measures that must notice it. */
typedef enum
{
  CLEAN,
  DARKER,
  BRIGHTER,
  COMPRESSED,
  BLURRED,
  TINTED,
  SMALLER,
  N_CHANGES,
} Change;

static void (*const change_funcs[N_CHANGES]) (LkPortraitParams *params) = {
  [DARKER] = darken, [BRIGHTER] = brighten, [COMPRESSED] = compress, [BLURRED] = blur, [TINTED] = tint, [SMALLER] = shrink,
};

static const struct
{
  const char *path, *id;
  Change change;
  double least_step;            /* the least by which the value must move; below 0: down */
  gboolean must_warn;
} reactions[] = {
  { "/measures/darker/mean", "M02_luminance_mean", DARKER, -0.1, TRUE },
  { "/measures/darker/under-exposed", "M04_under_exposure", DARKER, 20, FALSE },
  { "/measures/darker/range", "M06_dynamic_range", DARKER, -0.3, FALSE },
  { "/measures/brighter/mean", "M02_luminance_mean", BRIGHTER, 0.1, FALSE },
  { "/measures/brighter/over-exposed", "M05_over_exposure", BRIGHTER, 1, TRUE },
  { "/measures/compressed/quality", "M08_jpeg_quality", COMPRESSED, -40, TRUE },
  { "/measures/compressed/blocks", "M09_blockiness", COMPRESSED, 1, TRUE },
  { "/measures/compressed/check", "F4_upscaled", COMPRESSED, 0.5, TRUE },
  { "/measures/blurred/sharpness", "M07_sharpness", BLURRED, -0.05, TRUE },
  { "/measures/tinted/colour", "M10_natural_colour", TINTED, 11, TRUE },
  { "/measures/smaller/eyes", "M11_eye_distance", SMALLER, -40, TRUE },
};

static LkReport *reports[N_CHANGES][N_PORTRAITS];

static LkReport *
run (int i, Change change)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (FIRST + i);
  g_autoptr (LkPortrait) portrait = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GError) error = NULL;
  LkReport *report;

  lk_portrait_params_set_size (params, 480, 640);
  if (change_funcs[change] != NULL)
    change_funcs[change] (params);
  portrait = lk_portrait_render (params, NULL);
  photo = lk_portrait_encode_jpeg (portrait, params->jpeg_quality);
  report = lk_checker_run (checker, photo, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static void
test_reaction (gconstpointer data)
{
  gsize which = GPOINTER_TO_SIZE (data);

  for (int i = 0; i < n_portraits; i++)
    {
      LkCheck *before = lk_checks_find (reports[CLEAN][i]->checks, reactions[which].id);
      LkCheck *after = lk_checks_find (reports[reactions[which].change][i]->checks, reactions[which].id);
      double step = lk_check_get_value (after) - lk_check_get_value (before);

      g_test_message ("portrait %d: %g (score %g) to %g (score %g)", FIRST + i, lk_check_get_value (before),
                      lk_check_get_score (before), lk_check_get_value (after), lk_check_get_score (after));
      if (reactions[which].least_step < 0)
        g_assert_cmpfloat (step, <=, reactions[which].least_step);
      else
        g_assert_cmpfloat (step, >=, reactions[which].least_step);
      if (reactions[which].must_warn)
        {
          g_assert_cmpint (lk_check_get_outcome (before), ==, LK_OUTCOME_PASS);
          g_assert_cmpint (lk_check_get_outcome (after), ==, LK_OUTCOME_WARN);
        }
    }
}

static void
assert_scores (const LkReport *report)
{
  g_autoptr (GPtrArray) measures = lk_checks_filter (report->checks, TRUE);

  g_assert_cmpuint (measures->len, ==, 20);
  for (guint k = 0; k < report->checks->len; k++)
    {
      LkCheck *check = report->checks->pdata[k];
      LkOutcome outcome = lk_check_get_outcome (check);
      double score = lk_check_get_score (check);

      g_test_message ("%s is %g, score %g", lk_check_get_id (check), lk_check_get_value (check), score);
      g_assert_true (isnan (score) == (outcome == LK_OUTCOME_NOT_RUN));
      g_assert_false (score < (outcome == LK_OUTCOME_PASS ? 50 : 0));
      g_assert_false (score > (outcome == LK_OUTCOME_PASS ? 100 : 49));
      if (lk_check_is_measure (check))
        g_assert_cmpint (outcome, !=, LK_OUTCOME_FAIL);
    }
}

/* Every result that has an outcome has a score that agrees with it, and no measure fails a photo. */
static void
test_scores (void)
{
  for (int change = 0; change < N_CHANGES; change++)
    for (int i = 0; i < n_portraits; i++)
      assert_scores (reports[change][i]);
}

static int
run_tests (void)
{
  int status;

  n_portraits = few_if_sanitized (N_PORTRAITS, 1);
  for (int change = 0; change < N_CHANGES; change++)
    for (int i = 0; i < n_portraits; i++)
      reports[change][i] = run (i, (Change) change);
  for (gsize i = 0; i < G_N_ELEMENTS (reactions); i++)
    g_test_add_data_func (reactions[i].path, GSIZE_TO_POINTER (i), test_reaction);
  g_test_add_func ("/measures/scores", test_scores);
  status = g_test_run ();
  for (int change = 0; change < N_CHANGES; change++)
    for (int i = 0; i < n_portraits; i++)
      lk_report_free (reports[change][i]);
  return status;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_load_default (&error);
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_no_error (error);
  checker = lk_checker_new (spec, NULL);
  if (lk_checker_get_problem (checker) != NULL)
    g_print ("1..0 # SKIP models are not installed (./dev models): %s\n", lk_checker_get_problem (checker));
  else
    status = run_tests ();
  lk_checker_free (checker);
  return status;
}
