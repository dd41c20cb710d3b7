/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/annotate.h"

#include <math.h>

#include <pango/pangocairo.h>

/* A label is drawn with its place known; labels must not cover each other. */
typedef struct
{
  double x, y, width, height;
} Rectangle;

typedef struct
{
  cairo_t *cr;
  PangoLayout *layout;
  double width, height;         /* of the photo, px */
  double unit;                  /* px that look like one on a photo of 480 x 640 */
  GArray *labels;               /* of Rectangle */
} Canvas;

enum { FONT_SIZE = 11, LABEL_PADDING = 2 };

static const double colours[][3] = {
  [LK_OUTCOME_PASS] = { 0.15, 0.64, 0.41 },
  [LK_OUTCOME_WARN] = { 0.90, 0.55, 0.04 },
  [LK_OUTCOME_FAIL] = { 0.88, 0.11, 0.14 },
  [LK_OUTCOME_NOT_RUN] = { 0.47, 0.46, 0.48 },
};

static void
set_colour (const Canvas *canvas, LkOutcome outcome, double alpha)
{
  cairo_set_source_rgba (canvas->cr, colours[outcome][0], colours[outcome][1], colours[outcome][2], alpha);
}

static void
add_line (const Canvas *canvas, double x0, double y0, double x1, double y1)
{
  cairo_move_to (canvas->cr, x0, y0);
  cairo_line_to (canvas->cr, x1, y1);
}

/* A measured length with a tick at either end, across it. */
static void
add_span (const Canvas *canvas, double x0, double y0, double x1, double y1)
{
  double length = MAX (hypot (x1 - x0, y1 - y0), 1e-6), tick = 5 * canvas->unit;
  double across_x = -(y1 - y0) / length * tick, across_y = (x1 - x0) / length * tick;

  add_line (canvas, x0, y0, x1, y1);
  add_line (canvas, x0 - across_x, y0 - across_y, x0 + across_x, y0 + across_y);
  add_line (canvas, x1 - across_x, y1 - across_y, x1 + across_x, y1 + across_y);
}

static void
draw_region (const Canvas *canvas, const LkRegion *region, LkOutcome outcome)
{
  double x0 = region->x0 * canvas->width, x1 = region->x1 * canvas->width;
  double y0 = region->y0 * canvas->height, y1 = region->y1 * canvas->height;

  if (region->kind == LK_REGION_ROW)
    add_line (canvas, x0, y0, x1, y0);
  else if (region->kind == LK_REGION_COLUMN)
    add_line (canvas, x0, y0, x0, y1);
  else if (region->kind == LK_REGION_SPAN)
    add_span (canvas, x0, y0, x1, y1);
  else
    cairo_rectangle (canvas->cr, x0, y0, x1 - x0, y1 - y0);
  set_colour (canvas, outcome, 0.95);
  cairo_set_line_width (canvas->cr, (outcome == LK_OUTCOME_PASS ? 1 : 2) * canvas->unit);
  cairo_stroke (canvas->cr);
}

static gboolean
overlaps (const Rectangle *a, const Rectangle *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static gboolean
is_free (const Canvas *canvas, const Rectangle *wanted)
{
  for (guint i = 0; i < canvas->labels->len; i++)
    if (overlaps (wanted, &g_array_index (canvas->labels, Rectangle, i)))
      return FALSE;
  return TRUE;
}

/* The free place at the photo's left or right edge that is nearest in height, on this side first: the face stays free. */
static Rectangle
find_place (const Canvas *canvas, double width, double height, double y, gboolean right_first)
{
  double left = 0, right = MAX (0, canvas->width - width), most = MAX (0, canvas->height - height);
  const double columns[] = { right_first ? right : left, right_first ? left : right };

  for (double step = 0; step < canvas->height; step += canvas->unit)
    for (int sign = -1; sign <= 1; sign += 2)
      for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        {
          Rectangle place = { columns[i], CLAMP (y + sign * step, 0, most), width, height };

          if (is_free (canvas, &place))
            return place;
        }
  return (Rectangle) { columns[0], CLAMP (y, 0, most), width, height };
}

static char *
label_text (LkCheck *check)
{
  g_autofree char *title = lk_check_dup_title (check);
  g_autofree char *value = lk_check_dup_value_text (check);

  return value[0] != '\0' ? g_strconcat (title, " ", value, NULL) : g_steal_pointer (&title);
}

/* What is wrong is tied to its label; more lines than that would hide the face. */
static void
draw_leader (const Canvas *canvas, const LkRegion *region, const Rectangle *label)
{
  gboolean on_left = label->x < canvas->width / 2;
  double x0 = MIN (region->x0, region->kind == LK_REGION_COLUMN ? region->x0 : region->x1) * canvas->width;
  double x1 = MAX (region->x0, region->kind == LK_REGION_COLUMN ? region->x0 : region->x1) * canvas->width;
  double y = region->y0 * canvas->height;

  add_line (canvas, on_left ? label->x + label->width : label->x, label->y + label->height / 2, on_left ? x0 : x1, y);
  cairo_set_line_width (canvas->cr, canvas->unit);
  cairo_stroke (canvas->cr);
}

static void
draw_label (const Canvas *canvas, LkCheck *check)
{
  const LkRegion *region = lk_check_get_region (check);
  g_autofree char *text = label_text (check);
  double padding = LABEL_PADDING * canvas->unit;
  int width, height;
  Rectangle place;

  pango_layout_set_text (canvas->layout, text, -1);
  pango_layout_get_pixel_size (canvas->layout, &width, &height);
  place = find_place (canvas, width + 2 * padding, height + 2 * padding,
                      region->kind == LK_REGION_NONE ? 0 : region->y0 * canvas->height - height / 2.0,
                      region->kind != LK_REGION_ROW && region->x0 + region->x1 > 1);
  g_array_append_val (canvas->labels, place);
  set_colour (canvas, lk_check_get_outcome (check), 0.85);
  if (region->kind != LK_REGION_NONE && lk_check_get_outcome (check) != LK_OUTCOME_PASS)
    draw_leader (canvas, region, &place);
  cairo_rectangle (canvas->cr, place.x, place.y, place.width, place.height);
  cairo_fill (canvas->cr);
  cairo_set_source_rgb (canvas->cr, 1, 1, 1);
  cairo_move_to (canvas->cr, place.x + padding, place.y + padding);
  pango_cairo_show_layout (canvas->cr, canvas->layout);
}

static gboolean
has_place (LkCheck *check)
{
  LkOutcome outcome = lk_check_get_outcome (check);

  return outcome != LK_OUTCOME_NOT_RUN && !lk_check_is_measure (check)
         && (lk_check_get_region (check)->kind != LK_REGION_NONE || outcome != LK_OUTCOME_PASS);
}

/* Lines of one outcome, or its labels: labels lie above all lines. */
static void
draw_outcome (const Canvas *canvas, GPtrArray *checks, LkOutcome outcome, gboolean labels)
{
  for (guint i = 0; i < checks->len; i++)
    {
      LkCheck *check = checks->pdata[i];
      const LkRegion *region = lk_check_get_region (check);

      if (lk_check_get_outcome (check) != outcome || !has_place (check))
        continue;
      if (labels)
        draw_label (canvas, check);
      else if (region->kind != LK_REGION_NONE)
        draw_region (canvas, region, outcome);
    }
}

static PangoLayout *
new_layout (const Canvas *canvas)
{
  PangoLayout *layout = pango_cairo_create_layout (canvas->cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans Bold");

  pango_font_description_set_absolute_size (font, FONT_SIZE * canvas->unit * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  return layout;
}

static void
draw_checks (cairo_surface_t *surface, int width, int height, GPtrArray *checks)
{
  static const LkOutcome order[] = { LK_OUTCOME_PASS, LK_OUTCOME_WARN, LK_OUTCOME_FAIL };
  Canvas canvas = { .cr = cairo_create (surface), .width = width, .height = height };

  canvas.unit = MAX (1, MIN (width / 480.0, height / 640.0));
  canvas.labels = g_array_new (FALSE, FALSE, sizeof (Rectangle));
  canvas.layout = new_layout (&canvas);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    draw_outcome (&canvas, checks, order[i], FALSE);
  /* what is wrong takes its place first */
  for (gsize i = G_N_ELEMENTS (order); i-- > 0;)
    draw_outcome (&canvas, checks, order[i], TRUE);
  g_object_unref (canvas.layout);
  g_array_unref (canvas.labels);
  cairo_destroy (canvas.cr);
}

static LkPixels *
from_words (const guint8 *words, int stride, int width, int height)
{
  LkPixels *pixels = lk_pixels_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        /* cairo's RGB24: one native 32-bit word a pixel */
        guint32 word = ((const guint32 *) (const void *) (words + (gsize) y * stride))[x];
        guint8 *to = pixels->data + 3 * ((gsize) y * width + x);

        to[0] = (guint8) (word >> 16);
        to[1] = (guint8) (word >> 8);
        to[2] = (guint8) word;
      }
  return pixels;
}

static void
to_words (const LkPixels *pixels, guint8 *words, int stride)
{
  for (int y = 0; y < pixels->height; y++)
    for (int x = 0; x < pixels->width; x++)
      {
        const guint8 *from = pixels->data + 3 * ((gsize) y * pixels->width + x);

        ((guint32 *) (void *) (words + (gsize) y * stride))[x] = (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
      }
}

LkPixels *
lk_annotate (LkPixels *photo, GPtrArray *checks)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, photo->width, photo->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  LkPixels *drawn;

  /* larger than cairo takes: handed back as it is */
  if (data == NULL)
    {
      cairo_surface_destroy (surface);
      return lk_pixels_ref (photo);
    }
  to_words (photo, data, stride);
  cairo_surface_mark_dirty (surface);
  draw_checks (surface, photo->width, photo->height, checks);
  cairo_surface_flush (surface);
  drawn = from_words (data, stride, photo->width, photo->height);
  cairo_surface_destroy (surface);
  return drawn;
}
