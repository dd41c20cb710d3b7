/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kill-storm.h"

enum { REVIEWERS = 4, ROWS_A_KILL = 400, STUDENTS_A_KILL = 8, PAUSE_US = 8000, SHORTEST_US = 5000, LONGEST_US = 150000, AFTER_US = 50000,
       AFTER_TRIES = 600 };

static LkTestServer *
start_again (LkTestServer *server, const char *folder, GArray *ready_ms)
{
  gint64 start;
  double ms;

  lk_test_server_kill (server);
  lk_test_server_free (server);
  start = g_get_monotonic_time ();
  server = lk_test_server_start (folder, NULL);
  ms = (g_get_monotonic_time () - start) / 1e3;
  g_array_append_val (ready_ms, ms);
  return server;
}

void
lk_kill_storm (int n_kills, LkKillResult *result)
{
  const LkTrafficOptions options = {
    .n_reviewers = REVIEWERS, .n_rows = n_kills * ROWS_A_KILL, .n_submits = n_kills * STUDENTS_A_KILL,
    .n_uploads = n_kills * STUDENTS_A_KILL / 4, .pause_us = PAUSE_US };
  g_autoptr (LkTraffic) traffic = lk_traffic_new (&options);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (LkTestServer) server = lk_test_server_start (lk_traffic_get_folder (traffic), NULL);

  g_setenv ("LIKENESS_MODELS", "/nonexistent", TRUE);     /* faces are not what this is about */
  result->n_kills = n_kills;
  result->ready_ms = g_array_new (FALSE, FALSE, sizeof (double));
  lk_traffic_go (traffic, server->port);
  for (int i = 0; i < n_kills; i++)
    {
      g_usleep ((gulong) g_rand_int_range (random, SHORTEST_US, LONGEST_US));
      server = start_again (server, lk_traffic_get_folder (traffic), result->ready_ms);
      lk_traffic_go (traffic, server->port);
    }
  /* on a busy machine no student may have come through between two kills */
  for (int i = 0; i < AFTER_TRIES && (i == 0 || !lk_traffic_has_all (traffic)); i++)
    g_usleep (AFTER_US);
  lk_traffic_stop (traffic);
  g_assert_cmpint (lk_test_server_stop (server), ==, 0);
  lk_traffic_check (traffic, lk_traffic_get_folder (traffic), G_MAXSIZE, &result->report);
}

void
lk_kill_result_clear (LkKillResult *result)
{
  g_clear_pointer (&result->ready_ms, g_array_unref);
}
