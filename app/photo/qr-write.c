/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/qr-write.h"

#include <png.h>
#include <qrencode.h>
#include <string.h>

#include "core/error.h"

/* What the standard wants around a code. */
enum { QUIET_MODULES = 4 };

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QRcode, QRcode_free)

/* Grey rows, black on white. */
static guint8 *
draw (const QRcode *code, int module, int size)
{
  guint8 *rows = g_malloc ((gsize) size * size);

  memset (rows, 255, (gsize) size * size);
  for (int y = 0; y < code->width * module; y++)
    for (int x = 0; x < code->width; x++)
      if ((code->data[(gsize) (y / module) * code->width + x] & 1) != 0)
        memset (rows + (gsize) (y + QUIET_MODULES * module) * size + (x + QUIET_MODULES) * module, 0, module);
  return rows;
}

static GBytes *
compress (const guint8 *rows, int size, GError **error)
{
  png_image image = { .version = PNG_IMAGE_VERSION, .width = size, .height = size, .format = PNG_FORMAT_GRAY };
  png_alloc_size_t n = 0;
  g_autofree guint8 *data = NULL;

  if (png_image_write_to_memory (&image, NULL, &n, 0, rows, 0, NULL))
    {
      data = g_malloc (n);
      if (png_image_write_to_memory (&image, data, &n, 0, rows, 0, NULL))
        return g_bytes_new_take (g_steal_pointer (&data), n);
    }
  g_set_error (error, LK_ERROR, LK_ERROR_FAILED, "the code cannot be written: %s", image.message);
  return NULL;
}

GBytes *
lk_qr_write_png (const char *text, int module, GError **error)
{
  g_autoptr (QRcode) code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  g_autofree guint8 *rows = NULL;
  int size;

  g_return_val_if_fail (module > 0, NULL);

  if (code == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "the text is too long for a QR code");
      return NULL;
    }
  size = (code->width + 2 * QUIET_MODULES) * module;
  rows = draw (code, module, size);
  return compress (rows, size, error);
}
