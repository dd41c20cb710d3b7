/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the key to the next photo's pixels on the screen: the whole workstation in front of a real campus service. */
#include <math.h>

#include "figures.h"
#include "station.h"

typedef struct
{
  int photos, switches, look_pause, decide_pause;       /* pauses in ms */
  int width, height;
} Options;

static void
pause_ms (int ms)
{
  g_usleep ((gulong) ms * 1000);
}

/* Presses key and waits for the photo with this code; FALSE when it does not come in time, which is counted apart. */
static gboolean
measure (LkScreen *screen, LkFigures *figures, const char *series, const char *key, int wanted)
{
  double ms = lk_screen_switch (screen, key, wanted, LK_GIVE_UP_SECONDS, NULL);

  if (isnan (ms))
    return FALSE;
  lk_figures_add (figures, series, "ms", ms);
  return TRUE;
}

/* Back to where approving begins; not measured. */
static void
rewind_to_first (LkScreen *screen, const Options *options, int position)
{
  while (position > 0)
    {
      if (isnan (lk_screen_switch (screen, "k", lk_marked_photos_code (--position), LK_GIVE_UP_SECONDS, NULL)))
        return;
      pause_ms (options->look_pause);
    }
}

/* Walks forth and back through the first photos of the lease; nothing is decided. */
static int
look (LkScreen *screen, LkFigures *figures, const Options *options)
{
  const int last = 15;          /* well inside one lease */
  int position = 0, step = 1, missed = 0;

  for (int i = 0; i < options->switches; i++)
    {
      if (position + step > last || position + step < 0)
        step = -step;
      position += step;
      if (!measure (screen, figures, step > 0 ? "J, next photo" : "K, photo before", step > 0 ? "j" : "k",
                    lk_marked_photos_code (position)))
        missed++;
      pause_ms (options->look_pause);
    }
  rewind_to_first (screen, options, position);
  return missed;
}

/* Approves one after the other. A photo that a check has failed cannot be approved by one key: it is left undecided. */
static int
approve (LkScreen *screen, LkFigures *figures, const Options *options)
{
  int missed = 0;

  for (int i = 0; i + 1 < options->photos; i++)
    {
      int next = lk_marked_photos_code (i + 1);

      if (!measure (screen, figures, "A, approved, next photo", "a", next))
        {
          missed++;
          g_printerr ("the photo after number %d was not seen in %d s (code %d on the screen)\n", i + 1, LK_GIVE_UP_SECONDS,
                      lk_screen_read_code (screen));
          if (!lk_station_pass_over (screen, next))
            {
              g_printerr ("nor after J; the run ends here\n");
              break;
            }
        }
      pause_ms (options->decide_pause);
    }
  return missed;
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  const Options *options = data;
  g_autoptr (LkScreen) screen = lk_screen_open (error);
  g_autoptr (LkCampusStage) stage = NULL;
  g_autoptr (GSubprocess) workstation = NULL;
  int looks_missed, approvals_missed;

  if (screen == NULL)
    return FALSE;
  stage = lk_campus_stage_open (options->photos, 960, 1280, error);
  if (stage == NULL)
    return FALSE;
  lk_figures_note (figures, "round-robin scheduling", "%s", lk_screen_run_first (screen) ? "yes" : "no (not permitted)");
  workstation = lk_station_start (stage, screen, options->width, options->height, error);
  if (workstation == NULL)
    return FALSE;
  pause_ms (1500);              /* the first pictures are prefetched, as in the first seconds a person looks */
  looks_missed = look (screen, figures, options);
  approvals_missed = approve (screen, figures, options);
  lk_figures_note (figures, "photos", "%d of 960x1280, JPEG 4:4:4", options->photos);
  lk_figures_note (figures, "window", "%dx%d", options->width, options->height);
  lk_figures_note (figures, "renderer", "%s", g_getenv ("GSK_RENDERER") != NULL ? g_getenv ("GSK_RENDERER") : "default");
  lk_figures_note (figures, "pause", "%d ms looking, %d ms approving", options->look_pause, options->decide_pause);
  lk_figures_note (figures, "not seen in 3 s", "%d looking, %d approving", looks_missed, approvals_missed);
  lk_campus_stage_end (workstation);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .photos = 120, .switches = 220, .look_pause = 50, .decide_pause = 200, .width = 1280, .height = 800 };
  const GOptionEntry entries[] = {
    { "photos", 0, 0, G_OPTION_ARG_INT, &options.photos, "How many photos wait for review", "N" },
    { "switches", 0, 0, G_OPTION_ARG_INT, &options.switches, "How often J or K is pressed", "N" },
    { "look-pause", 0, 0, G_OPTION_ARG_INT, &options.look_pause, "Pause after J and K", "MS" },
    { "decide-pause", 0, 0, G_OPTION_ARG_INT, &options.decide_pause, "Pause after A", "MS" },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.width, "Width of the window", "PX" },
    { "height", 0, 0, G_OPTION_ARG_INT, &options.height, "Height of the window", "PX" },
    { NULL },
  };

  return lk_bench_main (argc, argv, "keypress", "From a key to the next photo's pixels.", entries, run, &options);
}
