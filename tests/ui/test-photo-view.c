/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "core/error.h"
#include "fixture.h"
#include "ui/grid-overlay.h"
#include "ui/photo-view.h"

static LkPicture *
no_picture (const char *hash,
            int         box_width,
            int         box_height,
            double      scale,
            gpointer    user_data)
{
  (*(int *) user_data)++;
  return NULL;
}

static LkPhotoView *
make_view (LkTextures *textures)
{
  LkPhotoView *view = LK_PHOTO_VIEW (lk_photo_view_new ());

  lk_photo_view_set_textures (view, textures);
  return view;
}

static gboolean
is_photo (const guchar *pixel)
{
  return pixel[0] == 200 && pixel[1] == 100 && pixel[2] == 50;
}

/* The whole photo lies centred at whole pixels, with room for the labels on both sides, and is not resampled. */
static void
test_fit (void)
{
  g_autoptr (LkTextures) textures = lk_textures_new (fixture_picture, NULL);
  g_autoptr (LkSubmission) submission = fixture_submission (1, NULL);
  LkPhotoView *view = make_view (textures);
  GtkWidget *window = fixture_window (GTK_WIDGET (view), 760, 700);
  g_autofree guchar *pixels = NULL;
  int width, height, x, y;
  LkFit fit;

  lk_photo_view_set_submission (view, submission);
  fixture_wait_frames (window, 2);
  g_assert_true (lk_photo_view_get_fit (view, &fit));
  g_assert_cmpfloat (fit.x, ==, floor (fit.x));
  g_assert_cmpfloat (fit.x, >=, LK_GRID_LABEL_WIDTH);
  g_assert_false (lk_photo_view_is_zoomed (view));

  pixels = fixture_pixels (GTK_WIDGET (view), &width, &height);
  x = fit.x;
  y = height / 2;
  g_assert_true (is_photo (pixels + 4 * ((gsize) y * width + x)));
  g_assert_false (is_photo (pixels + 4 * ((gsize) y * width + x - 1)));
  x = fit.x + floor (480 * fit.scale) - 1;
  g_assert_true (is_photo (pixels + 4 * ((gsize) y * width + x)));
  g_assert_false (is_photo (pixels + 4 * ((gsize) y * width + x + 1)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_zoom_and_pan (void)
{
  g_autoptr (LkTextures) textures = lk_textures_new (fixture_picture, NULL);
  g_autoptr (LkSubmission) first = fixture_submission (1, NULL);
  g_autoptr (LkSubmission) second = fixture_submission (2, NULL);
  LkPhotoView *view = make_view (textures);
  GtkWidget *window = fixture_window (GTK_WIDGET (view), 760, 700);
  double whole;
  LkFit before, after;

  lk_photo_view_set_submission (view, first);
  whole = lk_photo_view_get_zoom (view);
  lk_photo_view_zoom_actual (view);
  g_assert_cmpfloat (lk_photo_view_get_zoom (view), ==, 1);
  lk_photo_view_pan (view, 30, 30);
  lk_photo_view_get_fit (view, &before);
  g_assert_false (lk_photo_view_is_zoomed (view));

  lk_photo_view_zoom_by (view, 4);
  g_assert_true (lk_photo_view_is_zoomed (view));
  lk_photo_view_get_fit (view, &before);
  lk_photo_view_pan (view, 30, -20);
  lk_photo_view_get_fit (view, &after);
  g_assert_cmpfloat_with_epsilon (after.x, before.x - 30, 1.01);
  g_assert_cmpfloat_with_epsilon (after.y, before.y + 20, 1.01);

  /* against the edge it stops, and comes back at once */
  lk_photo_view_pan (view, 1e6, 0);
  lk_photo_view_get_fit (view, &before);
  lk_photo_view_pan (view, -10, 0);
  lk_photo_view_get_fit (view, &after);
  g_assert_cmpfloat_with_epsilon (after.x, before.x + 10, 1.01);

  /* the next photo is shown whole again */
  lk_photo_view_set_submission (view, second);
  g_assert_cmpfloat (lk_photo_view_get_zoom (view), ==, whole);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count (gpointer  source,
       int      *n)
{
  (*n)++;
}

/* "painted" comes once for each photo, and not before its own picture is on the screen. */
static void
test_painted_once (void)
{
  int n_asked = 0, n_painted = 0;
  g_autoptr (LkTextures) none = lk_textures_new (no_picture, &n_asked);
  g_autoptr (LkTextures) some = lk_textures_new (fixture_picture, NULL);
  g_autoptr (LkSubmission) submission = fixture_submission (1, NULL);
  LkPhotoView *view = make_view (none);
  GtkWidget *window = fixture_window (GTK_WIDGET (view), 760, 700);

  g_signal_connect (view, "painted", G_CALLBACK (count), &n_painted);
  lk_photo_view_set_submission (view, submission);
  fixture_wait_frames (window, 3);
  g_assert_cmpint (n_asked, >, 0);
  g_assert_cmpint (n_painted, ==, 0);

  lk_photo_view_set_textures (view, some);
  fixture_wait_frames (window, 3);
  g_assert_cmpint (n_painted, ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static LkPicture *
small_picture (const char *hash,
               int         box_width,
               int         box_height,
               double      scale,
               gpointer    user_data)
{
  return box_width < 100 && scale == 0 ? fixture_picture (hash, box_width, box_height, scale, user_data) : NULL;
}

/* Until a photo is decoded its thumbnail stands in its place, if there is one of this very photo; but it has not been seen yet. */
static void
test_thumbnail_first (void)
{
  int n_painted = 0, width, height;
  g_autoptr (LkTextures) textures = lk_textures_new (small_picture, NULL);
  g_autoptr (LkSubmission) other = fixture_submission (1, NULL), submission = fixture_submission (2, NULL);
  LkPhotoView *view = make_view (textures);
  GtkWidget *window = fixture_window (GTK_WIDGET (view), 760, 700);
  g_autofree guchar *before = NULL, *after = NULL;
  gsize middle;

  g_signal_connect (view, "painted", G_CALLBACK (count), &n_painted);
  lk_textures_get (textures, lk_submission_get_photo (other), 48, 64);
  lk_photo_view_set_submission (view, submission);
  fixture_wait_frames (window, 3);
  before = fixture_pixels (GTK_WIDGET (view), &width, &height);
  middle = 4 * ((gsize) height / 2 * width + width / 2);
  g_assert_false (is_photo (before + middle));

  lk_textures_get (textures, lk_submission_get_photo (submission), 48, 64);
  gtk_widget_queue_draw (GTK_WIDGET (view));
  fixture_wait_frames (window, 3);
  after = fixture_pixels (GTK_WIDGET (view), &width, &height);
  g_assert_true (is_photo (after + middle));
  g_assert_cmpint (n_painted, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A photo that failed is not asked for again at every frame, but shown as soon as it is there. */
static void
test_failed (void)
{
  int n_asked = 0;
  g_autoptr (LkTextures) textures = lk_textures_new (no_picture, &n_asked);
  g_autoptr (LkSubmission) submission = fixture_submission (1, NULL);
  LkPhotoView *view = make_view (textures);
  GtkWidget *window = fixture_window (GTK_WIDGET (view), 760, 700);
  int n_before;

  lk_photo_view_set_submission (view, submission);
  fixture_wait_frames (window, 2);
  lk_textures_failed (textures, lk_submission_get_photo (submission), LK_ERROR_OFFLINE);
  n_before = n_asked;
  fixture_wait_frames (window, 3);
  g_assert_cmpint (n_asked, ==, n_before);
  lk_textures_ready (textures, lk_submission_get_photo (submission));
  fixture_wait_frames (window, 2);
  g_assert_cmpint (n_asked, >, n_before);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Neither standard nor measured lines lie on the face; brackets have the limits stored with the checks. */
static void
test_grid_leaves_the_face_free (void)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (LkGridOverlay) grid = lk_grid_overlay_new (spec);
  g_autoptr (GPtrArray) checks = fixture_crop_checks ();
  const GArray *lines;
  graphene_rect_t face;
  gboolean has_eye_bracket = FALSE;

  lk_grid_overlay_set_checks (grid, checks);
  face = lk_grid_overlay_get_face (grid);
  graphene_rect_inset (&face, 0.016, 0.001);
  lines = lk_grid_overlay_get_lines (grid);
  g_assert_cmpuint (lines->len, >, 8);
  for (guint i = 0; i < lines->len; i++)
    {
      const LkGridLine *line = &g_array_index (lines, LkGridLine, i);
      graphene_rect_t extent = GRAPHENE_RECT_INIT (line->x0, line->y0, line->x1 - line->x0 + 1e-6f, line->y1 - line->y0 + 1e-6f);

      g_assert_false (graphene_rect_intersection (&face, &extent, NULL));
      has_eye_bracket |= line->stroke == LK_GRID_BRACKET && fabs (line->y0 - 200 / 640.0) < 1e-4 &&
                         fabs (line->y1 - 300 / 640.0) < 1e-4;
    }
  g_assert_true (has_eye_bracket);
  g_assert_cmpuint (lk_grid_overlay_get_labels (grid)->len, ==, 4);
}

/* G takes everything away: the pixels are those of the photo alone. */
static void
test_grid_hidden (void)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (LkTextures) textures = lk_textures_new (fixture_picture, NULL);
  g_autoptr (LkSubmission) submission = fixture_submission (1, fixture_crop_checks ());
  LkPhotoView *view = make_view (textures);
  GtkWidget *window = fixture_window (GTK_WIDGET (view), 760, 700);
  int width, height, n_photo[2] = { 0 };
  LkFit fit;

  lk_photo_view_set_spec (view, spec);
  lk_photo_view_set_submission (view, submission);
  fixture_wait_frames (window, 2);
  for (int shown = 0; shown < 2; shown++)
    {
      g_autofree guchar *pixels = NULL;

      lk_photo_view_set_show_grid (view, shown);
      fixture_wait_frames (window, 2);
      pixels = fixture_pixels (GTK_WIDGET (view), &width, &height);
      for (gsize i = 0; i < (gsize) width * height; i++)
        n_photo[shown] += is_photo (pixels + 4 * i);
    }
  lk_photo_view_get_fit (view, &fit);
  g_assert_cmpint (n_photo[0], ==, (int) (floor (480 * fit.scale) * floor (640 * fit.scale)));
  g_assert_cmpint (n_photo[1], <, n_photo[0]);
  lk_photo_view_set_spec (view, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_accessible (void)
{
  g_autoptr (LkSubmission) submission = fixture_submission (1, NULL);
  LkPhotoView *view = g_object_ref_sink (LK_PHOTO_VIEW (lk_photo_view_new ()));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);
  lk_photo_view_set_submission (view, submission);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Photo of 李*明");
  g_object_unref (view);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/photo-view/fit", test_fit);
  g_test_add_func ("/ui/photo-view/zoom-and-pan", test_zoom_and_pan);
  g_test_add_func ("/ui/photo-view/painted-once", test_painted_once);
  g_test_add_func ("/ui/photo-view/thumbnail-first", test_thumbnail_first);
  g_test_add_func ("/ui/photo-view/failed", test_failed);
  g_test_add_func ("/ui/photo-view/grid-leaves-the-face-free", test_grid_leaves_the_face_free);
  g_test_add_func ("/ui/photo-view/grid-hidden", test_grid_hidden);
  g_test_add_func ("/ui/photo-view/accessible", test_accessible);
  return g_test_run ();
}
