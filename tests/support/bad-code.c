/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bad-code.h"

#include <math.h>
#include <png.h>
#include <string.h>

#include "core/spec.h"
#include "make-picture.h"
#include "photo/decode.h"
#include "photo/qr-write.h"

enum { MODULE = 6, SCREEN_WIDTH = 1080, SCREEN_HEIGHT = 1920, CODE_ON_SCREEN = 640, HEADER = 180 };

/* Grey levels that a noise of strength 1 scatters by. */
#define NOISE 20.0

static const LkSpec limits = { .max_bytes = 1 << 26, .max_pixels = 1 << 26 };

char *
bad_code_text (guint length, guint32 seed)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  GRand *random = g_rand_new_with_seed (seed * 1000 + length);
  char *text = g_malloc0 (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = letters[g_rand_int_range (random, 0, sizeof letters - 1)];
  g_rand_free (random);
  return text;
}

/* -- pictures -- */

static LkGrey *
decode (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkPixels) pixels = lk_decode (file, &limits, NULL, &error);

  g_assert_no_error (error);
  return lk_grey_from_pixels (pixels);
}

GBytes *
bad_code_to_png (const LkGrey *grey)
{
  PngOptions options = { .colour_type = PNG_COLOR_TYPE_GRAY, .bits = 8 };

  return make_png (grey->width, grey->height, grey->data, grey->width, &options);
}

static LkGrey *
through_jpeg (const LkGrey *grey, int quality)
{
  g_autoptr (LkPixels) pixels = lk_pixels_new (grey->width, grey->height);
  g_autoptr (GBytes) file = NULL;

  for (gsize i = 0; i < (gsize) grey->width * grey->height; i++)
    memset (pixels->data + 3 * i, grey->data[i], 3);
  file = make_jpeg (pixels, &(JpegOptions) { .quality = quality });
  return decode (file);
}

static inline guint8
to_level (double value)
{
  return (guint8) CLAMP (value + 0.5, 0, 255);
}

static LkGrey *
blank (int width, int height, guint8 level)
{
  LkGrey *grey = lk_grey_new (width, height);

  memset (grey->data, level, (gsize) width * height);
  return grey;
}

static double
at (const LkGrey *grey, double x, double y, guint8 outside)
{
  int x0 = (int) floor (x), y0 = (int) floor (y);
  double sum = 0;

  for (int j = 0; j < 2; j++)
    for (int i = 0; i < 2; i++)
      {
        gboolean inside = x0 + i >= 0 && x0 + i < grey->width && y0 + j >= 0 && y0 + j < grey->height;
        double level = inside ? grey->data[(gsize) (y0 + j) * grey->width + x0 + i] : outside;

        sum += level * (i == 0 ? 1 - (x - x0) : x - x0) * (j == 0 ? 1 - (y - y0) : y - y0);
      }
  return sum;
}

/* One line to another length: the mean over what each new place covers. */
static void
resize_line (double *out, int n_out, const double *in, int n_in, gsize step)
{
  double length = (double) n_in / n_out;

  for (int i = 0; i < n_out; i++)
    {
      double from = i * length, to = MIN ((i + 1) * length, n_in), sum = 0;

      for (int k = (int) from; k < n_in && k < to; k++)
        sum += in[k * step] * (MIN (k + 1, to) - MAX (k, from));
      out[i] = sum / (to - from);
    }
}

static LkGrey *
resize (const LkGrey *grey, double share)
{
  LkGrey *out = lk_grey_new ((int) (grey->width * share + 0.5), (int) (grey->height * share + 0.5));
  g_autofree double *line = g_new (double, grey->width);
  g_autofree double *across = g_new (double, (gsize) out->width * grey->height);
  g_autofree double *down = g_new (double, out->height);

  for (int y = 0; y < grey->height; y++)
    {
      for (int x = 0; x < grey->width; x++)
        line[x] = grey->data[(gsize) y * grey->width + x];
      resize_line (across + (gsize) y * out->width, out->width, line, grey->width, 1);
    }
  for (int x = 0; x < out->width; x++)
    {
      resize_line (down, out->height, across + x, grey->height, out->width);
      for (int y = 0; y < out->height; y++)
        out->data[(gsize) y * out->width + x] = to_level (down[y]);
    }
  return out;
}

/* Around its middle, degrees clockwise, on a larger sheet of paper. */
static LkGrey *
rotate (const LkGrey *grey, double degrees)
{
  double c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);
  int width = (int) ceil (grey->width * fabs (c) + grey->height * fabs (s));
  int height = (int) ceil (grey->width * fabs (s) + grey->height * fabs (c));
  LkGrey *out = lk_grey_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double dx = x - width / 2.0, dy = y - height / 2.0;

        out->data[(gsize) y * width + x] =
          to_level (at (grey, c * dx + s * dy + grey->width / 2.0, c * dy - s * dx + grey->height / 2.0, 255));
      }
  return out;
}

/* Where the corners go, px: top left, top right, bottom right, bottom left. */
typedef struct
{
  double x[4], y[4];
} Corners;

/* The nine numbers of a projection that takes the unit square to the corners. */
static void
project (const Corners *c, double m[9])
{
  double dx1 = c->x[1] - c->x[2], dx2 = c->x[3] - c->x[2], sx = c->x[0] - c->x[1] + c->x[2] - c->x[3];
  double dy1 = c->y[1] - c->y[2], dy2 = c->y[3] - c->y[2], sy = c->y[0] - c->y[1] + c->y[2] - c->y[3];
  double d = dx1 * dy2 - dx2 * dy1, g = (sx * dy2 - dx2 * sy) / d, h = (dx1 * sy - sx * dy1) / d;
  const double all[9] = { c->x[1] - c->x[0] + g * c->x[1], c->x[3] - c->x[0] + h * c->x[3], c->x[0],
                          c->y[1] - c->y[0] + g * c->y[1], c->y[3] - c->y[0] + h * c->y[3], c->y[0], g, h, 1 };

  memcpy (m, all, sizeof all);
}

/* The way back, but for a factor that does not matter. */
static void
turn_back (const double m[9], double back[9])
{
  const double all[9] = {
    m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
    m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
    m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
  };

  memcpy (back, all, sizeof all);
}

/* As seen from one side. */
static LkGrey *
tilt (const LkGrey *grey, const Corners *corners, guint8 outside)
{
  LkGrey *out = lk_grey_new (grey->width, grey->height);
  double m[9], back[9];

  project (corners, m);
  turn_back (m, back);
  for (int y = 0; y < grey->height; y++)
    for (int x = 0; x < grey->width; x++)
      {
        double u = back[0] * x + back[1] * y + back[2], v = back[3] * x + back[4] * y + back[5];
        double w = back[6] * x + back[7] * y + back[8];

        out->data[(gsize) y * grey->width + x] = to_level (at (grey, u / w * grey->width, v / w * grey->height, outside));
      }
  return out;
}

static void
blur_line (double *line, int n, gsize step, const double *weights, int radius)
{
  g_autofree double *copy = g_new (double, n);

  for (int i = 0; i < n; i++)
    copy[i] = line[i * step];
  for (int i = 0; i < n; i++)
    {
      double sum = 0;

      for (int k = -radius; k <= radius; k++)
        sum += weights[ABS (k)] * copy[CLAMP (i + k, 0, n - 1)];
      line[i * step] = sum;
    }
}

static LkGrey *
blur (const LkGrey *grey, double sigma)
{
  int radius = (int) ceil (3 * sigma);
  gsize n = (gsize) grey->width * grey->height;
  g_autofree double *weights = g_new (double, radius + 1);
  g_autofree double *levels = g_new (double, n);
  LkGrey *out = lk_grey_new (grey->width, grey->height);
  double sum = 0;

  for (int k = 0; k <= radius; k++)
    sum += (k == 0 ? 1 : 2) * (weights[k] = exp (-k * k / (2 * sigma * sigma)));
  for (int k = 0; k <= radius; k++)
    weights[k] /= sum;
  for (gsize i = 0; i < n; i++)
    levels[i] = grey->data[i];
  for (int y = 0; y < grey->height; y++)
    blur_line (levels + (gsize) y * grey->width, grey->width, 1, weights, radius);
  for (int x = 0; x < grey->width; x++)
    blur_line (levels + x, grey->height, grey->width, weights, radius);
  for (gsize i = 0; i < n; i++)
    out->data[i] = to_level (levels[i]);
  return out;
}

static double
gaussian (GRand *random)
{
  return sqrt (-2 * log (1 - g_rand_double (random))) * cos (2 * G_PI * g_rand_double (random));
}

/* In place; gives the picture back. */
static LkGrey *
add_noise (LkGrey *grey, double strength, guint32 seed)
{
  GRand *random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < (gsize) grey->width * grey->height; i++)
    grey->data[i] = to_level (grey->data[i] + NOISE * strength * gaussian (random));
  g_rand_free (random);
  return grey;
}

/* Darker from top to bottom, down to a share; in place. */
static LkGrey *
shade (LkGrey *grey, double share)
{
  for (int y = 0; y < grey->height; y++)
    for (int x = 0; x < grey->width; x++)
      {
        guint8 *level = grey->data + (gsize) y * grey->width + x;

        *level = to_level (*level * (1 - (1 - share) * y / grey->height));
      }
  return grey;
}

static LkGrey *
map_levels (const LkGrey *grey, double gamma, double low, double high)
{
  LkGrey *out = lk_grey_new (grey->width, grey->height);

  for (gsize i = 0; i < (gsize) grey->width * grey->height; i++)
    out->data[i] = to_level (low + (high - low) * pow (grey->data[i] / 255.0, 1 / gamma));
  return out;
}

/* Every other pair of rows is darker, as a camera sees a screen; in place. */
static LkGrey *
add_lines (LkGrey *grey)
{
  for (int y = 0; y < grey->height; y++)
    for (int x = 0; x < grey->width; x++)
      {
        double level = grey->data[(gsize) y * grey->width + x] / 255.0;
        double changed = y / 2 % 2 == 0 ? sqrt (level) : level * level;

        grey->data[(gsize) y * grey->width + x] = to_level (255 * changed);
      }
  return grey;
}

static void
fill (LkGrey *grey, int left, int top, int right, int bottom, guint8 level)
{
  for (int y = MAX (top, 0); y < MIN (bottom, grey->height); y++)
    for (int x = MAX (left, 0); x < MIN (right, grey->width); x++)
      grey->data[(gsize) y * grey->width + x] = level;
}

/* -- the code on a screen -- */

LkGrey *
bad_code_draw_plain (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = lk_qr_write_png (text, MODULE, &error);

  g_assert_no_error (error);
  return decode (png);
}

/* Something like a line of letters. */
static void
draw_words (LkGrey *screen, int top, int height, guint8 level, GRand *random)
{
  for (int x = 200; x < screen->width - 200; x += height)
    for (int i = 0; i < 3; i++)
      {
        int left = x + g_rand_int_range (random, 0, height / 2), y = top + g_rand_int_range (random, 0, height);

        fill (screen, left, y, left + height / 2, y + height / 8, level);
        fill (screen, left, top, left + height / 8, y, level);
      }
}

static LkGrey *
draw_screen (const char *text, guint32 seed)
{
  g_autoptr (LkGrey) code = bad_code_draw_plain (text);
  LkGrey *screen = blank (SCREEN_WIDTH, SCREEN_HEIGHT, 255);
  GRand *random = g_rand_new_with_seed (seed);
  int left = (SCREEN_WIDTH - CODE_ON_SCREEN) / 2, top = (SCREEN_HEIGHT - CODE_ON_SCREEN) / 2;

  fill (screen, 0, 0, SCREEN_WIDTH, HEADER, 110);
  draw_words (screen, 70, 48, 255, random);
  draw_words (screen, 1640, 36, 0, random);
  for (int y = 0; y < CODE_ON_SCREEN; y++)
    for (int x = 0; x < CODE_ON_SCREEN; x++)
      screen->data[(gsize) (top + y) * SCREEN_WIDTH + left + x] =
        code->data[(gsize) (y * code->height / CODE_ON_SCREEN) * code->width + x * code->width / CODE_ON_SCREEN];
  g_rand_free (random);
  return screen;
}

/* -- what happens to it -- */

typedef enum
{
  PLAIN,                        /* the code as a file */
  SCREENSHOT,                   /* and made smaller: size */
  JPEG,                         /* strength: quality; after being made smaller */
  ROTATED,                      /* strength: degrees */
  BLURRED,                      /* strength: sigma, px */
  TILTED,                       /* strength: 1 or 2 */
  FAINT,
  DARK,                         /* strength: noise */
  NOISY,                        /* strength */
  INVERTED,
  SHADED,
  LINED,
  PHOTOGRAPHED,
  CLIPPED,                      /* the white around it is gone */
  LOGO,                         /* a white square in the middle */
  TORN,                         /* a black line across */
} Kind;

static const struct
{
  const char *name;
  Kind kind;
  double size, strength;
} changes[] = {
  { "original", PLAIN, 1, 0 },
  { "screenshot", SCREENSHOT, 1, 0 },
  { "screenshot 50 %", SCREENSHOT, 0.5, 0 },
  { "screenshot 35 %", SCREENSHOT, 0.35, 0 },
  { "screenshot 25 %", SCREENSHOT, 0.25, 0 },
  { "screenshot 20 %", SCREENSHOT, 0.2, 0 },
  { "JPEG 20", JPEG, 1, 20 },
  { "JPEG 10", JPEG, 1, 10 },
  { "JPEG 5", JPEG, 1, 5 },
  { "40 %, JPEG 20", JPEG, 0.4, 20 },
  { "40 %, JPEG 10", JPEG, 0.4, 10 },
  { "40 %, JPEG 5", JPEG, 0.4, 5 },
  { "30 %, JPEG 20", JPEG, 0.3, 20 },
  { "30 %, JPEG 10", JPEG, 0.3, 10 },
  { "30 %, JPEG 5", JPEG, 0.3, 5 },
  { "3 degrees", ROTATED, 0.5, 3 },
  { "8 degrees", ROTATED, 0.5, 8 },
  { "15 degrees", ROTATED, 0.5, 15 },
  { "30 degrees", ROTATED, 0.5, 30 },
  { "45 degrees", ROTATED, 0.5, 45 },
  { "180 degrees", ROTATED, 0.5, 180 },
  { "blur 2", BLURRED, 1, 2 },
  { "blur 4", BLURRED, 1, 4 },
  { "blur 6", BLURRED, 1, 6 },
  { "blur 8", BLURRED, 1, 8 },
  { "tilted", TILTED, 1, 1 },
  { "tilted more", TILTED, 1, 2 },
  { "faint", FAINT, 1, 0 },
  { "dark and noisy", DARK, 0.5, 0.6 },
  { "noisy", NOISY, 0.5, 1.5 },
  { "very noisy", NOISY, 0.5, 4 },
  { "inverted", INVERTED, 1, 0 },
  { "shaded", SHADED, 0.5, 0.2 },
  { "lines of a screen", LINED, 0.6, 0 },
  { "photographed", PHOTOGRAPHED, 0.6, 0.25 },
  { "clipped", CLIPPED, 1, 0 },
  { "logo", LOGO, 1, 0 },
  { "torn", TORN, 1, 0 },
};

guint
bad_code_n_changes (void)
{
  return G_N_ELEMENTS (changes);
}

const char *
bad_code_change_name (guint change)
{
  return changes[change].name;
}

static const Corners tilted = { { 60, 1000, 1080, 0 }, { 40, 0, 1800, 1920 } };
static const Corners tilted_more = { { 220, 900, 1080, 0 }, { 140, 0, 1600, 1920 } };
static const Corners from_hand = { { 160, 960, 1080, 20 }, { 90, 20, 1740, 1900 } };

static LkGrey *
change_plain (const LkGrey *code, Kind kind)
{
  LkGrey *out = lk_grey_new (code->width, code->height);
  int w = code->width;

  memcpy (out->data, code->data, (gsize) w * code->height);
  if (kind == LOGO)
    fill (out, w * 42 / 100, w * 42 / 100, w * 58 / 100, w * 58 / 100, 255);
  for (int x = 0; kind == TORN && x < w; x++)
    out->data[(gsize) (60 + x * (w * 6 / 10 - 60) / w) * w + x] = 0;
  if (kind == CLIPPED)
    {
      LkGrey *inner = lk_grey_new (w - 40, w - 40);

      for (int y = 0; y < inner->height; y++)
        memcpy (inner->data + (gsize) y * inner->width, out->data + (gsize) (y + 20) * w + 20, inner->width);
      lk_grey_free (out);
      return inner;
    }
  return out;
}

static LkGrey *
photograph (const LkGrey *screen, double size, guint32 seed)
{
  g_autoptr (LkGrey) seen = tilt (screen, &from_hand, 126);
  g_autoptr (LkGrey) small = resize (shade (seen, 0.25), size);
  g_autoptr (LkGrey) turned = rotate (small, 6);
  g_autoptr (LkGrey) soft = blur (turned, 1.2);

  return through_jpeg (add_noise (soft, 0.8, seed), 35);
}

static LkGrey *
change_screen (const LkGrey *screen, guint change, guint32 seed)
{
  double size = changes[change].size, strength = changes[change].strength;
  g_autoptr (LkGrey) small = resize (screen, size);
  g_autoptr (LkGrey) other = NULL;

  switch (changes[change].kind)
    {
    case JPEG:
      return through_jpeg (small, (int) strength);
    case ROTATED:
      other = rotate (screen, strength);
      return resize (other, size);
    case BLURRED:
      return blur (screen, strength);
    case TILTED:
      return tilt (screen, strength < 2 ? &tilted : &tilted_more, 255);
    case FAINT:
      return map_levels (screen, 1, 102, 153);
    case DARK:
      return add_noise (map_levels (small, 0.4, 0, 255), strength, seed);
    case NOISY:
      return add_noise (g_steal_pointer (&small), strength, seed);
    case INVERTED:
      return lk_grey_invert (screen);
    case SHADED:
      return through_jpeg (shade (small, strength), 30);
    case LINED:
      other = rotate (add_lines (small), 4);
      return blur (other, 1);
    case PHOTOGRAPHED:
      return photograph (screen, size, seed);
    case SCREENSHOT:
    case PLAIN:
    case CLIPPED:
    case LOGO:
    case TORN:
    default:
      return g_steal_pointer (&small);
    }
}

LkGrey *
bad_code_draw (const char *text, guint change, guint32 seed)
{
  Kind kind = changes[change].kind;
  g_autoptr (LkGrey) code = NULL;

  if (kind == PLAIN || kind == CLIPPED || kind == LOGO || kind == TORN)
    {
      code = bad_code_draw_plain (text);
      return change_plain (code, kind);
    }
  code = draw_screen (text, seed);
  return change_screen (code, change, seed);
}
