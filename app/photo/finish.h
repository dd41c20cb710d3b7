/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/pixels.h"

G_BEGIN_DECLS

/* A finished photo file: rules.md section 2.2. */
typedef struct
{
  GBytes *jpeg;
  int width, height;            /* px */
  int quality;                  /* of the JPEG, 1 to 100 */
  gboolean full_colour;         /* colour at full resolution (4:4:4), else at half (4:2:0) */
  gboolean size_in_range;       /* bytes within the spec's limits */
} LkFinish;

/**
 * lk_finish_new:
 * @photo: of the frame's ratio, at least as large as the size asked for: nothing is ever enlarged
 * @which: index into the spec's sizes; 0 is the standard size
 *
 * A baseline JPEG in sRGB with the spec's dpi and nothing else in it: no EXIF, no profile, no comment. Quality is the
 * highest
 * that stays within the bytes, never below the spec's lowest. The same pixels and spec give the same bytes.
 *
 * Errors: LK_ERROR_BAD_SPEC when the spec has no such size; LK_ERROR_PICTURE_PIXELS when the photo is too small or of
 * another ratio.
 */
LkFinish *lk_finish_new  (LkPixels *photo, const LkSpec *spec, guint which, GError **error);
void      lk_finish_free (LkFinish *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkFinish, lk_finish_free)

G_END_DECLS
