/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

typedef struct
{
  LkPoint top[7], line[5], low_line[5], bottom[5];
  double y, w, gap;
} Mouth;

/* A symmetric row of n points from its left half and middle. */
static void
mirror_row (const LkPoint *half, LkPoint *row, int n)
{
  for (int i = 0; i < n; i++)
    row[i] = i <= n / 2 ? half[i] : (LkPoint) { -half[n - 1 - i].x, half[n - 1 - i].y };
}

static Mouth
measure_mouth (const LkScene *scene)
{
  const LkFace *f = scene->face;
  double gap = 0.30 * scene->params->mouth_open, w = f->mouth_width - gap * 0.10, y = f->mouth_y, low = y + gap;
  double corner = y - f->lip_corner, bow = f->lip_upper * (0.25 + 0.35 * f->lip_bow);
  const LkPoint top[] = { { -w, corner }, { -w * 0.60, y - f->lip_upper * 0.55 }, { -w * 0.22, y - f->lip_upper - 0.008 }, { 0, y - f->lip_upper + bow * 0.6 } };
  const LkPoint line[] = { { -w, corner }, { -w * 0.5, y + 0.004 }, { 0, y + 0.010 } };
  const LkPoint low_line[] = { { -w * 0.96, corner + gap * 0.05 }, { -w * 0.48, y + 0.004 + gap * 0.80 }, { 0, y + 0.010 + gap } };
  const LkPoint bottom[] = { { -w * 0.97, corner + gap * 0.1 }, { -w * 0.55, low + f->lip_lower * 0.72 }, { 0, low + f->lip_lower + 0.012 } };
  Mouth m = { .y = y, .w = w, .gap = gap };

  mirror_row (top, m.top, 7);
  mirror_row (line, m.line, 5);
  mirror_row (low_line, m.low_line, 5);
  mirror_row (bottom, m.bottom, 5);
  return m;
}

static void
reversed (const LkPoint *from, LkPoint *to, int n)
{
  for (int i = 0; i < n; i++)
    to[i] = from[n - 1 - i];
}

static void
lip_path (cairo_t *cr, const LkPoint *upper, int n, const LkPoint *lower)
{
  LkPoint back[5];

  reversed (lower, back, 5);
  cairo_new_path (cr);
  lk_curve_through (cr, upper, n);
  lk_curve_through (cr, back, 5);
  cairo_close_path (cr);
}

/* Dark cave with the upper row of teeth. */
static void
paint_inside (cairo_t *cr, const Mouth *m)
{
  cairo_save (cr);
  lip_path (cr, m->line, 5, m->low_line);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 0.22, 0.06, 0.06);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.88, 0.85, 0.80);
  cairo_move_to (cr, -m->w * 0.80, m->y - 0.02);
  cairo_curve_to (cr, -m->w * 0.5, m->y + 0.07 + m->gap * 0.15, m->w * 0.5, m->y + 0.07 + m->gap * 0.15, m->w * 0.80, m->y - 0.02);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 0.35, 0.25, 0.22, 0.35);
  cairo_set_line_width (cr, 0.006);
  for (int i = -3; i <= 3; i++)
    {
      cairo_move_to (cr, i * 0.062, m->y - 0.02);
      cairo_rel_line_to (cr, 0, 0.075);
      cairo_stroke (cr);
    }
  cairo_set_source_rgba (cr, 0.62, 0.26, 0.26, 0.8);
  cairo_save (cr);
  cairo_translate (cr, 0, m->y + m->gap);
  cairo_scale (cr, m->w * 0.55, m->gap * 0.35 + 0.001);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_lips (const LkScene *scene, cairo_t *cr, const Mouth *m)
{
  const LkFace *f = scene->face;
  LkColour pale = lk_colour_mix ((LkColour) { scene->skin.r * 0.86, scene->skin.g * 0.66, scene->skin.b * 0.66 }, scene->shade, 0.15);
  LkColour red = { 0.72, 0.32, 0.33 };
  LkColour c = lk_colour_mix (pale, red, f->lip_tone);
  cairo_t *soft = lk_soft_begin (cr, -m->w - 0.15, m->y - 0.25, m->w + 0.15, m->y + m->gap + 0.3);
  cairo_pattern_t *p;

  lip_path (soft, m->top, 7, m->line);
  p = cairo_pattern_create_linear (0, m->y - f->lip_upper, 0, m->y);
  cairo_pattern_add_color_stop_rgba (p, 0, c.r * 0.96, c.g * 0.94, c.b * 0.94, 0.85);
  cairo_pattern_add_color_stop_rgba (p, 1, c.r * 0.78, c.g * 0.68, c.b * 0.68, 1);
  cairo_set_source (soft, p);
  cairo_fill (soft);
  cairo_pattern_destroy (p);
  lip_path (soft, m->low_line, 5, m->bottom);
  p = cairo_pattern_create_linear (0, m->y + m->gap, 0, m->y + m->gap + f->lip_lower);
  cairo_pattern_add_color_stop_rgba (p, 0, c.r * 0.88, c.g * 0.80, c.b * 0.80, 1);
  cairo_pattern_add_color_stop_rgba (p, 0.45, MIN (1, c.r * 1.07), MIN (1, c.g * 1.10), MIN (1, c.b * 1.10), 1);
  cairo_pattern_add_color_stop_rgba (p, 1, c.r * 0.92, c.g * 0.88, c.b * 0.88, 0.8);
  cairo_set_source (soft, p);
  cairo_fill (soft);
  cairo_pattern_destroy (p);
  lk_soft_end (cr, soft, 0.010, 1);
}

static void
paint_lines (const LkScene *scene, cairo_t *cr, const Mouth *m)
{
  const LkFace *f = scene->face;
  cairo_t *soft = lk_soft_begin (cr, -m->w - 0.2, m->y - 0.3, m->w + 0.2, m->y + m->gap + 0.4);

  cairo_set_line_cap (soft, CAIRO_LINE_CAP_ROUND);
  lk_curve_through (soft, m->line, 5);
  cairo_set_line_width (soft, 0.016);
  cairo_set_source_rgba (soft, 0.27, 0.10, 0.09, m->gap > 0.03 ? 0.4 : 0.9);
  cairo_stroke (soft);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_arc (soft, side * m->w, m->line[0].y, 0.016, 0, 2 * G_PI);
      lk_set_colour (soft, lk_colour_scale (scene->shade, 0.6), 0.8);
      cairo_fill (soft);
    }
  cairo_move_to (soft, -m->w * 0.5, m->y + m->gap + f->lip_lower + 0.035);
  cairo_rel_curve_to (soft, m->w * 0.3, 0.035, m->w * 0.7, 0.035, m->w, 0);
  cairo_set_line_width (soft, 0.035);
  lk_set_colour (soft, scene->shade, 0.38);
  cairo_stroke (soft);
  lk_soft_end (cr, soft, 0.010, 1);
}

void
lk_paint_mouth (const LkScene *scene, cairo_t *cr)
{
  Mouth m = measure_mouth (scene);

  if (m.gap > 0.005)
    paint_inside (cr, &m);
  paint_lips (scene, cr, &m);
  paint_lines (scene, cr, &m);
}

static void
stubble_field (const LkScene *scene, cairo_t *cr, LkRng *rng, int n, double length, double alpha, gboolean jaw)
{
  const LkFace *f = scene->face;

  for (int i = 0; i < n; i++)
    {
      double x = lk_rng_range (rng, -0.98, 0.98), y = lk_rng_range (rng, f->nose_length + 0.06, scene->chin);
      double edge = lk_scene_half_width (scene, y);
      gboolean lip = fabs (x) < f->mouth_width + 0.10 && y > f->nose_length + 0.06 && y < f->mouth_y - f->lip_upper * 0.8;
      gboolean below = y > f->mouth_y + 0.10 - 0.55 * MAX (0, fabs (x) - 0.42) && (y > f->mouth_y + f->lip_lower + 0.06 || fabs (x) > f->mouth_width + 0.05);
      gboolean side = fabs (x) > 0.80 - 0.12 * (y - 0.5) && y > 0.55;

      if (fabs (x) > edge - 0.01 || !(lip || (jaw && (below || side))))
        continue;
      cairo_move_to (cr, x, y);
      cairo_rel_line_to (cr, (x * 0.4 + lk_rng_bell (rng) * 0.2) * length, length);
      cairo_set_line_width (cr, 0.007);
      lk_set_colour (cr, lk_colour_mix (scene->hair, (LkColour) { 0.25, 0.22, 0.22 }, 0.3), alpha);
      cairo_stroke (cr);
    }
}

void
lk_paint_beard (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->face->seed, 54);

  switch (scene->params->beard)
    {
    case LK_BEARD_STUBBLE:
      stubble_field (scene, cr, &rng, 2600, 0.012, 0.28, TRUE);
      break;
    case LK_BEARD_MOUSTACHE:
      stubble_field (scene, cr, &rng, 7000, 0.045, 0.5, FALSE);
      break;
    case LK_BEARD_FULL:
      stubble_field (scene, cr, &rng, 8000, 0.050, 0.45, TRUE);
      break;
    default:
      break;
    }
}
