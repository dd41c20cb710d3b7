/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

#include "core/key.h"

/* Photos on their way into the review queue. */

/* -- reading -- */

/* A value of JSON or text, NULL for none. */
static char *
dup_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup (lk_column_text (stmt, column));
}

static void
read_upload (sqlite3_stmt *stmt, LkDraft *draft)
{
  g_strlcpy (draft->upload.sha256, lk_column_text (stmt, 6), sizeof draft->upload.sha256);
  draft->upload.type = lk_db_photo_type (lk_column_text (stmt, 7));
  draft->upload.bytes = sqlite3_column_int64 (stmt, 8);
  draft->upload.width = sqlite3_column_int (stmt, 9);
  draft->upload.height = sqlite3_column_int (stmt, 10);
  draft->proposal = dup_text (stmt, 11);
  draft->problem = dup_text (stmt, 12);
  draft->to_look = draft->upload.width == 0 && draft->problem == NULL;
}

static void
read_report (sqlite3_stmt *stmt, LkDraft *draft)
{
  const void *trace = sqlite3_column_blob (stmt, 21);

  draft->cropped = dup_text (stmt, 15);
  draft->blue = dup_text (stmt, 16);
  draft->hard_failed = sqlite3_column_int (stmt, 17) != 0;
  draft->spec_version = sqlite3_column_int (stmt, 18);
  draft->checks = dup_text (stmt, 19);
  draft->brief = dup_text (stmt, 20);
  if (trace != NULL)
    draft->trace = g_bytes_new (trace, (gsize) sqlite3_column_bytes (stmt, 21));
}

LkDraft *
lk_draft_read (sqlite3_stmt *stmt)
{
  LkDraft *draft = g_new0 (LkDraft, 1);

  draft->row = sqlite3_column_int64 (stmt, 0);
  g_strlcpy (draft->uuid, lk_column_text (stmt, 1), sizeof draft->uuid);
  draft->record = sqlite3_column_int64 (stmt, 2);
  draft->student = sqlite3_column_int64 (stmt, 3);
  lk_state_from_word (lk_column_text (stmt, 4), &draft->state);
  draft->added_at = sqlite3_column_int64 (stmt, 5);
  read_upload (stmt, draft);
  draft->crop = dup_text (stmt, 13);
  draft->to_check = sqlite3_column_type (stmt, 14) != SQLITE_NULL;
  read_report (stmt, draft);
  draft->submission = sqlite3_column_int64 (stmt, 22);
  draft->n_checks = sqlite3_column_int (stmt, 23);
  draft->check = sqlite3_column_int64 (stmt, 24);
  draft->student_no = dup_text (stmt, 25);
  draft->face = sqlite3_column_int (stmt, 26) != 0;
  draft->failed_again = sqlite3_column_int (stmt, 27) != 0;
  return draft;
}

LkDraft *
lk_draft_active (LkConn *conn, gint64 record, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DRAFT_ACTIVE, error, "i", record);

  return stmt != NULL && lk_conn_step (conn, stmt, error) == 1 ? lk_draft_read (stmt) : NULL;
}

static LkDraft *
find_any (LkConn *conn, gint64 student, const char *uuid, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DRAFT_FIND, error, "t", uuid);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1 && (student == 0 || sqlite3_column_int64 (stmt, 3) == student))
    return lk_draft_read (stmt);
  if (step >= 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such photo of this student");
  return NULL;
}

LkDraft *
lk_draft_find (LkConn *conn, gint64 student, const char *uuid, GError **error)
{
  g_autoptr (LkDraft) draft = find_any (conn, student, uuid, error);

  if (draft == NULL || draft->submission == 0)
    return g_steal_pointer (&draft);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "this photo is sent in already");
  return NULL;
}

/* One that was sent in has the state in which its student sees it. */
static gboolean
read_submitted (LkConn *conn, LkDraft *draft, GError **error)
{
  g_auto (LkStanding) standing = { 0 };

  if (draft->submission == 0)
    return TRUE;
  if (!lk_standing_read_in (conn, draft->student, 0, lk_clock_now (), &standing, error))
    return FALSE;
  for (guint i = 0; i < standing.submissions->len; i++)
    {
      const LkStandingSubmission *submission = standing.submissions->pdata[i];

      if (submission->seen.row == draft->submission)
        draft->state = submission->seen.state;
    }
  return TRUE;
}

LkDraft *
lk_db_find_draft (LkCampusDb *base, gint64 student, const char *uuid, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (LkDraft) draft = conn != NULL ? find_any (conn, student, uuid, error) : NULL;

  return draft != NULL && read_submitted (conn, draft, error) ? g_steal_pointer (&draft) : NULL;
}

LkDraft *
lk_db_read_draft (LkCampusDb *base, const char *uuid, GError **error)
{
  return lk_db_find_draft (base, 0, uuid, error);
}

/* -- moving -- */

gboolean
lk_draft_move (LkConn *conn, const LkDraft *draft, const char *action, LkState to, LkRole role, cJSON *body, GError **error)
{
  lk_json_add_string (body, "draft", draft->uuid);
  return lk_audit_move (conn, action, 0, draft->state, to, role, body, NULL, error);
}

gboolean
lk_draft_end (LkConn *conn, const LkDraft *draft, gint64 submission, GError **error)
{
  return lk_conn_run (conn, LK_SQL_DRAFT_END, error, "iin", draft->row, lk_clock_now (), submission);
}

/* -- a new upload -- */

typedef struct
{
  gint64 student, arrived_at;
  const LkPhotoFile *upload;
  const char *from;
  char *uuid;                   /* LK_UUID_SIZE */
} AddJob;

/* The upload before goes, unless it is being checked just now. */
static gboolean
replace_active (LkConn *conn, gint64 record, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LkDraft) draft = lk_draft_active (conn, record, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (draft == NULL)
    return TRUE;
  if (draft->check == 0)
    return lk_draft_end (conn, draft, 0, error);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "a photo is being checked");
  return FALSE;
}

static gboolean
add_upload (LkConn *conn, const AddJob *job, gint64 record, GError **error)
{
  g_autofree char *uuid = lk_key_new ();
  cJSON *body;

  g_strlcpy (job->uuid, uuid, LK_UUID_SIZE);
  if (!lk_conn_run (conn, LK_SQL_DRAFT_ADD, error, "tiitti", uuid, record, lk_clock_now (), job->upload->sha256, job->upload->type,
                    job->upload->bytes))
    return FALSE;
  body = lk_student_audit_body (record, job->from);
  lk_json_add_string (body, "draft", uuid);
  lk_json_add_string (body, "upload", job->upload->sha256);
  lk_json_add_string (body, "after", lk_state_to_word (LK_STATE_DRAFT));
  return lk_audit_add (conn, "uploaded", 0, NULL, body, error);
}

static gboolean
add_job (LkConn *conn, gpointer data, GError **error)
{
  const AddJob *job = data;
  g_auto (LkStanding) standing = { 0 };

  return lk_standing_read (conn, job->student, job->arrived_at, &standing, error) &&
         lk_standing_may_send (&standing, job->arrived_at, error) && lk_standing_has_try (&standing, error) &&
         lk_standing_open_record (conn, &standing, TRUE, NULL, job->from, error) &&
         replace_active (conn, standing.record, error) && add_upload (conn, job, standing.record, error);
}

gboolean
lk_db_add_draft (LkCampusDb *base, gint64 student, const LkPhotoFile *upload, gint64 arrived_at, const char *from,
                 char uuid[LK_UUID_SIZE], GError **error)
{
  AddJob job = { student, arrived_at, upload, from, uuid };

  return lk_writer_run (((LkDbSqlite *) base)->writer, add_job, &job, error);
}

/* -- what looking at it found -- */

typedef struct
{
  const char *uuid, *proposal, *problem;
  const LkPhotoFile *upload;
} LookJob;

static gboolean
look_job (LkConn *conn, gpointer data, GError **error)
{
  const LookJob *job = data;
  g_autoptr (LkDraft) draft = lk_draft_find (conn, 0, job->uuid, error);

  if (draft == NULL)
    return FALSE;
  if (!draft->to_look)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "this photo has been looked at");
      return FALSE;
    }
  if (job->problem != NULL)
    return lk_conn_run (conn, LK_SQL_DRAFT_LOOKED, error, "itnntt", draft->row, draft->upload.type, (gint64) 0, (gint64) 0, NULL,
                        job->problem);
  return lk_db_add_photo (conn, job->upload, error) &&
         lk_conn_run (conn, LK_SQL_DRAFT_LOOKED, error, "itnntt", draft->row, job->upload->type, (gint64) job->upload->width,
                      (gint64) job->upload->height, job->proposal, NULL);
}

gboolean
lk_db_put_look (LkCampusDb *base, const char *uuid, const LkPhotoFile *upload, const char *proposal, const char *problem, GError **error)
{
  LookJob job = { uuid, proposal, problem, upload };

  return lk_writer_run (((LkDbSqlite *) base)->writer, look_job, &job, error);
}

/* -- redo -- */

typedef struct
{
  gint64 student;
  const char *uuid, *from;
} RedoJob;

static gboolean
redo_job (LkConn *conn, gpointer data, GError **error)
{
  const RedoJob *job = data;
  g_autoptr (LkDraft) draft = lk_draft_find (conn, job->student, job->uuid, error);
  g_auto (LkStanding) standing = { 0 };

  if (draft == NULL || !lk_standing_read (conn, job->student, lk_clock_now (), &standing, error))
    return FALSE;
  if ((lk_state_needs (draft->state, LK_STATE_DRAFT) & LK_NEEDS_TRY) != 0 && !lk_standing_has_try (&standing, error))
    return FALSE;
  return lk_draft_move (conn, draft, "redo", LK_STATE_DRAFT, LK_ROLE_STUDENT, lk_student_audit_body (draft->record, job->from), error) &&
         lk_conn_run (conn, LK_SQL_DRAFT_REDO, error, "i", draft->row);
}

gboolean
lk_db_redo (LkCampusDb *base, gint64 student, const char *uuid, const char *from, GError **error)
{
  RedoJob job = { student, uuid, from };

  return lk_writer_run (((LkDbSqlite *) base)->writer, redo_job, &job, error);
}

/* -- files a student may see -- */

gboolean
lk_db_find_student_photo (LkCampusDb *base, gint64 student, const char *sha256, LkPhotoFile *photo, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_PHOTO_FOR_STUDENT, error, "it", student, sha256) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such photo of this student");
  if (step != 1)
    return FALSE;
  g_strlcpy (photo->sha256, sha256, sizeof photo->sha256);
  photo->type = lk_db_photo_type (lk_column_text (stmt, 0));
  photo->width = sqlite3_column_int (stmt, 1);
  photo->height = sqlite3_column_int (stmt, 2);
  photo->bytes = sqlite3_column_int64 (stmt, 3);
  return TRUE;
}
