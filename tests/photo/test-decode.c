/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode.h"

#include <lcms2.h>
#include <png.h>
#include <string.h>

#include "make-picture.h"

static const LkSpec spec = { .max_bytes = 30 << 20, .max_pixels = 40000000 };

static const guint8 *
at (LkPixels *pixels,
    int       x,
    int       y)
{
  return pixels->data + ((gsize) y * pixels->width + x) * 3;
}

static void
assert_near (const guint8 *pixel,
             int           r,
             int           g,
             int           b,
             int           by)
{
  g_assert_cmpint (ABS (pixel[0] - r), <=, by);
  g_assert_cmpint (ABS (pixel[1] - g), <=, by);
  g_assert_cmpint (ABS (pixel[2] - b), <=, by);
}

/* Top left red, top right green, bottom left blue, bottom right white. */
static LkPixels *
make_quarters (int width,
               int height)
{
  static const guint8 colours[4][3] = { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 } };
  LkPixels *pixels = lk_pixels_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      memcpy (pixels->data + (y * width + x) * 3, colours[(y >= height / 2) * 2 + (x >= width / 2)], 3);
  return pixels;
}

/* The upright picture as a camera stores it, straight from the words of the EXIF standard: which visual side is the 0th row
 * and which one is the 0th column. */
static LkPixels *
store_for_orientation (LkPixels *upright,
                       int       orientation)
{
  static const struct { char row, column; } sides[9] = {
    { 0, 0 },     { 't', 'l' }, { 't', 'r' }, { 'b', 'r' }, { 'b', 'l' },
    { 'l', 't' }, { 'r', 't' }, { 'r', 'b' }, { 'l', 'b' },
  };
  int w = upright->width, h = upright->height;
  LkPixels *stored = orientation >= 5 ? lk_pixels_new (h, w) : lk_pixels_new (w, h);

  for (int row = 0; row < stored->height; row++)
    for (int column = 0; column < stored->width; column++)
      {
        int x = 0, y = 0;

        switch (sides[orientation].row)
          {
          case 't': y = row; break;
          case 'b': y = h - 1 - row; break;
          case 'l': x = row; break;
          default: x = w - 1 - row; break;
          }
        switch (sides[orientation].column)
          {
          case 'l': x = column; break;
          case 'r': x = w - 1 - column; break;
          case 't': y = column; break;
          default: y = h - 1 - column; break;
          }
        memcpy (stored->data + (row * stored->width + column) * 3, at (upright, x, y), 3);
      }
  return stored;
}

static void
assert_quarters (LkPixels *pixels)
{
  int w = pixels->width, h = pixels->height;

  assert_near (at (pixels, w / 4, h / 4), 255, 0, 0, 12);
  assert_near (at (pixels, w * 3 / 4, h / 4), 0, 255, 0, 12);
  assert_near (at (pixels, w / 4, h * 3 / 4), 0, 0, 255, 12);
  assert_near (at (pixels, w * 3 / 4, h * 3 / 4), 255, 255, 255, 12);
}

static void
check_orientation (GBytes *file,
                   int     orientation)
{
  LkFileInfo info;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) read = lk_decode (file, &spec, &info, &error);

  g_assert_no_error (error);
  g_assert_cmpint (info.orientation, ==, orientation);
  g_assert_cmpint (info.width, ==, 48);
  g_assert_cmpint (info.height, ==, 64);
  g_assert_cmpint (read->width, ==, 48);
  g_assert_cmpint (read->height, ==, 64);
  assert_quarters (read);
}

static void
test_orientation (void)
{
  g_autoptr (LkPixels) upright = make_quarters (48, 64);

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (LkPixels) stored = store_for_orientation (upright, orientation);
      JpegOptions jpeg_options = { .orientation = orientation };
      PngOptions png_options = { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .orientation = orientation };
      g_autoptr (GBytes) jpeg = make_jpeg (stored, &jpeg_options);
      g_autoptr (GBytes) png = make_png (stored->width, stored->height, stored->data, stored->width * 3, &png_options);

      check_orientation (jpeg, orientation);
      check_orientation (png, orientation);
    }
}

static void
test_orientation_nonsense (void)
{
  static const int values[] = { 9, 255 };
  g_autoptr (LkPixels) upright = make_quarters (48, 64);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      JpegOptions options = { .orientation = values[i] };
      g_autoptr (GBytes) file = make_jpeg (upright, &options);

      check_orientation (file, 1);
    }
}

static void
test_jpeg_kinds (void)
{
  static const JpegOptions kinds[] = { { 0 }, { .progressive = TRUE }, { .two_scans = TRUE, .components = 1 } };
  g_autoptr (LkPixels) pixels = make_pixels (60, 80);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) file = make_jpeg (pixels, &kinds[i]);
      LkFileInfo info;
      g_autoptr (GError) error = NULL;
      g_autoptr (LkPixels) read = lk_decode (file, &spec, &info, &error);
      const guint8 *wanted = at (pixels, 20, 30);

      g_assert_no_error (error);
      g_assert_cmpint (info.kind, ==, LK_FILE_JPEG);
      g_assert_cmpint (info.orientation, ==, 1);
      g_assert_cmpuint (info.bytes, ==, g_bytes_get_size (file));
      if (kinds[i].components == 1)
        {
          g_assert_cmpint (info.components, ==, 1);
          assert_near (at (read, 20, 30), wanted[0], wanted[0], wanted[0], 6);
        }
      else
        {
          g_assert_cmpint (info.components, ==, 3);
          assert_near (at (read, 20, 30), wanted[0], wanted[1], wanted[2], 12);
        }
    }
}

/* The quality the file was written with, read from its tables; whatever the picture, and also where two components share one. */
static void
test_jpeg_quality (void)
{
  static const int qualities[] = { 5, 20, 30, 45, 60, 75, 90, 100 };
  g_autoptr (LkPixels) pixels = make_pixels (60, 80);

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (qualities); i++)
    {
      int quality = qualities[i / 2];
      JpegOptions options = { .quality = quality, .components = i % 2 == 0 ? 3 : 1, .progressive = i % 2 };
      g_autoptr (GBytes) file = make_jpeg (pixels, &options);
      LkFileInfo info;

      g_assert_true (lk_decode_info (file, &spec, &info, NULL));
      g_assert_cmpint (ABS (info.quality - quality), <=, 1);
    }
}

typedef struct
{
  const char *name;
  int colour_type, bits;
  gboolean interlaced;
  guint8 pixel[8];              /* one pixel as stored */
  int size;                     /* of it, bytes */
  guint8 rgb[3];                /* what it must become */
  int components;
} PngKind;

static const PngKind png_kinds[] = {
  { "grey 8", PNG_COLOR_TYPE_GRAY, 8, FALSE, { 77 }, 1, { 77, 77, 77 }, 1 },
  { "grey 16", PNG_COLOR_TYPE_GRAY, 16, FALSE, { 0x80, 0x80 }, 2, { 128, 128, 128 }, 1 },
  { "grey alpha", PNG_COLOR_TYPE_GRAY_ALPHA, 8, FALSE, { 0, 51 }, 2, { 204, 204, 204 }, 1 },
  { "rgb 8", PNG_COLOR_TYPE_RGB, 8, FALSE, { 10, 20, 30 }, 3, { 10, 20, 30 }, 3 },
  { "rgb 16", PNG_COLOR_TYPE_RGB, 16, FALSE, { 10, 10, 20, 20, 30, 30 }, 6, { 10, 20, 30 }, 3 },
  { "rgb interlaced", PNG_COLOR_TYPE_RGB, 8, TRUE, { 10, 20, 30 }, 3, { 10, 20, 30 }, 3 },
  { "clear", PNG_COLOR_TYPE_RGB_ALPHA, 8, FALSE, { 10, 20, 30, 0 }, 4, { 255, 255, 255 }, 3 },
  { "half clear", PNG_COLOR_TYPE_RGB_ALPHA, 8, FALSE, { 0, 100, 200, 127 }, 4, { 128, 178, 228 }, 3 },
  { "solid", PNG_COLOR_TYPE_RGB_ALPHA, 8, TRUE, { 10, 20, 30, 255 }, 4, { 10, 20, 30 }, 3 },
  { "rgba 16", PNG_COLOR_TYPE_RGB_ALPHA, 16, FALSE, { 1, 1, 2, 2, 3, 3, 255, 255 }, 8, { 1, 2, 3 }, 3 },
  { "palette", PNG_COLOR_TYPE_PALETTE, 8, FALSE, { 5 }, 1, { 80, 80, 80 }, 3 },
};

static void
test_png_kinds (void)
{
  enum { WIDTH = 9, HEIGHT = 11 };

  for (gsize i = 0; i < G_N_ELEMENTS (png_kinds); i++)
    {
      const PngKind *kind = &png_kinds[i];
      PngOptions options = { .colour_type = kind->colour_type, .bits = kind->bits, .interlaced = kind->interlaced };
      guint8 rows[WIDTH * HEIGHT * 8];
      g_autoptr (GBytes) file = NULL;
      LkFileInfo info;
      g_autoptr (GError) error = NULL;
      g_autoptr (LkPixels) read = NULL;

      g_test_message ("%s", kind->name);
      for (int k = 0; k < WIDTH * HEIGHT; k++)
        memcpy (rows + k * kind->size, kind->pixel, kind->size);
      file = make_png (WIDTH, HEIGHT, rows, WIDTH * kind->size, &options);
      read = lk_decode (file, &spec, &info, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info.kind, ==, LK_FILE_PNG);
      g_assert_cmpint (info.components, ==, kind->components);
      g_assert_cmpint (info.quality, ==, 100);
      g_assert_cmpint (read->width, ==, WIDTH);
      g_assert_cmpint (read->height, ==, HEIGHT);
      for (int k = 0; k < WIDTH * HEIGHT; k++)
        g_assert_cmpmem (read->data + 3 * k, 3, kind->rgb, 3);
    }
}

static GBytes *
save_profile (cmsHPROFILE profile)
{
  cmsUInt32Number size = 0;
  g_autofree guint8 *data = NULL;

  g_assert_true (cmsSaveProfileToMem (profile, NULL, &size));
  data = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (profile, data, &size));
  cmsCloseProfile (profile);
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/* sRGB with red and green in each other's place. */
static GBytes *
make_swapped_profile (void)
{
  cmsCIExyY white = { 0.3127, 0.3290, 1 };
  cmsCIExyYTRIPLE primaries = { { 0.30, 0.60, 1 }, { 0.64, 0.33, 1 }, { 0.15, 0.06, 1 } };
  cmsFloat64Number srgb[5] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
  cmsToneCurve *curve = cmsBuildParametricToneCurve (NULL, 4, srgb);
  cmsToneCurve *curves[3] = { curve, curve, curve };
  cmsHPROFILE profile = cmsCreateRGBProfile (&white, &primaries, curves);

  cmsFreeToneCurve (curve);
  return save_profile (profile);
}

static void
test_profile (void)
{
  g_autoptr (LkPixels) pixels = make_quarters (32, 32);
  g_autoptr (GBytes) swapped = make_swapped_profile ();
  JpegOptions jpeg_options = { .profile = swapped };
  PngOptions png_options = { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .profile = swapped };
  g_autoptr (GBytes) jpeg = make_jpeg (pixels, &jpeg_options);
  g_autoptr (GBytes) png = make_png (32, 32, pixels->data, 32 * 3, &png_options);
  g_autoptr (LkPixels) from_jpeg = lk_decode (jpeg, &spec, NULL, NULL);
  g_autoptr (LkPixels) from_png = lk_decode (png, &spec, NULL, NULL);

  assert_near (at (from_jpeg, 8, 8), 0, 255, 0, 16);
  assert_near (at (from_jpeg, 24, 8), 255, 0, 0, 16);
  assert_near (at (from_png, 8, 8), 0, 255, 0, 3);
  assert_near (at (from_png, 24, 8), 255, 0, 0, 3);
  assert_near (at (from_png, 8, 24), 0, 0, 255, 3);
  assert_near (at (from_png, 24, 24), 255, 255, 255, 1);
}

static void
test_profile_srgb_changes_nothing (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (32, 32);
  g_autoptr (GBytes) profile = save_profile (cmsCreate_sRGBProfile ());
  PngOptions options = { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8, .profile = profile };
  g_autoptr (GBytes) file = make_png (32, 32, pixels->data, 32 * 3, &options);
  g_autoptr (LkPixels) read = lk_decode (file, &spec, NULL, NULL);

  g_assert_cmpmem (read->data, 32 * 32 * 3, pixels->data, 32 * 32 * 3);
}

static void
test_profile_broken_is_ignored (void)
{
  g_autoptr (LkPixels) pixels = make_quarters (32, 32);
  g_autoptr (GBytes) profile = g_bytes_new_static ("not a profile", 13);
  JpegOptions options = { .profile = profile };
  g_autoptr (GBytes) file = make_jpeg (pixels, &options);
  g_autoptr (LkPixels) read = lk_decode (file, &spec, NULL, NULL);

  assert_quarters (read);
}

static void
check_at_least (GBytes *file,
                int     min_width,
                int     min_height,
                int     width,
                int     height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) read = lk_decode_at_least (file, &spec, min_width, min_height, &error);

  g_assert_no_error (error);
  g_assert_cmpint (read->width, ==, width);
  g_assert_cmpint (read->height, ==, height);
  assert_quarters (read);
}

static void
test_at_least (void)
{
  g_autoptr (LkPixels) upright = make_quarters (480, 640);
  g_autoptr (LkPixels) lying = store_for_orientation (upright, 6);
  JpegOptions plain = { 0 }, turned = { .orientation = 6 };
  PngOptions png_options = { .colour_type = PNG_COLOR_TYPE_RGB, .bits = 8 };
  g_autoptr (GBytes) jpeg = make_jpeg (upright, &plain);
  g_autoptr (GBytes) jpeg_lying = make_jpeg (lying, &turned);
  g_autoptr (GBytes) png = make_png (480, 640, upright->data, 480 * 3, &png_options);

  check_at_least (jpeg, 1, 1, 60, 80);
  check_at_least (jpeg, 60, 80, 60, 80);
  check_at_least (jpeg, 61, 80, 120, 160);
  check_at_least (jpeg, 100, 321, 480, 640);
  check_at_least (jpeg, 1000, 1000, 480, 640);
  check_at_least (jpeg_lying, 60, 80, 60, 80);
  check_at_least (jpeg_lying, 60, 81, 120, 160);
  check_at_least (png, 60, 80, 480, 640);
}

static void
test_info_needs_no_pixels (void)
{
  g_autoptr (LkPixels) pixels = make_pixels (480, 640);
  JpegOptions options = { 0 };
  g_autoptr (GBytes) file = make_jpeg (pixels, &options);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (file, 0, 700);
  LkFileInfo info = { 0 }, from_decode = { 0 };

  g_assert_true (lk_decode_info (head, &spec, &info, NULL));
  g_assert_cmpint (info.width, ==, 480);
  g_assert_cmpint (info.height, ==, 640);
  /* a file with bad pixels still says what it is */
  g_assert_null (lk_decode (head, &spec, &from_decode, NULL));
  g_assert_cmpint (from_decode.width, ==, 480);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/decode/orientation", test_orientation);
  g_test_add_func ("/photo/decode/orientation-nonsense", test_orientation_nonsense);
  g_test_add_func ("/photo/decode/jpeg-kinds", test_jpeg_kinds);
  g_test_add_func ("/photo/decode/jpeg-quality", test_jpeg_quality);
  g_test_add_func ("/photo/decode/png-kinds", test_png_kinds);
  g_test_add_func ("/photo/decode/profile", test_profile);
  g_test_add_func ("/photo/decode/profile-srgb-changes-nothing", test_profile_srgb_changes_nothing);
  g_test_add_func ("/photo/decode/profile-broken-is-ignored", test_profile_broken_is_ignored);
  g_test_add_func ("/photo/decode/at-least", test_at_least);
  g_test_add_func ("/photo/decode/info-needs-no-pixels", test_info_needs_no_pixels);
  return g_test_run ();
}
