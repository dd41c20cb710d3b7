/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <sodium.h>
#include <string.h>

cJSON *
lk_audit_body (const LkActor *actor)
{
  cJSON *body = cJSON_CreateObject ();

  if (actor != NULL)
    {
      lk_json_add_string (body, "who", actor->uuid);
      lk_json_add_string (body, "device", actor->device);
      lk_json_add_string (body, "from", actor->from);
    }
  return body;
}

gboolean
lk_audit_add (LkConn *conn, const char *action, gint64 submission, const char *state, cJSON *body, GError **error)
{
  g_autofree char *text = lk_json_print (body);
  LkShadow *shadow = &conn->shadow;
  LkAuditLine line = { shadow->seq + 1, lk_clock_now (), action, submission, state, text };
  guint8 hash[LK_AUDIT_HASH_SIZE];

  cJSON_Delete (body);
  lk_audit_hash (shadow->head, &line, hash);
  if (!lk_conn_run (conn, LK_SQL_AUDIT_ADD, error, "iitnttb", line.seq, line.at, action, submission, state, text,
                    (const void *) hash, (int) sizeof hash))
    return FALSE;
  shadow->seq = line.seq;
  memcpy (shadow->head, hash, sizeof hash);
  return TRUE;
}

/* Some moves are explained in words: rules.md section 7.1. */
static gboolean
is_explained (LkState from, LkState to, const cJSON *body, GError **error)
{
  const char *reason = lk_json_string (body, "reason");

  if ((lk_state_needs (from, to) & LK_NEEDS_REASON) == 0 || (reason != NULL && *reason != '\0'))
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_NOTE, "a move from %s to %s needs a reason", lk_state_to_word (from), lk_state_to_word (to));
  return FALSE;
}

gboolean
lk_audit_move (LkConn *conn, const char *action, gint64 submission, LkState from, LkState to, LkRole role, cJSON *body, gint64 *seq,
               GError **error)
{
  if (!lk_state_may_move (from, to, role))
    {
      cJSON_Delete (body);
      g_set_error (error, LK_ERROR, LK_ERROR_STATE, "no move from %s to %s for a %s", lk_state_to_word (from), lk_state_to_word (to),
                   lk_role_to_word (role));
      return FALSE;
    }
  if (!is_explained (from, to, body, error))
    {
      cJSON_Delete (body);
      return FALSE;
    }
  lk_json_add_string (body, "before", lk_state_to_word (from));
  lk_json_add_string (body, "after", lk_state_to_word (to));
  if (!lk_audit_add (conn, action, submission, lk_state_to_word (to), body, error))
    return FALSE;
  conn->shadow.pending += (to == LK_STATE_PENDING) - (from == LK_STATE_PENDING);
  if (seq != NULL)
    *seq = conn->shadow.seq;
  return TRUE;
}

/* Whether the line in the current row follows the line with the number and hash given, which it then replaces. */
static gboolean
line_fits (sqlite3_stmt *stmt, gint64 *seq, guint8 hash[LK_AUDIT_HASH_SIZE])
{
  LkAuditLine line = {
    sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1), lk_column_text (stmt, 2),
    sqlite3_column_int64 (stmt, 3), lk_column_text (stmt, 4), lk_column_text (stmt, 5),
  };
  gboolean follows = line.seq == *seq + 1;

  lk_audit_hash (hash, &line, hash);
  *seq = line.seq;
  return follows && sqlite3_column_bytes (stmt, 6) == LK_AUDIT_HASH_SIZE &&
         memcmp (sqlite3_column_blob (stmt, 6), hash, LK_AUDIT_HASH_SIZE) == 0;
}

/* Lines cut off at the end leave a whole chain; a decision whose line is not there gives them away. */
static gboolean
find_missing (LkConn *conn, LkAuditReport *report, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_AUDIT_MISSING, error, "");

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  report->first_bad = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

gboolean
lk_db_verify_audit (LkCampusDb *base, LkAuditReport *report, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_AUDIT_ALL, error, "") : NULL;
  guint8 hash[LK_AUDIT_HASH_SIZE] = { 0 };
  gint64 seq = 0;
  int step;

  memset (report, 0, sizeof *report);
  if (stmt == NULL)
    return FALSE;
  while ((step = lk_conn_step (conn, stmt, error)) == 1)
    {
      gint64 expected = seq + 1;

      report->lines++;
      if (!line_fits (stmt, &seq, hash))
        {
          report->first_bad = expected;
          return TRUE;
        }
    }
  sodium_bin2hex (report->head, sizeof report->head, hash, sizeof hash);
  return step == 0 && find_missing (conn, report, error);
}
