/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/grid-paint.h"

#include <math.h>

#include "ui/outcome-mark.h"

enum { BRACKET_WIDTH = 6, LABEL_GAP = 10, LABEL_HEIGHT = 36, MARK_SIZE = 10, OUTLINE_GAP = 7 };

/* On the dark surround and on a blue photo, in light and dark desktops alike. */
static const GdkRGBA standard_colour = { 0.93f, 1.00f, 0.95f, 0.95f };
static const GdkRGBA casing_colour = { 0.05f, 0.08f, 0.12f, 0.45f };
static const GdkRGBA quiet_colour = { 1.00f, 1.00f, 1.00f, 0.72f };
static const GdkRGBA title_colour = { 1.00f, 1.00f, 1.00f, 0.96f };
static const GdkRGBA pointed_colour = { 1.00f, 0.55f, 0.10f, 1.00f };

static const GdkRGBA *
outcome_colour (LkOutcome outcome)
{
  static const GdkRGBA colours[] = {
    [LK_OUTCOME_PASS] = { 0.34f, 0.89f, 0.54f, 1.0f },
    [LK_OUTCOME_WARN] = { 0.98f, 0.83f, 0.18f, 1.0f },
    [LK_OUTCOME_FAIL] = { 1.00f, 0.42f, 0.40f, 1.0f },
    [LK_OUTCOME_NOT_RUN] = { 0.75f, 0.75f, 0.78f, 1.0f },
  };

  return &colours[outcome];
}

/* The middle of a device pixel, so that a thin line is one pixel wide and not two grey ones. */
static double
on_pixel (double value)
{
  return floor (value) + 0.5;
}

/* Thin lines run along the middle of a pixel, those of two pixels between two. */
static double
line_place (LkGridStroke stroke,
            double       value)
{
  return stroke == LK_GRID_STANDARD ? on_pixel (value) : round (value);
}

static void
stroke_line (cairo_t               *cr,
             const LkGridLine      *line,
             const graphene_rect_t *photo)
{
  double x0 = line_place (line->stroke, photo->origin.x + line->x0 * photo->size.width);
  double x1 = line_place (line->stroke, photo->origin.x + line->x1 * photo->size.width);
  double y0 = line_place (line->stroke, photo->origin.y + line->y0 * photo->size.height);
  double y1 = line_place (line->stroke, photo->origin.y + line->y1 * photo->size.height);
  gboolean standard = line->stroke == LK_GRID_STANDARD;
  const double dashes[] = { 6, 5 };

  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  /* a dark casing keeps the line readable on white shirts and pale skies of blue */
  cairo_set_dash (cr, dashes, standard ? 2 : 0, 0);
  gdk_cairo_set_source_rgba (cr, &casing_colour);
  cairo_set_line_width (cr, standard ? 3 : 4);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, standard ? &standard_colour : outcome_colour (line->outcome));
  cairo_set_line_width (cr, standard ? 1 : 2);
  cairo_stroke (cr);
}

/* Brackets stand at the outer edge, half in the surround: the band of what is accepted. */
static void
fill_bracket (cairo_t               *cr,
              const LkGridLine      *line,
              const graphene_rect_t *photo)
{
  double x0 = round (photo->origin.x + line->x0 * photo->size.width);
  double x1 = round (photo->origin.x + line->x1 * photo->size.width);
  double y0 = round (photo->origin.y + line->y0 * photo->size.height);
  double y1 = round (photo->origin.y + line->y1 * photo->size.height);

  gdk_cairo_set_source_rgba (cr, outcome_colour (line->outcome));
  if (x0 == x1)
    cairo_rectangle (cr, line->x0 < 0.5 ? x0 - BRACKET_WIDTH : x0, y0, BRACKET_WIDTH, y1 - y0);
  else
    cairo_rectangle (cr, x0, line->y0 < 0.5 ? y0 - BRACKET_WIDTH : y0, x1 - x0, BRACKET_WIDTH);
  cairo_fill (cr);
}

/* Where a line or bracket is painted, with room around it. */
static graphene_rect_t
area_of (const LkGridLine      *line,
         const graphene_rect_t *photo)
{
  double x = floor (photo->origin.x + line->x0 * photo->size.width) - BRACKET_WIDTH;
  double y = floor (photo->origin.y + line->y0 * photo->size.height) - BRACKET_WIDTH;

  return GRAPHENE_RECT_INIT (x, y, ceil ((line->x1 - line->x0) * photo->size.width) + 2 * BRACKET_WIDTH,
                             ceil ((line->y1 - line->y0) * photo->size.height) + 2 * BRACKET_WIDTH);
}

/* Each in an area of its own: one for all would be as large as the photo, and is composed pixel by pixel. */
void
lk_grid_paint_lines (GtkSnapshot           *snapshot,
                     const GArray          *lines,
                     const graphene_rect_t *photo)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const LkGridLine *line = &g_array_index (lines, LkGridLine, i);
      graphene_rect_t area = area_of (line, photo);
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

      if (line->stroke == LK_GRID_BRACKET)
        fill_bracket (cr, line, photo);
      else
        stroke_line (cr, line, photo);
      cairo_destroy (cr);
    }
}

static PangoLayout *
make_layout (GtkWidget  *widget,
             const char *text,
             int         width,
             double      size)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
append_text (GtkSnapshot      *snapshot,
             PangoLayout      *layout,
             double            x,
             double            y,
             const GdkRGBA    *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* Two lines beside the photo: what it is, with the shape of its outcome unless it passed, and the value with its limits. */
static void
paint_label (GtkWidget     *widget,
             GtkSnapshot   *snapshot,
             const char    *title,
             const char    *text,
             LkOutcome      outcome,
             LkGridSide     side,
             double         edge,
             double         y)
{
  int width = LK_GRID_LABEL_WIDTH - LABEL_GAP - BRACKET_WIDTH;
  gboolean marked = outcome != LK_OUTCOME_PASS;
  double x = side == LK_GRID_LEFT ? edge - LABEL_GAP - width : edge + LABEL_GAP;
  PangoAlignment alignment = side == LK_GRID_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
  g_autoptr (PangoLayout) first = make_layout (widget, title, width - (marked ? MARK_SIZE + 4 : 0), 13);
  g_autoptr (PangoLayout) second = make_layout (widget, text, width, 12);
  double shift = marked && side == LK_GRID_RIGHT ? MARK_SIZE + 4 : 0;

  pango_layout_set_alignment (first, alignment);
  pango_layout_set_alignment (second, alignment);
  if (marked)
    {
      double mark_x = side == LK_GRID_LEFT ? x + width - MARK_SIZE : x;
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                               &GRAPHENE_RECT_INIT (mark_x, y + 4, MARK_SIZE, MARK_SIZE));

      gdk_cairo_set_source_rgba (cr, outcome_colour (outcome));
      lk_outcome_draw (cr, outcome, mark_x, y + 4, MARK_SIZE);
      cairo_destroy (cr);
    }
  append_text (snapshot, first, x + shift, y, marked ? outcome_colour (outcome) : &title_colour);
  append_text (snapshot, second, x, y + LABEL_HEIGHT / 2, &quiet_colour);
}

/* Labels of one side keep their order from the top and do not lie on each other, nor on a label at taken_y (NAN for none). */
static void
paint_side (GtkWidget             *widget,
            GtkSnapshot           *snapshot,
            const GArray          *labels,
            const graphene_rect_t *photo,
            LkGridSide             side,
            double                 taken_y)
{
  double edge = side == LK_GRID_LEFT ? photo->origin.x : photo->origin.x + photo->size.width;
  double free_from = photo->origin.y;

  for (guint i = 0; i < labels->len; i++)
    {
      const LkGridLabel *label = &g_array_index (labels, LkGridLabel, i);
      double y = photo->origin.y + label->y * photo->size.height - LABEL_HEIGHT / 2;

      if (label->side != side)
        continue;
      y = round (CLAMP (y, free_from, MAX (free_from, photo->origin.y + photo->size.height - LABEL_HEIGHT)));
      if (isnan (taken_y) || fabs (y - taken_y) >= LABEL_HEIGHT)
        paint_label (widget, snapshot, label->title, label->text, label->outcome, side, edge, y);
      free_from = y + LABEL_HEIGHT + 4;
    }
}

static gboolean
has_room (GtkWidget             *widget,
          const graphene_rect_t *photo,
          LkGridSide             side)
{
  if (side == LK_GRID_LEFT)
    return photo->origin.x >= LK_GRID_LABEL_WIDTH - 1;
  return gtk_widget_get_width (widget) - photo->origin.x - photo->size.width >= LK_GRID_LABEL_WIDTH - 1;
}

/* The region in widget px, put a little around the place so that the outline hides nothing of it. */
static graphene_rect_t
outline_of (const LkRegion        *region,
            const graphene_rect_t *photo)
{
  double x0 = region->kind == LK_REGION_ROW && region->x0 == region->x1 ? 0 : MIN (region->x0, region->x1);
  double x1 = region->kind == LK_REGION_ROW && region->x0 == region->x1 ? 1 : MAX (region->x0, region->x1);
  double y0 = region->kind == LK_REGION_COLUMN && region->y0 == region->y1 ? 0 : MIN (region->y0, region->y1);
  double y1 = region->kind == LK_REGION_COLUMN && region->y0 == region->y1 ? 1 : MAX (region->y0, region->y1);

  if (region->kind == LK_REGION_COLUMN)
    x1 = x0 = region->x0;
  if (region->kind == LK_REGION_ROW)
    y1 = y0 = region->y0;
  return GRAPHENE_RECT_INIT (photo->origin.x + x0 * photo->size.width - OUTLINE_GAP,
                             photo->origin.y + y0 * photo->size.height - OUTLINE_GAP,
                             (x1 - x0) * photo->size.width + 2 * OUTLINE_GAP,
                             (y1 - y0) * photo->size.height + 2 * OUTLINE_GAP);
}

static double
pointed_label_y (const LkRegion        *region,
                 const graphene_rect_t *photo)
{
  graphene_rect_t outline = outline_of (region, photo);

  return round (outline.origin.y + outline.size.height / 2 - LABEL_HEIGHT / 2);
}

void
lk_grid_paint_labels (GtkWidget             *widget,
                      GtkSnapshot           *snapshot,
                      const GArray          *labels,
                      const graphene_rect_t *photo,
                      LkCheck               *pointed)
{
  double taken_y = NAN;

  if (pointed != NULL && lk_check_get_region (pointed)->kind != LK_REGION_NONE)
    taken_y = pointed_label_y (lk_check_get_region (pointed), photo);
  if (has_room (widget, photo, LK_GRID_LEFT))
    paint_side (widget, snapshot, labels, photo, LK_GRID_LEFT, NAN);
  if (has_room (widget, photo, LK_GRID_RIGHT))
    paint_side (widget, snapshot, labels, photo, LK_GRID_RIGHT, taken_y);
}

static void
stroke_pointed (GtkSnapshot           *snapshot,
                const graphene_rect_t *outline,
                double                 to_x,
                double                 to_y)
{
  double right = outline->origin.x + outline->size.width;
  graphene_rect_t area = GRAPHENE_RECT_INIT (outline->origin.x - 3, MIN (outline->origin.y, to_y) - 3, 0, 0);
  cairo_t *cr;

  area.size.width = MAX (right, to_x) + 3 - area.origin.x;
  area.size.height = MAX (outline->origin.y + outline->size.height, to_y) + 3 - area.origin.y;
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_rectangle (cr, on_pixel (outline->origin.x), on_pixel (outline->origin.y),
                   round (outline->size.width), round (outline->size.height));
  if (to_x > right)
    {
      cairo_move_to (cr, right, on_pixel (to_y));
      cairo_line_to (cr, to_x, on_pixel (to_y));
    }
  gdk_cairo_set_source_rgba (cr, &casing_colour);
  cairo_set_line_width (cr, 4);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &pointed_colour);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
lk_grid_paint_pointed (GtkWidget             *widget,
                       GtkSnapshot           *snapshot,
                       LkCheck               *check,
                       const graphene_rect_t *photo)
{
  const LkRegion *region = lk_check_get_region (check);
  double edge = photo->origin.x + photo->size.width;
  graphene_rect_t outline;
  double middle;
  g_autofree char *title = NULL;
  g_autofree char *value = NULL;

  if (region->kind == LK_REGION_NONE)
    return;

  outline = outline_of (region, photo);
  middle = outline.origin.y + outline.size.height / 2;
  stroke_pointed (snapshot, &outline, has_room (widget, photo, LK_GRID_RIGHT) ? edge + LABEL_GAP / 2 : 0, middle);
  if (!has_room (widget, photo, LK_GRID_RIGHT))
    return;

  title = lk_check_dup_title (check);
  value = lk_check_dup_value_text (check);
  paint_label (widget, snapshot, title, value, lk_check_get_outcome (check), LK_GRID_RIGHT, edge,
               pointed_label_y (region, photo));
}
