/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make-picture.h"

static guint8 *
at (LkPixels *pixels,
    int       x,
    int       y)
{
  return pixels->data + ((gsize) y * pixels->width + x) * 3;
}

static void
fill (LkPixels *pixels,
      guint8    value)
{
  for (gsize i = 0; i < (gsize) pixels->width * pixels->height * 3; i++)
    pixels->data[i] = value;
}

static void
test_crop (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (40, 30);
  g_autoptr (LkPixels) inside = lk_pixels_crop (pixels, 10, 5, 8, 6);
  g_autoptr (LkPixels) clipped = lk_pixels_crop (pixels, -3, 25, 10, 100);

  g_assert_cmpint (inside->width, ==, 8);
  g_assert_cmpint (inside->height, ==, 6);
  g_assert_cmpmem (at (inside, 7, 5), 3, at (pixels, 17, 10), 3);
  g_assert_cmpint (clipped->width, ==, 7);
  g_assert_cmpint (clipped->height, ==, 5);
  g_assert_cmpmem (at (clipped, 0, 0), 3, at (pixels, 0, 25), 3);
  g_assert_null (lk_pixels_crop (pixels, 40, 0, 5, 5));
  g_assert_null (lk_pixels_crop (pixels, 3, 3, 0, 5));
  g_assert_null (lk_pixels_crop (pixels, G_MAXINT, G_MAXINT, G_MAXINT, G_MAXINT));
}

static void
test_bgra (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (5, 3);
  g_autoptr (GBytes) bgra = lk_pixels_to_bgra (pixels);
  const guint8 *last = (const guint8 *) g_bytes_get_data (bgra, NULL) + 14 * 4;

  g_assert_cmpuint (g_bytes_get_size (bgra), ==, 5 * 3 * 4);
  g_assert_cmpuint (last[0], ==, at (pixels, 4, 2)[2]);
  g_assert_cmpuint (last[1], ==, at (pixels, 4, 2)[1]);
  g_assert_cmpuint (last[2], ==, at (pixels, 4, 2)[0]);
  g_assert_cmpuint (last[3], ==, 255);
}

static void
test_scale_keeps_plain_colour (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 7, 5 }, { 50, 40 }, { 53, 77 }, { 200, 13 }, { 9, 300 } };
  g_autoptr (LkPixels) pixels = lk_pixels_new (50, 40);

  for (int value = 0; value <= 255; value += 51)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (LkPixels) scaled = NULL;

        fill (pixels, value);
        scaled = lk_pixels_scale (pixels, sizes[i][0], sizes[i][1]);
        g_assert_cmpint (scaled->width, ==, sizes[i][0]);
        g_assert_cmpint (scaled->height, ==, sizes[i][1]);
        for (gsize k = 0; k < (gsize) scaled->width * scaled->height * 3; k++)
          g_assert_cmpuint (scaled->data[k], ==, value);
      }
}

static void
test_shrink_averages_area (void)
{
  g_autoptr (LkPixels) pixels = lk_pixels_new (3, 2);
  g_autoptr (LkPixels) one = NULL, two = NULL;

  for (int x = 0; x < 3; x++)
    for (int y = 0; y < 2; y++)
      at (pixels, x, y)[0] = 30 * x + 60 * y;
  one = lk_pixels_scale (pixels, 1, 1);
  g_assert_cmpuint (one->data[0], ==, 60);

  /* the middle column counts half on each side: (0 + 30 / 2) / 1.5 and (60 + 30 / 2) / 1.5 */
  two = lk_pixels_scale (pixels, 2, 2);
  g_assert_cmpuint (at (two, 0, 0)[0], ==, 10);
  g_assert_cmpuint (at (two, 1, 0)[0], ==, 50);
  g_assert_cmpuint (at (two, 0, 1)[0], ==, 70);
}

static void
test_grow_follows_ramp (void)
{
  g_autoptr (LkPixels) pixels = lk_pixels_new (10, 4);
  g_autoptr (LkPixels) grown = NULL;

  for (int x = 0; x < 10; x++)
    for (int y = 0; y < 4; y++)
      at (pixels, x, y)[1] = 20 * x + 10;
  grown = lk_pixels_scale (pixels, 40, 16);
  /* away from the edges the cubic gives a straight line back exactly; pixel centres lie at (x + 0.5) / 4 - 0.5 */
  for (int x = 8; x < 32; x++)
    {
      double wanted = 20 * ((x + 0.5) / 4 - 0.5) + 10;

      g_assert_cmpfloat_with_epsilon (at (grown, x, 7)[1], wanted, 0.51);
    }
  g_assert_cmpuint (at (grown, 0, 0)[0], ==, 0);
}

static void
test_grow_stays_in_range (void)
{
  g_autoptr (LkPixels) pixels = lk_pixels_new (8, 8);
  g_autoptr (LkPixels) grown = NULL;

  for (int x = 4; x < 8; x++)
    for (int y = 0; y < 8; y++)
      at (pixels, x, y)[2] = 255;
  grown = lk_pixels_scale (pixels, 64, 64);
  /* the cubic swings over at an edge: it must be cut, not wrap around */
  for (int x = 0; x < 28; x++)
    g_assert_cmpuint (at (grown, x, 30)[2], <, 100);
  for (int x = 36; x < 64; x++)
    g_assert_cmpuint (at (grown, x, 30)[2], >, 155);
}

static void
test_scale_same_size_is_copy (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (31, 17);
  g_autoptr (LkPixels) copy = lk_pixels_scale (pixels, 31, 17);

  g_assert_true (copy->data != pixels->data);
  g_assert_cmpmem (copy->data, 31 * 17 * 3, pixels->data, 31 * 17 * 3);
}

static gpointer
hold_and_drop (gpointer data)
{
  for (int i = 0; i < 2000; i++)
    lk_pixels_unref (lk_pixels_ref (data));
  lk_pixels_unref (data);
  return NULL;
}

static void
test_shared_by_threads (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (4, 4);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("holder", hold_and_drop, lk_pixels_ref (pixels));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_true (g_atomic_ref_count_compare (&pixels->ref_count, 1));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/pixels/crop", test_crop);
  g_test_add_func ("/photo/pixels/bgra", test_bgra);
  g_test_add_func ("/photo/pixels/scale-keeps-plain-colour", test_scale_keeps_plain_colour);
  g_test_add_func ("/photo/pixels/shrink-averages-area", test_shrink_averages_area);
  g_test_add_func ("/photo/pixels/grow-follows-ramp", test_grow_follows_ramp);
  g_test_add_func ("/photo/pixels/grow-stays-in-range", test_grow_stays_in_range);
  g_test_add_func ("/photo/pixels/scale-same-size-is-copy", test_scale_same_size_is_copy);
  g_test_add_func ("/photo/pixels/shared-by-threads", test_shared_by_threads);
  return g_test_run ();
}
