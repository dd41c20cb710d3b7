/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/crop-share.h"

#include <math.h>

#include "core/error.h"
#include "photo/crop.h"

/* How far the ratio of a part that a finger drew may be off; it is cut exactly. */
static const double RATIO_SLACK = 0.02;

/* A part may stick out by as much as a rounded number does. */
static const double EDGE_SLACK = 1e-3;

gboolean
lk_crop_share_from_json (const cJSON *json, LkCropShare *share, GError **error)
{
  *share = (LkCropShare) {
    lk_json_number (json, "x", NAN), lk_json_number (json, "y", NAN), lk_json_number (json, "width", NAN),
    lk_json_number (json, "height", NAN), lk_json_number (json, "roll", 0),
  };
  /* NAN fails every comparison */
  if (share->x >= -EDGE_SLACK && share->y >= -EDGE_SLACK && share->width > 0 && share->height > 0
      && share->x + share->width <= 1 + EDGE_SLACK && share->y + share->height <= 1 + EDGE_SLACK && fabs (share->roll) <= 45)
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "the crop is no part of the photo");
  return FALSE;
}

cJSON *
lk_crop_share_to_json (const LkCropShare *share)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_number (json, "x", share->x);
  lk_json_add_number (json, "y", share->y);
  lk_json_add_number (json, "width", share->width);
  lk_json_add_number (json, "height", share->height);
  lk_json_add_number (json, "roll", share->roll);
  return json;
}

gboolean
lk_crop_share_check (const LkCropShare *share, int width, int height, const LkSpec *spec, GError **error)
{
  double ratio = share->width * width / (share->height * height);
  double wanted = (double) spec->frame_width / spec->frame_height;
  const char *why = fabs (ratio / wanted - 1) > RATIO_SLACK ? "the crop has another ratio"
                    : share->roll != 0 && !spec->crop.level ? "the photo must not be turned"
                                                            : NULL;

  if (why == NULL)
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, why);
  return FALSE;
}

static int
greatest_divisor (int a, int b)
{
  return b == 0 ? a : greatest_divisor (b, a % b);
}

LkPixels *
lk_crop_share_cut (const LkCropShare *share, LkPixels *original, const LkSpec *spec)
{
  int divisor = greatest_divisor (spec->frame_width, spec->frame_height);
  int across = spec->frame_width / divisor, down = spec->frame_height / divisor;
  int most = MIN (original->width / across, original->height / down);
  int steps = CLAMP ((int) round (share->width * original->width / across), 1, MAX (1, most));
  LkCrop crop = { .width = steps * across, .height = steps * down, .turn = share->roll };

  crop.x = (int) round ((share->x + share->width / 2) * original->width - crop.width / 2.0);
  crop.y = (int) round ((share->y + share->height / 2) * original->height - crop.height / 2.0);
  crop.x = CLAMP (crop.x, 0, MAX (0, original->width - crop.width));
  crop.y = CLAMP (crop.y, 0, MAX (0, original->height - crop.height));
  return lk_crop_cut (&crop, original);
}
