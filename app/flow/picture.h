/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "flow/photo-loader.h"
#include "photo/decoder.h"

G_BEGIN_DECLS

/* The size a picture is made in. */
typedef struct
{
  int box_width, box_height; /* device px the whole photo has to fit into; used when scale is 0 */
  double scale;              /* device px per photo px, or 0 */
} LkPictureSize;

/**
 * lk_picture_make:
 *
 * Decodes a photo file in a helper process and scales it; for worker threads. An exact scale is made smaller when the
 * picture would have more than 16 million pixels: the picture's own width says what it became.
 *
 * Errors: those of lk_decoder_decode().
 */
LkPicture *lk_picture_make (LkDecoder *decoder, GBytes *file, const LkSpec *spec, const LkPictureSize *size,
                            GError **error);

G_END_DECLS
