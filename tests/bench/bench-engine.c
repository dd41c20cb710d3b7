/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole photo engine on drawn portraits, one thread: JPEG bytes in, all checks out. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/spec.h"
#include "figures.h"
#include "photo/checker.h"
#include "tools/portrait/write.h"

enum { N_PHOTOS = 8, N_ROUNDS = 6, FIRST_SEED = 500 };

static const int widths[] = { 480, 720, 960 };

/* Milliseconds of processor time of this thread; it does not count what other programs take on a busy machine. */
static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static GBytes *
draw (LkPortraitParams *params)
{
  g_autoptr (LkPortrait) portrait = lk_portrait_render (params, NULL);

  return lk_portrait_encode_jpeg (portrait, params->jpeg_quality);
}

static gboolean
measure (LkFigures *figures, LkChecker *checker, const char *name, GBytes *photo, GBytes *id_photo, gboolean keep, GError **error)
{
  gint64 wall = g_get_monotonic_time ();
  double busy = thread_ms ();
  g_autoptr (LkReport) report = lk_checker_run (checker, photo, id_photo, error);
  g_autofree char *busy_name = g_strdup_printf ("%s, processor", name);

  busy = thread_ms () - busy;
  wall = g_get_monotonic_time () - wall;
  if (report == NULL)
    return FALSE;
  if (keep)
    {
      lk_figures_add (figures, name, "ms", wall / 1000.0);
      lk_figures_add (figures, busy_name, "ms", busy);
    }
  return TRUE;
}

/* All portraits at one width, with and without ID photo; the first round warms up. */
static gboolean
measure_width (LkFigures *figures, LkChecker *checker, int width, GError **error)
{
  g_autofree char *alone = g_strdup_printf ("%dx%d", width, width * 4 / 3);
  g_autofree char *compared = g_strdup_printf ("%s + ID photo", alone);

  for (int i = 0; i < N_PHOTOS; i++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (FIRST_SEED + i);
      g_autoptr (LkPortraitParams) id_card = lk_portrait_id_card (params, TRUE);
      g_autoptr (GBytes) id_photo = draw (id_card);
      g_autoptr (GBytes) photo = NULL;

      lk_portrait_params_set_size (params, width, width * 4 / 3);
      photo = draw (params);
      for (int round = 0; round < N_ROUNDS; round++)
        if (!measure (figures, checker, alone, photo, NULL, round > 0, error)
            || !measure (figures, checker, compared, photo, id_photo, round > 0, error))
          return FALSE;
    }
  return TRUE;
}

static LkChecker *
load_checker (LkFigures *figures, const LkSpec *spec)
{
  gint64 start = g_get_monotonic_time ();
  LkChecker *checker = lk_checker_new (spec, NULL);

  lk_figures_add (figures, "loading the models", "ms", (g_get_monotonic_time () - start) / 1000.0);
  return checker;
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (error);
  g_autoptr (LkChecker) checker = spec != NULL ? load_checker (figures, spec) : NULL;

  if (checker == NULL)
    return FALSE;
  if (lk_checker_get_problem (checker) != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, lk_checker_get_problem (checker));
      return FALSE;
    }
  lk_figures_note (figures, "aim", "480x640 in 50 ms, 960x1280 in 60 ms, one thread");
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    if (!measure_width (figures, checker, widths[i], error))
      return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  return lk_bench_main (argc, argv, "engine", "Milliseconds a photo for all checks, one thread.", NULL, run, NULL);
}
