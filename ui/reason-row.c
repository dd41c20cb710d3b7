/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/reason-row.h"

#include <glib/gi18n.h>

struct _LkReasonRow
{
  GtkListBoxRow parent_instance;

  const LkReason *reason;
  GtkLabel *digit;
  GtkLabel *text;
  GtkLabel *measured;
  GtkLabel *code;
  GtkLabel *rank;
};

G_DEFINE_FINAL_TYPE (LkReasonRow, lk_reason_row, GTK_TYPE_LIST_BOX_ROW)

const LkReason *
lk_reason_row_get_reason (LkReasonRow *self)
{
  g_return_val_if_fail (LK_IS_REASON_ROW (self), NULL);

  return self->reason;
}

void
lk_reason_row_set_reason (LkReasonRow    *self,
                          const LkReason *reason,
                          int             digit,
                          const char     *measured)
{
  char key[2] = { digit > 0 ? '0' + digit : '\0', '\0' };
  g_autofree char *label = NULL;

  g_return_if_fail (LK_IS_REASON_ROW (self));

  self->reason = reason;
  gtk_label_set_text (self->digit, key);
  gtk_widget_set_opacity (GTK_WIDGET (self->digit), digit > 0 ? 1 : 0);
  gtk_label_set_text (self->text, lk_reason_text (reason));
  gtk_label_set_text (self->measured, measured);
  gtk_widget_set_visible (GTK_WIDGET (self->measured), measured[0] != '\0');
  gtk_label_set_text (self->code, reason->code);
  label = g_strdup_printf ("%s %s", reason->code, lk_reason_text (reason));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, measured,
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
  lk_reason_row_set_rank (self, 0);
}

void
lk_reason_row_set_rank (LkReasonRow *self,
                        guint        rank)
{
  char text[2] = { rank > 0 ? '0' + rank : '\0', '\0' };

  g_return_if_fail (LK_IS_REASON_ROW (self));

  gtk_label_set_text (self->rank, text);
  if (rank > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               rank > 0 ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
lk_reason_row_class_init (LkReasonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_CHECKBOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/likeness/Likeness/ui/reason-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LkReasonRow, digit);
  gtk_widget_class_bind_template_child (widget_class, LkReasonRow, text);
  gtk_widget_class_bind_template_child (widget_class, LkReasonRow, measured);
  gtk_widget_class_bind_template_child (widget_class, LkReasonRow, code);
  gtk_widget_class_bind_template_child (widget_class, LkReasonRow, rank);
}

static void
lk_reason_row_init (LkReasonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lk_reason_row_new (void)
{
  return g_object_new (LK_TYPE_REASON_ROW, NULL);
}
