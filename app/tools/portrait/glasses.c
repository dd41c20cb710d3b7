/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

typedef struct
{
  double x, y, w, h, corner;
} Lens;

static Lens
measure_lens (const LkScene *scene)
{
  const LkPortraitParams *params = scene->params;
  double k = params->glasses_size;

  return (Lens) { scene->face->eye_spacing + 0.02, 0.075 + params->glasses_drop, 0.330 * k, 0.235 * k * (1 - 0.15 * params->glasses_shape),
                  (0.95 - 0.65 * params->glasses_shape) * 0.23 * k };
}

static void
lens_path (cairo_t *cr, const Lens *lens, int side)
{
  double x = side * lens->x, r = MIN (lens->corner, lens->h * 0.98);

  cairo_new_path (cr);
  cairo_arc (cr, x + lens->w - r, lens->y - lens->h + r, r, -G_PI / 2, 0);
  cairo_arc (cr, x + lens->w - r, lens->y + lens->h - r, r, 0, G_PI / 2);
  cairo_arc (cr, x - lens->w + r, lens->y + lens->h - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x - lens->w + r, lens->y - lens->h + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
paint_glass (const LkScene *scene, cairo_t *cr, const Lens *lens, int side)
{
  const LkPortraitParams *params = scene->params;
  double x = side * lens->x;

  cairo_save (cr);
  lens_path (cr, lens, side);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, 0.12, 0.10, 0.10, 0.85 * params->tint);
  cairo_paint (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.05);
  cairo_paint (cr);
  if (params->glasses_kind != LK_GLASSES_FULL_RIM)
    {
      /* the cut edge of the glass */
      lens_path (cr, lens, side);
      lk_set_colour (cr, scene->shade, 0.45);
      cairo_set_line_width (cr, 0.014);
      cairo_stroke (cr);
    }
  if (params->glare > 0)
    {
      cairo_t *soft = lk_soft_begin (cr, x - 0.5, lens->y - 0.5, x + 0.5, lens->y + 0.5);
      double size = 0.4 + 0.6 * params->glare;

      cairo_move_to (soft, x - lens->w * 0.75 * size, lens->y + lens->h * 0.55 * size);
      cairo_line_to (soft, x - lens->w * 0.05, lens->y - lens->h * 0.95 * size);
      cairo_line_to (soft, x + lens->w * 0.75 * size, lens->y - lens->h * 0.85 * size);
      cairo_line_to (soft, x + lens->w * 0.10, lens->y + lens->h * 0.75 * size);
      cairo_close_path (soft);
      cairo_set_source_rgba (soft, 1, 1, 1, 0.98);
      cairo_fill (soft);
      lk_soft_end (cr, soft, 0.02, 1);
    }
  cairo_restore (cr);
}

/* The rim of one lens as far as this kind has one. */
static void
trace_rim (cairo_t *cr, const Lens *lens, int side, int kind)
{
  if (kind == LK_GLASSES_RIMLESS)
    return;
  cairo_save (cr);
  if (kind == LK_GLASSES_HALF_RIM)
    {
      cairo_rectangle (cr, side * lens->x - 1, lens->y - 1, 2, 1 + lens->h * 0.15);
      cairo_clip (cr);
    }
  lens_path (cr, lens, side);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
trace_frame (cairo_t *cr, const Lens *lens, int kind)
{
  for (int side = -1; side <= 1; side += 2)
    {
      trace_rim (cr, lens, side, kind);
      cairo_move_to (cr, side * (lens->x + lens->w), lens->y - lens->h * 0.45);
      cairo_line_to (cr, side * 1.0, lens->y - lens->h * 0.55);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, -(lens->x - lens->w), lens->y - lens->h * 0.15);
  cairo_curve_to (cr, -0.06, lens->y - lens->h * 0.5, 0.06, lens->y - lens->h * 0.5, lens->x - lens->w, lens->y - lens->h * 0.25);
  cairo_stroke (cr);
}

void
lk_paint_glasses (const LkScene *scene, cairo_t *cr)
{
  Lens lens = measure_lens (scene);
  double tone = scene->params->glasses_tone, thick = tone < 0.4 ? 0.028 : tone < 0.75 ? 0.020 : 0.014;
  LkColour c = tone < 0.4 ? (LkColour) { 0.07, 0.06, 0.06 } : tone < 0.75 ? (LkColour) { 0.25, 0.15, 0.10 } : (LkColour) { 0.45, 0.43, 0.42 };
  cairo_t *soft;

  if (scene->params->glasses < 0.5)
    return;
  soft = lk_soft_begin (cr, -1.2, -0.6, 1.2, 0.8);
  cairo_translate (soft, 0, 0.035);
  lk_set_colour (soft, scene->shade, 0.45);
  cairo_set_line_width (soft, thick * 1.4);
  trace_frame (soft, &lens, scene->params->glasses_kind);
  lk_soft_end (cr, soft, 0.015, 1);
  for (int side = -1; side <= 1; side += 2)
    paint_glass (scene, cr, &lens, side);
  lk_set_colour (cr, c, 0.97);
  cairo_set_line_width (cr, thick);
  trace_frame (cr, &lens, scene->params->glasses_kind);
}
