/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From starting the workstation to its first pixels and to the first photo, which lies in its cache: signed in at the service, and with
 * what is kept while the service is away. */
#include <math.h>

#include "campus-stage.h"
#include "figures.h"
#include "screen.h"

typedef struct
{
  int runs;
} Options;

enum { N_PHOTOS = 24, SECONDS = 30 };

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, message);
  return FALSE;
}

/* Waits until the window is gone from the screen, so that the next start begins on black. */
static gboolean
wait_for_black (LkScreen *screen)
{
  for (int i = 0; i < 2000; i++)
    {
      if (!lk_screen_has_pixels (screen))
        return TRUE;
      g_usleep (1000);
    }
  return FALSE;
}

/* One start whose figures are not kept: it fills the cache of the disk, and shows where the photo is painted. */
static gboolean
learn_place (LkScreen *screen, LkCampusStage *stage, GError **error)
{
  g_autoptr (GSubprocess) workstation = lk_campus_stage_start_workstation (stage, "workstation", error);
  double end = lk_screen_now () + SECONDS * 1000;
  gboolean found = FALSE;

  if (workstation == NULL)
    return FALSE;
  while (!(found = lk_screen_find_marks (screen)) && lk_screen_now () < end)
    g_usleep (50000);
  g_usleep (1000000);           /* the last change of the layout */
  found = found && lk_screen_find_marks (screen);
  lk_campus_stage_end (workstation);
  return found || fail (error, "the first photo was not seen on the screen");
}

/* The data folder stays, and with it the leases and the photos that were fetched at the start before. */
static gboolean
measure (LkScreen *screen, LkCampusStage *stage, LkFigures *figures, const char *photo_name, GError **error)
{
  g_autoptr (GSubprocess) workstation = NULL;
  double start, pixels = NAN, photo;

  if (!wait_for_black (screen))
    return fail (error, "the window of the run before is still on the screen");
  start = lk_screen_now ();
  workstation = lk_campus_stage_start_workstation (stage, "workstation", error);
  if (workstation == NULL)
    return FALSE;
  while (isnan (pixels) && lk_screen_now () < start + SECONDS * 1000)
    {
      if (lk_screen_has_pixels (screen))
        pixels = lk_screen_now ();
      else
        g_usleep (500);
    }
  photo = lk_screen_wait_code (screen, lk_marked_photos_code (0), SECONDS);
  if (!isnan (photo))
    {
      lk_figures_add (figures, "first pixels", "ms", pixels - start);
      lk_figures_add (figures, photo_name, "ms", photo - start);
      g_usleep (700000);
      lk_figures_add (figures, "resident 0.7 s later", "MB", lk_campus_stage_resident_mb (workstation));
    }
  lk_campus_stage_end (workstation);
  return !isnan (photo) || fail (error, "the first photo was not seen on the screen");
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  const Options *options = data;
  g_autoptr (LkScreen) screen = lk_screen_open (error);
  g_autoptr (LkCampusStage) stage = NULL;

  if (screen == NULL)
    return FALSE;
  stage = lk_campus_stage_open (N_PHOTOS, 960, 1280, error);
  if (stage == NULL)
    return FALSE;
  lk_figures_note (figures, "round-robin scheduling", "%s", lk_screen_run_first (screen) ? "yes" : "no (not permitted)");
  lk_figures_note (figures, "renderer", "%s", g_getenv ("GSK_RENDERER") != NULL ? g_getenv ("GSK_RENDERER") : "default");
  lk_figures_note (figures, "disk cache", "warm");
  if (!learn_place (screen, stage, error))
    return FALSE;
  for (int i = 0; i < options->runs; i++)
    if (!measure (screen, stage, figures, "first photo, signed in at the service", error))
      return FALSE;
  lk_campus_stage_stop_service (stage);
  for (int i = 0; i < options->runs; i++)
    if (!measure (screen, stage, figures, "first photo, service away", error))
      return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .runs = 9 };
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &options.runs, "How many starts", "N" },
    { NULL },
  };

  return lk_bench_main (argc, argv, "start", "From the start to the first photo's pixels.", entries, run, &options);
}
