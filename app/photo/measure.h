/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/decode.h"
#include "photo/face-patch.h"
#include "photo/face.h"
#include "photo/mask.h"
#include "photo/pose.h"

G_BEGIN_DECLS

/* What the check families share: everything known about one photo, and what a measuring function says. */

/* Whether there was a photo to compare with. */
typedef enum
{
  LK_REFERENCE_NONE,
  LK_REFERENCE_BAD,             /* there is one, but no face in it or no picture */
  LK_REFERENCE_COMPARED,
} LkReferenceState;

/* The photos a face is compared with. */
typedef enum
{
  LK_COMPARED_ID_CARD,
  LK_COMPARED_DIPLOMA,
  LK_N_COMPARED,
} LkCompared;

typedef struct
{
  LkReferenceState state;
  double similarity;            /* when LK_REFERENCE_COMPARED */
} LkReference;

/* Borrowed by the measuring functions, which never change it. Lengths are photo px. */
typedef struct
{
  const LkSpec *spec;
  const LkFileInfo *file;
  const LkPyramid *photo;
  const LkFaces *faces;         /* NULL without an engine */
  const LkMask *mask;           /* NULL without an engine */
  const LkFacePatch *patch;     /* the main face at a fixed size; NULL without a face */
  LkPose pose;                  /* of the main face */
  gboolean has_embeddings;
  LkReference references[LK_N_COMPARED];
  double same_person;           /* the similarity from which on it is the same person */
  double another_person;        /* below this it is another one; between, a person looks */
} LkFindings;

/* What was measured. Set to "no value, nowhere, limits of the spec" before the function is called. */
typedef struct
{
  double value;                 /* in the unit of the check; NAN: there is no number */
  LkRegion region;
  const char *why;              /* set: it could not be measured, the word of the reason */
  double low, high;             /* the limits to show and to judge by; the spec's until changed */
  double hard_low, hard_high;   /* shown with them; the spec's until changed */
  const char *reason;           /* the code to suggest; NULL: that of the spec */
  GPtrArray *others;            /* of LkOther, owned; NULL: it was compared with nothing */
  gboolean is_judged;           /* outcome was decided here and not by the limits */
  LkOutcome outcome;
  gboolean is_hint;             /* this result is less sure than the check is by the spec: only a hint */
} LkMeasurement;

typedef void (*LkMeasureFunc) (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-file.c */
void lk_measure_format (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_size   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_bytes  (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-detail.c */
void lk_measure_upscaled (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-geometry.c */
void lk_measure_face_count (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_hair_top   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_eye_line   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_face_width (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_centre     (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_roll       (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_yaw_pitch  (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-shoulders.c */
void lk_measure_shoulders (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-light.c */
void lk_measure_light_even (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_exposure   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_sharp      (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-skin.c */
void lk_measure_highlight (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_colour    (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_glasses   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-eyes.c */
void lk_measure_eyes  (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_mouth (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-hair.c */
void lk_measure_hair_cover (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-headwear.c */
void lk_measure_headwear (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-clothes.c */
void lk_measure_clothes (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-background.c */
void lk_measure_replaced (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_all_blue (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-edge.c */
void lk_measure_edge (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-recapture.c */
void lk_measure_recapture (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* check-identity.c */
void lk_measure_similarity (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* measure-light.c */
void lk_measure_illumination       (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_luminance_mean     (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_luminance_variance (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_under_exposure     (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_over_exposure      (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_dynamic_range      (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_natural_colour     (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* measure-detail.c */
void lk_measure_sharpness    (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_jpeg_quality (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_blockiness   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* measure-geometry.c */
void lk_measure_eye_distance (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_head_size    (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_crop_left    (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_crop_right   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_crop_above   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_crop_below   (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_single_face  (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_yaw          (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_pitch        (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);
void lk_measure_head_roll    (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement);

/* Whether another check, measured by its function, leaves this one to be judged: it passes, or cannot be measured, or the spec
 * has none. */
gboolean lk_findings_pass (const LkFindings *findings, const char *id, LkMeasureFunc measure);

/* How much the borders of JPEG's blocks stand out in the main face, sRGB steps (measure-detail.c). */
double lk_findings_blockiness (const LkFindings *findings);

/* Reference-frame px for one photo px. */
double lk_findings_scale (const LkFindings *findings);

/* The photo seen through the mask's cells: the level of the pyramid that is about as fine, and the colour of one cell in it. */
const LkPixels *lk_findings_cells (const LkFindings *findings);
const guint8   *lk_cell_colour    (const LkPixels *cells, int row, int column);

/* From cells of the mask, the last ones not included, to photo px. */
LkBox lk_box_from_cells (const LkFindings *findings, int row0, int row1, int column0, int column1);

/* Places on the photo, from photo px. */
LkRegion lk_findings_row    (const LkFindings *findings, double y, double x0, double x1);
LkRegion lk_findings_column (const LkFindings *findings, double x, double y0, double y1);
LkRegion lk_findings_span   (const LkFindings *findings, double x0, double y0, double x1, double y1);
LkRegion lk_findings_box    (const LkFindings *findings, const LkBox *box);

G_END_DECLS
