/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/engine.h"
#include "photo/pixels.h"

G_BEGIN_DECLS

/* Help with cropping: the part of an uncropped original that meets the ranges of rules.md section 2.1. */

/* Why no crop of this original can meet the standard. */
typedef enum
{
  LK_CROP_POSSIBLE,
  LK_CROP_NO_FACE,
  LK_CROP_SEVERAL_FACES,
  LK_CROP_TOO_SMALL,            /* it would have to be enlarged */
  LK_CROP_HAIR_CUT,             /* the original itself cuts the hair, or leaves no room above it */
  LK_CROP_SIDE_MISSING,         /* a shoulder or arm is not in the original on one side */
  LK_CROP_BODY_MISSING,         /* the original ends too soon below the chin */
  LK_CROP_FACE_SHAPE,           /* eye line and face width cannot both be in range; not seen with real faces */
} LkCropProblem;

/**
 * LkCrop:
 *
 * A proposed crop, in px of the upright original. What it will measure is given in px of the reference frame, as the
 * checks give it, so that a person can see what is gained and lost.
 */
typedef struct
{
  LkCropProblem problem;        /* when set, the rest is empty */
  int x, y, width, height;      /* width : height is exactly the frame's ratio */
  double turn;                  /* degrees it is turned about its own middle, clockwise positive; else 0 */
  double hair_top, eye_line, face_width, centre;
  gboolean hair_in_range;       /* rules.md 2.1, priority rule: eye line and face width come first */
} LkCrop;

/**
 * lk_crop_propose:
 * @original: upright, sRGB
 *
 * Eye line and face width first, then the top of the hair, then centring, each as near to its target as the ones
 * before allow.
 * Never larger than the original's own pixels and never beyond its edges.
 *
 * Returns: FALSE with LK_ERROR_NO_ENGINE, or LK_ERROR_BAD_SPEC when the spec has no ranges; that there is no crop is
 * no error.
 */
gboolean lk_crop_propose (LkEngine *engine, LkPixels *original, const LkSpec *spec, LkCrop *crop, GError **error);

/* Where the head is in an original, photo px: y of the hair's top (NAN: not found) and of the eye line, x of the
 * face's middle. */
typedef struct
{
  int width, height;            /* of the original */
  double hair_top, eye_line, face_width, middle;
  double roll;                  /* degrees, clockwise */
} LkHead;

/* The arithmetic of lk_crop_propose() alone. */
LkCrop lk_crop_solve (const LkHead *head, const LkSpec *spec);

/* The crop cut out of the original at its own size, turned when the crop says so. */
LkPixels *lk_crop_cut (const LkCrop *self, LkPixels *original);

/* One sentence, translated: why there is no crop and what to do; NULL when there is one. Static. */
const char *lk_crop_problem_text (LkCropProblem problem);

/* The same as it stands in the sources, and its word on the wire: "no-face", "too-small"... */
const char *lk_crop_problem_source (LkCropProblem problem);
const char *lk_crop_problem_to_word (LkCropProblem problem);

G_END_DECLS
