/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/checker.h"

#include <math.h>

#include "core/data.h"
#include "core/error.h"
#include "photo/checker-private.h"
#include "photo/embed.h"
#include "photo/engine.h"
#include "photo/measure.h"

struct _LkChecker
{
  const LkSpec *spec;
  LkEngine *engine;             /* NULL when the face models cannot be used */
  LkDecoder *decoder;           /* NULL: files are our own */
  char *problem;
};

/* What must be there before a check can be measured. */
typedef enum
{
  NEEDS_FILE,
  NEEDS_ENGINE,
  NEEDS_FACE,
  NEEDS_EMBEDDING,
} Needs;

/* One check is one entry, in the order of rules.md section 3, then the measures. Limits are in data/photo-spec.json, never here. */
static const struct
{
  const char *id;
  Needs needs;
  LkMeasureFunc measure;
} checks[] = {
  { "F1_format", NEEDS_FILE, lk_measure_format },
  { "F2_size", NEEDS_FILE, lk_measure_size },
  { "F3_bytes", NEEDS_FILE, lk_measure_bytes },
  { "F4_upscaled", NEEDS_FACE, lk_measure_upscaled },
  { "G1_face_count", NEEDS_ENGINE, lk_measure_face_count },
  { "G2_hair_top", NEEDS_FACE, lk_measure_hair_top },
  { "G3_eye_line", NEEDS_FACE, lk_measure_eye_line },
  { "G4_face_width", NEEDS_FACE, lk_measure_face_width },
  { "G5_centre", NEEDS_FACE, lk_measure_centre },
  { "G6_roll", NEEDS_FACE, lk_measure_roll },
  { "G7_yaw_pitch", NEEDS_FACE, lk_measure_yaw_pitch },
  { "G8_shoulders", NEEDS_FACE, lk_measure_shoulders },
  { "Q1_light_even", NEEDS_FACE, lk_measure_light_even },
  { "Q2_highlight", NEEDS_FACE, lk_measure_highlight },
  { "Q3_exposure", NEEDS_FACE, lk_measure_exposure },
  { "Q4_sharp", NEEDS_FACE, lk_measure_sharp },
  { "Q5_colour", NEEDS_FACE, lk_measure_colour },
  { "E1_eyes", NEEDS_FACE, lk_measure_eyes },
  { "E2_mouth", NEEDS_FACE, lk_measure_mouth },
  { "E3_hair_cover", NEEDS_FACE, lk_measure_hair_cover },
  { "E4_glasses", NEEDS_FACE, lk_measure_glasses },
  { "E5_headwear", NEEDS_FACE, lk_measure_headwear },
  { "C1_clothes", NEEDS_FACE, lk_measure_clothes },
  { "B1_replaced", NEEDS_ENGINE, lk_measure_replaced },
  { "B2_all_blue", NEEDS_ENGINE, lk_measure_all_blue },
  { "B3_edge", NEEDS_ENGINE, lk_measure_edge },
  { "I2_similarity", NEEDS_EMBEDDING, lk_measure_similarity },
  { "D3_recapture", NEEDS_FACE, lk_measure_recapture },
  /* the measures of ISO/IEC 29794-5 */
  { "M01_illumination", NEEDS_FACE, lk_measure_illumination },
  { "M02_luminance_mean", NEEDS_FACE, lk_measure_luminance_mean },
  { "M03_luminance_variance", NEEDS_FACE, lk_measure_luminance_variance },
  { "M04_under_exposure", NEEDS_FACE, lk_measure_under_exposure },
  { "M05_over_exposure", NEEDS_FACE, lk_measure_over_exposure },
  { "M06_dynamic_range", NEEDS_FACE, lk_measure_dynamic_range },
  { "M07_sharpness", NEEDS_FACE, lk_measure_sharpness },
  { "M08_jpeg_quality", NEEDS_FILE, lk_measure_jpeg_quality },
  { "M09_blockiness", NEEDS_FACE, lk_measure_blockiness },
  { "M10_natural_colour", NEEDS_FACE, lk_measure_natural_colour },
  { "M11_eye_distance", NEEDS_FACE, lk_measure_eye_distance },
  { "M12_head_size", NEEDS_FACE, lk_measure_head_size },
  { "M13_crop_left", NEEDS_FACE, lk_measure_crop_left },
  { "M14_crop_right", NEEDS_FACE, lk_measure_crop_right },
  { "M15_crop_above", NEEDS_FACE, lk_measure_crop_above },
  { "M16_crop_below", NEEDS_FACE, lk_measure_crop_below },
  { "M17_single_face", NEEDS_FACE, lk_measure_single_face },
  { "M18_yaw", NEEDS_FACE, lk_measure_yaw },
  { "M19_pitch", NEEDS_FACE, lk_measure_pitch },
  { "M20_roll", NEEDS_FACE, lk_measure_head_roll },
};

LkChecker *
lk_checker_new (const LkSpec *spec, const char *models_dir)
{
  LkChecker *self = g_new0 (LkChecker, 1);
  g_autofree char *folder = models_dir != NULL ? g_strdup (models_dir) : lk_models_dir ();
  g_autoptr (GError) embedding_problem = NULL;
  g_autoptr (GError) error = NULL;

  self->spec = spec;
  self->engine = lk_engine_new (folder, &embedding_problem, &error);
  if (error != NULL)
    self->problem = g_strdup (error->message);
  else if (embedding_problem != NULL)
    self->problem = g_strdup (embedding_problem->message);
  return self;
}

void
lk_checker_free (LkChecker *self)
{
  g_clear_pointer (&self->engine, lk_engine_free);
  g_free (self->problem);
  g_free (self);
}

void
lk_checker_set_decoder (LkChecker *self, LkDecoder *decoder)
{
  self->decoder = decoder;
}

LkPixels *
lk_checker_decode (LkChecker *self, GBytes *file, LkFileInfo *info, GError **error)
{
  if (self->decoder != NULL)
    return lk_decoder_decode (self->decoder, file, self->spec, 0, 0, info, error);
  return lk_decode (file, self->spec, info, error);
}

LkPixels *
lk_checker_decode_original (LkChecker *self, GBytes *file, LkFileInfo *info, GError **error)
{
  if (self->decoder != NULL)
    return lk_decoder_decode_original (self->decoder, file, self->spec, info, error);
  return lk_decode_original (file, self->spec, info, error);
}

const char *
lk_checker_get_problem (LkChecker *self)
{
  return self->problem;
}

LkEngine *
lk_checker_get_engine (LkChecker *self)
{
  return self->engine;
}

/* The word for what is missing, or NULL. */
static const char *
why_not (const LkFindings *findings, Needs needs)
{
  if (needs == NEEDS_FILE)
    return NULL;
  if (findings->faces == NULL)
    return "no-engine";
  if (needs == NEEDS_EMBEDDING && !findings->has_embeddings)
    return "no-engine";
  if (needs >= NEEDS_FACE && findings->patch == NULL)
    return "no-face";
  return NULL;
}

/* A soft check warns only: hard limits of its entry may still make it fail. */
static LkOutcome
judge (const LkLimits *limits, const LkMeasurement *measurement)
{
  if (measurement->why != NULL)
    return LK_OUTCOME_NOT_RUN;
  return measurement->is_judged ? measurement->outcome : lk_limits_judge (limits, measurement->value);
}

static LkCheck *
run_check (const LkFindings *findings, gsize which, const LkLimits *limits)
{
  LkMeasurement measurement = { .value = NAN, .low = limits->low, .high = limits->high,
                                .hard_low = limits->hard_low, .hard_high = limits->hard_high };
  g_autoptr (GPtrArray) others = NULL;
  LkOutcome outcome;

  measurement.why = why_not (findings, checks[which].needs);
  if (measurement.why == NULL)
    checks[which].measure (findings, limits, &measurement);
  others = measurement.others;
  outcome = judge (limits, &measurement);
  return lk_check_new (&(LkCheckDescription) {
    .id = checks[which].id,
    .version = limits->version,
    .kind = limits->kind,
    .certainty = measurement.is_hint ? LK_CERTAINTY_HINT : limits->certainty,
    .outcome = outcome,
    .value = measurement.value,
    .score = lk_score_scale_rate (&limits->score, outcome, measurement.value, measurement.low, measurement.high),
    .low = measurement.low,
    .high = measurement.high,
    .hard_low = measurement.hard_low,
    .hard_high = measurement.hard_high,
    .region = measurement.region,
    .reason = outcome == LK_OUTCOME_PASS || outcome == LK_OUTCOME_NOT_RUN ? NULL
              : measurement.reason != NULL ? measurement.reason : limits->reason,
    .why = measurement.why,
    .others = others,
  });
}

LkCheck *
lk_findings_run_check (const LkFindings *findings, const char *id)
{
  const LkLimits *limits = lk_spec_get_limits (findings->spec, id);

  for (gsize i = 0; limits != NULL && i < G_N_ELEMENTS (checks); i++)
    if (g_str_equal (checks[i].id, id))
      return run_check (findings, i, limits);
  return NULL;
}

static GPtrArray *
run_checks (const LkFindings *findings)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      const LkLimits *limits = lk_spec_get_limits (findings->spec, checks[i].id);

      if (limits != NULL)
        g_ptr_array_add (results, run_check (findings, i, limits));
    }
  return results;
}

/* The embedding of the face on a photo to compare with; NULL when it is no picture or has no face. */
static LkEmbedding *
embed_reference (LkChecker *self, GBytes *photo)
{
  g_autoptr (LkPixels) pixels = lk_checker_decode (self, photo, NULL, NULL);
  g_autoptr (LkPyramid) pyramid = pixels != NULL ? lk_pyramid_new (pixels) : NULL;
  LkFaces faces;

  if (pyramid == NULL || !lk_faces_find (self->engine, pyramid, FALSE, &faces, NULL) || faces.n_faces == 0)
    return NULL;
  return lk_embedding_new (self->engine, pyramid, &faces.main, NULL);
}

LkEyes
lk_checker_find_eyes (LkChecker *self, LkPixels *photo)
{
  g_autoptr (LkPyramid) pyramid = lk_pyramid_new (photo);
  g_autofree LkFaces *faces = g_new0 (LkFaces, 1);
  const float *left = faces->main.eyes[0][LK_EYE_PUPIL], *right = faces->main.eyes[1][LK_EYE_PUPIL];

  if (self->engine == NULL || !lk_faces_find (self->engine, pyramid, TRUE, faces, NULL) || faces->n_faces == 0)
    return (LkEyes) { FALSE, 0, 0, 0, 0 };
  return (LkEyes) { TRUE, left[0] / photo->width, left[1] / photo->height, right[0] / photo->width, right[1] / photo->height };
}

static void
compare_with_reference (LkChecker *self, LkFindings *findings, LkCompared which, const LkEmbedding *own, GBytes *photo)
{
  LkReference *reference = &findings->references[which];
  g_autoptr (LkEmbedding) other = NULL;

  if (photo == NULL)
    return;
  reference->state = LK_REFERENCE_BAD;
  other = own != NULL ? embed_reference (self, photo) : NULL;
  if (other == NULL)
    return;
  reference->similarity = lk_embedding_compare (own, other);
  reference->state = LK_REFERENCE_COMPARED;
}

/* What is found with the embedding of the main face, which is costly and made only where it is needed. */
static void
compare_face (LkChecker *self, LkFindings *findings, const LkExamination *examination, LkReport *report)
{
  g_autoptr (LkEmbedding) own = NULL;

  if (examination->id_photo == NULL && examination->diploma_photo == NULL && !examination->with_trace
      && !examination->with_embedding)
    return;
  if (findings->has_embeddings)
    own = lk_embedding_new (self->engine, findings->photo, &findings->faces->main, NULL);
  findings->same_person = self->engine->manifest->same;
  findings->another_person = self->engine->manifest->different;
  compare_with_reference (self, findings, LK_COMPARED_ID_CARD, own, examination->id_photo);
  compare_with_reference (self, findings, LK_COMPARED_DIPLOMA, own, examination->diploma_photo);
  if (examination->with_trace)
    report->trace = lk_trace_new (self->engine, own, findings->photo, &findings->faces->main);
  if (examination->with_embedding)
    report->embedding = g_steal_pointer (&own);
}

static double
patch_face_width (const LkSpec *spec)
{
  const LkLimits *sharp = lk_spec_get_limits (spec, "Q4_sharp");

  return sharp != NULL ? lk_limits_get_param (sharp, "face_width", 160) : 160;
}

/* Everything the models find on the photo, then all checks on it. A model that fails on this photo is as good as missing. */
static GPtrArray *
check_with_engine (LkChecker *self, LkFindings *findings, const LkExamination *examination, LkReport *report)
{
  g_autofree LkFaces *faces = g_new0 (LkFaces, 1);
  g_autofree LkMask *mask = g_new0 (LkMask, 1);
  g_autoptr (LkFacePatch) patch = NULL;
  g_autoptr (GError) error = NULL;

  if (!lk_faces_find (self->engine, findings->photo, TRUE, faces, &error)
      || !lk_mask_find (self->engine, findings->photo, mask, &error))
    {
      g_warning ("face models: %s", error->message);
      return run_checks (findings);
    }
  findings->faces = faces;
  findings->mask = mask;
  findings->has_embeddings = self->engine->n_embeddings > 0;
  if (faces->n_faces > 0)
    {
      patch = lk_face_patch_new (findings->photo, &faces->main, patch_face_width (self->spec));
      findings->patch = patch;
      findings->pose = lk_pose_measure (&self->engine->canonical, &faces->main);
    }
  if (patch != NULL)
    compare_face (self, findings, examination, report);
  return run_checks (findings);
}

LkReport *
lk_checker_examine (LkChecker *self, GBytes *photo, const LkExamination *examination, GError **error)
{
  g_autoptr (LkReport) report = g_new0 (LkReport, 1);
  g_autoptr (LkPixels) pixels = lk_checker_decode (self, photo, &report->file, error);
  g_autoptr (LkPyramid) pyramid = pixels != NULL ? lk_pyramid_new (pixels) : NULL;
  LkFindings findings = { .spec = self->spec, .file = &report->file, .photo = pyramid };

  if (pyramid == NULL)
    return NULL;
  report->spec_version = self->spec->version;
  report->checks = self->engine != NULL ? check_with_engine (self, &findings, examination, report) : run_checks (&findings);
  return g_steal_pointer (&report);
}

LkReport *
lk_checker_run (LkChecker *self, GBytes *photo, GBytes *id_photo, GError **error)
{
  return lk_checker_examine (self, photo, &(LkExamination) { .id_photo = id_photo }, error);
}

void
lk_report_free (LkReport *self)
{
  g_clear_pointer (&self->trace, lk_trace_free);
  g_clear_pointer (&self->embedding, lk_embedding_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self);
}
