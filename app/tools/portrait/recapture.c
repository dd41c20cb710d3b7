/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/recapture.h"

#include <math.h>
#include <string.h>

#include "tools/portrait/brush.h"
#include "tools/portrait/rng.h"

/* From the seen picture to the shown one, in fractions of the frame from its
 * middle: ((a0 u + a1 v + a2) / w, (b0 u + b1 v + b2) / w), w = c0 u + c1 v + 1. */
typedef struct
{
  double a[3], b[3], c[2];
} View;

static View
choose_view (const LkPortraitParams *params)
{
  LkRng rng = lk_rng (params->style_seed, 95);
  double angle = lk_rng_bell (&rng) * 0.018;
  double zoom = params->is_recut ? 1 : lk_rng_range (&rng, 0.97, 1.09);

  return (View) {
    { zoom * cos (angle), -zoom * sin (angle), lk_rng_bell (&rng) * 0.006 },
    { zoom * sin (angle), zoom * cos (angle), lk_rng_bell (&rng) * 0.006 },
    { lk_rng_bell (&rng) * 0.03, lk_rng_bell (&rng) * 0.03 },
  };
}

static void
look_up (const View *view, int width, int height, double *x, double *y)
{
  double u = *x / width - 0.5, v = *y / height - 0.5, w = view->c[0] * u + view->c[1] * v + 1;

  *x = ((view->a[0] * u + view->a[1] * v + view->a[2]) / w + 0.5) * width;
  *y = ((view->b[0] * u + view->b[1] * v + view->b[2]) / w + 0.5) * height;
}

void
lk_recapture_point (const LkPortraitParams *params, int width, int height, double *x, double *y)
{
  View view = choose_view (params);
  double u = *x / width - 0.5, v = *y / height - 0.5;
  double p = view.a[0] - u * view.c[0], q = view.a[1] - u * view.c[1], r = u - view.a[2];
  double s = view.b[0] - v * view.c[0], t = view.b[1] - v * view.c[1], k = v - view.b[2];
  double det = p * t - q * s;

  if (params->recapture == LK_RECAPTURE_NONE)
    return;
  *x = ((r * t - q * k) / det + 0.5) * width;
  *y = ((p * k - r * s) / det + 0.5) * height;
}

static void
sample (const guint8 *from, int w, int h, int stride, double x, double y, guint8 *to)
{
  int i = (int) floor (x), j = (int) floor (y);
  double fx = x - i, fy = y - j;

  if (i < 0 || j < 0 || i + 1 >= w || j + 1 >= h)
    {
      memset (to, 0, 4);
      return;
    }
  for (int c = 0; c < 4; c++)
    {
      const guint8 *p = from + (gsize) j * stride + 4 * i + c;

      to[c] = (guint8) ((p[0] * (1 - fx) + p[4] * fx) * (1 - fy) + (p[stride] * (1 - fx) + p[stride + 4] * fx) * fy + 0.5);
    }
}

void
lk_recapture_turn (const LkPortraitParams *params, cairo_surface_t *surface)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  View view = choose_view (params);
  g_autofree guint8 *before = NULL;
  guint8 *data;

  if (params->recapture == LK_RECAPTURE_NONE)
    return;
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  before = g_memdup2 (data, (gsize) h * stride);
  for (int j = 0; j < h; j++)
    for (int i = 0; i < w; i++)
      {
        double x = i + 0.5, y = j + 0.5;

        look_up (&view, w, h, &x, &y);
        sample (before, w, h, stride, x - 0.5, y - 0.5, data + (gsize) j * stride + 4 * i);
      }
  cairo_surface_mark_dirty (surface);
}

/* The marks of one screen or print. Steps in px of the picture: how many of
 * its dots fall on one px of the camera has nothing to do with the picture. */
typedef struct
{
  gboolean is_screen;
  double strength, step, angle, phase;
  double beat, beat_step, beat_angle;
  double black, contrast, gain[3];      /* gain: blue, green, red */
} Marks;

static Marks
choose_marks (const LkPortraitParams *params)
{
  LkRng rng = lk_rng (params->style_seed, 96);
  gboolean is_screen = params->recapture == LK_RECAPTURE_SCREEN;
  double warm = lk_rng_range (&rng, 0, 0.06);

  return (Marks) {
    .is_screen = is_screen,
    .strength = is_screen ? lk_rng_range (&rng, 0.05, 0.15) : lk_rng_range (&rng, 0.04, 0.12),
    .step = is_screen ? lk_rng_range (&rng, 2.1, 4.2) : lk_rng_range (&rng, 2.6, 4.6),
    .angle = is_screen ? lk_rng_bell (&rng) * 0.06 : G_PI / 4 + lk_rng_bell (&rng) * 0.06,
    .phase = is_screen ? 2 * G_PI / 3 : 0,
    .beat = is_screen ? lk_rng_range (&rng, 0, 0.06) : 0,
    .beat_step = lk_rng_range (&rng, 12, 60),
    .beat_angle = lk_rng_range (&rng, 0, G_PI),
    .black = lk_rng_range (&rng, 8, 26),
    .contrast = lk_rng_range (&rng, 0.84, 0.95),
    .gain = { is_screen ? 1 + warm : 1 - warm, 1, is_screen ? 1 - warm : 1 + warm },
  };
}

static double
mark_at (const Marks *marks, int x, int y, int channel)
{
  double u = x * cos (marks->angle) + y * sin (marks->angle), v = y * cos (marks->angle) - x * sin (marks->angle);
  double along = x * cos (marks->beat_angle) + y * sin (marks->beat_angle);
  double grid = 0.6 * cos (2 * G_PI * u / marks->step + marks->phase * channel) + 0.4 * cos (2 * G_PI * v / marks->step);

  return 1 + marks->strength * grid + marks->beat * cos (2 * G_PI * along / marks->beat_step + channel);
}

void
lk_recapture_mark (const LkPortraitParams *params, cairo_surface_t *surface)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  Marks marks = choose_marks (params);
  guint8 *data;

  if (params->recapture == LK_RECAPTURE_NONE)
    return;
  lk_blur_surface (surface, 0.55 * w / params->frame_units);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      {
        guint8 *p = data + (gsize) y * stride + 4 * x;

        for (int c = 0; c < 3; c++)
          {
            double shown = p[c] * marks.contrast * marks.gain[c] * mark_at (&marks, x, y, c) + marks.black * p[3] / 255.0;

            p[c] = (guint8) CLAMP (shown + 0.5, 0, p[3]);
          }
      }
  cairo_surface_mark_dirty (surface);
}

/* The outline of the shown picture, drawn out by so much of the frame, on the seen one. */
static void
trace_picture (const LkPortraitParams *params, cairo_t *cr, int w, int h, double out)
{
  const double corners[4][2] = { { -out, -out }, { 1 + out, -out }, { 1 + out, 1 + out }, { -out, 1 + out } };

  for (int i = 0; i < 4; i++)
    {
      double x = corners[i][0] * w, y = corners[i][1] * h;

      lk_recapture_point (params, w, h, &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_close_path (cr);
}

static void
paint_reflection (const LkPortraitParams *params, cairo_t *cr, int w, int h)
{
  LkRng rng = lk_rng (params->style_seed, 97);
  double x = lk_rng_range (&rng, 0, w), y = lk_rng_range (&rng, 0, h), r = w * lk_rng_range (&rng, 0.2, 0.5);
  cairo_pattern_t *p = cairo_pattern_create_radial (x, y, 0, x, y, r);

  cairo_pattern_add_color_stop_rgba (p, 0, 1, 1, 1, lk_rng_range (&rng, 0.05, 0.35));
  cairo_pattern_add_color_stop_rgba (p, 1, 1, 1, 1, 0);
  cairo_set_source (cr, p);
  cairo_paint (cr);
  cairo_pattern_destroy (p);
}

void
lk_recapture_surround (const LkPortraitParams *params, cairo_surface_t *surface)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  LkRng rng = lk_rng (params->style_seed, 98);
  gboolean is_screen = params->recapture == LK_RECAPTURE_SCREEN;
  double grey = lk_rng_range (&rng, 0.15, 0.55), rim = lk_rng_range (&rng, 0.015, 0.04);
  cairo_t *cr;

  if (params->recapture == LK_RECAPTURE_NONE)
    return;
  cr = cairo_create (surface);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OVER);
  trace_picture (params, cr, w, h, rim);
  if (is_screen)
    cairo_set_source_rgb (cr, 0.05, 0.05, 0.055);
  else
    cairo_set_source_rgb (cr, 0.93, 0.92, 0.90);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, grey, grey * 0.9, grey * 0.8);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  paint_reflection (params, cr, w, h);
  cairo_destroy (cr);
}
