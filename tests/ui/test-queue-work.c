/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "ui/agreement-page.h"
#include "ui/end-page.h"
#include "ui/figures-button.h"
#include "ui/sheet-item.h"
#include "ui/sheet-page.h"

/* What stands on the contact sheet, the words of the end page, and those of the figures. */

static GPtrArray *
checks_with (LkOutcome outcome)
{
  GPtrArray *checks = fixture_crop_checks ();

  g_ptr_array_add (checks, fixture_check ("I2_similarity", LK_CHECK_SOFT, outcome, 0.9, 0.5, NAN));
  return checks;
}

static GListStore *
queue_of (guint n_green)
{
  static const LkOutcome others[] = { LK_OUTCOME_WARN, LK_OUTCOME_FAIL, LK_OUTCOME_NOT_RUN };
  GListStore *queue = g_list_store_new (LK_TYPE_SUBMISSION);

  for (guint i = 0; i < n_green; i++)
    {
      g_autoptr (LkSubmission) green = fixture_submission ((int) i, checks_with (LK_OUTCOME_PASS));
      g_autoptr (LkSubmission) other = fixture_submission (100 + (int) i, checks_with (others[i % G_N_ELEMENTS (others)]));

      g_list_store_append (queue, green);
      g_list_store_append (queue, other);
    }
  return queue;
}

static void
test_sheet_list (void)
{
  g_autoptr (GListStore) queue = queue_of (30);
  g_autoptr (GPtrArray) all = lk_sheet_list (G_LIST_MODEL (queue));
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (LkSubmission) first = g_object_ref (all->pdata[0]);
  g_autoptr (LkDecision) decision = lk_decision_new (&(LkDecisionDescription) { .submission = "x", .verdict = LK_VERDICT_APPROVE });

  g_assert_cmpuint (all->len, ==, 24);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpint (lk_submission_get_worst (all->pdata[i]), ==, LK_OUTCOME_PASS);
  /* neither what is decided nor what somebody is unsure about */
  lk_submission_set_decision (first, decision);
  lk_submission_set_unsure (all->pdata[1], TRUE);
  rest = lk_sheet_list (G_LIST_MODEL (queue));
  g_assert_cmpuint (rest->len, ==, 24);
  g_assert_false (g_ptr_array_find (rest, first, NULL));
  g_assert_false (g_ptr_array_find (rest, all->pdata[1], NULL));
}

static void
test_sheet_item (void)
{
  g_autoptr (LkSubmission) submission = fixture_submission (1, checks_with (LK_OUTCOME_PASS));
  GtkWidget *item = g_object_ref_sink (lk_sheet_item_new (submission, NULL));
  int minimum, natural;

  gtk_widget_measure (item, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, >=, 150);
  g_assert_false (lk_sheet_item_get_taken_out (LK_SHEET_ITEM (item)));
  lk_sheet_item_toggle (LK_SHEET_ITEM (item));
  g_assert_true (lk_sheet_item_get_taken_out (LK_SHEET_ITEM (item)));
  gtk_test_accessible_assert_property (item, GTK_ACCESSIBLE_PROPERTY_LABEL, "李*明: taken out");
  lk_sheet_item_toggle (LK_SHEET_ITEM (item));
  g_assert_false (lk_sheet_item_get_taken_out (LK_SHEET_ITEM (item)));
  g_object_unref (item);
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static void
test_end_page (void)
{
  GtkWidget *page = g_object_new (LK_TYPE_END_PAGE, NULL);
  GtkWidget *window = fixture_window (page, 800, 600);
  LkEndFigures figures = { .n_today = 57, .median_ms = 4200, .held = 3, .second_review = 2,
                           .next_due = g_get_real_time () + 2 * G_TIME_SPAN_HOUR + G_TIME_SPAN_MINUTE,
                           .closes_at = g_get_real_time () + G_TIME_SPAN_DAY };

  lk_end_page_show (LK_END_PAGE (page), LK_END_DONE, &figures);
  fixture_wait_frames (window, 2);
  g_assert_true (says (page, "57 photos decided today"));
  g_assert_true (says (page, "4.2 s a photo"));
  g_assert_true (says (page, "due in 2 hours"));
  g_assert_true (says (page, "3 photos on hold"));
  g_assert_true (says (page, "2 photos wait for a second look"));
  g_assert_true (says (page, "Students can send photos until"));
  g_assert_false (says (page, "Show all"));
  figures.is_part = TRUE;
  lk_end_page_show (LK_END_PAGE (page), LK_END_NO_MATCH, &figures);
  fixture_wait_frames (window, 2);
  g_assert_true (says (page, "Show all"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_figures (void)
{
  const LkOwnFigures figures = { .n_today = 57, .median_ms = 4210, .waiting = 0.013 };
  const LkAgreementFigure agreement = { .pairs = 14, .equal = 13 };
  g_autofree char *text = lk_figures_text (&figures, &agreement);
  g_autofree char *alone = lk_figures_text (&figures, NULL);

  g_assert_cmpstr (text, ==, "57 photos decided today\n4.2 s a photo, the middle value\n1 % of the time waiting for photos\n"
                             "Agreement with second looks: 13 of 14 photos.");
  g_assert_nonnull (strstr (alone, "not known"));
}

static void
test_kappa_words (void)
{
  g_assert_cmpstr (lk_kappa_text (0.84), ==, "almost perfect");
  g_assert_cmpstr (lk_kappa_text (0.8), ==, "substantial");
  g_assert_cmpstr (lk_kappa_text (0.41), ==, "moderate");
  g_assert_cmpstr (lk_kappa_text (-0.2), ==, "slight");
  g_assert_cmpstr (lk_kappa_text (NAN), ==, "too little to say");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/queue-work/sheet-list", test_sheet_list);
  g_test_add_func ("/ui/queue-work/sheet-item", test_sheet_item);
  g_test_add_func ("/ui/queue-work/end-page", test_end_page);
  g_test_add_func ("/ui/queue-work/figures", test_figures);
  g_test_add_func ("/ui/queue-work/kappa-words", test_kappa_words);
  return g_test_run ();
}
