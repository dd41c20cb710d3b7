/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/decision-bar.h"

#include <glib/gi18n.h>

#include "ui/key-map.h"
#include "ui/status-line.h"
#include "ui/template.h"

struct _LkDecisionBar
{
  GtkWidget parent_instance;

  LkStatusLine *status;
  gboolean shows_hint;
  GtkWidget *unsure;
};

G_DEFINE_FINAL_TYPE (LkDecisionBar, lk_decision_bar, GTK_TYPE_WIDGET)

static void
show_hint (LkDecisionBar *self)
{
  LkKeyMap *map = lk_key_map_get_default ();
  g_autofree char *next = lk_key_map_dup_text (map, "review.next");
  g_autofree char *previous = lk_key_map_dup_text (map, "review.previous");
  g_autofree char *grid = lk_key_map_dup_text (map, "review.grid");
  g_autofree char *list = lk_key_map_dup_text (map, "win.shortcuts");
  /* Translators: four keys: "J next, K previous, G grid, ? all keys" */
  g_autofree char *text = g_strdup_printf (_("%s next, %s previous, %s grid, %s all keys"), next, previous, grid, list);

  lk_status_line_set_text (self->status, text, FALSE);
}

static void
on_keys_changed (LkDecisionBar *self)
{
  if (self->shows_hint)
    show_hint (self);
}

void
lk_decision_bar_say (LkDecisionBar *self,
                     const char    *text)
{
  g_return_if_fail (LK_IS_DECISION_BAR (self));

  self->shows_hint = text == NULL;
  if (text == NULL)
    show_hint (self);
  else
    lk_status_line_set_text (self->status, text, FALSE);
}

void
lk_decision_bar_warn (LkDecisionBar *self,
                      const char    *text)
{
  g_return_if_fail (LK_IS_DECISION_BAR (self));

  self->shows_hint = FALSE;
  lk_status_line_set_text (self->status, text, TRUE);
}

void
lk_decision_bar_set_unsure (LkDecisionBar *self,
                            gboolean       unsure)
{
  g_return_if_fail (LK_IS_DECISION_BAR (self));

  if (unsure)
    gtk_widget_add_css_class (self->unsure, "accent");
  else
    gtk_widget_remove_css_class (self->unsure, "accent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unsure), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  unsure ? _("Unsure: on") : _("Unsure"), -1);
}

const char *
lk_decision_bar_get_text (LkDecisionBar *self)
{
  g_return_val_if_fail (LK_IS_DECISION_BAR (self), NULL);

  return lk_status_line_get_text (self->status);
}

static void
lk_decision_bar_dispose (GObject *object)
{
  lk_template_dispose (GTK_WIDGET (object), LK_TYPE_DECISION_BAR);

  G_OBJECT_CLASS (lk_decision_bar_parent_class)->dispose (object);
}

static void
lk_decision_bar_class_init (LkDecisionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lk_decision_bar_dispose;

  g_type_ensure (LK_TYPE_STATUS_LINE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/decision-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LkDecisionBar, status);
  gtk_widget_class_bind_template_child (widget_class, LkDecisionBar, unsure);
}

static void
lk_decision_bar_init (LkDecisionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (lk_key_map_get_default (), "changed", G_CALLBACK (on_keys_changed), self, G_CONNECT_SWAPPED);
  lk_decision_bar_say (self, NULL);
}
