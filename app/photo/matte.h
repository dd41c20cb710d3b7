/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/ground.h"

G_BEGIN_DECLS

/**
 * LkMatte:
 *
 * The person cut out of a photo: how much of each pixel is person, and the colours around the edge.
 */
typedef struct
{
  int width, height;            /* px, of the photo */
  float *cover;                 /* 0: background only, 1: person only; rows packed */
  LkMask mask;                  /* what the cover was refined from, corrected */
  LkGround *ground;
} LkMatte;

/**
 * lk_matte_new:
 * @mask: as the model found it on this photo
 * @attempt: how to refine it, from the spec
 */
LkMatte *lk_matte_new  (LkPixels *photo, const LkMask *mask, const LkBlueAttempt *attempt);
void     lk_matte_free (LkMatte *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkMatte, lk_matte_free)

/* The person on a background of one colour (sRGB). At the edge the old background's share is taken out of each pixel
 * first, so that nothing of it shines through. */
LkPixels *lk_matte_compose (const LkMatte *self, LkPixels *photo, const guint8 colour[3]);

G_END_DECLS
