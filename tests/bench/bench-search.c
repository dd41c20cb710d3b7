/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One face and shot among all of a campus: how long a query takes, how much memory the index does, and how far its scores are
 * from those of floats. */
#include <math.h>

#include "figures.h"
#include "photo/face-index.h"

/* As the shipped embeddings are: one unit vector of 192 values, one of 512. */
enum { N_VALUES = 192 + 512, N_PEOPLE = 100000, N_BEST = 8 };

static int n_queries = 200;

static void
fill_unit (GRand *rand, float *values, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      /* nearly normal: a sum of evenly spread values */
      values[i] = (float) (g_rand_double (rand) + g_rand_double (rand) + g_rand_double (rand) - 1.5);
      sum += (double) values[i] * values[i];
    }
  for (guint i = 0; i < n; i++)
    values[i] = (float) (values[i] / sqrt (sum));
}

static void
fill_trace (GRand *rand, LkTrace *trace, float *values)
{
  *trace = (LkTrace) { .has_fingerprint = TRUE, .models = 1, .n_values = N_VALUES, .values = values };
  fill_unit (rand, values, 192);
  fill_unit (rand, values + 192, 512);
  for (int i = 0; i < LK_FINGERPRINT_BITS; i++)
    {
      trace->fingerprint.shape[i] = (gint8) g_rand_int_range (rand, -127, 128);
      if (trace->fingerprint.shape[i] > 0)
        trace->fingerprint.bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
    }
}

static double
float_score (const float *a, const float *b)
{
  double sum = 0;

  for (int i = 0; i < N_VALUES; i++)
    sum += (double) a[i] * (double) b[i];
  return sum;
}

static void
measure_queries (LkFigures *figures, LkFaceIndex *index, GRand *rand, guint n)
{
  g_autofree char *series = g_strdup_printf ("query among %u", n);
  g_autofree char *memory = g_strdup_printf ("memory of %u", n);
  float values[N_VALUES];

  for (int i = 0; i < n_queries; i++)
    {
      LkTrace trace;
      LkFaceQuery query = { .trace = &trace, .group = -1, .filter = LK_GROUP_OTHER, .n_best = N_BEST, .least_score = -INFINITY,
                            .copies = { 72, 0.95 } };
      g_autoptr (GArray) hits = NULL;
      gint64 start;

      fill_trace (rand, &trace, values);
      start = g_get_monotonic_time ();
      hits = lk_face_index_query (index, &query);
      lk_figures_add (figures, series, "ms", (double) (g_get_monotonic_time () - start) / 1e3);
    }
  lk_figures_note (figures, memory, "%.1f MB", (double) lk_face_index_get_bytes (index) / 1e6);
}

/* Scores of the index beside those of the floats it was made from, for the first 2000 people. */
static void
measure_error (LkFigures *figures, GRand *rand)
{
  enum { N = 2000 };
  g_autoptr (LkFaceIndex) index = lk_face_index_new (1);
  g_autofree float *values = g_new (float, (gsize) N * N_VALUES);
  double worst = 0;

  for (int i = 0; i < N; i++)
    {
      LkTrace trace;

      fill_trace (rand, &trace, values + (gsize) i * N_VALUES);
      lk_face_index_add (index, i, i, &trace);
    }
  for (int i = 0; i < N; i += 20)
    {
      LkTrace trace = { .models = 1, .n_values = N_VALUES, .values = values + (gsize) i * N_VALUES };
      LkFaceQuery query = { .trace = &trace, .n_best = N, .least_score = -INFINITY };
      g_autoptr (GArray) hits = lk_face_index_query (index, &query);

      for (guint k = 0; k < hits->len; k++)
        {
          const LkFaceHit *hit = &g_array_index (hits, LkFaceHit, k);

          worst = fmax (worst, fabs (hit->score - float_score (trace.values, values + hit->id * N_VALUES)));
        }
    }
  lk_figures_note (figures, "largest error of a score", "%.6f of 200000 pairs", worst);
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  static const guint sizes[] = { 10000, 50000, N_PEOPLE };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (LkFaceIndex) index = lk_face_index_new (1);
  float values[N_VALUES];
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      for (; n < sizes[i]; n++)
        {
          LkTrace trace;

          fill_trace (rand, &trace, values);
          lk_face_index_add (index, n, n, &trace);
        }
      measure_queries (figures, index, rand, n);
    }
  measure_error (figures, rand);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "queries", 0, 0, G_OPTION_ARG_INT, &n_queries, "how many questions at each size (200)", "N" },
    { NULL },
  };

  return lk_bench_main (argc, argv, "search", "Finding a face and a shot among all of a campus.", entries, run, NULL);
}
