/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"

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
  char *reason;                 /* suggested reason code, or NULL */
  GHashTable *params;           /* name -> double *, what else the measuring needs */
} LkLimits;

typedef struct
{
  int version;                  /* of the whole file; stored with every report */
  int frame_width, frame_height;        /* reference frame, px: 480 x 640 */
  double target_hair_top, target_eye_line, target_face_width;   /* px in the reference frame */
  guint8 blue[3];               /* sRGB of the replaced background */
  gsize max_bytes;              /* of a file we read at all */
  guint64 max_pixels;
  GHashTable *checks;           /* id -> LkLimits * */
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
