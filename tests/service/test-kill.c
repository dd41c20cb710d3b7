/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kill-storm.h"

/* What was answered is there, once, whenever the service was killed. ./dev bench kills does it 500 times. */

enum { N_KILLS = 20 };

static void
test_kill (void)
{
  LkKillResult result;
  const LkTrafficReport *report = &result.report;

  lk_kill_storm (N_KILLS, &result);
  g_test_message ("%d kills; %d decisions, %d submissions, %d uploads answered, %d only when repeated", result.n_kills,
                  report->acked[LK_ACK_DECISION], report->acked[LK_ACK_SUBMISSION], report->acked[LK_ACK_UPLOAD], report->repeated);
  g_assert_true (report->whole);
  for (int kind = 0; kind < LK_N_ACK_KINDS; kind++)
    {
      g_assert_cmpint (report->acked[kind], >, 0);
      g_assert_cmpint (report->lost[kind], ==, 0);
    }
  g_assert_cmpint (report->acked[LK_ACK_DECISION], >, N_KILLS);
  g_assert_cmpint (report->doubled, ==, 0);
  g_assert_cmpint (report->unlike, ==, 0);
  lk_kill_result_clear (&result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/kill", test_kill);
  return g_test_run ();
}
