/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well the same shot is told from other photos: fingerprints of every pair of drawn people, and of one shot after what happens
 * to photos on their way. */
#include <math.h>
#include <string.h>

#include "figures.h"
#include "photo/checker.h"
#include "photo/face-index.h"
#include "tools/check/parallel.h"
#include "tools/portrait/write.h"

enum { FIRST_SEED = 20000, EACH_CHANGED = 6 };

static int n_people = 330;

typedef struct
{
  LkSpec *spec;
  LkChecker *checker;
  LkTrace **people;
  LkTrace ***changed;           /* of every sixth person: one for each change */
} Copies;

static LkPortrait *
draw (int person, int background, int width)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random ((guint64) (FIRST_SEED + person));

  params->background = background;
  lk_portrait_params_set_size (params, width, width * 4 / 3);
  return lk_portrait_render (params, NULL);
}

static LkTrace *
trace_of (const Copies *copies, LkPixels *pixels)
{
  LkEngine *engine = lk_checker_get_engine (copies->checker);
  g_autoptr (LkPyramid) pyramid = lk_pyramid_new (pixels);
  g_autofree LkFaces *faces = g_new0 (LkFaces, 1);
  g_autoptr (LkEmbedding) embedding = NULL;

  if (!lk_faces_find (engine, pyramid, TRUE, faces, NULL) || faces->n_faces == 0)
    return NULL;
  embedding = lk_embedding_new (engine, pyramid, &faces->main, NULL);
  return lk_trace_new (engine, embedding, pyramid, &faces->main);
}

static LkPixels *
through_jpeg (const Copies *copies, const LkPortrait *portrait, int quality)
{
  g_autoptr (GBytes) file = lk_portrait_encode_jpeg (portrait, quality);

  return lk_decode (file, copies->spec, NULL, NULL);
}

static LkPixels *
multiplied (LkPixels *pixels, double r, double g, double b)
{
  const double factors[] = { r, g, b };
  LkPixels *copy = lk_pixels_new (pixels->width, pixels->height);

  for (gsize i = 0; i < (gsize) pixels->width * pixels->height * 3; i++)
    copy->data[i] = (guint8) CLAMP (lround (pixels->data[i] * factors[i % 3]), 0, 255);
  return copy;
}

static const char *const changes[] = {
  "JPEG 40", "half the size", "twice the size", "2 % cut off", "colour cast", "28 % darker", "18 % brighter", "blue background",
};

static LkPixels *
change (const Copies *copies, int person, gsize which)
{
  g_autoptr (LkPortrait) white = draw (person, LK_BACKGROUND_WHITE, 480);
  g_autoptr (LkPixels) pixels = through_jpeg (copies, white, 92);
  g_autoptr (LkPortrait) other = NULL;

  switch (which)
    {
    case 0:
      return through_jpeg (copies, white, 40);
    case 1:
      return lk_pixels_scale (pixels, 240, 320);
    case 2:
      return lk_pixels_scale (pixels, 960, 1280);
    case 3:
      return lk_pixels_crop (pixels, 5, 6, 470, 627);
    case 4:
      return multiplied (pixels, 1.12, 1, 0.85);
    case 5:
      return multiplied (pixels, 0.72, 0.72, 0.72);
    case 6:
      return multiplied (pixels, 1.18, 1.18, 1.18);
    default:
      other = draw (person, LK_BACKGROUND_BLUE, 480);
      return through_jpeg (copies, other, 80);
    }
}

static void
trace_person (guint i, gpointer data)
{
  Copies *copies = data;
  g_autoptr (LkPortrait) portrait = draw ((int) i, LK_BACKGROUND_WHITE, 480);
  g_autoptr (LkPixels) pixels = through_jpeg (copies, portrait, 92);

  copies->people[i] = trace_of (copies, pixels);
  if (i % EACH_CHANGED != 0)
    return;
  copies->changed[i] = g_new0 (LkTrace *, G_N_ELEMENTS (changes));
  for (gsize k = 0; k < G_N_ELEMENTS (changes); k++)
    {
      g_autoptr (LkPixels) changed = change (copies, (int) i, k);

      copies->changed[i][k] = trace_of (copies, changed);
    }
}

static double
face_score (const LkTrace *a, const LkTrace *b)
{
  double sum = 0;

  for (guint i = 0; i < MIN (a->n_values, b->n_values); i++)
    sum += (double) a->values[i] * (double) b->values[i];
  return sum;
}

/* Adds a pair to three series; 1 when it counts as a copy. */
static guint
add_pair (LkFigures *figures, const Copies *copies, const char *what, const LkTrace *a, const LkTrace *b)
{
  LkCopyLimits limits = lk_copy_limits (copies->spec);
  g_autofree char *bits = g_strdup_printf ("%s: bits", what);
  g_autofree char *shape = g_strdup_printf ("%s: shapes unlike", what);
  g_autofree char *face = g_strdup_printf ("%s: faces alike", what);

  lk_figures_add (figures, bits, "of 256", lk_fingerprint_distance (&a->fingerprint, &b->fingerprint));
  lk_figures_add (figures, shape, "%", 100 - 100 * lk_fingerprint_compare (&a->fingerprint, &b->fingerprint));
  lk_figures_add (figures, face, "hundredths", 100 * face_score (a, b));
  return lk_fingerprint_is_copy (&a->fingerprint, &b->fingerprint, &limits);
}

static void
compare_strangers (LkFigures *figures, const Copies *copies)
{
  double search = lk_checker_get_engine (copies->checker)->manifest->search;
  guint n_copies = 0, n_faces = 0, n = 0;

  for (int i = 0; i < n_people; i++)
    for (int k = i + 1; k < n_people; k++)
      if (copies->people[i] != NULL && copies->people[k] != NULL)
        {
          n_copies += add_pair (figures, copies, "two people", copies->people[i], copies->people[k]);
          n_faces += face_score (copies->people[i], copies->people[k]) >= search;
          n++;
        }
  lk_figures_note (figures, "false copies", "%u of %u pairs", n_copies, n);
  lk_figures_note (figures, "faces of two people at the search limit", "%u of %u pairs", n_faces, n);
}

static void
compare_changed (LkFigures *figures, const Copies *copies)
{
  for (gsize k = 0; k < G_N_ELEMENTS (changes); k++)
    {
      guint n = 0, n_found = 0;

      for (int i = 0; i < n_people; i += EACH_CHANGED)
        if (copies->people[i] != NULL)
          {
            n++;
            if (copies->changed[i][k] != NULL)
              n_found += add_pair (figures, copies, changes[k], copies->people[i], copies->changed[i][k]);
          }
      lk_figures_note (figures, changes[k], "%u of %u found", n_found, n);
    }
}

static void
clear (Copies *copies)
{
  for (int i = 0; i < n_people; i++)
    {
      for (gsize k = 0; copies->changed[i] != NULL && k < G_N_ELEMENTS (changes); k++)
        g_clear_pointer (&copies->changed[i][k], lk_trace_free);
      g_free (copies->changed[i]);
      g_clear_pointer (&copies->people[i], lk_trace_free);
    }
  g_free (copies->people);
  g_free (copies->changed);
  g_clear_pointer (&copies->checker, lk_checker_free);
  g_clear_pointer (&copies->spec, lk_spec_free);
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  Copies copies = { .spec = lk_spec_load_default (error) };

  if (copies.spec == NULL)
    return FALSE;
  copies.checker = lk_checker_new (copies.spec, NULL);
  copies.people = g_new0 (LkTrace *, n_people);
  copies.changed = g_new0 (LkTrace **, n_people);
  if (lk_checker_get_problem (copies.checker) == NULL)
    {
      lk_parallel_run ((guint) n_people, lk_parallel_jobs (0), trace_person, NULL, NULL, &copies);
      compare_changed (figures, &copies);
      compare_strangers (figures, &copies);
    }
  else
    lk_figures_note (figures, "not run", "%s", lk_checker_get_problem (copies.checker));
  clear (&copies);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "people", 0, 0, G_OPTION_ARG_INT, &n_people, "how many drawn people are compared, each with each (330)", "N" },
    { NULL },
  };

  return lk_bench_main (argc, argv, "copies", "The same shot again, told from other photos.", entries, run, NULL);
}
