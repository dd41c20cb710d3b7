/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/picture.h"

#include <math.h>

#include "core/error.h"
#include "core/fit.h"

enum
{
  MAX_PIXELS = 16 * 1000 * 1000
}; /* 64 MB */

LkPicture *
lk_picture_ref (LkPicture *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lk_picture_unref (LkPicture *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_bytes_unref (self->bgra);
  g_free (self);
}

/* Device px per photo px; the same whole-pixel rounding as lk_fit_contain(), so that what is drawn lies 1:1 in its
 * place. */
static double
scale_for (const LkFileInfo *info, const LkPictureSize *size)
{
  double most = sqrt ((double) MAX_PIXELS / ((double) info->width * info->height));
  double scale = size->scale;

  if (scale <= 0)
    scale = lk_fit_contain (info->width, info->height, size->box_width, size->box_height).scale;
  return MIN (scale, most);
}

static void
get_size (const LkFileInfo *info, const LkPictureSize *size, int *width, int *height)
{
  double scale = scale_for (info, size);

  *width = MAX (1, (int) floor (info->width * scale));
  *height = MAX (1, (int) floor (info->height * scale));
}

LkPicture *
lk_picture_make (LkDecoder *decoder, GBytes *file, const LkSpec *spec, const LkPictureSize *size, GError **error)
{
  g_autoptr (LkPixels) decoded = NULL;
  g_autoptr (LkPixels) scaled = NULL;
  g_autoptr (GError) failure = NULL;
  LkPicture *self;
  LkFileInfo info;
  int width, height;

  if (lk_decoder_info (decoder, file, spec, &info, &failure))
    {
      get_size (&info, size, &width, &height);
      decoded = lk_decoder_decode (decoder, file, spec, width, height, NULL, error);
    }
  else if (g_error_matches (failure, LK_ERROR, LK_ERROR_PICTURE_KIND))
    {
      /* an uncropped original may be of kinds that photos may not */
      decoded = lk_decoder_decode_original (decoder, file, spec, &info, error);
      if (decoded != NULL)
        get_size (&info, size, &width, &height);
    }
  else
    {
      g_propagate_error (error, g_steal_pointer (&failure));
    }
  if (decoded == NULL)
    return NULL;
  scaled = lk_pixels_scale (decoded, width, height);

  self = g_new0 (LkPicture, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->width = width;
  self->height = height;
  self->photo_width = info.width;
  self->photo_height = info.height;
  self->bgra = lk_pixels_to_bgra (scaled);
  return self;
}
