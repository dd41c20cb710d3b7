/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/trace.h"

G_BEGIN_DECLS

/**
 * LkFaceIndex:
 *
 * All traces of a campus in memory, to be asked for the same face and the same shot. Every entry is looked at, one after the
 * other: exact, and fast enough for far more students than a college has. Any number of threads may ask while others add.
 *
 * Embeddings are kept as 16-bit fixed point, half the size of floats; a score differs from lk_embedding_compare() by less
 * than LK_FACE_INDEX_ERROR.
 */
typedef struct _LkFaceIndex LkFaceIndex;

#define LK_FACE_INDEX_ERROR 0.001

/* models: lk_trace_models(); embeddings of others are not compared. */
LkFaceIndex *lk_face_index_new  (guint32 models);
void         lk_face_index_free (LkFaceIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkFaceIndex, lk_face_index_free)

/* id: of the photo; group: of the person it stands for. The trace is copied. FALSE when the index is full. */
gboolean lk_face_index_add (LkFaceIndex *self, gint64 id, gint64 group, const LkTrace *trace);
guint    lk_face_index_get_size (LkFaceIndex *self);

/* Bytes that entries take. */
gsize    lk_face_index_get_bytes (LkFaceIndex *self);

typedef enum
{
  LK_GROUP_ANY,
  LK_GROUP_SAME,                /* only photos of the group */
  LK_GROUP_OTHER,               /* only those of others */
} LkGroupFilter;

typedef struct
{
  const LkTrace *trace;
  gint64 group;
  LkGroupFilter filter;
  guint n_best;                 /* how many faces at most */
  double least_score;           /* of a face; see lk_embedding_compare(). -INFINITY: also those that have none */
  LkCopyLimits copies;
} LkFaceQuery;

typedef struct
{
  gint64 id, group;
  double score;                 /* of the faces; NAN when one has no embedding */
  int distance;                 /* of the fingerprints, bits; -1 when one has none */
  double shape;                 /* how alike they are; NAN when one has none */
  gboolean is_copy;             /* the same shot */
} LkFaceHit;

/* The best faces, and all copies: an array of LkFaceHit, copies first, then by score, the same on every run. */
GArray *lk_face_index_query (LkFaceIndex *self, const LkFaceQuery *query);

G_END_DECLS
