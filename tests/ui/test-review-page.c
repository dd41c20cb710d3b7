/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "fixture.h"
#include "ui/end-page.h"
#include "ui/review-actions.h"
#include "ui/review-page.h"

enum { N_SUBMISSIONS = 3 };

typedef struct
{
  LkSpec *spec;
  LkReasonCatalogue *reasons;
  LkReviewQueue *queue;
  LkTextures *textures;
  LkReviewPage *page;
  GtkWidget *window;
  GString *said;                /* what the page asked for, one word each */
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
  g_autofree char *codes = g_strjoinv ("+", reasons);
  guint position = 0;

  lk_review_queue_find (f->queue, lk_submission_get_id (submission), &position);
  g_string_append_printf (f->said, "%u:%s:%s:%s:%s ", position, lk_verdict_to_word (verdict), codes, note, input);
}

static void
on_undo (LkReviewPage *page,
         Fixture      *f)
{
  g_string_append (f->said, "undo ");
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  f->spec = lk_spec_load_default (NULL);
  f->reasons = lk_reason_catalogue_load_default (NULL);
  f->queue = lk_review_queue_new ();
  f->textures = lk_textures_new (fixture_picture, NULL);
  f->said = g_string_new (NULL);
  for (int i = 0; i < N_SUBMISSIONS; i++)
    g_ptr_array_add (page, fixture_submission (i + 1, fixture_crop_checks ()));
  lk_review_queue_append (f->queue, page);

  f->page = LK_REVIEW_PAGE (lk_review_page_new ());
  lk_review_page_set_spec (f->page, f->spec);
  lk_review_page_set_work (f->page, f->queue, f->textures, f->reasons, NULL);
  g_signal_connect (f->page, "decide", G_CALLBACK (on_decide), f);
  g_signal_connect (f->page, "undo", G_CALLBACK (on_undo), f);
  f->window = fixture_window (GTK_WIDGET (f->page), 1280, 750);
  gtk_widget_grab_focus (GTK_WIDGET (f->page));
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->queue);
  g_object_unref (f->textures);
  lk_reason_catalogue_unref (f->reasons);
  lk_spec_free (f->spec);
  g_string_free (f->said, TRUE);
}

static void
fail_current (Fixture *f)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (checks, fixture_check ("G3_eye_line", LK_CHECK_HARD, LK_OUTCOME_FAIL, 320, 200, 300));
  g_ptr_array_add (page, fixture_submission (9, checks));
  lk_review_queue_append (f->queue, page);
  lk_review_queue_set_position (f->queue, N_SUBMISSIONS);
  fixture_wait_frames (f->window, 2);
}

static void
test_decide_by_key (Fixture      *f,
                    gconstpointer data)
{
  fixture_press (f->window, "a");
  g_assert_cmpstr (f->said->str, ==, "0:approve:::key ");
}

static LkPicture *
late_picture (const char *hash,
              int         box_width,
              int         box_height,
              double      scale,
              gpointer    is_there)
{
  return *(gboolean *) is_there ? fixture_picture (hash, box_width, box_height, scale, NULL) : NULL;
}

/* What was not on the screen is not approved, however fast somebody types; reasons may be looked at meanwhile. */
static void
test_unseen (Fixture      *f,
             gconstpointer data)
{
  gboolean is_there = FALSE;
  g_autoptr (LkTextures) late = lk_textures_new (late_picture, &is_there);
  const char *hash = lk_submission_get_photo (lk_review_queue_get_current (f->queue));

  lk_review_page_set_work (f->page, f->queue, late, f->reasons, NULL);
  fixture_press (f->window, "a a");
  g_assert_cmpstr (f->said->str, ==, "");
  fixture_press (f->window, "r Escape");
  is_there = TRUE;
  lk_textures_ready (late, hash);
  fixture_wait_frames (f->window, 3);
  fixture_press (f->window, "a");
  g_assert_cmpstr (f->said->str, ==, "0:approve:::key ");
  lk_review_page_set_work (f->page, NULL, NULL, NULL, NULL);
}

/* R asks for reasons; nothing is decided before Enter, and the decision keys mean nothing while the reasons are open. */
static void
test_return_by_key (Fixture      *f,
                    gconstpointer data)
{
  fixture_press (f->window, "r");
  fixture_press (f->window, "a h j");
  g_assert_cmpstr (f->said->str, ==, "");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 0);
  fixture_press (f->window, "2");
  fixture_press (f->window, "Return");
  g_assert_cmpstr (f->said->str, ==, "0:return:R102::key ");
}

/* Letters typed into the note are a note. */
static void
test_note_letters (Fixture      *f,
                   gconstpointer data)
{
  fail_current (f);
  fixture_press (f->window, "a");
  g_assert_cmpstr (f->said->str, ==, "");
  fixture_press (f->window, "a r s h j k g z c 1 ctrl+z");
  g_assert_cmpstr (f->said->str, ==, "");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, N_SUBMISSIONS);
  fixture_press (f->window, "ctrl+a BackSpace o k Return");
  g_assert_cmpstr (f->said->str, ==, "3:approve::ok:key ");
}

static void
test_move (Fixture      *f,
           gconstpointer data)
{
  fixture_press (f->window, "j");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 1);
  fixture_press (f->window, "Down j");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 3);
  fixture_press (f->window, "k");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 2);
  fixture_press (f->window, "Up p");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 0);
}

/* Enlarged, the arrows move the photo and not the queue. */
static void
test_arrows_when_enlarged (Fixture      *f,
                           gconstpointer data)
{
  fixture_press (f->window, "plus plus plus plus");
  fixture_press (f->window, "Down Right");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 0);
  fixture_press (f->window, "0");
  fixture_press (f->window, "Down");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 1);
}

static void
test_grid_key (Fixture      *f,
               gconstpointer data)
{
  gboolean shown;

  fixture_press (f->window, "g");
  g_object_get (f->page, "show-grid", &shown, NULL);
  g_assert_false (shown);
  fixture_press (f->window, "g");
  g_object_get (f->page, "show-grid", &shown, NULL);
  g_assert_true (shown);
}

static void
test_undo (Fixture      *f,
           gconstpointer data)
{
  fixture_press (f->window, "ctrl+z");
  g_assert_cmpstr (f->said->str, ==, "");
  lk_review_page_set_can_undo (f->page, TRUE);
  fixture_press (f->window, "ctrl+z");
  g_assert_cmpstr (f->said->str, ==, "undo ");
}

/* A photo that was decided cannot be decided again, but looked at; what was said about it is told. */
static void
test_decided (Fixture      *f,
              gconstpointer data)
{
  LkSubmission *submission = lk_review_queue_get_current (f->queue);
  g_autoptr (LkDecision) decision = lk_decision_new (&(LkDecisionDescription) {
    .submission = lk_submission_get_id (submission),
    .lease = lk_submission_get_lease (submission),
    .photo = lk_submission_get_photo (submission),
    .verdict = LK_VERDICT_APPROVE,
    .input = "key",
  });

  lk_submission_set_decision (submission, decision);
  lk_review_queue_advance (f->queue);
  lk_review_page_decided (f->page, submission);
  g_assert_nonnull (strstr (lk_review_page_get_status (f->page), lk_submission_get_name (submission)));
  fixture_press (f->window, "k");
  fixture_press (f->window, "a");
  g_assert_cmpstr (f->said->str, ==, "");
}

/* The end of the queue is told, and is not the end of the keys. */
static void
test_end (Fixture      *f,
          gconstpointer data)
{
  LkEndPage *end_page = LK_END_PAGE (fixture_find (f->window, LK_TYPE_END_PAGE));

  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (end_page)));
  fixture_press (f->window, "j j j");
  g_assert_null (lk_review_queue_get_current (f->queue));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (end_page)));
  g_assert_cmpstr (lk_end_page_get_title (end_page), ==, "End of the queue");
  fixture_press (f->window, "a r");
  g_assert_cmpstr (f->said->str, ==, "");
  fixture_press (f->window, "k");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, N_SUBMISSIONS - 1);
  fixture_press (f->window, "a");
  g_assert_cmpstr (f->said->str, ==, "2:approve:::key ");
}

/* A photo that leaves while its reasons are being chosen takes the picker with it. */
static void
test_lost_while_choosing (Fixture      *f,
                          gconstpointer data)
{
  g_autoptr (LkSubmission) first = g_object_ref (lk_review_queue_get_current (f->queue));

  fixture_press (f->window, "r");
  lk_review_queue_remove (f->queue, lk_submission_get_id (first));
  fixture_press (f->window, "1 Return");
  g_assert_cmpstr (f->said->str, ==, "");
  fixture_press (f->window, "a");
  g_assert_cmpstr (f->said->str, ==, "0:approve:::key ");
}

/* Every key of the table fires an action that the page or its window has. */
static void
test_table (void)
{
  gsize n_keys;
  const LkReviewKey *keys = lk_review_keys (&n_keys);

  for (gsize i = 0; i < n_keys; i++)
    {
      g_assert_true (g_str_has_prefix (keys[i].action, "review.") || g_str_has_prefix (keys[i].action, "win."));
      for (gsize k = 0; k < i; k++)
        g_assert_false (keys[i].keyval == keys[k].keyval && keys[i].modifiers == keys[k].modifiers);
    }
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add ("/ui/review-page/decide-by-key", test_decide_by_key);
  add ("/ui/review-page/unseen", test_unseen);
  add ("/ui/review-page/return-by-key", test_return_by_key);
  add ("/ui/review-page/note-letters", test_note_letters);
  add ("/ui/review-page/move", test_move);
  add ("/ui/review-page/arrows-when-enlarged", test_arrows_when_enlarged);
  add ("/ui/review-page/grid-key", test_grid_key);
  add ("/ui/review-page/undo", test_undo);
  add ("/ui/review-page/decided", test_decided);
  add ("/ui/review-page/end", test_end);
  add ("/ui/review-page/lost-while-choosing", test_lost_while_choosing);
  g_test_add_func ("/ui/review-page/table", test_table);
  return g_test_run ();
}
