/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shortcuts.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/key-map.h"

/* Keys that do the same as one already listed and are only there for other keyboards. */
static gboolean
is_spare (const LkReviewKey *key)
{
  return key->keyval == GDK_KEY_equal || key->keyval == GDK_KEY_KP_Add || key->keyval == GDK_KEY_KP_Subtract ||
         key->keyval == GDK_KEY_KP_0;
}

static void
add_keycap (GtkBox            *box,
            const LkReviewKey *key)
{
  g_autofree char *text = lk_key_text (key->keyval, key->modifiers);
  GtkWidget *cap = gtk_label_new (text);

  gtk_widget_add_css_class (cap, "keycap");
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  gtk_box_append (box, cap);
}

static GtkWidget *
make_row (const LkReviewKey *key)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *caps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *title = gtk_label_new (_(key->title));

  gtk_widget_set_size_request (caps, 116, -1);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  add_keycap (GTK_BOX (caps), key);
  gtk_box_append (GTK_BOX (row), caps);
  gtk_box_append (GTK_BOX (row), title);
  return row;
}

static GtkWidget *
make_group (LkKeyGroup group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *heading = gtk_label_new (lk_key_group_title (group));
  GtkWidget *row = NULL;
  gsize n_keys;
  const LkReviewKey *keys = lk_key_map_list (lk_key_map_get_default (), &n_keys);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (box), heading);
  for (gsize i = 0; i < n_keys; i++)
    {
      if (keys[i].group != group || is_spare (&keys[i]))
        continue;
      if (keys[i].title == NULL)
        {
          add_keycap (GTK_BOX (gtk_widget_get_first_child (row)), &keys[i]);
          continue;
        }
      row = make_row (&keys[i]);
      gtk_box_append (GTK_BOX (box), row);
    }
  return box;
}

static gboolean
close_window (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
add_close_keys (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  const guint keyvals[] = { GDK_KEY_Escape, GDK_KEY_question };

  for (gsize i = 0; i < G_N_ELEMENTS (keyvals); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keyvals[i], 0),
                                                            gtk_callback_action_new (close_window, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

GtkWindow *
lk_shortcuts_window_new (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 36);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (left), make_group (LK_KEY_GROUP_DECIDE));
  gtk_box_append (GTK_BOX (left), make_group (LK_KEY_GROUP_MOVE));
  gtk_box_append (GTK_BOX (right), make_group (LK_KEY_GROUP_LOOK));
  gtk_box_append (GTK_BOX (right), make_group (LK_KEY_GROUP_MORE));
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), right);
  gtk_widget_add_css_class (columns, "shortcuts");

  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), columns);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_title (GTK_WINDOW (window), _("Keyboard shortcuts"));
  gtk_window_set_default_size (GTK_WINDOW (window), 760, -1);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  add_close_keys (window);
  return GTK_WINDOW (window);
}
