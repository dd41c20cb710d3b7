/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include "core/error.h"
#include "store/store-private.h"

const char *const lk_schema_steps[] = {
  /* 1: decisions and undos on their way to the campus service, and what became of them.
   * kind and state are the numbers of LkEntryKind and LkEntryState; name and student_no are masked. */
  "CREATE TABLE entry ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  key TEXT NOT NULL UNIQUE,"
  "  kind INTEGER NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  submission TEXT NOT NULL,"
  "  target TEXT,"
  "  verdict TEXT NOT NULL,"
  "  body TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  student_no TEXT NOT NULL,"
  "  made_at INTEGER NOT NULL,"
  "  code TEXT,"
  "  winner TEXT,"
  "  dismissed INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"
  "CREATE INDEX entry_waiting ON entry (seq) WHERE state < 2;"
  "CREATE INDEX entry_open_conflict ON entry (seq) WHERE state > 2 AND dismissed = 0;"
  "CREATE INDEX entry_made_at ON entry (made_at);",
};
const guint lk_schema_n_steps = G_N_ELEMENTS (lk_schema_steps);

static int
schema_version (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  if (sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &stmt, NULL) != SQLITE_OK || sqlite3_step (stmt) != SQLITE_ROW)
    {
      lk_store_set_error (db, "reading the schema version", error);
      return -1;
    }
  return sqlite3_column_int (stmt, 0);
}

static gboolean
take_step (sqlite3 *db, const char *sql, guint version, GError **error)
{
  g_autofree char *count = g_strdup_printf ("PRAGMA user_version = %u", version);

  if (lk_store_exec (db, "BEGIN IMMEDIATE", error) && lk_store_exec (db, sql, error) && lk_store_exec (db, count, error)
      && lk_store_exec (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean
lk_schema_migrate (sqlite3 *db, const char *const *steps, guint n_steps, GError **error)
{
  int version = schema_version (db, error);

  if (version < 0)
    return FALSE;
  if ((guint) version > n_steps)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_STORE, "the database has schema %d, this version knows %u", version,
                   n_steps);
      return FALSE;
    }
  for (guint i = (guint) version; i < n_steps; i++)
    if (!take_step (db, steps[i], i + 1, error))
      return FALSE;
  return TRUE;
}
