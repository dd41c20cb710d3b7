/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/engine.h"
#include "photo/sample.h"

G_BEGIN_DECLS

#define LK_MASK_SIDE 256

/* Where the person is: a grid over the whole photo, probability 0 to 1 in each cell. */
typedef struct
{
  float person[LK_MASK_SIDE][LK_MASK_SIDE];     /* [row][column] */
} LkMask;

gboolean lk_mask_find (LkEngine *engine, const LkPyramid *photo, LkMask *mask, GError **error);

/* The probability at a place given in fractions of the photo's width and height, between the cells' centres. */
float lk_mask_at (const LkMask *self, double x, double y);

G_END_DECLS
