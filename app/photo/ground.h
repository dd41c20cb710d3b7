/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/box-blur.h"
#include "photo/mask.h"

G_BEGIN_DECLS

#define LK_GROUND_SIDE 32

/**
 * LkGround:
 *
 * The colours of the background and of the person in each part of a photo, in sRGB steps (R, G, B, unused), as two
 * coarse grids
 * over the whole photo. Parts where none of it is seen are filled from their neighbours.
 */
typedef struct
{
  gboolean is_plain;            /* one colour, at most slowly changing: then colour tells person from background */
  float noise;                  /* how far a plain background scatters, sRGB steps */
  LkQuad background[LK_GROUND_SIDE][LK_GROUND_SIDE];
  LkQuad person[LK_GROUND_SIDE][LK_GROUND_SIDE];
} LkGround;

/**
 * lk_ground_new:
 * @cells: the photo at LK_MASK_SIDE x LK_MASK_SIDE px
 * @most_noise: the most a background may scatter around a smooth surface to be plain, sRGB steps; 0: none is
 */
LkGround *lk_ground_new  (const LkPixels *cells, const LkMask *mask, double most_noise);
void      lk_ground_free (LkGround *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkGround, lk_ground_free)

/* Learns the person's colours again after the mask was corrected. */
void lk_ground_learn_person (LkGround *self, const LkPixels *cells, const LkMask *mask);

/* One row of a grid between its rows, at a height given as a fraction of the photo's. */
void lk_ground_row (const LkQuad grid[LK_GROUND_SIDE][LK_GROUND_SIDE], double y, LkQuad row[LK_GROUND_SIDE]);

/* The value between two places of such a row, at a fraction of the photo's width. */
static inline LkQuad
lk_ground_at (const LkQuad row[LK_GROUND_SIDE], float x)
{
  float u = CLAMP (x * LK_GROUND_SIDE - 0.5f, 0.0f, LK_GROUND_SIDE - 1.001f);
  int left = (int) u;

  return row[left] + (row[left + 1] - row[left]) * (u - (float) left);
}

G_END_DECLS
