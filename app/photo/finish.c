/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/finish.h"

#include <math.h>

#include "core/error.h"
#include "photo/encode.h"

/* The highest quality within the bytes, by halving the range; the lowest when none is. */
static void
search (LkFinish *self, const LkPixels *photo, const LkFinishRules *rules, gsize most_bytes, gboolean full_colour)
{
  int low = rules->low_quality, high = rules->high_quality;

  g_clear_pointer (&self->jpeg, g_bytes_unref);
  self->full_colour = full_colour;
  self->quality = low;
  self->jpeg = lk_encode_jpeg (photo, rules->dpi, low, full_colour);
  while (low < high)
    {
      int middle = (low + high + 1) / 2;
      GBytes *jpeg = lk_encode_jpeg (photo, rules->dpi, middle, full_colour);

      if (g_bytes_get_size (jpeg) > most_bytes)
        {
          high = middle - 1;
          g_bytes_unref (jpeg);
          continue;
        }
      low = middle;
      self->quality = middle;
      g_bytes_unref (self->jpeg);
      self->jpeg = jpeg;
    }
}

static gboolean
check_photo (const LkPixels *photo, const LkSpec *spec, guint which, GError **error)
{
  double ratio = spec->frame_width / (double) spec->frame_height;

  if (which >= spec->finish.n_sizes)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "finish: has no size %u", which);
      return FALSE;
    }
  /* half a pixel of ratio: a crop is as near to it as whole pixels allow */
  if (photo->width < spec->finish.sizes[which][0] || photo->height < spec->finish.sizes[which][1]
      || fabs (photo->width - photo->height * ratio) > 0.5)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_PICTURE_PIXELS, "a photo of %d x %d px cannot become %d x %d px",
                   photo->width, photo->height, spec->finish.sizes[which][0], spec->finish.sizes[which][1]);
      return FALSE;
    }
  return TRUE;
}

LkFinish *
lk_finish_new (LkPixels *photo, const LkSpec *spec, guint which, GError **error)
{
  const LkFinishRules *rules = &spec->finish;
  g_autoptr (LkPixels) scaled = NULL;
  LkFinish *self;
  double area;

  if (!check_photo (photo, spec, which, error))
    return NULL;
  self = g_new0 (LkFinish, 1);
  self->width = rules->sizes[which][0];
  self->height = rules->sizes[which][1];
  area = (double) self->width * self->height / ((double) spec->frame_width * spec->frame_height);
  scaled = lk_pixels_scale (photo, self->width, self->height);
  /* against the blue, colour at half the resolution shows as a fringe: better somewhat coarser and whole */
  search (self, scaled, rules, (gsize) (rules->high_bytes * area), TRUE);
  if (self->quality < rules->full_colour_quality || g_bytes_get_size (self->jpeg) > rules->high_bytes * area)
    search (self, scaled, rules, (gsize) (rules->high_bytes * area), FALSE);
  self->size_in_range = g_bytes_get_size (self->jpeg) >= rules->low_bytes * area
                        && g_bytes_get_size (self->jpeg) <= rules->high_bytes * area;
  return self;
}

void
lk_finish_free (LkFinish *self)
{
  g_clear_pointer (&self->jpeg, g_bytes_unref);
  g_free (self);
}
