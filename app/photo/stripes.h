/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/face-frame.h"

G_BEGIN_DECLS

/**
 * lk_stripes_find:
 * @first_row: where the clothes begin, photo px
 *
 * Looks for stripes in any direction on the person below a row, skin left out. By the check's params stripe_block, side of the
 * squares looked at, px of the reference frame; stripe_order, 0 to 1: how much all edges in a square go one way;
 * stripe_contrast: sRGB steps, of edges on the average and of the stripes; stripe_swings: so often brightness turns from light
 * to dark or back across a square.
 *
 * Returns: the striped share of the clothes, 0 to 1
 */
double lk_stripes_find (const LkFindings *findings, const LkLimits *limits, double first_row, const LkSkin *skin);

G_END_DECLS
