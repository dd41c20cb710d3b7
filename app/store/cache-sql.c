/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cache-private.h"

#include "core/error.h"

const char *const lk_cache_steps[] = {
  /* 1: all values are sealed; names are keyed hashes */
  "CREATE TABLE session (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;"
  "CREATE TABLE submission (seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, value BLOB NOT NULL) STRICT;"
  "CREATE TABLE photo (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;",
};
const guint lk_cache_n_steps = G_N_ELEMENTS (lk_cache_steps);

static const char *const statements[] = {
  [LK_CACHE_GET_SESSION] = "SELECT value FROM session",
  [LK_CACHE_PUT_SESSION] = "INSERT OR REPLACE INTO session (name, value) VALUES (?1, ?2)",
  [LK_CACHE_LIST_SUBMISSIONS] = "SELECT name, value FROM submission ORDER BY seq",
  [LK_CACHE_PUT_SUBMISSION] = "INSERT INTO submission (name, value) VALUES (?1, ?2)"
                              " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  [LK_CACHE_DROP_SUBMISSION] = "DELETE FROM submission WHERE name = ?1",
  [LK_CACHE_LIST_PHOTOS] = "SELECT name FROM photo",
  [LK_CACHE_GET_PHOTO] = "SELECT value FROM photo WHERE name = ?1",
  [LK_CACHE_PUT_PHOTO] = "INSERT OR REPLACE INTO photo (name, value) VALUES (?1, ?2)",
  [LK_CACHE_DROP_PHOTO] = "DELETE FROM photo WHERE name = ?1",
};

struct _LkCacheJob
{
  LkCacheStatement statement;
  char *name, *place;
  GBytes *plain; /* or NULL */
  LkSeal *seal;
  GBytes *found;
};

sqlite3_stmt *
lk_cache_sql (sqlite3 *db, LkCacheStatement statement, const char *name, GError **error)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, statements[statement], -1, &stmt, NULL) != SQLITE_OK)
    lk_store_set_error (db, statements[statement], error);
  else if (name != NULL)
    sqlite3_bind_text (stmt, 1, name, -1, SQLITE_TRANSIENT);
  return stmt;
}

LkCacheJob *
lk_cache_job_new (LkCacheStatement statement, const char *name, const char *place, GBytes *plain, LkSeal *seal)
{
  LkCacheJob *job = g_new0 (LkCacheJob, 1);

  job->statement = statement;
  job->name = g_strdup (name);
  job->place = g_strdup (place);
  job->plain = plain != NULL ? g_bytes_ref (plain) : NULL;
  job->seal = lk_seal_ref (seal);
  return job;
}

void
lk_cache_job_free (gpointer data)
{
  LkCacheJob *job = data;

  g_free (job->name);
  g_free (job->place);
  g_clear_pointer (&job->plain, g_bytes_unref);
  g_clear_pointer (&job->found, g_bytes_unref);
  lk_seal_unref (job->seal);
  g_free (job);
}

GBytes *
lk_cache_job_steal_found (LkCacheJob *job)
{
  return g_steal_pointer (&job->found);
}

static gboolean
read_found (sqlite3 *db, LkCacheJob *job, sqlite3_stmt *stmt, GError **error)
{
  job->found =
    lk_seal_open (job->seal, job->place, sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0), error);
  return job->found != NULL;
}

static gboolean
wipe (sqlite3 *db, GError **error)
{
  return lk_store_exec (db, "DELETE FROM session; DELETE FROM submission; DELETE FROM photo", error);
}

gboolean
lk_cache_job_run (sqlite3 *db, gpointer data, GError **error)
{
  LkCacheJob *job = data;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int step;

  if (job->statement == LK_CACHE_WIPE)
    return wipe (db, error);
  stmt = lk_cache_sql (db, job->statement, job->name, error);
  if (stmt == NULL)
    return FALSE;
  if (job->plain != NULL)
    {
      sealed = lk_seal_bytes (job->seal, job->place, g_bytes_get_data (job->plain, NULL), g_bytes_get_size (job->plain));
      sqlite3_bind_blob64 (stmt, 2, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), SQLITE_STATIC);
    }
  step = sqlite3_step (stmt);
  if (step == SQLITE_ROW)
    return read_found (db, job, stmt, error);
  if (step == SQLITE_DONE && job->statement != LK_CACHE_GET_PHOTO)
    return TRUE;
  if (step == SQLITE_DONE)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "the photo is not kept here");
  else
    lk_store_set_error (db, "writing the cache", error);
  return FALSE;
}
