/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/models.h"
#include "photo/pixels.h"

G_BEGIN_DECLS

/* Cutting turned and scaled squares out of a photo, as the networks want them.
 *
 * Photo coordinates are continuous: pixel (i, j) covers [i, i + 1) x [j, j + 1). */

#define LK_PYRAMID_LEVELS 8

/* A photo and its halves, so that strong shrinking stays smooth and cheap. Immutable, safe across threads. */
typedef struct
{
  guint n_levels;
  LkPixels *levels[LK_PYRAMID_LEVELS];  /* [0] is the photo itself */
} LkPyramid;

LkPyramid *lk_pyramid_new  (LkPixels *photo);
void       lk_pyramid_free (LkPyramid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPyramid, lk_pyramid_free)

/* The smallest level that is still at least this wide (the photo itself when it is narrower). */
guint lk_pyramid_level_for_width (const LkPyramid *self, int width);

/* From crop coordinates (u, v) to photo coordinates: x = xu * u + xv * v + x0, y = yu * u + yv * v + y0. */
typedef struct
{
  double xu, xv, x0;
  double yu, yv, y0;
} LkAffine;

/* A square of side photo px around (x, y), turned by angle (radians, clockwise on screen), seen as size x size px. */
LkAffine lk_affine_square (double x, double y, double side, double angle, int size);

/* The same crop seen in a mirror (left and right of the crop exchanged). */
LkAffine lk_affine_mirrored (const LkAffine *self, int size);

/* The similarity that moves n points of the crop onto n points of the photo with the least squares. */
LkAffine lk_affine_from_points (const double (*crop)[2], const double (*photo)[2], guint n);

void lk_affine_apply (const LkAffine *self, double u, double v, float *x, float *y);

/* Fills the model's input of size x size px; what lies outside the photo is black. */
void lk_pyramid_sample (const LkPyramid *self, const LkAffine *crop, const LkModelEntry *entry, float *input);

G_END_DECLS
