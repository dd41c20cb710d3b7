/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "make-heic.h"
#include "make-picture.h"
#include "photo/decode.h"

/* HEIC originals, skipped where libheif cannot write them. */

static LkSpec *
load_spec (void)
{
  g_autoptr (GError) error = NULL;
  LkSpec *spec = lk_spec_load_default (&error);

  g_assert_no_error (error);
  return spec;
}

static gboolean
skip_without_encoder (void)
{
  if (can_make_heic ())
    return FALSE;
  g_test_skip ("libheif has no HEVC encoder or decoder here");
  return TRUE;
}

static double
mean_difference (const LkPixels *a, const LkPixels *b)
{
  gsize n = (gsize) a->width * a->height * 3;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += ABS (a->data[i] - b->data[i]);
  return sum / (double) n;
}

static void
test_original (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) pixels = make_pixels (320, 240);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (LkPixels) decoded = NULL;
  g_autoptr (GError) error = NULL;
  LkFileInfo info;

  if (skip_without_encoder ())
    return;
  file = make_heic (pixels);
  decoded = lk_decode_original (file, spec, &info, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info.kind, ==, LK_FILE_HEIC);
  g_assert_cmpint (info.width, ==, 320);
  g_assert_cmpint (info.height, ==, 240);
  g_assert_cmpint (decoded->width, ==, 320);
  g_assert_cmpint (decoded->height, ==, 240);
  g_assert_cmpfloat (mean_difference (pixels, decoded), <, 6);
}

/* What a student uploads as the crop is JPEG; HEIC is for originals only. */
static void
test_no_submission (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) pixels = make_pixels (64, 64);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  if (skip_without_encoder ())
    return;
  file = make_heic (pixels);
  g_assert_null (lk_decode (file, spec, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_KIND);
}

/* The other kinds are taken as before. */
static void
test_other_kinds (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) pixels = make_pixels (64, 48);
  g_autoptr (GBytes) jpeg = make_jpeg (pixels, &(JpegOptions) { .quality = 95 });
  g_autoptr (GBytes) webp = g_bytes_new_static ("RIFF\0\0\0\0WEBPVP8 ", 16);
  g_autoptr (LkPixels) decoded = lk_decode_original (jpeg, spec, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (decoded->width, ==, 64);
  g_assert_null (lk_decode_original (webp, spec, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_KIND);
}

/* Where "ispe", the box with the picture's size, lies; 0 when there is none. */
static gsize
find_size_box (const guint8 *data, gsize size)
{
  for (gsize i = 4; i + 16 <= size; i++)
    if (memcmp (data + i, "ispe", 4) == 0)
      return i;
  return 0;
}

/* The header promises a picture of many more pixels than are taken: refused before anything is decoded. */
static void
test_bomb (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) pixels = make_pixels (64, 64);
  g_autoptr (GBytes) file = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size, box;

  if (skip_without_encoder ())
    return;
  file = make_heic (pixels);
  size = g_bytes_get_size (file);
  copy = g_memdup2 (g_bytes_get_data (file, NULL), size);
  box = find_size_box (copy, size);
  g_assert_cmpuint (box, >, 0);
  for (int i = 0; i < 2; i++)
    {
      static const guint8 sides[2][4] = { { 0, 0, 0x75, 0x30 }, { 0x7f, 0xff, 0xff, 0xf0 } }; /* 30,000; nearly 2^31 */
      g_autoptr (GBytes) bomb = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (copy + box + 8, sides[i], 4);
      memcpy (copy + box + 12, sides[i], 4);
      bomb = g_bytes_new (copy, size);
      g_assert_null (lk_decode_original (bomb, spec, NULL, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_PIXELS);
    }
}

/* A small header over a larger picture: what is inside counts too. */
static void
test_lying_header (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) pixels = make_pixels (512, 512);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) lie = NULL;
  g_autoptr (LkPixels) decoded = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size, box;

  if (skip_without_encoder ())
    return;
  file = make_heic (pixels);
  size = g_bytes_get_size (file);
  copy = g_memdup2 (g_bytes_get_data (file, NULL), size);
  box = find_size_box (copy, size);
  memcpy (copy + box + 8, "\0\0\0\x40\0\0\0\x40", 8);
  lie = g_bytes_new (copy, size);
  spec->max_pixels = 64 * 64;
  decoded = lk_decode_original (lie, spec, NULL, NULL);
  g_assert_null (decoded);
}

static void
test_cut_off (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) pixels = make_pixels (320, 240);
  g_autoptr (GBytes) file = NULL;
  gsize size;

  if (skip_without_encoder ())
    return;
  file = make_heic (pixels);
  size = g_bytes_get_size (file);
  for (gsize n = 12; n < size; n += size / 23)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, 0, n);
      g_autoptr (GError) error = NULL;

      g_assert_null (lk_decode_original (part, spec, NULL, &error));
      g_assert_cmpint (error->domain, ==, LK_ERROR);
      g_assert_true (error->code == LK_ERROR_PICTURE_CUT_OFF || error->code == LK_ERROR_PICTURE_KIND);
    }
}

/* Whatever single bytes say, it ends in a picture or in an error. */
static void
test_changed_bytes (void)
{
  g_autoptr (LkSpec) spec = load_spec ();
  g_autoptr (LkPixels) pixels = make_pixels (96, 64);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  gsize size;

  if (skip_without_encoder ())
    return;
  spec->max_pixels = 1000000;
  file = make_heic (pixels);
  size = g_bytes_get_size (file);
  for (int i = 0; i < 300; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (file, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (LkPixels) decoded = NULL;

      for (int k = 0; k < 3; k++)
        copy[g_rand_int_range (rand, 12, (gint32) size)] = (guint8) g_rand_int_range (rand, 0, 256);
      changed = g_bytes_new (copy, size);
      decoded = lk_decode_original (changed, spec, NULL, &error);
      g_assert_true ((decoded == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heic/original", test_original);
  g_test_add_func ("/heic/no-submission", test_no_submission);
  g_test_add_func ("/heic/other-kinds", test_other_kinds);
  g_test_add_func ("/heic/bomb", test_bomb);
  g_test_add_func ("/heic/lying-header", test_lying_header);
  g_test_add_func ("/heic/cut-off", test_cut_off);
  g_test_add_func ("/heic/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
