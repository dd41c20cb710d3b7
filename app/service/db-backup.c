/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

/* A copy of a database that is in use, and what is in such a copy. */

enum { BUSY_WAIT_US = 20000, BUSY_TRIES = 500 };

static gboolean
fail (GError **error, sqlite3 *handle, const char *what)
{
  int code = sqlite3_errcode (handle) & 0xff;
  LkError kind = code == SQLITE_FULL ? LK_ERROR_DISK_FULL
                 : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? LK_ERROR_CORRUPT : LK_ERROR_STORE;

  g_set_error (error, LK_ERROR, kind, "%s: %s", what, sqlite3_errmsg (handle));
  return FALSE;
}

/* All pages in one step: the source is read under one read transaction, which writers do not disturb, so that the copy is the state
 * of one moment. */
static gboolean
copy_pages (sqlite3 *source, sqlite3 *target, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", source, "main");
  int code = SQLITE_ERROR;

  for (int i = 0; backup != NULL && i < BUSY_TRIES; i++)
    {
      code = sqlite3_backup_step (backup, -1);
      if (code != SQLITE_BUSY && code != SQLITE_LOCKED)
        break;
      g_usleep (BUSY_WAIT_US);
    }
  sqlite3_backup_finish (backup);
  return code == SQLITE_DONE || fail (error, target, "copying the database");
}

gboolean
lk_db_sqlite_copy (LkCampusDb *base, const char *path, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  sqlite3 *target = NULL;
  gboolean ok;

  if (conn == NULL)
    return FALSE;
  ok = sqlite3_open_v2 (path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE, NULL) == SQLITE_OK
         ? copy_pages (conn->handle, target, error) : fail (error, target, path);
  sqlite3_close (target);
  return ok;
}

static gboolean
read_names (sqlite3 *handle, GPtrArray *names, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v2 (handle, lk_sql[LK_SQL_FILE_NAMES], -1, &stmt, NULL);

  while (code == SQLITE_OK && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      g_ptr_array_add (names, g_strdup (lk_column_text (stmt, 0)));
      code = SQLITE_OK;
    }
  if (code != SQLITE_DONE)
    fail (error, handle, "reading the names of the photos");
  sqlite3_finalize (stmt);
  return code == SQLITE_DONE;
}

static gboolean
check_pages (sqlite3 *handle, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (handle, "PRAGMA integrity_check (1)", -1, &stmt, NULL) == SQLITE_OK &&
                sqlite3_step (stmt) == SQLITE_ROW;

  if (!ok)
    fail (error, handle, "checking the database");
  else if (g_strcmp0 (lk_column_text (stmt, 0), "ok") != 0)
    {
      ok = FALSE;
      g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "the database: %s", lk_column_text (stmt, 0));
    }
  sqlite3_finalize (stmt);
  return ok;
}

GPtrArray *
lk_db_sqlite_list_files (const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *handle = NULL;
  gboolean ok = sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
                  ? check_pages (handle, error) && read_names (handle, names, error) : fail (error, handle, path);

  sqlite3_close (handle);
  return ok ? g_steal_pointer (&names) : NULL;
}
