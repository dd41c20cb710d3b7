/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "core/error.h"
#include "fixture.h"
#include "flow/account-private.h"
#include "flow/review-private.h"
#include "wait.h"

/* A workstation that starts while the service is away, with the key in a real password store (--key-ring) and with a
 * passphrase. */

static const CampusOptions usual = { .n_students = STUDENTS, .lease_max = LEASE };

static gboolean with_key_ring;
static const char passphrase[] = "三个 quiet words";

static gboolean
unlock (Station *station, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lk_account_unlock_async (station->account, text, NULL, keep_result, &result);
  wait_until (result != NULL);
  return lk_account_unlock_finish (station->account, result, error);
}

/* station_start() with the passphrase where one is needed. */
static void
start (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean done = station_sign_in (f->lin, f->url, "lin", CAMPUS_PASSWORD, &error);

  if (!done)
    g_assert_error (error, LK_ERROR, LK_ERROR_LOCKED);
  g_assert_cmpint (lk_account_get_lock (f->lin->account) == LK_ACCOUNT_LOCK_NONE, ==, with_key_ring);
  if (lk_account_get_lock (f->lin->account) != LK_ACCOUNT_LOCK_NONE)
    g_assert_true (unlock (f->lin, passphrase, NULL));
  station_start (f->lin, f->url, "lin");
}

static char *
ids (Station *station)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (station_queue (station)));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (station_queue (station)), i);

      g_string_append_printf (text, "%s %s\n", lk_submission_get_id (submission), lk_submission_get_lease (submission));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
wait_for_photos (Station *station)
{
  wait_until (lk_photo_source_get_n_wanted (lk_review_get_source (station->review)) == 0);
}

static void
flush (Station *station)
{
  LkKeep *keep = lk_account_get_keep (station->account);
  LkCache *cache = lk_keep_get_cache (keep);
  g_autoptr (GAsyncResult) result = NULL;

  wait_until (!lk_keep_is_remembering (keep));
  g_assert_nonnull (lk_cache_get_session (cache));
  lk_cache_flush_async (cache, keep_result, &result);
  wait_until (result != NULL);
}

/* Work with the service, then neither service nor workstation run. */
static char *
work_and_stop (Fixture *f)
{
  char *before;

  start (f);
  station_wait_undecided (f->lin, LEASE);
  wait_for_photos (f->lin);
  before = ids (f->lin);
  flush (f->lin);
  station_end (f->lin);
  campus_kill (f->campus);
  fault_proxy_set_target (f->proxy, 0);
  return before;
}

static gboolean
has_photos (Station *station, LkSubmission *submission)
{
  const char *id_card = lk_submission_get_reference (submission, LK_REFERENCE_ID_CARD);
  LkPhotoSource *source = lk_review_get_source (station->review);

  return lk_photo_source_peek (source, lk_submission_get_photo (submission)) != NULL
         && (id_card == NULL || lk_photo_source_peek (source, id_card) != NULL);
}

static void
test_start_without_service (Fixture *f, gconstpointer options)
{
  g_autofree char *before = work_and_stop (f);
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  start (f);
  g_assert_true (lk_account_get_signed_in (f->lin->account));
  g_assert_cmpstr (lk_account_get_name (f->lin->account), ==, "林老师");
  after = ids (f->lin);
  g_assert_cmpstr (after, ==, before);
  wait_for_photos (f->lin);
  for (guint i = 0; i < LEASE; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (station_queue (f->lin)), i);

      g_assert_true (has_photos (f->lin, submission));
    }
  wait_until (lk_sync_get_state (station_sync (f->lin)) == LK_SYNC_OFFLINE);
  for (guint i = 0; i < 5; i++)
    g_free (station_decide (f->lin, LK_VERDICT_RETURN));

  /* and once more: what was decided stays decided */
  station_end (f->lin);
  start (f);
  again = ids (f->lin);
  g_assert_cmpstr (again, ==, before);
  g_assert_cmpuint (lk_review_queue_get_n_undecided (station_queue (f->lin)), ==, LEASE - 5);
  g_assert_cmpuint (lk_review_queue_get_position (station_queue (f->lin)), ==, 5);
  g_assert_cmpuint (lk_sync_get_n_waiting (station_sync (f->lin)), ==, 5);
  g_assert_cmpuint (lk_review_get_n_today (f->lin->review), ==, 5);
  station_undo (f->lin);

  fixture_serve (f);
  lk_sync_poke (station_sync (f->lin));
  station_wait_synced (f->lin);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 5);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM submission WHERE state = 'RETURNED'"), ==, 4);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM answer"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (lk_sync_get_conflicts (station_sync (f->lin))), ==, 0);
  wait_until (lk_review_queue_get_n_undecided (station_queue (f->lin)) >= LEASE - 4);
}

static void
test_refused_without_service (Fixture *f, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = work_and_stop (f);

  if (!with_key_ring)
    {
      g_assert_false (station_sign_in (f->lin, f->url, "lin", CAMPUS_PASSWORD, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_LOCKED);
      g_clear_error (&error);
      g_assert_cmpint (lk_account_get_lock (f->lin->account), ==, LK_ACCOUNT_LOCK_LOCKED);
      g_assert_false (unlock (f->lin, "another", &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_WRONG_PASSPHRASE);
      g_clear_error (&error);
      g_assert_true (unlock (f->lin, passphrase, &error));
    }
  g_assert_false (station_sign_in (f->lin, f->url, "lin", "not the password", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_false (station_sign_in (f->lin, f->url, "wang", CAMPUS_PASSWORD, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_OFFLINE);
  g_assert_false (lk_account_get_signed_in (f->lin->account));
}

static char *
find_cache (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;
  char *found = NULL;

  while (found == NULL && open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = find_cache (path);
      else if (g_str_has_prefix (name, "cache-") && g_str_has_suffix (name, ".db"))
        found = g_steal_pointer (&path);
    }
  return found;
}

static int
count_rows (Station *station, const char *table)
{
  g_autofree char *path = find_cache (station->dir);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  int n;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

static int
count_leased_photos (Station *station)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (station_queue (station)));
  int n_photos = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (station_queue (station)), i);

      if (lk_submission_get_decision (submission) == NULL)
        n_photos += lk_submission_get_reference (submission, LK_REFERENCE_ID_CARD) != NULL ? 2 : 1;
    }
  return n_photos;
}

/* Photos and comparison photos lie here as long as their lease lasts. */
static void
test_follows_leases (Fixture *f, gconstpointer options)
{
  start (f);
  station_wait_undecided (f->lin, LEASE);
  wait_for_photos (f->lin);
  flush (f->lin);
  g_assert_cmpint (count_rows (f->lin, "photo"), ==, count_leased_photos (f->lin));
  g_assert_cmpint (count_rows (f->lin, "submission"), ==, LEASE);
  for (guint i = 0; i < 3; i++)
    g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  station_wait_synced (f->lin);
  wait_until (lk_review_queue_get_n_undecided (station_queue (f->lin)) * 4 >= LEASE * 3); /* and nothing more comes */
  wait_for_photos (f->lin);
  flush (f->lin);
  g_assert_cmpint (count_rows (f->lin, "photo"), ==, count_leased_photos (f->lin));
  g_assert_cmpint (count_rows (f->lin, "submission"), ==, lk_review_queue_get_n_undecided (station_queue (f->lin)));
}

static gboolean
has_bytes (const char *dir, const char *bytes, gsize size)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while (!found && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      if (g_str_equal (name, "reasons.json") || g_str_equal (name, "photo-spec.json"))
        continue; /* what the college tells everybody */
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = has_bytes (path, bytes, size);
      else if (g_file_get_contents (path, &text, &length, NULL))
        found = memmem (text, length, bytes, size) != NULL;
    }
  return found;
}

static void
assert_nothing_readable (Station *station)
{
  static const char *const texts[] = { "李*明", "2021****", "会计学2班", "林老师", "\"R203\"", "\xff\xd8\xff\xe0", CAMPUS_PASSWORD };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (has_bytes (station->dir, texts[i], strlen (texts[i])))
      g_error ("\"%s\" can be read in the workstation's folder", texts[i]);
}

static void
test_sign_out (Fixture *f, gconstpointer options)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *cache = NULL;

  start (f);
  station_wait_undecided (f->lin, LEASE);
  wait_for_photos (f->lin);
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  station_wait_synced (f->lin);
  flush (f->lin);
  assert_nothing_readable (f->lin);
  cache = find_cache (f->lin->dir);
  g_assert_nonnull (cache);
  wait_for_end_of (g_steal_pointer (&f->lin->review));
  lk_account_sign_out_async (f->lin->account, NULL, keep_result, &result);
  wait_until (result != NULL);
  g_assert_true (lk_account_sign_out_finish (f->lin->account, result, &error));
  g_clear_object (&result);
  g_assert_null (find_cache (f->lin->dir));
  station_end (f->lin);
  assert_nothing_readable (f->lin);

  campus_kill (f->campus);
  g_assert_false (station_sign_in (f->lin, f->url, "lin", CAMPUS_PASSWORD, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_OFFLINE);
}

/* The key outlives a sign-out while decisions wait that are sealed with it. */
static void
test_sign_out_with_decisions (Fixture *f, gconstpointer options)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (f);
  station_wait_undecided (f->lin, LEASE);
  fixture_cut (f);
  g_free (station_decide (f->lin, LK_VERDICT_RETURN));
  wait_for_end_of (g_steal_pointer (&f->lin->review));
  lk_account_sign_out_async (f->lin->account, NULL, keep_result, &result);
  wait_until (result != NULL);
  g_clear_object (&result);
  station_end (f->lin);
  g_assert_null (find_cache (f->lin->dir));
  assert_nothing_readable (f->lin);

  fault_proxy_set_fault (f->proxy, FAULT_NONE);
  start (f);
  g_assert_cmpuint (lk_review_get_n_locked (f->lin->review), ==, 0);
  station_wait_synced (f->lin);
  g_assert_cmpint (campus_number (f->campus, "SELECT count(*) FROM decision"), ==, 1);
}

int
main (int argc, char *argv[])
{
  with_key_ring = argc > 1 && g_str_equal (argv[1], "--key-ring");
  if (!with_key_ring)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, options, func) \
  g_test_add ("/flow/keep/" path, Fixture, &options, fixture_set_up, func, fixture_tear_down)
  ADD ("start-without-service", usual, test_start_without_service);
  ADD ("refused-without-service", usual, test_refused_without_service);
  ADD ("follows-leases", usual, test_follows_leases);
  ADD ("sign-out", usual, test_sign_out);
  ADD ("sign-out-with-decisions", usual, test_sign_out_with_decisions);
  return g_test_run ();
}
