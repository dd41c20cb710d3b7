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

static QRcode *
encode (const char *text, GError **error)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);

  if (code == NULL)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "the text is too long for a QR code");
  return code;
}

GBytes *
lk_qr_write_png (const char *text, int module, GError **error)
{
  g_autoptr (QRcode) code = encode (text, error);
  g_autofree guint8 *rows = NULL;
  int size;

  g_return_val_if_fail (module > 0, NULL);

  if (code == NULL)
    return NULL;
  size = (code->width + 2 * QUIET_MODULES) * module;
  rows = draw (code, module, size);
  return compress (rows, size, error);
}

static gboolean
is_dark (const QRcode *code, int x, int y)
{
  return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[(gsize) y * code->width + x] & 1) != 0;
}

/* Two modules a sign, one above the other: a sign is about twice as high as wide. */
char *
lk_qr_write_text (const char *text, GError **error)
{
  static const char *const signs[] = { " ", "\u2580", "\u2584", "\u2588" };
  g_autoptr (QRcode) code = encode (text, error);
  g_autoptr (GString) lines = g_string_new (NULL);

  if (code == NULL)
    return NULL;
  for (int y = -QUIET_MODULES; y < code->width + QUIET_MODULES; y += 2)
    {
      g_string_append (lines, "\033[30;107m");
      for (int x = -QUIET_MODULES; x < code->width + QUIET_MODULES; x++)
        g_string_append (lines, signs[is_dark (code, x, y) + 2 * is_dark (code, x, y + 1)]);
      g_string_append (lines, "\033[0m\n");
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
