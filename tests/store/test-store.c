/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "core/error.h"
#include "sample.h"
#include "store/outbox.h"
#include "store/schema.h"
#include "store/store-private.h"
#include "wait.h"

typedef struct
{
  char *dir, *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = sample_dir ();
  f->path = g_build_filename (f->dir, "outbox.db", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sample_dir_remove (f->dir);
  g_free (f->dir);
  g_free (f->path);
}

static sqlite3 *
open_raw (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

static int
read_int (sqlite3 *db, const char *sql)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  return sqlite3_column_int (stmt, 0);
}

static void
test_new_file (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LkStore *store = lk_store_open (f->path, &error);
  struct stat info;
  sqlite3 *db;

  g_assert_no_error (error);
  g_assert_finalize_object (store);
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);

  db = open_raw (f->path);
  g_assert_cmpint (read_int (db, "PRAGMA user_version"), ==, (int) lk_schema_n_steps);
  g_assert_cmpint (read_int (db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
  sqlite3_close (db);
}

/* Others of this machine's users cannot read the decisions, not even in the log beside the database. */
static void
test_log_is_private (Fixture *f, gconstpointer data)
{
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  LkStore *store;
  struct stat info;

  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  g_assert_cmpint (g_chmod (f->path, 0644), ==, 0);
  store = lk_store_open (f->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0077, ==, 0);
  g_object_unref (store);
}

static void
test_not_a_database (Fixture *f, gconstpointer data)
{
  g_autofree char *junk = g_strnfill (8192, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, junk, -1, NULL));
  g_assert_null (lk_store_open (f->path, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_CORRUPT);
}

static void
test_no_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "none", "outbox.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lk_store_open (path, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STORE);
}

static void
test_newer_version (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = open_raw (f->path);

  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_null (lk_store_open (f->path, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STORE);
}

static void
test_steps_in_order (Fixture *f, gconstpointer data)
{
  static const char *const steps[] = {
    "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)",
    "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7",
  };
  g_autoptr (GError) error = NULL;
  sqlite3 *db = open_raw (f->path);

  g_assert_true (lk_schema_migrate (db, steps, 1, &error));
  g_assert_cmpint (read_int (db, "PRAGMA user_version"), ==, 1);
  g_assert_true (lk_schema_migrate (db, steps, 2, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read_int (db, "SELECT x * 10 + y FROM a"), ==, 17);
  g_assert_true (lk_schema_migrate (db, steps, 2, &error)); /* nothing to do */
  g_assert_cmpint (read_int (db, "SELECT count(*) FROM a"), ==, 1);
  sqlite3_close (db);
}

static void
test_failing_step_is_rolled_back (Fixture *f, gconstpointer data)
{
  static const char *const steps[] = {
    "CREATE TABLE a (x INTEGER)",
    "INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (2)",
  };
  g_autoptr (GError) error = NULL;
  sqlite3 *db = open_raw (f->path);

  g_assert_false (lk_schema_migrate (db, steps, 2, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STORE);
  g_assert_cmpint (read_int (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (read_int (db, "SELECT count(*) FROM a"), ==, 0);
  sqlite3_close (db);
}

/* A database as version 1 of the tables left it: opens with today's code, nothing lost. Never change this text. */
static const char version_1[] =
  "CREATE TABLE entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL,"
  " state INTEGER NOT NULL, submission TEXT NOT NULL, target TEXT, verdict TEXT NOT NULL, body TEXT NOT NULL,"
  " name TEXT NOT NULL, student_no TEXT NOT NULL, made_at INTEGER NOT NULL, code TEXT, winner TEXT,"
  " dismissed INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE INDEX entry_waiting ON entry (seq) WHERE state < 2;"
  "CREATE INDEX entry_open_conflict ON entry (seq) WHERE state > 2 AND dismissed = 0;"
  "CREATE INDEX entry_made_at ON entry (made_at);"
  "INSERT INTO entry VALUES (1, 'k1', 0, 3, 's1', NULL, 'return', '{}', '李*明', '2021****07', 1750000000000000,"
  " 'already-decided', '王*', 0);"
  "INSERT INTO entry VALUES (2, 'k2', 0, 1, 's2', NULL, 'approve', '{}', '王*', '2021****08', 1750000000000001, NULL, "
  "NULL, 0);"
  "INSERT INTO entry VALUES (3, 'k3', 1, 0, 's2', 'k2', 'approve', '{}', '王*', '2021****08', 1750000000000002, NULL, "
  "NULL, 0);"
  "PRAGMA user_version = 1;";

static void
test_version_1 (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  LkOutbox *outbox;
  sqlite3 *db = open_raw (f->path);

  g_assert_cmpint (sqlite3_exec (db, version_1, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  outbox = lk_outbox_open (f->path, NULL, &error);
  g_assert_no_error (error);
  waiting = lk_outbox_list_waiting (outbox);
  conflicts = lk_outbox_list_conflicts (outbox);
  g_assert_cmpuint (waiting->len, ==, 2);
  g_assert_cmpstr (((LkEntry *) waiting->pdata[0])->key, ==, "k2");
  g_assert_true (((LkEntry *) waiting->pdata[0])->reverted);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpint (((LkEntry *) conflicts->pdata[0])->code, ==, LK_ERROR_ALREADY_DECIDED);
  g_assert_cmpstr (((LkEntry *) conflicts->pdata[0])->winner, ==, "王*");
  g_assert_finalize_object (outbox);
}

/* The writer thread: results come in order, in the owner's thread, and a failing job leaves nothing behind. */
static gboolean
insert_x (sqlite3 *db, gpointer data, GError **error)
{
  return lk_store_exec (db, "CREATE TABLE IF NOT EXISTS x (n INTEGER)", error)
         && lk_store_exec (db, "INSERT INTO x VALUES (1)", error) && lk_store_exec (db, data, error);
}

static void
test_job_is_a_transaction (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LkStore *store = lk_store_open (f->path, &error);
  GAsyncResult *good = NULL, *bad = NULL;
  sqlite3 *db;

  lk_store_run_async (store, LK_STORE_DURABLE, insert_x, (gpointer) "SELECT 1", NULL, keep_result, &good);
  lk_store_run_async (store, LK_STORE_RELAXED, insert_x, (gpointer) "INSERT INTO nowhere VALUES (1)", NULL, keep_result,
                      &bad);
  wait_until (bad != NULL);
  g_assert_nonnull (good);
  g_assert_true (lk_store_run_finish (store, good, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (lk_store_run_finish (store, bad, NULL, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_STORE);
  g_object_unref (good);
  g_object_unref (bad);
  g_assert_finalize_object (store);

  db = open_raw (f->path);
  g_assert_cmpint (read_int (db, "SELECT count(*) FROM x"), ==, 1);
  sqlite3_close (db);
}

static GThread *callback_thread;

static void
note_thread (GObject *source, GAsyncResult *result, gpointer user_data)
{
  callback_thread = g_thread_self ();
}

/* Also when the main loop is not running at the moment the writer is done. */
static void
test_callback_in_owner (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LkStore *store = lk_store_open (f->path, &error);

  callback_thread = NULL;
  lk_store_run_async (store, LK_STORE_DURABLE, insert_x, (gpointer) "SELECT 1", NULL, note_thread, NULL);
  g_usleep (100 * 1000);
  g_assert_null (callback_thread);
  wait_until (callback_thread != NULL);
  g_assert_true (callback_thread == g_thread_self ());
  g_assert_finalize_object (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/store/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("new-file", test_new_file);
  ADD ("log-is-private", test_log_is_private);
  ADD ("not-a-database", test_not_a_database);
  ADD ("no-folder", test_no_folder);
  ADD ("newer-version", test_newer_version);
  ADD ("steps-in-order", test_steps_in_order);
  ADD ("failing-step-is-rolled-back", test_failing_step_is_rolled_back);
  ADD ("version-1", test_version_1);
  ADD ("job-is-a-transaction", test_job_is_a_transaction);
  ADD ("callback-in-owner", test_callback_in_owner);
  return g_test_run ();
}
