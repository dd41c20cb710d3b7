/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

#include "core/key.h"

static LkWriter *
writer_of (LkCampusDb *base)
{
  return ((LkDbSqlite *) base)->writer;
}

/* -- the roster -- */

typedef struct
{
  GPtrArray *rows;
  gint64 n_new;
} RosterJob;

static gint64
count_students (LkConn *conn, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_STUDENT_COUNT, error, "");

  return stmt != NULL && lk_conn_step (conn, stmt, error) == 1 ? sqlite3_column_int64 (stmt, 0) : -1;
}

static gboolean
put_roster_job (LkConn *conn, gpointer data, GError **error)
{
  RosterJob *job = data;
  gint64 before = count_students (conn, error), after;
  cJSON *body;

  if (before < 0)
    return FALSE;
  for (guint i = 0; i < job->rows->len; i++)
    {
      const LkRosterRow *row = job->rows->pdata[i];

      if (!lk_conn_run (conn, LK_SQL_STUDENT_PUT, error, "tttttt", row->student_no, row->name, row->document_no, row->class_name,
                        row->site, row->unique_no))
        return FALSE;
    }
  after = count_students (conn, error);
  job->n_new = after - before;
  body = lk_audit_body (NULL);
  lk_json_add_int (body, "rows", job->rows->len);
  lk_json_add_int (body, "new", job->n_new);
  return lk_audit_add (conn, "roster-imported", 0, NULL, body, error) && after >= 0;
}

gboolean
lk_db_put_roster (LkCampusDb *base, GPtrArray *rows, gint64 *n_new, GError **error)
{
  RosterJob job = { rows, 0 };

  if (!lk_writer_run (writer_of (base), put_roster_job, &job, error))
    return FALSE;
  if (n_new != NULL)
    *n_new = job.n_new;
  return TRUE;
}

/* -- photos -- */

static gint64
find_student (LkConn *conn, const char *student_no, char **id_card, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_STUDENT_FIND, error, "t", student_no);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such student in the roster");
  if (step != 1)
    return 0;
  if (id_card != NULL)
    *id_card = g_strdup (lk_column_text (stmt, 1));
  return sqlite3_column_int64 (stmt, 0);
}

static gboolean
put_references (LkConn *conn, gint64 student, const LkPhotoFile *id_card, const LkPhotoFile *diploma, GError **error)
{
  if (id_card == NULL && diploma == NULL)
    return TRUE;
  return lk_db_add_photo (conn, id_card, error) && lk_db_add_photo (conn, diploma, error) &&
         lk_conn_run (conn, LK_SQL_STUDENT_REFERENCES, error, "itt", student, id_card != NULL ? id_card->sha256 : NULL,
                      diploma != NULL ? diploma->sha256 : NULL);
}

typedef struct
{
  const char *student_no;
  const LkPhotoFile *id_card, *diploma;
} ReferencesJob;

static gboolean
put_references_job (LkConn *conn, gpointer data, GError **error)
{
  const ReferencesJob *job = data;
  gint64 student = find_student (conn, job->student_no, NULL, error);

  return student != 0 && put_references (conn, student, job->id_card, job->diploma, error);
}

gboolean
lk_db_put_references (LkCampusDb *base, const char *student_no, const LkPhotoFile *id_card, const LkPhotoFile *diploma, GError **error)
{
  ReferencesJob job = { student_no, id_card, diploma };

  return lk_writer_run (writer_of (base), put_references_job, &job, error);
}

gboolean
lk_db_find_id_card (LkCampusDb *base, const char *student_no, char **sha256, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);

  *sha256 = NULL;
  return conn != NULL && find_student (conn, student_no, sha256, error) != 0;
}

/* -- submissions -- */

typedef struct
{
  const LkNewSubmission *submission;
  LkSubmitResult *result;
  gint64 known;                 /* row, when the result is LK_SUBMIT_KNOWN */
} SubmitJob;

/* Looks at what the student sent before; *sent_back gets the row of one that a new photo replaces. */
static gboolean
look_back (LkConn *conn, gint64 student, SubmitJob *job, gint64 *sent_back, LkState *sent_back_state, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSIONS_OF_STUDENT, error, "i", student);
  int step;

  if (stmt == NULL)
    return FALSE;
  *job->result = LK_SUBMIT_TAKEN;
  while ((step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkState state = LK_STATE_DRAFT;

      lk_state_from_word (lk_column_text (stmt, 2), &state);
      if (g_strcmp0 (lk_column_text (stmt, 3), job->submission->photo->sha256) == 0)
        {
          *job->result = LK_SUBMIT_KNOWN;
          job->known = sqlite3_column_int64 (stmt, 0);
          return TRUE;
        }
      if (lk_state_may_move (state, LK_STATE_SUPERSEDED, LK_ROLE_SYSTEM))
        {
          *sent_back = sqlite3_column_int64 (stmt, 0);
          *sent_back_state = state;
        }
      else if (state != LK_STATE_SUPERSEDED)
        *job->result = LK_SUBMIT_OPEN;
    }
  return step == 0;
}

gboolean
lk_db_supersede (LkConn *conn, gint64 row, LkState from, GError **error)
{
  return lk_audit_move (conn, "superseded", row, from, LK_STATE_SUPERSEDED, LK_ROLE_SYSTEM, lk_audit_body (NULL), NULL, error) &&
         lk_conn_run (conn, LK_SQL_SUBMISSION_SET_STATE, error, "it", row, lk_state_to_word (LK_STATE_SUPERSEDED));
}

static gboolean
add_variants (LkConn *conn, gint64 row, const LkNewSubmission *submission, GError **error)
{
  return lk_db_add_variant (conn, row, LK_PHOTO_ORIGINAL, submission->original, error) &&
         lk_db_add_variant (conn, row, LK_PHOTO_BLUE, submission->blue, error);
}

gboolean
lk_db_add_submission (LkConn *conn, gint64 student, const LkNewSubmission *submission, GError **error)
{
  g_autofree char *uuid = submission->uuid != NULL ? g_strdup (submission->uuid) : lk_key_new ();
  cJSON *body;
  gint64 row;

  if (!lk_db_add_photo (conn, submission->photo, error) ||
      !lk_conn_run (conn, LK_SQL_SUBMISSION_ADD, error, "titiiiiin", uuid, student, submission->photo->sha256, submission->submitted_at,
                    submission->due_at, (gint64) submission->tries_used, (gint64) submission->tries_allowed,
                    (gint64) submission->hard_failed, submission->record))
    return FALSE;
  row = sqlite3_last_insert_rowid (conn->handle);
  if (!lk_queue_add_facet (conn, row, submission->checks, error) || !lk_db_add_search (conn, row, submission, error))
    return FALSE;
  if (submission->row != NULL)
    *submission->row = row;
  if (submission->student != NULL)
    *submission->student = student;
  body = submission->record != 0 ? lk_student_audit_body (submission->record, submission->from) : lk_audit_body (NULL);
  lk_json_add_string (body, "photo", submission->photo->sha256);
  lk_json_add_int (body, "spec_version", submission->spec_version);
  if (!add_variants (conn, row, submission, error) ||
      !lk_conn_run (conn, LK_SQL_REPORT_ADD, error, "iitt", row, (gint64) submission->spec_version, submission->checks,
                    submission->brief))
    {
      cJSON_Delete (body);
      return FALSE;
    }
  /* the student's final submit; an import stands for it */
  return lk_audit_move (conn, "submitted", row, LK_STATE_CHECK_PASSED, LK_STATE_PENDING, LK_ROLE_STUDENT, body, NULL, error);
}

static gboolean
submit_job (LkConn *conn, gpointer data, GError **error)
{
  SubmitJob *job = data;
  const LkNewSubmission *submission = job->submission;
  gint64 student = find_student (conn, submission->student_no, NULL, error);
  gint64 sent_back = 0;
  LkState state = LK_STATE_DRAFT;

  if (student == 0 || !put_references (conn, student, submission->id_card, submission->diploma, error) ||
      !look_back (conn, student, job, &sent_back, &state, error))
    return FALSE;
  if (*job->result == LK_SUBMIT_KNOWN)
    return add_variants (conn, job->known, submission, error);
  if (*job->result != LK_SUBMIT_TAKEN)
    return TRUE;
  if (sent_back != 0 && !lk_db_supersede (conn, sent_back, state, error))
    return FALSE;
  return lk_db_add_submission (conn, student, submission, error);
}

gboolean
lk_db_submit (LkCampusDb *base, const LkNewSubmission *submission, LkSubmitResult *result, GError **error)
{
  SubmitJob job = { submission, result, 0 };

  return lk_writer_run (writer_of (base), submit_job, &job, error);
}
