/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/encode.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* The exact, slow transform and no optional speed-ups: the bytes are the same on every machine with this libjpeg.
 * Compressing into memory cannot fail but for lack of it, where GLib ends the program as well. */
GBytes *
lk_encode_jpeg (const LkPixels *photo, int dpi, int quality, gboolean full_colour)
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
