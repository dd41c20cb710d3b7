/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "fixture.h"
#include "ui/check-panel.h"
#include "ui/check-row.h"
#include "ui/outcome-mark.h"

static GPtrArray *
mixed_checks (void)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (checks, fixture_check ("F1_format", LK_CHECK_HARD, LK_OUTCOME_PASS, NAN, NAN, NAN));
  g_ptr_array_add (checks, fixture_check ("G2_hair_top", LK_CHECK_SOFT, LK_OUTCOME_WARN, 130, 50, 110));
  g_ptr_array_add (checks, fixture_check ("G3_eye_line", LK_CHECK_HARD, LK_OUTCOME_FAIL, 320, 200, 300));
  g_ptr_array_add (checks, fixture_check ("G4_face_width", LK_CHECK_HARD, LK_OUTCOME_PASS, 240, 180, 300));
  g_ptr_array_add (checks, fixture_check ("I2_similarity", LK_CHECK_SOFT, LK_OUTCOME_NOT_RUN, NAN, NAN, NAN));
  g_ptr_array_add (checks, fixture_check ("B1_replaced", LK_CHECK_HARD, LK_OUTCOME_FAIL, 12.5, 97, NAN));
  return checks;
}

/* Ids of the visible rows in their order, "-" for a heading. */
static char *
shown_rows (LkCheckPanel *panel)
{
  GtkListBox *list = GTK_LIST_BOX (fixture_find (GTK_WIDGET (panel), GTK_TYPE_LIST_BOX));
  GString *text = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      LkCheck *check = lk_check_row_get_check (LK_CHECK_ROW (row));

      if (gtk_widget_get_visible (GTK_WIDGET (row)))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", check != NULL ? lk_check_get_id (check) : "-");
    }
  return g_string_free (text, FALSE);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) checks = mixed_checks ();
  LkCheckPanel *panel = LK_CHECK_PANEL (lk_check_panel_new ());
  GtkWidget *window = fixture_window (GTK_WIDGET (panel), 380, 400);
  g_autofree char *rows = NULL;

  lk_check_panel_set_checks (panel, checks);
  rows = shown_rows (panel);
  g_assert_cmpstr (rows, ==, "- G3_eye_line B1_replaced - G2_hair_top - I2_similarity - F1_format G4_face_width");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where there is no room only what neither failed nor wants attention is left out. */
static void
test_room (void)
{
  g_autoptr (GPtrArray) checks = mixed_checks ();
  LkCheckPanel *panel = LK_CHECK_PANEL (lk_check_panel_new ());
  GtkWidget *window = fixture_window (GTK_WIDGET (panel), 380, 120);
  g_autofree char *few = NULL;
  g_autofree char *all = NULL;

  lk_check_panel_set_checks (panel, checks);
  fixture_wait_frames (window, 3);
  few = shown_rows (panel);
  g_assert_cmpstr (few, ==, "- G3_eye_line B1_replaced - G2_hair_top");
  lk_check_panel_set_expanded (panel, TRUE);
  all = shown_rows (panel);
  g_assert_true (g_str_has_suffix (all, "- I2_similarity - F1_format G4_face_width"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_label (LkCheck    *check,
              const char *label)
{
  LkCheckRow *row = g_object_ref_sink (LK_CHECK_ROW (lk_check_row_new ()));

  lk_check_row_set_check (row, check);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  g_object_unref (row);
  g_object_unref (check);
}

/* A row says in words what it shows by shape and place; what was not measured never sounds like a pass. */
static void
test_words (void)
{
  assert_label (fixture_check ("G3_eye_line", LK_CHECK_HARD, LK_OUTCOME_FAIL, 320, 200, 300),
                "Failed: Eye line, 320\u00a0px, accepted 200–300");
  assert_label (fixture_check ("G4_face_width", LK_CHECK_HARD, LK_OUTCOME_PASS, 240, 180, 300),
                "Passed: Face width, 240\u00a0px, accepted 180–300");
  assert_label (fixture_check ("I2_similarity", LK_CHECK_SOFT, LK_OUTCOME_NOT_RUN, NAN, NAN, NAN),
                "Likeness to ID photo: Not measured: the automatic check is not installed.");
}

/* Rows are reused: a heading of one photo may be a check of the next and back. */
static void
test_reuse (void)
{
  g_autoptr (GPtrArray) mixed = mixed_checks ();
  g_autoptr (GPtrArray) crop = fixture_crop_checks ();
  LkCheckPanel *panel = LK_CHECK_PANEL (lk_check_panel_new ());
  GtkWidget *window = fixture_window (GTK_WIDGET (panel), 380, 400);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  lk_check_panel_set_checks (panel, mixed);
  first = shown_rows (panel);
  lk_check_panel_set_checks (panel, crop);
  second = shown_rows (panel);
  g_assert_cmpstr (second, ==, "- G2_hair_top G3_eye_line G4_face_width G5_centre");
  lk_check_panel_set_checks (panel, mixed);
  third = shown_rows (panel);
  g_assert_cmpstr (third, ==, first);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Focusing a row points at its check. */
static void
test_pointed (void)
{
  g_autoptr (GPtrArray) checks = mixed_checks ();
  LkCheckPanel *panel = LK_CHECK_PANEL (lk_check_panel_new ());
  GtkWidget *window = fixture_window (GTK_WIDGET (panel), 380, 400);

  lk_check_panel_set_checks (panel, checks);
  g_assert_null (lk_check_panel_get_pointed (panel));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (fixture_find (GTK_WIDGET (panel), GTK_TYPE_LIST_BOX)), 1)));
  g_assert_cmpstr (lk_check_get_id (lk_check_panel_get_pointed (panel)), ==, "G3_eye_line");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/check-panel/order", test_order);
  g_test_add_func ("/ui/check-panel/room", test_room);
  g_test_add_func ("/ui/check-panel/words", test_words);
  g_test_add_func ("/ui/check-panel/reuse", test_reuse);
  g_test_add_func ("/ui/check-panel/pointed", test_pointed);
  return g_test_run ();
}
