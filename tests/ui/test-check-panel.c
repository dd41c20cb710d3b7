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
                "Likeness: Not measured: the automatic check is not installed.");
}

static LkCheck *
scored (const char *id,
        LkOutcome   outcome,
        double      value,
        double      score)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = id, .version = 1, .outcome = outcome, .value = value, .score = score, .low = 70, .high = NAN, .hard_low = NAN,
    .hard_high = NAN });
}

/* The score is told to a screen reader where there is one, and forgotten when the row shows something else. */
static void
test_score (void)
{
  LkCheckRow *row = g_object_ref_sink (LK_CHECK_ROW (lk_check_row_new ()));
  g_autoptr (LkCheck) check = scored ("G3_eye_line", LK_OUTCOME_PASS, 252, 97);
  g_autoptr (LkCheck) old = scored ("G3_eye_line", LK_OUTCOME_PASS, 252, NAN);

  lk_check_row_set_check (row, check);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Quality 97 of 100");
  lk_check_row_set_check (row, old);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  lk_check_row_set_check (row, check);
  lk_check_row_set_heading (row, LK_OUTCOME_PASS, 3);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  g_object_unref (row);
}

static guint
count_rows_of (GtkListBox *list)
{
  guint n = 0;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    n += gtk_widget_get_visible (GTK_WIDGET (row));
  return n;
}

/* Measures are folded and not even made until somebody opens them, with a key if need be; they stay open for the next photo. */
static void
test_measures (void)
{
  g_autoptr (GPtrArray) checks = mixed_checks ();
  g_autoptr (GPtrArray) measures = g_ptr_array_new_with_free_func (g_object_unref);
  LkCheckPanel *panel = LK_CHECK_PANEL (lk_check_panel_new ());
  GtkWidget *window = fixture_window (GTK_WIDGET (panel), 380, 500);
  GtkExpander *expander = GTK_EXPANDER (fixture_find (GTK_WIDGET (panel), GTK_TYPE_EXPANDER));
  GtkListBox *list = GTK_LIST_BOX (gtk_expander_get_child (expander));
  g_autofree char *rows = NULL;

  g_ptr_array_add (measures, scored ("M11_eye_distance", LK_OUTCOME_WARN, 50, 30));
  g_ptr_array_add (measures, scored ("M08_jpeg_quality", LK_OUTCOME_PASS, 92, 100));
  lk_check_panel_set_checks (panel, checks);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (expander)));
  lk_check_panel_set_measures (panel, measures);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (expander)));
  g_assert_cmpuint (count_rows_of (list), ==, 0);
  rows = shown_rows (panel);
  g_assert_null (strstr (rows, "M11"));
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (expander)));
  fixture_press (window, "space");
  g_assert_true (gtk_expander_get_expanded (expander));
  g_assert_cmpuint (count_rows_of (list), ==, 3);       /* the names of the columns, too */
  fixture_wait_frames (window, 3);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 1))));
  g_assert_cmpstr (lk_check_get_id (lk_check_panel_get_pointed (panel)), ==, "M11_eye_distance");
  g_ptr_array_set_size (measures, 1);
  lk_check_panel_set_measures (panel, measures);
  g_assert_cmpuint (count_rows_of (list), ==, 2);
  lk_check_panel_set_measures (panel, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (expander)));
  gtk_window_destroy (GTK_WINDOW (window));
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
  g_test_add_func ("/ui/check-panel/score", test_score);
  g_test_add_func ("/ui/check-panel/measures", test_measures);
  g_test_add_func ("/ui/check-panel/reuse", test_reuse);
  g_test_add_func ("/ui/check-panel/pointed", test_pointed);
  return g_test_run ();
}
