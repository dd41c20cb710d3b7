/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/embed.h"
#include "photo/fingerprint.h"

G_BEGIN_DECLS

/* What is remembered of a photo so that the same shot and the same face are found among many others. It is face data: whoever
 * stores it encrypts it. */
typedef struct
{
  gboolean has_fingerprint;
  LkFingerprint fingerprint;
  guint32 models;               /* which embeddings: only those of the same models can be compared */
  guint n_values;               /* 0 without embeddings */
  float *values;                /* the unit vectors of all models, one after the other */
} LkTrace;

/* Of a face that was found with its eyes; embedding: its own, NULL without. */
LkTrace *lk_trace_new  (LkEngine *engine, const LkEmbedding *embedding, const LkPyramid *photo, const LkLandmarks *face);
void     lk_trace_free (LkTrace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTrace, lk_trace_free)

/* As bytes for storing, and back; NULL for what this version did not write. */
GBytes  *lk_trace_to_bytes   (const LkTrace *self);
LkTrace *lk_trace_from_bytes (GBytes *bytes);

/* Which embeddings an engine makes: the "models" of its traces. */
guint32 lk_trace_models (const LkEngine *engine);

/* When two photos are the same shot, from the standard; the defaults when it says nothing. */
LkCopyLimits lk_copy_limits (const LkSpec *spec);

G_END_DECLS
