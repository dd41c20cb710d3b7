/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/error.h"
#include "flow/photo-loader-private.h"
#include "make-picture.h"
#include "tiny-server.h"
#include "wait.h"

enum
{
  N_PHOTOS = 12
};

typedef struct
{
  TinyServer *server;
  LkCampusClient *client;
  LkPhotoSource *source;
  LkPhotoLoader *loader;

  GBytes *files[N_PHOTOS];
  char *hashes[N_PHOTOS + 1]; /* NULL-terminated */
  int refuse;                 /* atomic: the service says 503 */
  int hold;                   /* atomic: the service does not answer yet */
  int n_asked;                /* atomic */
  guint asked;                /* atomic: a bit for each photo */

  guint n_ready, n_failed, n_off_main;
  int code;
  int ready_width, ready_height;
  GThread *main_thread;
} Fixture;

static void
serve (const TinyRequest *request, TinyAnswer *answer, gpointer user_data)
{
  Fixture *f = user_data;
  const char *hash = request->path + strlen ("/v1/images/");

  for (guint i = 0; i < N_PHOTOS; i++)
    if (g_str_equal (f->hashes[i], hash))
      g_atomic_int_or (&f->asked, 1U << i);
  g_atomic_int_inc (&f->n_asked);
  while (g_atomic_int_get (&f->hold))
    g_usleep (2000);
  answer->status = g_atomic_int_get (&f->refuse) ? 503 : 404;
  answer->content_type = "application/problem+json";
  for (guint i = 0; i < N_PHOTOS && !g_atomic_int_get (&f->refuse); i++)
    if (g_str_equal (f->hashes[i], hash))
      {
        answer->status = 200;
        answer->content_type = "image/jpeg";
        answer->body = g_bytes_ref (f->files[i]);
        return;
      }
  answer->body = tiny_text (answer->status == 503 ? "{\"code\":\"unavailable\"}" : "{\"code\":\"not-found\"}");
}

static void
on_ready (LkPhotoLoader *loader, const char *hash, int width, int height, Fixture *f)
{
  f->n_ready++;
  f->ready_width = width;
  f->ready_height = height;
  f->n_off_main += g_thread_self () != f->main_thread ? 1 : 0;
}

static void
on_failed (LkPhotoLoader *loader, const char *hash, int code, Fixture *f)
{
  f->n_failed++;
  f->code = code;
  f->n_off_main += g_thread_self () != f->main_thread ? 1 : 0;
}

/* Photos of 960 x 1280 px, each with its own grey in the first row. */
static void
make_photos (Fixture *f)
{
  g_autoptr (LkPixels) pixels = make_pixels (960, 1280);
  JpegOptions options = { .quality = 90 };

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      memset (pixels->data, (int) (i * 20), 3 * 960 * 40);
      f->files[i] = make_jpeg (pixels, &options);
      f->hashes[i] = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->files[i]);
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  make_photos (f);
  f->main_thread = g_thread_self ();
  f->server = tiny_server_new (serve, f);
  url = tiny_server_dup_url (f->server);
  f->client = lk_campus_client_new (url);
  f->source = lk_photo_source_new (f->client, NULL);
  f->loader = lk_photo_loader_new (f->source, lk_spec_load_default (&error), &error);
  g_assert_no_error (error);
  g_signal_connect (f->loader, "ready", G_CALLBACK (on_ready), f);
  g_signal_connect (f->loader, "failed", G_CALLBACK (on_failed), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_atomic_int_set (&f->hold, FALSE);
  g_assert_cmpuint (f->n_off_main, ==, 0);
  if (f->loader != NULL)
    g_assert_finalize_object (f->loader);
  if (f->source != NULL)
    g_assert_finalize_object (f->source);
  wait_for_end_of (f->client);
  tiny_server_free (f->server);
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_bytes_unref (f->files[i]);
      g_free (f->hashes[i]);
    }
}

static void
test_box (Fixture *f, gconstpointer data)
{
  g_autoptr (LkPicture) picture = NULL;

  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[2], 700, 600));
  wait_until (f->n_ready == 1);
  g_assert_cmpint (f->ready_width, ==, 700);
  g_assert_cmpint (f->ready_height, ==, 600);
  picture = lk_photo_loader_get (f->loader, f->hashes[2], 700, 600);
  g_assert_nonnull (picture);
  g_assert_cmpint (picture->width, ==, 450);
  g_assert_cmpint (picture->height, ==, 600);
  g_assert_cmpint (picture->photo_width, ==, 960);
  g_assert_cmpint (picture->photo_height, ==, 1280);
  g_assert_cmpuint (g_bytes_get_size (picture->bgra), ==, 450 * 600 * 4);
}

/* The pixels are the photo's, in the order B, G, R, and opaque. */
static void
test_pixels (Fixture *f, gconstpointer data)
{
  g_autoptr (LkPicture) picture = NULL;
  const guint8 *bgra;

  g_assert_null (lk_photo_loader_get_scaled (f->loader, f->hashes[5], 0.5));
  wait_until (f->n_ready == 1);
  picture = lk_photo_loader_get_scaled (f->loader, f->hashes[5], 0.5);
  g_assert_cmpint (picture->width, ==, 480);
  g_assert_cmpint (picture->height, ==, 640);
  g_assert_cmpint (f->ready_width, ==, 480);
  bgra = g_bytes_get_data (picture->bgra, NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (ABS (bgra[4 * (480 * 8 + 200) + i] - 100), <=, 4);
  g_assert_cmpint (bgra[4 * (480 * 8 + 200) + 3], ==, 255);
}

static void
test_scale_has_a_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (LkPicture) picture = NULL;

  g_assert_null (lk_photo_loader_get_scaled (f->loader, f->hashes[0], 100));
  wait_until (f->n_ready == 1);
  picture = lk_photo_loader_get_scaled (f->loader, f->hashes[0], 100);
  g_assert_cmpint (picture->width * picture->height, <=, 16 * 1000 * 1000);
  g_assert_cmpint (picture->width, >, 3000);
}

/* Equal wishes are one: one request to the service, one picture, one signal. */
static void
test_equal_requests_are_one (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 600, 800));
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 300, 400));
  wait_until (f->n_ready == 2);
  wait_ms (50);
  g_assert_cmpuint (f->n_ready, ==, 2);
  g_assert_cmpint (g_atomic_int_get (&f->n_asked), ==, 1);
}

static void
test_prefetch (Fixture *f, gconstpointer data)
{
  lk_photo_loader_prefetch (f->loader, (const char *const *) f->hashes, 600, 800);
  wait_until (f->n_ready == N_PHOTOS);
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autoptr (LkPicture) picture = lk_photo_loader_get (f->loader, f->hashes[i], 600, 800);

      g_assert_nonnull (picture);
    }
  g_assert_cmpuint (lk_photo_loader_get_n_requests (f->loader), ==, 0);
}

/* A new wish: the rest of the old one is cancelled and what came of it forgotten; other sizes are not touched. */
static void
test_window_moves (Fixture *f, gconstpointer data)
{
  const char *first[] = { f->hashes[0], f->hashes[1], f->hashes[2], NULL };
  const char *second[] = { f->hashes[2], f->hashes[3], NULL };
  g_autoptr (LkPicture) thumbnail = NULL;
  g_autoptr (LkPicture) old = NULL;
  g_autoptr (LkPicture) kept = NULL;

  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 78, 104));
  lk_photo_loader_prefetch (f->loader, first, 600, 800);
  wait_until (f->n_ready == 4);
  lk_photo_loader_prefetch (f->loader, second, 600, 800);
  wait_until (f->n_ready == 5);
  g_assert_cmpuint (lk_photo_loader_get_n_pictures (f->loader), ==, 3);
  thumbnail = lk_photo_loader_get (f->loader, f->hashes[0], 78, 104);
  kept = lk_photo_loader_get (f->loader, f->hashes[2], 600, 800);
  g_assert_nonnull (thumbnail);
  g_assert_nonnull (kept);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 600, 800));
  wait_until (f->n_ready == 6);
}

static void
test_cancel_before_the_file (Fixture *f, gconstpointer data)
{
  const char *none[] = { NULL };

  g_atomic_int_set (&f->hold, TRUE);
  lk_photo_loader_prefetch (f->loader, (const char *const *) f->hashes, 600, 800);
  g_assert_cmpuint (lk_photo_loader_get_n_requests (f->loader), ==, N_PHOTOS);
  wait_until (g_atomic_int_get (&f->n_asked) == 6);
  lk_photo_loader_prefetch (f->loader, none, 600, 800);
  g_assert_cmpuint (lk_photo_loader_get_n_requests (f->loader), ==, 0);
  g_atomic_int_set (&f->hold, FALSE);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[7], 600, 800));
  wait_until (f->n_ready == 1);
  g_assert_cmpuint (f->n_failed, ==, 0);
  g_assert_cmpint (g_atomic_int_get (&f->n_asked), ==, 7);
}

/* What is for later leaves room for the photos of the next keys. */
static void
test_later_leaves_room (Fixture *f, gconstpointer data)
{
  g_atomic_int_set (&f->hold, TRUE);
  for (guint i = 0; i < N_PHOTOS; i++)
    lk_photo_source_want (f->source, f->hashes[i], LK_URGENCY_LATER);
  wait_until (g_atomic_int_get (&f->n_asked) == 3);
  lk_photo_loader_prefetch (f->loader, (const char *const *) f->hashes + N_PHOTOS - 4, 600, 800);
  wait_until (g_atomic_int_get (&f->n_asked) == 6);
  g_assert_cmpint (g_atomic_int_get (&f->asked), ==, 7 | 7 << (N_PHOTOS - 4));
  g_atomic_int_set (&f->hold, FALSE);
  wait_until (lk_photo_source_get_n_wanted (f->source) == 0);
  g_assert_cmpint (g_atomic_int_get (&f->n_asked), ==, N_PHOTOS);
}

static void
test_failed_and_again (Fixture *f, gconstpointer data)
{
  g_atomic_int_set (&f->refuse, TRUE);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 600, 800));
  wait_until (f->n_failed == 1);
  g_assert_cmpint (f->code, ==, LK_ERROR_OFFLINE);
  g_assert_cmpuint (f->n_ready, ==, 0);

  g_atomic_int_set (&f->refuse, FALSE);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 600, 800));
  wait_until (f->n_ready == 1);
  g_assert_cmpuint (f->n_failed, ==, 1);
}

/* Failed while offline; then somebody else brings the file: the picture is made without being asked for again. */
static void
test_failed_comes_after_all (Fixture *f, gconstpointer data)
{
  g_atomic_int_set (&f->refuse, TRUE);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 600, 800));
  wait_until (f->n_failed == 1);
  g_atomic_int_set (&f->refuse, FALSE);
  lk_photo_source_want (f->source, f->hashes[0], LK_URGENCY_LATER);
  wait_until (f->n_ready == 1);
}

/* One failed fetch is enough to know: the others do not each wait for their own. */
static void
test_offline_fails_all (Fixture *f, gconstpointer data)
{
  g_atomic_int_set (&f->refuse, TRUE);
  lk_photo_loader_prefetch (f->loader, (const char *const *) f->hashes, 600, 800);
  wait_until (f->n_failed == N_PHOTOS);
  g_assert_cmpint (g_atomic_int_get (&f->n_asked), <=, 6);
}

static void
test_not_found (Fixture *f, gconstpointer data)
{
  g_autofree char *unknown = g_strnfill (64, '0');

  g_assert_null (lk_photo_loader_get (f->loader, unknown, 600, 800));
  wait_until (f->n_failed == 1);
  g_assert_cmpint (f->code, ==, LK_ERROR_NOT_FOUND);
}

static void
test_not_a_picture (Fixture *f, gconstpointer data)
{
  g_bytes_unref (f->files[3]);
  g_free (f->hashes[3]);
  f->files[3] = tiny_text ("this is a text file");
  f->hashes[3] = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->files[3]);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[3], 600, 800));
  wait_until (f->n_failed == 1);
  g_assert_cmpint (f->code, ==, LK_ERROR_NOT_PICTURE);
}

/* The lease is over: nothing of the photo stays, neither file nor picture. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  lk_photo_source_hold (f->source, f->hashes[0]);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 600, 800));
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 300, 400));
  wait_until (f->n_ready == 2);
  g_assert_nonnull (lk_photo_source_peek (f->source, f->hashes[0]));
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 900, 1200));
  lk_photo_source_release (f->source, f->hashes[0]);
  g_assert_null (lk_photo_source_peek (f->source, f->hashes[0]));
  g_assert_cmpuint (lk_photo_loader_get_n_pictures (f->loader), ==, 0);
  g_assert_cmpuint (lk_photo_loader_get_n_requests (f->loader), ==, 0);
  wait_ms (100);
  g_assert_cmpuint (f->n_ready, ==, 2);
}

/* What is held is there without the service. */
static void
test_held_works_offline (Fixture *f, gconstpointer data)
{
  g_autoptr (LkPicture) picture = NULL;

  lk_photo_source_hold (f->source, f->hashes[0]);
  lk_photo_source_want (f->source, f->hashes[0], LK_URGENCY_LATER);
  wait_until (lk_photo_source_peek (f->source, f->hashes[0]) != NULL);
  g_atomic_int_set (&f->refuse, TRUE);
  g_assert_null (lk_photo_loader_get (f->loader, f->hashes[0], 600, 800));
  wait_until (f->n_ready == 1);
  picture = lk_photo_loader_get (f->loader, f->hashes[0], 600, 800);
  g_assert_nonnull (picture);
  g_assert_cmpint (g_atomic_int_get (&f->n_asked), ==, 1);
}

/* Closing the window while photos are fetched and decoded: no signal afterwards, nothing left behind. */
static void
test_teardown_while_loading (Fixture *f, gconstpointer data)
{
  lk_photo_loader_prefetch (f->loader, (const char *const *) f->hashes, 600, 800);
  wait_until (f->n_ready >= 1);
  g_signal_handlers_disconnect_by_data (f->loader, f);
  g_assert_finalize_object (g_steal_pointer (&f->loader));
  g_assert_finalize_object (g_steal_pointer (&f->source));
  wait_ms (100);
}

static void
test_teardown_at_once (Fixture *f, gconstpointer data)
{
  lk_photo_loader_prefetch (f->loader, (const char *const *) f->hashes, 600, 800);
  g_assert_finalize_object (g_steal_pointer (&f->loader));
  g_assert_finalize_object (g_steal_pointer (&f->source));
  wait_ms (100);
  g_assert_cmpuint (f->n_ready, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/flow/photo-loader/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("box", test_box);
  ADD ("pixels", test_pixels);
  ADD ("scale-has-a-limit", test_scale_has_a_limit);
  ADD ("equal-requests-are-one", test_equal_requests_are_one);
  ADD ("prefetch", test_prefetch);
  ADD ("window-moves", test_window_moves);
  ADD ("cancel-before-the-file", test_cancel_before_the_file);
  ADD ("later-leaves-room", test_later_leaves_room);
  ADD ("failed-and-again", test_failed_and_again);
  ADD ("failed-comes-after-all", test_failed_comes_after_all);
  ADD ("offline-fails-all", test_offline_fails_all);
  ADD ("not-found", test_not_found);
  ADD ("not-a-picture", test_not_a_picture);
  ADD ("dropped", test_dropped);
  ADD ("held-works-offline", test_held_works_offline);
  ADD ("teardown-while-loading", test_teardown_while_loading);
  ADD ("teardown-at-once", test_teardown_at_once);
  return g_test_run ();
}
