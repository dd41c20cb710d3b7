/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/key-hints.h"

#include <string.h>

#include "ui/key-map.h"

static void
set_caps (GtkWidget  *widget,
          const char *key)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "keycap"))
    gtk_label_set_text (GTK_LABEL (widget), key);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    set_caps (child, key);
}

/* "Next photo (J)": the last brackets, western or Chinese, hold the key. */
static void
set_tooltip (GtkWidget  *button,
             const char *key)
{
  static const char *const brackets[] = { "(", "（" };
  const char *text = gtk_widget_get_tooltip_text (button);
  const char *open = NULL;
  g_autofree char *changed = NULL;

  for (gsize i = 0; text != NULL && open == NULL && i < G_N_ELEMENTS (brackets); i++)
    {
      open = g_strrstr (text, brackets[i]);
      if (open != NULL)
        changed = g_strdup_printf ("%.*s%s%s%s", (int) (open - text), text, brackets[i], key, i == 0 ? ")" : "）");
    }
  if (changed != NULL)
    gtk_widget_set_tooltip_text (button, changed);
}

static void
update (GtkWidget *widget)
{
  const char *action = GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;
  g_autofree char *key = action != NULL ? lk_key_map_dup_text (lk_key_map_get_default (), action) : NULL;

  if (key != NULL)
    {
      set_caps (widget, key);
      set_tooltip (widget, key);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    update (child);
}

void
lk_key_hints_follow (GtkWidget *widget)
{
  update (widget);
  g_signal_connect_object (lk_key_map_get_default (), "changed", G_CALLBACK (update), widget, G_CONNECT_SWAPPED);
}
