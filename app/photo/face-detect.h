/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/face.h"

G_BEGIN_DECLS

/* Where a detector believes a face to be. */
typedef struct
{
  float score;
  LkBox box;
  float left_eye[2], right_eye[2];      /* as seen by the viewer */
} LkCandidate;

/**
 * lk_detect_short, lk_detect_full:
 * @candidates: (out): at most LK_MAX_FACES, best score first, overlapping ones merged into the best
 *
 * The short range finds faces that fill much of the photo, the full range also small ones.
 */
gboolean lk_detect_short (LkEngine *engine, const LkPyramid *photo, LkCandidate *candidates, guint *n_candidates, GError **error);
gboolean lk_detect_full  (LkEngine *engine, const LkPyramid *photo, LkCandidate *candidates, guint *n_candidates, GError **error);

/* Overlap of two boxes, intersection by union. */
float lk_box_overlap (const LkBox *a, const LkBox *b);

G_END_DECLS
