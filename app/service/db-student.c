/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

/* A student comes in: the collection code is matched with the roster, what was agreed to is kept, and a session begins. */

typedef struct
{
  const LkStudentEntry *entry;
  LkStudentSession *session;
  LkCodeMatch match;
} EntryJob;

/* -- whose code it is -- */

static void
row_free (LkRosterRow *row)
{
  if (row == NULL)
    return;
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->document_no);
  g_free (row->unique_no);
  g_free (row);
}

/* *found is NULL when there is none. */
static gboolean
find_in_roster (LkConn *conn, LkSql sql, const char *text, LkRosterRow **found, gint64 *student, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, sql, error, "t", text);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  *found = NULL;
  if (step != 1)
    return step == 0;
  *student = sqlite3_column_int64 (stmt, 0);
  *found = g_new0 (LkRosterRow, 1);
  (*found)->student_no = g_strdup (lk_column_text (stmt, 1));
  (*found)->name = g_strdup (lk_column_text (stmt, 2));
  (*found)->document_no = g_strdup (lk_column_text (stmt, 3));
  (*found)->unique_no = g_strdup (lk_column_text (stmt, 6));
  return TRUE;
}

static gboolean
find_user (LkConn *conn, const LkStudentEntry *entry, char **used_by, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_CODE_USED_BY, error, "tt", entry->code->unique_no, entry->student_no);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  *used_by = step == 1 ? g_strdup (lk_column_text (stmt, 0)) : NULL;
  return step >= 0;
}

static gboolean
match_code (LkConn *conn, EntryJob *job, gint64 *student, GError **error)
{
  const LkStudentEntry *entry = job->entry;
  LkRosterRow *by_student = NULL, *by_code = NULL;
  g_autofree char *used_by = NULL;
  gint64 owner = 0;
  gboolean ok, known;

  ok = find_in_roster (conn, LK_SQL_ROSTER_BY_NUMBER, entry->student_no, &by_student, student, error) &&
       find_in_roster (conn, LK_SQL_ROSTER_BY_CODE, entry->code->unique_no, &by_code, &owner, error) &&
       find_user (conn, entry, &used_by, error);
  /* the number that came with this student before counts like one of the roster */
  known = ok && by_student != NULL && g_strcmp0 (by_student->unique_no, entry->code->unique_no) == 0;
  if (ok && by_student != NULL)
    job->match = lk_collection_code_match (entry->code, by_code == NULL && known ? by_student : by_code, by_student, used_by);
  row_free (by_student);
  row_free (by_code);
  return ok;
}

static const char *
match_word (LkCodeMatch match)
{
  static const char *const words[] = { [LK_CODE_MATCH_SAME] = "same", [LK_CODE_MATCH_PLAUSIBLE] = "plausible",
                                       [LK_CODE_MATCH_CONFLICT] = "conflict", [LK_CODE_MATCH_HELD] = "held" };

  return words[match];
}

static gboolean
keep_code (LkConn *conn, const EntryJob *job, gint64 student, GError **error)
{
  const LkCollectionCode *code = job->entry->code;
  gboolean taken = job->match == LK_CODE_MATCH_SAME || job->match == LK_CODE_MATCH_PLAUSIBLE;

  return lk_conn_run (conn, LK_SQL_CODE_SEEN, error, "titti", code->code_id, student, code->unique_no, match_word (job->match),
                      lk_clock_now ()) &&
         (!taken || lk_conn_run (conn, LK_SQL_CODE_PUT, error, "tt", job->entry->student_no, code->unique_no));
}

/* A code that is refused leaves a line for the desk. */
static gboolean
keep_refusal (LkConn *conn, const EntryJob *job, gint64 student, GError **error)
{
  cJSON *body;

  if (job->match == LK_CODE_MATCH_NOT_IN_ROSTER)
    return TRUE;
  if (!keep_code (conn, job, student, error))
    return FALSE;
  body = cJSON_CreateObject ();
  lk_json_add_int (body, "student", student);
  lk_json_add_string (body, "from", job->entry->from);
  lk_json_add_string (body, "code", job->entry->code->code_id);
  return lk_audit_add (conn, job->match == LK_CODE_MATCH_CONFLICT ? "code-conflict" : "code-held", 0, NULL, body, error);
}

static gboolean
say_refusal (LkCodeMatch match, GError **error)
{
  if (match == LK_CODE_MATCH_NOT_IN_ROSTER)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_IN_ROSTER, "no such student in the roster");
  else if (match == LK_CODE_MATCH_CONFLICT)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_CODE_CONFLICT, "the code belongs to another student");
  else if (match == LK_CODE_MATCH_HELD)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_CODE_HELD, "the code came with another student before");
  else
    return TRUE;
  return FALSE;
}

/* -- coming in -- */

/* Who has not been here comes in while the site's window is open; who has, at any time, to see what became of it. */
static gboolean
may_enter (const LkStanding *standing, GError **error)
{
  if (standing->round == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NO_ROUND, "there is no round");
      return FALSE;
    }
  if (standing->times.open || standing->has_code || standing->latest != NULL)
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_WINDOW_CLOSED, "outside the times of this site");
  return FALSE;
}

static gint64
session_end (LkConn *conn)
{
  return lk_clock_now () + (gint64) conn->db->options.student_session_seconds * G_USEC_PER_SEC;
}

static gboolean
begin_session (LkConn *conn, const EntryJob *job, gint64 student, GError **error)
{
  job->session->student = student;
  job->session->expires_at = session_end (conn);
  return lk_conn_run (conn, LK_SQL_TOKEN_SWEEP, error, "ii", student, lk_clock_now ()) &&
         lk_conn_run (conn, LK_SQL_TOKEN_ADD, error, "bii", (const void *) job->entry->token, (int) sizeof job->entry->token, student,
                      job->session->expires_at);
}

static gboolean
keep_consent (LkConn *conn, const LkStudentEntry *entry, gint64 student, GError **error)
{
  return lk_conn_run (conn, LK_SQL_CONSENT_ADD, error, "itiit", student, entry->consent, (gint64) entry->face, lk_clock_now (),
                      entry->from != NULL ? entry->from : "");
}

static gboolean
enter (LkConn *conn, const EntryJob *job, LkStanding *standing, GError **error)
{
  const LkStudentEntry *entry = job->entry;
  cJSON *body;

  if (!keep_consent (conn, entry, standing->row, error) || !keep_code (conn, job, standing->row, error) ||
      (standing->round->closed_at == 0 && !lk_standing_open_record (conn, standing, TRUE, NULL, entry->from, error)) ||
      !begin_session (conn, job, standing->row, error))
    return FALSE;
  body = lk_student_audit_body (standing->record, entry->from);
  lk_json_add_string (body, "consent", entry->consent);
  cJSON_AddBoolToObject (body, "face", entry->face);
  lk_json_add_string (body, "code", entry->code->code_id);
  lk_json_add_string (body, "match", match_word (job->match));
  return lk_audit_add (conn, "student-sign-in", 0, NULL, body, error);
}

static gboolean
entry_job (LkConn *conn, gpointer data, GError **error)
{
  EntryJob *job = data;
  g_auto (LkStanding) standing = { 0 };
  gint64 student = 0;

  if (!match_code (conn, job, &student, error))
    return FALSE;
  if (!say_refusal (job->match, NULL))
    return keep_refusal (conn, job, student, error);
  return lk_standing_read (conn, student, lk_clock_now (), &standing, error) && may_enter (&standing, error) &&
         enter (conn, job, &standing, error);
}

gboolean
lk_db_student_sign_in (LkCampusDb *base, const LkStudentEntry *entry, LkStudentSession *session, GError **error)
{
  EntryJob job = { entry, session, LK_CODE_MATCH_NOT_IN_ROSTER };

  return lk_writer_run (((LkDbSqlite *) base)->writer, entry_job, &job, error) && say_refusal (job.match, error);
}

/* -- sessions -- */

typedef struct
{
  const guint8 *token;
  LkStudentSession *session;
  const char *from;
} TokenJob;

static gboolean
renew_job (LkConn *conn, gpointer data, GError **error)
{
  TokenJob *job = data;

  job->session->expires_at = session_end (conn);
  return lk_conn_run (conn, LK_SQL_TOKEN_RENEW, error, "bi", (const void *) job->token, 32, job->session->expires_at);
}

static gboolean
read_session (LkDbSqlite *db, const guint8 token[32], LkStudentSession *session, gint64 *fresh_until, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take (db, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_TOKEN_FIND, error, "b", (const void *) token, 32) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1)
    {
      session->student = sqlite3_column_int64 (stmt, 0);
      session->expires_at = sqlite3_column_int64 (stmt, 1);
      /* a write for each call would be too many: a twentieth of its time may pass first */
      *fresh_until = session_end (conn) - (gint64) db->options.student_session_seconds * G_USEC_PER_SEC / 20;
      if (session->expires_at > lk_clock_now ())
        return TRUE;
    }
  if (step >= 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_SIGNED_OUT, "the session is unknown or over");
  return FALSE;
}

gboolean
lk_db_student_find_session (LkCampusDb *base, const guint8 token[32], LkStudentSession *session, GError **error)
{
  LkDbSqlite *db = (LkDbSqlite *) base;
  TokenJob job = { token, session, NULL };
  gint64 fresh_until = 0;

  if (!read_session (db, token, session, &fresh_until, error))
    return FALSE;
  return session->expires_at >= fresh_until || lk_writer_run (db->writer, renew_job, &job, error);
}

static gboolean
end_job (LkConn *conn, gpointer data, GError **error)
{
  const TokenJob *job = data;
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TOKEN_END, error, "b", (const void *) job->token, 32);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  cJSON *body;

  if (step != 1)
    return step == 0;
  body = cJSON_CreateObject ();
  lk_json_add_int (body, "student", sqlite3_column_int64 (stmt, 0));
  lk_json_add_string (body, "from", job->from);
  return lk_audit_add (conn, "student-sign-out", 0, NULL, body, error);
}

gboolean
lk_db_student_end_session (LkCampusDb *base, const guint8 token[32], const char *from, GError **error)
{
  TokenJob job = { token, NULL, from };

  return lk_writer_run (((LkDbSqlite *) base)->writer, end_job, &job, error);
}
