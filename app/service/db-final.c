/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

/* The final submit: a photo that passed its checks goes into the review queue. */

/* A file of the photo table; NULL for none. */
static gboolean
read_file (LkConn *conn, const char *sha256, LkPhotoFile *file, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_PHOTO_READ, error, "t", sha256);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_CORRUPT, "a photo of an upload is not there");
  if (step != 1)
    return FALSE;
  g_strlcpy (file->sha256, sha256, sizeof file->sha256);
  file->type = lk_db_photo_type (lk_column_text (stmt, 1));
  file->width = sqlite3_column_int (stmt, 2);
  file->height = sqlite3_column_int (stmt, 3);
  file->bytes = sqlite3_column_int64 (stmt, 4);
  file->eyes = lk_eyes_from_text (lk_column_text (stmt, 5));
  return TRUE;
}

static gboolean
may_submit (const LkDraft *draft, const LkStanding *standing, gint64 arrived_at, GError **error)
{
  if (!lk_state_may_move (draft->state, LK_STATE_PENDING, LK_ROLE_STUDENT) || draft->cropped == NULL)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_STATE, "the photo is %s", lk_state_to_word (draft->state));
      return FALSE;
    }
  return lk_standing_may_send (standing, arrived_at, error);
}

/* The one that was sent back before. */
static gboolean
supersede_latest (LkConn *conn, const LkStanding *standing, GError **error)
{
  const LkStandingSubmission *latest = standing->latest;

  if (latest == NULL || !lk_state_may_move (latest->state, LK_STATE_SUPERSEDED, LK_ROLE_SYSTEM))
    return TRUE;
  return lk_db_supersede (conn, latest->seen.row, latest->state, error);
}

static gint64
due_at (LkConn *conn, gint64 submitted_at)
{
  const LkDbOptions *options = &conn->db->options;
  g_autoptr (LkCalendar) calendar = options->calendar (options->rule_data);

  return lk_deadline_review_due (calendar, submitted_at);
}

static gboolean
send_in (LkConn *conn, const LkFinalSubmit *job, const LkDraft *draft, const LkStanding *standing, GError **error)
{
  LkPhotoFile photo = { 0 };
  gint64 row = 0;
  LkNewSubmission submission = {
    .student_no = standing->student->student_no,
    .photo = &photo,
    .original = &draft->upload,
    .submitted_at = job->arrived_at,
    .due_at = due_at (conn, job->arrived_at),
    .tries_used = standing->tries_used,
    .tries_allowed = standing->tries_allowed,
    .hard_failed = draft->hard_failed,
    .spec_version = draft->spec_version,
    .checks = job->checks != NULL ? job->checks : draft->checks,
    .brief = job->brief != NULL ? job->brief : draft->brief,
    .trace = draft->trace,
    .matches = job->matches,
    .uuid = draft->uuid,
    .record = draft->record,
    .from = job->from,
    .row = &row,
  };

  /* what is handed over is what is judged */
  if (!read_file (conn, draft->blue != NULL ? draft->blue : draft->cropped, &photo, error) ||
      !lk_db_add_submission (conn, standing->row, &submission, error))
    return FALSE;
  if (job->row != NULL)
    *job->row = row;
  return lk_draft_end (conn, draft, row, error);
}

static gboolean
submit_job (LkConn *conn, gpointer data, GError **error)
{
  const LkFinalSubmit *job = data;
  g_autoptr (LkDraft) draft = lk_draft_find (conn, job->student, job->draft, error);
  g_auto (LkStanding) standing = { 0 };

  return draft != NULL && lk_standing_read (conn, job->student, job->arrived_at, &standing, error) &&
         may_submit (draft, &standing, job->arrived_at, error) && supersede_latest (conn, &standing, error) &&
         send_in (conn, job, draft, &standing, error);
}

gboolean
lk_db_final_submit (LkCampusDb *base, const LkFinalSubmit *submit, GError **error)
{
  LkFinalSubmit job = *submit;

  return lk_writer_run (((LkDbSqlite *) base)->writer, submit_job, &job, error);
}
