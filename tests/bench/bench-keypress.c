/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the key to the next photo's pixels on the screen: the whole workstation in front of a real campus service. */
#include <math.h>
#include <stdlib.h>

#include "campus-stage.h"
#include "figures.h"
#include "marked-photos.h"
#include "screen.h"

typedef struct
{
  int photos, switches, look_pause, decide_pause;       /* pauses in ms */
  int width, height;
} Options;

enum { GIVE_UP_SECONDS = 3 };

static void
pause_ms (int ms)
{
  g_usleep ((gulong) ms * 1000);
}

/* Presses key and waits for the photo with this code; FALSE when it does not come in time, which is counted apart. */
static gboolean
measure (LkScreen *screen, LkFigures *figures, const char *series, const char *key, int wanted)
{
  double start = lk_screen_now ();
  double painted;

  lk_screen_press (screen, key);
  painted = lk_screen_wait_code (screen, wanted, GIVE_UP_SECONDS);
  if (isnan (painted))
    return FALSE;
  lk_figures_add (figures, series, "ms", painted - start);
  return TRUE;
}

/* Back to where approving begins; not measured. */
static void
rewind_to_first (LkScreen *screen, const Options *options, int position)
{
  while (position > 0)
    {
      lk_screen_press (screen, "k");
      if (isnan (lk_screen_wait_code (screen, lk_marked_photos_code (--position), GIVE_UP_SECONDS)))
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
          g_printerr ("the photo after number %d was not seen in %d s (code %d on the screen)\n", i + 1, GIVE_UP_SECONDS,
                      lk_screen_read_code (screen));
          lk_screen_press (screen, "Escape");
          lk_screen_press (screen, "j");
          if (isnan (lk_screen_wait_code (screen, next, GIVE_UP_SECONDS)))
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
wait_for_first_photo (LkScreen *screen, GError **error)
{
  for (int i = 0; i < 300; i++)
    {
      if (lk_screen_find_marks (screen) && lk_screen_read_code (screen) == lk_marked_photos_code (0))
        return TRUE;
      pause_ms (100);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the first photo was not seen on the screen");
  return FALSE;
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
  workstation = lk_campus_stage_start_workstation (stage, "workstation", error);
  if (workstation == NULL)
    return FALSE;
  if (!lk_screen_take_window (screen, atoi (g_subprocess_get_identifier (workstation)), options->width, options->height, 30))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the workstation has shown no window");
      return FALSE;
    }
  if (!wait_for_first_photo (screen, error))
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
