/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "ui/filmstrip.h"

/* Wherever the review goes, its row is in sight, and the list stands still where it need not move. */

enum { N_SUBMISSIONS = 40 };

typedef struct
{
  LkReviewQueue *queue;
  LkTextures *textures;
  GtkWidget *strip, *window, *scroller, *list;
} Fixture;

static void
append (Fixture *f, int first, int n)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n; i++)
    g_ptr_array_add (page, fixture_submission (first + i, fixture_crop_checks ()));
  lk_review_queue_append (f->queue, page);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->queue = lk_review_queue_new ();
  f->textures = lk_textures_new (fixture_picture, NULL);
  append (f, 1, N_SUBMISSIONS);
  f->strip = g_object_new (LK_TYPE_FILMSTRIP, NULL);
  f->window = fixture_window (f->strip, 140, 700);
  lk_filmstrip_set_queue (LK_FILMSTRIP (f->strip), f->queue, f->textures);
  f->scroller = fixture_find (f->strip, GTK_TYPE_SCROLLED_WINDOW);
  f->list = fixture_find (f->strip, GTK_TYPE_LIST_VIEW);
  fixture_wait_frames (f->window, 4);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->textures);
  g_object_unref (f->queue);
}

static double
scrolled (Fixture *f)
{
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (f->scroller)));
}

static void
assert_selected_in_sight (Fixture *f)
{
  GtkWidget *row = gtk_widget_get_first_child (f->list);
  graphene_rect_t bounds;

  while (row != NULL && !(gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED))
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, f->scroller, &bounds));
  g_assert_cmpfloat (bounds.size.height, >, 50);
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (f->scroller));
}

static void
go (Fixture *f, guint position)
{
  lk_review_queue_set_position (f->queue, position);
  fixture_wait_frames (f->window, 3);
  assert_selected_in_sight (f);
}

static void
test_one_by_one (Fixture *f, gconstpointer data)
{
  int n_moved = 0;

  for (guint i = 1; i < N_SUBMISSIONS; i++)
    {
      double before = scrolled (f);

      go (f, i);
      n_moved += scrolled (f) != before;
    }
  g_assert_cmpint (n_moved, >, N_SUBMISSIONS / 2);
  for (int i = N_SUBMISSIONS - 2; i >= 0; i--)
    go (f, (guint) i);
  g_assert_cmpfloat (scrolled (f), ==, 0);
}

static void
test_stands_still (Fixture *f, gconstpointer data)
{
  double before;

  go (f, 30);
  go (f, 29);
  before = scrolled (f);
  go (f, 30);
  g_assert_cmpfloat (scrolled (f), ==, before);
  go (f, 29);
  g_assert_cmpfloat (scrolled (f), ==, before);
}

static void
test_jumps (Fixture *f, gconstpointer data)
{
  static const guint places[] = { 30, 3, 39, 0, 20, 22, 17, 38 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    go (f, places[i]);
}

/* As with a key held: the next move comes before the last one is laid out. */
static void
test_faster_than_frames (Fixture *f, gconstpointer data)
{
  for (guint i = 1; i < N_SUBMISSIONS; i++)
    {
      lk_review_queue_set_position (f->queue, i);
      if (i % 3 == 0)
        fixture_wait_frames (f->window, 1);
    }
  fixture_wait_frames (f->window, 3);
  assert_selected_in_sight (f);
  for (guint i = N_SUBMISSIONS; i-- > 0;)
    lk_review_queue_set_position (f->queue, i);
  fixture_wait_frames (f->window, 3);
  assert_selected_in_sight (f);
}

static void
test_changes (Fixture *f, gconstpointer data)
{
  go (f, 20);
  for (int i = 0; i < 25; i++)
    {
      g_autoptr (LkSubmission) first = g_list_model_get_item (G_LIST_MODEL (f->queue), 0);

      lk_review_queue_remove (f->queue, lk_submission_get_id (first));
      if (i % 2 == 0)
        lk_review_queue_set_position (f->queue, lk_review_queue_get_position (f->queue) + 1);
    }
  fixture_wait_frames (f->window, 3);
  assert_selected_in_sight (f);
  append (f, N_SUBMISSIONS + 1, 30);
  go (f, lk_review_queue_get_position (f->queue) + 1);
}

static guint
selected (Fixture *f)
{
  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (f->list))));
}

/* The photo has the key's own frame; rows that go before the strip has followed move nothing else. */
static void
test_photo_comes_first (Fixture *f, gconstpointer data)
{
  LkSubmission *current;

  go (f, 12);
  lk_review_queue_set_position (f->queue, 20);
  g_assert_cmpuint (selected (f), ==, 12);
  current = lk_review_queue_get_current (f->queue);
  for (int i = 0; i < 5; i++)
    {
      g_autoptr (LkSubmission) first = g_list_model_get_item (G_LIST_MODEL (f->queue), 0);

      lk_review_queue_remove (f->queue, lk_submission_get_id (first));
    }
  fixture_wait_frames (f->window, 3);
  g_assert_true (lk_review_queue_get_current (f->queue) == current);
  g_assert_cmpuint (selected (f), ==, 15);
  assert_selected_in_sight (f);
}

/* Hidden before the frame came: the row is right all the same. */
static void
test_hidden (Fixture *f, gconstpointer data)
{
  go (f, 12);
  lk_review_queue_set_position (f->queue, 20);
  gtk_widget_unrealize (f->strip);
  g_assert_cmpuint (selected (f), ==, 20);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/filmstrip/one-by-one", Fixture, NULL, set_up, test_one_by_one, tear_down);
  g_test_add ("/ui/filmstrip/stands-still", Fixture, NULL, set_up, test_stands_still, tear_down);
  g_test_add ("/ui/filmstrip/jumps", Fixture, NULL, set_up, test_jumps, tear_down);
  g_test_add ("/ui/filmstrip/faster-than-frames", Fixture, NULL, set_up, test_faster_than_frames, tear_down);
  g_test_add ("/ui/filmstrip/photo-comes-first", Fixture, NULL, set_up, test_photo_comes_first, tear_down);
  g_test_add ("/ui/filmstrip/hidden", Fixture, NULL, set_up, test_hidden, tear_down);
  g_test_add ("/ui/filmstrip/changes", Fixture, NULL, set_up, test_changes, tear_down);
  return g_test_run ();
}
