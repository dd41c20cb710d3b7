/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/engine.h"
#include "photo/matte.h"

G_BEGIN_DECLS

/* A photo whose background was replaced by the spec's blue (rules.md section 2.3), and how well that went. */
typedef struct
{
  guint attempt;                /* which try of the spec it was, from 0 */
  LkPixels *pixels;             /* as large as the photo */
  LkMatte *matte;               /* what was cut out */
  GPtrArray *checks;            /* of LkCheck: B1, B2 and B3, measured on the result */
} LkBlue;

/**
 * lk_blue_compose:
 * @photo: upright, sRGB, cropped or not
 * @attempt: 0 for the first try; each redo counts on, and after the last of the spec's tries the first comes again
 *
 * The same photo, spec and attempt give the same pixels.
 *
 * Errors: LK_ERROR_NO_ENGINE; LK_ERROR_BAD_SPEC when the spec has no tries.
 */
LkBlue *lk_blue_compose (LkEngine *engine, LkPixels *photo, const LkSpec *spec, guint attempt, GError **error);
void    lk_blue_free    (LkBlue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkBlue, lk_blue_free)

/* The worst outcome of its checks. */
LkOutcome lk_blue_get_outcome (const LkBlue *self);

G_END_DECLS
