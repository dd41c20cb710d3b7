/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/identity-study.h"

#include <math.h>

#include <glib/gi18n.h>
#include <gio/gio.h>

/* Pairs of which one may be mistaken for the same person, and below which one in so many may look at all alike. */
enum { PAIRS_A_MISTAKE = 1000, PAIRS_A_LOOK = 100 };

/* Of so many students one may be found beside a stranger; so many scores above a limit make it counted; the tail that is extended
 * is one score in so many. */
enum { STUDENTS_A_FIND = 10, COUNTED = 10, TAIL = 100 };

typedef struct
{
  const LkIdentityInput *input;
  LkIdentityStudy *study;
  guint64 n_same, n_unsure, n_search;
  GMutex lock;                  /* over the sums */
} Pairs;

LkEmbedding *
lk_embed_photo (LkEngine *engine, LkPixels *photo, GError **error)
{
  g_autoptr (LkPyramid) pyramid = lk_pyramid_new (photo);
  g_autofree LkFaces *faces = g_new0 (LkFaces, 1);

  if (!lk_faces_find (engine, pyramid, FALSE, faces, error))
    return NULL;
  if (faces->n_faces == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("No face was found on this photo."));
      return NULL;
    }
  return lk_embedding_new (engine, pyramid, &faces->main, error);
}

/* One photo with all behind it, summed up alone and then added. */
static void
compare_row (guint i, gpointer data)
{
  Pairs *pairs = data;
  const LkManifest *manifest = pairs->input->manifest;
  gpointer *embeddings = pairs->input->embeddings->pdata, *people = pairs->input->people->pdata;
  g_autofree LkHistogram *scores = g_new (LkHistogram, 1);
  guint64 n_same = 0, n_unsure = 0, n_search = 0;

  lk_histogram_init (scores, pairs->study->scores.low, pairs->study->scores.high);
  for (guint j = i + 1; embeddings[i] != NULL && j < pairs->input->embeddings->len; j++)
    {
      double score;

      if (embeddings[j] == NULL || g_str_equal (people[i], people[j]))
        continue;
      score = lk_embedding_compare (embeddings[i], embeddings[j]);
      lk_histogram_add (scores, score);
      n_same += score >= manifest->same;
      n_unsure += score >= manifest->different && score < manifest->same;
      n_search += score >= manifest->search;
    }
  g_mutex_lock (&pairs->lock);
  lk_histogram_merge (&pairs->study->scores, scores);
  pairs->n_same += n_same;
  pairs->n_unsure += n_unsure;
  pairs->n_search += n_search;
  g_mutex_unlock (&pairs->lock);
}

static double
quantile_of_many (const LkHistogram *scores, int pairs)
{
  return scores->n >= PAIRS_A_MISTAKE ? lk_histogram_quantile (scores, 1 - 1.0 / pairs) : NAN;
}

/* How many scores lie in bins above an edge, and by how much on average they lie above it. */
static guint64
count_above (const LkHistogram *scores, double from, double *excess)
{
  double half = (scores->high - scores->low) / LK_HISTOGRAM_BINS / 2, sum = 0;
  guint64 n = 0;

  for (guint i = 0; i < LK_HISTOGRAM_BINS; i++)
    {
      double edge = lk_histogram_edge (scores, i);

      if (edge < from)
        continue;
      n += scores->bins[i];
      sum += (edge + half - from) * (double) scores->bins[i];
    }
  *excess = n > 0 ? sum / (double) n : 0;
  return n;
}

double
lk_identity_search_limit (const LkHistogram *scores, double pairs, gboolean *extended)
{
  double n = (double) scores->n, start, excess, above;

  *extended = n < COUNTED * pairs;
  if (!*extended)
    return lk_histogram_quantile (scores, 1 - 1 / pairs);
  start = lk_histogram_quantile (scores, 1 - 1.0 / TAIL);
  above = (double) count_above (scores, start, &excess);
  return above > 0 ? MIN (start + excess * fmax (0, log (above / n * pairs)), scores->high) : start;
}

static void
propose_search (LkIdentityStudy *self, const LkIdentityInput *input)
{
  self->search = input->manifest->search;
  self->campus_size = input->campus_size;
  self->search_pairs = (double) STUDENTS_A_FIND * (input->campus_size - 1);
  /* n photos make n²/2 pairs */
  self->search_photos = (guint) ceil (sqrt (2.0 * COUNTED * self->search_pairs));
  self->proposed_search = NAN;
  if (self->scores.n >= PAIRS_A_MISTAKE)
    self->proposed_search = fmax (self->same, lk_identity_search_limit (&self->scores, self->search_pairs, &self->search_extended));
}

LkIdentityStudy *
lk_identity_study_new (const LkIdentityInput *input, guint jobs)
{
  LkIdentityStudy *self = g_new0 (LkIdentityStudy, 1);
  Pairs pairs = { .input = input, .study = self };
  double most = g_strv_length (input->manifest->similarity_models);

  for (guint i = 0; i < input->embeddings->len; i++)
    self->n_photos += input->embeddings->pdata[i] != NULL;
  self->same = input->manifest->same;
  self->different = input->manifest->different;
  lk_histogram_init (&self->scores, -most, most);
  g_mutex_init (&pairs.lock);
  lk_parallel_run (input->embeddings->len, jobs, compare_row, NULL, NULL, &pairs);
  g_mutex_clear (&pairs.lock);
  self->at_same = lk_share (pairs.n_same, self->scores.n);
  self->unsure = lk_share (pairs.n_unsure, self->scores.n);
  self->at_search = lk_share (pairs.n_search, self->scores.n);
  self->proposed_same = quantile_of_many (&self->scores, PAIRS_A_MISTAKE);
  self->proposed_different = quantile_of_many (&self->scores, PAIRS_A_LOOK);
  propose_search (self, input);
  return self;
}
