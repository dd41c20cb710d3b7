/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

static void
paint_nostrils (const LkScene *scene, cairo_t *cr)
{
  const LkFace *f = scene->face;
  double n = f->nose_length, w = f->nose_width;
  cairo_t *soft = lk_soft_begin (cr, -0.5, n - 0.3, 0.5, n + 0.2);

  for (int side = -1; side <= 1; side += 2)
    {
      const LkPoint wing[] = { { side * w * 0.80, n - 0.125 }, { side * w * 1.0, n - 0.06 }, { side * w * 0.97, n - 0.005 }, { side * w * 0.74, n + 0.004 } };

      cairo_save (soft);
      cairo_translate (soft, side * w * 0.45, n - 0.012);
      cairo_rotate (soft, side * -0.25);
      cairo_scale (soft, 0.045 + 0.015 * f->nostril, 0.016 + 0.012 * f->nostril);
      cairo_arc (soft, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (soft);
      cairo_set_source_rgba (soft, 0.20, 0.09, 0.08, 0.85);
      cairo_fill (soft);
      lk_curve_through (soft, wing, G_N_ELEMENTS (wing));
      cairo_set_line_width (soft, 0.014);
      lk_set_colour (soft, lk_colour_scale (scene->shade, 0.8), 0.55);
      cairo_stroke (soft);
    }
  lk_soft_end (cr, soft, 0.010, 1);
}

static void
paint_nose_shadow (const LkScene *scene, cairo_t *cr)
{
  const LkFace *f = scene->face;
  double n = f->nose_length, w = f->nose_width;
  const LkPoint under[] = { { -w * 0.85, n + 0.01 }, { -w * 0.35, n + 0.022 }, { 0, n + 0.036 }, { w * 0.35, n + 0.022 }, { w * 0.85, n + 0.01 } };
  cairo_t *soft = lk_soft_begin (cr, -0.6, -0.3, 0.6, n + 0.3);

  lk_curve_through (soft, under, G_N_ELEMENTS (under));
  cairo_set_line_width (soft, 0.035);
  lk_set_colour (soft, scene->shade, 0.55);
  cairo_stroke (soft);
  for (int side = -1; side <= 1; side += 2)
    {
      const LkPoint flank[] = { { side * 0.17, -0.16 }, { side * 0.125, 0.02 }, { side * 0.13, n * 0.45 }, { side * w * 0.72, n - 0.16 } };

      lk_curve_through (soft, flank, G_N_ELEMENTS (flank));
      cairo_set_line_width (soft, 0.05);
      lk_set_colour (soft, scene->shade, 0.04 + 0.14 * f->nose_bridge);
      cairo_stroke (soft);
    }
  lk_soft_end (cr, soft, 0.022, 1);
}

/* Lines of age: forehead, between the brows, beside nose and mouth, at the eyes. */
static void
paint_wrinkles (const LkScene *scene, cairo_t *cr)
{
  const LkFace *f = scene->face;
  double age = CLAMP ((f->age - 22) / 30, 0, 1), n = f->nose_length, m = f->mouth_y;
  cairo_t *soft = lk_soft_begin (cr, -1.1, -1.2, 1.1, 1.7);

  cairo_set_line_cap (soft, CAIRO_LINE_CAP_ROUND);
  lk_set_colour (soft, scene->shade, 1);
  for (int side = -1; side <= 1; side += 2)
    {
      const LkPoint fold[] = { { side * (f->nose_width + 0.03), n - 0.06 }, { side * (f->nose_width + 0.10), n + 0.07 },
                               { side * (f->mouth_width + 0.09), m - 0.06 }, { side * (f->mouth_width + 0.10), m + 0.05 } };

      lk_curve_through (soft, fold, age > 0.3 ? 4 : 3);
      cairo_set_line_width (soft, 0.020);
      lk_set_colour (soft, scene->shade, 0.07 + 0.50 * age);
      cairo_stroke (soft);
      for (int i = 0; i < 3 && age > 0.35; i++)
        {
          double y = -0.05 + 0.05 * i;

          cairo_move_to (soft, side * (f->eye_spacing + f->eye_width / 2 + 0.05), y);
          cairo_rel_line_to (soft, side * 0.10, -0.03 + 0.035 * i);
          cairo_set_line_width (soft, 0.010);
          lk_set_colour (soft, scene->shade, 0.5 * age);
          cairo_stroke (soft);
        }
    }
  for (int i = 0; i < 3 && age > 0.25; i++)
    {
      double y = -f->brow_y - 0.19 - 0.11 * i, wide = 0.42 - 0.06 * i;

      cairo_move_to (soft, -wide, y + 0.02);
      cairo_curve_to (soft, -wide / 2, y - 0.02, wide / 2, y - 0.015, wide, y + 0.02);
      cairo_set_line_width (soft, 0.012);
      lk_set_colour (soft, scene->shade, 0.42 * age);
      cairo_stroke (soft);
    }
  lk_soft_end (cr, soft, 0.009, 1);
}

static void
paint_moles (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->face->seed, 51);

  for (int i = 0; i < (int) scene->face->moles; i++)
    {
      double x = lk_rng_range (&rng, 0.25, 0.75) * (lk_rng_chance (&rng, 0.5) ? 1 : -1);

      cairo_arc (cr, x, lk_rng_range (&rng, 0.25, 1.15), lk_rng_range (&rng, 0.009, 0.019), 0, 2 * G_PI);
      cairo_set_source_rgba (cr, 0.25, 0.13, 0.10, 0.75);
      cairo_fill (cr);
    }
}

/* Pores and fine blotches: without them skin reads as plastic. */
static void
paint_pores (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->face->seed, 52);
  int n = 1500 + (int) (900 * (1 - scene->face->female));

  for (int i = 0; i < n; i++)
    {
      double x = lk_rng_range (&rng, -0.92, 0.92), y = lk_rng_range (&rng, -0.8, 1.5);
      double r = lk_rng_range (&rng, 0.003, 0.009);
      gboolean dark = lk_rng_chance (&rng, 0.6);

      if (fabs (x) > lk_scene_half_width (scene, y) - 0.05)
        continue;
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      if (dark)
        lk_set_colour (cr, scene->shade, 0.06);
      else
        cairo_set_source_rgba (cr, 1, 0.93, 0.88, 0.035);
      cairo_fill (cr);
    }
}

void
lk_paint_features (const LkScene *scene, cairo_t *cr)
{
  paint_nose_shadow (scene, cr);
  paint_nostrils (scene, cr);
  paint_wrinkles (scene, cr);
  paint_pores (scene, cr);
  paint_moles (scene, cr);
}

typedef struct
{
  LkPoint middle[4];
  double thick;
} Brow;

static Brow
measure_brow (const LkFace *f)
{
  double length = f->brow_length, slope = tan (f->brow_tilt * G_PI / 180) * length, y = -f->brow_y;

  return (Brow) { { { -length * 0.5, y + slope * 0.35 }, { -length * 0.12, y - f->brow_arch * 0.45 },
                    { length * 0.24, y - slope * 0.45 - f->brow_arch }, { length * 0.56, y - slope * 0.5 + 0.035 } },
                  f->brow_thick };
}

static double
brow_thickness (const Brow *brow, double t)
{
  return brow->thick * (t < 0.12 ? 0.72 + 2.3 * t : t < 0.5 ? 1 : 1 - 1.75 * (t - 0.5));
}

static void
paint_brow (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  const LkFace *f = scene->face;
  Brow brow = measure_brow (f);
  LkColour c = lk_colour_mix (lk_colour_mix (scene->hair, (LkColour) { 0.16, 0.11, 0.09 }, 0.6), scene->skin, 0.10);
  double tone = 0.35 + 0.65 * f->brow_tone;
  cairo_t *soft = lk_soft_begin (cr, -0.5, -0.7, 0.5, 0.1);

  for (int i = 0; i <= 24; i++)
    {
      double t = i / 24.0;
      LkPoint p = lk_curve_at (brow.middle, 4, t);

      cairo_arc (soft, p.x, p.y, brow_thickness (&brow, t) * 0.40, 0, 2 * G_PI);
      lk_set_colour (soft, c, 0.30 * tone);
      cairo_fill (soft);
    }
  lk_soft_end (cr, soft, 0.012, 1);
  for (int i = 0; i < 190; i++)
    {
      double t = lk_rng_range (rng, 0, 1), v = lk_rng_range (rng, -0.5, 0.5), h = brow_thickness (&brow, t);
      LkPoint p = lk_curve_at (brow.middle, 4, t);
      double turn = -1.25 + 1.15 * t + v * 0.5 + lk_rng_bell (rng) * 0.12, length = 0.045 + 0.035 * t;

      cairo_move_to (cr, p.x, p.y + v * h);
      cairo_rel_curve_to (cr, cos (turn) * length * 0.4, sin (turn) * length * 0.4, length * 0.8, sin (turn) * length * 0.5, length, sin (turn * 0.6) * length * 0.6);
      cairo_set_line_width (cr, 0.0075);
      lk_set_colour (cr, c, 0.50 * tone);
      cairo_stroke (cr);
    }
}

void
lk_paint_brows (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->face->seed, 53);

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_save (cr);
      cairo_translate (cr, side * (scene->face->eye_spacing + 0.005), lk_rng_bell (&rng) * 0.006);
      cairo_scale (cr, side, 1);
      paint_brow (scene, cr, &rng);
      cairo_restore (cr);
    }
}
