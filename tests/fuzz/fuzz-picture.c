/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files of one kind: FUZZ_KIND. */
#include <string.h>

#include "fuzz.h"
#include "make-picture.h"
#include "photo/decode.h"

/* Small, so that a run takes microseconds and what it finds is no size. */
static const LkSpec spec = { .max_bytes = 1 << 20, .max_pixels = 1000000 };

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) small_error = NULL;
  g_autoptr (LkPixels) pixels = NULL;
  g_autoptr (LkPixels) small = NULL;
  LkFileInfo info;

  /* sums that are wrong would hide all that lies behind them */
  if (FUZZ_KIND == LK_FILE_PNG && size > 8)
    fix_png_sums (copy, size);
  file = g_bytes_new_take (copy, size);
  if (!lk_decode_info (file, &spec, &info, NULL) || info.kind != FUZZ_KIND)
    return 0;
  pixels = lk_decode (file, &spec, NULL, &error);
  fuzz_check (pixels, error);
  small = lk_decode_at_least (file, &spec, info.width / 5, info.height / 5, &small_error);
  fuzz_check (small, small_error);
  if (pixels != NULL && (pixels->width != info.width || pixels->height != info.height))
    g_error ("the size is not what the header says");
  return 0;
}
