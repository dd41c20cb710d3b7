/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the workstation says: errors, times, the state of the service, the end of the queue. */
#include <adwaita.h>

#include "fixture.h"
#include "ui/end-page.h"
#include "ui/error-text.h"
#include "ui/sync-button.h"
#include "ui/texture.h"
#include "ui/time-text.h"

/* What only students are told, on pages of their own. */
static gboolean
is_for_students (int code)
{
  static const int codes[] = {
    LK_ERROR_CODE_TEXT, LK_ERROR_CODE_KEY, LK_ERROR_CODE_SIGNATURE, LK_ERROR_CODE_EXPIRED, LK_ERROR_CODE_ROUND, LK_ERROR_CODE_TOOL,
    LK_ERROR_CODE_UNREADABLE, LK_ERROR_CODE_REFUSED, LK_ERROR_CODE_CONFLICT, LK_ERROR_CODE_HELD, LK_ERROR_CONSENT_NEEDED,
    LK_ERROR_WINDOW_CLOSED, LK_ERROR_NO_TRIES, LK_ERROR_KEY_NEEDED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      return TRUE;
  return FALSE;
}

/* Every other code has a sentence of its own; only the general one is general. */
static void
test_errors (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = LK_ERROR_FAILED; code <= LK_ERROR_CORRUPT; code++)
    {
      const char *text = lk_error_text (code);

      if (is_for_students (code))
        continue;
      g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "?"));
      g_assert_true (g_hash_table_add (seen, (gpointer) text));
    }
}

static void
test_foreign_errors (void)
{
  g_autoptr (GError) ours = g_error_new_literal (LK_ERROR, LK_ERROR_OFFLINE, "for the log");
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "for the log");

  g_assert_cmpstr (lk_error_text_for (ours), ==, lk_error_text (LK_ERROR_OFFLINE));
  g_assert_cmpstr (lk_error_text_for (foreign), ==, lk_error_text (LK_ERROR_FAILED));
}

static void
assert_due (gint64      difference,
            const char *expected)
{
  gint64 now = G_GINT64_CONSTANT (1750000000000000);
  g_autofree char *text = lk_time_text_due (now + difference, now);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_times (void)
{
  gint64 now = G_GINT64_CONSTANT (1750000000000000);
  g_autofree char *just = lk_time_text_submitted (now - 10 * G_TIME_SPAN_SECOND, now);
  g_autofree char *hours = lk_time_text_submitted (now - 2 * G_TIME_SPAN_HOUR, now);

  g_assert_cmpstr (just, ==, "submitted just now");
  g_assert_cmpstr (hours, ==, "submitted 2 hours ago");
  assert_due (27 * G_TIME_SPAN_HOUR, "due in 1 day 3 hours");
  assert_due (24 * G_TIME_SPAN_HOUR, "due in 1 day");
  assert_due (G_TIME_SPAN_MINUTE, "due in 1 minute");
  assert_due (-90 * G_TIME_SPAN_MINUTE, "overdue by 1 hour");
}

static void
test_sync (void)
{
  LkSyncButton *button = g_object_ref_sink (LK_SYNC_BUTTON (lk_sync_button_new ()));

  lk_sync_button_show (button, LK_SYNC_SYNCED, 0, 0);
  g_assert_cmpstr (lk_sync_button_get_text (button), ==, "Synced");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (button), "synced"));
  lk_sync_button_show (button, LK_SYNC_SENDING, 3, 0);
  g_assert_cmpstr (lk_sync_button_get_text (button), ==, "Sending 3");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (button), "synced"));
  lk_sync_button_show (button, LK_SYNC_OFFLINE, 0, g_get_real_time ());
  g_assert_true (g_str_has_prefix (lk_sync_button_get_text (button), "Offline since "));
  lk_sync_button_show (button, LK_SYNC_OFFLINE, 4, g_get_real_time ());
  g_assert_true (g_str_has_suffix (lk_sync_button_get_text (button), " · 4 waiting"));
  lk_sync_button_show (button, LK_SYNC_SIGNED_OUT, 4, 0);
  g_assert_cmpstr (lk_sync_button_get_text (button), ==, "Signed out");
  g_object_unref (button);
}

/* What an empty place means depends on what is known. */
static void
test_end (void)
{
  const struct
  {
    LkSyncState state;
    guint n_undecided;
    int pending;
    gboolean is_part;
    LkEndKind kind;
  } cases[] = {
    { LK_SYNC_SYNCED, 0, -1, FALSE, LK_END_FETCHING },     { LK_SYNC_OFFLINE, 0, -1, FALSE, LK_END_OFFLINE },
    { LK_SYNC_OFFLINE, 0, 88, FALSE, LK_END_OFFLINE },    { LK_SYNC_SENDING, 0, 88, FALSE, LK_END_MORE_COMING },
    { LK_SYNC_SYNCED, 0, 0, FALSE, LK_END_DONE },         { LK_SYNC_OFFLINE, 2, 0, FALSE, LK_END_LOOK_BACK },
    /* a part of the queue: first looked for, then found to be empty; never a place without a way out */
    { LK_SYNC_SYNCED, 0, -1, TRUE, LK_END_FETCHING },     { LK_SYNC_SYNCED, 0, 0, TRUE, LK_END_NO_MATCH },
    { LK_SYNC_SYNCED, 0, 3, TRUE, LK_END_MORE_COMING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LkEndFigures figures = { .n_undecided = cases[i].n_undecided, .pending = cases[i].pending, .is_part = cases[i].is_part };

      g_assert_cmpint (lk_end_kind (cases[i].state, &figures), ==, cases[i].kind);
    }
}

static LkPicture *
counted_picture (const char *hash,
                 int         box_width,
                 int         box_height,
                 double      scale,
                 gpointer    user_data)
{
  (*(int *) user_data)++;
  return fixture_picture (hash, box_width, box_height, scale, NULL);
}

/* A texture is made once; those used longest ago go when there are too many. */
static void
test_textures (void)
{
  int n_made = 0;
  g_autoptr (LkTextures) textures = lk_textures_new (counted_picture, &n_made);
  GdkTexture *first = lk_textures_get (textures, "a", 480, 640);

  g_assert_cmpint (gdk_texture_get_width (first), ==, 480);
  g_assert_true (lk_textures_get (textures, "a", 480, 640) == first);
  g_assert_cmpint (n_made, ==, 1);
  lk_textures_get (textures, "a", 96, 128);
  lk_textures_get_scaled (textures, "a", 2);
  g_assert_cmpint (n_made, ==, 3);

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *hash = g_strdup_printf ("photo %d", i);

      lk_textures_get (textures, hash, 480, 640);
    }
  n_made = 0;
  lk_textures_get (textures, "photo 99", 480, 640);
  g_assert_cmpint (n_made, ==, 0);
  lk_textures_get (textures, "a", 480, 640);
  g_assert_cmpint (n_made, ==, 1);
  lk_textures_clear (textures);
  lk_textures_get (textures, "photo 99", 480, 640);
  g_assert_cmpint (n_made, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/words/errors", test_errors);
  g_test_add_func ("/ui/words/foreign-errors", test_foreign_errors);
  g_test_add_func ("/ui/words/times", test_times);
  g_test_add_func ("/ui/words/sync", test_sync);
  g_test_add_func ("/ui/words/end", test_end);
  g_test_add_func ("/ui/words/textures", test_textures);
  return g_test_run ();
}
