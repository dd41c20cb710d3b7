/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos of different sizes and tilts laid on each other: a coloured spot marks each eye, and its place on the screen is measured. */
#include <adwaita.h>
#include <math.h>

#include "fixture.h"
#include "ui/compare-panel.h"
#include "ui/compare-view.h"

typedef struct
{
  const char *hash;
  int width, height;
  double left_x, left_y, right_x, right_y;
} Face;

/* A photo, an ID photo with the head tilted and larger, a diploma photo with it smaller and tilted the other way. */
static const Face faces[] = {
  { "photo", 480, 640, 0.4, 0.39, 0.6, 0.395 },
  { "id", 358, 441, 0.33, 0.45, 0.66, 0.41 },
  { "diploma", 600, 840, 0.45, 0.34, 0.58, 0.36 },
};

enum { SPOT = 5 };              /* photo px from the middle of the spot to its edge */

static LkPhotoInfo *
info_of (const Face *face)
{
  LkEyes eyes = { TRUE, face->left_x, face->left_y, face->right_x, face->right_y };

  return lk_photo_info_new (face->hash, face->width, face->height, &eyes);
}

/* Covered parts of a pixel by a square spot around (x, y), photo px: its middle is found again to a fraction of a pixel. */
static double
covered (double pixel_x,
         double pixel_y,
         double scale,
         double x,
         double y)
{
  double across = MIN ((pixel_x + 1) / scale, x + SPOT) - MAX (pixel_x / scale, x - SPOT);
  double down = MIN ((pixel_y + 1) / scale, y + SPOT) - MAX (pixel_y / scale, y - SPOT);

  return across > 0 && down > 0 ? across * down * scale * scale : 0;
}

/* Black, the left eye a red spot, the right eye a blue one. */
static LkPicture *
draw_face (const char *hash,
           int         box_width,
           int         box_height,
           double      scale,
           gpointer    user_data)
{
  const Face *face = &faces[g_str_equal (hash, "id") ? 1 : g_str_equal (hash, "diploma") ? 2 : 0];
  double factor = scale > 0 ? scale : MIN ((double) box_width / face->width, (double) box_height / face->height);
  LkPicture *picture = g_new0 (LkPicture, 1);
  guint8 *pixels;

  g_atomic_ref_count_init (&picture->ref_count);
  picture->width = MAX (1, floor (face->width * factor));
  picture->height = MAX (1, floor (face->height * factor));
  picture->photo_width = face->width;
  picture->photo_height = face->height;
  pixels = g_new0 (guint8, (gsize) picture->width * picture->height * 4);
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      {
        guint8 *pixel = pixels + 4 * ((gsize) y * picture->width + x);

        pixel[0] = 255 * covered (x, y, factor, face->right_x * face->width, face->right_y * face->height);
        pixel[2] = 255 * covered (x, y, factor, face->left_x * face->width, face->left_y * face->height);
        pixel[3] = 255;
      }
  picture->bgra = g_bytes_new_take (pixels, (gsize) picture->width * picture->height * 4);
  return picture;
}

typedef struct
{
  LkTextures *textures;
  LkCompareView *view;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (LkPhotoInfo) photo = info_of (&faces[0]);

  f->textures = lk_textures_new (draw_face, NULL);
  f->view = LK_COMPARE_VIEW (lk_compare_view_new ());
  lk_compare_view_set_textures (f->view, f->textures);
  lk_compare_view_set_photo (f->view, photo, "This photo");
  for (int i = 1; i < 3; i++)
    {
      g_autoptr (LkPhotoInfo) other = info_of (&faces[i]);

      lk_compare_view_add_other (f->view, other, i == 1 ? "ID photo" : "Diploma photo");
    }
  f->window = fixture_window (GTK_WIDGET (f->view), 900, 560);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->textures);
}

/* Middle of what is of one colour between two columns, px; FALSE when nothing is. */
static gboolean
find_spot (const guchar *pixels,
           int           width,
           int           height,
           int           first,
           int           last,
           int           channel,
           double       *x,
           double       *y)
{
  double sum = 0, sum_x = 0, sum_y = 0;

  for (int row = 0; row < height; row++)
    for (int column = first; column < last; column++)
      {
        const guchar *pixel = pixels + 4 * ((gsize) row * width + column);
        double weight = pixel[channel] > 40 && pixel[1] < 20 ? pixel[channel] : 0;

        sum += weight;
        sum_x += weight * (column + 0.5);
        sum_y += weight * (row + 0.5);
      }
  *x = sum_x / sum;
  *y = sum_y / sum;
  return sum > 0;
}

/* In overlay the spots of both photos lie on one another: with either of them alone the middle is the same to a pixel. */
static void
assert_coincide (Fixture *f)
{
  double place[2][2][2];

  for (int shown = 0; shown < 2; shown++)
    {
      int width, height;
      g_autofree guchar *pixels = NULL;

      lk_compare_view_set_fade (f->view, shown);
      fixture_wait_frames (f->window, 2);
      pixels = fixture_pixels (GTK_WIDGET (f->view), &width, &height);
      for (int eye = 0; eye < 2; eye++)
        g_assert_true (find_spot (pixels, width, height - 26, 0, width, eye == 0 ? 2 : 0, &place[shown][eye][0],
                                  &place[shown][eye][1]));
    }
  for (int eye = 0; eye < 2; eye++)
    g_assert_cmpfloat (hypot (place[0][eye][0] - place[1][eye][0], place[0][eye][1] - place[1][eye][1]), <, 1);
}

/* The eyes come to the middle, so that no spot is cut off at the edge. */
static void
look_at_eyes (Fixture *f)
{
  const Face *face = &faces[0];
  graphene_point_t point;

  g_assert_true (lk_compare_view_locate (f->view, 0, (face->left_x + face->right_x) / 2 * face->width,
                                         (face->left_y + face->right_y) / 2 * face->height, &point));
  lk_compare_view_pan (f->view, point.x - gtk_widget_get_width (GTK_WIDGET (f->view)) / 2,
                       point.y - gtk_widget_get_height (GTK_WIDGET (f->view)) / 2);
}

static void
test_eyes_coincide_at_every_zoom (Fixture       *f,
                                  gconstpointer  data)
{
  lk_compare_view_set_mode (f->view, LK_COMPARE_OVERLAY);
  assert_coincide (f);
  for (double zoom = 0.3; zoom < 4; zoom *= 1.17)
    {
      lk_compare_view_zoom_by (f->view, zoom / lk_compare_view_get_zoom (f->view));
      g_assert_cmpfloat_with_epsilon (lk_compare_view_get_zoom (f->view), zoom, 1e-6);
      look_at_eyes (f);
      assert_coincide (f);
    }
  lk_compare_view_zoom_actual (f->view);
  assert_coincide (f);
}

/* Side by side the eyes have the same place in each pane, and one zoom and pan moves them all. */
static void
test_side_by_side (Fixture       *f,
                   gconstpointer  data)
{
  for (int step = 0; step < 3; step++)
    {
      int width, height, pane;
      g_autofree guchar *pixels = NULL;
      double x[3], y[3];

      fixture_wait_frames (f->window, 2);
      pixels = fixture_pixels (GTK_WIDGET (f->view), &width, &height);
      pane = (width - 2 * 12) / 3;
      for (int i = 0; i < 3; i++)
        {
          g_assert_true (find_spot (pixels, width, height - 26, i * (pane + 12), i * (pane + 12) + pane, 2, &x[i], &y[i]));
          x[i] -= i * (pane + 12);
        }
      for (int i = 1; i < 3; i++)
        g_assert_cmpfloat (hypot (x[i] - x[0], y[i] - y[0]), <, 1);
      if (step == 0)
        lk_compare_view_zoom_by (f->view, 2);
      else
        lk_compare_view_pan (f->view, 20, -15);
    }
}

/* Where a point of the photo is on the widget is what the pixels say. */
static void
test_locate (Fixture       *f,
             gconstpointer  data)
{
  int width, height;
  g_autofree guchar *pixels = NULL;
  graphene_point_t point;
  double x, y;

  lk_compare_view_set_mode (f->view, LK_COMPARE_OVERLAY);
  lk_compare_view_set_fade (f->view, 1);
  fixture_wait_frames (f->window, 2);
  pixels = fixture_pixels (GTK_WIDGET (f->view), &width, &height);
  g_assert_true (find_spot (pixels, width, height - 26, 0, width, 2, &x, &y));
  g_assert_true (lk_compare_view_locate (f->view, 1, faces[1].left_x * faces[1].width, faces[1].left_y * faces[1].height, &point));
  g_assert_cmpfloat (hypot (point.x - x, point.y - y), <, 1);
}

static gboolean
end_wait (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
count_frame (GdkFrameClock *clock,
             int           *n_frames)
{
  (*n_frames)++;
}

/* Blinking draws no more often than three times in a second, and stops when it is not seen. */
static void
test_blink (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (f->window);
  int n_frames = 0;

  lk_compare_view_set_mode (f->view, LK_COMPARE_BLINK);
  fixture_wait_frames (f->window, 2);
  g_signal_connect (clock, "after-paint", G_CALLBACK (count_frame), &n_frames);
  g_timeout_add (1300, end_wait, loop);
  g_main_loop_run (loop);
  g_assert_cmpint (n_frames, >=, 1);
  g_assert_cmpint (n_frames, <=, 5);
  g_signal_handlers_disconnect_by_data (clock, &n_frames);
  gtk_widget_set_visible (GTK_WIDGET (f->view), FALSE);
}

/* -- the panel -- */

static LkSubmission *
make_submission (gboolean with_references)
{
  GPtrArray *checks = fixture_crop_checks ();
  g_autoptr (LkPhotoInfo) id = info_of (&faces[1]);
  g_autoptr (LkPhotoInfo) diploma = info_of (&faces[2]);
  LkSubmission *submission = lk_submission_new (&(LkSubmissionDescription) {
    .id = "01890000-0000-7000-8000-000000000001", .name = "李*明", .student_no = "2021****07", .photo = "photo",
    .photo_width = 480, .photo_height = 640, .id_card = with_references ? "id" : NULL,
    .diploma = with_references ? "diploma" : NULL, .checks = checks,
    .pictures = { with_references ? id : NULL, with_references ? diploma : NULL, NULL, NULL } });

  g_ptr_array_unref (checks);
  return submission;
}

static GPtrArray *
make_earlier (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_earlier_free);
  LkEarlier *entry = g_new0 (LkEarlier, 1);

  entry->photo = lk_photo_info_new ("earlier", 480, 640, NULL);
  entry->state = LK_STATE_SUPERSEDED;
  entry->submitted_at = g_get_real_time () - G_TIME_SPAN_DAY;
  entry->decision = g_new0 (LkStandingDecision, 1);
  entry->decision->verdict = LK_VERDICT_RETURN;
  entry->decision->reasons = g_strsplit ("R203", " ", -1);
  entry->decision->note = g_strdup ("");
  entry->decision->by = g_strdup ("王*");
  g_ptr_array_add (list, entry);
  return list;
}

static void
test_panel (void)
{
  g_autoptr (LkTextures) textures = lk_textures_new (draw_face, NULL);
  g_autoptr (LkReasonCatalogue) reasons = lk_reason_catalogue_load_default (NULL);
  g_autoptr (LkSubmission) full = make_submission (TRUE);
  g_autoptr (LkSubmission) bare = make_submission (FALSE);
  g_autoptr (GPtrArray) earlier = make_earlier ();
  LkComparePanel *panel = g_object_new (LK_TYPE_COMPARE_PANEL, NULL);
  GtkWidget *window = fixture_window (GTK_WIDGET (panel), 760, 640);
  graphene_point_t point;

  lk_compare_panel_set_textures (panel, textures);
  lk_compare_panel_set_reasons (panel, reasons);
  lk_compare_panel_set_submission (panel, full);
  g_assert_cmpuint (lk_compare_panel_get_n_choices (panel), ==, 2);
  lk_compare_panel_set_earlier (panel, earlier);
  g_assert_cmpuint (lk_compare_panel_get_n_choices (panel), ==, 3);
  /* the earlier photo is chosen, and the ID photo stays in sight */
  lk_compare_panel_choose_next (panel);
  lk_compare_panel_choose_next (panel);
  fixture_wait_frames (window, 2);
  g_assert_true (lk_compare_view_locate (lk_compare_panel_get_view (panel), 2, 0, 0, &point));
  gtk_widget_activate_action (GTK_WIDGET (lk_compare_panel_get_view (panel)), "compare.mode", "i", LK_COMPARE_OVERLAY);
  g_assert_cmpint (lk_compare_view_get_mode (lk_compare_panel_get_view (panel)), ==, LK_COMPARE_OVERLAY);

  lk_compare_panel_set_submission (panel, bare);
  fixture_wait_frames (window, 2);
  g_assert_cmpuint (lk_compare_panel_get_n_choices (panel), ==, 0);
  lk_compare_panel_choose_next (panel);
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, func) g_test_add ("/ui/compare/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("eyes-coincide-at-every-zoom", test_eyes_coincide_at_every_zoom);
  ADD ("side-by-side", test_side_by_side);
  ADD ("locate", test_locate);
  ADD ("blink", test_blink);
  g_test_add_func ("/ui/compare/panel", test_panel);
  return g_test_run ();
}
