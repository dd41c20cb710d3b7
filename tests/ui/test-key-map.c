/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "fixture.h"
#include "ui/key-hints.h"
#include "ui/key-list.h"
#include "ui/key-map.h"
#include "ui/settings.h"

/* Keys of one's own: taken, refused, kept, shown and put back. */

static gsize
index_of (const char *action)
{
  gsize n;
  const LkReviewKey *keys = lk_key_map_list (lk_key_map_get_default (), &n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (keys[i].action, action))
      return i;
  g_error ("no key for %s", action);
}

static void
assert_key (const char *action,
            const char *text)
{
  g_autofree char *found = lk_key_map_dup_text (lk_key_map_get_default (), action);

  g_assert_cmpstr (found, ==, text);
}

static void
test_change (void)
{
  LkKeyMap *map = lk_key_map_get_default ();
  g_autoptr (GSettings) settings = lk_settings_new ();
  g_autofree char *filled = NULL;
  const char *taken_by = NULL;

  lk_key_map_set_settings (map, settings);
  assert_key ("review.approve", "A");
  g_assert_false (lk_key_map_change (map, index_of ("review.approve"), GDK_KEY_r, 0, &taken_by));
  g_assert_cmpstr (taken_by, ==, "Return, with reasons");
  g_assert_false (lk_key_map_change (map, index_of ("review.approve"), GDK_KEY_R, 0, &taken_by));
  g_assert_false (lk_key_map_change (map, index_of ("review.approve"), GDK_KEY_Tab, 0, &taken_by));
  g_assert_cmpstr (taken_by, ==, "");
  g_assert_false (lk_key_map_change (map, index_of ("review.approve"), GDK_KEY_3, 0, &taken_by));
  assert_key ("review.approve", "A");

  g_assert_true (lk_key_map_change (map, index_of ("review.approve"), GDK_KEY_d, 0, &taken_by));
  assert_key ("review.approve", "D");
  g_assert_true (lk_key_map_is_changed (map, index_of ("review.approve")));
  /* it is free now for another */
  g_assert_true (lk_key_map_change (map, index_of ("review.reshoot"), GDK_KEY_a, 0, &taken_by));
  /* and there again after a restart */
  lk_key_map_set_settings (map, NULL);
  assert_key ("review.approve", "A");
  lk_key_map_set_settings (map, settings);
  assert_key ("review.approve", "D");
  assert_key ("review.reshoot", "A");
  filled = lk_key_map_fill (map, "{review.approve} approves, {review.undo} takes it back.");
  g_assert_cmpstr (filled, ==, "D approves, Ctrl+Z takes it back.");

  lk_key_map_reset (map);
  assert_key ("review.approve", "A");
  assert_key ("review.reshoot", "S");
  lk_key_map_set_settings (map, NULL);
}

static guint n_approved;

static void
on_approve (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  g_assert_cmpstr (g_variant_get_string (parameter, NULL), ==, "key");
  n_approved++;
}

static void
test_keys_and_hints (void)
{
  LkKeyMap *map = lk_key_map_get_default ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new ();
  GtkWidget *cap = gtk_label_new ("A");
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("approve", G_VARIANT_TYPE_STRING);
  const char *taken_by;
  GtkWidget *window;

  g_signal_connect (action, "activate", G_CALLBACK (on_approve), NULL);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (box, "review", G_ACTION_GROUP (group));
  gtk_widget_add_css_class (cap, "keycap");
  gtk_button_set_child (GTK_BUTTON (button), cap);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "review.approve::mouse");
  gtk_widget_set_tooltip_text (button, "通过（A）");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), entry);
  lk_key_map_attach (map, box);
  lk_key_hints_follow (box);
  window = fixture_window (box, 300, 200);

  gtk_widget_grab_focus (button);
  fixture_press (window, "a");
  g_assert_cmpuint (n_approved, ==, 1);
  g_assert_true (lk_key_map_change (map, index_of ("review.approve"), GDK_KEY_d, GDK_CONTROL_MASK, &taken_by));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (cap)), ==, "Ctrl+D");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "通过（Ctrl+D）");
  fixture_press (window, "a");
  g_assert_cmpuint (n_approved, ==, 1);
  fixture_press (window, "ctrl+d");
  g_assert_cmpuint (n_approved, ==, 2);

  /* what is typed is text, whatever the keys are */
  lk_key_map_reset (map);
  gtk_widget_grab_focus (entry);
  fixture_press (window, "a r a");
  g_assert_cmpuint (n_approved, ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "ara");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* With something lying on a key nothing is decided but the photo that was looked at; in a text it writes. */
static void
test_held (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new (), *entry = gtk_entry_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("approve", G_VARIANT_TYPE_STRING);
  GtkWidget *window;

  n_approved = 0;
  g_signal_connect (action, "activate", G_CALLBACK (on_approve), NULL);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (box, "review", G_ACTION_GROUP (group));
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), entry);
  lk_key_map_attach (lk_key_map_get_default (), box);
  window = fixture_window (box, 300, 200);

  gtk_widget_grab_focus (button);
  fixture_hold (window, "a");
  g_assert_cmpuint (n_approved, ==, 1);
  fixture_press (window, "a a a");
  g_assert_cmpuint (n_approved, ==, 4);
  gtk_widget_grab_focus (entry);
  fixture_hold (window, "a");
  g_assert_cmpuint (n_approved, ==, 4);
  g_assert_cmpuint (strlen (gtk_editable_get_text (GTK_EDITABLE (entry))), >, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* By keyboard alone: to the row, Enter, the new key. */
static void
test_list (void)
{
  GtkWidget *list = g_object_new (LK_TYPE_KEY_LIST, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *window, *row;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  window = fixture_window (scroller, 500, 600);
  row = find_row (list, "Approve");
  gtk_widget_grab_focus (row);
  fixture_press (window, "Return r");           /* refused */
  assert_key ("review.approve", "A");
  fixture_press (window, "Return Escape");
  assert_key ("review.approve", "A");
  fixture_press (window, "Return d");
  assert_key ("review.approve", "D");
  lk_key_map_reset (lk_key_map_get_default ());
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/key-map/change", test_change);
  g_test_add_func ("/ui/key-map/keys-and-hints", test_keys_and_hints);
  g_test_add_func ("/ui/key-map/held", test_held);
  g_test_add_func ("/ui/key-map/list", test_list);
  return g_test_run ();
}
