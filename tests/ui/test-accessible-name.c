/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "fixture.h"
#include "ui/accessible-name.h"

/* What a screen reader says of a widget that GTK would name by the text in it, or not at all. */

static void
test_button (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new_with_label ("Take back"));
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  /* as newer GTK does by itself */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  lk_accessible_name_set (button, "Take back: Li");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Take back: Li");
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_object_unref (button);
}

static void
collect_items (GtkWidget *widget,
               GPtrArray *items)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_MENU_ITEM)
    g_ptr_array_add (items, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_items (child, items);
}

static void
test_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  GtkWidget *popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *window;

  g_menu_append (section, "Help", "win.help");
  g_menu_append (section, "Sign out", "win.sign-out");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  window = fixture_window (button, 300, 200);
  lk_accessible_name_items (GTK_POPOVER (popover));
  collect_items (popover, items);
  g_assert_cmpuint (items->len, ==, 2);
  gtk_test_accessible_assert_property (items->pdata[0], GTK_ACCESSIBLE_PROPERTY_LABEL, "Help");
  gtk_test_accessible_assert_property (items->pdata[1], GTK_ACCESSIBLE_PROPERTY_LABEL, "Sign out");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/accessible-name/button", test_button);
  g_test_add_func ("/ui/accessible-name/menu", test_menu);
  return g_test_run ();
}
