/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-storm.h"

/* Nothing that was answered is lost when the power goes; without syncing every commit it would be, which shows that the test can see it.
 * ./dev bench power does more. */

static const char *recorder;

static void
run (gboolean normal, LkPowerResult *result)
{
  lk_power_storm (&(LkPowerOptions) { .n_cuts = 12, .n_answers = 120, .normal = normal, .seed = 3 }, recorder, result);
  g_test_message ("%" G_GINT64_FORMAT " sectors dropped; %d decisions, %d submissions, %d uploads answered; %d cuts lost %d of them",
                  result->n_sectors, result->acked[LK_ACK_DECISION], result->acked[LK_ACK_SUBMISSION], result->acked[LK_ACK_UPLOAD],
                  result->n_bad_cuts, result->n_lost);
  g_assert_cmpint (result->n_broken, ==, 0);
  g_assert_cmpint (result->n_sectors, >, 0);
  for (int kind = 0; kind < LK_N_ACK_KINDS; kind++)
    g_assert_cmpint (result->acked[kind], >, 0);
}

static void
test_power (void)
{
  LkPowerResult result;

  run (FALSE, &result);
  g_assert_cmpint (result.n_lost, ==, 0);
  g_assert_cmpint (result.n_unlike, ==, 0);
}

static void
test_control (void)
{
  LkPowerResult result;

  run (TRUE, &result);
  g_assert_cmpint (result.n_lost, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("LIKENESS_SANITIZED") != NULL)
    {
      g_print ("1..0 # SKIP a program with the sanitizers takes no preloaded library\n");
      return 0;
    }
  g_assert_cmpint (argc, ==, 2);
  recorder = argv[1];
  g_test_add_func ("/service/power", test_power);
  g_test_add_func ("/service/power-control", test_control);
  return g_test_run ();
}
