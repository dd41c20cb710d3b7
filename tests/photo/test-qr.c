/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR codes read in the helper process, as they come and from bad pictures; the whole set is ./dev bench codes. */
#include <png.h>
#include <qrencode.h>
#include <string.h>

#include "bad-code.h"
#include "core/error.h"
#include "make-heic.h"
#include "make-picture.h"
#include "photo/decode.h"
#include "photo/decoder-private.h"
#include "photo/qr-ladder.h"
#include "photo/qr-write.h"

enum { LIMIT_MS = 30000 };      /* none, as far as a test goes */

static const LkSpec spec = { .max_bytes = 8 << 20, .max_pixels = 8000000 };

static char *
read_file (LkDecoder *decoder, GBytes *file, GError **error)
{
  return lk_decoder_read_code (decoder, file, &spec, LIMIT_MS, error);
}

static void
assert_reads (LkDecoder *decoder, GBytes *file, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *read = read_file (decoder, file, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, text);
}

static void
assert_fails (LkDecoder *decoder, GBytes *file, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *read = read_file (decoder, file, &error);

  g_assert_error (error, LK_ERROR, code);
  g_assert_null (read);
}

/* Black and white through all kinds of files. */
static LkPixels *
to_pixels (const LkGrey *grey)
{
  LkPixels *pixels = lk_pixels_new (grey->width, grey->height);

  for (gsize i = 0; i < (gsize) grey->width * grey->height; i++)
    memset (pixels->data + 3 * i, grey->data[i], 3);
  return pixels;
}

static void
test_files (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autofree char *text = bad_code_text (190, 1);
  g_autoptr (LkGrey) grey = bad_code_draw_plain (text);
  g_autoptr (LkPixels) pixels = to_pixels (grey);
  g_autoptr (GBytes) png = bad_code_to_png (grey);
  g_autoptr (GBytes) jpeg = make_jpeg (pixels, &(JpegOptions) { .quality = 60, .orientation = 6 });
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) seen = NULL;
  GPid pid;

  assert_reads (decoder, png, text);
  pid = lk_decoder_get_next_pid (decoder);
  assert_reads (decoder, jpeg, text);
  /* a helper that has read codes decodes photos as before, and has lived through all of it */
  seen = lk_decoder_decode (decoder, png, &spec, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (seen->data, (gsize) seen->width * seen->height * 3, pixels->data, (gsize) pixels->width * pixels->height * 3);
  g_assert_cmpint (lk_decoder_get_next_pid (decoder), ==, pid);
}

static void
test_heic (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autofree char *text = bad_code_text (90, 1);
  g_autoptr (LkGrey) grey = bad_code_draw_plain (text);
  g_autoptr (LkPixels) pixels = to_pixels (grey);
  g_autoptr (GBytes) heic = NULL;

  if (!can_make_heic ())
    {
      g_test_skip ("libheif has no HEVC encoder or decoder here");
      return;
    }
  heic = make_heic (pixels);
  assert_reads (decoder, heic, text);
}

/* Texts of students are ASCII; others must come as they are. */
static void
test_texts (void)
{
  static const char *const texts[] = { "1", "HTTPS://EXAMPLE.ORG/", "正照 采集码", "naïve café", "\xf0\xa0\xae\xb7 line\nline" };
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) png = lk_qr_write_png (texts[i], 5, &error);

      g_assert_no_error (error);
      assert_reads (decoder, png, texts[i]);
    }
}

static LkGrey *
draw_modules (const QRcode *code, int module)
{
  int size = (code->width + 8) * module;
  LkGrey *grey = lk_grey_new (size, size);

  memset (grey->data, 255, (gsize) size * size);
  for (int y = 0; y < code->width * module; y++)
    for (int x = 0; x < code->width * module; x++)
      if ((code->data[y / module * code->width + x / module] & 1) != 0)
        grey->data[(gsize) (y + 4 * module) * size + x + 4 * module] = 0;
  return grey;
}

/* Codes that name a character set, known or not: nothing may be loaded for it any more. Whatever comes back, the helper lives. */
static void
test_character_sets (void)
{
  static const unsigned int sets[] = { 3, 4, 5, 9, 13, 18, 20, 21, 26, 28, 29, 30, 100, 899, 900, 999999 };
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autofree char *sound = bad_code_text (40, 1);
  g_autoptr (LkGrey) last = bad_code_draw_plain (sound);
  g_autoptr (GBytes) last_png = bad_code_to_png (last);

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      static const unsigned char bytes[] = "\xc4\xe3\xba\xc3 \x83\x41 abc \xff";
      QRinput *input = QRinput_new2 (0, QR_ECLEVEL_M);
      QRcode *code;
      g_autoptr (LkGrey) grey = NULL;
      g_autoptr (GBytes) png = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (QRinput_appendECIheader (input, sets[i]), ==, 0);
      g_assert_cmpint (QRinput_append (input, QR_MODE_8, sizeof bytes - 1, bytes), ==, 0);
      code = QRcode_encodeInput (input);
      grey = draw_modules (code, 4);
      png = bad_code_to_png (grey);
      text = read_file (decoder, png, &error);
      if (text != NULL)
        g_assert_true (g_utf8_validate (text, -1, NULL));
      else
        g_assert_error (error, LK_ERROR, LK_ERROR_CODE_UNREADABLE);
      QRcode_free (code);
      QRinput_free (input);
    }
  assert_reads (decoder, last_png, sound);
}

static void
test_none (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autoptr (LkPixels) pixels = make_pixels (300, 200);
  g_autoptr (GBytes) jpeg = make_jpeg (pixels, &(JpegOptions) { .quality = 90 });
  g_autofree char *text = bad_code_text (190, 1);
  g_autoptr (LkGrey) grey = bad_code_draw_plain (text);
  g_autoptr (GBytes) png = bad_code_to_png (grey);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, g_bytes_get_size (png) / 3);
  g_autoptr (GBytes) words = g_bytes_new_static ("CC1.A", 5);
  g_autoptr (GBytes) tiny = NULL;
  g_autoptr (LkGrey) dot = lk_grey_new (1, 1);
  GPid pid;

  dot->data[0] = 0;
  tiny = bad_code_to_png (dot);
  assert_fails (decoder, jpeg, LK_ERROR_CODE_UNREADABLE);
  pid = lk_decoder_get_next_pid (decoder);
  assert_fails (decoder, tiny, LK_ERROR_CODE_UNREADABLE);
  g_assert_cmpint (lk_decoder_get_next_pid (decoder), ==, pid);
  assert_fails (decoder, cut, LK_ERROR_CODE_UNREADABLE);
  assert_fails (decoder, words, LK_ERROR_NOT_PICTURE);
  /* every step of the ladder, and the lock let it */
  g_assert_cmpint (lk_decoder_get_next_pid (decoder), ==, pid);
}

/* Beside a small one, as on a page with an advertisement. */
static void
test_longest (void)
{
  g_autoptr (LkDecoder) decoder = lk_decoder_new ();
  g_autofree char *text = bad_code_text (190, 1);
  g_autoptr (LkGrey) large = bad_code_draw_plain (text);
  g_autoptr (LkGrey) small = bad_code_draw_plain ("https://example.org/follow");
  g_autoptr (LkGrey) both = lk_grey_new (large->width + small->width, large->height);
  g_autoptr (GBytes) png = NULL;

  memset (both->data, 255, (gsize) both->width * both->height);
  for (int y = 0; y < small->height; y++)
    memcpy (both->data + (gsize) y * both->width, small->data + (gsize) y * small->width, small->width);
  for (int y = 0; y < large->height; y++)
    memcpy (both->data + (gsize) y * both->width + small->width, large->data + (gsize) y * large->width, large->width);
  png = bad_code_to_png (both);
  assert_reads (decoder, png, text);
}

/* One picture of every third change; none may be read wrongly. */
static void
test_bad_pictures (void)
{
  g_autofree char *text = bad_code_text (190, 7);
  guint n_read = 0, n = 0;

  for (guint change = 1; change < bad_code_n_changes (); change += 3, n++)
    {
      g_autoptr (LkGrey) grey = bad_code_draw (text, change, 7);
      guint step;
      g_autofree char *read = lk_qr_ladder_read (grey, LIMIT_MS, &step);

      if (read == NULL)
        g_test_message ("not read: %s", bad_code_change_name (change));
      else
        g_assert_cmpstr (read, ==, text);
      n_read += read != NULL;
    }
  g_assert_cmpuint (n_read, ==, n);
}

/* The time is over before the first step that could read it. */
static void
test_time (void)
{
  g_autofree char *text = bad_code_text (190, 1);
  g_autoptr (LkGrey) code = bad_code_draw_plain (text);
  g_autofree char *read = lk_qr_ladder_read (code, 0, NULL);

  g_assert_null (read);
}

static void
test_grey (void)
{
  g_autoptr (LkGrey) grey = lk_grey_new (5, 4);
  g_autoptr (LkGrey) boxed = NULL;
  g_autoptr (LkGrey) doubled = NULL;
  g_autoptr (LkGrey) half = NULL;
  g_autoptr (LkGrey) sharp = NULL;

  memset (grey->data, 100, 20);
  grey->data[7] = 190;          /* (2, 1) */
  boxed = lk_grey_box (grey, 1);
  g_assert_cmpint (boxed->data[7], ==, 110);
  g_assert_cmpint (boxed->data[0], ==, 100);
  g_assert_cmpint (boxed->data[1], ==, 115);    /* two rows, three columns */
  doubled = lk_grey_double (grey);
  g_assert_cmpint (doubled->width, ==, 10);
  g_assert_cmpint (doubled->height, ==, 8);
  g_assert_cmpint (doubled->data[2 * 10 + 4], ==, 190);
  g_assert_cmpint (doubled->data[2 * 10 + 3], ==, 145);
  half = lk_grey_shrink (grey, 2);
  g_assert_cmpint (half->width, ==, 2);
  g_assert_cmpint (half->height, ==, 2);
  g_assert_cmpint (half->data[1], ==, 122);
  g_assert_null (lk_grey_shrink (grey, 5));
  sharp = lk_grey_sharpen (grey, 1, 1);
  g_assert_cmpint (sharp->data[7], ==, 255);
  g_assert_cmpint (sharp->data[0], ==, 100);
}

static double
difference (const LkGrey *a, const LkGrey *b)
{
  gsize n = (gsize) a->width * a->height, sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += ABS (a->data[i] - b->data[i]);
  return (double) sum / (double) n;
}

static void
test_deblur (void)
{
  g_autoptr (LkGrey) sharp = lk_grey_new (90, 70);
  g_autoptr (LkGrey) once = NULL;
  g_autoptr (LkGrey) twice = NULL;
  g_autoptr (LkGrey) blurred = NULL;
  g_autoptr (LkGrey) deblurred = NULL;

  for (int i = 0; i < 90 * 70; i++)
    sharp->data[i] = i % 90 / 15 % 2 == i / 90 / 15 % 2 ? 40 : 220;
  once = lk_grey_box (sharp, 3);
  twice = lk_grey_box (once, 3);
  blurred = lk_grey_box (twice, 3);
  deblurred = lk_grey_deblur (blurred, 3, 20);
  g_assert_cmpfloat (difference (deblurred, sharp), <, difference (blurred, sharp) * 0.8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr/files", test_files);
  g_test_add_func ("/qr/heic", test_heic);
  g_test_add_func ("/qr/texts", test_texts);
  g_test_add_func ("/qr/character-sets", test_character_sets);
  g_test_add_func ("/qr/none", test_none);
  g_test_add_func ("/qr/longest", test_longest);
  g_test_add_func ("/qr/bad-pictures", test_bad_pictures);
  g_test_add_func ("/qr/time", test_time);
  g_test_add_func ("/qr/grey", test_grey);
  g_test_add_func ("/qr/deblur", test_deblur);
  return g_test_run ();
}
