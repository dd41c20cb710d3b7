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
  gint64 submission, received_at;       /* submission 0: a known-answer photo */
  gboolean reverted, same_revert;
  int stage;
  gboolean looked_at_twice;     /* a first decision that a second person decides on too */
  LkState state;                /* in which the submission is now */
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
  found->stage = sqlite3_column_int (stmt, 8);
  found->looked_at_twice = sqlite3_column_type (stmt, 9) != SQLITE_NULL;
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

/* 2 when the undone decision was on a known-answer photo that is held still. */
static int
repeat_known (LkConn *conn, RevertJob *job, GError **error)
{
  int held;

  *job->until = lk_db_lease_until (conn);
  held = lk_known_renew (conn, job->actor, job->lease, *job->until, error);
  *job->repeated = held == 1;
  return held == 1 ? 2 : held;
}

/* The answer of an undo that is repeated: the lease, when it is still held. */
static gboolean
repeat (LkConn *conn, RevertJob *job, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_LEASE_OF_SUBMISSION, error, "tit", job->lease, job->actor->staff,
                                                 job->actor->device);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    step = repeat_known (conn, job, error);
  if (step == 2)
    return TRUE;
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
find_state (LkConn *conn, Found *found, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_STATE, error, "i", found->submission);

  return stmt != NULL && lk_conn_step (conn, stmt, error) == 1 && lk_state_from_word (lk_column_text (stmt, 0), &found->state);
}

/* What a student may have read is not taken back: rules.md section 7.1. */
static gboolean
is_unseen (LkConn *conn, const RevertJob *job, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_SEEN, error, "t", job->key);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_TOO_LATE, "the student has seen the result");
  return step == 0;
}

/* Nothing may have followed from the decision: the next person has not taken it up, and the submission is where the decision put it. */
static gboolean
stands_last (LkConn *conn, const RevertJob *job, const Found *found, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_HOLDER, error, "i", found->submission);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  gint64 who = step >= 0 ? lk_second_who (conn, found->submission, found->stage + 1, error) : -1;
  gboolean open = found->state == LK_STATE_SECOND_REVIEW && (found->looked_at_twice || found->stage > 1);

  if (who < 0)
    return FALSE;
  if (who == 0 && step == 0 && (open || found->state == lk_state_for_verdict (found->verdict)))
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_TOO_LATE, "something followed from this decision already");
  return FALSE;
}

static gboolean
give_again (LkConn *conn, const RevertJob *job, const Found *found, GError **error)
{
  LkState state = found->stage > 1 ? LK_STATE_SECOND_REVIEW : LK_STATE_IN_REVIEW;
  const char *word = lk_state_to_word (state);
  cJSON *body = lk_audit_body (job->actor);

  lk_json_add_string (body, "key", job->revert_key);
  lk_json_add_string (body, "decision", job->key);
  lk_json_add_string (body, "lease", job->lease);
  if (state == found->state ? !lk_audit_add (conn, "revert", found->submission, word, body, error)
                            : !lk_audit_move (conn, "revert", found->submission, found->state, state, job->actor->role, body, NULL,
                                              error))
    return FALSE;
  return (found->state != LK_STATE_HELD || lk_ticket_end_held (conn, found->submission, error)) &&
         lk_conn_run (conn, LK_SQL_DECISION_REVERT, error, "tit", job->key, lk_db_now (conn), job->revert_key) &&
         lk_conn_run (conn, LK_SQL_LEASE_TAKE, error, "ititit", found->submission, job->lease, job->actor->staff, job->actor->device,
                      *job->until, word);
}

static gboolean
revert_job (LkConn *conn, gpointer data, GError **error)
{
  RevertJob *job = data;
  Found found = { 0 };

  if (!find_decision (conn, job, &found, error))
    return FALSE;
  if (found.same_revert)
    return repeat (conn, job, error);
  if (!may_revert (conn, &found, error) || !key_is_free (conn, job->revert_key, error))
    return FALSE;

  *job->until = lk_db_lease_until (conn);
  if (found.submission == 0)
    return lk_known_revert (conn, job->actor, job->key, job->revert_key, job->lease, *job->until, error);
  return is_unseen (conn, job, error) && find_state (conn, &found, error) && stands_last (conn, job, &found, error) &&
         give_again (conn, job, &found, error);
}

gboolean
lk_db_revert (LkCampusDb *base, const LkActor *actor, const char *key, const char *revert_key, gboolean *repeated,
              char lease[LK_UUID_SIZE], gint64 *until, GError **error)
{
  RevertJob job = { actor, key, revert_key, repeated, lease, until };

  *repeated = FALSE;
  return lk_writer_run (((LkDbSqlite *) base)->writer, revert_job, &job, error);
}
