/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"
#include "photo/pixels.h"

G_BEGIN_DECLS

typedef enum
{
  LK_FILE_JPEG,
  LK_FILE_PNG,
  LK_FILE_HEIC,                 /* uncropped originals only */
  LK_N_FILE_KINDS,
} LkFileKind;

/* What a picture file says about itself, before and beside its pixels. Plain data: it travels between processes
 * (decoder.h). */
typedef struct
{
  LkFileKind kind;              /* by content, never by name */
  int width, height;            /* px, upright (after EXIF orientation) */
  int orientation;              /* EXIF 1..8; 1 when absent */
  int components;               /* colour channels in the file: 1 grey, 3 colour */
  int quality;                  /* of a JPEG, 1 to 100 as libjpeg counts, told by its quantisation tables; 100 for PNG, 0 unknown */
  gsize bytes;
} LkFileInfo;

/**
 * lk_decode:
 * @file: a whole JPEG or PNG file
 * @spec: for the limits of bytes and pixels, checked before anything is decoded
 * @info: (out) (optional): filled also when only the pixels are bad
 *
 * Decodes by content, turns upright by EXIF orientation and converts to sRGB from the embedded profile.
 *
 * Errors: LK_ERROR_NOT_PICTURE, _PICTURE_KIND, _PICTURE_CUT_OFF, _PICTURE_PIXELS, _PICTURE_BYTES.
 */
LkPixels *lk_decode (GBytes *file, const LkSpec *spec, LkFileInfo *info, GError **error);

/* The same, but a JPEG may be decoded at 1/2, 1/4 or 1/8 as long as it stays at least min_width x min_height px: for thumbnails
 * and for drawing smaller than the photo. */
LkPixels *lk_decode_at_least (GBytes *file, const LkSpec *spec, int min_width, int min_height, GError **error);

/* The same for an uncropped original (rules.md section 2.2), which may be HEIC too. */
LkPixels *lk_decode_original (GBytes *file, const LkSpec *spec, LkFileInfo *info, GError **error);

/* Header only: fills info without decoding. Same errors. */
gboolean lk_decode_info (GBytes *file, const LkSpec *spec, LkFileInfo *info, GError **error);

G_END_DECLS
