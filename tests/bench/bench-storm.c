/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Twenty workstations without windows decide on two thousand submissions each, and they and the service are killed two hundred times
 * meanwhile: what the reviewers were told against what the campus has in the end. Fails when anything is lost or there twice. */
#include <gio/gio.h>

#include "figures.h"
#include "storm.h"

static void
note (LkFigures *figures, const LkStormResult *result)
{
  lk_figures_note (figures, "submissions", "%d, in %.0f s", result->n_submissions, result->seconds);
  lk_figures_note (figures, "kills", "%d of workstations, %d of the service", result->n_station_kills, result->n_service_kills);
  lk_figures_note (figures, "said to the reviewers", "%d decided, %d undone", result->n_decided, result->n_undone);
  lk_figures_note (figures, "kept, but killed before it was said", "%d", result->n_unsaid);
  lk_figures_note (figures, "lost", "%d", result->n_lost);
  lk_figures_note (figures, "doubled", "%d", result->n_doubled);
  lk_figures_note (figures, "not decided", "%d", result->n_undecided);
  lk_figures_note (figures, "conflicts", "%d", result->n_conflicts);
  lk_figures_note (figures, "programs that ended badly", "%d", result->n_bad_ends);
  lk_figures_note (figures, "database and audit", "%s", result->is_whole ? "whole" : "NOT WHOLE");
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  LkStormResult result;
  gboolean good;

  lk_storm_run (data, STORM_STATION, &result);
  note (figures, &result);
  for (guint i = 0; i < result.ready_ms->len; i++)
    lk_figures_add (figures, "service ready after a kill", "ms", g_array_index (result.ready_ms, double, i));
  good = result.n_lost + result.n_doubled + result.n_undecided + result.n_conflicts + result.n_bad_ends == 0 && result.is_whole;
  if (!good)
    {
      lk_figures_print (figures);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the storm did not end as it should");
    }
  lk_storm_result_clear (&result);
  return good;
}

int
main (int argc, char **argv)
{
  LkStormOptions options = { .n_stations = 20, .n_items = 2000, .n_kills = 200, .service_percent = 30, .seed = 1 };
  const GOptionEntry entries[] = {
    { "stations", 0, 0, G_OPTION_ARG_INT, &options.n_stations, "How many workstations", "N" },
    { "items", 0, 0, G_OPTION_ARG_INT, &options.n_items, "Submissions for each", "N" },
    { "kills", 0, 0, G_OPTION_ARG_INT, &options.n_kills, "How many kills", "N" },
    { "service-percent", 0, 0, G_OPTION_ARG_INT, &options.service_percent, "So many of them hit the service", "PERCENT" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "Another one, other kills", "N" },
    { NULL },
  };

  return lk_bench_main (argc, argv, "storm", "Decisions of many workstations, killed while they work.", entries, run, &options);
}
