/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode.h"

#include <string.h>

#include "core/error.h"
#include "photo/decode-private.h"

/* How a file begins whose kind we know by name but do not take. */
typedef struct
{
  const char *name;
  gsize offset;
  const char *bytes;
  gsize n_bytes;
} Magic;

#define MAGIC(name, offset, bytes) { name, offset, bytes, sizeof (bytes) - 1 }
static const Magic other_kinds[] = {
  MAGIC ("WebP", 8, "WEBP"),
  MAGIC ("GIF", 0, "GIF87a"),
  MAGIC ("GIF", 0, "GIF89a"),
  MAGIC ("TIFF", 0, "II*\0"),
  MAGIC ("TIFF", 0, "MM\0*"),
  MAGIC ("HEIC", 4, "ftyphei"),
  MAGIC ("HEIC", 4, "ftyphev"),
  MAGIC ("HEIC", 4, "ftypmif1"),
  MAGIC ("HEIC", 4, "ftypmsf1"),
  MAGIC ("AVIF", 4, "ftypavi"),
  MAGIC ("JPEG 2000", 0, "\0\0\0\x0cjP  "),
  MAGIC ("JPEG 2000", 0, "\xff\x4f\xff\x51"),
  MAGIC ("JPEG XL", 0, "\0\0\0\x0cJXL "),
  MAGIC ("JPEG XL", 0, "\xff\x0a"),
  MAGIC ("Photoshop", 0, "8BPS"),
  MAGIC ("PDF", 0, "%PDF-"),
};
static const Magic jpeg_magic = MAGIC ("JPEG", 0, "\xff\xd8\xff");
static const Magic png_magic = MAGIC ("PNG", 0, "\x89PNG\r\n\x1a\n");

static gboolean
begins_with (GBytes      *file,
             const Magic *magic)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  return size >= magic->offset + magic->n_bytes &&
         memcmp (data + magic->offset, magic->bytes, magic->n_bytes) == 0;
}

/* "BM" alone is too little: a text may begin so. The size of the second header is one of a few. */
static gboolean
is_bmp (GBytes *file)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  return size >= 18 && data[0] == 'B' && data[1] == 'M' && data[15] == 0 && data[16] == 0 && data[17] == 0 &&
         strchr ("\x0c\x28\x34\x38\x40\x6c\x7c", data[14]) != NULL && data[14] != 0;
}

static gboolean
find_kind (GBytes     *file,
           gboolean    takes_heic,
           LkFileKind *kind,
           GError    **error)
{
  const char *other = is_bmp (file) ? "BMP" : NULL;

  if (begins_with (file, &jpeg_magic) || begins_with (file, &png_magic))
    {
      *kind = begins_with (file, &png_magic) ? LK_FILE_PNG : LK_FILE_JPEG;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (other_kinds) && other == NULL; i++)
    if (begins_with (file, &other_kinds[i]))
      other = other_kinds[i].name;
  if (takes_heic && g_strcmp0 (other, "HEIC") == 0)
    {
      *kind = LK_FILE_HEIC;
      return TRUE;
    }
  if (other != NULL)
    g_set_error (error, LK_ERROR, LK_ERROR_PICTURE_KIND, "%s file is not taken, only JPEG and PNG", other);
  else
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_PICTURE, "not a picture file");
  return FALSE;
}

gboolean
lk_decode_check_bytes (GBytes       *file,
                       const LkSpec *spec,
                       GError      **error)
{
  if (g_bytes_get_size (file) <= spec->max_bytes)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_PICTURE_BYTES, "file of %" G_GSIZE_FORMAT " bytes, limit %" G_GSIZE_FORMAT,
               g_bytes_get_size (file), spec->max_bytes);
  return FALSE;
}

static gboolean
check_pixels (const LkPictureHeader *header,
              const LkSpec          *spec,
              GError               **error)
{
  if ((guint64) header->width * header->height <= spec->max_pixels)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_PICTURE_PIXELS, "picture of %d x %d px, limit %" G_GUINT64_FORMAT " px",
               header->width, header->height, spec->max_pixels);
  return FALSE;
}

/* A picture file whose header has been read and found within the limits. */
typedef struct
{
  LkFileKind kind;
  LkPictureHeader header;
  LkJpegReader *jpeg;           /* one of these */
  LkPngReader *png;
  LkHeicReader *heic;
} Picture;

static void
picture_clear (Picture *picture)
{
  lk_picture_header_clear (&picture->header);
  g_clear_pointer (&picture->jpeg, lk_jpeg_reader_free);
  g_clear_pointer (&picture->png, lk_png_reader_free);
  g_clear_pointer (&picture->heic, lk_heic_reader_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static gboolean
read_header (Picture      *picture,
             GBytes       *file,
             const LkSpec *spec,
             GError      **error)
{
  if (picture->kind == LK_FILE_JPEG)
    {
      picture->jpeg = lk_jpeg_reader_new (file);
      return lk_jpeg_reader_read_header (picture->jpeg, &picture->header, error);
    }
  if (picture->kind == LK_FILE_PNG)
    {
      picture->png = lk_png_reader_new (file);
      return lk_png_reader_read_header (picture->png, &picture->header, error);
    }
  picture->heic = lk_heic_reader_new (file, spec->max_pixels);
  return lk_heic_reader_read_header (picture->heic, &picture->header, error);
}

static gboolean
picture_open (Picture      *picture,
              GBytes       *file,
              gboolean      takes_heic,
              const LkSpec *spec,
              GError      **error)
{
  return lk_decode_check_bytes (file, spec, error) && find_kind (file, takes_heic, &picture->kind, error)
         && read_header (picture, file, spec, error) && check_pixels (&picture->header, spec, error);
}

static LkPixels *
picture_read (Picture *picture,
              int      denominator,
              GError **error)
{
  LkPixels *pixels;

  if (picture->kind == LK_FILE_JPEG)
    pixels = lk_jpeg_reader_read_pixels (picture->jpeg, denominator, error);
  else if (picture->kind == LK_FILE_PNG)
    pixels = lk_png_reader_read_pixels (picture->png, error);
  else
    pixels = lk_heic_reader_read_pixels (picture->heic, error);
  if (pixels == NULL)
    return NULL;
  if (picture->header.profile != NULL)
    lk_pixels_convert_to_srgb (pixels, picture->header.profile);
  return lk_pixels_turn_upright (pixels, picture->header.orientation);
}

static void
fill_info (LkFileInfo    *info,
           const Picture *picture,
           GBytes        *file)
{
  const LkPictureHeader *header = &picture->header;
  gboolean on_its_side = header->orientation >= 5;

  *info = (LkFileInfo) {
    .kind = picture->kind,
    .width = on_its_side ? header->height : header->width,
    .height = on_its_side ? header->width : header->height,
    .orientation = header->orientation,
    .components = header->components,
    .quality = header->quality,
    .bytes = g_bytes_get_size (file),
  };
}

void
lk_picture_header_clear (LkPictureHeader *header)
{
  g_clear_pointer (&header->profile, g_bytes_unref);
}

gboolean
lk_decode_info (GBytes       *file,
                const LkSpec *spec,
                LkFileInfo   *info,
                GError      **error)
{
  g_auto (Picture) picture = { 0 };

  if (!picture_open (&picture, file, FALSE, spec, error))
    return FALSE;
  fill_info (info, &picture, file);
  return TRUE;
}

static LkPixels *
decode (GBytes       *file,
        gboolean      takes_heic,
        const LkSpec *spec,
        LkFileInfo   *info,
        GError      **error)
{
  g_auto (Picture) picture = { 0 };

  if (!picture_open (&picture, file, takes_heic, spec, error))
    return NULL;
  if (info != NULL)
    fill_info (info, &picture, file);
  return picture_read (&picture, 1, error);
}

LkPixels *
lk_decode (GBytes       *file,
           const LkSpec *spec,
           LkFileInfo   *info,
           GError      **error)
{
  return decode (file, FALSE, spec, info, error);
}

LkPixels *
lk_decode_original (GBytes       *file,
                    const LkSpec *spec,
                    LkFileInfo   *info,
                    GError      **error)
{
  return decode (file, TRUE, spec, info, error);
}

/* libjpeg rounds the smaller size up. */
static int
scaled (int length,
        int denominator)
{
  return (length + denominator - 1) / denominator;
}

LkPixels *
lk_decode_at_least (GBytes       *file,
                    const LkSpec *spec,
                    int           min_width,
                    int           min_height,
                    GError      **error)
{
  g_auto (Picture) picture = { 0 };
  LkFileInfo info;
  int denominator = 8;

  if (!picture_open (&picture, file, FALSE, spec, error))
    return NULL;
  fill_info (&info, &picture, file);
  while (denominator > 1 &&
         (scaled (info.width, denominator) < min_width || scaled (info.height, denominator) < min_height))
    denominator /= 2;
  return picture_read (&picture, denominator, error);
}
