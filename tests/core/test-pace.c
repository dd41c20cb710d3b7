/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pace.h"

#include <math.h>

#include "core/check.h"

#define MINUTES(n) ((gint64) (n) * G_TIME_SPAN_MINUTE)

static LkPace *
shipped_pace (void)
{
  g_autoptr (GError) error = NULL;
  LkPaceLimits limits;

  lk_pace_limits_load (&limits, &error);
  g_assert_no_error (error);
  return lk_pace_new (&limits);
}

/* A decision a minute: a word after 45 minutes, again after another 15, and from the start after a pause. */
static void
test_pause (void)
{
  g_autoptr (LkPace) pace = shipped_pace ();

  for (int i = 1; i < 46; i++)
    g_assert_cmpint (lk_pace_decided (pace, MINUTES (i), 5000, 0, FALSE), ==, LK_PACE_FINE);
  g_assert_cmpint (lk_pace_decided (pace, MINUTES (46), 5000, 0, FALSE), ==, LK_PACE_PAUSE);
  g_assert_cmpint (lk_pace_decided (pace, MINUTES (47), 5000, 0, FALSE), ==, LK_PACE_FINE);
  for (int i = 48; i < 61; i++)
    g_assert_cmpint (lk_pace_decided (pace, MINUTES (i), 5000, 0, FALSE), ==, LK_PACE_FINE);
  g_assert_cmpint (lk_pace_decided (pace, MINUTES (61), 5000, 0, FALSE), ==, LK_PACE_PAUSE);
  for (int i = 66; i < 111; i++)
    g_assert_cmpint (lk_pace_decided (pace, MINUTES (i), 5000, 0, FALSE), ==, LK_PACE_FINE);
  g_assert_cmpint (lk_pace_decided (pace, MINUTES (111), 5000, 0, FALSE), ==, LK_PACE_PAUSE);
}

static void
test_haste (void)
{
  g_autoptr (LkPace) pace = shipped_pace ();

  /* other photos may go as fast as they do */
  for (int i = 1; i < 20; i++)
    g_assert_cmpint (lk_pace_decided (pace, i * G_USEC_PER_SEC, 900, 0, FALSE), ==, LK_PACE_FINE);
  for (int i = 20; i < 24; i++)
    g_assert_cmpint (lk_pace_decided (pace, i * G_USEC_PER_SEC, 3900, 0, TRUE), ==, LK_PACE_FINE);
  g_assert_cmpint (lk_pace_decided (pace, 24 * G_USEC_PER_SEC, 60000, 0, TRUE), ==, LK_PACE_HASTE);
  g_assert_cmpint (lk_pace_decided (pace, 25 * G_USEC_PER_SEC, 1000, 0, TRUE), ==, LK_PACE_FINE);
}

static void
test_careful (void)
{
  g_autoptr (LkPace) pace = shipped_pace ();

  for (int i = 1; i < 40; i++)
    g_assert_cmpint (lk_pace_decided (pace, i * G_USEC_PER_SEC, 4000, 0, TRUE), ==, LK_PACE_FINE);
}

static void
test_figures (void)
{
  g_autoptr (LkPace) pace = shipped_pace ();
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (int));
  const int values[] = { 5000, 1000, 3000 };

  g_assert_cmpint (lk_pace_median (ms), ==, 0);
  g_assert_cmpfloat (lk_pace_get_waiting (pace), ==, 0);
  g_array_append_vals (ms, values, G_N_ELEMENTS (values));
  g_assert_cmpint (lk_pace_median (ms), ==, 3000);
  lk_pace_decided (pace, 1, 3000, 1000, FALSE);
  g_assert_cmpfloat_with_epsilon (lk_pace_get_waiting (pace), 0.25, 1e-9);
}

static void
test_identity (void)
{
  const struct
  {
    const char *id;
    LkOutcome outcome;
    gboolean asks;
  } cases[] = {
    { "I2_similarity", LK_OUTCOME_WARN, TRUE },     { "I2_similarity", LK_OUTCOME_PASS, FALSE },
    { "I2_similarity", LK_OUTCOME_NOT_RUN, FALSE }, { "D2_other_student", LK_OUTCOME_FAIL, TRUE },
    { "I1_code_match", LK_OUTCOME_FAIL, TRUE },     { "G3_eye_line", LK_OUTCOME_FAIL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (checks, lk_check_new (&(LkCheckDescription) {
        .id = cases[i].id, .version = 1, .outcome = cases[i].outcome, .value = NAN, .low = NAN, .high = NAN, .hard_low = NAN,
        .hard_high = NAN }));
      g_assert_cmpint (lk_checks_ask_identity (checks), ==, cases[i].asks);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/pace/pause", test_pause);
  g_test_add_func ("/core/pace/haste", test_haste);
  g_test_add_func ("/core/pace/careful", test_careful);
  g_test_add_func ("/core/pace/figures", test_figures);
  g_test_add_func ("/core/pace/identity", test_identity);
  return g_test_run ();
}
