/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

/* Hair is sheets of strands: each sheet is the area between a root curve and
 * a tip curve, filled and then combed with many fine strokes from one to the
 * other. */

enum { MAX_POINTS = 11 };

typedef struct
{
  LkPoint root[MAX_POINTS], tip[MAX_POINTS];
  int n;                    /* points of both curves */
  double lift;              /* how far strands bow away from the straight line */
  int strands;
} Sheet;

static double
uneven (LkRng *rng)
{
  return lk_rng_bell (rng) * 0.5;
}

static void
sheet_path (cairo_t *cr, const Sheet *sheet)
{
  LkPoint back[MAX_POINTS];

  for (int i = 0; i < sheet->n; i++)
    back[i] = sheet->tip[sheet->n - 1 - i];
  cairo_new_path (cr);
  lk_curve_through (cr, sheet->root, sheet->n);
  lk_curve_through (cr, back, sheet->n);
  cairo_close_path (cr);
}

/* Brightness along the strand: a band of gloss where the sheet faces the light. */
static cairo_pattern_t *
strand_colour (const LkScene *scene, LkPoint a, LkPoint b, double tone, double gloss)
{
  cairo_pattern_t *p = cairo_pattern_create_linear (a.x, a.y, b.x, b.y);
  LkColour c = lk_colour_scale (scene->hair, tone), light = lk_colour_mix (c, scene->hair_light, gloss);

  cairo_pattern_add_color_stop_rgba (p, 0, c.r, c.g, c.b, 0.6);
  cairo_pattern_add_color_stop_rgba (p, 0.35, light.r, light.g, light.b, 0.6);
  cairo_pattern_add_color_stop_rgba (p, 0.75, c.r, c.g, c.b, 0.6);
  cairo_pattern_add_color_stop_rgba (p, 1, c.r * 0.7, c.g * 0.7, c.b * 0.7, 0.4);
  return p;
}

static void
comb (const LkScene *scene, cairo_t *cr, const Sheet *sheet, LkRng *rng)
{
  for (int i = 0; i < sheet->strands; i++)
    {
      double t = lk_rng_range (rng, 0, 1), from = lk_rng_range (rng, 0, 0.35), to = lk_rng_range (rng, 0.6, 1.0);
      LkPoint a = lk_curve_at (sheet->root, sheet->n, t), b = lk_curve_at (sheet->tip, sheet->n, CLAMP (t + uneven (rng) * 0.05, 0, 1));
      LkPoint p = { a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from }, q = { a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to };
      double dx = q.x - p.x, dy = q.y - p.y, bow = sheet->lift + uneven (rng) * 0.08;
      cairo_pattern_t *colour = strand_colour (scene, p, q, lk_rng_range (rng, 0.6, 1.5), lk_rng_range (rng, 0, 0.75));

      cairo_move_to (cr, p.x, p.y);
      cairo_curve_to (cr, p.x + dx * 0.3 + dy * bow, p.y + dy * 0.3 - dx * bow, p.x + dx * 0.7 + dy * bow, p.y + dy * 0.7 - dx * bow, q.x, q.y);
      cairo_set_source (cr, colour);
      cairo_set_line_width (cr, lk_rng_range (rng, 0.006, 0.016));
      cairo_stroke (cr);
      cairo_pattern_destroy (colour);
    }
}

/* The root side casts a soft shade on the skin when shadow is set. */
static void
paint_sheet (const LkScene *scene, cairo_t *cr, const Sheet *sheet, LkRng *rng, double shadow)
{
  cairo_t *soft = lk_soft_begin (cr, -2.2, -2.6, 2.2, 4);

  cairo_save (cr);
  lk_set_colour (soft, scene->hair, 1);
  sheet_path (soft, sheet);
  cairo_fill (soft);
  lk_soft_end (cr, soft, 0.012, 1);
  if (shadow > 0)
    {
      soft = lk_soft_begin (cr, -1.4, -1.8, 1.4, 1.2);
      lk_curve_through (soft, sheet->root, sheet->n);
      cairo_set_line_width (soft, 0.06);
      lk_set_colour (soft, lk_colour_mix (scene->hair, scene->shade, 0.4), shadow);
      cairo_stroke (soft);
      lk_soft_end (cr, soft, 0.03, 1);
    }
  sheet_path (cr, sheet);
  cairo_clip (cr);
  comb (scene, cr, sheet, rng);
  cairo_restore (cr);
}

/* The outer contour from the left ear over the top to the right ear. */
static void
cap_contour (const LkScene *scene, LkPoint *p, double ear_y, double puff)
{
  double top = scene->top, w = LK_HEAD_SIDE + puff;

  p[0] = (LkPoint) { -1.02, ear_y };
  p[1] = (LkPoint) { -w * 1.01, -0.42 };
  p[2] = (LkPoint) { -w * 0.965, -0.90 };
  p[3] = (LkPoint) { -w * 0.78, top * 0.775 };
  p[4] = (LkPoint) { -w * 0.44, top * 0.942 };
  p[5] = (LkPoint) { 0, top };
  for (int i = 6; i < MAX_POINTS; i++)
    p[i] = (LkPoint) { -p[10 - i].x, p[10 - i].y };
}

/* The hairline from the left sideburn over the forehead to the right one. */
static void
hairline (const LkScene *scene, LkPoint *p, double ear_y, double recede)
{
  LkRng rng = lk_rng (scene->face->seed, 71);
  double y = -scene->face->forehead - recede, peak = lk_rng_range (&rng, -0.02, 0.07), corner = lk_rng_range (&rng, 0.02, 0.10);

  p[0] = (LkPoint) { -0.985, ear_y };
  p[1] = (LkPoint) { -0.925, -0.22 };
  p[2] = (LkPoint) { -0.86, -0.50 };
  p[3] = (LkPoint) { -0.70, y + 0.14 - corner - recede * 0.3 };
  p[4] = (LkPoint) { -0.40, y - 0.01 - recede * 0.3 };
  p[5] = (LkPoint) { 0, y + peak };
  for (int i = 6; i < MAX_POINTS; i++)
    p[i] = (LkPoint) { -p[10 - i].x, p[10 - i].y };
}

/* Everything combed from the hairline back over the head. */
static void
paint_cap (const LkScene *scene, cairo_t *cr, LkRng *rng, double ear_y, double puff, double recede)
{
  Sheet sheet = { .n = MAX_POINTS, .lift = 0.06, .strands = 1500 };

  hairline (scene, sheet.root, ear_y, recede);
  cap_contour (scene, sheet.tip, ear_y - 0.02, puff);
  paint_sheet (scene, cr, &sheet, rng, 0.45);
}

/* Shaved sides: short dark down over the temples. */
static void
paint_sides (const LkScene *scene, cairo_t *cr, LkRng *rng, double alpha, double low)
{
  for (int side = -1; side <= 1; side += 2)
    {
      const LkPoint patch[] = { { side * 1.02, low }, { side * 1.06, -0.35 }, { side * 1.03, -0.85 }, { side * 0.88, -1.05 }, { side * 0.87, -0.55 }, { side * 0.95, -0.20 }, { side * 0.98, low } };
      cairo_t *soft = lk_soft_begin (cr, -1.3, -1.5, 1.3, 0.6);

      lk_closed_curve_through (soft, patch, G_N_ELEMENTS (patch));
      lk_set_colour (soft, scene->hair, alpha);
      cairo_fill (soft);
      for (int i = 0; i < 160; i++)
        {
          double y = lk_rng_range (rng, -0.95, low), x = lk_rng_range (rng, 0.965, 1.03) * side;

          cairo_move_to (soft, x, y);
          cairo_rel_line_to (soft, side * 0.01, 0.05);
          cairo_set_line_width (soft, 0.008);
          lk_set_colour (soft, lk_colour_scale (scene->hair, 0.7), 0.5 * alpha);
          cairo_stroke (soft);
        }
      lk_soft_end (cr, soft, 0.008, 1);
    }
}

/* From the parting down to both sides over the forehead's corners. */
static void
paint_parted (const LkScene *scene, cairo_t *cr, LkRng *rng, double part, double low, double puff)
{
  double y = -scene->face->forehead, top = scene->top;

  for (int side = -1; side <= 1; side += 2)
    {
      double reach = fabs (side - part);
      Sheet sheet = { .n = 5, .lift = side * -0.22, .strands = 800 };
      const LkPoint root[5] = { { part * 0.8, top * 0.965 }, { part * 0.9, top * 0.91 }, { part, top * 0.80 }, { part, y - 0.20 }, { part, y - 0.04 } };
      LkPoint over[MAX_POINTS], tip[5];

      cap_contour (scene, over, low, puff);
      tip[0] = (LkPoint) { side * over[7].x * 0.92, over[7].y * 0.97 };
      tip[1] = (LkPoint) { side * over[8].x * 0.99, over[8].y * 0.93 };
      tip[2] = (LkPoint) { side * over[9].x, -0.30 };
      tip[3] = (LkPoint) { side * 1.02, low };
      tip[4] = (LkPoint) { side * (0.90 - 0.04 * reach), MIN (low, -0.28) - 0.06 * reach };
      for (int i = 0; i < 5; i++)
        {
          sheet.root[i] = root[i];
          sheet.tip[i] = tip[i];
        }
      paint_sheet (scene, cr, &sheet, rng, 0);
    }
}

/* Strands that hang from the first points of two curves to their last. */
static void
paint_falling (const LkScene *scene, cairo_t *cr, const LkPoint *a, const LkPoint *b, LkRng *rng, int n)
{
  for (int i = 0; i < n; i++)
    {
      double u = lk_rng_range (rng, 0.02, 0.98);
      LkPoint p[5];

      for (int k = 0; k < 5; k++)
        p[k] = (LkPoint) { a[k].x + (b[k].x - a[k].x) * u, a[k].y + (b[k].y - a[k].y) * u };
      cairo_new_path (cr);
      lk_curve_through (cr, p, 5);
      lk_set_colour (cr, lk_colour_mix (lk_colour_scale (scene->hair, lk_rng_range (rng, 0.5, 1.2)), scene->hair_light, lk_rng_range (rng, 0, 0.35)), 0.35);
      cairo_set_line_width (cr, 0.012);
      cairo_stroke (cr);
    }
}

static void
paint_fringe (const LkScene *scene, cairo_t *cr, LkRng *rng, double cover)
{
  double brow = -scene->face->brow_y, low = brow - 0.17 + 0.33 * cover, top = scene->top;
  Sheet sheet = { .n = 7, .lift = 0.08, .strands = 1100 };

  for (int i = 0; i < 7; i++)
    {
      double u = i / 3.0 - 1;

      sheet.root[i] = (LkPoint) { u * 0.62, top * (0.93 - 0.12 * u * u) };
      sheet.tip[i] = (LkPoint) { u * 0.93 + 0.03, low + uneven (rng) * 0.06 + 0.10 * u * u };
    }
  paint_sheet (scene, cr, &sheet, rng, 0);
}

/* A few tufts that break the smooth contour, never above the top. */
static void
paint_tufts (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  LkPoint over[MAX_POINTS];

  cap_contour (scene, over, -0.3, 0.03);
  for (int i = 0; i < 46; i++)
    {
      double t = lk_rng_range (rng, 0.22, 0.78);
      LkPoint p = lk_curve_at (over, MAX_POINTS, t);
      double lean = uneven (rng) * 0.2, length = lk_rng_range (rng, 0.10, 0.22);

      cairo_move_to (cr, p.x - 0.06, p.y + 0.16);
      cairo_line_to (cr, p.x + lean * 0.6, MAX (scene->top + 0.006, p.y - length * 0.35));
      cairo_line_to (cr, p.x + 0.06, p.y + 0.16);
      cairo_close_path (cr);
      lk_set_colour (cr, lk_colour_scale (scene->hair, lk_rng_range (rng, 0.8, 1.5)), 1);
      cairo_fill (cr);
    }
}

static gboolean
is_ear_covered (const LkScene *scene, int side)
{
  return scene->params->ears_covered > 0 && scene->params->ears_side * side >= 0;
}

/* Shorter hair that hangs over the ears. */
static void
paint_over_ears (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  double low = 0.15 + 0.42 * scene->params->ears_covered;

  for (int side = -1; side <= 1; side += 2)
    {
      Sheet sheet = { .n = 5, .lift = 0, .strands = 0 };
      const LkPoint inner[5] = { { side * 0.80, -0.90 }, { side * 0.91, -0.40 }, { side * 0.94, 0 }, { side * 0.96, low * 0.6 }, { side * 1.0, low } };
      const LkPoint outer[5] = { { side * 0.96, -1.0 }, { side * 1.12, -0.50 }, { side * 1.18, -0.05 }, { side * 1.18, low * 0.6 }, { side * 1.10, low + 0.02 } };

      if (!is_ear_covered (scene, side))
        continue;
      for (int i = 0; i < 5; i++)
        {
          sheet.root[i] = inner[i];
          sheet.tip[i] = outer[i];
        }
      paint_sheet (scene, cr, &sheet, rng, 0.2);
      paint_falling (scene, cr, inner, outer, rng, 200);
    }
}

/* A lock combed across the forehead that hangs over one brow and eye. */
static void
paint_lock (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  double lock = scene->params->hair_lock, side = lock < 0 ? -1 : 1, low = 0.62 * (fabs (lock) - 0.5);
  Sheet sheet = { .n = 5, .lift = side * -0.12, .strands = 500 };
  const double top = scene->top;
  const LkPoint root[5] = { { side * -0.25, top * 0.80 }, { side * 0.0, top * 0.82 }, { side * 0.3, top * 0.80 }, { side * 0.6, top * 0.70 }, { side * 0.85, top * 0.52 } };
  const LkPoint tip[5] = { { side * 0.05, -0.42 }, { side * 0.16, -0.22 + low * 0.6 }, { side * 0.42, -0.12 + low }, { side * 0.72, -0.06 + low }, { side * 0.98, -0.02 + low } };

  for (int i = 0; i < 5; i++)
    {
      sheet.root[i] = root[i];
      sheet.tip[i] = tip[i];
    }
  paint_sheet (scene, cr, &sheet, rng, 0);
}

/* A knot at the nape that is seen beside the neck, or one above it. */
static void
paint_knot (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->params->style_seed, 74);
  double x = lk_rng_range (&rng, -0.85, 0.85), y = lk_rng_range (&rng, 0.75, 1.05), r = lk_rng_range (&rng, 0.28, 0.42);

  for (int i = 0; i < 260; i++)
    {
      double a = lk_rng_range (&rng, 0, 2 * G_PI), far = i < 20 ? 0.5 : lk_rng_range (&rng, 0.3, 0.95);

      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, r * far, a, a + lk_rng_range (&rng, 0.8, 2.2));
      lk_set_colour (cr, lk_colour_mix (lk_colour_scale (scene->hair, lk_rng_range (&rng, 0.6, 1.3)), scene->hair_light, lk_rng_range (&rng, 0, 0.4)), 0.8);
      cairo_set_line_width (cr, i < 20 ? r : 0.015);
      cairo_stroke (cr);
    }
}

/* Locks beside the face, from the temples down; they end in a point where
 * they meet the hair behind (blunt for a bob). */
static void
paint_long_sides (const LkScene *scene, cairo_t *cr, LkRng *rng, double length, double blunt, double over_face)
{
  for (int side = -1; side <= 1; side += 2)
    {
      double in = 0.955 - 0.20 * over_face;
      Sheet sheet = { .n = 5, .lift = 0, .strands = 0 };
      const LkPoint inner[5] = { { side * 0.74, -0.92 }, { side * (in - 0.01), -0.42 }, { side * (in + 0.03), 0.10 }, { side * (in + 0.03), length * 0.55 }, { side * (1.04 - 0.12 * blunt), length } };
      const LkPoint outer[5] = { { side * 0.95, -1.0 }, { side * 1.09, -0.45 }, { side * 1.13, 0.10 }, { side * 1.16, length * 0.55 }, { side * (1.06 + 0.08 * blunt), length } };

      if (!is_ear_covered (scene, side))
        continue;
      for (int i = 0; i < 5; i++)
        {
          sheet.root[i] = inner[i];
          sheet.tip[i] = outer[i];
        }
      paint_sheet (scene, cr, &sheet, rng, 0.3);
      paint_falling (scene, cr, inner, outer, rng, 260);
    }
}

/* The curtain of long hair behind neck and shoulders. */
static void
paint_curtain (const LkScene *scene, cairo_t *cr, double low, double wide)
{
  LkRng rng = lk_rng (scene->params->style_seed, 73);
  const LkPoint left[5] = { { -0.85, -0.9 }, { -wide, -0.2 }, { -wide * 1.04, low * 0.40 }, { -wide * 1.06, low * 0.75 }, { -wide * 0.98, low } };
  LkPoint right[5];
  Sheet sheet = { .n = 5, .strands = 0 };

  for (int i = 0; i < 5; i++)
    {
      right[i] = (LkPoint) { -left[i].x, left[i].y };
      sheet.root[i] = left[i];
      sheet.tip[i] = right[i];
    }
  paint_sheet (scene, cr, &sheet, &rng, 0);
  paint_falling (scene, cr, left, right, &rng, 900);
}

void
lk_paint_back_hair (const LkScene *scene, cairo_t *cr)
{
  if (scene->params->hair == LK_HAIR_LOOSE)
    paint_curtain (scene, cr, 2.7, 1.13);
  else if (scene->params->hair == LK_HAIR_BOB)
    paint_curtain (scene, cr, 1.42, 1.10);
  else if (scene->params->hair == LK_HAIR_BUN)
    paint_knot (scene, cr);
}

/* Shorn: the scalp shows through all over. */
static void
paint_cropped (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  Sheet sheet = { .n = MAX_POINTS };
  cairo_t *soft = lk_soft_begin (cr, -1.4, -2.4, 1.4, 1);

  hairline (scene, sheet.root, 0.12, 0);
  cap_contour (scene, sheet.tip, 0.08, -0.01);
  lk_set_colour (soft, lk_colour_mix (scene->hair, scene->shade, 0.35), 0.85);
  sheet_path (soft, &sheet);
  cairo_fill (soft);
  lk_soft_end (cr, soft, 0.014, 1);
  cairo_save (cr);
  sheet_path (cr, &sheet);
  cairo_clip (cr);
  for (int i = 0; i < 5000; i++)
    {
      double x = lk_rng_range (rng, -1.1, 1.1), y = lk_rng_range (rng, scene->top, 0.12);

      cairo_move_to (cr, x, y);
      cairo_rel_line_to (cr, x * 0.012, -0.016);
      lk_set_colour (cr, lk_colour_scale (scene->hair, lk_rng_range (rng, 0.4, 1.6)), 0.6);
      cairo_set_line_width (cr, 0.008);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

static void
paint_men (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  const LkPortraitParams *params = scene->params;
  double part = params->parting, low = 0.02;

  if (params->hair == LK_HAIR_RECEDING)
    {
      paint_cap (scene, cr, rng, 0.10, -0.01, 0.26);
      return;
    }
  if (params->hair == LK_HAIR_BALD)
    {
      paint_sides (scene, cr, rng, 0.75, 0.14);
      return;
    }
  if (params->hair == LK_HAIR_CROPPED)
    {
      paint_cropped (scene, cr, rng);
      return;
    }
  paint_sides (scene, cr, rng, 0.85, 0.20);
  paint_cap (scene, cr, rng, low, 0.01 + 0.05 * params->hair_volume, 0);
  if (params->hair == LK_HAIR_SIDE_PART)
    paint_parted (scene, cr, rng, part, -0.42, 0.01 + 0.05 * params->hair_volume);
  if (params->hair == LK_HAIR_SPIKY)
    paint_tufts (scene, cr, rng);
  if (params->hair == LK_HAIR_FRINGE)
    paint_fringe (scene, cr, rng, params->brows_covered);
}

static void
paint_women (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  const LkPortraitParams *params = scene->params;
  double puff = 0.02 + 0.06 * params->hair_volume;

  paint_cap (scene, cr, rng, 0.05, puff, 0);
  if (params->hair == LK_HAIR_TIED || params->hair == LK_HAIR_BUN)
    {
      if (fabs (params->parting) > 0.1)
        paint_parted (scene, cr, rng, params->parting, -0.15, puff);
      return;
    }
  /* tucked behind the ears unless it covers them */
  paint_parted (scene, cr, rng, params->parting * 0.7, params->ears_covered > 0 ? 0.0 : -0.15, puff);
  paint_long_sides (scene, cr, rng, params->hair == LK_HAIR_LOOSE ? 1.75 : 1.40, params->hair == LK_HAIR_BOB ? 1 : 0, params->ears_covered);
}

/* Somebody who turned round: hair down to the nape and no face. */
static void
paint_back_of_head (const LkScene *scene, cairo_t *cr, LkRng *rng)
{
  Sheet sheet = { .n = MAX_POINTS, .lift = 0.03, .strands = 2600 };
  const LkPoint nape[] = { { -0.86, 0.75 }, { -0.84, 0.86 }, { -0.72, 1.02 }, { -0.5, 1.12 }, { -0.25, 1.18 }, { 0, 1.2 } };

  for (int i = 0; i < MAX_POINTS; i++)
    sheet.root[i] = i < 6 ? nape[i] : (LkPoint) { -nape[10 - i].x, nape[10 - i].y };
  cap_contour (scene, sheet.tip, 0.6, 0.05);
  paint_sheet (scene, cr, &sheet, rng, 0);
}

void
lk_paint_hair (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->params->style_seed, 72);

  if (scene->params->no_face)
    {
      paint_back_of_head (scene, cr, &rng);
      return;
    }
  switch (scene->params->hair)
    {
    case LK_HAIR_TIED:
    case LK_HAIR_BUN:
    case LK_HAIR_BOB:
    case LK_HAIR_LOOSE:
      paint_women (scene, cr, &rng);
      if (scene->params->fringe > 0)
        paint_fringe (scene, cr, &rng, scene->params->brows_covered);
      break;
    default:
      paint_men (scene, cr, &rng);
      break;
    }
  if (scene->params->hair != LK_HAIR_LOOSE && scene->params->hair != LK_HAIR_BOB)
    paint_over_ears (scene, cr, &rng);
  if (scene->params->hair_lock != 0)
    paint_lock (scene, cr, &rng);
}
