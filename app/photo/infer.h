/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/models.h"

G_BEGIN_DECLS

/* Running networks with ONNX Runtime, which is loaded when it is there and never linked. */

typedef struct _LkRuntime LkRuntime;
typedef struct _LkModel LkModel;

/* Where one output of a run goes. Its length is part of what is expected of the model; with data NULL any
 * length is taken and data is newly allocated. */
typedef struct
{
  float *data;
  gsize length;
} LkTensor;

/**
 * lk_runtime_new:
 *
 * Loads the runtime: the file $LIKENESS_RUNTIME when that is set, else the one set-up put beside the models
 * folder, else the system's. Call it before other threads write to stderr or read the environment: the
 * library is noisy while it loads and takes its settings from the environment.
 *
 * Returns: LK_ERROR_NO_ENGINE when none can be used
 */
LkRuntime *lk_runtime_new  (GError **error);
void       lk_runtime_free (LkRuntime *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkRuntime, lk_runtime_free)

/* Loads the entry's file from a folder, for one thread a run. The runtime and the entry must outlive the model. */
LkModel *lk_model_new  (LkRuntime *runtime, const LkModelEntry *entry, const char *folder, GError **error);
void     lk_model_free (LkModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkModel, lk_model_free)

const LkModelEntry *lk_model_get_entry (const LkModel *self);

/**
 * lk_model_run:
 * @input: size x size x 3 values in the entry's layout
 * @outputs: one for each of the entry's outputs, in its order
 *
 * Runs on the calling thread; may be called from several threads at a time.
 *
 * Returns: LK_ERROR_NO_ENGINE when the runtime fails or an output has another length
 */
gboolean lk_model_run (LkModel *self, const float *input, LkTensor *outputs, GError **error);

G_END_DECLS
