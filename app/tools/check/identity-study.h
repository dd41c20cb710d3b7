/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/embed.h"
#include "tools/check/histogram.h"
#include "tools/check/parallel.h"
#include "tools/check/rates.h"

G_BEGIN_DECLS

/* How much different people on a college's own photos look alike. Every pair of photos of different names counts as two
 * people, so no labels are needed; nothing about a single photo is kept. */
typedef struct
{
  guint n_photos;               /* with a face */
  LkHistogram scores;           /* of all pairs */
  double same, different, search;       /* the present limits, from the list of models */
  LkShare at_same;              /* pairs that would be taken for one person */
  LkShare unsure;               /* pairs a person would have to look at */
  double proposed_same;         /* reached by 1 pair of 1000 at most; NAN when there are fewer than 1000 */
  double proposed_different;    /* reached by 1 pair of 100 at most; NAN likewise */
  LkShare at_search;            /* pairs that the search for the same face would find */
  guint campus_size;            /* students */
  double search_pairs;          /* of so many pairs one may be found: 1 student in 10 beside one of all the others */
  double proposed_search;       /* not below same; NAN when there are fewer than 1000 pairs */
  gboolean search_extended;     /* it lies where too few pairs are to be counted */
  guint search_photos;          /* that are enough to count */
} LkIdentityStudy;

/**
 * lk_embed_photo:
 * @photo: upright
 *
 * The embedding of the largest face. Errors: those of the engine, G_IO_ERROR_INVALID_DATA without a face.
 */
LkEmbedding *lk_embed_photo (LkEngine *engine, LkPixels *photo, GError **error);

/* Whom to compare, and for whom. */
typedef struct
{
  GPtrArray *embeddings;        /* of LkEmbedding *; NULL where a photo has none */
  GPtrArray *people;            /* of char *: who is on each; photos of one are not compared */
  const LkManifest *manifest;
  guint campus_size;            /* students of the college */
} LkIdentityInput;

/**
 * lk_identity_search_limit:
 * @scores: of different people
 * @pairs: of so many one may reach the limit
 * @extended: whether it had to be worked out beyond what can be counted
 *
 * Counted while 10 scores lie above it. Else the scores above their 99 % point are taken to grow rare exponentially, which is
 * on the careful side of a normal distribution: the limit comes out somewhat too high. At most the end of the histogram.
 */
double lk_identity_search_limit (const LkHistogram *scores, double pairs, gboolean *extended);

/**
 * lk_identity_study_new:
 *
 * Compares all pairs on this many threads. The number of threads does not change the result.
 */
LkIdentityStudy *lk_identity_study_new (const LkIdentityInput *input, guint jobs);

G_END_DECLS
