/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/brush.h"

#include <math.h>
#include <string.h>

LkColour
lk_colour_mix (LkColour a, LkColour b, double t)
{
  return (LkColour) { a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

LkColour
lk_colour_scale (LkColour a, double k)
{
  return (LkColour) { MIN (1, a.r * k), MIN (1, a.g * k), MIN (1, a.b * k) };
}

void
lk_set_colour (cairo_t *cr, LkColour colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
}

/* One Catmull-Rom span as a Bezier. */
static void
span (cairo_t *cr, LkPoint p0, LkPoint p1, LkPoint p2, LkPoint p3)
{
  cairo_curve_to (cr, p1.x + (p2.x - p0.x) / 6, p1.y + (p2.y - p0.y) / 6,
                  p2.x - (p3.x - p1.x) / 6, p2.y - (p3.y - p1.y) / 6, p2.x, p2.y);
}

void
lk_curve_through (cairo_t *cr, const LkPoint *points, int n)
{
  if (cairo_has_current_point (cr))
    cairo_line_to (cr, points[0].x, points[0].y);
  else
    cairo_move_to (cr, points[0].x, points[0].y);
  for (int i = 0; i + 1 < n; i++)
    span (cr, points[MAX (i - 1, 0)], points[i], points[i + 1], points[MIN (i + 2, n - 1)]);
}

void
lk_closed_curve_through (cairo_t *cr, const LkPoint *points, int n)
{
  cairo_move_to (cr, points[0].x, points[0].y);
  for (int i = 0; i < n; i++)
    span (cr, points[(i + n - 1) % n], points[i], points[(i + 1) % n], points[(i + 2) % n]);
  cairo_close_path (cr);
}

LkPoint
lk_curve_at (const LkPoint *points, int n, double t)
{
  double at = CLAMP (t, 0, 1) * (n - 1);
  int i = MIN ((int) at, n - 2);
  double u = at - i;
  LkPoint a = points[MAX (i - 1, 0)], b = points[i], c = points[i + 1], d = points[MIN (i + 2, n - 1)];
  double w0 = -0.5 * u + u * u - 0.5 * u * u * u, w1 = 1 - 2.5 * u * u + 1.5 * u * u * u;
  double w2 = 0.5 * u + 2 * u * u - 1.5 * u * u * u, w3 = -0.5 * u * u + 0.5 * u * u * u;

  return (LkPoint) { w0 * a.x + w1 * b.x + w2 * c.x + w3 * d.x, w0 * a.y + w1 * b.y + w2 * c.y + w3 * d.y };
}

/* Running mean of n four-byte pixels `step` bytes apart. */
static void
box_line (const guint8 *from, guint8 *to, int n, int step, int radius)
{
  int span_px = 2 * radius + 1;
  int sum[4] = { 0 };

  for (int i = -radius; i <= radius; i++)
    for (int c = 0; c < 4; c++)
      sum[c] += i >= 0 && i < n ? from[i * step + c] : 0;
  for (int i = 0; i < n; i++)
    {
      int in = i + radius + 1, out = i - radius;

      for (int c = 0; c < 4; c++)
        {
          to[i * step + c] = (guint8) ((sum[c] + radius) / span_px);
          sum[c] += (in < n ? from[in * step + c] : 0) - (out >= 0 ? from[out * step + c] : 0);
        }
    }
}

/* Three boxes make a gaussian: sigma^2 = 3 (w^2 - 1) / 12. */
void
lk_blur_surface (cairo_surface_t *surface, double sigma)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int radius = (int) lrint ((sqrt (4 * sigma * sigma + 1) - 1) / 2);
  g_autofree guint8 *line = g_malloc (4 * (gsize) MAX (w, h));
  g_autofree guint8 *column = g_malloc (4 * (gsize) MAX (w, h));
  guint8 *data;

  if (radius < 1)
    return;
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int pass = 0; pass < 3; pass++)
    {
      for (int y = 0; y < h; y++)
        {
          memcpy (line, data + (gsize) y * stride, 4 * (gsize) w);
          box_line (line, data + (gsize) y * stride, w, 4, radius);
        }
      for (int x = 0; x < w; x++)
        {
          for (int y = 0; y < h; y++)
            memcpy (line + 4 * y, data + (gsize) y * stride + 4 * x, 4);
          box_line (line, column, h, 4, radius);
          for (int y = 0; y < h; y++)
            memcpy (data + (gsize) y * stride + 4 * x, column + 4 * y, 4);
        }
    }
  cairo_surface_mark_dirty (surface);
}

static void
device_box (cairo_t *cr, const double box[4], double *x0, double *y0, double *x1, double *y1)
{
  *x0 = *y0 = G_MAXDOUBLE;
  *x1 = *y1 = -G_MAXDOUBLE;
  for (int i = 0; i < 4; i++)
    {
      double x = box[i & 1 ? 2 : 0], y = box[i & 2 ? 3 : 1];

      cairo_user_to_device (cr, &x, &y);
      *x0 = MIN (*x0, x);
      *y0 = MIN (*y0, y);
      *x1 = MAX (*x1, x);
      *y1 = MAX (*y1, y);
    }
}

cairo_t *
lk_soft_begin (cairo_t *cr, double bx0, double by0, double bx1, double by1)
{
  const double box[4] = { bx0, by0, bx1, by1 };
  double x0, y0, x1, y1;
  cairo_matrix_t matrix;
  cairo_surface_t *surface;
  cairo_t *layer;

  device_box (cr, box, &x0, &y0, &x1, &y1);
  x0 = floor (x0);
  y0 = floor (y0);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int) ceil (x1 - x0)), MAX (1, (int) ceil (y1 - y0)));
  cairo_surface_set_device_offset (surface, -x0, -y0);
  layer = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_get_matrix (cr, &matrix);
  cairo_set_matrix (layer, &matrix);
  return layer;
}

void
lk_soft_end (cairo_t *cr, cairo_t *layer, double sigma, double alpha)
{
  double dx = sigma, dy = 0;

  cairo_user_to_device_distance (cr, &dx, &dy);
  lk_blur_surface (cairo_get_target (layer), hypot (dx, dy));
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_set_source_surface (cr, cairo_get_target (layer), 0, 0);
  cairo_paint_with_alpha (cr, alpha);
  cairo_restore (cr);
  cairo_destroy (layer);
}
