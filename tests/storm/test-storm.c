/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storm.h"

/* Three workstations and their service, killed twelve times between them: nothing that a reviewer was told is lost, nothing is there
 * twice. ./dev bench storm does the same with twenty workstations, two thousand photos each and two hundred kills. */

static const char *station;

static void
test_storm (void)
{
  const LkStormOptions options = { .n_stations = 3, .n_items = 100, .n_kills = 12, .service_percent = 40, .seed = 11 };
  LkStormResult result;

  lk_storm_run (&options, station, &result);
  g_test_message ("%d and %d kills, %d decided, %d undone, %d kept unsaid", result.n_station_kills, result.n_service_kills,
                  result.n_decided, result.n_undone, result.n_unsaid);
  g_assert_cmpint (result.n_bad_ends, ==, 0);
  g_assert_cmpint (result.n_station_kills, >, 2);
  g_assert_cmpint (result.n_service_kills, >, 2);
  g_assert_cmpint (result.n_decided, >=, result.n_submissions - result.n_unsaid);
  g_assert_cmpint (result.n_lost, ==, 0);
  g_assert_cmpint (result.n_doubled, ==, 0);
  g_assert_cmpint (result.n_undecided, ==, 0);
  g_assert_cmpint (result.n_conflicts, ==, 0);
  g_assert_true (result.is_whole);
  lk_storm_result_clear (&result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  station = argv[1];
  g_test_add_func ("/storm", test_storm);
  return g_test_run ();
}
