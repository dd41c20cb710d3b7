/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/face.h"

G_BEGIN_DECLS

/* What makes a face comparable: one unit vector for each embedding model. Kept in memory only, for as long as it is needed. */
typedef struct _LkEmbedding LkEmbedding;

LkEmbedding *lk_embedding_new  (LkEngine *engine, const LkPyramid *photo, const LkLandmarks *face, GError **error);
void         lk_embedding_free (LkEmbedding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkEmbedding, lk_embedding_free)

/* The sum of the models' cosines, -n to n; what it means is said by the bands of I2_similarity. */
double lk_embedding_compare (const LkEmbedding *a, const LkEmbedding *b);

/* The vectors of all models, one after the other: the dot product of two of these is the same sum. Newly allocated. */
float *lk_embedding_dup_values (const LkEmbedding *self, guint *n_values);

G_END_DECLS
