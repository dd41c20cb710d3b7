/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/write.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>

/* Below this quality colour is stored at half size, as chat programs do. */
enum { FULL_COLOUR_FROM = 70 };

GBytes *
lk_portrait_encode_jpeg (const LkPortrait *portrait, int quality)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr manager;
  unsigned char *data = NULL;
  unsigned long size = 0;

  /* Into memory only lack of memory can fail, and that ends the program as in g_malloc (). */
  jpeg.err = jpeg_std_error (&manager);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = (JDIMENSION) portrait->width;
  jpeg.image_height = (JDIMENSION) portrait->height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, quality, TRUE);
  if (quality >= FULL_COLOUR_FROM)
    jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  jpeg.density_unit = 1;
  jpeg.X_density = jpeg.Y_density = 300;
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = portrait->rgb + 3 * (gsize) portrait->width * jpeg.next_scanline;

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static GBytes *
encode_png (int width, int height, png_uint_32 format, const guint8 *pixels)
{
  png_image image = { .version = PNG_IMAGE_VERSION, .width = (png_uint_32) width, .height = (png_uint_32) height, .format = format };
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX (image);
  guint8 *data = g_malloc (size);

  if (!png_image_write_to_memory (&image, data, &size, 0, pixels, 0, NULL))
    g_error ("PNG: %s", image.message);
  return g_bytes_new_take (data, size);
}

GBytes *
lk_portrait_encode_png (const LkPortrait *portrait)
{
  return encode_png (portrait->width, portrait->height, PNG_FORMAT_RGB, portrait->rgb);
}

GBytes *
lk_portrait_encode_mask (const LkPortrait *portrait)
{
  return encode_png (portrait->width, portrait->height, PNG_FORMAT_GRAY, portrait->mask);
}

gboolean
lk_write_bytes (GBytes *bytes, const char *path, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents (path, data, (gssize) size, error);
}

gboolean
lk_portrait_write_jpeg (const LkPortrait *portrait, int quality, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = lk_portrait_encode_jpeg (portrait, quality);

  return lk_write_bytes (bytes, path, error);
}

gboolean
lk_portrait_write (const LkPortrait *portrait, const LkPortraitParams *params, const char *path, GError **error)
{
  g_autoptr (GBytes) png = NULL;

  if (!params->as_png)
    return lk_portrait_write_jpeg (portrait, params->jpeg_quality, path, error);
  png = lk_portrait_encode_png (portrait);
  return lk_write_bytes (png, path, error);
}
