/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make-heic.h"

#include <string.h>

#include <libheif/heif.h>

static struct heif_error
keep_bytes (struct heif_context *context, const void *data, size_t size, void *user_data)
{
  g_byte_array_append (user_data, data, (guint) size);
  return (struct heif_error) { heif_error_Ok, heif_suberror_Unspecified, "" };
}

static void
ok (struct heif_error result)
{
  if (result.code != heif_error_Ok)
    g_error ("libheif: %s", result.message);
}

gboolean
can_make_heic (void)
{
  return heif_have_encoder_for_format (heif_compression_HEVC) && heif_have_decoder_for_format (heif_compression_HEVC);
}

GBytes *
make_heic (LkPixels *pixels)
{
  struct heif_context *context = heif_context_alloc ();
  struct heif_encoder *encoder;
  struct heif_image *image;
  struct heif_writer writer = { .writer_api_version = 1, .write = keep_bytes };
  GByteArray *bytes = g_byte_array_new ();
  int stride;
  guint8 *rows;

  ok (heif_image_create (pixels->width, pixels->height, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &image));
  ok (heif_image_add_plane (image, heif_channel_interleaved, pixels->width, pixels->height, 8));
  rows = heif_image_get_plane (image, heif_channel_interleaved, &stride);
  for (int y = 0; y < pixels->height; y++)
    memcpy (rows + (gsize) y * stride, pixels->data + (gsize) y * pixels->width * 3, (gsize) pixels->width * 3);
  ok (heif_context_get_encoder_for_format (context, heif_compression_HEVC, &encoder));
  ok (heif_encoder_set_lossy_quality (encoder, 90));
  ok (heif_context_encode_image (context, image, encoder, NULL, NULL));
  ok (heif_context_write (context, &writer, bytes));
  heif_image_release (image);
  heif_encoder_release (encoder);
  heif_context_free (context);
  return g_byte_array_free_to_bytes (bytes);
}
