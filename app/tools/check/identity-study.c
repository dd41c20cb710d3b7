/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/identity-study.h"

#include <math.h>

#include <glib/gi18n.h>
#include <gio/gio.h>


/* Pairs of which one may be mistaken for the same person, and below which one in so many may look at all alike. */
enum { PAIRS_A_MISTAKE = 1000, PAIRS_A_LOOK = 100 };

typedef struct
{
  GPtrArray *embeddings;        /* without gaps */
  const LkManifest *manifest;
  LkIdentityStudy *study;
  guint64 n_same, n_unsure;
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
  g_autofree LkHistogram *scores = g_new (LkHistogram, 1);
  guint64 n_same = 0, n_unsure = 0;

  lk_histogram_init (scores, pairs->study->scores.low, pairs->study->scores.high);
  for (guint j = i + 1; j < pairs->embeddings->len; j++)
    {
      double score = lk_embedding_compare (pairs->embeddings->pdata[i], pairs->embeddings->pdata[j]);

      lk_histogram_add (scores, score);
      n_same += score >= pairs->manifest->same;
      n_unsure += score >= pairs->manifest->different && score < pairs->manifest->same;
    }
  g_mutex_lock (&pairs->lock);
  lk_histogram_merge (&pairs->study->scores, scores);
  pairs->n_same += n_same;
  pairs->n_unsure += n_unsure;
  g_mutex_unlock (&pairs->lock);
}

static double
quantile_of_many (const LkHistogram *scores, int pairs)
{
  return scores->n >= PAIRS_A_MISTAKE ? lk_histogram_quantile (scores, 1 - 1.0 / pairs) : NAN;
}

LkIdentityStudy *
lk_identity_study_new (GPtrArray *embeddings, const LkManifest *manifest, guint jobs)
{
  LkIdentityStudy *self = g_new0 (LkIdentityStudy, 1);
  g_autoptr (GPtrArray) present = g_ptr_array_new ();
  Pairs pairs = { .embeddings = present, .manifest = manifest, .study = self };
  double most = g_strv_length (manifest->similarity_models);

  for (guint i = 0; i < embeddings->len; i++)
    if (embeddings->pdata[i] != NULL)
      g_ptr_array_add (present, embeddings->pdata[i]);
  self->n_photos = present->len;
  self->same = manifest->same;
  self->different = manifest->different;
  lk_histogram_init (&self->scores, -most, most);
  g_mutex_init (&pairs.lock);
  lk_parallel_run (present->len, jobs, compare_row, NULL, NULL, &pairs);
  g_mutex_clear (&pairs.lock);
  self->at_same = lk_share (pairs.n_same, self->scores.n);
  self->unsure = lk_share (pairs.n_unsure, self->scores.n);
  self->proposed_same = quantile_of_many (&self->scores, PAIRS_A_MISTAKE);
  self->proposed_different = quantile_of_many (&self->scores, PAIRS_A_LOOK);
  return self;
}
