/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 of the service, hundreds of times, while reviewers decide and students send photos: what was answered must be there, once,
 * and the service ready again within a second. */
#include "figures.h"
#include "find-likenessd.h"
#include "kill-storm.h"

enum { READY_MS = 1000 };

static int n_kills = 500;

static void
note_kind (LkFigures *figures, const LkTrafficReport *report, LkAckKind kind, const char *name)
{
  lk_figures_note (figures, name, "%d answered, %d lost", report->acked[kind], report->lost[kind]);
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  LkKillResult result;
  const LkTrafficReport *report = &result.report;
  int n_lost = 0, n_slow = 0;

  lk_kill_storm (n_kills, &result);
  for (guint i = 0; i < result.ready_ms->len; i++)
    {
      double ms = g_array_index (result.ready_ms, double, i);

      lk_figures_add (figures, "ready again after a kill", "ms", ms);
      n_slow += ms >= READY_MS;
    }
  lk_figures_note (figures, "kills", "%d", n_kills);
  note_kind (figures, report, LK_ACK_DECISION, "decisions");
  note_kind (figures, report, LK_ACK_SUBMISSION, "submissions");
  note_kind (figures, report, LK_ACK_UPLOAD, "uploads");
  lk_figures_note (figures, "answered only when repeated", "%d", report->repeated);
  lk_figures_note (figures, "there twice", "%d", report->doubled);
  lk_figures_note (figures, "rows and files that do not fit", "%d", report->unlike);
  lk_figures_note (figures, "database and audit", "%s", report->whole ? "whole" : "damaged");
  lk_figures_note (figures, "starts of a second or more", "%d", n_slow);
  for (int kind = 0; kind < LK_N_ACK_KINDS; kind++)
    n_lost += report->lost[kind];
  lk_kill_result_clear (&result);
  if (n_lost == 0 && report->doubled == 0 && report->unlike == 0 && report->whole)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "something that was answered is lost, doubled or damaged");
  return FALSE;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "kills", 0, 0, G_OPTION_ARG_INT, &n_kills, "how often the service is killed (500)", "N" },
    { NULL },
  };

  lk_find_likenessd ();
  return lk_bench_main (argc, argv, "kills", "Nothing answered is lost, however often the service is killed.", entries, run, NULL);
}
