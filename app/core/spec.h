/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"
#include "core/score.h"

G_BEGIN_DECLS

/* The photo standard as data: data/photo-spec.json (rules.md sections 2 and 3). */

/* The limits of one check. NAN means "no limit on this side"; all limits are inclusive. */
typedef struct
{
  int version;
  LkCheckKind kind;
  LkCertainty certainty;
  double low, high;             /* within: pass */
  double hard_low, hard_high;   /* beyond these a soft check fails instead of warning */
  LkScoreScale score;           /* what value is how good */
  char *reason;                 /* suggested reason code, or NULL */
  GHashTable *params;           /* name -> double *, what else the measuring needs */
} LkLimits;

/* One way of cutting the person out for the blue background; a redo takes the next. */
typedef struct
{
  double radius;                /* of the windows the edge is refined in, share of the photo's height */
  double smoothness;            /* how much contrast (squared, person minus background = 1) the edge follows at least */
  double busy_smoothness;       /* the same before a background that is not plain */
  double cover_low, cover_high; /* soft cover up to the one is background, from the other on person */
  double plain_noise;           /* a background that scatters less is plain, sRGB steps; 0: colour is never used */
  double hair_difference;       /* this unlike a plain background, sRGB steps: person when it touches the person */
  double background_difference; /* this like a plain background: not person where the mask is unsure */
} LkBlueAttempt;

/* How a crop is proposed; the ranges it has to meet are those of the checks. */
typedef struct
{
  gboolean level;               /* turn the photo so that the eyes are level; the standard forbids it */
  double margin;                /* kept from the ends of the ranges where possible, px in the reference frame */
} LkCropRules;

enum { LK_FINISH_SIZES_MAX = 4 };

/* The finished file. Bytes are for the reference frame; larger sizes may have as much more as they have pixels. */
typedef struct
{
  int dpi;
  int low_quality, high_quality;        /* of the JPEG; between them the best that fits is taken */
  int full_colour_quality;      /* colour is stored at half the resolution rather than let the quality fall below this */
  int low_bytes, high_bytes;    /* where that is possible */
  guint n_sizes;
  int sizes[LK_FINISH_SIZES_MAX][2];    /* width and height, px; [0] is the standard size */
} LkFinishRules;

typedef struct
{
  int version;                  /* of the whole file; stored with every report */
  int frame_width, frame_height;        /* reference frame, px: 480 x 640 */
  double target_hair_top, target_eye_line, target_face_width;   /* px in the reference frame */
  guint8 blue[3];               /* sRGB of the replaced background */
  gsize max_bytes;              /* of a file we read at all */
  guint64 max_pixels;
  GHashTable *checks;           /* id -> LkLimits * */
  guint n_blue_attempts;        /* 0: this spec makes no blue background */
  LkBlueAttempt *blue_attempts;
  LkCropRules crop;
  LkFinishRules finish;         /* no sizes: this spec finishes no photo */
} LkSpec;

/* Reads a spec file. On failure LK_ERROR_BAD_SPEC, the message naming line (where JSON is broken) or member and reason. */
LkSpec *lk_spec_load (const char *path, GError **error);
LkSpec *lk_spec_parse (const char *json, gssize length, GError **error);

/* The spec shipped in data/. */
LkSpec *lk_spec_load_default (GError **error);
void    lk_spec_free (LkSpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSpec, lk_spec_free)

/* Limits of a check; NULL when the spec does not have it (then it is not run). Borrowed. */
const LkLimits *lk_spec_get_limits (const LkSpec *self, const char *id);

/* A parameter of a check's entry, or the fallback when it is not there. */
double lk_limits_get_param (const LkLimits *self, const char *name, double fallback);

/* pass inside [low, high]; outside: fail for a hard check or beyond the hard limits, else warn. NAN: not_run. */
LkOutcome lk_limits_judge (const LkLimits *self, double value);

G_END_DECLS
