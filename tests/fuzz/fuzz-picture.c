/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files of one kind: FUZZ_KIND. */
#include <string.h>

#include "fuzz.h"
#include "make-picture.h"
#include "photo/decode.h"

/* Small, so that a run takes microseconds and what it finds is no size. */
static const LkSpec spec = { .max_bytes = 1 << 20, .max_pixels = 1000000 };

/* Other kinds have a program of their own. */
static gboolean
is_our_kind (const guint8 *data, gsize size)
{
  switch (FUZZ_KIND)
    {
    case LK_FILE_JPEG:
      return size > 3 && data[0] == 0xff;
    case LK_FILE_PNG:
      return size > 8 && data[0] == 0x89;
    case LK_FILE_HEIC:
      return size > 8 && memcmp (data + 4, "ftyp", 4) == 0;
    default:
      return FALSE;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 *copy;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) small_error = NULL;
  g_autoptr (LkPixels) pixels = NULL;
  g_autoptr (LkPixels) small = NULL;
  LkFileInfo info;

  if (!is_our_kind (data, size))
    return 0;
  copy = g_memdup2 (data, size);
  /* sums that are wrong would hide all that lies behind them */
  if (FUZZ_KIND == LK_FILE_PNG)
    fix_png_sums (copy, size);
  file = g_bytes_new_take (copy, size);
  pixels = lk_decode_original (file, &spec, &info, &error);
  fuzz_check (pixels, error);
  if (pixels == NULL || FUZZ_KIND == LK_FILE_HEIC)
    return 0;
  if (pixels->width != info.width || pixels->height != info.height)
    g_error ("the size is not what the header says");
  small = lk_decode_at_least (file, &spec, info.width / 5, info.height / 5, &small_error);
  fuzz_check (small, small_error);
  return 0;
}
