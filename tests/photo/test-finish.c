/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "make-picture.h"
#include "photo/decode.h"
#include "photo/finish.h"

/* The finished file: rules.md section 2.2. */

typedef struct
{
  LkSpec *spec;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->spec = lk_spec_load_default (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lk_spec_free (fixture->spec);
}

/* Blocks of noise: the finer they are, the more bytes they take. */
static LkPixels *
make_noise (int width, int height, int block)
{
  LkPixels *pixels = lk_pixels_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        pixels->data[3 * (y * width + x) + c] =
          (guint8) (((x / block * 7919u + y / block * 104729u + (guint) c * 31u) * 2654435761u) >> 24);
  return pixels;
}

static LkFinish *
finish (Fixture *fixture, LkPixels *photo, guint which)
{
  g_autoptr (GError) error = NULL;
  LkFinish *finished = lk_finish_new (photo, fixture->spec, which, &error);

  g_assert_no_error (error);
  return finished;
}

/* The markers of a JPEG up to the picture, each as its second byte. */
static char *
list_markers (GBytes *jpeg)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  GString *markers = g_string_new (NULL);
  gsize at = 2;

  while (at + 4 <= size && data[at] == 0xff && data[at + 1] != 0xda)
    {
      g_string_append_printf (markers, "%02x ", data[at + 1]);
      at += 2 + ((gsize) data[at + 2] << 8 | data[at + 3]);
    }
  return g_string_free (markers, FALSE);
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) photo = make_pixels (1200, 1600);

  for (guint i = 0; i < fixture->spec->finish.n_sizes; i++)
    {
      g_autoptr (LkFinish) finished = finish (fixture, photo, i);
      g_autoptr (LkPixels) decoded = lk_decode (finished->jpeg, fixture->spec, NULL, NULL);

      g_assert_cmpint (decoded->width, ==, fixture->spec->finish.sizes[i][0]);
      g_assert_cmpint (decoded->height, ==, fixture->spec->finish.sizes[i][1]);
      g_assert_cmpint (finished->width, ==, decoded->width);
    }
}

/* JFIF with 300 dots per inch and nothing else: APP0, tables, frame; no EXIF, profile or comment. */
static void
test_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) photo = make_pixels (480, 640);
  g_autoptr (LkFinish) finished = finish (fixture, photo, 0);
  const guint8 *bytes = g_bytes_get_data (finished->jpeg, NULL);
  g_autofree char *markers = list_markers (finished->jpeg);

  g_assert_cmpmem (bytes + 6, 5, "JFIF", 5);
  g_assert_cmpint (bytes[13], ==, 1);
  g_assert_cmpint (bytes[14] << 8 | bytes[15], ==, 300);
  g_assert_cmpint (bytes[16] << 8 | bytes[17], ==, 300);
  g_assert_true (g_str_has_prefix (markers, "e0 db db c0 "));
  for (int app = 0xe1; app <= 0xef; app++)
    {
      g_autofree char *marker = g_strdup_printf ("%02x ", app);

      g_assert_null (strstr (markers, marker));
    }
  g_assert_null (strstr (markers, "fe "));
}

/* The best quality that fits, never below the lowest, whole colour where the quality stays good. */
static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  static const int blocks[] = { 1, 4, 6, 8, 10, 12, 16, 20, 24, 40 };
  const LkFinishRules *rules = &fixture->spec->finish;
  guint n_in_range = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      g_autoptr (LkPixels) photo = make_noise (480, 640, blocks[i]);
      g_autoptr (LkFinish) finished = finish (fixture, photo, 0);
      gsize size = g_bytes_get_size (finished->jpeg);

      g_assert_cmpint (finished->quality, >=, rules->low_quality);
      g_assert_cmpint (finished->quality, <=, rules->high_quality);
      g_assert_cmpint (finished->size_in_range, ==, size >= 20480 && size <= 40960);
      if (size > 40960)
        g_assert_cmpint (finished->quality, ==, rules->low_quality);
      if (size < 20480)
        g_assert_cmpint (finished->quality, ==, rules->high_quality);
      if (finished->full_colour)
        g_assert_cmpint (finished->quality, >=, rules->full_colour_quality);
      n_in_range += finished->size_in_range;
    }
  g_assert_cmpuint (n_in_range, >, 0);
  g_assert_cmpuint (n_in_range, <, G_N_ELEMENTS (blocks));
}

static void
test_same_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) photo = make_noise (960, 1280, 16);
  g_autoptr (LkFinish) first = finish (fixture, photo, 0);
  g_autoptr (LkFinish) second = finish (fixture, photo, 0);

  g_assert_true (g_bytes_equal (first->jpeg, second->jpeg));
}

/* Nothing is enlarged or stretched. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct { int width, height; guint which; int code; } cases[] = {
    { 477, 636, 0, LK_ERROR_PICTURE_PIXELS },
    { 480, 640, 1, LK_ERROR_PICTURE_PIXELS },
    { 600, 700, 0, LK_ERROR_PICTURE_PIXELS },
    { 480, 640, 9, LK_ERROR_BAD_SPEC },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LkPixels) photo = lk_pixels_new (cases[i].width, cases[i].height);
      g_autoptr (GError) error = NULL;

      g_assert_null (lk_finish_new (photo, fixture->spec, cases[i].which, &error));
      g_assert_error (error, LK_ERROR, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/finish/sizes", Fixture, NULL, set_up, test_sizes, tear_down);
  g_test_add ("/finish/header", Fixture, NULL, set_up, test_header, tear_down);
  g_test_add ("/finish/bytes", Fixture, NULL, set_up, test_bytes, tear_down);
  g_test_add ("/finish/same-bytes", Fixture, NULL, set_up, test_same_bytes, tear_down);
  g_test_add ("/finish/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
