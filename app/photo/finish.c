/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/finish.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "core/error.h"

/* The exact, slow transform and no optional speed-ups: the bytes are the same on every machine with this libjpeg.
 * Compressing into memory cannot fail but for lack of it, where GLib ends the program as well. */
static GBytes *
compress (const LkPixels *photo, int dpi, int quality, gboolean full_colour)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;
  unsigned long size = 0;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = photo->width;
  jpeg.image_height = photo->height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, quality, TRUE);
  jpeg.dct_method = JDCT_ISLOW;
  jpeg.optimize_coding = TRUE;
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = full_colour ? 1 : 2;
  jpeg.density_unit = 1;        /* per inch */
  jpeg.X_density = jpeg.Y_density = (UINT16) dpi;
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = photo->data + (gsize) jpeg.next_scanline * photo->width * 3;

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (data, size, free, data);
}

/* The highest quality within the bytes, by halving the range; the lowest when none is. */
static void
search (LkFinish *self, const LkPixels *photo, const LkFinishRules *rules, gsize most_bytes, gboolean full_colour)
{
  int low = rules->low_quality, high = rules->high_quality;

  g_clear_pointer (&self->jpeg, g_bytes_unref);
  self->full_colour = full_colour;
  self->quality = low;
  self->jpeg = compress (photo, rules->dpi, low, full_colour);
  while (low < high)
    {
      int middle = (low + high + 1) / 2;
      GBytes *jpeg = compress (photo, rules->dpi, middle, full_colour);

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
