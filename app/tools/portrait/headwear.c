/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

/* What covers the head: painted over the hair. */

enum { DOME_POINTS = 9 };

static LkColour
headwear_colour (const LkScene *scene)
{
  const LkPortraitParams *params = scene->params;

  return (LkColour) { params->headwear_r, params->headwear_g, params->headwear_b };
}

/* From the left rim over the top to the right one; the rim is at low. */
static void
dome_points (const LkScene *scene, double low, LkPoint *p)
{
  double top = scene->top, side = LK_HEAD_SIDE + 0.11;

  p[0] = (LkPoint) { -side * 0.97, low };
  p[1] = (LkPoint) { -side * 1.01, low * 0.65 + top * 0.35 };
  p[2] = (LkPoint) { -side * 0.86, low * 0.22 + top * 0.78 };
  p[3] = (LkPoint) { -side * 0.50, low * 0.05 + top * 0.95 };
  p[4] = (LkPoint) { 0, top };
  for (int i = 5; i < DOME_POINTS; i++)
    p[i] = (LkPoint) { -p[8 - i].x, p[8 - i].y };
}

/* Light from above and from the front, and a few soft creases. */
static void
shade_cloth (const LkScene *scene, cairo_t *cr, LkColour c, double y0, double y1)
{
  LkRng rng = lk_rng (scene->params->style_seed, 75);
  cairo_pattern_t *p = cairo_pattern_create_linear (0, y0, 0, y1);
  LkColour light = lk_colour_mix (c, (LkColour) { 1, 1, 1 }, 0.12), dark = lk_colour_scale (c, 0.72);
  cairo_t *soft;

  cairo_pattern_add_color_stop_rgb (p, 0, c.r, c.g, c.b);
  cairo_pattern_add_color_stop_rgb (p, 0.35, light.r, light.g, light.b);
  cairo_pattern_add_color_stop_rgb (p, 1, dark.r, dark.g, dark.b);
  cairo_set_source (cr, p);
  cairo_fill_preserve (cr);
  cairo_pattern_destroy (p);
  cairo_save (cr);
  cairo_clip (cr);
  soft = lk_soft_begin (cr, -2.4, y0 - 0.3, 2.4, y1 + 0.3);
  for (int i = 0; i < 9; i++)
    {
      double x = lk_rng_range (&rng, -1.1, 1.1);

      cairo_move_to (soft, x, lk_rng_range (&rng, y0, y1));
      cairo_rel_curve_to (soft, lk_rng_bell (&rng) * 0.1, 0.15, lk_rng_bell (&rng) * 0.2, 0.3, x * 0.2, 0.5);
      cairo_set_line_width (soft, lk_rng_range (&rng, 0.02, 0.05));
      lk_set_colour (soft, lk_rng_chance (&rng, 0.5) ? dark : light, 0.5);
      cairo_stroke (soft);
    }
  lk_soft_end (cr, soft, 0.03, 1);
  cairo_restore (cr);
}

/* The shade that a brim or rim lays on the forehead. */
static void
paint_rim_shade (const LkScene *scene, cairo_t *cr, double y, double sag)
{
  cairo_t *soft = lk_soft_begin (cr, -1.3, y - 0.4, 1.3, y + 0.5);

  cairo_move_to (soft, -0.96, y);
  cairo_curve_to (soft, -0.5, y + sag, 0.5, y + sag, 0.96, y);
  cairo_set_line_width (soft, 0.09);
  lk_set_colour (soft, scene->shade, 0.75);
  cairo_stroke (soft);
  lk_soft_end (cr, soft, 0.035, 1);
}

static void
paint_dome (const LkScene *scene, cairo_t *cr, double low, double sag)
{
  LkPoint dome[DOME_POINTS];

  paint_rim_shade (scene, cr, low, sag * 1.3);
  dome_points (scene, low, dome);
  cairo_new_path (cr);
  lk_curve_through (cr, dome, DOME_POINTS);
  cairo_curve_to (cr, 0.5, low + sag, -0.5, low + sag, dome[0].x, low);
  cairo_close_path (cr);
  shade_cloth (scene, cr, headwear_colour (scene), scene->top, low + sag);
  cairo_new_path (cr);
}

static void
paint_peaked_cap (const LkScene *scene, cairo_t *cr)
{
  LkColour c = headwear_colour (scene), peak = lk_colour_scale (c, 0.85);
  double low = -0.62, tip = -scene->face->brow_y - 0.13;

  paint_dome (scene, cr, low, 0.02);
  for (int i = -1; i <= 1; i++)
    {
      cairo_move_to (cr, 0, scene->top + 0.01);
      cairo_curve_to (cr, i * 0.35, scene->top + 0.15, i * 0.55, low - 0.4, i * 0.55, low);
      lk_set_colour (cr, lk_colour_scale (c, 0.6), 0.7);
      cairo_set_line_width (cr, 0.012);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, -1.02, low - 0.02);
  cairo_curve_to (cr, -0.7, low - 0.20, 0.7, low - 0.20, 1.02, low - 0.02);
  cairo_curve_to (cr, 0.95, tip + 0.02, 0.5, tip, 0, tip);
  cairo_curve_to (cr, -0.5, tip, -0.95, tip + 0.02, -1.02, low - 0.02);
  lk_set_colour (cr, peak, 1);
  cairo_fill_preserve (cr);
  lk_set_colour (cr, lk_colour_scale (c, 0.5), 0.9);
  cairo_set_line_width (cr, 0.018);
  cairo_stroke (cr);
}

static void
paint_knitted_cap (const LkScene *scene, cairo_t *cr)
{
  LkColour c = headwear_colour (scene);
  double low = -0.48, band = 0.30;

  paint_dome (scene, cr, low, -0.22);
  for (int i = -20; i <= 20; i++)
    {
      double x = i * 0.058, bow = -0.17 * (1 - x * x / 1.4);

      cairo_move_to (cr, x, low + bow - 0.01);
      cairo_line_to (cr, x * 0.98, low + bow - band);
      lk_set_colour (cr, lk_colour_scale (c, 0.7), 0.5);
      cairo_set_line_width (cr, 0.016);
      cairo_stroke (cr);
    }
}

/* The graduate's square cap: a close skull and a board on it. */
static void
paint_square_cap (const LkScene *scene, cairo_t *cr)
{
  LkColour c = headwear_colour (scene);
  double top = scene->top, low = -0.66;

  paint_dome (scene, cr, low, -0.12);
  cairo_move_to (cr, -1.45, top + 0.20);
  cairo_line_to (cr, 0, top);
  cairo_line_to (cr, 1.45, top + 0.20);
  cairo_line_to (cr, 0, top + 0.42);
  cairo_close_path (cr);
  lk_set_colour (cr, lk_colour_mix (c, (LkColour) { 1, 1, 1 }, 0.07), 1);
  cairo_fill_preserve (cr);
  lk_set_colour (cr, lk_colour_scale (c, 0.5), 1);
  cairo_set_line_width (cr, 0.02);
  cairo_stroke (cr);
  cairo_move_to (cr, 0, top + 0.2);
  cairo_line_to (cr, 1.12, top + 0.30);
  cairo_line_to (cr, 1.13, top + 0.95);
  cairo_set_source_rgb (cr, 0.75, 0.60, 0.15);
  cairo_set_line_width (cr, 0.03);
  cairo_stroke (cr);
}

/* Leaves the face free from the forehead to below the chin. */
static void
paint_headscarf (const LkScene *scene, cairo_t *cr)
{
  LkColour c = headwear_colour (scene);
  double top = scene->top, chin = scene->chin;
  const LkPoint outer[] = { { 0, top }, { 0.72, top * 0.90 }, { 1.14, top * 0.55 }, { 1.22, -0.1 }, { 1.20, 0.7 }, { 1.16, chin - 0.2 },
                            { 1.35, chin + 0.5 }, { 1.2, chin + 1.0 }, { 0, chin + 1.15 } };
  const int n = G_N_ELEMENTS (outer);
  LkPoint whole[2 * G_N_ELEMENTS (outer)];
  int k = 0;

  for (int i = 0; i < n; i++)
    whole[k++] = outer[i];
  for (int i = n - 2; i > 0; i--)
    whole[k++] = (LkPoint) { -outer[i].x, outer[i].y };
  cairo_save (cr);
  cairo_rectangle (cr, -4, -4, 8, 10);
  cairo_save (cr);
  cairo_translate (cr, 0, (chin - 0.02 - 0.78) / 2);
  cairo_scale (cr, 0.93, (chin - 0.02 + 0.78) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  lk_closed_curve_through (cr, whole, k);
  shade_cloth (scene, cr, c, top, chin + 1.0);
  cairo_new_path (cr);
  cairo_restore (cr);
}

/* A ribbon over the hair from ear to ear, some way behind the hairline. */
static void
paint_head_band (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->params->style_seed, 76);
  LkColour c = headwear_colour (scene);
  double wide = lk_rng_range (&rng, 0.10, 0.24), y = -scene->face->forehead - lk_rng_range (&rng, 0.02, 0.20);
  cairo_pattern_t *p = cairo_pattern_create_linear (-1.1, 0, 1.1, 0);
  LkColour dark = lk_colour_scale (c, 0.6);

  y = MAX (y, scene->top + wide);
  cairo_pattern_add_color_stop_rgb (p, 0, dark.r, dark.g, dark.b);
  cairo_pattern_add_color_stop_rgb (p, 0.5, c.r, c.g, c.b);
  cairo_pattern_add_color_stop_rgb (p, 1, dark.r, dark.g, dark.b);
  cairo_move_to (cr, -1.08, -0.25);
  cairo_curve_to (cr, -1.08, y - 0.15, -0.55, y - 0.05, 0, y - 0.05);
  cairo_curve_to (cr, 0.55, y - 0.05, 1.08, y - 0.15, 1.08, -0.25);
  cairo_set_source (cr, p);
  cairo_set_line_width (cr, wide);
  cairo_stroke (cr);
  cairo_pattern_destroy (p);
}

void
lk_paint_headwear (const LkScene *scene, cairo_t *cr)
{
  switch (scene->params->headwear)
    {
    case LK_HEADWEAR_PEAKED_CAP:
      paint_peaked_cap (scene, cr);
      break;
    case LK_HEADWEAR_KNITTED_CAP:
      paint_knitted_cap (scene, cr);
      break;
    case LK_HEADWEAR_SQUARE_CAP:
      paint_square_cap (scene, cr);
      break;
    case LK_HEADWEAR_HEADSCARF:
      paint_headscarf (scene, cr);
      break;
    case LK_HEADWEAR_BAND:
      paint_head_band (scene, cr);
      break;
    default:
      break;
    }
}
