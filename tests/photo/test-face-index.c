/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "photo/face-index.h"

/* The index beside the plainest search there is, and with many threads at it. */

enum { N_VALUES = 48, N_ENTRIES = 2500, N_QUERIES = 40, N_BEST = 6, MODELS = 7 };

static void
fill_unit (GRand *rand, float *values, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      values[i] = (float) g_rand_double_range (rand, -1, 1);
      sum += (double) values[i] * (double) values[i];
    }
  for (guint i = 0; i < n; i++)
    values[i] = (float) (values[i] / sqrt (sum));
}

static LkTrace *
make_trace (GRand *rand)
{
  LkTrace *trace = g_new0 (LkTrace, 1);

  trace->has_fingerprint = TRUE;
  trace->models = MODELS;
  trace->n_values = N_VALUES;
  trace->values = g_new (float, N_VALUES);
  fill_unit (rand, trace->values, N_VALUES / 2);
  fill_unit (rand, trace->values + N_VALUES / 2, N_VALUES / 2);
  for (int i = 1; i < LK_FINGERPRINT_BITS; i++)
    trace->fingerprint.shape[i] = (gint8) g_rand_int_range (rand, -127, 128);
  for (gsize i = 0; i < G_N_ELEMENTS (trace->fingerprint.bits); i++)
    trace->fingerprint.bits[i] = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
  return trace;
}

/* The same shot: a few bits and the shape a little different. */
static LkTrace *
make_copy (GRand *rand, const LkTrace *of)
{
  LkTrace *trace = make_trace (rand);

  trace->fingerprint = of->fingerprint;
  for (int i = 0; i < 20; i++)
    {
      int bit = g_rand_int_range (rand, 0, LK_FINGERPRINT_BITS);

      trace->fingerprint.bits[bit / 64] ^= G_GUINT64_CONSTANT (1) << (bit % 64);
      trace->fingerprint.shape[1 + i] /= 2;
    }
  return trace;
}

static double
float_score (const LkTrace *a, const LkTrace *b)
{
  double sum = 0;

  for (guint i = 0; i < a->n_values; i++)
    sum += (double) a->values[i] * (double) b->values[i];
  return sum;
}

static const LkCopyLimits limits = { 72, 0.9 };

/* Every entry is asked; nothing is left out and nothing is found that is not there. */
static void
test_exact (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_trace_free);
  g_autoptr (LkFaceIndex) index = lk_face_index_new (MODELS);

  for (int i = 0; i < N_ENTRIES; i++)
    {
      LkTrace *trace = i % 50 == 49 ? make_copy (rand, traces->pdata[i - 7]) : make_trace (rand);

      g_ptr_array_add (traces, trace);
      g_assert_true (lk_face_index_add (index, i, i / 3, trace));
    }
  g_assert_cmpuint (lk_face_index_get_size (index), ==, N_ENTRIES);
  for (int q = 0; q < N_QUERIES; q++)
    {
      int which = q * 61 % N_ENTRIES;
      const LkTrace *trace = traces->pdata[which];
      LkFaceQuery query = { trace, which / 3, LK_GROUP_OTHER, N_BEST, 0.3, limits };
      g_autoptr (GArray) hits = lk_face_index_query (index, &query);
      guint n_copies = 0, n_better = 0, n_faces = 0;
      double last = INFINITY;

      for (guint i = 0; i < hits->len; i++)
        {
          const LkFaceHit *hit = &g_array_index (hits, LkFaceHit, i);

          g_assert_cmpint (hit->group, !=, which / 3);
          g_assert_cmpfloat_with_epsilon (hit->score, float_score (trace, traces->pdata[hit->id]), LK_FACE_INDEX_ERROR);
          n_copies += hit->is_copy;
          if (hit->is_copy)
            continue;
          n_faces++;
          g_assert_cmpfloat (hit->score, <=, last);
          last = hit->score;
        }
      for (int i = 0; i < N_ENTRIES; i++)
        {
          const LkTrace *other = traces->pdata[i];

          if (i / 3 == which / 3)
            continue;
          if (lk_fingerprint_is_copy (&trace->fingerprint, &other->fingerprint, &limits))
            n_copies--;
          else if (float_score (trace, other) > last + LK_FACE_INDEX_ERROR)
            n_better++;
        }
      g_assert_cmpuint (n_copies, ==, 0);
      g_assert_cmpuint (n_better, <=, n_faces);
      g_assert_cmpuint (n_faces, <=, N_BEST);
    }
}

static void
test_filters (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (LkFaceIndex) index = lk_face_index_new (MODELS);
  g_autoptr (LkTrace) trace = make_trace (rand);
  g_autoptr (LkTrace) bare = g_new0 (LkTrace, 1);
  g_autoptr (LkTrace) foreign = make_trace (rand);
  const guint expected[] = { [LK_GROUP_ANY] = 4, [LK_GROUP_SAME] = 1, [LK_GROUP_OTHER] = 3 };

  /* one without anything, one of other models: they are no hindrance and have no score */
  foreign->models = MODELS + 1;
  g_assert_true (lk_face_index_add (index, 1, 1, bare));
  for (int i = 2; i < 6; i++)
    g_assert_true (lk_face_index_add (index, i, i, i == 5 ? foreign : trace));
  lk_face_index_add (index, 6, 7, trace);
  for (int filter = LK_GROUP_ANY; filter <= LK_GROUP_OTHER; filter++)
    {
      LkFaceQuery query = { trace, 3, (LkGroupFilter) filter, 10, 0.5, limits };
      g_autoptr (GArray) hits = lk_face_index_query (index, &query);

      g_assert_cmpuint (hits->len, ==, expected[filter]);
      for (guint i = 0; i < hits->len; i++)
        {
          g_assert_true (g_array_index (hits, LkFaceHit, i).is_copy);
          g_assert_cmpfloat_with_epsilon (g_array_index (hits, LkFaceHit, i).score, 2, LK_FACE_INDEX_ERROR);
        }
    }
  g_assert_cmpuint (lk_face_index_get_bytes (index), >, 6 * N_VALUES * 2);
}

/* -- threads -- */

typedef struct
{
  LkFaceIndex *index;
  GPtrArray *traces;
  gint stop;                    /* atomic */
  gint n_queries;               /* atomic */
} Crowd;

/* What is there is found, from the moment that the index says it is there. */
static gpointer
ask (gpointer data)
{
  Crowd *crowd = data;
  guint last = 0;

  while (!g_atomic_int_get (&crowd->stop) || last < N_ENTRIES)
    {
      guint n = lk_face_index_get_size (crowd->index);
      LkFaceQuery query = { .n_best = 1, .least_score = 1.9, .copies = { -1, 2 } };
      g_autoptr (GArray) hits = NULL;

      g_assert_cmpuint (n, >=, last);
      last = n;
      if (n == 0)
        continue;
      query.trace = crowd->traces->pdata[n - 1];
      hits = lk_face_index_query (crowd->index, &query);
      g_assert_cmpuint (hits->len, ==, 1);
      g_assert_cmpint (g_array_index (hits, LkFaceHit, 0).id, ==, (gint64) n - 1);
      g_atomic_int_inc (&crowd->n_queries);
    }
  return NULL;
}

static void
test_threads (void)
{
  enum { N_THREADS = 4 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  Crowd crowd = { lk_face_index_new (MODELS), g_ptr_array_new_with_free_func ((GDestroyNotify) lk_trace_free), 0, 0 };
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_ENTRIES; i++)
    g_ptr_array_add (crowd.traces, make_trace (rand));
  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("ask", ask, &crowd);
  for (int i = 0; i < N_ENTRIES; i++)
    g_assert_true (lk_face_index_add (crowd.index, i, i, crowd.traces->pdata[i]));
  g_atomic_int_set (&crowd.stop, 1);
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (g_atomic_int_get (&crowd.n_queries), >=, N_THREADS);
  lk_face_index_free (crowd.index);
  g_ptr_array_unref (crowd.traces);
}

/* -- storing -- */

static void
test_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (LkTrace) trace = make_trace (rand);
  g_autoptr (GBytes) bytes = lk_trace_to_bytes (trace);
  g_autoptr (LkTrace) again = lk_trace_from_bytes (bytes);
  gsize size = g_bytes_get_size (bytes);

  g_assert_nonnull (again);
  g_assert_cmpint (lk_fingerprint_distance (&trace->fingerprint, &again->fingerprint), ==, 0);
  g_assert_cmpmem (trace->fingerprint.shape, LK_FINGERPRINT_BITS, again->fingerprint.shape, LK_FINGERPRINT_BITS);
  g_assert_cmpmem (trace->values, N_VALUES * sizeof (float), again->values, again->n_values * sizeof (float));
  g_assert_cmpuint (again->models, ==, MODELS);
  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);

      g_assert_null (lk_trace_from_bytes (cut));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face-index/exact", test_exact);
  g_test_add_func ("/face-index/filters", test_filters);
  g_test_add_func ("/face-index/threads", test_threads);
  g_test_add_func ("/trace/bytes", test_bytes);
  return g_test_run ();
}
