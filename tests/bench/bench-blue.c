/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blue background, the crop and the finished file on drawn portraits, one thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/data.h"
#include "figures.h"
#include "photo/blue.h"
#include "photo/crop.h"
#include "photo/finish.h"
#include "tools/portrait/write.h"

enum { N_PHOTOS = 8, N_ROUNDS = 5, FIRST_SEED = 600 };

static const int widths[] = { 480, 720, 960 };

typedef struct
{
  LkFigures *figures;
  LkEngine *engine;
  LkSpec *spec;
} Bench;

/* Milliseconds of processor time of this thread; it does not count what other programs take on a busy machine. */
static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static LkPixels *
draw (const LkPortraitParams *params)
{
  g_autoptr (LkPortrait) portrait = lk_portrait_render (params, NULL);
  LkPixels *pixels = lk_pixels_new (portrait->width, portrait->height);

  memcpy (pixels->data, portrait->rgb, (gsize) portrait->width * portrait->height * 3);
  return pixels;
}

static void
add (const Bench *bench, const char *what, int width, double start)
{
  g_autofree char *name = g_strdup_printf ("%s %dx%d", what, width, width * 4 / 3);

  lk_figures_add (bench->figures, name, "ms", thread_ms () - start);
}

/* Cutting out alone, everything with models and checks, and the file; the first round warms up. */
static gboolean
measure_blue (const Bench *bench, LkPixels *photo, GError **error)
{
  for (int round = 0; round < N_ROUNDS; round++)
    {
      double start = thread_ms ();
      g_autoptr (LkBlue) result = lk_blue_compose (bench->engine, photo, bench->spec, 0, error);
      g_autoptr (LkMatte) matte = NULL;
      g_autoptr (LkPixels) composed = NULL;
      g_autoptr (LkFinish) finish = NULL;

      if (result == NULL)
        return FALSE;
      if (round > 0)
        add (bench, "blue, with models and checks", photo->width, start);
      start = thread_ms ();
      matte = lk_matte_new (photo, &result->matte->mask, &bench->spec->blue_attempts[0]);
      composed = lk_matte_compose (matte, photo, bench->spec->blue);
      if (round > 0)
        add (bench, "cutting out", photo->width, start);
      start = thread_ms ();
      finish = lk_finish_new (composed, bench->spec, 0, error);
      if (finish == NULL)
        return FALSE;
      if (round > 0)
        add (bench, "finished file from", photo->width, start);
    }
  return TRUE;
}

static gboolean
measure_crop (const Bench *bench, LkPortraitParams *params, GError **error)
{
  g_autoptr (LkPixels) original = NULL;

  lk_portrait_params_uncrop (params, 1500, 2000);
  original = draw (params);
  for (int round = 0; round < N_ROUNDS; round++)
    {
      double start = thread_ms ();
      LkCrop crop;

      if (!lk_crop_propose (bench->engine, original, bench->spec, &crop, error))
        return FALSE;
      if (round > 0)
        add (bench, "crop of", original->width, start);
    }
  return TRUE;
}

static gboolean
measure_all (const Bench *bench, GError **error)
{
  for (int i = 0; i < N_PHOTOS; i++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (FIRST_SEED + i);

      params->background = i % 2 == 0 ? LK_BACKGROUND_WHITE : LK_BACKGROUND_GREY;
      for (gsize k = 0; k < G_N_ELEMENTS (widths); k++)
        {
          g_autoptr (LkPixels) photo = NULL;

          lk_portrait_params_set_size (params, widths[k], widths[k] * 4 / 3);
          photo = draw (params);
          if (!measure_blue (bench, photo, error))
            return FALSE;
        }
      if (!measure_crop (bench, params, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (error);
  g_autofree char *folder = lk_models_dir ();
  g_autoptr (LkEngine) engine = spec != NULL ? lk_engine_new (folder, NULL, error) : NULL;

  if (engine == NULL)
    return FALSE;
  lk_figures_note (figures, "aim", "blue at 480x640 in 60 ms, one thread, processor time");
  return measure_all (&(Bench) { figures, engine, spec }, error);
}

int
main (int argc, char **argv)
{
  return lk_bench_main (argc, argv, "blue", "Milliseconds a photo for the blue background and the finished file.", NULL, run, NULL);
}
