/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode-private.h"

#include <math.h>
#include <string.h>

#include <libheif/heif.h>

#include "core/error.h"
#include "photo/heic-items.h"

/* HEIC, as phones write it. libheif turns the picture upright by the container's own boxes while it decodes; the EXIF
 * orientation in such a file says the same once more and must not be applied again. */

struct _LkHeicReader
{
  GBytes *file;
  struct heif_context *context;
  struct heif_image_handle *handle;
};

static gboolean
succeed (struct heif_error result, GError **error)
{
  LkError code = LK_ERROR_PICTURE_CUT_OFF;

  if (result.code == heif_error_Ok)
    return TRUE;
  if (result.code == heif_error_Unsupported_filetype || result.code == heif_error_Unsupported_feature)
    code = LK_ERROR_PICTURE_KIND;
  else if (result.code == heif_error_Memory_allocation_error)
    code = LK_ERROR_PICTURE_PIXELS;
  g_set_error (error, LK_ERROR, code, "HEIC: %s", result.message);
  return FALSE;
}

void
lk_heic_prepare (void)
{
  heif_init (NULL);
  heif_have_decoder_for_format (heif_compression_HEVC);
}

LkHeicReader *
lk_heic_reader_new (GBytes *file, guint64 max_pixels)
{
  LkHeicReader *self = g_new0 (LkHeicReader, 1);

  self->file = g_bytes_ref (file);
  self->context = heif_context_alloc ();
  heif_context_set_max_decoding_threads (self->context, 0);     /* in this thread */
  /* the library's own limit is a square; what lies inside the file counts too, not only what its header says */
  heif_context_set_maximum_image_size_limit (self->context, (int) MIN (ceil (sqrt ((double) max_pixels)), 32768.0));
  return self;
}

static GBytes *
read_profile (const struct heif_image_handle *handle)
{
  gsize size = heif_image_handle_get_raw_color_profile_size (handle);
  enum heif_color_profile_type type = heif_image_handle_get_color_profile_type (handle);
  guint8 *profile;

  if ((type != heif_color_profile_type_prof && type != heif_color_profile_type_rICC) || size == 0)
    return NULL;
  profile = g_malloc (size);
  if (heif_image_handle_get_raw_color_profile (handle, profile).code == heif_error_Ok)
    return g_bytes_new_take (profile, size);
  g_free (profile);
  return NULL;
}

gboolean
lk_heic_reader_read_header (LkHeicReader *self, LkPictureHeader *header, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (self->file, &size);

  if (!lk_heic_items_check (self->file, error)
      || !succeed (heif_context_read_from_memory_without_copy (self->context, data, size, NULL), error)
      || !succeed (heif_context_get_primary_image_handle (self->context, &self->handle), error))
    return FALSE;
  header->width = heif_image_handle_get_width (self->handle);
  header->height = heif_image_handle_get_height (self->handle);
  header->components = 3;
  header->orientation = 1;
  if (header->width < 1 || header->height < 1)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF, "HEIC: no size");
      return FALSE;
    }
  header->profile = read_profile (self->handle);
  return TRUE;
}

static struct heif_error
decode (LkHeicReader *self, struct heif_image **image)
{
  struct heif_decoding_options *options = heif_decoding_options_alloc ();
  struct heif_error result;

  options->convert_hdr_to_8bit = TRUE;
  options->strict_decoding = TRUE;
  result = heif_decode_image (self->handle, image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, options);
  heif_decoding_options_free (options);
  return result;
}

LkPixels *
lk_heic_reader_read_pixels (LkHeicReader *self, GError **error)
{
  int width = heif_image_handle_get_width (self->handle), height = heif_image_handle_get_height (self->handle);
  struct heif_image *image = NULL;
  LkPixels *pixels = NULL;
  const guint8 *rows = NULL;
  int stride = 0;

  if (!succeed (decode (self, &image), error))
    return NULL;
  rows = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  if (rows != NULL && heif_image_get_width (image, heif_channel_interleaved) == width
      && heif_image_get_height (image, heif_channel_interleaved) == height)
    {
      pixels = lk_pixels_new (width, height);
      for (int y = 0; y < height; y++)
        memcpy (pixels->data + (gsize) y * width * 3, rows + (gsize) y * stride, (gsize) width * 3);
    }
  else
    g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF,
                         "HEIC: the picture is not of the size its header says");
  heif_image_release (image);
  return pixels;
}

void
lk_heic_reader_free (LkHeicReader *self)
{
  g_clear_pointer (&self->handle, heif_image_handle_release);
  heif_context_free (self->context);
  g_bytes_unref (self->file);
  g_free (self);
}
