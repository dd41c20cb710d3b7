/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking and comparing by keys on the whole review page, and what the loupe shows. */
#include <adwaita.h>
#include <math.h>

#include "fixture.h"
#include "ui/compare-panel.h"
#include "ui/loupe.h"
#include "ui/photo-view.h"
#include "ui/review-page.h"

typedef struct
{
  LkSpec *spec;
  LkReasonCatalogue *reasons;
  LkReviewQueue *queue;
  LkTextures *textures;
  LkReviewPage *page;
  GtkWidget *window;
  int n_decided, n_earlier;
} Fixture;

static void
on_decide (Fixture *f)
{
  f->n_decided++;
}

static void
on_earlier_wanted (Fixture *f)
{
  f->n_earlier++;
}

static const LkEyes eyes = { TRUE, 0.4, 0.39, 0.6, 0.39 };

/* The first has an original and an ID photo, the second nothing but itself. */
static LkSubmission *
make_submission (int      number,
                 gboolean full)
{
  g_autoptr (GPtrArray) checks = fixture_crop_checks ();
  g_autofree char *hash = g_strdup_printf ("%064d", number);
  g_autofree char *id = g_strdup_printf ("01890000-0000-7000-8000-%012d", number);
  LkPhotoInfo original = { (char *) "original", 3000, 4000, { 0 } };
  LkPhotoInfo id_card = { (char *) "id", 358, 441, eyes };

  g_ptr_array_add (checks, lk_check_new (&(LkCheckDescription) {
    .id = "G6_roll", .version = 1, .kind = LK_CHECK_HARD, .outcome = LK_OUTCOME_PASS, .value = 0, .low = -3, .high = 3,
    .hard_low = NAN, .hard_high = NAN, .region = { LK_REGION_SPAN, 0.4f, 0.39f, 0.6f, 0.39f } }));
  return lk_submission_new (&(LkSubmissionDescription) {
    .id = id, .lease = "01890000-0000-7000-8000-0000000000ff", .state = LK_STATE_IN_REVIEW, .name = "李*明",
    .student_no = "2021****07", .class_name = "会计学2班", .site = "合肥校本部", .tries_used = 1, .tries_allowed = 10,
    .submitted_at = g_get_real_time (), .due_at = g_get_real_time () + G_TIME_SPAN_DAY, .photo = hash, .photo_width = 480,
    .photo_height = 640, .id_card = full ? "id" : NULL, .checks = checks,
    .pictures = { full ? &id_card : NULL, NULL, full ? &original : NULL, NULL } });
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  f->spec = lk_spec_load_default (NULL);
  f->reasons = lk_reason_catalogue_load_default (NULL);
  f->queue = lk_review_queue_new ();
  f->textures = lk_textures_new (fixture_picture, NULL);
  g_ptr_array_add (page, make_submission (1, TRUE));
  g_ptr_array_add (page, make_submission (2, FALSE));
  lk_review_queue_append (f->queue, page);
  f->page = LK_REVIEW_PAGE (lk_review_page_new ());
  lk_review_page_set_spec (f->page, f->spec);
  lk_review_page_set_work (f->page, f->queue, f->textures, f->reasons, NULL);
  g_signal_connect_swapped (f->page, "decide", G_CALLBACK (on_decide), f);
  g_signal_connect_swapped (f->page, "earlier-wanted", G_CALLBACK (on_earlier_wanted), f);
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
  lk_spec_free (f->spec);
}

static gboolean
is_comparing (Fixture *f)
{
  gboolean comparing;

  g_object_get (f->page, "comparing", &comparing, NULL);
  g_assert_cmpint (gtk_widget_get_mapped (fixture_find (f->window, LK_TYPE_COMPARE_VIEW)), ==, comparing);
  return comparing;
}

static LkCompareView *
compare_view (Fixture *f)
{
  return LK_COMPARE_VIEW (fixture_find (f->window, LK_TYPE_COMPARE_VIEW));
}

static void
test_compare_keys (Fixture       *f,
                   gconstpointer  data)
{
  double whole;

  g_assert_false (is_comparing (f));
  fixture_press (f->window, "c");
  g_assert_true (is_comparing (f));
  g_assert_cmpint (f->n_earlier, ==, 1);
  whole = lk_compare_view_get_zoom (compare_view (f));
  fixture_press (f->window, "plus plus");
  g_assert_cmpfloat (lk_compare_view_get_zoom (compare_view (f)), >, whole);
  fixture_press (f->window, "z");
  g_assert_cmpfloat (lk_compare_view_get_zoom (compare_view (f)), ==, 1);
  fixture_press (f->window, "z");
  g_assert_cmpfloat (lk_compare_view_get_zoom (compare_view (f)), ==, whole);
  fixture_press (f->window, "f");
  g_assert_cmpint (lk_compare_view_get_mode (compare_view (f)), ==, LK_COMPARE_BLINK);
  fixture_press (f->window, "bracketright");
  g_assert_cmpint (lk_compare_view_get_mode (compare_view (f)), ==, LK_COMPARE_OVERLAY);
  g_assert_cmpfloat_with_epsilon (lk_compare_view_get_fade (compare_view (f)), 0.6, 1e-9);
  fixture_press (f->window, "v");
  g_assert_cmpint (lk_compare_view_get_mode (compare_view (f)), ==, LK_COMPARE_SIDE);
  fixture_press (f->window, "Escape");
  g_assert_false (is_comparing (f));
  g_assert_cmpint (f->n_decided, ==, 0);
}

/* Deciding needs no way back: the keys of the page work, and the next photo is seen alone. */
static void
test_decide_while_comparing (Fixture       *f,
                             gconstpointer  data)
{
  fixture_press (f->window, "f");
  g_assert_true (is_comparing (f));
  fixture_press (f->window, "a");
  g_assert_cmpint (f->n_decided, ==, 1);
  fixture_press (f->window, "j");
  g_assert_cmpuint (lk_review_queue_get_position (f->queue), ==, 1);
  g_assert_false (is_comparing (f));
}

/* The zoom of the original tells that it is shown: it has more pixels. */
static void
test_variants (Fixture       *f,
               gconstpointer  data)
{
  LkPhotoView *view = LK_PHOTO_VIEW (fixture_find (f->window, LK_TYPE_PHOTO_VIEW));
  double whole = lk_photo_view_get_zoom (view);

  fixture_press (f->window, "o");
  g_assert_cmpfloat (lk_photo_view_get_zoom (view), <, whole / 2);
  fixture_press (f->window, "o");
  g_assert_cmpfloat (lk_photo_view_get_zoom (view), ==, whole);
  fixture_press (f->window, "o");
  fixture_press (f->window, "Escape");
  g_assert_cmpfloat (lk_photo_view_get_zoom (view), ==, whole);
  /* the second has none, and stays as it is */
  fixture_press (f->window, "j");
  fixture_press (f->window, "o");
  g_assert_cmpfloat (lk_photo_view_get_zoom (view), ==, whole);
}

/* Nothing of the loupe lies on the photo or on a label, and what it shows is in the photo's own pixels. */
static void
test_loupe (Fixture       *f,
            gconstpointer  data)
{
  LkPhotoView *view = LK_PHOTO_VIEW (fixture_find (f->window, LK_TYPE_PHOTO_VIEW));
  g_autoptr (LkPhotoInfo) info = lk_submission_dup_info (lk_review_queue_get_current (f->queue));
  graphene_rect_t photo, boxes[2];
  gboolean shown;
  LkFit fit;
  int width, height;
  g_autofree guchar *pixels = NULL;

  fixture_press (f->window, "plus plus");
  fixture_press (f->window, "l");
  g_object_get (f->page, "show-loupe", &shown, NULL);
  g_assert_true (shown);
  g_assert_false (lk_photo_view_is_zoomed (view));
  g_assert_true (lk_photo_view_get_fit (view, &fit));
  photo = GRAPHENE_RECT_INIT (fit.x, fit.y, floor (480 * fit.scale), floor (640 * fit.scale));
  g_assert_cmpint (lk_loupe_get_boxes (info, &photo, 1, boxes), ==, 2);
  pixels = fixture_pixels (GTK_WIDGET (view), &width, &height);
  for (int i = 0; i < 2; i++)
    {
      const guchar *middle = pixels + 4 * ((gsize) (boxes[i].origin.y + boxes[i].size.height / 2) * width +
                                           (gsize) (boxes[i].origin.x + boxes[i].size.width / 2));

      g_assert_false (graphene_rect_intersection (&boxes[i], &photo, NULL));
      g_assert_cmpfloat (boxes[i].origin.x, >=, 0);
      g_assert_cmpfloat (boxes[i].origin.y, >, fit.y + 300 / 640.0 * photo.size.height);
      g_assert_cmpint (middle[0], ==, 200);
      g_assert_cmpint (middle[1], ==, 100);
      g_assert_cmpint (middle[2], ==, 50);
    }
  g_assert_false (graphene_rect_intersection (&boxes[0], &boxes[1], NULL));
}

#define ADD(path, func) g_test_add ("/ui/looking/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("compare-keys", test_compare_keys);
  ADD ("decide-while-comparing", test_decide_while_comparing);
  ADD ("variants", test_variants);
  ADD ("loupe", test_loupe);
  return g_test_run ();
}
