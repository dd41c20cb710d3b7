/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/view-switch.h"

#include <glib/gi18n.h>

#include "ui/template.h"

static const struct { const char *name, *title; } views[LK_N_VIEWS] = {
  [LK_VIEW_REVIEW] = { "review", N_("Review") },
  [LK_VIEW_CLASSES] = { "classes", N_("Classes") },
  [LK_VIEW_TICKETS] = { "tickets", N_("Requests") },
};

struct _LkViewSwitch
{
  GtkWidget parent_instance;

  GtkToggleButton *buttons[LK_N_VIEWS];
  guint views;
  gboolean is_showing;          /* a button is pressed by the program */
};

G_DEFINE_FINAL_TYPE (LkViewSwitch, lk_view_switch, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

const char *
lk_view_name (LkView view)
{
  return views[view].name;
}

static void
on_toggled (GtkToggleButton *button,
            LkViewSwitch    *self)
{
  if (self->is_showing || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < LK_N_VIEWS; i++)
    if (self->buttons[i] == button)
      g_signal_emit (self, signals[CHOSEN], 0, i);
}

void
lk_view_switch_set_views (LkViewSwitch *self,
                          guint         views_wanted)
{
  guint n = 0;

  g_return_if_fail (LK_IS_VIEW_SWITCH (self));

  self->views = views_wanted;
  for (int i = 0; i < LK_N_VIEWS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), lk_view_switch_has (self, (LkView) i));
      n += lk_view_switch_has (self, (LkView) i);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
}

gboolean
lk_view_switch_has (LkViewSwitch *self,
                    LkView        view)
{
  g_return_val_if_fail (LK_IS_VIEW_SWITCH (self), FALSE);

  return (self->views & (1u << view)) != 0;
}

LkView
lk_view_switch_get_first (LkViewSwitch *self)
{
  g_return_val_if_fail (LK_IS_VIEW_SWITCH (self), LK_VIEW_REVIEW);

  for (int i = 0; i < LK_N_VIEWS; i++)
    if (lk_view_switch_has (self, (LkView) i))
      return (LkView) i;
  return LK_VIEW_REVIEW;
}

void
lk_view_switch_show (LkViewSwitch *self,
                     LkView        view)
{
  g_return_if_fail (LK_IS_VIEW_SWITCH (self));

  self->is_showing = TRUE;
  gtk_toggle_button_set_active (self->buttons[view], TRUE);
  self->is_showing = FALSE;
}

void
lk_view_switch_set_count (LkViewSwitch *self,
                          LkView        view,
                          int           count)
{
  const char *title = _(views[view].title);
  g_autofree char *text = NULL;

  g_return_if_fail (LK_IS_VIEW_SWITCH (self));

  text = count > 0 ? g_strdup_printf ("%s %d", title, count) : g_strdup (title);
  gtk_button_set_label (GTK_BUTTON (self->buttons[view]), text);
}

static void
lk_view_switch_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lk_view_switch_parent_class)->dispose (object);
}

static void
lk_view_switch_class_init (LkViewSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_view_switch_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", LK_TYPE_VIEW_SWITCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "view-switch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lk_view_switch_init (LkViewSwitch *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What to work on"), -1);
  for (int i = 0; i < LK_N_VIEWS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(views[i].title));

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_widget_set_focus_on_click (button, FALSE);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
    }
  lk_view_switch_set_views (self, 0);
}
