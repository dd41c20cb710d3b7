/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

/* What the pages show of a student. */

/* -- marking as seen -- */

/* The submissions whose results a student reads now for the first time; keys of decisions. */
static GPtrArray *
find_unseen (const LkStanding *standing)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < standing->submissions->len; i++)
    {
      const LkStandingSubmission *submission = standing->submissions->pdata[i];

      if (submission->key != NULL)
        g_ptr_array_add (keys, g_strdup (submission->key));
    }
  return keys;
}

typedef struct
{
  gint64 student, record;
  GPtrArray *keys;
} SeeJob;

/* One that was taken back meanwhile stays unseen: the caller reads again. */
static gboolean
see (LkConn *conn, const SeeJob *job, const char *key, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_SEE, error, "ti", key, lk_clock_now ());
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  cJSON *body;

  if (step != 1)
    return step == 0;
  body = cJSON_CreateObject ();
  lk_json_add_int (body, "student", job->student);
  lk_json_add_int (body, "record", job->record);
  lk_json_add_string (body, "decision", key);
  return lk_audit_add (conn, "result-seen", 0, NULL, body, error);
}

static gboolean
see_job (LkConn *conn, gpointer data, GError **error)
{
  const SeeJob *job = data;

  for (guint i = 0; i < job->keys->len; i++)
    if (!see (conn, job, job->keys->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* -- the record -- */

static gboolean
read_consent (LkConn *conn, LkStudentRecord *record, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_CONSENT_LAST, error, "i", record->student);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1)
    {
      record->consent = g_strdup (lk_column_text (stmt, 0));
      record->face = sqlite3_column_int (stmt, 1) != 0;
    }
  return step >= 0;
}

static gboolean
read_checks (LkConn *conn, LkStudentSubmission *submission, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_REPORT_CHECKS, error, "i", submission->row);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  submission->checks = g_strdup (step == 1 ? lk_column_text (stmt, 0) : "[]");
  return step >= 0;
}

static gboolean
is_approved (LkState state)
{
  return state == LK_STATE_APPROVED || state == LK_STATE_EXPORTED || state == LK_STATE_CONFIRMED || state == LK_STATE_CORRECTION;
}

static gboolean
take_submissions (LkConn *conn, LkStanding *standing, LkStudentRecord *record, GError **error)
{
  record->submissions = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_student_submission_free);
  for (guint i = 0; i < standing->submissions->len; i++)
    {
      LkStandingSubmission *from = standing->submissions->pdata[i];
      LkStudentSubmission *submission = g_memdup2 (&from->seen, sizeof from->seen);

      from->seen.reasons = from->seen.note = from->seen.photo = NULL;
      g_ptr_array_add (record->submissions, submission);
      if (record->approved == NULL && submission->told && is_approved (submission->state))
        record->approved = g_strdup (submission->uuid);
      if (!read_checks (conn, submission, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_drafts (LkConn *conn, LkStudentRecord *record, gboolean *any, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DRAFT_ANY, error, "i", record->record);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  *any = step == 1;
  if (step < 0)
    return FALSE;
  record->photo = lk_draft_active (conn, record->record, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* As the student sees it: a result that is not told yet is still to come, also when the round was closed meanwhile. */
static LkRecordState
state_of (const LkStanding *standing, gboolean has_draft)
{
  gboolean waits = standing->latest != NULL && standing->latest->seen.state != standing->latest->state;

  return lk_record_state (&(LkRecordFacts) {
    .closed = standing->round != NULL && standing->round->closed_at != 0 && !waits,
    .has_code = standing->has_code,
    .has_draft = has_draft,
    .has_submission = standing->latest != NULL,
    .submission = standing->latest != NULL ? standing->latest->seen.state : LK_STATE_DRAFT,
  });
}

static LkStudentRecord *
make_record (LkConn *conn, LkStanding *standing, gint64 now, GError **error)
{
  g_autoptr (LkStudentRecord) record = g_new0 (LkStudentRecord, 1);
  gboolean has_draft = FALSE;

  record->student = standing->row;
  record->record = standing->record;
  record->name = g_strdup (standing->student->name);
  record->student_no = g_strdup (standing->student->student_no);
  record->class_name = g_strdup (standing->student->class_name);
  record->site = g_strdup (standing->student->site);
  record->times = standing->times;
  record->right_until = standing->right_until;
  record->may_send = standing->round != NULL && lk_standing_may_send (standing, now, NULL);
  record->tries_used = standing->tries_used;
  record->tries_allowed = standing->tries_allowed;
  if (!read_consent (conn, record, error) || !read_drafts (conn, record, &has_draft, error))
    return NULL;
  record->state = state_of (standing, has_draft);
  if (!take_submissions (conn, standing, record, error))
    return NULL;
  record->round = g_steal_pointer (&standing->round);
  return g_steal_pointer (&record);
}

LkStudentRecord *
lk_db_find_record (LkCampusDb *base, gint64 student, GError **error)
{
  LkDbSqlite *db = (LkDbSqlite *) base;

  while (TRUE)
    {
      g_autoptr (GPtrArray) keys = NULL;
      gint64 now = lk_clock_now (), record;

      {
        g_autoptr (LkConn) conn = lk_reader_take (db, error);
        g_auto (LkStanding) standing = { 0 };

        if (conn == NULL || !lk_standing_read (conn, student, now, &standing, error))
          return NULL;
        keys = find_unseen (&standing);
        record = standing.record;
        if (keys->len == 0)
          return make_record (conn, &standing, now, error);
      }
      if (!lk_writer_run (db->writer, see_job, &(SeeJob) { student, record, keys }, error))
        return NULL;
    }
}

static gint64
find_student (LkConn *conn, const char *student_no, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_STUDENT_FIND, error, "t", student_no);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_IN_ROSTER, "no such student in the roster");
  return step == 1 ? sqlite3_column_int64 (stmt, 0) : 0;
}

LkStudentRecord *
lk_db_find_record_by_number (LkCampusDb *base, const char *student_no, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  gint64 student = conn != NULL ? find_student (conn, student_no, error) : 0;
  g_auto (LkStanding) standing = { 0 };
  gint64 now = lk_clock_now ();

  if (student == 0 || !lk_standing_read (conn, student, now, &standing, error))
    return NULL;
  return make_record (conn, &standing, now, error);
}

/* -- the approved photo -- */

static gboolean
read_approved (LkConn *conn, gint64 submission, LkPhotoFile *photo, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_PHOTO_APPROVED, error, "i", submission);

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  g_strlcpy (photo->sha256, lk_column_text (stmt, 0), sizeof photo->sha256);
  photo->type = lk_db_photo_type (lk_column_text (stmt, 1));
  photo->width = sqlite3_column_int (stmt, 2);
  photo->height = sqlite3_column_int (stmt, 3);
  photo->bytes = sqlite3_column_int64 (stmt, 4);
  return TRUE;
}

gboolean
lk_db_find_approved (LkCampusDb *base, gint64 student, LkPhotoFile *photo, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_auto (LkStanding) standing = { 0 };

  if (conn == NULL || !lk_standing_read (conn, student, lk_clock_now (), &standing, error))
    return FALSE;
  for (guint i = 0; i < standing.submissions->len; i++)
    {
      const LkStandingSubmission *submission = standing.submissions->pdata[i];

      if (submission->seen.told && is_approved (submission->state))
        return read_approved (conn, submission->seen.row, photo, error);
    }
  g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no approved photo that is told");
  return FALSE;
}

/* -- tries from the desk -- */

typedef struct
{
  const char *student_no, *reason;
  int n, allowed;
  const LkActor *actor;
} GrantJob;

static gboolean
grant (LkConn *conn, GrantJob *job, LkStanding *standing, GError **error)
{
  cJSON *body;

  if (!lk_standing_open_record (conn, standing, FALSE, job->actor, NULL, error) ||
      !lk_conn_run (conn, LK_SQL_RECORD_GIVE_TRIES, error, "ii", standing->record, (gint64) job->n))
    return FALSE;
  job->allowed = standing->tries_allowed + job->n;
  body = lk_audit_body (job->actor);
  lk_json_add_int (body, "record", standing->record);
  lk_json_add_int (body, "before", standing->tries_allowed);
  lk_json_add_int (body, "after", job->allowed);
  lk_json_add_string (body, "reason", job->reason);
  return lk_audit_add (conn, "tries-granted", 0, NULL, body, error);
}

static gboolean
grant_job (LkConn *conn, gpointer data, GError **error)
{
  GrantJob *job = data;
  gint64 student = find_student (conn, job->student_no, error), round = 0;
  g_auto (LkStanding) standing = { 0 };

  if (student == 0 || !lk_round_find_row (conn, LK_SQL_ROUND_CURRENT, 0, &round, error))
    return FALSE;
  if (round != 0)
    return lk_standing_read_in (conn, student, round, lk_clock_now (), &standing, error) && grant (conn, job, &standing, error);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_NO_ROUND, "no round is open");
  return FALSE;
}

gboolean
lk_db_grant_tries (LkCampusDb *base, const char *student_no, int n, const char *reason, const LkActor *actor, int *allowed,
                   GError **error)
{
  GrantJob job = { student_no, reason, n, 0, actor };

  if (!lk_writer_run (((LkDbSqlite *) base)->writer, grant_job, &job, error))
    return FALSE;
  if (allowed != NULL)
    *allowed = job.allowed;
  return TRUE;
}
