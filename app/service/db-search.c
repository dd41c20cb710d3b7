/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <math.h>

/* The words of the match table are those of LkOther on the wire, so that there is one form of them. */
static const char *
likeness_word (LkLikeness likeness)
{
  return likeness == LK_LIKENESS_SAME_FILE ? "same-file" : likeness == LK_LIKENESS_NEAR_COPY ? "near-copy" : "same-face";
}

static LkLikeness
likeness_from_word (const char *word)
{
  return g_strcmp0 (word, "same-file") == 0 ? LK_LIKENESS_SAME_FILE
         : g_strcmp0 (word, "near-copy") == 0 ? LK_LIKENESS_NEAR_COPY : LK_LIKENESS_SAME_FACE;
}

/* -- what a submission is like -- */

static gboolean
add_match (LkConn *conn, gint64 row, const LkNewMatch *match, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_MATCH_ADD, error, "iit", row, match->other, likeness_word (match->likeness));

  if (stmt == NULL)
    return FALSE;
  if (isnan (match->score))
    sqlite3_bind_null (stmt, 4);
  else
    sqlite3_bind_double (stmt, 4, match->score);
  /* the earlier one is found under this reason now, too */
  return lk_conn_step (conn, stmt, error) == 0 && lk_conn_run (conn, LK_SQL_MATCH_FACET, error, "it", match->other, "R802");
}

gboolean
lk_db_add_search (LkConn *conn, gint64 row, const LkNewSubmission *submission, GError **error)
{
  gsize size;
  const void *sealed;

  for (guint i = 0; submission->matches != NULL && i < submission->matches->len; i++)
    if (!add_match (conn, row, &g_array_index (submission->matches, LkNewMatch, i), error))
      return FALSE;
  if (submission->trace == NULL)
    return TRUE;
  sealed = g_bytes_get_data (submission->trace, &size);
  return lk_conn_run (conn, LK_SQL_TRACE_ADD, error, "ib", row, sealed, (int) size);
}

static LkOther *
read_later (sqlite3_stmt *stmt)
{
  gboolean has_score = sqlite3_column_type (stmt, 8) != SQLITE_NULL;
  LkOther *other = lk_other_new (LK_OTHER_SUBMISSION, likeness_from_word (lk_column_text (stmt, 7)),
                                 has_score ? sqlite3_column_double (stmt, 8) : NAN);

  other->submission = g_strdup (lk_column_text (stmt, 0));
  other->name = g_strdup (lk_column_text (stmt, 1));
  other->student_no = g_strdup (lk_column_text (stmt, 2));
  other->photo = g_strdup (lk_column_text (stmt, 3));
  other->picture = lk_db_read_info (stmt, 3);
  return other;
}

gboolean
lk_db_read_later (LkConn *conn, gint64 row, GPtrArray **later, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_MATCHES_LATER, error, "i", row);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      if (*later == NULL)
        *later = lk_others_new ();
      g_ptr_array_add (*later, read_later (stmt));
    }
  return step == 0;
}

/* -- for looking before a submission is added -- */

gboolean
lk_db_find_diploma (LkCampusDb *base, const char *student_no, char **sha256, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_STUDENT_REFERENCE, error, "t", student_no) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  *sha256 = NULL;
  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such student in the roster");
  if (step == 1)
    *sha256 = g_strdup (lk_column_text (stmt, 1));
  return step == 1;
}

gboolean
lk_db_traces (LkCampusDb *base, gint64 after, LkTraceFunc func, gpointer data, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int step = -1;

  if (conn != NULL)
    stmt = after == LK_TRACES_NEWEST ? lk_conn_query (conn, LK_SQL_TRACE_LAST, error, "")
                                     : lk_conn_query (conn, LK_SQL_TRACES, error, "i", after);

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      g_autoptr (GBytes) sealed = g_bytes_new (sqlite3_column_blob (stmt, 2), (gsize) sqlite3_column_bytes (stmt, 2));

      if (!func (sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1), sealed, data, error))
        return FALSE;
    }
  return step == 0;
}

GArray *
lk_db_same_file (LkCampusDb *base, const char *sha256, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_SAME_FILE, error, "t", sha256) : NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      gint64 pair[2] = { sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1) };

      g_array_append_vals (rows, pair, G_N_ELEMENTS (pair));
    }
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

LkSubmissionRow *
lk_db_find_submission (LkCampusDb *base, gint64 row, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (GError) failure = NULL;
  LkSubmissionRow *found = conn != NULL ? lk_read_submission (conn, row, &failure) : NULL;

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (conn != NULL && found == NULL)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such submission");
  return found;
}

/* -- collection codes -- */

static gboolean
put_codes_job (LkConn *conn, gpointer data, GError **error)
{
  GPtrArray *rows = data;
  cJSON *body;

  for (guint i = 0; i < rows->len; i++)
    {
      const LkRosterRow *row = rows->pdata[i];

      if (!lk_conn_run (conn, LK_SQL_CODE_PUT, error, "tt", row->student_no, row->unique_no))
        return FALSE;
    }
  body = lk_audit_body (NULL);
  lk_json_add_int (body, "rows", rows->len);
  return lk_audit_add (conn, "codes-imported", 0, NULL, body, error);
}

gboolean
lk_db_put_codes (LkCampusDb *base, GPtrArray *rows, GError **error)
{
  return lk_writer_run (((LkDbSqlite *) base)->writer, put_codes_job, rows, error);
}

static gboolean
find_owner (LkConn *conn, LkCodeRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_CODE_OWNER, error, "ti", row->code_no, row->student);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1)
    {
      row->owner = sqlite3_column_int64 (stmt, 0);
      row->owner_name = g_strdup (lk_column_text (stmt, 1));
      row->owner_no = g_strdup (lk_column_text (stmt, 2));
    }
  return step >= 0;
}

gboolean
lk_db_find_code (LkCampusDb *base, const char *student_no, LkCodeRow *row, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_CODE_OF_STUDENT, error, "t", student_no) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such student in the roster");
  if (step != 1)
    return FALSE;
  row->student = sqlite3_column_int64 (stmt, 0);
  row->roster_no = g_strdup (lk_column_text (stmt, 1));
  row->code_no = g_strdup (lk_column_text (stmt, 2));
  return row->code_no == NULL || find_owner (conn, row, error);
}
