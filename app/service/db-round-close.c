/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

/* Closing a round: what is open EXPIRES, and who has no approved photo has MISSED it (rules.md sections 7.1, 7.2). */

typedef struct
{
  const char *id;
  gboolean preview;
  const LkActor *actor;
  LkRoundClosing *closing;
  LkRound *round;
} CloseJob;

/* -- one student -- */

static gboolean
may_expire (LkState state)
{
  return lk_state_may_move (state, LK_STATE_EXPIRED, LK_ROLE_SYSTEM);
}

static void
count_open (const LkStanding *standing, const LkStandingSubmission *submission, LkRoundClosing *closing)
{
  closing->expired++;
  if (submission->state != LK_STATE_RETURNED && submission->state != LK_STATE_RESHOOT)
    closing->undecided++;
  else if (!submission->seen.told || lk_clock_now () < standing->right_until)
    closing->rights++;
}

static gboolean
expire (LkConn *conn, const LkStandingSubmission *submission, GError **error)
{
  const char *word = lk_state_to_word (LK_STATE_EXPIRED);

  return lk_audit_move (conn, "expired", submission->seen.row, submission->state, LK_STATE_EXPIRED, LK_ROLE_SYSTEM, lk_audit_body (NULL),
                        NULL, error) &&
         lk_conn_run (conn, LK_SQL_LEASE_END, error, "it", submission->seen.row, word);
}

static gboolean
expire_submissions (LkConn *conn, const CloseJob *job, const LkStanding *standing, GError **error)
{
  for (guint i = 0; i < standing->submissions->len; i++)
    {
      const LkStandingSubmission *submission = standing->submissions->pdata[i];

      if (!may_expire (submission->state))
        continue;
      count_open (standing, submission, job->closing);
      if (!job->preview && !expire (conn, submission, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
expire_draft (LkConn *conn, const LkStanding *standing, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LkDraft) draft = lk_draft_active (conn, standing->record, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (draft == NULL)
    return TRUE;
  return lk_try_give_back (conn, draft->check, draft->record, draft->uuid, "round-closed", error) &&
         lk_draft_move (conn, draft, "expired", LK_STATE_EXPIRED, LK_ROLE_SYSTEM, lk_student_audit_body (draft->record, NULL), error) &&
         lk_draft_end (conn, draft, 0, error);
}

static LkRecordState
state_of (const LkStanding *standing)
{
  return lk_record_state (&(LkRecordFacts) {
    .has_code = standing->has_code, .has_submission = standing->latest != NULL,
    .submission = standing->latest != NULL ? standing->latest->state : LK_STATE_DRAFT });
}

static gboolean
miss (LkConn *conn, LkStanding *standing, GError **error)
{
  cJSON *body;

  if (!lk_standing_open_record (conn, standing, FALSE, NULL, NULL, error) ||
      !lk_conn_run (conn, LK_SQL_RECORD_MISS, error, "i", standing->record))
    return FALSE;
  body = lk_student_audit_body (standing->record, NULL);
  lk_json_add_string (body, "before", lk_record_state_to_word (state_of (standing)));
  lk_json_add_string (body, "after", lk_record_state_to_word (LK_RECORD_MISSED));
  return lk_audit_add (conn, "record-missed", 0, NULL, body, error);
}

static gboolean
close_for (LkConn *conn, const CloseJob *job, gint64 student, GError **error)
{
  g_auto (LkStanding) standing = { 0 };

  if (!lk_standing_read_in (conn, student, job->round->row, lk_clock_now (), &standing, error) ||
      !expire_submissions (conn, job, &standing, error) || (!job->preview && !expire_draft (conn, &standing, error)))
    return FALSE;
  if (state_of (&standing) != LK_RECORD_DONE)
    {
      job->closing->missed++;
      return job->preview || miss (conn, &standing, error);
    }
  job->closing->done++;
  return job->preview || lk_standing_open_record (conn, &standing, FALSE, NULL, NULL, error);
}

/* -- the round -- */

/* Who is expected: of a site the round is held for, and not done in an earlier one. */
static GArray *
find_expected (LkConn *conn, const LkRound *round, GError **error)
{
  g_autoptr (GArray) students = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ROSTER_ALL, error, "");
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      gint64 student = sqlite3_column_int64 (stmt, 0), done = 0;

      if (!lk_round_has_site (round, lk_column_text (stmt, 1)))
        continue;
      if (!lk_round_find_row (conn, LK_SQL_RECORD_DONE, student, &done, error))
        return NULL;
      if (done == 0 || done == round->row)
        g_array_append_val (students, student);
    }
  return step == 0 ? g_steal_pointer (&students) : NULL;
}

static gboolean
find_round (LkConn *conn, CloseJob *job, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ROUND_FIND, error, "t", job->id);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such round");
  else if (step == 1 && sqlite3_column_type (stmt, 1) != SQLITE_NULL)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "this round is closed already");
  else if (step == 1)
    job->round = lk_round_read (conn, sqlite3_column_int64 (stmt, 0), error);
  return job->round != NULL;
}

static gboolean
keep_closing (LkConn *conn, const CloseJob *job, GError **error)
{
  const LkRoundClosing *closing = job->closing;
  cJSON *body = lk_audit_body (job->actor);

  lk_json_add_string (body, "round", job->round->id);
  lk_json_add_int (body, "done", closing->done);
  lk_json_add_int (body, "missed", closing->missed);
  lk_json_add_int (body, "expired", closing->expired);
  return lk_audit_add (conn, "round-closed", 0, NULL, body, error) &&
         lk_conn_run (conn, LK_SQL_ROUND_CLOSE, error, "ii", job->round->row, lk_clock_now ());
}

static gboolean
close_job (LkConn *conn, gpointer data, GError **error)
{
  CloseJob *job = data;
  g_autoptr (GArray) students = NULL;

  if (!find_round (conn, job, error) || (students = find_expected (conn, job->round, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < students->len; i++)
    if (!close_for (conn, job, g_array_index (students, gint64, i), error))
      return FALSE;
  return job->preview || keep_closing (conn, job, error);
}

gboolean
lk_db_close_round (LkCampusDb *base, const char *id, gboolean preview, const LkActor *actor, LkRoundClosing *closing, GError **error)
{
  LkDbSqlite *db = (LkDbSqlite *) base;
  CloseJob job = { id, preview, actor, closing, NULL };
  gboolean ok;

  *closing = (LkRoundClosing) { 0 };
  if (preview)
    {
      g_autoptr (LkConn) conn = lk_reader_take (db, error);

      ok = conn != NULL && close_job (conn, &job, error);
    }
  else
    ok = lk_writer_run (db->writer, close_job, &job, error);
  lk_round_free (job.round);
  return ok;
}
