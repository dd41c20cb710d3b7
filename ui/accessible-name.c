/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/accessible-name.h"

void
lk_accessible_name_set (GtkWidget  *widget,
                        const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  /* Newer GTK refers from a button to the label in it, which counts more than a name of its own. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The class of an item is GTK's own; what can be known of it is its role and its text. */
static void
name_items (GtkWidget *widget)
{
  GParamSpec *text = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "text");

  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_MENU_ITEM && text != NULL
      && text->value_type == G_TYPE_STRING)
    {
      g_autofree char *name = NULL;

      g_object_get (widget, "text", &name, NULL);
      lk_accessible_name_set (widget, name);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

void
lk_accessible_name_items (GtkPopover *menu)
{
  g_return_if_fail (GTK_IS_POPOVER (menu));

  name_items (GTK_WIDGET (menu));
}
