/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "fixture.h"
#include "ui/help-window.h"
#include "ui/preferences.h"
#include "ui/settings.h"
#include "ui/shortcuts.h"

/* The windows beside the main one: a shift opens them many times, and what is closed is gone. */

static guint n_alive;

static void
on_gone (gpointer  data,
         GObject  *object)
{
  n_alive--;
}

/* Counts each widget of a tree until it is gone. The window of the tooltips is GTK's own, which keeps it. */
static void
watch (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
    return;
  n_alive++;
  g_object_weak_ref (G_OBJECT (widget), on_gone, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    watch (child);
}

static GtkWindow *
make_parent (void)
{
  return GTK_WINDOW (fixture_window (gtk_label_new (""), 400, 300));
}

static void
assert_goes (GtkWindow *window)
{
  gtk_window_present (window);
  fixture_wait_frames (GTK_WIDGET (window), 3);
  watch (GTK_WIDGET (window));
  g_assert_cmpuint (n_alive, >, 10);
  gtk_window_close (window);
  for (guint i = 0; n_alive > 0 && i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_cmpuint (n_alive, ==, 0);
}

static void
test_shortcuts (void)
{
  GtkWindow *parent = make_parent ();

  assert_goes (lk_shortcuts_window_new (parent));
  gtk_window_destroy (parent);
}

static void
test_help (void)
{
  GtkWindow *parent = make_parent ();

  assert_goes (lk_help_window_new (parent));
  gtk_window_destroy (parent);
}

/* The same again; libadwaita does not let another one go. */
static void
test_preferences (void)
{
  g_autoptr (GSettings) settings = lk_settings_new ();
  GtkWindow *parent = make_parent ();
  GtkWindow *window = lk_preferences_new (parent, settings);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  for (guint i = 0; i < 2; i++)
    {
      gtk_window_present (window);
      fixture_wait_frames (GTK_WIDGET (window), 3);
      gtk_window_close (window);
      g_assert_nonnull (window);
      g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window)));
    }
  gtk_window_destroy (parent);
  g_assert_null (window);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/windows/shortcuts", test_shortcuts);
  g_test_add_func ("/ui/windows/help", test_help);
  g_test_add_func ("/ui/windows/preferences", test_preferences);
  return g_test_run ();
}
