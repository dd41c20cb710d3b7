/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

enum { FLOOR = 14 };        /* below every frame */

static LkColour
cloth_colour (const LkScene *scene)
{
  return (LkColour) { scene->params->clothes_r, scene->params->clothes_g, scene->params->clothes_b };
}

/* Height of the pit of the neck. */
static double
collar_y (const LkScene *scene)
{
  return scene->face->chin_y + 0.44;
}

static void
shoulder_path (const LkScene *scene, cairo_t *cr)
{
  double f = scene->face->female, n = scene->neck, y = collar_y (scene);
  double wide = 2.35 - 0.30 * f, slope = 0.58 + 0.06 * f;
  const LkPoint right[] = { { n * 0.92, y - 0.42 }, { n * 1.15, y - 0.17 }, { wide * 0.58, y + slope * 0.42 }, { wide * 0.87, y + slope * 0.80 },
                            { wide, y + slope * 1.55 }, { wide * 1.08, y + 2.6 }, { wide * 1.12, FLOOR } };

  cairo_new_path (cr);
  lk_curve_through (cr, right, G_N_ELEMENTS (right));
  for (int i = G_N_ELEMENTS (right) - 1; i >= 0; i--)
    if (i == (int) G_N_ELEMENTS (right) - 1)
      cairo_line_to (cr, -right[i].x, right[i].y);
    else
      {
        LkPoint a = right[MIN (i + 2, (int) G_N_ELEMENTS (right) - 1)], b = right[i + 1], c = right[i], d = right[MAX (i - 1, 0)];

        cairo_curve_to (cr, -(b.x + (c.x - a.x) / 6), b.y + (c.y - a.y) / 6, -(c.x - (d.x - b.x) / 6), c.y - (d.y - b.y) / 6, -c.x, c.y);
      }
  cairo_close_path (cr);
}

static void
paint_neck (const LkScene *scene, cairo_t *cr)
{
  double n = scene->neck, y = collar_y (scene), chin = scene->chin;
  LkColour s = scene->skin, dark = lk_colour_mix (s, scene->shade, 0.55);
  const LkPoint right[] = { { n * 0.98, 0.7 }, { n * 0.94, chin - 0.1 }, { n * 0.96, y - 0.35 }, { n * 1.20, y - 0.02 }, { n * 1.6, y + 0.5 } };
  cairo_pattern_t *p = cairo_pattern_create_linear (-n, 0, n, 0);
  cairo_t *soft;

  cairo_pattern_add_color_stop_rgb (p, 0, dark.r, dark.g, dark.b);
  cairo_pattern_add_color_stop_rgb (p, 0.3, s.r * 0.90, s.g * 0.86, s.b * 0.84);
  cairo_pattern_add_color_stop_rgb (p, 0.7, s.r * 0.90, s.g * 0.86, s.b * 0.84);
  cairo_pattern_add_color_stop_rgb (p, 1, dark.r, dark.g, dark.b);
  cairo_new_path (cr);
  lk_curve_through (cr, right, G_N_ELEMENTS (right));
  for (int i = G_N_ELEMENTS (right) - 1; i >= 0; i--)
    cairo_line_to (cr, -right[i].x, right[i].y);
  cairo_close_path (cr);
  cairo_set_source (cr, p);
  cairo_fill_preserve (cr);
  cairo_pattern_destroy (p);
  cairo_save (cr);
  cairo_clip (cr);
  soft = lk_soft_begin (cr, -2, 0, 2, 4);
  cairo_save (soft);
  cairo_translate (soft, 0, chin - 0.28);
  cairo_scale (soft, scene->face->jaw_width * 1.02, 0.55);
  cairo_arc (soft, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (soft);
  lk_set_colour (soft, lk_colour_scale (scene->shade, 0.85), 0.80);
  cairo_fill (soft);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (soft, side * n * 0.85, chin);
      cairo_curve_to (soft, side * n * 0.6, y - 0.35, side * 0.25, y - 0.15, side * 0.12, y + 0.08);
      cairo_set_line_width (soft, 0.06);
      lk_set_colour (soft, scene->shade, 0.25);
      cairo_stroke (soft);
    }
  lk_soft_end (cr, soft, 0.07, 1);
  cairo_restore (cr);
}

/* Light stripes on dark cloth and dark ones on light cloth, bent a little over the body. */
static void
paint_stripes (const LkScene *scene, cairo_t *cr, LkColour c)
{
  const LkPortraitParams *params = scene->params;
  double step = params->stripe_step;
  gboolean is_light = c.r + c.g + c.b > 1.5;

  cairo_save (cr);
  cairo_translate (cr, 0, collar_y (scene));
  cairo_rotate (cr, params->stripe_angle * G_PI / 180);
  if (is_light)
    cairo_set_source_rgba (cr, 0.10, 0.10, 0.25, 0.9 * params->stripes);
  else
    cairo_set_source_rgba (cr, 0.93, 0.93, 0.95, 0.9 * params->stripes);
  cairo_set_line_width (cr, step * 0.45);
  for (double at = -4; at < 4; at += step)
    {
      cairo_move_to (cr, -4, at + 0.2);
      cairo_curve_to (cr, -1.5, at - 0.08, 1.5, at - 0.08, 4, at + 0.2);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* Tweed, knitting: short flecks in no order. */
static void
paint_grain (const LkScene *scene, cairo_t *cr, LkColour c)
{
  LkRng rng = lk_rng (scene->params->style_seed, 63);
  double y = collar_y (scene);

  for (int i = 0; i < 3500; i++)
    {
      cairo_move_to (cr, lk_rng_range (&rng, -2.6, 2.6), y + lk_rng_range (&rng, -0.4, 3));
      cairo_rel_line_to (cr, lk_rng_bell (&rng) * 0.03, lk_rng_bell (&rng) * 0.03);
      cairo_set_line_width (cr, 0.014);
      lk_set_colour (cr, lk_rng_chance (&rng, 0.5) ? lk_colour_scale (c, 0.5) : lk_colour_mix (c, (LkColour) { 1, 1, 1 }, 0.3),
                     0.5 * scene->params->cloth_grain);
      cairo_stroke (cr);
    }
}

/* Broad soft folds and the fall of light over the cloth. */
static void
paint_cloth (const LkScene *scene, cairo_t *cr, LkColour c)
{
  LkRng rng = lk_rng (scene->params->style_seed, 61);
  double y = collar_y (scene);
  cairo_pattern_t *p = cairo_pattern_create_linear (0, y, 0, y + 2.2);
  cairo_t *soft;

  cairo_pattern_add_color_stop_rgb (p, 0, MIN (1, c.r * 1.08 + 0.02), MIN (1, c.g * 1.08 + 0.02), MIN (1, c.b * 1.08 + 0.02));
  cairo_pattern_add_color_stop_rgb (p, 1, c.r * 0.86, c.g * 0.86, c.b * 0.86);
  shoulder_path (scene, cr);
  cairo_set_source (cr, p);
  cairo_fill_preserve (cr);
  cairo_pattern_destroy (p);
  cairo_save (cr);
  cairo_clip (cr);
  soft = lk_soft_begin (cr, -3, y - 0.6, 3, y + 3);
  for (int i = 0; i < 14; i++)
    {
      double x = lk_rng_range (&rng, -2.2, 2.2), top = y + lk_rng_range (&rng, 0.1, 0.9);

      cairo_move_to (soft, x, top);
      cairo_rel_curve_to (soft, lk_rng_bell (&rng) * 0.2, 0.3, lk_rng_bell (&rng) * 0.3, 0.6, -x * 0.15, lk_rng_range (&rng, 0.6, 1.4));
      cairo_set_line_width (soft, lk_rng_range (&rng, 0.03, 0.10));
      lk_set_colour (soft, lk_rng_chance (&rng, 0.5) ? lk_colour_scale (c, 0.55) : lk_colour_mix (c, (LkColour) { 1, 1, 1 }, 0.25), 0.30);
      cairo_stroke (soft);
    }
  lk_soft_end (cr, soft, 0.05, 1);
  if (scene->params->cloth_grain > 0)
    paint_grain (scene, cr, c);
  if (scene->params->stripes > 0)
    paint_stripes (scene, cr, c);
  cairo_restore (cr);
}

/* A turned-down collar; dark gives its own shade so that it stands off. */
static void
paint_collar (const LkScene *scene, cairo_t *cr, LkColour c, double spread)
{
  double n = scene->neck, y = collar_y (scene);

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_t *soft = lk_soft_begin (cr, -2, y - 1, 2, y + 1.5);

      cairo_move_to (soft, side * n * 0.97, y - 0.42);
      cairo_line_to (soft, side * n * 1.20, y - 0.18);
      cairo_line_to (soft, side * (spread + 0.20), y + 0.40);
      cairo_line_to (soft, side * 0.03, y + 0.16);
      cairo_close_path (soft);
      cairo_set_source_rgba (soft, 0, 0, 0, 0.40);
      cairo_fill (soft);
      lk_soft_end (cr, soft, 0.035, 1);
      cairo_move_to (cr, side * n * 0.97, y - 0.46);
      cairo_curve_to (cr, side * n * 1.1, y - 0.40, side * n * 1.18, y - 0.30, side * n * 1.22, y - 0.20);
      cairo_line_to (cr, side * (spread + 0.18), y + 0.36);
      cairo_line_to (cr, side * 0.02, y + 0.13);
      cairo_curve_to (cr, side * 0.25, y, side * n * 0.8, y - 0.2, side * n * 0.97, y - 0.46);
      lk_set_colour (cr, c, 1);
      cairo_fill_preserve (cr);
      lk_set_colour (cr, lk_colour_scale (c, 0.72), 0.6);
      cairo_set_line_width (cr, 0.012);
      cairo_stroke (cr);
    }
}

static void
paint_shirt_front (const LkScene *scene, cairo_t *cr, LkColour c)
{
  double y = collar_y (scene), n = scene->neck;

  cairo_move_to (cr, -n * 1.1, y - 0.35);
  cairo_line_to (cr, 0, y + 0.14);
  cairo_line_to (cr, n * 1.1, y - 0.35);
  cairo_line_to (cr, n * 1.15, y + 0.2);
  cairo_line_to (cr, 0.1, y + 2.1);
  cairo_line_to (cr, -0.1, y + 2.1);
  cairo_line_to (cr, -n * 1.15, y + 0.2);
  cairo_close_path (cr);
  lk_set_colour (cr, lk_colour_scale (c, 0.95), 1);
  cairo_fill (cr);
}

static void
paint_tie (const LkScene *scene, cairo_t *cr)
{
  double y = collar_y (scene) + 0.10, h = scene->params->tie_hue * 6;
  LkColour c = { 0.18 + 0.35 * CLAMP (fabs (h - 3) - 1, 0, 1), 0.10 + 0.12 * CLAMP (2 - fabs (h - 2), 0, 1), 0.12 + 0.25 * CLAMP (2 - fabs (h - 4), 0, 1) };

  cairo_move_to (cr, -0.12, y);
  cairo_line_to (cr, 0.12, y);
  cairo_line_to (cr, 0.085, y + 0.22);
  cairo_line_to (cr, 0.24, y + 2.2);
  cairo_line_to (cr, -0.24, y + 2.2);
  cairo_line_to (cr, -0.085, y + 0.22);
  cairo_close_path (cr);
  lk_set_colour (cr, c, 1);
  cairo_fill_preserve (cr);
  lk_set_colour (cr, lk_colour_scale (c, 0.5), 0.8);
  cairo_set_line_width (cr, 0.015);
  cairo_stroke (cr);
  cairo_move_to (cr, -0.085, y + 0.22);
  cairo_line_to (cr, 0.085, y + 0.22);
  lk_set_colour (cr, lk_colour_scale (c, 0.45), 0.9);
  cairo_stroke (cr);
}

static void
paint_lapels (const LkScene *scene, cairo_t *cr, LkColour c)
{
  double y = collar_y (scene), n = scene->neck;

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, side * n * 1.05, y - 0.36);
      cairo_line_to (cr, side * n * 1.42, y - 0.02);
      cairo_line_to (cr, side * 1.12, y + 0.62);
      cairo_line_to (cr, side * 0.90, y + 0.66);
      cairo_line_to (cr, side * 1.00, y + 0.86);
      cairo_curve_to (cr, side * 0.7, y + 1.5, side * 0.3, y + 1.9, 0, y + 2.15);
      cairo_curve_to (cr, side * 0.25, y + 1.2, side * n * 0.75, y + 0.2, side * n * 1.05, y - 0.36);
      lk_set_colour (cr, lk_colour_mix (c, (LkColour) { 1, 1, 1 }, 0.045), 1);
      cairo_fill_preserve (cr);
      lk_set_colour (cr, lk_colour_scale (c, 0.4), 0.9);
      cairo_set_line_width (cr, 0.018);
      cairo_stroke (cr);
    }
}

/* Two jacket halves meeting below the shirt. */
static void
paint_suit (const LkScene *scene, cairo_t *cr, gboolean tie)
{
  LkRng rng = lk_rng (scene->params->style_seed, 62);
  double y = collar_y (scene), n = scene->neck;
  LkColour c = cloth_colour (scene), shirt = { 0.90, 0.90, 0.905 };

  if (lk_rng_chance (&rng, 0.3))
    shirt = (LkColour) { 0.86, 0.80, 0.76 };
  paint_shirt_front (scene, cr, shirt);
  if (tie)
    paint_tie (scene, cr);
  cairo_save (cr);
  cairo_rectangle (cr, -8, y - 2, 16, FLOOR + 4);
  cairo_move_to (cr, -n * 1.10, y - 1.2);
  cairo_line_to (cr, -n * 1.05, y - 0.36);
  cairo_curve_to (cr, -n * 0.75, y + 0.2, -0.25, y + 1.2, 0, y + 2.15);
  cairo_curve_to (cr, 0.25, y + 1.2, n * 0.75, y + 0.2, n * 1.05, y - 0.36);
  cairo_line_to (cr, n * 1.10, y - 1.2);
  cairo_close_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  paint_cloth (scene, cr, c);
  paint_lapels (scene, cr, c);
  cairo_restore (cr);
  paint_collar (scene, cr, shirt, 0.30);
}

static void
paint_round_neck (const LkScene *scene, cairo_t *cr, LkColour c)
{
  double y = collar_y (scene), n = scene->neck;

  cairo_save (cr);
  cairo_rectangle (cr, -8, y - 2, 16, FLOOR + 4);
  cairo_move_to (cr, -n * 1.16, y - 0.9);
  cairo_line_to (cr, -n * 1.16, y - 0.17);
  cairo_curve_to (cr, -n * 0.8, y + 0.22, n * 0.8, y + 0.22, n * 1.16, y - 0.17);
  cairo_line_to (cr, n * 1.16, y - 0.9);
  cairo_close_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  paint_cloth (scene, cr, c);
  cairo_restore (cr);
  cairo_move_to (cr, -n * 1.16, y - 0.17);
  cairo_curve_to (cr, -n * 0.8, y + 0.22, n * 0.8, y + 0.22, n * 1.16, y - 0.17);
  cairo_set_line_width (cr, 0.07);
  lk_set_colour (cr, lk_colour_scale (c, 0.8), 1);
  cairo_stroke (cr);
}

void
lk_paint_body (const LkScene *scene, cairo_t *cr)
{
  LkColour c = cloth_colour (scene);

  cairo_save (cr);
  cairo_translate (cr, 0, collar_y (scene));
  cairo_rotate (cr, scene->params->shoulders * G_PI / 180);
  cairo_translate (cr, 0, -collar_y (scene));
  paint_neck (scene, cr);
  switch (scene->params->clothes)
    {
    case LK_CLOTHES_SUIT_TIE:
    case LK_CLOTHES_SUIT_OPEN:
      paint_suit (scene, cr, scene->params->clothes == LK_CLOTHES_SUIT_TIE);
      break;
    case LK_CLOTHES_SHIRT:
    case LK_CLOTHES_POLO:
      paint_round_neck (scene, cr, c);
      paint_collar (scene, cr, lk_colour_mix (c, (LkColour) { 1, 1, 1 }, 0.06), scene->params->clothes == LK_CLOTHES_SHIRT ? 0.36 : 0.26);
      break;
    default:
      paint_round_neck (scene, cr, c);
      break;
    }
  cairo_restore (cr);
}

void
lk_paint_ears (const LkScene *scene, cairo_t *cr)
{
  const LkFace *f = scene->face;
  double k = f->ear_size, out = 0.085 + 0.045 * f->ear_out;
  LkColour c = { scene->skin.r * 0.94, scene->skin.g * 0.84, scene->skin.b * 0.81 };

  for (int side = -1; side <= 1; side += 2)
    {
      const LkPoint rim[] = { { 0.995, 0.0 }, { 1.03 + out * 0.6, -0.10 * k }, { 1.04 + out, 0.02 }, { 1.035 + out * 0.72, 0.28 * k },
                              { 1.015 + out * 0.25, 0.50 * k }, { 0.985, 0.49 * k }, { 1.0, 0.26 } };
      cairo_t *soft;

      cairo_save (cr);
      cairo_scale (cr, side, 1);
      lk_closed_curve_through (cr, rim, G_N_ELEMENTS (rim));
      lk_set_colour (cr, c, 1);
      cairo_fill_preserve (cr);
      cairo_clip (cr);
      soft = lk_soft_begin (cr, 0.8, -0.3, 1.4, 0.8);
      cairo_move_to (soft, 1.03, 0.02);
      cairo_curve_to (soft, 1.04 + out * 0.8, 0.0, 1.04 + out * 0.7, 0.2, 1.03, 0.33 * k);
      cairo_set_line_width (soft, 0.035);
      lk_set_colour (soft, lk_colour_scale (scene->shade, 0.9), 0.75);
      cairo_stroke (soft);
      cairo_move_to (soft, 0.995, -0.2);
      cairo_line_to (soft, 0.985, 0.6);
      cairo_set_line_width (soft, 0.05);
      cairo_stroke (soft);
      lk_soft_end (cr, soft, 0.016, 1);
      cairo_restore (cr);
    }
}
