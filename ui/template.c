/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/template.h"

void
lk_template_dispose (GtkWidget *widget,
                     GType      type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (widget, type);
  /* GTK lets go only of the children that are bound to fields */
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
