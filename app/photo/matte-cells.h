/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/ground.h"

G_BEGIN_DECLS

/**
 * lk_mask_correct:
 * @cells: the photo at LK_MASK_SIDE x LK_MASK_SIDE px
 * @mask: corrected in place
 *
 * Puts right what the mask model gets wrong as a whole: bystanders and specks go, holes in the person are closed, and
 * before a
 * plain background loose hair the model missed is taken in and background it took in is given back.
 */
void lk_mask_correct (LkMask *mask, const LkPixels *cells, const LkGround *ground, const LkBlueAttempt *attempt);

G_END_DECLS
