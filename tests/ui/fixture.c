/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <math.h>

#include <gdk/x11/gdkx.h>

enum { PHOTO_WIDTH = 480, PHOTO_HEIGHT = 640 };
enum { HOLD_MS = 1200 };        /* keys repeat from 0.66 s on */

LkCheck *
fixture_check (const char *id,
               LkCheckKind kind,
               LkOutcome   outcome,
               double      value,
               double      low,
               double      high)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = id,
    .version = 1,
    .kind = kind,
    .outcome = outcome,
    .value = value,
    .score = NAN,
    .low = low,
    .high = high,
    .hard_low = NAN,
    .hard_high = NAN,
    .why = outcome == LK_OUTCOME_NOT_RUN ? "no-engine" : NULL,
  });
}

static LkCheck *
crop_check (const char *id,
            double      value,
            double      low,
            double      high,
            LkRegion    region)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = id,
    .version = 1,
    .kind = LK_CHECK_HARD,
    .outcome = LK_OUTCOME_PASS,
    .value = value,
    .score = NAN,
    .low = low,
    .high = high,
    .hard_low = NAN,
    .hard_high = NAN,
    .region = region,
  });
}

GPtrArray *
fixture_crop_checks (void)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);
  float hair = 80 / 640.f, eyes = 250 / 640.f;

  g_ptr_array_add (checks, crop_check ("G2_hair_top", 80, 50, 110, (LkRegion) { LK_REGION_ROW, 0.2f, hair, 0.8f, hair }));
  g_ptr_array_add (checks, crop_check ("G3_eye_line", 250, 200, 300, (LkRegion) { LK_REGION_ROW, 0.3f, eyes, 0.7f, eyes }));
  g_ptr_array_add (checks, crop_check ("G4_face_width", 240, 180, 300,
                                       (LkRegion) { LK_REGION_SPAN, 0.25f, 0.45f, 0.75f, 0.45f }));
  g_ptr_array_add (checks, crop_check ("G5_centre", 0, -14.4, 14.4, (LkRegion) { LK_REGION_COLUMN, 0.5f, 0.2f, 0.5f, 0.7f }));
  return checks;
}

LkSubmission *
fixture_submission (int        number,
                    GPtrArray *checks)
{
  g_autofree char *id = g_strdup_printf ("01890000-0000-7000-8000-%012d", number);
  g_autofree char *hash = g_strdup_printf ("%064d", number);
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) taken = checks != NULL ? checks : g_ptr_array_new_with_free_func (g_object_unref);

  return lk_submission_new (&(LkSubmissionDescription) {
    .id = id,
    .lease = "01890000-0000-7000-8000-0000000000ff",
    .state = LK_STATE_IN_REVIEW,
    .name = "李*明",
    .student_no = "2021****07",
    .class_name = "会计学2班",
    .site = "合肥校本部",
    .tries_used = 2,
    .tries_allowed = 10,
    .submitted_at = now - 2 * G_TIME_SPAN_HOUR,
    .due_at = now + G_TIME_SPAN_DAY,
    .photo = hash,
    .photo_width = PHOTO_WIDTH,
    .photo_height = PHOTO_HEIGHT,
    .checks = taken,
  });
}

static void
count_frame (GdkFrameClock *clock,
             int           *n_frames)
{
  (*n_frames)++;
}

void
fixture_wait_frames (GtkWidget *widget,
                     int        n_frames)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  int n = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (count_frame), &n);
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (n < n_frames && g_get_monotonic_time () < end)
    {
      gtk_widget_queue_draw (widget);
      g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, id);
  g_assert_cmpint (n, >=, n_frames);
}

GtkWidget *
fixture_window (GtkWidget *child,
                int        width,
                int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  fixture_wait_frames (window, 3);
  return window;
}

guchar *
fixture_pixels (GtkWidget *widget,
                int       *width,
                int       *height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;
  guchar *pixels;

  *width = gtk_widget_get_width (widget);
  *height = gtk_widget_get_height (widget);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), *width, *height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, *width, *height));
  gsk_render_node_unref (node);
  pixels = g_malloc ((gsize) *width * *height * 4);
  gdk_texture_download (texture, pixels, (gsize) *width * 4);
  return pixels;
}

static void
focus_window (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autofree char *id = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));
  const char *const command[] = { "xdotool", "windowfocus", "--sync", id, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, NULL);

  g_assert_nonnull (process);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

void
fixture_press (GtkWidget  *window,
               const char *keys)
{
  g_auto (GStrv) names = g_strsplit (keys, " ", -1);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;

  focus_window (window);
  g_ptr_array_add (command, (gpointer) "xdotool");
  g_ptr_array_add (command, (gpointer) "key");
  for (gsize i = 0; names[i] != NULL; i++)
    g_ptr_array_add (command, names[i]);
  g_ptr_array_add (command, NULL);
  process = g_subprocess_newv ((const char *const *) command->pdata, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_assert_nonnull (process);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  /* the keys are in the queue before the program ends; frames are drawn after the events before them */
  gdk_display_sync (gtk_widget_get_display (window));
  fixture_wait_frames (window, 3);
}

static void
run_xdotool (const char *verb,
             const char *key)
{
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "xdotool", verb, key, NULL);

  g_assert_nonnull (process);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

void
fixture_hold (GtkWidget  *window,
              const char *key)
{
  gint64 end = g_get_monotonic_time () + HOLD_MS * 1000;

  focus_window (window);
  run_xdotool ("keydown", key);
  for (; g_get_monotonic_time () < end; g_usleep (1000))
    while (g_main_context_iteration (NULL, FALSE))
      ;
  run_xdotool ("keyup", key);
  gdk_display_sync (gtk_widget_get_display (window));
  fixture_wait_frames (window, 3);
}

LkPicture *
fixture_picture (const char *hash,
                 int         box_width,
                 int         box_height,
                 double      scale,
                 gpointer    user_data)
{
  double factor = scale > 0 ? scale : MIN ((double) box_width / PHOTO_WIDTH, (double) box_height / PHOTO_HEIGHT);
  LkPicture *picture = g_new0 (LkPicture, 1);
  gsize n_pixels;
  guint32 *pixels;

  g_atomic_ref_count_init (&picture->ref_count);
  picture->width = floor (PHOTO_WIDTH * factor);
  picture->height = floor (PHOTO_HEIGHT * factor);
  picture->photo_width = PHOTO_WIDTH;
  picture->photo_height = PHOTO_HEIGHT;
  n_pixels = (gsize) picture->width * picture->height;
  pixels = g_new (guint32, n_pixels);
  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = GUINT32_FROM_LE (0xff000000 | 50 << 16 | 100 << 8 | 200);
  picture->bgra = g_bytes_new_take (pixels, n_pixels * 4);
  return picture;
}

GtkWidget *
fixture_find (GtkWidget *widget,
              GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = fixture_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}
