/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/check-panel.h"

#include <glib/gi18n.h>

#include "ui/check-row.h"
#include "ui/outcome-mark.h"
#include "ui/own-list.h"
#include "ui/template.h"

/* As style.css has them; only used to say how many rows fit. */
enum { ROW_HEIGHT = 26, MORE_HEIGHT = 28, MEASURES_HEIGHT = 28 };

static const LkOutcome outcome_order[] = {
  LK_OUTCOME_FAIL,
  LK_OUTCOME_WARN,
  LK_OUTCOME_NOT_RUN,
  LK_OUTCOME_PASS,
};

struct _LkCheckPanel
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkButton *more;
  GtkExpander *measures_expander;
  GtkListBox *measures_list;
  LkOwnList *own_list;

  GPtrArray *checks;            /* of LkCheck, in the order shown */
  GPtrArray *rows;              /* of LkCheckRow, borrowed from the list; made once, reused */
  GPtrArray *measures;          /* of LkCheck */
  GPtrArray *measure_rows;      /* the same below the expander; the first one names the columns */
  LkCheck *pointed;
  gboolean expanded;
  guint n_fitting;
};

G_DEFINE_FINAL_TYPE (LkCheckPanel, lk_check_panel, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_POINTED, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
set_pointed (LkCheckPanel *self,
             LkCheck      *check)
{
  if (g_set_object (&self->pointed, check))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POINTED]);
}

LkCheck *
lk_check_panel_get_pointed (LkCheckPanel *self)
{
  g_return_val_if_fail (LK_IS_CHECK_PANEL (self), NULL);

  return self->pointed;
}

static LkCheck *
focused_check (LkCheckPanel *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row == NULL)
    row = gtk_widget_get_focus_child (GTK_WIDGET (self->measures_list));
  return row != NULL ? lk_check_row_get_check (LK_CHECK_ROW (row)) : NULL;
}

static void
on_row_enter (GtkEventControllerMotion *controller,
              double                    x,
              double                    y,
              LkCheckPanel             *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  set_pointed (self, lk_check_row_get_check (LK_CHECK_ROW (row)));
}

static void
on_row_leave (GtkEventControllerMotion *controller,
              LkCheckPanel             *self)
{
  set_pointed (self, focused_check (self));
}

static void
on_row_focus_enter (GtkEventControllerFocus *controller,
                    LkCheckPanel            *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  set_pointed (self, lk_check_row_get_check (LK_CHECK_ROW (row)));
}

static void
on_row_focus_leave (GtkEventControllerFocus *controller,
                    LkCheckPanel            *self)
{
  set_pointed (self, NULL);
}

/* The row at this place of one of the two lists, made if there were never so many before. */
static LkCheckRow *
get_row_of (LkCheckPanel *self,
            GtkListBox   *list,
            GPtrArray    *rows,
            guint         position)
{
  GtkEventController *motion, *focus;
  GtkWidget *row;

  if (position < rows->len)
    {
      gtk_widget_set_visible (rows->pdata[position], TRUE);
      return rows->pdata[position];
    }

  row = lk_check_row_new ();
  motion = gtk_event_controller_motion_new ();
  focus = gtk_event_controller_focus_new ();
  g_signal_connect (motion, "enter", G_CALLBACK (on_row_enter), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_row_leave), self);
  g_signal_connect (focus, "enter", G_CALLBACK (on_row_focus_enter), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_row_focus_leave), self);
  gtk_widget_add_controller (row, motion);
  gtk_widget_add_controller (row, focus);
  gtk_list_box_append (list, row);
  g_ptr_array_add (rows, row);
  return LK_CHECK_ROW (row);
}

static LkCheckRow *
get_row (LkCheckPanel *self,
         guint         position)
{
  return get_row_of (self, self->list, self->rows, position);
}

static LkCheckRow *
get_measure_row (LkCheckPanel *self,
                 guint         position)
{
  return get_row_of (self, self->measures_list, self->measure_rows, position);
}

static guint
count_outcome (GPtrArray *checks,
               LkOutcome  outcome)
{
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    if (lk_check_get_outcome (checks->pdata[i]) == outcome)
      n++;
  return n;
}

static char *
more_text (guint n_hidden,
           guint n_hidden_passes)
{
  if (n_hidden == 0)
    return g_strdup (_("Show fewer checks"));
  if (n_hidden == n_hidden_passes)
    return g_strdup_printf (ngettext ("Show %u more passed check", "Show %u more passed checks", n_hidden), n_hidden);
  /* Translators: not only passed ones */
  return g_strdup_printf (ngettext ("Show %u more check", "Show %u more checks", n_hidden), n_hidden);
}

static void
show_more_button (LkCheckPanel *self,
                  guint         n_hidden,
                  guint         n_hidden_passes,
                  gboolean      can_collapse)
{
  g_autofree char *text = more_text (n_hidden, n_hidden_passes);

  gtk_widget_set_visible (GTK_WIDGET (self->more), n_hidden > 0 || can_collapse);
  /* a new label is a new layout of the whole side */
  if (g_strcmp0 (gtk_button_get_label (self->more), text) != 0)
    gtk_button_set_label (self->more, text);
}

/* Checks and a heading for each outcome there is. */
static guint
count_rows (LkCheckPanel *self)
{
  guint n_rows = self->checks->len;

  for (gsize i = 0; i < G_N_ELEMENTS (outcome_order); i++)
    n_rows += count_outcome (self->checks, outcome_order[i]) > 0;
  return n_rows;
}

/* What failed or wants attention is never left out; the others are, where there is no room. */
static void
show_rows (LkCheckPanel *self)
{
  guint n_rows = 0, n_hidden = 0, n_hidden_passes = 0;
  guint n_all = count_rows (self);
  guint room = self->expanded || n_all <= self->n_fitting ? n_all : self->n_fitting - 1;
  int heading = -1;

  for (guint i = 0; i < self->checks->len; i++)
    {
      LkCheck *check = self->checks->pdata[i];
      LkOutcome outcome = lk_check_get_outcome (check);
      gboolean may_wait = outcome == LK_OUTCOME_PASS || outcome == LK_OUTCOME_NOT_RUN;

      /* a heading needs a check below it */
      if (may_wait && n_rows + ((int) outcome != heading) >= room)
        {
          n_hidden++;
          n_hidden_passes += outcome == LK_OUTCOME_PASS;
          continue;
        }
      if ((int) outcome != heading)
        lk_check_row_set_heading (get_row (self, n_rows++), outcome, count_outcome (self->checks, outcome));
      heading = outcome;
      lk_check_row_set_check (get_row (self, n_rows++), check);
    }
  for (guint i = n_rows; i < self->rows->len; i++)
    gtk_widget_set_visible (self->rows->pdata[i], FALSE);
  show_more_button (self, n_hidden, n_hidden_passes, self->expanded && n_all > self->n_fitting);
}

/* Folded they cost nothing, and they are folded until somebody wants them. */
static void
show_measures (LkCheckPanel *self)
{
  if (!gtk_expander_get_expanded (self->measures_expander))
    return;
  lk_check_row_set_columns (get_measure_row (self, 0));
  for (guint i = 0; i < self->measures->len; i++)
    lk_check_row_set_measure (get_measure_row (self, i + 1), self->measures->pdata[i]);
  for (guint i = self->measures->len + 1; i < self->measure_rows->len; i++)
    gtk_widget_set_visible (self->measure_rows->pdata[i], FALSE);
}

/* How many rows fit; TRUE when that has changed. */
static gboolean
fit_rows (LkCheckPanel *self)
{
  guint n_before = self->n_fitting;
  double height = gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller));
  double below = MORE_HEIGHT + (self->measures->len > 0 ? MEASURES_HEIGHT : 0);

  self->n_fitting = MAX (4, (height - below) / ROW_HEIGHT + 1);
  return self->n_fitting != n_before;
}

void
lk_check_panel_set_measures (LkCheckPanel *self,
                             GPtrArray    *measures)
{
  g_return_if_fail (LK_IS_CHECK_PANEL (self));

  g_ptr_array_set_size (self->measures, 0);
  for (guint i = 0; measures != NULL && i < measures->len; i++)
    g_ptr_array_add (self->measures, g_object_ref (measures->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->measures_expander), self->measures->len > 0);
  if (fit_rows (self))
    show_rows (self);
  show_measures (self);
}

static void
add_with_outcome (LkCheckPanel *self,
                  GPtrArray    *checks,
                  LkOutcome     outcome)
{
  for (guint i = 0; i < checks->len; i++)
    if (lk_check_get_outcome (checks->pdata[i]) == outcome)
      g_ptr_array_add (self->checks, g_object_ref (checks->pdata[i]));
}

void
lk_check_panel_set_checks (LkCheckPanel *self,
                           GPtrArray    *checks)
{
  g_return_if_fail (LK_IS_CHECK_PANEL (self));

  g_ptr_array_set_size (self->checks, 0);
  /* one walk an outcome: within each the order of the catalogue stays, which is the one people know */
  for (gsize i = 0; checks != NULL && i < G_N_ELEMENTS (outcome_order); i++)
    add_with_outcome (self, checks, outcome_order[i]);
  self->expanded = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_rows (self);
  set_pointed (self, focused_check (self));
}

void
lk_check_panel_set_expanded (LkCheckPanel *self,
                             gboolean      expanded)
{
  g_return_if_fail (LK_IS_CHECK_PANEL (self));

  self->expanded = expanded;
  show_rows (self);
}

static void
on_more_clicked (LkCheckPanel *self)
{
  lk_check_panel_set_expanded (self, !self->expanded);
}

static void
on_row_activated (LkCheckPanel *self,
                  LkCheckRow   *row)
{
  LkCheck *check = lk_check_row_get_check (row);
  const LkPhotoInfo *other = check != NULL ? lk_others_find_picture (lk_check_get_others (check)) : NULL;

  if (other != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "review.compare-with", "s", other->sha256);
}

void
lk_check_panel_set_reasons (LkCheckPanel      *self,
                            LkReasonCatalogue *reasons)
{
  g_return_if_fail (LK_IS_CHECK_PANEL (self));

  lk_own_list_set_reasons (self->own_list, reasons);
}

void
lk_check_panel_focus_own_list (LkCheckPanel *self)
{
  g_return_if_fail (LK_IS_CHECK_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->own_list));
}

static gboolean
refit (gpointer user_data)
{
  show_rows (user_data);
  return G_SOURCE_REMOVE;
}

/* Rows change only after this allocation: doing it inside would ask for another one from within. */
static void
on_page_size_changed (GtkAdjustment *adjustment,
                      GParamSpec    *pspec,
                      LkCheckPanel  *self)
{
  if (!fit_rows (self))
    return;
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, refit, g_object_ref (self), g_object_unref);
}

static void
lk_check_panel_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  LkCheckPanel *self = LK_CHECK_PANEL (object);

  switch (id)
    {
    case PROP_POINTED:
      g_value_set_object (value, self->pointed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_check_panel_dispose (GObject *object)
{
  LkCheckPanel *self = LK_CHECK_PANEL (object);

  g_clear_object (&self->pointed);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->measures, g_ptr_array_unref);
  g_clear_pointer (&self->measure_rows, g_ptr_array_unref);
  lk_template_dispose (GTK_WIDGET (self), LK_TYPE_CHECK_PANEL);

  G_OBJECT_CLASS (lk_check_panel_parent_class)->dispose (object);
}

static void
lk_check_panel_class_init (LkCheckPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lk_check_panel_dispose;
  object_class->get_property = lk_check_panel_get_property;

  props[PROP_POINTED] = g_param_spec_object ("pointed", NULL, NULL, LK_TYPE_CHECK,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (LK_TYPE_OWN_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/check-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LkCheckPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, LkCheckPanel, list);
  gtk_widget_class_bind_template_child (widget_class, LkCheckPanel, more);
  gtk_widget_class_bind_template_child (widget_class, LkCheckPanel, measures_expander);
  gtk_widget_class_bind_template_child (widget_class, LkCheckPanel, measures_list);
  gtk_widget_class_bind_template_child (widget_class, LkCheckPanel, own_list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, show_measures);
}

static void
lk_check_panel_init (LkCheckPanel *self)
{
  self->checks = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new ();
  self->measures = g_ptr_array_new_with_free_func (g_object_unref);
  self->measure_rows = g_ptr_array_new ();
  self->n_fitting = 16;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "notify::page-size",
                           G_CALLBACK (on_page_size_changed), self, 0);
  show_rows (self);
}

GtkWidget *
lk_check_panel_new (void)
{
  return g_object_new (LK_TYPE_CHECK_PANEL, NULL);
}
