/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power cuts at random moments, replayed from a recording of all that the service asked of the disk; then the same with
 * synchronous=NORMAL, which must lose, so that the figures above it mean something. */
#include "figures.h"
#include "find-likenessd.h"
#include "power-storm.h"

static int n_cuts = 500, n_control = 100, n_answers = 1200, seed = 11;

static void
measure (LkFigures *figures, const char *name, int n, gboolean normal, LkPowerResult *result)
{
  lk_power_storm (&(LkPowerOptions) { .n_cuts = n, .n_answers = n_answers, .normal = normal, .seed = seed }, DISK_RECORDER, result);
  lk_figures_note (figures, name, "%d cuts, %" G_GINT64_FORMAT " sectors dropped: %d cuts lost %d answers; %d rows or files do not fit, "
                   "%d databases not whole", n, result->n_sectors, result->n_bad_cuts, result->n_lost, result->n_unlike, result->n_broken);
  lk_figures_note (figures, "answered by the last cut", "%d decisions, %d submissions, %d uploads", result->acked[LK_ACK_DECISION],
                   result->acked[LK_ACK_SUBMISSION], result->acked[LK_ACK_UPLOAD]);
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  LkPowerResult result, control;

  measure (figures, "as shipped", n_cuts, FALSE, &result);
  measure (figures, "control: synchronous=NORMAL", n_control, TRUE, &control);
  if (result.n_lost == 0 && result.n_unlike == 0 && result.n_broken == 0 && control.n_lost > 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       control.n_lost == 0 ? "the control lost nothing" : "something that was answered is lost or damaged");
  return FALSE;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "cuts", 0, 0, G_OPTION_ARG_INT, &n_cuts, "power cuts (500)", "N" },
    { "control", 0, 0, G_OPTION_ARG_INT, &n_control, "power cuts of the control (100)", "N" },
    { "answers", 0, 0, G_OPTION_ARG_INT, &n_answers, "answers at least before the end (1200)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "another choice of moments (11)", "N" },
    { NULL },
  };

  lk_find_likenessd ();
  return lk_bench_main (argc, argv, "power", "Nothing answered is lost when the power goes.", entries, run, NULL);
}
