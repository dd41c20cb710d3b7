/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/camera.h"

#include <math.h>
#include <string.h>

#include "tools/portrait/brush.h"
#include "tools/portrait/rng.h"

/* RGB (100, 197, 255), rules.md §2.3 */
static const LkColour reference_blue = { 100 / 255.0, 197 / 255.0, 1 };
static const LkColour studio_grey = { 0.80, 0.80, 0.79 };

static void
paint_gradient (cairo_t *cr, double wide, double high)
{
  cairo_pattern_t *p = cairo_pattern_create_radial (wide * 0.45, high * 0.35, wide * 0.1, wide * 0.5, high * 0.5, high * 0.8);

  cairo_pattern_add_color_stop_rgb (p, 0, 0.72, 0.80, 0.90);
  cairo_pattern_add_color_stop_rgb (p, 1, 0.22, 0.34, 0.52);
  cairo_set_source (cr, p);
  cairo_paint (cr);
  cairo_pattern_destroy (p);
}

/* A room: shelf, books, window; out of focus. */
static void
paint_busy (const LkPortraitParams *params, cairo_t *cr, double wide, double high)
{
  LkRng rng = lk_rng (params->style_seed, 81);
  cairo_t *soft = lk_soft_begin (cr, 0, 0, wide, high);

  cairo_set_source_rgb (soft, 0.76, 0.70, 0.60);
  cairo_paint (soft);
  for (double x = 0; x < wide;)
    {
      double w = lk_rng_range (&rng, 14, 40), h = lk_rng_range (&rng, 60, 110);

      for (double y = 120; y < high; y += 150)
        {
          cairo_set_source_rgb (soft, lk_rng_range (&rng, 0.1, 0.9), lk_rng_range (&rng, 0.1, 0.8), lk_rng_range (&rng, 0.1, 0.8));
          cairo_rectangle (soft, x, y - h, w, h);
          cairo_fill (soft);
        }
      x += w + lk_rng_range (&rng, 0, 8);
    }
  cairo_set_source_rgb (soft, 0.35, 0.25, 0.17);
  for (double y = 120; y < high; y += 150)
    {
      cairo_rectangle (soft, 0, y, wide, 12);
      cairo_fill (soft);
    }
  lk_soft_end (cr, soft, 2.5, 1);
}

void
lk_paint_background (const LkPortraitParams *params, cairo_t *cr, double units_high)
{
  double wide = params->frame_units;

  lk_set_colour (cr, reference_blue, 1);
  cairo_paint (cr);
  switch (params->background)
    {
    case LK_BACKGROUND_WHITE:
      cairo_set_source_rgb (cr, 0.985, 0.985, 0.985);
      cairo_paint (cr);
      break;
    case LK_BACKGROUND_GREY:
      lk_set_colour (cr, studio_grey, 1);
      cairo_paint (cr);
      break;
    case LK_BACKGROUND_GRADIENT:
      paint_gradient (cr, wide, units_high);
      break;
    case LK_BACKGROUND_BUSY:
      paint_busy (params, cr, wide, units_high);
      break;
    case LK_BACKGROUND_PARTLY:
      lk_set_colour (cr, studio_grey, 1);
      cairo_rectangle (cr, params->centre_x, -10, wide, units_high + 20);
      cairo_fill (cr);
      break;
    default:
      break;
    }
}

gboolean
lk_background_is_replaced (const LkPortraitParams *params)
{
  return params->background == LK_BACKGROUND_BLUE || params->background == LK_BACKGROUND_ALL_BLUE
         || params->background == LK_BACKGROUND_PARTLY;
}

static guint8
limited (double value, guint8 most)
{
  return (guint8) CLAMP (value + 0.5, 0, most);
}

/* The bright side keeps its light, the other one loses it; the border runs
 * down the nose and is soft. */
void
lk_light_from_side (const LkPortraitParams *params, cairo_surface_t *surface, double u_per_px)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  double left = MIN (1, params->side_light), right = MIN (1, 1 / params->side_light);
  guint8 *data;

  if (fabs (params->side_light - 1) < 1e-6)
    return;
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int x = 0; x < w; x++)
    {
      double at = ((x + 0.5) * u_per_px - params->centre_x) / (params->face_width * 0.16);
      double k = left + (right - left) / (1 + exp (-2 * at));

      for (int y = 0; y < h; y++)
        for (int c = 0; c < 3; c++)
          {
            guint8 *p = data + (gsize) y * stride + 4 * x + c;

            *p = (guint8) (*p * k + 0.5);
          }
    }
  cairo_surface_mark_dirty (surface);
}

void
lk_expose (const LkPortraitParams *params, cairo_surface_t *surface, guint64 stream)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const double gain[3] = { params->exposure * params->cast_b, params->exposure * params->cast_g, params->exposure * params->cast_r };
  LkRng rng = lk_rng (params->style_seed, stream);
  guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      {
        guint8 *p = data + (gsize) y * stride + 4 * x;
        double grain = lk_rng_bell (&rng) * 1.2 * params->noise * p[3] / 255;

        for (int c = 0; c < 3; c++)
          p[c] = limited (p[c] * gain[c] + grain + (lk_rng_next (&rng) & 255) / 512.0 * params->noise * p[3] / 255 - 0.25 * params->noise * p[3] / 255, p[3]);
      }
  cairo_surface_mark_dirty (surface);
}

/* Depth of a head towards the camera over the plane of the ears. */
static double
depth (double x, double y)
{
  double round = 1 - x * x / 1.1 - (y + 0.15) * (y + 0.15) / 3.4;
  double u = x / 0.16, v = (y - 0.45) / 0.30;

  return (round > 0 ? sqrt (round) : 0) + 0.22 * exp (-0.5 * (u * u + v * v));
}

enum { NECK_PIVOT_PERCENT = 40 };

void
lk_turn_point (const LkPortraitParams *params, double *x, double *y)
{
  double yaw = params->yaw * G_PI / 180, pitch = params->pitch * G_PI / 180, z = depth (*x, *y), pivot = NECK_PIVOT_PERCENT / 100.0;

  *x = *x * cos (yaw) + z * sin (yaw);
  *y = pivot + (*y - pivot) * cos (pitch) + z * sin (pitch);
}

/* The point that lk_turn_point () takes to x, y: a few steps of fixed point. */
static void
unturn_point (const LkPortraitParams *params, double *x, double *y)
{
  double u = *x, v = *y;

  for (int i = 0; i < 12; i++)
    {
      double tx = u, ty = v;

      lk_turn_point (params, &tx, &ty);
      u += 0.7 * (*x - tx);
      v += 0.7 * (*y - ty);
    }
  *x = u;
  *y = v;
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

      to[c] = limited ((p[0] * (1 - fx) + p[4] * fx) * (1 - fy) + (p[stride] * (1 - fx) + p[stride + 4] * fx) * fy, 255);
    }
}

void
lk_turn_head (const LkPortraitParams *params, cairo_surface_t *surface, const cairo_matrix_t *matrix)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  cairo_matrix_t inverse = *matrix;
  g_autofree guint8 *before = NULL;
  guint8 *data;

  if (params->yaw == 0 && params->pitch == 0)
    return;
  cairo_matrix_invert (&inverse);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  before = g_memdup2 (data, (gsize) h * stride);
  for (int j = 0; j < h; j++)
    for (int i = 0; i < w; i++)
      {
        double x = i, y = j;

        cairo_matrix_transform_point (&inverse, &x, &y);
        unturn_point (params, &x, &y);
        cairo_matrix_transform_point (matrix, &x, &y);
        sample (before, w, h, stride, x, y, data + (gsize) j * stride + 4 * i);
      }
  cairo_surface_mark_dirty (surface);
}
