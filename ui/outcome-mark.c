/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/outcome-mark.h"

#include <glib/gi18n.h>

enum { MARK_SIZE = 14 };

struct _LkOutcomeMark
{
  GtkWidget parent_instance;

  LkOutcome outcome;
};

G_DEFINE_FINAL_TYPE (LkOutcomeMark, lk_outcome_mark, GTK_TYPE_WIDGET)

static const char *const style_classes[] = {
  [LK_OUTCOME_PASS] = "pass",
  [LK_OUTCOME_WARN] = "warn",
  [LK_OUTCOME_FAIL] = "fail",
  [LK_OUTCOME_NOT_RUN] = "not-run",
};

const char *
lk_outcome_get_title (LkOutcome outcome)
{
  switch (outcome)
    {
    case LK_OUTCOME_FAIL:
      return _("Failed");
    case LK_OUTCOME_WARN:
      /* Translators: a check outside a soft limit; the reviewer should look at it */
      return _("Attention");
    case LK_OUTCOME_NOT_RUN:
      return _("Not measured");
    case LK_OUTCOME_PASS:
    default:
      return _("Passed");
    }
}

const char *
lk_outcome_get_style_class (LkOutcome outcome)
{
  return style_classes[outcome];
}

void
lk_outcome_style_widget (GtkWidget *widget,
                         LkOutcome  outcome)
{
  if (gtk_widget_has_css_class (widget, style_classes[outcome]))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (style_classes); i++)
    gtk_widget_remove_css_class (widget, style_classes[i]);
  gtk_widget_add_css_class (widget, style_classes[outcome]);
}

static void
draw_cross (cairo_t *cr)
{
  cairo_move_to (cr, 0.2, 0.2);
  cairo_line_to (cr, 0.8, 0.8);
  cairo_move_to (cr, 0.8, 0.2);
  cairo_line_to (cr, 0.2, 0.8);
  cairo_stroke (cr);
}

static void
draw_triangle (cairo_t *cr)
{
  cairo_move_to (cr, 0.5, 0.12);
  cairo_line_to (cr, 0.94, 0.88);
  cairo_line_to (cr, 0.06, 0.88);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_open_circle (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.11);
  cairo_arc (cr, 0.5, 0.5, 0.38, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_move_to (cr, 0.32, 0.5);
  cairo_line_to (cr, 0.68, 0.5);
  cairo_stroke (cr);
}

static void
draw_tick (cairo_t *cr)
{
  cairo_move_to (cr, 0.14, 0.54);
  cairo_line_to (cr, 0.4, 0.8);
  cairo_line_to (cr, 0.88, 0.22);
  cairo_stroke (cr);
}

void
lk_outcome_draw (cairo_t  *cr,
                 LkOutcome outcome,
                 double    x,
                 double    y,
                 double    size)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size, size);
  cairo_set_line_width (cr, 0.16);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  switch (outcome)
    {
    case LK_OUTCOME_FAIL:
      draw_cross (cr);
      break;
    case LK_OUTCOME_WARN:
      draw_triangle (cr);
      break;
    case LK_OUTCOME_NOT_RUN:
      draw_open_circle (cr);
      break;
    case LK_OUTCOME_PASS:
    default:
      draw_tick (cr);
      break;
    }
  cairo_restore (cr);
}

static void
lk_outcome_mark_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  LkOutcomeMark *self = LK_OUTCOME_MARK (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  cairo_t *cr;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, &colour);
  lk_outcome_draw (cr, self->outcome, (width - MARK_SIZE) / 2, (height - MARK_SIZE) / 2, MARK_SIZE);
  cairo_destroy (cr);
}

static void
lk_outcome_mark_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  *minimum = *natural = MARK_SIZE;
}

static void
lk_outcome_mark_class_init (LkOutcomeMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = lk_outcome_mark_snapshot;
  widget_class->measure = lk_outcome_mark_measure;

  gtk_widget_class_set_css_name (widget_class, "outcome-mark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lk_outcome_mark_init (LkOutcomeMark *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), lk_outcome_get_style_class (self->outcome));
}

void
lk_outcome_mark_set_outcome (LkOutcomeMark *self,
                             LkOutcome      outcome)
{
  g_return_if_fail (LK_IS_OUTCOME_MARK (self));

  if (self->outcome == outcome)
    return;
  self->outcome = outcome;
  lk_outcome_style_widget (GTK_WIDGET (self), outcome);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
