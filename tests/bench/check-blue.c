/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-blue.h"

#include <string.h>

#include "cutout.h"
#include "photo/blue.h"
#include "tools/check/parallel.h"
#include "tools/check/rates.h"
#include "tools/portrait/render.h"

static const struct
{
  const char *word;
  int background;
} walls[LK_BLUE_WALLS] = {
  { "white", LK_BACKGROUND_WHITE }, { "grey", LK_BACKGROUND_GREY }, { "gradient", LK_BACKGROUND_GRADIENT }, { "busy", LK_BACKGROUND_BUSY },
};

static const int sizes[][2] = { { 480, 640 }, { 720, 960 }, { 960, 1280 } };

typedef struct
{
  double overlap, halo;
} Result;

typedef struct
{
  LkEngine *engine;
  const LkSpec *spec;
  guint n_each;
  guint64 seed;
  Result *results;
  LkBlueRun *run;
} Work;

/* On a worker. */
static void
replace_wall (guint i, gpointer data)
{
  Work *work = data;
  guint number = i / LK_BLUE_WALLS;
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (work->seed + number);
  g_autoptr (LkPortrait) portrait = NULL;
  g_autoptr (LkPixels) photo = NULL;
  g_autoptr (LkBlue) blue = NULL;
  g_autoptr (GError) error = NULL;

  params->background = walls[i % LK_BLUE_WALLS].background;
  lk_portrait_params_set_size (params, sizes[number % G_N_ELEMENTS (sizes)][0], sizes[number % G_N_ELEMENTS (sizes)][1]);
  portrait = lk_portrait_render (params, NULL);
  photo = lk_pixels_new (portrait->width, portrait->height);
  memcpy (photo->data, portrait->rgb, 3 * (gsize) portrait->width * portrait->height);
  blue = lk_blue_compose (work->engine, photo, work->spec, 0, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  work->results[i] = (Result) { cutout_overlap (blue->matte, portrait), cutout_halo (blue->pixels, portrait, work->spec->blue) };
}

/* On the main thread, in order. */
static void
count_wall (guint i, gpointer data)
{
  Work *work = data;
  LkBlueWall *wall = &work->run->walls[i % LK_BLUE_WALLS];

  g_array_append_val (wall->overlaps, work->results[i].overlap);
  g_array_append_val (wall->halos, work->results[i].halo);
  if ((i + 1) % (MAX (1, work->n_each / 4) * LK_BLUE_WALLS) == 0)
    g_printerr ("%u of %u blue backgrounds\n", i + 1, work->n_each * LK_BLUE_WALLS);
}

LkBlueRun *
lk_blue_run_new (LkEngine *engine, const LkSpec *spec, guint n_each, guint64 seed, guint jobs)
{
  LkBlueRun *self = g_new0 (LkBlueRun, 1);
  guint n = n_each * LK_BLUE_WALLS;
  g_autofree Result *results = g_new0 (Result, n);
  Work work = { engine, spec, n_each, seed, results, self };

  for (int i = 0; i < LK_BLUE_WALLS; i++)
    self->walls[i] = (LkBlueWall) { walls[i].word, g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) };
  lk_parallel_run (n, jobs, replace_wall, count_wall, NULL, &work);
  for (int i = 0; i < LK_BLUE_WALLS; i++)
    {
      g_array_sort (self->walls[i].overlaps, lk_compare_doubles);
      g_array_sort (self->walls[i].halos, lk_compare_doubles);
    }
  return self;
}

void
lk_blue_run_free (LkBlueRun *self)
{
  for (int i = 0; i < LK_BLUE_WALLS; i++)
    {
      g_array_unref (self->walls[i].overlaps);
      g_array_unref (self->walls[i].halos);
    }
  g_free (self);
}
