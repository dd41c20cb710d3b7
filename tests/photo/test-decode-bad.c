/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode.h"

#include <png.h>
#include <string.h>

#include "core/error.h"
#include "make-picture.h"

static const LkSpec spec = { .max_bytes = 30 << 20, .max_pixels = 40000000 };

static void
assert_refused (GBytes *file,
                LkError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) info_error = NULL;
  LkFileInfo info;

  g_assert_null (lk_decode (file, &spec, NULL, &error));
  g_assert_error (error, LK_ERROR, (int) code);
  if (code != LK_ERROR_PICTURE_CUT_OFF)
    {
      g_assert_false (lk_decode_info (file, &spec, &info, &info_error));
      g_assert_error (info_error, LK_ERROR, (int) code);
    }
}

/* A small file of each way a picture can be written. */
enum { N_SAMPLES = 6 };

static GBytes *
make_sample (int n)
{
  static const JpegOptions jpeg[] = { { 0 }, { .progressive = TRUE }, { .components = 1, .orientation = 6 } };
  static const PngOptions png[] = {
    { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .orientation = 3 },
    { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .interlaced = TRUE },
    { .colour_type = PNG_COLOR_TYPE_PALETTE, .bits = 8 },
  };
  g_autoptr (LkPixels) pixels = make_pixels (24, 32);

  if (n < 3)
    return make_jpeg (pixels, &jpeg[n]);
  if (n == 5)
    for (int i = 0; i < 24 * 32 * 3; i++)
      pixels->data[i] %= 16;
  return make_png (24, 32, pixels->data, 24 * 3, &png[n - 3]);
}

static void
test_cut_off_anywhere (void)
{
  for (int n = 0; n < N_SAMPLES; n++)
    {
      g_autoptr (GBytes) whole = make_sample (n);
      gsize size = g_bytes_get_size (whole);

      for (gsize kept = 0; kept < size; kept++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, kept);
          gboolean recognised = kept >= (n < 3 ? 3 : 8);

          assert_refused (part, recognised ? LK_ERROR_PICTURE_CUT_OFF : LK_ERROR_NOT_PICTURE);
        }
    }
}

static void
test_tail_is_harmless (void)
{
  g_autoptr (GBytes) file = make_sample (0);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkPixels) pixels = NULL;

  g_byte_array_append (longer, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_byte_array_append (longer, (const guint8 *) "appended by a phone", 19);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  pixels = lk_decode (bytes, &spec, NULL, NULL);
  g_assert_nonnull (pixels);
}

/* A changed size may ask for much memory; with tight limits most such files end early. */
static const LkSpec tight_spec = { .max_bytes = 30 << 20, .max_pixels = 1000000 };

/* Some bytes, or a stretch that is zero, from elsewhere in the file or missing. Gives the new size. */
static gsize
mutate (guint8 *data,
        gsize   size,
        GRand  *rand)
{
  int n_changes = g_rand_int_range (rand, 1, 9);
  gsize length = g_rand_int_range (rand, 1, MIN (64, size / 4));
  gsize at = g_rand_int_range (rand, 3, size - length);

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      memset (data + at, 0, length);
      return size;
    case 1:
      memmove (data + at, data + g_rand_int_range (rand, 0, size - length), length);
      return size;
    case 2:
      memmove (data + at, data + at + length, size - at - length);
      return size - length;
    default:
      for (int i = 0; i < n_changes; i++)
        data[g_rand_int_range (rand, 3, size)] = g_rand_int_range (rand, 0, 256);
      return size;
    }
}

static void
decode_mutated (GBytes  *whole,
                GRand   *rand,
                gboolean is_png)
{
  gsize size = g_bytes_get_size (whole);
  guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), size);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) pixels = NULL;
  LkFileInfo info;

  size = mutate (data, size, rand);
  if (is_png)
    fix_png_sums (data, size);
  file = g_bytes_new_take (data, size);
  pixels = lk_decode (file, &tight_spec, &info, &error);
  if (pixels == NULL)
    g_assert_true (error != NULL && error->domain == LK_ERROR);
  else
    {
      g_assert_no_error (error);
      g_assert_cmpint (pixels->width, ==, info.width);
      g_assert_cmpint (pixels->height, ==, info.height);
    }
}

/* Many more with "-m slow". */
static void
test_mutated (void)
{
  guint n_files = g_test_slow () ? 100000 : 2000;
  gint64 slowest = 0;           /* µs */
  GBytes *samples[N_SAMPLES];

  for (int n = 0; n < N_SAMPLES; n++)
    samples[n] = make_sample (n);
  for (guint seed = 0; seed < n_files; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      gint64 start = g_get_monotonic_time ();

      decode_mutated (samples[seed % N_SAMPLES], rand, seed % N_SAMPLES >= 3);
      slowest = MAX (slowest, g_get_monotonic_time () - start);
    }
  g_test_message ("%u files, the slowest took %.1f ms", n_files, slowest / 1000.0);
  for (int n = 0; n < N_SAMPLES; n++)
    g_bytes_unref (samples[n]);
}

static void
test_damage_inside (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (200, 200);
  JpegOptions options = { 0 };
  g_autoptr (GBytes) whole = make_jpeg (pixels, &options);
  gsize size = g_bytes_get_size (whole);
  guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), size);
  g_autoptr (GBytes) file = NULL;

  /* as after a bad copy: a block in the middle is zero */
  memset (data + size / 2, 0, size / 8);
  file = g_bytes_new_take (data, size);
  assert_refused (file, LK_ERROR_PICTURE_CUT_OFF);
}

/* An honest header that promises more than the limits allow, with hardly anything behind it. */
static void
test_bombs (void)
{
  guint8 row[2500] = { 0 };
  PngOptions options = { .colour_type = PNG_COLOR_TYPE_GRAY, .bits = 1 };
  g_autoptr (GBytes) png = make_png (20000, 20000, row, 0, &options);
  g_autoptr (LkPixels) small = make_pixels (16, 16);
  JpegOptions jpeg_options = { 0 };
  g_autoptr (GBytes) honest = make_jpeg (small, &jpeg_options);
  gsize size = g_bytes_get_size (honest);
  guint8 *data = g_memdup2 (g_bytes_get_data (honest, NULL), size);
  guint8 *frame = memmem (data, size, "\xff\xc0", 2);
  g_autoptr (GBytes) jpeg = NULL;

  assert_refused (png, LK_ERROR_PICTURE_PIXELS);
  memcpy (frame + 5, "\xfd\xe8\xfd\xe8", 4);    /* 65000 x 65000 */
  jpeg = g_bytes_new_take (data, size);
  assert_refused (jpeg, LK_ERROR_PICTURE_PIXELS);
}

static void
test_endless_scans (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (64, 64);
  JpegOptions options = { .components = 1, .two_scans = TRUE };
  g_autoptr (GBytes) honest = make_jpeg (pixels, &options);
  gsize size = g_bytes_get_size (honest);
  const guint8 *data = g_bytes_get_data (honest, NULL);
  const guint8 *first = memmem (data, size, "\xff\xda", 2);
  const guint8 *last = memmem (first + 2, data + size - first - 2, "\xff\xda", 2);
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (out, data, last - data);
  for (int i = 0; i < 500; i++)
    g_byte_array_append (out, last, data + size - 2 - last);
  g_byte_array_append (out, (const guint8 *) "\xff\xd9", 2);
  file = g_byte_array_free_to_bytes (out);
  g_assert_null (lk_decode (file, &spec, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_CUT_OFF);
  g_assert_nonnull (strstr (error->message, "scans"));
}

static void
test_bytes_limit (void)
{
  g_autoptr (GBytes) file = make_sample (0);
  LkSpec tight = { .max_bytes = g_bytes_get_size (file) - 1, .max_pixels = 1000000 };
  LkSpec exact = { .max_bytes = g_bytes_get_size (file), .max_pixels = 24 * 32 };
  LkSpec few = { .max_bytes = 1000000, .max_pixels = 24 * 32 - 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) few_error = NULL;
  g_autoptr (LkPixels) pixels = NULL;

  g_assert_null (lk_decode (file, &tight, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_PICTURE_BYTES);
  pixels = lk_decode (file, &exact, NULL, NULL);
  g_assert_nonnull (pixels);
  g_assert_null (lk_decode_at_least (file, &few, 1, 1, &few_error));
  g_assert_error (few_error, LK_ERROR, LK_ERROR_PICTURE_PIXELS);
}

static void
test_other_kinds (void)
{
  static const struct { const char *name, *bytes; gsize size; } kinds[] = {
#define KIND(name, bytes) { name, bytes, sizeof (bytes) - 1 }
    KIND ("WebP", "RIFF\x24\0\0\0WEBPVP8 "),
    KIND ("GIF", "GIF89a\1\0\1\0"),
    KIND ("BMP", "BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0"),
    KIND ("HEIC", "\0\0\0\x18" "ftypheic\0\0\0\0mif1"),
    KIND ("HEIC", "\0\0\0\x18" "ftypmif1\0\0\0\0heic"),
    KIND ("AVIF", "\0\0\0\x18" "ftypavif\0\0\0\0"),
    KIND ("TIFF", "II*\0\x08\0\0\0"),
    KIND ("TIFF", "MM\0*\0\0\0\x08"),
    KIND ("PDF", "%PDF-1.7\n"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (kinds[i].bytes, kinds[i].size);
      g_autoptr (GError) error = NULL;

      assert_refused (file, LK_ERROR_PICTURE_KIND);
      lk_decode (file, &spec, NULL, &error);
      g_assert_nonnull (strstr (error->message, kinds[i].name));
    }
}

static void
test_cmyk (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (16, 16);
  JpegOptions options = { .components = 4 };
  g_autoptr (GBytes) file = make_jpeg (pixels, &options);

  assert_refused (file, LK_ERROR_PICTURE_KIND);
}

static void
test_no_picture (void)
{
  static const char *const texts[] = {
    "", "BM", "BMW is a car and not a picture at all", "GIF", "学号,姓名\n", "\x89PNG", "RIFF\x24\0\0\0WAVE", "<svg/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (texts[i], strlen (texts[i]));

      assert_refused (file, LK_ERROR_NOT_PICTURE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/decode-bad/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/photo/decode-bad/tail-is-harmless", test_tail_is_harmless);
  g_test_add_func ("/photo/decode-bad/mutated", test_mutated);
  g_test_add_func ("/photo/decode-bad/damage-inside", test_damage_inside);
  g_test_add_func ("/photo/decode-bad/bombs", test_bombs);
  g_test_add_func ("/photo/decode-bad/endless-scans", test_endless_scans);
  g_test_add_func ("/photo/decode-bad/bytes-limit", test_bytes_limit);
  g_test_add_func ("/photo/decode-bad/other-kinds", test_other_kinds);
  g_test_add_func ("/photo/decode-bad/cmyk", test_cmyk);
  g_test_add_func ("/photo/decode-bad/no-picture", test_no_picture);
  return g_test_run ();
}
