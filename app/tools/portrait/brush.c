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

typedef struct
{
  int x0, y0, x1, y1;       /* px, the ends not included */
} Area;

/* Running mean along each row of the area. */
static void
box_rows (guint8 *data, int stride, Area area, int radius, guint8 *line)
{
  int n = area.x1 - area.x0;
  guint32 share = 65536u / (guint32) (2 * radius + 1);

  for (int y = area.y0; y < area.y1; y++)
    {
      guint8 *row = data + (gsize) y * stride + 4 * area.x0;
      guint32 sum[4] = { 0 };

      memset (line, 0, 4 * (gsize) (n + 2 * radius + 1));
      memcpy (line + 4 * radius, row, 4 * (gsize) n);
      for (int i = 0; i < 2 * radius; i++)
        for (int c = 0; c < 4; c++)
          sum[c] += line[4 * i + c];
      for (int i = 0; i < n; i++)
        for (int c = 0; c < 4; c++)
          {
            sum[c] += line[4 * (i + 2 * radius) + c];
            row[4 * i + c] = (guint8) ((sum[c] * share + 32768) >> 16);
            sum[c] -= line[4 * i + c];
          }
    }
}

/* The same down the columns, all columns of a row at once. */
static void
box_columns (guint8 *data, int stride, Area area, int radius)
{
  int n = 4 * (area.x1 - area.x0), high = area.y1 - area.y0;
  guint32 share = 65536u / (guint32) (2 * radius + 1);
  g_autofree guint8 *copy = g_malloc ((gsize) n * high);
  g_autofree guint32 *sum = g_new0 (guint32, n);

  for (int y = 0; y < high; y++)
    memcpy (copy + (gsize) y * n, data + (gsize) (area.y0 + y) * stride + 4 * area.x0, (gsize) n);
  for (int y = 0; y < radius && y < high; y++)
    for (int i = 0; i < n; i++)
      sum[i] += copy[(gsize) y * n + i];
  for (int y = 0; y < high; y++)
    {
      guint8 *row = data + (gsize) (area.y0 + y) * stride + 4 * area.x0;
      const guint8 *in = y + radius < high ? copy + (gsize) (y + radius) * n : NULL;
      const guint8 *out = y - radius >= 0 ? copy + (gsize) (y - radius) * n : NULL;

      for (int i = 0; in != NULL && i < n; i++)
        sum[i] += in[i];
      for (int i = 0; i < n; i++)
        row[i] = (guint8) ((sum[i] * share + 32768) >> 16);
      for (int i = 0; out != NULL && i < n; i++)
        sum[i] -= out[i];
    }
}

static gboolean
row_is_empty (const guint8 *row, int n)
{
  for (int x = 0; x < n; x++)
    if (row[4 * x + 3] != 0)
      return FALSE;
  return TRUE;
}

/* The part that has ink, grown by the reach of the blur. Most layers are
 * nearly empty. */
static Area
inked_area (const guint8 *data, int stride, int w, int h, int reach)
{
  int top = 0, bottom = h, left = w, right = 0;

  while (top < bottom && row_is_empty (data + (gsize) top * stride, w))
    top++;
  while (bottom > top && row_is_empty (data + (gsize) (bottom - 1) * stride, w))
    bottom--;
  for (int y = top; y < bottom; y++)
    {
      const guint8 *row = data + (gsize) y * stride;

      for (int x = 0; x < left; x++)
        if (row[4 * x + 3] != 0)
          left = x;
      for (int x = w - 1; x > right; x--)
        if (row[4 * x + 3] != 0)
          right = x;
    }
  return (Area) { MAX (0, left - reach), MAX (0, top - reach), MIN (w, right + 1 + reach), MIN (h, bottom + reach) };
}

/* Three boxes make a gaussian: sigma^2 = 3 (w^2 - 1) / 12. */
void
lk_blur_surface (cairo_surface_t *surface, double sigma)
{
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int radius = (int) lrint ((sqrt (4 * sigma * sigma + 1) - 1) / 2);
  g_autofree guint8 *line = g_malloc (4 * (gsize) (w + 2 * radius + 2));
  guint8 *data;
  Area area;

  if (radius < 1)
    return;
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  area = inked_area (data, stride, w, h, 3 * radius + 1);
  for (int pass = 0; pass < 3 && area.x1 > area.x0 && area.y1 > area.y0; pass++)
    {
      box_rows (data, stride, area, radius, line);
      box_columns (data, stride, area, radius);
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
  cairo_surface_t *target = cairo_get_target (cr), *surface;
  double x0, y0, x1, y1, offset_x, offset_y;
  cairo_matrix_t matrix;
  cairo_t *layer;

  device_box (cr, box, &x0, &y0, &x1, &y1);
  cairo_surface_get_device_offset (target, &offset_x, &offset_y);
  x0 = floor (MAX (x0, -offset_x));
  y0 = floor (MAX (y0, -offset_y));
  x1 = MIN (x1, cairo_image_surface_get_width (target) - offset_x);
  y1 = MIN (y1, cairo_image_surface_get_height (target) - offset_y);
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
