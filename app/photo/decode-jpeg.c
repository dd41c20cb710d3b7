/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode-private.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "core/error.h"

/* A file can ask for the same few blocks to be refined without end; honest encoders use about ten scans. */
enum { MAX_SCANS = 64 };

enum { MOST_STEP = 255 };       /* of a quantisation table */

enum { MARKER_EXIF = JPEG_APP0 + 1, MARKER_ICC = JPEG_APP0 + 2 };

/* All state lives here and not in local variables, so that nothing is lost or stale after longjmp(). */
struct _LkJpegReader
{
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf jump;
  GBytes *file;
  int denominator;
  LkPixels *pixels;
  JOCTET *profile;
  unsigned int profile_size;
  int damage;                   /* message code of the first warning that means damaged data, or 0 */
  gboolean too_many_scans;
};

static void
give_up (j_common_ptr jpeg)
{
  LkJpegReader *self = jpeg->client_data;

  longjmp (self->jump, 1);
}

/* libjpeg fills in grey where data is missing and only warns; for us that is an error, unless the pixels are whole. */
static void
note_warning (j_common_ptr jpeg,
              int          level)
{
  LkJpegReader *self = jpeg->client_data;
  int code = jpeg->err->msg_code;

  if (level >= 0 || self->damage != 0)
    return;
  if (code != JWRN_EXTRANEOUS_DATA && code != JWRN_ADOBE_XFORM && code != JWRN_TOO_MUCH_DATA &&
      code != JWRN_JFIF_MAJOR && code != JWRN_BOGUS_ICC)
    self->damage = code;
}

static void
print_nothing (j_common_ptr jpeg)
{
}

/* Called between scans too: stops as soon as damage is seen, so that a broken file costs no more than it must. */
static void
watch (j_common_ptr jpeg)
{
  LkJpegReader *self = jpeg->client_data;

  self->too_many_scans = self->jpeg.input_scan_number > MAX_SCANS;
  if (self->too_many_scans || self->damage != 0)
    longjmp (self->jump, 1);
}

/* The only place longjmp() comes back to. Returns whether the step went through undamaged. */
static gboolean
run (LkJpegReader *self,
     void (*step) (LkJpegReader *self))
{
  if (setjmp (self->jump) != 0)
    return FALSE;
  step (self);
  return self->damage == 0;
}

static void
set_error (LkJpegReader *self,
           GError      **error)
{
  char message[JMSG_LENGTH_MAX];
  LkError code = LK_ERROR_PICTURE_CUT_OFF;

  if (self->too_many_scans)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF, "JPEG has more than %d scans", MAX_SCANS);
      return;
    }
  if (self->damage != 0)
    self->errors.msg_code = self->damage;
  switch (self->errors.msg_code)
    {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_ARITH_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_NOT_COMPILED:
      code = LK_ERROR_PICTURE_KIND;
      break;
    case JERR_IMAGE_TOO_BIG:
      code = LK_ERROR_PICTURE_PIXELS;
      break;
    default:
      break;
    }
  self->errors.format_message ((j_common_ptr) &self->jpeg, message);
  g_set_error (error, LK_ERROR, code, "JPEG: %s", message);
}

static void
open_file (LkJpegReader *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->file, &size);

  jpeg_create_decompress (&self->jpeg);
  self->jpeg.progress = &self->progress;
  jpeg_mem_src (&self->jpeg, data, size);
  jpeg_save_markers (&self->jpeg, MARKER_EXIF, 0xffff);
  jpeg_save_markers (&self->jpeg, MARKER_ICC, 0xffff);
  jpeg_read_header (&self->jpeg, TRUE);
  jpeg_read_icc_profile (&self->jpeg, &self->profile, &self->profile_size);
}

static int
read_orientation (LkJpegReader *self)
{
  for (jpeg_saved_marker_ptr marker = self->jpeg.marker_list; marker != NULL; marker = marker->next)
    if (marker->marker == MARKER_EXIF && marker->data_length > 6 && memcmp (marker->data, "Exif\0", 6) == 0)
      return lk_exif_orientation (marker->data, marker->data_length);
  return 1;
}

/* The luminance table that libjpeg scales (ITU-T T.81, table K.1), in the order of JQUANT_TBL. */
static const guint8 standard_table[DCTSIZE2] = {
  16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,  14, 13, 16, 24, 40,  57,  69,  56,
  14, 17, 22, 29, 51,  87,  80,  62,  18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
};

/* The quality at which libjpeg's table has steps as coarse as this file's; other encoders' tables are compared by their sum. Steps
 * that would not fit in 8 bits are cut and say nothing. 0 when the header has no table. */
static int
estimate_quality (const struct jpeg_decompress_struct *jpeg)
{
  int which = jpeg->comp_info[0].quant_tbl_no;
  const JQUANT_TBL *table = which < NUM_QUANT_TBLS ? jpeg->quant_tbl_ptrs[which] : NULL;        /* libjpeg checks it only later */
  double sum = 0, standard_sum = 0, percent;

  if (table == NULL)
    return 0;
  for (int i = 0; i < DCTSIZE2; i++)
    if (table->quantval[i] < MOST_STEP)
      {
        sum += table->quantval[i];
        standard_sum += standard_table[i];
      }
  percent = standard_sum > 0 ? 100 * sum / standard_sum : 5000;
  return (int) lrint (CLAMP (percent <= 100 ? (200 - percent) / 2 : 5000 / percent, 1, 100));
}

LkJpegReader *
lk_jpeg_reader_new (GBytes *file)
{
  LkJpegReader *self = g_new0 (LkJpegReader, 1);

  self->file = g_bytes_ref (file);
  self->jpeg.err = jpeg_std_error (&self->errors);
  self->jpeg.client_data = self;
  self->errors.error_exit = give_up;
  self->errors.emit_message = note_warning;
  self->errors.output_message = print_nothing;
  self->progress.progress_monitor = watch;
  return self;
}

gboolean
lk_jpeg_reader_read_header (LkJpegReader    *self,
                            LkPictureHeader *header,
                            GError         **error)
{
  if (!run (self, open_file))
    {
      set_error (self, error);
      return FALSE;
    }
  if (self->jpeg.num_components != 1 && self->jpeg.num_components != 3)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_PICTURE_KIND, "JPEG with %s colours is not taken",
                   self->jpeg.num_components == 4 ? "CMYK" : "unknown");
      return FALSE;
    }
  header->width = self->jpeg.image_width;
  header->height = self->jpeg.image_height;
  header->components = self->jpeg.num_components;
  header->orientation = read_orientation (self);
  header->quality = estimate_quality (&self->jpeg);
  if (self->profile != NULL)
    header->profile = g_bytes_new (self->profile, self->profile_size);
  return TRUE;
}

static void
read_pixels (LkJpegReader *self)
{
  self->jpeg.out_color_space = JCS_RGB;
  self->jpeg.scale_num = 1;
  self->jpeg.scale_denom = self->denominator;
  jpeg_start_decompress (&self->jpeg);
  self->pixels = lk_pixels_new (self->jpeg.output_width, self->jpeg.output_height);
  while (self->jpeg.output_scanline < self->jpeg.output_height)
    {
      JSAMPROW row = self->pixels->data + (gsize) self->jpeg.output_scanline * self->pixels->width * 3;

      jpeg_read_scanlines (&self->jpeg, &row, 1);
      if (self->damage != 0)
        return;
    }
  jpeg_finish_decompress (&self->jpeg);
}

LkPixels *
lk_jpeg_reader_read_pixels (LkJpegReader *self,
                            int           denominator,
                            GError      **error)
{
  self->denominator = denominator;
  if (!run (self, read_pixels))
    {
      set_error (self, error);
      return NULL;
    }
  return g_steal_pointer (&self->pixels);
}

void
lk_jpeg_reader_free (LkJpegReader *self)
{
  jpeg_destroy_decompress (&self->jpeg);
  g_clear_pointer (&self->pixels, lk_pixels_unref);
  free (self->profile);         /* libjpeg took it from malloc() */
  g_bytes_unref (self->file);
  g_free (self);
}
