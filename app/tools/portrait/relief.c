/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

/* The skin is a relief seen from the front: a height field of soft bumps,
 * lit from above. That gives the shadows of nose, sockets, lips and chin that
 * face models look for, where flat colours do not. */

enum { PER_UNIT = 110, FIELD_W = 262, FIELD_H = 400 };

static const double FIELD_X0 = -1.19, FIELD_Y0 = -1.80;

typedef struct
{
  double x, y, sx, sy, height, turn;
} Bump;

typedef struct
{
  float *z;                 /* height, in half face widths */
  float *ao;                /* how deep in a hollow, same unit */
} Relief;

static void
add_bump (Relief *relief, Bump b)
{
  double c = cos (b.turn), s = sin (b.turn), reach = 3 * MAX (b.sx, b.sy);
  int x0 = MAX (0, (int) ((b.x - reach - FIELD_X0) * PER_UNIT)), x1 = MIN (FIELD_W - 1, (int) ((b.x + reach - FIELD_X0) * PER_UNIT));
  int y0 = MAX (0, (int) ((b.y - reach - FIELD_Y0) * PER_UNIT)), y1 = MIN (FIELD_H - 1, (int) ((b.y + reach - FIELD_Y0) * PER_UNIT));

  for (int j = y0; j <= y1; j++)
    for (int i = x0; i <= x1; i++)
      {
        double dx = FIELD_X0 + (i + 0.5) / PER_UNIT - b.x, dy = FIELD_Y0 + (j + 0.5) / PER_UNIT - b.y;
        double u = (c * dx + s * dy) / b.sx, v = (-s * dx + c * dy) / b.sy;

        relief->z[j * FIELD_W + i] += (float) (b.height * exp (-0.5 * (u * u + v * v)));
      }
}

static void
add_pair (Relief *relief, Bump b)
{
  add_bump (relief, b);
  b.x = -b.x;
  b.turn = -b.turn;
  add_bump (relief, b);
}

static void
base_shape (const LkScene *scene, Relief *relief)
{
  for (int j = 0; j < FIELD_H; j++)
    {
      double y = FIELD_Y0 + (j + 0.5) / PER_UNIT;
      double w = lk_scene_half_width (scene, y) + 0.03;
      double down = CLAMP ((y - scene->chin + 0.45) / 0.45, 0, 1), up = MAX (0, -0.35 - y);

      for (int i = 0; i < FIELD_W; i++)
        {
          double x = fabs (FIELD_X0 + (i + 0.5) / PER_UNIT) / w;
          double round = x < 1 ? pow (1 - pow (x, 3.0), 0.55) : 0;

          relief->z[j * FIELD_W + i] = (float) (0.74 * round * (1 - 0.40 * down * down * down) - 0.22 * up * up);
        }
    }
}

static void
nose_bumps (const LkFace *f, Relief *relief)
{
  double n = f->nose_length, w = f->nose_width;

  for (int i = 0; i <= 8; i++)
    {
      double t = i / 8.0;

      add_bump (relief, (Bump) { 0, -0.06 + t * (n - 0.10), 0.085 + 0.025 * t + 0.012 * f->nose_tip, 0.09,
                                 0.008 + 0.040 * f->nose_bridge * (1 - t) + 0.040 * t, 0 });
    }
  add_bump (relief, (Bump) { 0, n - 0.095, 0.095 + 0.03 * f->nose_tip, 0.080, 0.085 + 0.05 * f->nose_tip, 0 });
  add_pair (relief, (Bump) { w * 0.66, n - 0.055, w * 0.24, 0.062, 0.075, 0 });
  add_pair (relief, (Bump) { w * 1.12, n - 0.04, 0.045, 0.07, -0.035, 0.3 });
  add_bump (relief, (Bump) { 0, n + 0.055, 0.13, 0.05, -0.05, 0 });
}

static void
eye_bumps (const LkFace *f, Relief *relief)
{
  double deep = 0.01 + 0.08 * f->eye_depth;

  add_pair (relief, (Bump) { f->eye_spacing - 0.07, -0.04, 0.22, 0.12, -deep, -0.1 });
  add_pair (relief, (Bump) { 0.20, -0.02, 0.075, 0.11, -0.022 - 0.022 * f->nose_bridge, 0 });
  add_pair (relief, (Bump) { f->eye_spacing, 0.0, 0.135, 0.085, 0.055, 0 });
  add_pair (relief, (Bump) { f->eye_spacing - 0.02, -f->brow_y - 0.02, 0.26, 0.075, 0.025 + 0.02 * (1 - f->female), 0.05 });
  add_pair (relief, (Bump) { f->eye_spacing - 0.04, 0.20, 0.16, 0.045, 0.006 + 0.014 * f->eye_bag, 0.12 });
  add_pair (relief, (Bump) { f->eye_spacing - 0.04, 0.27, 0.17, 0.03, -0.003 - 0.008 * f->eye_bag, 0.2 });
}

static void
cheek_bumps (const LkFace *f, Relief *relief)
{
  double age = CLAMP ((f->age - 24) / 30, 0, 1);

  add_pair (relief, (Bump) { 0.60, 0.34, 0.20, 0.15, 0.03 + 0.06 * f->cheekbone, -0.4 });
  add_pair (relief, (Bump) { 0.66, 0.78, 0.15, 0.20, -0.05 * f->cheekbone + 0.02, 0.2 });
  add_pair (relief, (Bump) { 0.42, 0.62, 0.17, 0.17, 0.045, 0 });
  add_pair (relief, (Bump) { f->nose_width * 1.2 + 0.07, f->nose_length + 0.10, 0.035, 0.16, -0.014 - 0.03 * age, -0.55 });
  add_bump (relief, (Bump) { 0, -0.62, 0.42, 0.28, 0.03, 0 });
}

static void
mouth_bumps (const LkScene *scene, Relief *relief)
{
  const LkFace *f = scene->face;
  double m = f->mouth_y, drop = scene->params->mouth_open * 0.28, w = f->mouth_width;

  add_bump (relief, (Bump) { 0, m, w * 0.95, 0.20, 0.05, 0 });
  add_bump (relief, (Bump) { 0, (f->nose_length + m) / 2, 0.03, 0.06, -0.02, 0 });
  add_bump (relief, (Bump) { 0, m - f->lip_upper * 0.5, w * 0.55, 0.035, 0.02, 0 });
  add_bump (relief, (Bump) { 0, m + drop + f->lip_lower * 0.5, w * 0.45, 0.045, 0.035, 0 });
  add_pair (relief, (Bump) { w + 0.03, m + 0.01, 0.05, 0.05, -0.03, 0 });
  add_bump (relief, (Bump) { 0, m + drop + f->lip_lower + 0.075, w * 0.55, 0.045, -0.045, 0 });
  add_bump (relief, (Bump) { 0, scene->chin - 0.20, 0.20, 0.12, 0.07, 0 });
}

/* What makes one face differ from the next beyond the named lengths. */
static void
personal_bumps (const LkFace *f, Relief *relief)
{
  LkRng rng = lk_rng (f->seed, 31);

  for (int i = 0; i < 16; i++)
    {
      Bump b = { lk_rng_range (&rng, 0.02, 0.8), lk_rng_range (&rng, -0.6, 1.4), lk_rng_range (&rng, 0.10, 0.28),
                 lk_rng_range (&rng, 0.10, 0.28), lk_rng_bell (&rng) * 0.095, lk_rng_range (&rng, -1, 1) };

      add_pair (relief, b);
    }
  for (int i = 0; i < 8; i++)
    add_bump (relief, (Bump) { lk_rng_range (&rng, -0.8, 0.8), lk_rng_range (&rng, -0.5, 1.4), 0.18, 0.18, lk_rng_bell (&rng) * 0.016, 0 });
}

/* Mean of the heights around a place minus its own height: hollows get less
 * light. One separable running mean. */
static void
find_hollows (Relief *relief)
{
  enum { R = 9 };
  g_autofree float *rows = g_new0 (float, FIELD_W * FIELD_H);

  for (int j = 0; j < FIELD_H; j++)
    for (int i = R; i < FIELD_W - R; i++)
      {
        float sum = 0;

        for (int k = -R; k <= R; k++)
          sum += relief->z[j * FIELD_W + i + k];
        rows[j * FIELD_W + i] = sum / (2 * R + 1);
      }
  for (int j = R; j < FIELD_H - R; j++)
    for (int i = 0; i < FIELD_W; i++)
      {
        float sum = 0;

        for (int k = -R; k <= R; k++)
          sum += rows[(j + k) * FIELD_W + i];
        relief->ao[j * FIELD_W + i] = MAX (0, sum / (2 * R + 1) - relief->z[j * FIELD_W + i]);
      }
}

static double
spot (double x, double y, double cx, double cy, double sx, double sy)
{
  double u = (fabs (x) - cx) / sx, v = (y - cy) / sy;

  return exp (-0.5 * (u * u + v * v));
}

/* Skin is not one colour: red on cheeks, nose and ears, brown round the eyes. */
static LkColour
albedo (const LkScene *scene, double x, double y, const double blotch[4])
{
  const LkFace *f = scene->face;
  double red = 0.35 * spot (x, y, 0.55, 0.50, 0.22, 0.20) + 0.30 * spot (x, y, 0, f->nose_length - 0.08, 0.16, 0.10)
               + 0.15 * spot (x, y, 0, scene->chin - 0.2, 0.25, 0.15);
  double eye = (0.20 + 0.25 * f->eye_bag) * spot (x, y, f->eye_spacing - 0.03, 0.13, 0.17, 0.07)
               + (0.22 + 0.25 * f->female) * spot (x, y, f->eye_spacing, -0.10, 0.19, 0.07);
  double beard = f->female > 0.5 ? 0 : 0.22 * spot (x, y, 0.25, scene->chin - 0.25, 0.45, 0.22) + 0.16 * spot (x, y, 0.1, f->mouth_y - 0.17, 0.2, 0.06);
  LkColour c = scene->skin;
  double wave = 0.012 * (sin (x * 9 * blotch[0] + blotch[1]) * sin (y * 8 * blotch[2] + blotch[3]));

  red *= 0.6 + 0.6 * blotch[0];
  c = lk_colour_mix (c, (LkColour) { c.r * 0.97, c.g * 0.80, c.b * 0.76 }, MIN (1, red));
  c = lk_colour_mix (c, (LkColour) { c.r * 0.70, c.g * 0.60, c.b * 0.58 }, MIN (1, eye));
  c = lk_colour_mix (c, (LkColour) { c.r * 0.66, c.g * 0.67, c.b * 0.70 }, beard);
  return lk_colour_scale (c, 1 + wave);
}

typedef struct
{
  double diffuse, shine;
} Light;

/* One big soft box above the camera and fills from both sides. */
static Light
light_at (const LkScene *scene, double zx, double zy, double ao)
{
  double length = sqrt (zx * zx + zy * zy + 1), nx = -zx / length, ny = -zy / length, nz = 1 / length;
  double high = 0.30 + 0.35 * scene->params->light_height;
  double key = (-ny * high + nz * 0.9) / sqrt (high * high + 0.81);
  double side = log (CLAMP (scene->params->side_light, 0.25, 4)) * 0.10;
  double fill = 0.5 + 0.5 * nz - nx * side;
  double hx = 0, hy = -high * 0.55, hz = 1, half = (nx * hx + ny * hy + nz * hz) / sqrt (hy * hy + 1);
  double shade = 1 / (1 + 5 * ao);

  return (Light) { (0.50 * MAX (0, key) + 0.56 * fill) * shade, pow (MAX (0, half), 26) * shade };
}

static void
shade_row (const LkScene *scene, const Relief *relief, int j, const double blotch[4], guint32 *row)
{
  double oily = 0.05 + 0.05 * blotch[2];

  for (int i = 0; i < FIELD_W; i++)
    {
      const float *z = relief->z + j * FIELD_W + i;
      double x = FIELD_X0 + (i + 0.5) / PER_UNIT, y = FIELD_Y0 + (j + 0.5) / PER_UNIT;
      double zx = i > 0 && i < FIELD_W - 1 ? (z[1] - z[-1]) * PER_UNIT / 2 : 0;
      double zy = j > 0 && j < FIELD_H - 1 ? (z[FIELD_W] - z[-FIELD_W]) * PER_UNIT / 2 : 0;
      Light light = light_at (scene, CLAMP (zx, -2.2, 2.2), CLAMP (zy, -2.2, 2.2), relief->ao[j * FIELD_W + i]);
      LkColour c = albedo (scene, x, y, blotch);
      double d = 0.13 + 0.87 * MIN (1.1, light.diffuse), warm = CLAMP (1 - d, 0, 1);

      /* Light that entered the skin comes out red: shadows are warm. */
      c = (LkColour) { c.r * pow (d, 0.80) + oily * light.shine, c.g * (d - 0.03 * warm) + oily * light.shine,
                       c.b * (d - 0.05 * warm) + oily * light.shine };
      row[i] = 0xff000000u | ((guint32) (255 * CLAMP (c.r, 0, 1)) << 16) | ((guint32) (255 * CLAMP (c.g, 0, 1)) << 8)
               | (guint32) (255 * CLAMP (c.b, 0, 1));
    }
}

static cairo_surface_t *
shade_relief (const LkScene *scene, const Relief *relief)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, FIELD_W, FIELD_H);
  LkRng rng = lk_rng (scene->face->seed, 32);
  const double blotch[4] = { lk_rng_range (&rng, 0.3, 1), lk_rng_range (&rng, 0, 6), lk_rng_range (&rng, 0.3, 1), lk_rng_range (&rng, 0, 6) };
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  for (int j = 0; j < FIELD_H; j++)
    shade_row (scene, relief, j, blotch, (guint32 *) (void *) (data + (gsize) j * stride));
  cairo_surface_mark_dirty (surface);
  return surface;
}

void
lk_paint_skin (const LkScene *scene, cairo_t *cr)
{
  g_autofree float *z = g_new0 (float, FIELD_W * FIELD_H);
  g_autofree float *ao = g_new0 (float, FIELD_W * FIELD_H);
  Relief relief = { z, ao };
  cairo_surface_t *surface;

  base_shape (scene, &relief);
  nose_bumps (scene->face, &relief);
  eye_bumps (scene->face, &relief);
  cheek_bumps (scene->face, &relief);
  mouth_bumps (scene, &relief);
  personal_bumps (scene->face, &relief);
  find_hollows (&relief);
  surface = shade_relief (scene, &relief);
  cairo_save (cr);
  lk_scene_face_path (scene, cr);
  cairo_clip (cr);
  cairo_translate (cr, FIELD_X0, FIELD_Y0);
  cairo_scale (cr, 1.0 / PER_UNIT, 1.0 / PER_UNIT);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}
