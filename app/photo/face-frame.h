/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/measure.h"

G_BEGIN_DECLS

/* Places on and around the main face in units of half its width: (0, 0) is the middle of the face on the line through the
 * pupils, u goes along that line to the picture's right, v down across it; the cheeks end at u = -1 and u = 1. The same
 * place means the same on every photo and for a head on one side. */
typedef struct
{
  const LkPixels *pixels;       /* about as fine as the reference frame */
  const LkMask *mask;
  double zoom;                  /* px here for one photo px */
  double x, y;                  /* of (0, 0), px here */
  double ux, uy, vx, vy;        /* one unit along and across, px here */
} LkFaceFrame;

/* Needs a face and a mask. */
LkFaceFrame lk_face_frame (const LkFindings *findings);

void lk_face_frame_to_pixels (const LkFaceFrame *self, double u, double v, double *x, double *y);

/* NULL outside the photo. */
const guint8 *lk_face_frame_colour (const LkFaceFrame *self, double u, double v);

/* How surely the person is there, 0 to 1. */
float lk_face_frame_person (const LkFaceFrame *self, double u, double v);

/* The box around two corners, photo px. */
LkBox lk_face_frame_box (const LkFaceFrame *self, double u0, double v0, double u1, double v1);

/* What is taken for this person's skin: about its hue, and not much darker or brighter. */
typedef struct
{
  guint8 rgb[3];                /* of the cheeks */
  double most_difference;       /* of the shares of red and green, 0 to 1 */
  double darkest, brightest;    /* luma */
} LkSkin;

/* By the check's params skin_shares, skin_darkest and skin_brightest (of the luma of the cheeks). FALSE without cheeks. */
gboolean lk_skin_init    (LkSkin *self, const LkFacePatch *patch, const LkLimits *limits);
gboolean lk_skin_is_like (const LkSkin *self, const guint8 *rgb);

G_END_DECLS
