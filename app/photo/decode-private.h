/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/decode.h"

G_BEGIN_DECLS

/* What the reader of one file kind gives back to decode.c. */

/* Width and height are as stored, before turning upright. */
typedef struct
{
  int width, height;            /* px */
  int components;               /* colour channels: 1 or 3 */
  int quality;                  /* as in LkFileInfo */
  int orientation;              /* EXIF 1..8 */
  GBytes *profile;              /* embedded ICC profile, or NULL */
} LkPictureHeader;

/* LK_ERROR_PICTURE_BYTES for a file larger than the spec takes. */
gboolean lk_decode_check_bytes (GBytes *file, const LkSpec *spec, GError **error);

void lk_picture_header_clear (LkPictureHeader *header);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkPictureHeader, lk_picture_header_clear)

/* A file being read: open, read the header, then at most once the pixels. The file's bytes are borrowed. */
typedef struct _LkJpegReader LkJpegReader;
typedef struct _LkPngReader LkPngReader;
typedef struct _LkHeicReader LkHeicReader;

LkJpegReader *lk_jpeg_reader_new         (GBytes *file);
gboolean      lk_jpeg_reader_read_header (LkJpegReader *self, LkPictureHeader *header, GError **error);
/* Pixels in the file's own colours, stored orientation; denominator 1, 2, 4 or 8 makes them smaller, rounded up. */
LkPixels     *lk_jpeg_reader_read_pixels (LkJpegReader *self, int denominator, GError **error);
void          lk_jpeg_reader_free        (LkJpegReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkJpegReader, lk_jpeg_reader_free)

LkPngReader *lk_png_reader_new         (GBytes *file);
gboolean     lk_png_reader_read_header (LkPngReader *self, LkPictureHeader *header, GError **error);
LkPixels    *lk_png_reader_read_pixels (LkPngReader *self, GError **error);
void         lk_png_reader_free        (LkPngReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPngReader, lk_png_reader_free)

/* The pixels come upright; the header's size is that of the upright picture. */
/* Loads what libheif takes from files, its decoders above all; else it does so with the first picture. */
void lk_heic_prepare (void);

LkHeicReader *lk_heic_reader_new         (GBytes *file, guint64 max_pixels);
gboolean      lk_heic_reader_read_header (LkHeicReader *self, LkPictureHeader *header, GError **error);
LkPixels     *lk_heic_reader_read_pixels (LkHeicReader *self, GError **error);
void          lk_heic_reader_free        (LkHeicReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkHeicReader, lk_heic_reader_free)

/* EXIF orientation 1..8 of an Exif block ("Exif\0\0" and TIFF, or the TIFF alone); 1 when it has none that makes sense. */
int lk_exif_orientation (const guint8 *data, gsize size);

/* Turns stored pixels upright; takes the reference and gives one back. */
LkPixels *lk_pixels_turn_upright (LkPixels *self, int orientation);

/* Converts to sRGB in place; does nothing when the profile is not an RGB one, is broken, or is sRGB already. */
void lk_pixels_convert_to_srgb (LkPixels *self, GBytes *profile);

G_END_DECLS
