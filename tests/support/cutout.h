/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/matte.h"
#include "tools/portrait/render.h"

G_BEGIN_DECLS

/* How good a cut-out of a drawn portrait is, by the mask it was drawn with. */

/* Px that are person in both by those that are in either, 0..1. */
double cutout_overlap (const LkMatte *matte, const LkPortrait *portrait);

/* Whether the person was drawn within so many px of a place. */
gboolean cutout_is_near_person (const LkPortrait *portrait, int x, int y, int distance);

/* How far the ring of 3 px just outside the true outline is from the blue on average, sRGB steps: old wall that shines around the
 * head. */
double cutout_halo (const LkPixels *composed, const LkPortrait *portrait, const guint8 blue[3]);

G_END_DECLS
