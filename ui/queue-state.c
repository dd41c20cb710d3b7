/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/queue-state.h"

#include "ui/outcome-mark.h"

/* Room for "Not measured" and for 不合格 12, whatever the size of the text. */
enum { TEXT_DIGITS = 11, SPACING = 5 };

struct _LkQueueState
{
  GtkWidget parent_instance;

  GtkWidget *mark;              /* LkOutcomeMark */
  char *text;
  PangoLayout *layout;          /* of the text, or NULL */
  gboolean marked;
};

G_DEFINE_FINAL_TYPE (LkQueueState, lk_queue_state, GTK_TYPE_WIDGET)

static int
mark_width (LkQueueState *self)
{
  int width;

  gtk_widget_measure (self->mark, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

/* Of this font, whatever the text is, px. */
static void
measure_text (GtkWidget *widget,
              int       *width,
              int       *height)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

  *width = PANGO_PIXELS_CEIL (TEXT_DIGITS * pango_font_metrics_get_approximate_digit_width (metrics));
  *height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
}

static void
lk_queue_state_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  LkQueueState *self = LK_QUEUE_STATE (widget);
  int width, height;

  measure_text (widget, &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? mark_width (self) + SPACING + width : height;
}

static void
lk_queue_state_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  LkQueueState *self = LK_QUEUE_STATE (widget);
  int size = mark_width (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (self->mark, &(GtkAllocation) { rtl ? width - size : 0, (height - size) / 2, size, size }, -1);
}

static PangoLayout *
get_layout (LkQueueState *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  if (self->layout == NULL)
    {
      self->layout = pango_layout_new (context);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_text (self->layout, self->text, -1);
    }
  return self->layout;
}

static void
lk_queue_state_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  LkQueueState *self = LK_QUEUE_STATE (widget);
  PangoLayout *layout = get_layout (self);
  int room = gtk_widget_get_width (widget) - (self->marked ? mark_width (self) + SPACING : 0);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = self->marked && !rtl ? mark_width (self) + SPACING : 0;
  int height;

  pango_layout_set_width (layout, room * PANGO_SCALE);
  pango_layout_set_alignment (layout, self->marked ? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), x, (gtk_widget_get_height (widget) - height) / 2,
                              layout);
  if (self->marked)
    gtk_widget_snapshot_child (widget, self->mark, snapshot);
}

void
lk_queue_state_show (LkQueueState *self,
                     LkOutcome     outcome,
                     gboolean      marked,
                     const char   *text)
{
  g_return_if_fail (LK_IS_QUEUE_STATE (self));

  lk_outcome_mark_set_outcome (LK_OUTCOME_MARK (self->mark), outcome);
  if (self->marked == marked && g_strcmp0 (self->text, text) == 0)
    return;
  self->marked = marked;
  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lk_queue_state_system_setting_changed (GtkWidget        *widget,
                                       GtkSystemSetting  setting)
{
  g_clear_object (&LK_QUEUE_STATE (widget)->layout);
  GTK_WIDGET_CLASS (lk_queue_state_parent_class)->system_setting_changed (widget, setting);
}

static void
lk_queue_state_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  g_clear_object (&LK_QUEUE_STATE (widget)->layout);
  GTK_WIDGET_CLASS (lk_queue_state_parent_class)->css_changed (widget, change);
}

static void
lk_queue_state_dispose (GObject *object)
{
  LkQueueState *self = LK_QUEUE_STATE (object);

  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (lk_queue_state_parent_class)->dispose (object);
}

static void
lk_queue_state_class_init (LkQueueStateClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_queue_state_dispose;
  widget_class->measure = lk_queue_state_measure;
  widget_class->size_allocate = lk_queue_state_size_allocate;
  widget_class->snapshot = lk_queue_state_snapshot;
  widget_class->css_changed = lk_queue_state_css_changed;
  widget_class->system_setting_changed = lk_queue_state_system_setting_changed;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lk_queue_state_init (LkQueueState *self)
{
  self->text = g_strdup ("");
  self->marked = TRUE;
  self->mark = g_object_new (LK_TYPE_OUTCOME_MARK, NULL);
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "queue-state");
}
