/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

/* How long to wait for another process (an import beside the running service). */
enum { BUSY_MS = 20000 };

/* What SQLite keeps ready for its small allocations, a connection; by default it has 40 of them, and a transaction of ours wants more. */
enum { LOOKASIDE_SIZE = 1200, LOOKASIDE_SLOTS = 400 };

static LkError
error_for (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return LK_ERROR_DISK_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return LK_ERROR_CORRUPT;
    default:
      return LK_ERROR_STORE;
    }
}

void
lk_conn_fail (LkConn *conn, GError **error)
{
  g_set_error (error, LK_ERROR, error_for (sqlite3_extended_errcode (conn->handle)), "database: %s", sqlite3_errmsg (conn->handle));
}

/* SQLite counts what it allocates under one lock for all threads, and nobody asks for the sum. Refused, and then of no consequence, when
 * something else in the process has used SQLite before. */
static void
leave_memory_uncounted (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

LkConn *
lk_conn_open (LkDbSqlite *db, int flags, GError **error)
{
  LkConn *conn = g_new0 (LkConn, 1);

  leave_memory_uncounted ();
  conn->db = db;
  if (sqlite3_open_v2 (db->path, &conn->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      lk_conn_fail (conn, error);
      lk_conn_close (conn);
      return NULL;
    }
  sqlite3_db_config (conn->handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, LOOKASIDE_SIZE, LOOKASIDE_SLOTS);
  sqlite3_extended_result_codes (conn->handle, 1);
  sqlite3_busy_timeout (conn->handle, BUSY_MS);
  return conn;
}

void
lk_conn_close (LkConn *conn)
{
  for (guint i = 0; i < LK_N_SQL; i++)
    sqlite3_finalize (conn->statements[i]);
  sqlite3_close (conn->handle);
  g_free (conn);
}

gboolean
lk_conn_exec (LkConn *conn, const char *sql, GError **error)
{
  if (sqlite3_exec (conn->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  lk_conn_fail (conn, error);
  return FALSE;
}

static sqlite3_stmt *
get_statement (LkConn *conn, LkSql sql, GError **error)
{
  if (conn->statements[sql] == NULL &&
      sqlite3_prepare_v3 (conn->handle, lk_sql[sql], -1, SQLITE_PREPARE_PERSISTENT, &conn->statements[sql], NULL) != SQLITE_OK)
    {
      lk_conn_fail (conn, error);
      return NULL;
    }
  return conn->statements[sql];
}

/* Values are not copied: they outlive the statement's run. */
static void
bind_values (sqlite3_stmt *stmt, const char *types, va_list values)
{
  for (int i = 1; *types != '\0'; types++, i++)
    switch (*types)
      {
      case 'i':
        sqlite3_bind_int64 (stmt, i, va_arg (values, gint64));
        break;
      case 'n':
        {
          gint64 value = va_arg (values, gint64);
          if (value != 0)
            sqlite3_bind_int64 (stmt, i, value);
          else
            sqlite3_bind_null (stmt, i);
          break;
        }
      case 't':
        sqlite3_bind_text (stmt, i, va_arg (values, const char *), -1, SQLITE_STATIC);
        break;
      case 'b':
        {
          const void *bytes = va_arg (values, const void *);
          sqlite3_bind_blob (stmt, i, bytes, va_arg (values, int), SQLITE_STATIC);
          break;
        }
      default:
        g_assert_not_reached ();
      }
}

sqlite3_stmt *
lk_conn_query (LkConn *conn, LkSql sql, GError **error, const char *types, ...)
{
  sqlite3_stmt *stmt = get_statement (conn, sql, error);
  va_list values;

  if (stmt == NULL)
    return NULL;
  va_start (values, types);
  bind_values (stmt, types, values);
  va_end (values);
  return stmt;
}

int
lk_conn_step (LkConn *conn, sqlite3_stmt *stmt, GError **error)
{
  int code = sqlite3_step (stmt);

  if (code == SQLITE_ROW)
    return 1;
  if (code == SQLITE_DONE)
    return 0;
  lk_conn_fail (conn, error);
  return -1;
}

gboolean
lk_conn_run (LkConn *conn, LkSql sql, GError **error, const char *types, ...)
{
  sqlite3_stmt *stmt = get_statement (conn, sql, error);
  va_list values;
  int step;

  if (stmt == NULL)
    return FALSE;
  va_start (values, types);
  bind_values (stmt, types, values);
  va_end (values);
  do
    step = lk_conn_step (conn, stmt, error);
  while (step == 1);
  sqlite3_reset (stmt);
  return step == 0;
}
