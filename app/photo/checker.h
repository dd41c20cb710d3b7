/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/photo-info.h"
#include "core/spec.h"
#include "photo/decode.h"
#include "photo/decoder.h"
#include "photo/engine.h"
#include "photo/trace.h"

G_BEGIN_DECLS

/**
 * LkChecker:
 *
 * All automatic checks of rules.md section 3 that this version has, run on one photo.
 * Loaded once, then used from any number of threads at a time.
 */
typedef struct _LkChecker LkChecker;

/* Everything found out about one photo. */
typedef struct
{
  LkFileInfo file;
  int spec_version;
  GPtrArray *checks;            /* of LkCheck, in the order of rules.md */
  LkTrace *trace;               /* of the main face, when it was asked for and there is one */
  LkEmbedding *embedding;       /* likewise */
} LkReport;

/**
 * lk_checker_new:
 * @spec: kept by the caller until the checker is freed
 * @models_dir: (nullable): where the ONNX files lie; %NULL for lk_models_dir()
 *
 * Never fails for a missing runtime or model: the checks that need it then say not_run, "no-engine".
 */
LkChecker *lk_checker_new  (const LkSpec *spec, const char *models_dir);
void       lk_checker_free (LkChecker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkChecker, lk_checker_free)

/* From now on files are decoded in this decoder's helpers, as those from other people must be. Kept by the caller. */
void lk_checker_set_decoder (LkChecker *self, LkDecoder *decoder);

/* Decodes a file as lk_checker_run() does. */
LkPixels *lk_checker_decode (LkChecker *self, GBytes *file, LkFileInfo *info, GError **error);

/* The same for an uncropped original, as lk_decode_original(). */
LkPixels *lk_checker_decode_original (LkChecker *self, GBytes *file, LkFileInfo *info, GError **error);

/* Why the face models cannot be used (a sentence for the log), or NULL when they can. */
const char *lk_checker_get_problem (LkChecker *self);

/* The models, for making crops and blue backgrounds with them (crop.h, blue.h); NULL without. Borrowed. */
LkEngine *lk_checker_get_engine (LkChecker *self);

/* The pupils of the largest face; not known without an engine or a face. */
LkEyes lk_checker_find_eyes (LkChecker *self, LkPixels *photo);

/**
 * lk_checker_run:
 * @photo: the file as it was uploaded
 * @id_photo: (nullable): the ID-card photo's file, for the similarity advice
 *
 * A file that is no picture, cut off or too large is an error (see lk_decode()); everything else is a report. A result has the
 * certainty that the spec gives the check, but is a hint where it comes from a part of the check that is less sure: E1_eyes of
 * open eyes that look elsewhere, C1_clothes of stripes.
 */
LkReport *lk_checker_run  (LkChecker *self, GBytes *photo, GBytes *id_photo, GError **error);

/* What a photo is compared with; NULL for what there is not. */
typedef struct
{
  GBytes *id_photo, *diploma_photo;
  gboolean with_trace;          /* to be found again among others */
  gboolean with_embedding;      /* to be compared with others now */
} LkExamination;

LkReport *lk_checker_examine (LkChecker *self, GBytes *photo, const LkExamination *examination, GError **error);
void      lk_report_free  (LkReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkReport, lk_report_free)

G_END_DECLS
