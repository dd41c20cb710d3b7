/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/portrait/scene.h"

/* One eye is drawn in its own space: origin at the pupil of an eye looking
 * straight ahead, +x towards the outer corner. */
typedef struct
{
  double w, up, down;       /* half width, lid heights above and below the pupil */
  double inner_y, outer_y;  /* corners */
  double open;
} Eye;

enum { LID_POINTS = 5 };

/* How far the pupil goes for a gaze of 1. */
static const double GAZE_X = 0.09, GAZE_Y = 0.065;

static Eye
measure_eye (const LkScene *scene, double open)
{
  const LkFace *f = scene->face;
  double shut = 1 - CLAMP (open, 0, 1.3);
  /* the line of shut lids is level and longer than the slit of an open eye */
  double half = f->eye_width / 2 * (1 + 0.12 * MAX (0, shut));
  double tilt = tan (f->eye_tilt * G_PI / 180) * half * (1 - 0.8 * MAX (0, shut));
  Eye eye = { half, 0, 0, 0.012 + tilt * 0.6, 0.012 - tilt, open };

  /* The lower lid hardly moves; the upper one comes down to it. */
  eye.down = f->eye_height * (0.55 + 0.15 * MAX (0, shut));
  eye.up = f->eye_height * 0.48 * (1 - shut) - eye.down * 0.95 * MAX (0, shut);
  return eye;
}

/* 0 for a shut eye, whose lid is one smooth curve of skin, 1 from half open on. */
static double
smooth_open (const Eye *eye)
{
  return CLAMP (eye->open / 0.5, 0.02, 1);
}

static void
lid_points (const Eye *eye, gboolean upper, LkPoint *p)
{
  double h = upper ? -eye->up : eye->down;
  double bend = upper ? 0.90 : 0.80;

  p[0] = (LkPoint) { -eye->w, eye->inner_y };
  p[1] = (LkPoint) { -eye->w * 0.52, eye->inner_y * 0.35 + h * (upper ? 0.80 : 0.62) };
  p[2] = (LkPoint) { eye->w * (upper ? -0.02 : 0.10), h };
  p[3] = (LkPoint) { eye->w * 0.56, eye->outer_y * 0.4 + h * bend * (upper ? 0.88 : 0.95) };
  p[4] = (LkPoint) { eye->w, eye->outer_y };
}

static void
eye_path (cairo_t *cr, const Eye *eye)
{
  LkPoint upper[LID_POINTS], lower[LID_POINTS], back[LID_POINTS];

  lid_points (eye, TRUE, upper);
  lid_points (eye, FALSE, lower);
  for (int i = 0; i < LID_POINTS; i++)
    back[i] = lower[LID_POINTS - 1 - i];
  cairo_new_path (cr);
  lk_curve_through (cr, upper, LID_POINTS);
  lk_curve_through (cr, back, LID_POINTS);
  cairo_close_path (cr);
}

static void
paint_iris (const LkScene *scene, cairo_t *cr, double x, double y)
{
  static const LkColour dark = { 0.13, 0.075, 0.05 }, brown = { 0.36, 0.22, 0.13 };
  double r = scene->face->iris_size;
  LkColour c = lk_colour_mix (dark, brown, scene->face->iris_tone);
  cairo_pattern_t *p = cairo_pattern_create_radial (x, y + r * 0.25, r * 0.2, x, y, r);

  cairo_pattern_add_color_stop_rgb (p, 0, c.r * 1.35, c.g * 1.35, c.b * 1.35);
  cairo_pattern_add_color_stop_rgb (p, 0.72, c.r, c.g, c.b);
  cairo_pattern_add_color_stop_rgb (p, 0.93, c.r * 0.35, c.g * 0.35, c.b * 0.35);
  cairo_pattern_add_color_stop_rgba (p, 1, c.r * 0.35, c.g * 0.35, c.b * 0.35, 0.25);
  cairo_set_source (cr, p);
  cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_pattern_destroy (p);
  cairo_set_source_rgb (cr, 0.02, 0.015, 0.015);
  cairo_arc (cr, x, y, r * 0.42, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
paint_eyeball (const LkScene *scene, cairo_t *cr, const Eye *eye, double gaze_x)
{
  LkPoint upper[LID_POINTS];
  cairo_t *soft;
  double x = gaze_x, y = scene->params->gaze_y * GAZE_Y;

  cairo_save (cr);
  eye_path (cr, eye);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 0.86, 0.83, 0.81);
  cairo_paint (cr);
  cairo_set_source_rgba (cr, 0.80, 0.55, 0.50, 0.9);
  cairo_arc (cr, -eye->w * 0.97, eye->inner_y + 0.004, 0.022, 0, 2 * G_PI);
  cairo_fill (cr);
  paint_iris (scene, cr, x, y);
  soft = lk_soft_begin (cr, -eye->w - 0.05, -0.2, eye->w + 0.05, 0.15);
  lid_points (eye, TRUE, upper);
  lk_curve_through (soft, upper, LID_POINTS);
  cairo_set_line_width (soft, 0.050);
  cairo_set_source_rgba (soft, 0.16, 0.10, 0.09, 0.75);
  cairo_stroke (soft);
  lk_soft_end (cr, soft, 0.014, 1);
  cairo_restore (cr);
}

/* The window of the soft box in the cornea; always above the pupil, on the
 * same side in both eyes. */
static void
paint_catchlight (const LkScene *scene, cairo_t *cr, const Eye *eye, double gaze_x, int side)
{
  double r = scene->face->iris_size;

  cairo_save (cr);
  eye_path (cr, eye);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.9);
  cairo_arc (cr, gaze_x - side * r * 0.28, scene->params->gaze_y * GAZE_Y - r * 0.34, r * 0.17, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_lashes (const LkScene *scene, cairo_t *cr, const Eye *eye)
{
  LkPoint upper[LID_POINTS], lower[LID_POINTS];
  LkRng rng = lk_rng (scene->face->seed, 41);
  double f = scene->face->female;

  lid_points (eye, TRUE, upper);
  lid_points (eye, FALSE, lower);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 40; i++)
    {
      double t = i / 39.0, thick = (0.012 + 0.008 * f) * (1.5 - 0.5 * smooth_open (eye)) * (0.35 + 0.65 * sin (G_PI * (0.15 + 0.75 * t)));
      LkPoint a = lk_curve_at (upper, LID_POINTS, t), b = lk_curve_at (upper, LID_POINTS, t + 0.03);

      cairo_move_to (cr, a.x, a.y - thick * 0.25);
      cairo_line_to (cr, b.x, b.y - thick * 0.25);
      cairo_set_line_width (cr, thick);
      cairo_set_source_rgba (cr, 0.07, 0.045, 0.04, 0.92);
      cairo_stroke (cr);
    }
  for (int i = 0; i < 26; i++)
    {
      double t = lk_rng_range (&rng, 0.12, 1), length = (0.022 + 0.022 * f) * (0.5 + t) * lk_rng_range (&rng, 0.6, 1);
      LkPoint a = lk_curve_at (upper, LID_POINTS, t);
      double lift = eye->open > 0.25 ? -0.8 : 0.45;

      cairo_move_to (cr, a.x, a.y);
      cairo_line_to (cr, a.x + length * (t - 0.45), a.y + length * lift);
      cairo_set_line_width (cr, 0.0045);
      cairo_set_source_rgba (cr, 0.05, 0.03, 0.03, 0.55);
      cairo_stroke (cr);
    }
  lk_curve_through (cr, lower, LID_POINTS);
  cairo_set_line_width (cr, 0.007);
  cairo_set_source_rgba (cr, 0.30, 0.17, 0.14, 0.55);
  cairo_stroke (cr);
}

/* The fold of the upper lid: none (0) to high double fold (1); it is drawn out
 * when the eye shuts. */
static void
paint_fold (const LkScene *scene, cairo_t *cr, const Eye *eye)
{
  const LkFace *f = scene->face;
  double gap = 0.012 + 0.040 * f->lid_fold + 0.05 * MAX (0, 1 - eye->open) * 0.6;
  double alpha = (f->lid_fold < 0.2 ? 0.15 : 0.30 + 0.35 * f->lid_fold) * smooth_open (eye);
  Eye open = measure_eye (scene, MAX (eye->open, 0.8));
  LkPoint upper[LID_POINTS];
  cairo_t *soft = lk_soft_begin (cr, -eye->w - 0.1, -0.3, eye->w + 0.1, 0.2);

  lid_points (&open, TRUE, upper);
  for (int i = 0; i < LID_POINTS; i++)
    upper[i].y -= gap * (i == 0 ? 0.35 : i == LID_POINTS - 1 ? 0.6 : 1);
  upper[LID_POINTS - 1].x += 0.02;
  lk_curve_through (soft, upper, LID_POINTS);
  cairo_set_line_width (soft, 0.012 + 0.006 * f->eye_depth);
  lk_set_colour (soft, lk_colour_scale (scene->shade, 0.75), alpha);
  cairo_stroke (soft);
  lk_soft_end (cr, soft, 0.006, 1);
}

/* Bag and tear trough below, shadow of the lashes around. */
static void
paint_surround (const LkScene *scene, cairo_t *cr, const Eye *eye)
{
  const LkFace *f = scene->face;
  LkPoint lower[LID_POINTS];
  cairo_t *soft = lk_soft_begin (cr, -eye->w - 0.2, -0.3, eye->w + 0.2, 0.4);

  lid_points (eye, FALSE, lower);
  for (int i = 0; i < LID_POINTS; i++)
    lower[i].y += 0.050 + 0.03 * f->eye_bag - 0.03 * (i == LID_POINTS - 1);
  lk_curve_through (soft, lower, LID_POINTS);
  cairo_set_line_width (soft, 0.020);
  lk_set_colour (soft, scene->shade, (0.06 + 0.26 * MIN (1, f->eye_bag)) * smooth_open (eye));
  cairo_stroke (soft);
  eye_path (soft, eye);
  cairo_set_line_width (soft, 0.035);
  lk_set_colour (soft, lk_colour_scale (scene->shade, 0.7), (0.35 + 0.15 * f->female) * smooth_open (eye));
  cairo_stroke (soft);
  lk_soft_end (cr, soft, 0.016, 1);
}

void
lk_paint_eyes (const LkScene *scene, cairo_t *cr)
{
  LkRng rng = lk_rng (scene->face->seed, 42);
  double uneven = lk_rng_bell (&rng) * 0.03;

  for (int side = -1; side <= 1; side += 2)
    {
      double gaze = scene->params->gaze_x * GAZE_X * side, down = scene->params->gaze_y;
      /* the upper lid goes with the eye */
      double open = scene->params->eyes_open * (down > 0 ? 1 - 0.4 * down : 1 - 0.15 * down);
      Eye eye = measure_eye (scene, open > 0.3 ? open + side * uneven : open);

      cairo_save (cr);
      cairo_translate (cr, side * scene->face->eye_spacing, 0);
      cairo_scale (cr, side, 1);
      paint_surround (scene, cr, &eye);
      paint_fold (scene, cr, &eye);
      if (eye.up > -eye.down * 0.9)
        {
          paint_eyeball (scene, cr, &eye, gaze);
          paint_catchlight (scene, cr, &eye, gaze, side);
        }
      paint_lashes (scene, cr, &eye);
      cairo_restore (cr);
    }
}
