/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include "core/data.h"

/* The steps in data/schema; user_version counts those a database has had. A new step is a new file and a new line here. */
static const char *const steps[] = {
  "schema/001-campus.sql",
  "schema/002-looking.sql",
  "schema/003-review.sql",
  "schema/004-search.sql",
  "schema/005-fence.sql",
  "schema/006-student.sql",
  "schema/007-staff.sql",
  "schema/008-service.sql",
};

static gboolean
read_version (LkConn *conn, guint *version, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (conn->handle, "PRAGMA user_version", -1, &stmt, NULL) == SQLITE_OK &&
                sqlite3_step (stmt) == SQLITE_ROW;

  if (ok)
    *version = (guint) sqlite3_column_int (stmt, 0);
  else
    lk_conn_fail (conn, error);
  sqlite3_finalize (stmt);
  return ok;
}

static gboolean
apply_step (LkConn *conn, guint number, GError **error)
{
  g_autofree char *path = lk_data_find (steps[number], error);
  g_autofree char *sql = NULL;
  g_autofree char *count = g_strdup_printf ("PRAGMA user_version = %u", number + 1);

  if (path == NULL || !g_file_get_contents (path, &sql, NULL, error))
    return FALSE;
  return lk_conn_exec (conn, sql, error) && lk_conn_exec (conn, count, error);
}

/* All missing steps in one transaction: another process sees the old schema or the new one. */
gboolean
lk_schema_upgrade (LkConn *conn, GError **error)
{
  guint version = 0;
  gboolean ok;

  if (!lk_conn_exec (conn, "BEGIN IMMEDIATE", error))
    return FALSE;
  ok = read_version (conn, &version, error);
  if (ok && version > G_N_ELEMENTS (steps))
    {
      g_set_error (error, LK_ERROR, LK_ERROR_STORE, "the campus was made by a newer version (schema %u, this one knows %u)",
                   version, (guint) G_N_ELEMENTS (steps));
      ok = FALSE;
    }
  for (guint i = version; ok && i < G_N_ELEMENTS (steps); i++)
    ok = apply_step (conn, i, error);
  if (ok)
    return lk_conn_exec (conn, "COMMIT", error);
  lk_conn_exec (conn, "ROLLBACK", NULL);
  return FALSE;
}
