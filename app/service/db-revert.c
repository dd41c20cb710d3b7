/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

/* Undo of a decision: the submission is the same reviewer's again, under the lease it had. */

typedef struct
{
  const LkActor *actor;
  const char *key, *revert_key;
  gboolean *repeated;
  char *lease;                  /* LK_UUID_SIZE */
  gint64 *until;
} RevertJob;

typedef struct
{
  LkVerdict verdict;
  gint64 submission, received_at;
  gboolean reverted, same_revert;
} Found;

static gboolean
find_decision (LkConn *conn, RevertJob *job, Found *found, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_FIND, error, "t", job->key);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step < 0)
    return FALSE;
  if (step == 0 || sqlite3_column_int64 (stmt, 1) != job->actor->staff ||
      !lk_verdict_from_word (lk_column_text (stmt, 2), &found->verdict))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such decision of this reviewer");
      return FALSE;
    }
  found->submission = sqlite3_column_int64 (stmt, 3);
  g_strlcpy (job->lease, lk_column_text (stmt, 4), LK_UUID_SIZE);
  found->received_at = sqlite3_column_int64 (stmt, 5);
  found->reverted = sqlite3_column_type (stmt, 6) != SQLITE_NULL;
  found->same_revert = found->reverted && g_strcmp0 (lk_column_text (stmt, 7), job->revert_key) == 0;
  return TRUE;
}

/* The key of an undo must not have stood for a decision. */
static gboolean
key_is_free (LkConn *conn, const char *revert_key, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_BY_REVERT_KEY, error, "t", revert_key);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_KEY_REUSED, "the key of the undo is a decision's key");
  return step == 0;
}

static gboolean
may_revert (LkConn *conn, const Found *found, GError **error)
{
  gint64 age = lk_db_now (conn) - found->received_at;

  if (found->reverted)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "this decision is undone already");
      return FALSE;
    }
  if (age > (gint64) conn->db->options.undo_seconds * G_USEC_PER_SEC)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_TOO_LATE, "the time for undoing this decision is over");
      return FALSE;
    }
  return TRUE;
}

/* The answer of an undo that is repeated: the lease, when it is still held. */
static gboolean
repeat (LkConn *conn, RevertJob *job, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_LEASE_OF_SUBMISSION, error, "tit", job->lease, job->actor->staff,
                                                 job->actor->device);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step < 0)
    return FALSE;
  if (step == 0 || g_strcmp0 (lk_column_text (stmt, 2), job->lease) != 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_LEASE_LOST, "undone earlier, but the submission is not held any more");
      return FALSE;
    }
  *job->repeated = TRUE;
  *job->until = lk_db_lease_until (conn);
  return lk_conn_run (conn, LK_SQL_LEASE_RENEW, error, "ii", sqlite3_column_int64 (stmt, 0), *job->until);
}

static gboolean
revert_job (LkConn *conn, gpointer data, GError **error)
{
  RevertJob *job = data;
  Found found;
  cJSON *body;

  if (!find_decision (conn, job, &found, error))
    return FALSE;
  if (found.same_revert)
    return repeat (conn, job, error);
  if (!may_revert (conn, &found, error) || !key_is_free (conn, job->revert_key, error))
    return FALSE;

  *job->until = lk_db_lease_until (conn);
  body = lk_audit_body (job->actor);
  lk_json_add_string (body, "key", job->revert_key);
  lk_json_add_string (body, "decision", job->key);
  lk_json_add_string (body, "lease", job->lease);
  return lk_audit_move (conn, "revert", found.submission, lk_state_for_verdict (found.verdict), LK_STATE_IN_REVIEW,
                        job->actor->role, body, NULL, error) &&
         lk_conn_run (conn, LK_SQL_DECISION_REVERT, error, "tit", job->key, lk_db_now (conn), job->revert_key) &&
         lk_conn_run (conn, LK_SQL_LEASE_TAKE, error, "ititi", found.submission, job->lease, job->actor->staff, job->actor->device,
                      *job->until);
}

gboolean
lk_db_revert (LkCampusDb *base, const LkActor *actor, const char *key, const char *revert_key, gboolean *repeated,
              char lease[LK_UUID_SIZE], gint64 *until, GError **error)
{
  RevertJob job = { actor, key, revert_key, repeated, lease, until };

  *repeated = FALSE;
  return lk_writer_run (((LkDbSqlite *) base)->writer, revert_job, &job, error);
}
