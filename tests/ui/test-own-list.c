/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no check can see, and the photo that a check found: from the side of the page to the picker and to comparing. */
#include <adwaita.h>
#include <math.h>

#include "fixture.h"
#include "ui/check-row.h"
#include "ui/compare-panel.h"
#include "ui/outcome-mark.h"
#include "ui/own-list.h"
#include "ui/reason-dialog.h"
#include "ui/review-page.h"

static const char other_hash[] = "00000000000000000000000000000000000000000000000000000000000000aa";

typedef struct
{
  LkReasonCatalogue *reasons;
  LkReviewQueue *queue;
  LkTextures *textures;
  LkReviewPage *page;
  GtkWidget *window;
  char *decided;                /* "reshoot R806 key" of the last decision */
} Fixture;

static void
on_decide (LkReviewPage *page,
           LkSubmission *submission,
           int           verdict,
           char        **reasons,
           const char   *note,
           const char   *input,
           Fixture      *f)
{
  g_autofree char *codes = g_strjoinv (" ", reasons);

  g_free (f->decided);
  f->decided = g_strdup_printf ("%s %s %s", lk_verdict_to_word (verdict), codes, input);
}

/* A photo whose picture came under another student, too. */
static LkSubmission *
make_submission (void)
{
  GPtrArray *checks = fixture_crop_checks ();
  g_autoptr (GPtrArray) others = lk_others_new ();
  LkOther *other = lk_other_new (LK_OTHER_SUBMISSION, LK_LIKENESS_NEAR_COPY, 1.9);

  other->submission = g_strdup ("01890000-0000-7000-8000-0000000000aa");
  other->photo = g_strdup (other_hash);
  other->picture = lk_photo_info_new (other_hash, 600, 800, NULL);
  other->name = g_strdup ("王*");
  other->student_no = g_strdup ("2021****12");
  g_ptr_array_add (others, other);
  g_ptr_array_add (checks, lk_check_new (&(LkCheckDescription) {
    .id = "D2_other_student", .version = 1, .outcome = LK_OUTCOME_WARN, .value = NAN, .score = NAN, .low = NAN, .high = NAN,
    .hard_low = NAN, .hard_high = NAN, .reason = "R802", .others = others }));
  return fixture_submission (1, checks);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  f->reasons = lk_reason_catalogue_load_default (NULL);
  f->queue = lk_review_queue_new ();
  f->textures = lk_textures_new (fixture_picture, NULL);
  g_ptr_array_add (page, make_submission ());
  g_ptr_array_add (page, fixture_submission (2, fixture_crop_checks ()));
  lk_review_queue_append (f->queue, page);
  f->page = LK_REVIEW_PAGE (lk_review_page_new ());
  lk_review_page_set_work (f->page, f->queue, f->textures, f->reasons, NULL);
  g_signal_connect (f->page, "decide", G_CALLBACK (on_decide), f);
  f->window = fixture_window (GTK_WIDGET (f->page), 1280, 750);
  gtk_widget_grab_focus (GTK_WIDGET (f->page));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->queue);
  g_object_unref (f->textures);
  lk_reason_catalogue_unref (f->reasons);
  g_free (f->decided);
}

static GtkWidget *
own_list (Fixture *f)
{
  return fixture_find (f->window, LK_TYPE_OWN_LIST);
}

static GtkWidget *
first_word (Fixture *f)
{
  return gtk_widget_get_first_child (fixture_find (own_list (f), GTK_TYPE_GRID));
}

/* All of the catalogue's words, each saying its reason in full; no mark says that anything was measured. */
static void
test_words (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) own = lk_reason_catalogue_list_own (f->reasons);
  GtkWidget *word = first_word (f);

  for (guint i = 0; i < own->len; i++, word = gtk_widget_get_next_sibling (word))
    {
      const LkReason *reason = own->pdata[i];

      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (word)))), ==, reason->look_en);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (word), GTK_ACCESSIBLE_PROPERTY_LABEL, reason->text_en);
    }
  g_assert_null (word);
  g_assert_null (fixture_find (own_list (f), LK_TYPE_OUTCOME_MARK));
}

/* List and decision are on the screen together, wherever the checks are scrolled to. */
static void
test_in_sight (Fixture       *f,
               gconstpointer  data)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (own_list (f), f->window, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <, gtk_widget_get_height (f->window) - 100);
  for (GtkWidget *parent = gtk_widget_get_parent (own_list (f)); parent != NULL; parent = gtk_widget_get_parent (parent))
    g_assert_false (GTK_IS_SCROLLED_WINDOW (parent));
}

/* One key to the list, arrows in it, Enter on a word, Enter in the picker. */
static void
test_keys (Fixture       *f,
           gconstpointer  data)
{
  fixture_press (f->window, "y");
  g_assert_true (gtk_widget_is_focus (first_word (f)));
  fixture_press (f->window, "Right Down Up Left Left");
  g_assert_true (gtk_widget_is_focus (first_word (f)));
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 0);
  fixture_press (f->window, "Right Down Return");
  g_assert_null (f->decided);
  fixture_press (f->window, "Return");
  g_assert_cmpstr (f->decided, ==, "reshoot R806 key");
}

/* The verdict is the reason's own; what the checks suggest may be added, and the word taken back. */
static void
test_picker (Fixture       *f,
             gconstpointer  data)
{
  LkReasonDialog *dialog = LK_REASON_DIALOG (fixture_find (f->window, LK_TYPE_REASON_DIALOG));
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) none = NULL;

  gtk_widget_activate_action (GTK_WIDGET (f->page), "review.own-reason", "s", "R807");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  g_assert_cmpint (lk_reason_dialog_get_verdict (dialog), ==, LK_VERDICT_RETURN);
  one = lk_reason_dialog_dup_reasons (dialog);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, "R807");
  fixture_press (f->window, "1");
  none = lk_reason_dialog_dup_reasons (dialog);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  fixture_press (f->window, "1 2 Return");
  g_assert_cmpstr (f->decided, ==, "return R807 R101 mouse");
  /* the next time it opens as ever */
  fixture_press (f->window, "s 1 Return");
  g_assert_cmpstr (f->decided, ==, "reshoot R101 key");
}

static LkCheckRow *
row_of (Fixture    *f,
        const char *id)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_ancestor (fixture_find (f->window, LK_TYPE_CHECK_ROW), GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      LkCheck *check = lk_check_row_get_check (LK_CHECK_ROW (row));

      if (check != NULL && g_str_equal (lk_check_get_id (check), id))
        return LK_CHECK_ROW (row);
    }
  g_assert_not_reached ();
}

static gboolean
is_comparing (Fixture *f)
{
  gboolean comparing;

  g_object_get (f->page, "comparing", &comparing, NULL);
  return comparing;
}

/* Enter on the row shows the other photo beside this one, under a masked name and number and nothing more. */
static void
test_found_photo (Fixture       *f,
                  gconstpointer  data)
{
  LkCheckRow *row = row_of (f, "D2_other_student");
  LkComparePanel *panel = LK_COMPARE_PANEL (fixture_find (f->window, LK_TYPE_COMPARE_PANEL));
  graphene_point_t point;

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Enter shows both photos side by side.");
  gtk_widget_grab_focus (GTK_WIDGET (row));
  fixture_press (f->window, "Return");
  g_assert_true (is_comparing (f));
  g_assert_cmpuint (lk_compare_panel_get_n_choices (panel), ==, 1);
  g_assert_true (lk_compare_view_locate (lk_compare_panel_get_view (panel), 1, 0, 0, &point));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (lk_compare_panel_get_view (panel)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "This photo, 2021****12 (王*)");
  fixture_press (f->window, "Escape");
  g_assert_false (is_comparing (f));
  /* a row that found no photo opens nothing */
  gtk_widget_grab_focus (GTK_WIDGET (row_of (f, "G3_eye_line")));
  fixture_press (f->window, "Return");
  g_assert_false (is_comparing (f));
}

/* A photo that comes with the earlier ones, too, stands there once, and stays chosen when they come. */
static void
test_found_earlier (Fixture       *f,
                    gconstpointer  data)
{
  LkComparePanel *panel = LK_COMPARE_PANEL (fixture_find (f->window, LK_TYPE_COMPARE_PANEL));
  g_autoptr (GPtrArray) earlier = g_ptr_array_new ();
  LkPhotoInfo first = { (char *) "first", 480, 640, { 0 } }, same = { (char *) other_hash, 600, 800, { 0 } };
  LkEarlier entries[] = { { .photo = &first }, { .photo = &same } };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    g_ptr_array_add (earlier, &entries[i]);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "review.compare-with", "s", other_hash);
  g_assert_cmpuint (lk_compare_panel_get_n_choices (panel), ==, 1);
  lk_review_page_set_earlier (f->page, lk_review_queue_get_current (f->queue), earlier);
  g_assert_cmpuint (lk_compare_panel_get_n_choices (panel), ==, 2);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (lk_compare_panel_get_view (panel)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "This photo, Earlier: Replaced, Earlier: Replaced");
  lk_compare_panel_choose_next (panel);
  lk_review_queue_set_position (f->queue, 1);
  g_assert_false (is_comparing (f));
}

#define ADD(path, func) g_test_add ("/ui/own-list/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("words", test_words);
  ADD ("in-sight", test_in_sight);
  ADD ("keys", test_keys);
  ADD ("picker", test_picker);
  ADD ("found-photo", test_found_photo);
  ADD ("found-earlier", test_found_earlier);
  return g_test_run ();
}
