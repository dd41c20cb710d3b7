/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode-private.h"

#include <setjmp.h>
#include <string.h>

#include <png.h>

#include "core/error.h"

/* Beside the pixels a file may hold packed texts and a profile; together they may unpack to CHUNKS_MAX * CHUNK_BYTES_MAX. */
enum { CHUNKS_MAX = 16, CHUNK_BYTES_MAX = 4 << 20 };

/* All state lives here and not in local variables, so that nothing is lost or stale after longjmp(). */
struct _LkPngReader
{
  png_structp png;
  png_infop info;
  GBytes *file;
  gsize offset;                 /* of the next byte to read */
  gsize max_alloc;              /* bytes libpng may have at a time: it takes the length of a chunk from the file */
  char message[128];            /* of the error that ended the reading */
  LkPixels *pixels;
  guint8 *rgba;                 /* whole picture, only when it has transparency */
  png_bytep *rows;
};

static void
give_up (png_structp     png,
         png_const_charp message)
{
  LkPngReader *self = png_get_error_ptr (png);

  g_strlcpy (self->message, message, sizeof self->message);
  png_longjmp (png, 1);
}

static void
ignore_warning (png_structp     png,
                png_const_charp message)
{
}

static void
read_bytes (png_structp png,
            png_bytep   out,
            size_t      n)
{
  LkPngReader *self = png_get_io_ptr (png);
  gsize size;
  const guint8 *data = g_bytes_get_data (self->file, &size);

  if (n > size - self->offset)
    png_error (png, "the file ends before the picture does");
  memcpy (out, data + self->offset, n);
  self->offset += n;
}

static png_voidp
allocate (png_structp      png,
          png_alloc_size_t size)
{
  LkPngReader *self = png_get_mem_ptr (png);

  return size <= self->max_alloc ? g_try_malloc (size) : NULL;
}

static void
release (png_structp png,
         png_voidp   data)
{
  g_free (data);
}

/* The only place png_longjmp() comes back to. */
static gboolean
run (LkPngReader *self,
     void (*step) (LkPngReader *self),
     GError     **error)
{
  if (setjmp (png_jmpbuf (self->png)) != 0)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF, "PNG: %s", self->message);
      return FALSE;
    }
  step (self);
  return TRUE;
}

LkPngReader *
lk_png_reader_new (GBytes *file)
{
  LkPngReader *self = g_new0 (LkPngReader, 1);

  self->file = g_bytes_ref (file);
  self->max_alloc = CHUNK_BYTES_MAX;
  self->png = png_create_read_struct_2 (PNG_LIBPNG_VER_STRING, self, give_up, ignore_warning, self, allocate, release);
  self->info = png_create_info_struct (self->png);
  return self;
}

static void
read_info (LkPngReader *self)
{
  png_set_read_fn (self->png, self, read_bytes);
  /* decode.c compares the size with the limits of the spec; libpng's own limit would hide what is wrong */
  png_set_user_limits (self->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_cache_max (self->png, CHUNKS_MAX);
  png_set_chunk_malloc_max (self->png, CHUNK_BYTES_MAX);
  png_read_info (self->png, self->info);
}

static int
read_orientation (LkPngReader *self)
{
#ifdef PNG_eXIf_SUPPORTED
  png_uint_32 size;
  png_bytep data;

  if (png_get_eXIf_1 (self->png, self->info, &size, &data) != 0)
    return lk_exif_orientation (data, size);
#endif
  return 1;
}

static GBytes *
read_profile (LkPngReader *self)
{
  png_charp name;
  png_bytep profile;
  png_uint_32 size;
  int compression;

  if (png_get_iCCP (self->png, self->info, &name, &compression, &profile, &size) == 0)
    return NULL;
  return g_bytes_new (profile, size);
}

gboolean
lk_png_reader_read_header (LkPngReader     *self,
                           LkPictureHeader *header,
                           GError         **error)
{
  if (!run (self, read_info, error))
    return FALSE;
  header->width = png_get_image_width (self->png, self->info);
  header->height = png_get_image_height (self->png, self->info);
  header->components = (png_get_color_type (self->png, self->info) & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
  header->quality = 100;
  header->orientation = read_orientation (self);
  header->profile = read_profile (self);
  return TRUE;
}

/* Everything becomes 8-bit RGB, or RGBA when some of it is transparent. */
static void
read_rows (LkPngReader *self)
{
  int width = png_get_image_width (self->png, self->info);
  int height = png_get_image_height (self->png, self->info);
  guint8 *data;
  gsize stride;

  self->max_alloc = MAX (CHUNK_BYTES_MAX, 8 * ((gsize) width + 128));   /* a row of the widest pixels */
  png_set_expand (self->png);
  png_set_scale_16 (self->png);
  png_set_gray_to_rgb (self->png);
  png_set_interlace_handling (self->png);
  png_read_update_info (self->png, self->info);

  stride = png_get_rowbytes (self->png, self->info);
  self->pixels = lk_pixels_new (width, height);
  if (png_get_channels (self->png, self->info) == 4)
    self->rgba = g_malloc0_n (height, stride);
  data = self->rgba != NULL ? self->rgba : self->pixels->data;
  self->rows = g_new (png_bytep, height);
  for (int y = 0; y < height; y++)
    self->rows[y] = data + y * stride;
  png_read_image (self->png, self->rows);
  png_read_end (self->png, NULL);
}

/* Transparent places show white paper, as every viewer of documents does. */
static void
lay_on_white (LkPngReader *self)
{
  gsize n_pixels = (gsize) self->pixels->width * self->pixels->height;

  for (gsize i = 0; i < n_pixels; i++)
    {
      const guint8 *in = self->rgba + 4 * i;

      for (int c = 0; c < 3; c++)
        self->pixels->data[3 * i + c] = (in[c] * in[3] + 255 * (255 - in[3]) + 127) / 255;
    }
}

LkPixels *
lk_png_reader_read_pixels (LkPngReader *self,
                           GError     **error)
{
  if (!run (self, read_rows, error))
    return NULL;
  if (self->rgba != NULL)
    lay_on_white (self);
  return g_steal_pointer (&self->pixels);
}

void
lk_png_reader_free (LkPngReader *self)
{
  png_destroy_read_struct (&self->png, &self->info, NULL);
  g_clear_pointer (&self->pixels, lk_pixels_unref);
  g_free (self->rgba);
  g_free (self->rows);
  g_bytes_unref (self->file);
  g_free (self);
}
