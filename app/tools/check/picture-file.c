/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/picture-file.h"

#include "tools/portrait/write.h"

enum { QUALITY = 92 };

gboolean
lk_picture_write (const LkPixels *pixels, const char *path, GError **error)
{
  const LkPortrait picture = { .width = pixels->width, .height = pixels->height, .rgb = pixels->data };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autoptr (GBytes) bytes = g_str_has_suffix (lower, ".png") ? lk_portrait_encode_png (&picture)
                                                              : lk_portrait_encode_jpeg (&picture, QUALITY);

  return lk_write_bytes (bytes, path, error);
}
