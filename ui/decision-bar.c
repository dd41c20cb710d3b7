/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/decision-bar.h"

#include <glib/gi18n.h>

#include "ui/status-line.h"
#include "ui/template.h"

struct _LkDecisionBar
{
  GtkWidget parent_instance;

  LkStatusLine *status;
};

G_DEFINE_FINAL_TYPE (LkDecisionBar, lk_decision_bar, GTK_TYPE_WIDGET)

void
lk_decision_bar_say (LkDecisionBar *self,
                     const char    *text)
{
  g_return_if_fail (LK_IS_DECISION_BAR (self));

  if (text == NULL)
    text = _("J next, K previous, G grid, ? all keys");
  lk_status_line_set_text (self->status, text, FALSE);
}

void
lk_decision_bar_warn (LkDecisionBar *self,
                      const char    *text)
{
  g_return_if_fail (LK_IS_DECISION_BAR (self));

  lk_status_line_set_text (self->status, text, TRUE);
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
}

static void
lk_decision_bar_init (LkDecisionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lk_decision_bar_say (self, NULL);
}
