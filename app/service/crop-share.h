/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "core/spec.h"
#include "photo/pixels.h"

G_BEGIN_DECLS

/* A part of an upright original as a page names it: fractions of the original's width and height. */
typedef struct
{
  double x, y, width, height;
  double roll;                  /* degrees it is turned about its own middle, clockwise positive */
} LkCropShare;

/* {x, y, width, height, roll}. LK_ERROR_BAD_REQUEST: a number is missing or the part is not inside the original. */
gboolean lk_crop_share_from_json (const cJSON *json, LkCropShare *share, GError **error);
cJSON   *lk_crop_share_to_json   (const LkCropShare *share);

/* Whether it can be cut out of an original of that size: of the frame's ratio, as nearly as somebody draws it, and turned only if the
 * standard allows that. LK_ERROR_BAD_REQUEST. */
gboolean lk_crop_share_check (const LkCropShare *share, int width, int height, const LkSpec *spec, GError **error);

/* Cut out at the original's own size, in exactly the frame's ratio. */
LkPixels *lk_crop_share_cut (const LkCropShare *share, LkPixels *original, const LkSpec *spec);

G_END_DECLS
