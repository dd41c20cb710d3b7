/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/infer.h"

G_BEGIN_DECLS

#define LK_MESH_POINTS 468
#define LK_EMBEDDINGS_MAX 4

/* The neutral face in 3-D (cm, x to the right, y up, z towards the viewer) and how much each point says about its pose. */
typedef struct
{
  float points[LK_MESH_POINTS][3];
  float weights[LK_MESH_POINTS];        /* 0 for most */
} LkCanonicalFace;

/* All models, loaded once. Read only afterwards, used from any number of threads. */
typedef struct
{
  LkManifest *manifest;
  LkRuntime *runtime;
  LkModel *detector_short, *detector_full;
  LkModel *mesh, *iris;
  LkModel *person_mask;
  LkCanonicalFace canonical;
  LkModel *embeddings[LK_EMBEDDINGS_MAX];
  guint n_embeddings;           /* 0 when one of them is missing */
} LkEngine;

/**
 * lk_engine_new:
 * @models_dir: folder of the model files
 * @embedding_problem: (out): why there is no similarity although the rest works, or NULL
 *
 * Returns: LK_ERROR_NO_ENGINE or LK_ERROR_BAD_SPEC when the face models cannot be used
 */
LkEngine *lk_engine_new  (const char *models_dir, GError **embedding_problem, GError **error);
void      lk_engine_free (LkEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkEngine, lk_engine_free)

/* Reads the bytes of canonical-face.bin (format: app/tools/models/canonical.py). */
gboolean lk_canonical_face_parse (LkCanonicalFace *self, GBytes *bytes, GError **error);

G_END_DECLS
