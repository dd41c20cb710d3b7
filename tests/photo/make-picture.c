/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make-picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

/* "Exif\0\0", big-endian TIFF, one entry: 0x0112 orientation, SHORT. */
static const guint8 exif_block[] = {
  'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
  0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0,
};
enum { EXIF_PREFIX = 6, EXIF_VALUE = 25 };

static void
write_row (struct jpeg_compress_struct *jpeg,
           const guint8                *rgb,
           guint8                      *row)
{
  for (guint x = 0; x < jpeg->image_width; x++)
    for (int c = 0; c < jpeg->input_components; c++)
      row[x * jpeg->input_components + c] = c < 3 ? rgb[3 * x + c] : 0;
  jpeg_write_scanlines (jpeg, &row, 1);
}

static void
write_head (struct jpeg_compress_struct *jpeg,
            const JpegOptions           *options)
{
  static const jpeg_scan_info two_scans[] = {
    { 1, { 0 }, 0, 0, 0, 0 },
    { 1, { 0 }, 1, 63, 0, 0 },
  };

  if (options->progressive)
    jpeg_simple_progression (jpeg);
  if (options->two_scans)
    {
      jpeg->scan_info = two_scans;
      jpeg->num_scans = G_N_ELEMENTS (two_scans);
    }
  jpeg_start_compress (jpeg, TRUE);
  if (options->orientation != 0)
    {
      guint8 block[sizeof exif_block];

      memcpy (block, exif_block, sizeof block);
      block[EXIF_VALUE] = options->orientation;
      jpeg_write_marker (jpeg, JPEG_APP0 + 1, block, sizeof block);
    }
  if (options->profile != NULL)
    jpeg_write_icc_profile (jpeg, g_bytes_get_data (options->profile, NULL), g_bytes_get_size (options->profile));
}

GBytes *
make_jpeg (LkPixels          *pixels,
           const JpegOptions *options)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  g_autofree guint8 *row = g_malloc_n (pixels->width, 4);
  unsigned char *out = NULL;
  unsigned long size = 0;
  GBytes *file;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &out, &size);
  jpeg.image_width = pixels->width;
  jpeg.image_height = pixels->height;
  jpeg.input_components = options->components != 0 ? options->components : 3;
  jpeg.in_color_space = jpeg.input_components == 1   ? JCS_GRAYSCALE
                        : jpeg.input_components == 4 ? JCS_CMYK
                                                     : JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, options->quality != 0 ? options->quality : 95, TRUE);
  write_head (&jpeg, options);
  while (jpeg.next_scanline < jpeg.image_height)
    write_row (&jpeg, pixels->data + (gsize) jpeg.next_scanline * pixels->width * 3, row);
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  file = g_bytes_new (out, size);
  free (out);
  return file;
}

static void
append_bytes (png_structp png,
              png_bytep   data,
              size_t      size)
{
  g_byte_array_append (png_get_io_ptr (png), data, size);
}

static void
write_png_head (png_structp       png,
                png_infop         info,
                const PngOptions *options)
{
  if (options->colour_type == PNG_COLOR_TYPE_PALETTE)
    {
      png_color palette[16];

      for (int i = 0; i < 16; i++)
        palette[i] = (png_color) { i * 16, i * 16, i * 16 };
      png_set_PLTE (png, info, palette, G_N_ELEMENTS (palette));
    }
  if (options->profile != NULL)
    png_set_iCCP (png, info, "profile", PNG_COMPRESSION_TYPE_BASE, g_bytes_get_data (options->profile, NULL),
                  g_bytes_get_size (options->profile));
  if (options->orientation != 0)
    {
      guint8 block[sizeof exif_block];

      memcpy (block, exif_block, sizeof block);
      block[EXIF_VALUE] = options->orientation;
      png_set_eXIf_1 (png, info, sizeof block - EXIF_PREFIX, block + EXIF_PREFIX);
    }
  png_write_info (png, info);
}

GBytes *
make_png (int               width,
          int               height,
          const guint8     *rows,
          gsize             stride,
          const PngOptions *options)
{
  GByteArray *out = g_byte_array_new ();
  g_autofree png_bytep *pointers = g_new (png_bytep, height);
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);

  for (int y = 0; y < height; y++)
    pointers[y] = (png_bytep) rows + y * stride;
  png_set_write_fn (png, out, append_bytes, NULL);
  png_set_IHDR (png, info, width, height, options->bits, options->colour_type,
                options->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                PNG_FILTER_TYPE_BASE);
  write_png_head (png, info, options);
  png_write_image (png, pointers);
  png_write_end (png, NULL);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (out);
}

static guint32
crc_of (const guint8 *data,
        gsize         size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
  return ~crc;
}

void
fix_png_sums (guint8 *png,
              gsize   size)
{
  gsize at = 8;

  while (at + 12 <= size)
    {
      guint32 length, crc;

      memcpy (&length, png + at, 4);
      length = GUINT32_FROM_BE (length);
      if (length > size - at - 12)
        return;
      crc = GUINT32_TO_BE (crc_of (png + at + 4, (gsize) length + 4));
      memcpy (png + at + 8 + length, &crc, 4);
      at += (gsize) length + 12;
    }
}

LkPixels *
make_pixels (int width,
             int height)
{
  LkPixels *pixels = lk_pixels_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *p = pixels->data + ((gsize) y * width + x) * 3;

        p[0] = x * 255 / width;
        p[1] = y * 255 / height;
        p[2] = 128 + 60 * ((x / 8 + y / 8) % 2);
      }
  return pixels;
}
