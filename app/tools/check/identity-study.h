/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/embed.h"
#include "tools/check/histogram.h"
#include "tools/check/parallel.h"
#include "tools/check/rates.h"

G_BEGIN_DECLS

/* How much different people on a college's own photos look alike. Every pair of photos counts as two people, so no labels are
 * needed; nothing about a single photo is kept. */
typedef struct
{
  guint n_photos;               /* with a face */
  LkHistogram scores;           /* of all pairs */
  double same, different;       /* the present bands, from the list of models */
  LkShare at_same;              /* pairs that would be taken for one person */
  LkShare unsure;               /* pairs a person would have to look at */
  double proposed_same;         /* reached by 1 pair of 1000 at most; NAN when there are fewer than 1000 */
  double proposed_different;    /* reached by 1 pair of 100 at most; NAN likewise */
} LkIdentityStudy;

/**
 * lk_embed_photo:
 * @photo: upright
 *
 * The embedding of the largest face. Errors: those of the engine, G_IO_ERROR_INVALID_DATA without a face.
 */
LkEmbedding *lk_embed_photo (LkEngine *engine, LkPixels *photo, GError **error);

/**
 * lk_identity_study_new:
 * @embeddings: array of LkEmbedding *; NULL where a photo has none
 *
 * Compares all pairs on this many threads. The number of threads does not change the result.
 */
LkIdentityStudy *lk_identity_study_new (GPtrArray *embeddings, const LkManifest *manifest, guint jobs);

G_END_DECLS
