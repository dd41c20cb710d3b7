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

/* Personal values are sealed where there is a key, each for its place: another entry's note cannot be put here. */

static char *
place_of (const char *key, const char *column)
{
  return g_strconcat ("entry ", key, " ", column, NULL);
}

static void
bind_sealed (sqlite3_stmt *stmt, int index, const char *text, LkSeal *seal, const char *key, const char *column)
{
  g_autofree char *place = place_of (key, column);
  g_autofree char *sealed = seal != NULL && text != NULL ? lk_seal_text (seal, place, text) : NULL;

  sqlite3_bind_text (stmt, index, sealed != NULL ? sealed : text, -1, SQLITE_TRANSIENT);
}

/* The text of a column, also of one that was written without a key; empty, and locked set, when it does not open. */
static char *
dup_sealed (sqlite3_stmt *stmt, int index, LkSeal *seal, const char *key, const char *column, gboolean *locked)
{
  const char *text = (const char *) sqlite3_column_text (stmt, index);
  g_autofree char *place = place_of (key, column);
  char *plain;

  if (text == NULL || !lk_seal_is_sealed (text))
    return g_strdup (text);
  plain = seal != NULL ? lk_seal_open_text (seal, place, text, NULL) : NULL;
  *locked = *locked || plain == NULL;
  return plain != NULL ? plain : g_strdup ("");
}

static LkEntry *
read_entry (sqlite3_stmt *stmt, LkSeal *seal, gboolean *locked, GError **error)
{
  g_autoptr (LkEntry) entry = g_new0 (LkEntry, 1);
  const char *verdict = (const char *) sqlite3_column_text (stmt, 6);

  entry->seq = sqlite3_column_int64 (stmt, 0);
  entry->key = dup_column (stmt, 1);
  entry->kind = sqlite3_column_int (stmt, 2);
  entry->state = sqlite3_column_int (stmt, 3);
  entry->submission = dup_column (stmt, 4);
  entry->target = dup_column (stmt, 5);
  entry->body = dup_sealed (stmt, 7, seal, entry->key, "body", locked);
  entry->name = dup_sealed (stmt, 8, seal, entry->key, "name", locked);
  entry->student_no = dup_sealed (stmt, 9, seal, entry->key, "student_no", locked);
  entry->made_at = sqlite3_column_int64 (stmt, 10);
  if (entry->state > LK_ENTRY_ACKED)
    entry->code = lk_error_from_word ((const char *) sqlite3_column_text (stmt, 11));
  entry->winner = dup_sealed (stmt, 12, seal, entry->key, "winner", locked);
  entry->dismissed = sqlite3_column_int (stmt, 13) != 0;
  if (lk_verdict_from_word (verdict, &entry->verdict))
    return g_steal_pointer (&entry);
  g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "entry %s has the unknown verdict %s", entry->key, verdict);
  return NULL;
}

gboolean
lk_outbox_sql_load (sqlite3 *db, gint64 since, LkSeal *seal, GPtrArray *entries, guint *n_locked, GError **error)
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
      gboolean locked = FALSE;
      g_autoptr (LkEntry) entry = read_entry (stmt, seal, &locked, error);

      if (entry == NULL)
        return FALSE;
      /* one that is done with counts, though nothing of it can be read */
      if (!locked || entry->state == LK_ENTRY_ACKED)
        g_ptr_array_add (entries, g_steal_pointer (&entry));
      else
        ++*n_locked;
    }
  return step == SQLITE_DONE || lk_store_set_error (db, "reading the outbox", error);
}

/* An undo finds its decision's state in the same transaction: when the service has refused the decision meanwhile
 * there is nothing to send. */
gboolean
lk_outbox_sql_insert (sqlite3 *db, LkEntry *entry, LkSeal *seal, GError **error)
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
  bind_sealed (stmt, 6, entry->body, seal, entry->key, "body");
  bind_sealed (stmt, 7, entry->name, seal, entry->key, "name");
  bind_sealed (stmt, 8, entry->student_no, seal, entry->key, "student_no");
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
lk_outbox_sql_mark (sqlite3 *db, const LkEntryResult *result, LkSeal *seal, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
    prepare (db, "UPDATE entry SET state = ?2, code = ?3, winner = ?4 WHERE key = ?1 AND state < 2", error);

  if (stmt == NULL)
    return FALSE;
  bind_text (stmt, 1, result->key);
  sqlite3_bind_int (stmt, 2, result->state);
  bind_text (stmt, 3, result->state > LK_ENTRY_ACKED ? lk_error_to_word (result->code) : NULL);
  bind_sealed (stmt, 4, result->winner, seal, result->key, "winner");
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
