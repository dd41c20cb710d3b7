/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

#include "core/error.h"
#include "core/key.h"

/* Known-answer photos (rules.md section 8.3): they go the way of a submission as far as a reviewer can see, and touch only tables of
 * their own. What they look like is borrowed from the submission they come after. */

gboolean
lk_known_renew_held (LkConn *conn, const LkActor *actor, gint64 until, GArray *rows, GError **error)
{
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (LkHeld));
  sqlite3_stmt *stmt = lk_conn_query (conn, LK_SQL_KNOWN_HELD, error, "it", actor->staff, actor->device);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkHeld one = { 0 };

      g_strlcpy (one.lease, lk_column_text (stmt, 0), sizeof one.lease);
      g_array_append_val (held, one);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  for (guint i = 0; step == 0 && i < held->len; i++)
    {
      LkHeld one = g_array_index (held, LkHeld, i);
      double where = lk_second_review_draw (&conn->db->options.second, one.lease);

      /* somewhere among the others: at the end they would stand out */
      g_array_insert_val (rows, (guint) (where * (rows->len + 1)), one);
      if (!lk_conn_run (conn, LK_SQL_KNOWN_RENEW, error, "ti", one.lease, until))
        return FALSE;
    }
  return step == 0;
}

/* The next one that this person has not seen: 1 found, 0 none left, -1 an error. */
static int
find_next (LkConn *conn, const LkActor *actor, gint64 *known, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_KNOWN_NEXT, error, "i", actor->staff);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1)
    *known = sqlite3_column_int64 (stmt, 0);
  return step;
}

static gboolean
is_drawn (LkConn *conn, const LkActor *actor, gint64 row)
{
  const LkSecondReview *second = &conn->db->options.second;
  g_autofree char *text = g_strdup_printf ("known %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, actor->staff, row);

  return second->known > 0 && lk_second_review_draw (second, text) < second->known / 100.0;
}

gboolean
lk_known_mix_in (LkConn *conn, const LkActor *actor, gint64 until, guint first, GArray *rows, GError **error)
{
  for (guint i = first; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, LkHeld, i).row, known = 0;
      g_autofree char *lease = NULL, *uuid = NULL;
      LkHeld held = { 0 };
      int found;

      if (!is_drawn (conn, actor, row))
        continue;
      found = find_next (conn, actor, &known, error);
      if (found <= 0)
        return found == 0;
      lease = lk_key_new ();
      uuid = lk_key_new ();
      if (!lk_conn_run (conn, LK_SQL_KNOWN_TAKE, error, "tititii", lease, known, uuid, actor->staff, actor->device, until, row))
        return FALSE;
      g_strlcpy (held.lease, lease, sizeof held.lease);
      g_array_insert_val (rows, ++i, held);
    }
  return TRUE;
}

LkSubmissionRow *
lk_known_read (LkConn *conn, const char *lease, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_KNOWN_ROW, error, "t", lease);

  LkSubmissionRow *row = stmt != NULL && lk_conn_step (conn, stmt, error) == 1 ? lk_submission_row_read (stmt) : NULL;

  if (row != NULL && !lk_db_read_pictures (conn, row->row, row->pictures, error))
    g_clear_pointer (&row, lk_submission_row_free);
  return row;
}

/* Whether the lease is one of a known-answer photo, of this person on this device and not over. */
static int
is_held (LkConn *conn, const LkActor *actor, const char *lease, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_KNOWN_ROW, error, "t", lease);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step != 1)
    return step;
  return sqlite3_column_int64 (stmt, 19) == actor->staff && strcmp (lk_column_text (stmt, 20), actor->device) == 0 &&
         sqlite3_column_int64 (stmt, 21) == 0;
}

int
lk_known_renew (LkConn *conn, const LkActor *actor, const char *lease, gint64 until, GError **error)
{
  int held = is_held (conn, actor, lease, error);

  return held != 1 || lk_conn_run (conn, LK_SQL_KNOWN_RENEW, error, "ti", lease, until) ? held : -1;
}

int
lk_known_return (LkConn *conn, const LkActor *actor, const char *lease, GError **error)
{
  int held = is_held (conn, actor, lease, error);

  return held != 1 || lk_conn_run (conn, LK_SQL_KNOWN_END, error, "t", lease) ? held : -1;
}

gboolean
lk_known_return_all (LkConn *conn, const LkActor *actor, GError **error)
{
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (LkHeld));

  if (!lk_known_renew_held (conn, actor, 0, held, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    if (!lk_conn_run (conn, LK_SQL_KNOWN_END, error, "t", g_array_index (held, LkHeld, i).lease))
      return FALSE;
  return TRUE;
}

/* -- deciding -- */

int
lk_known_find (LkConn *conn, const LkActor *actor, LkDecision *decision, LkKnownTarget *target, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_KNOWN_FOR_DECISION, error, "tt", lk_decision_get_submission (decision),
                                                 lk_decision_get_lease (decision));
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step != 1 || sqlite3_column_int64 (stmt, 3) != actor->staff)
    return MIN (step, 0);
  target->known = sqlite3_column_int64 (stmt, 0);
  g_strlcpy (target->photo, lk_column_text (stmt, 1), sizeof target->photo);
  target->hard_failed = sqlite3_column_int64 (stmt, 2) != 0;
  target->decided = sqlite3_column_int64 (stmt, 4) != 0;
  target->checks = g_strdup (lk_column_text (stmt, 5));
  return 1;
}

gboolean
lk_known_accept (LkConn *conn, const LkActor *actor, LkDecision *decision, const LkKnownTarget *target, const guint8 content[32],
                 const char *reasons, GError **error)
{
  const char *verdict = lk_verdict_to_word (lk_decision_get_verdict (decision));
  cJSON *body = lk_audit_body (actor);

  lk_json_add_string (body, "key", lk_decision_get_key (decision));
  lk_json_add_int (body, "known", target->known);
  lk_json_add_string (body, "verdict", verdict);
  return lk_audit_add (conn, "known-decision", 0, NULL, body, error) &&
         lk_conn_run (conn, LK_SQL_KNOWN_END, error, "t", lk_decision_get_lease (decision)) &&
         lk_conn_run (conn, LK_SQL_KNOWN_DECIDE, error, "tbiittttiii", lk_decision_get_key (decision), (const void *) content, 32,
                      target->known, actor->staff, lk_decision_get_lease (decision), verdict, reasons, lk_decision_get_note (decision),
                      lk_decision_get_decided_at (decision), lk_db_now (conn), (gint64) lk_decision_get_shown_ms (decision));
}

gboolean
lk_known_revert (LkConn *conn, const LkActor *actor, const char *key, const char *revert_key, const char *lease, gint64 until,
                 GError **error)
{
  cJSON *body = lk_audit_body (actor);

  lk_json_add_string (body, "key", revert_key);
  lk_json_add_string (body, "decision", key);
  return lk_audit_add (conn, "known-revert", 0, NULL, body, error) &&
         lk_conn_run (conn, LK_SQL_KNOWN_REVERT, error, "tit", key, lk_db_now (conn), revert_key) &&
         lk_conn_run (conn, LK_SQL_KNOWN_RENEW, error, "ti", lease, until);
}

/* -- the store -- */

typedef struct
{
  const char *student_no, *name, *number;
} KeepJob;

static gboolean
keep_known_job (LkConn *conn, gpointer data, GError **error)
{
  const KeepJob *job = data;
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_KNOWN_KEEP, error, "ttt", job->student_no, job->name, job->number);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  cJSON *body;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no photo of this student on which two people agreed, or it is kept already");
  if (step != 1)
    return FALSE;
  body = lk_audit_body (NULL);
  lk_json_add_int (body, "known", sqlite3_column_int64 (stmt, 0));
  return lk_audit_add (conn, "known-answer-kept", 0, NULL, body, error);
}

gboolean
lk_db_keep_known (LkCampusDb *base, const char *student_no, const char *name, const char *number, GError **error)
{
  KeepJob job = { student_no, name, number };

  return lk_writer_run (((LkDbSqlite *) base)->writer, keep_known_job, &job, error);
}
