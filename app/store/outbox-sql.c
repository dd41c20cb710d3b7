/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/outbox-private.h"

#include "core/error.h"

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    lk_store_set_error (db, sql, error);
  return stmt;
}

static void
bind_text (sqlite3_stmt *stmt, int index, const char *text)
{
  sqlite3_bind_text (stmt, index, text, -1, SQLITE_STATIC); /* NULL binds as NULL */
}

static char *
dup_column (sqlite3_stmt *stmt, int index)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, index));
}

static gboolean
run (sqlite3 *db, sqlite3_stmt *stmt, const char *doing, GError **error)
{
  return sqlite3_step (stmt) == SQLITE_DONE || lk_store_set_error (db, doing, error);
}

static LkEntry *
read_entry (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (LkEntry) entry = g_new0 (LkEntry, 1);
  const char *verdict = (const char *) sqlite3_column_text (stmt, 6);

  entry->seq = sqlite3_column_int64 (stmt, 0);
  entry->key = dup_column (stmt, 1);
  entry->kind = sqlite3_column_int (stmt, 2);
  entry->state = sqlite3_column_int (stmt, 3);
  entry->submission = dup_column (stmt, 4);
  entry->target = dup_column (stmt, 5);
  entry->body = dup_column (stmt, 7);
  entry->name = dup_column (stmt, 8);
  entry->student_no = dup_column (stmt, 9);
  entry->made_at = sqlite3_column_int64 (stmt, 10);
  if (entry->state > LK_ENTRY_ACKED)
    entry->code = lk_error_from_word ((const char *) sqlite3_column_text (stmt, 11));
  entry->winner = dup_column (stmt, 12);
  entry->dismissed = sqlite3_column_int (stmt, 13) != 0;
  if (lk_verdict_from_word (verdict, &entry->verdict))
    return g_steal_pointer (&entry);
  g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "entry %s has the unknown verdict %s", entry->key, verdict);
  return NULL;
}

gboolean
lk_outbox_sql_load (sqlite3 *db, gint64 since, GPtrArray *entries, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
    prepare (db,
             "SELECT seq, key, kind, state, submission, target, verdict, body, name, student_no, made_at, code, "
             "winner, dismissed"
             " FROM entry WHERE state < 2 OR (state > 2 AND dismissed = 0) OR made_at >= ? ORDER BY seq",
             error);
  int step;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, since);
  while ((step = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      LkEntry *entry = read_entry (stmt, error);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (entries, entry);
    }
  return step == SQLITE_DONE || lk_store_set_error (db, "reading the outbox", error);
}

/* An undo finds its decision's state in the same transaction: when the service has refused the decision meanwhile
 * there is nothing to send. */
gboolean
lk_outbox_sql_insert (sqlite3 *db, LkEntry *entry, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
    prepare (db,
             "INSERT INTO entry (key, kind, state, submission, target, verdict, body, name, student_no, made_at)"
             " VALUES (?1, ?2, iif (EXISTS (SELECT 1 FROM entry WHERE key = ?4 AND state > 2), 2, 0), ?3, ?4, ?5, ?6, "
             "?7, ?8, ?9)"
             " ON CONFLICT (key) DO NOTHING RETURNING seq, state",
             error);
  int step;

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, entry->key);
  sqlite3_bind_int (stmt, 2, entry->kind);
  bind_text (stmt, 3, entry->submission);
  bind_text (stmt, 4, entry->target);
  bind_text (stmt, 5, lk_verdict_to_word (entry->verdict));
  bind_text (stmt, 6, entry->body);
  bind_text (stmt, 7, entry->name);
  bind_text (stmt, 8, entry->student_no);
  sqlite3_bind_int64 (stmt, 9, entry->made_at);
  step = sqlite3_step (stmt);
  if (step == SQLITE_ROW)
    {
      entry->seq = sqlite3_column_int64 (stmt, 0);
      entry->state = sqlite3_column_int (stmt, 1);
      step = sqlite3_step (stmt);
    }
  return step == SQLITE_DONE || lk_store_set_error (db, "keeping a decision", error);
}

static gboolean
finish_reverts_of (sqlite3 *db, const char *key, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = prepare (db, "UPDATE entry SET state = 2 WHERE target = ? AND state < 2", error);

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, key);
  return run (db, stmt, "ending an undo", error);
}

gboolean
lk_outbox_sql_mark (sqlite3 *db, const LkEntryResult *result, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
    prepare (db, "UPDATE entry SET state = ?2, code = ?3, winner = ?4 WHERE key = ?1 AND state < 2", error);

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, result->key);
  sqlite3_bind_int (stmt, 2, result->state);
  bind_text (stmt, 3, result->state > LK_ENTRY_ACKED ? lk_error_to_word (result->code) : NULL);
  bind_text (stmt, 4, result->winner);
  return run (db, stmt, "marking an entry", error)
         && (result->state <= LK_ENTRY_ACKED || finish_reverts_of (db, result->key, error));
}

gboolean
lk_outbox_sql_dismiss (sqlite3 *db, const char *key, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = prepare (db, "UPDATE entry SET dismissed = 1 WHERE key = ?", error);

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, key);
  return run (db, stmt, "dismissing a conflict", error);
}
