/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

/* Runs of the checks. One is counted when it starts and given back when the system failed; each in one transaction with its line in the
 * audit, so that the number a student sees is the number of lines. */

/* -- asking -- */

typedef struct
{
  gint64 student, arrived_at;
  const char *uuid, *crop, *from;
} AskJob;

static gboolean
is_ready (const LkDraft *draft, GError **error)
{
  const char *cause = draft->state != LK_STATE_DRAFT ? "the photo has been checked"
                      : draft->check != 0            ? "the photo is being checked"
                      : draft->problem != NULL       ? "the file cannot be used"
                      : draft->upload.width == 0     ? "the file has not been looked at"
                                                     : NULL;

  if (cause != NULL)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, cause);
  return cause == NULL;
}

static gboolean
keep_question (LkConn *conn, const AskJob *job, const LkDraft *draft, GError **error)
{
  cJSON *body = lk_student_audit_body (draft->record, job->from);

  lk_json_add_string (body, "draft", draft->uuid);
  return lk_audit_add (conn, "check-asked", 0, NULL, body, error) &&
         lk_conn_run (conn, LK_SQL_DRAFT_ASK, error, "iti", draft->row, job->crop, job->arrived_at);
}

static gboolean
ask_job (LkConn *conn, gpointer data, GError **error)
{
  const AskJob *job = data;
  g_autoptr (LkDraft) draft = lk_draft_find (conn, job->student, job->uuid, error);
  g_auto (LkStanding) standing = { 0 };

  return draft != NULL && is_ready (draft, error) && lk_standing_read (conn, job->student, job->arrived_at, &standing, error) &&
         lk_standing_may_send (&standing, job->arrived_at, error) && lk_standing_has_try (&standing, error) &&
         keep_question (conn, job, draft, error);
}

gboolean
lk_db_ask_check (LkCampusDb *base, gint64 student, const char *uuid, const char *crop, gint64 arrived_at, const char *from,
                 GError **error)
{
  AskJob job = { student, arrived_at, uuid, crop, from };

  return lk_writer_run (((LkDbSqlite *) base)->writer, ask_job, &job, error);
}

/* -- counting -- */

/* Adds to the counter; the line has it before and after. */
static gboolean
count (LkConn *conn, const char *action, gint64 record, const char *draft, gint64 check, int by, const char *cause, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_RECORD_COUNT_TRY, error, "ii", record, (gint64) by);
  cJSON *body;
  int used;

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  used = sqlite3_column_int (stmt, 0);
  body = lk_student_audit_body (record, NULL);
  lk_json_add_string (body, "draft", draft);
  lk_json_add_int (body, "check", check);
  lk_json_add_int (body, "before", used - by);
  lk_json_add_int (body, "after", used);
  lk_json_add_string (body, "cause", cause);
  return lk_audit_add (conn, action, 0, NULL, body, error);
}

gboolean
lk_try_give_back (LkConn *conn, gint64 check, gint64 record, const char *draft, const char *cause, GError **error)
{
  if (check == 0)
    return TRUE;
  return lk_conn_run (conn, LK_SQL_TRY_END, error, "iii", check, lk_clock_now (), (gint64) 1) &&
         count (conn, "try-given-back", record, draft, check, -1, cause, error);
}

/* -- starting -- */

typedef struct
{
  const char *uuid;
  gint64 *check;
} StartJob;

static gboolean
start_job (LkConn *conn, gpointer data, GError **error)
{
  const StartJob *job = data;
  g_autoptr (LkDraft) draft = lk_draft_find (conn, 0, job->uuid, error);
  g_auto (LkStanding) standing = { 0 };

  if (draft == NULL || !is_ready (draft, error))
    return FALSE;
  if (!draft->to_check)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "nobody has asked for the checks");
      return FALSE;
    }
  if (!lk_standing_read (conn, draft->student, lk_clock_now (), &standing, error) || !lk_standing_has_try (&standing, error) ||
      !lk_conn_run (conn, LK_SQL_TRY_ADD, error, "iii", draft->row, draft->record, lk_clock_now ()))
    return FALSE;
  *job->check = sqlite3_last_insert_rowid (conn->handle);
  return lk_conn_run (conn, LK_SQL_DRAFT_ASKED, error, "in", draft->row, (gint64) 0) &&
         count (conn, "check-started", draft->record, draft->uuid, *job->check, 1, NULL, error);
}

gboolean
lk_db_start_check (LkCampusDb *base, const char *uuid, gint64 *check, GError **error)
{
  StartJob job = { uuid, check };

  return lk_writer_run (((LkDbSqlite *) base)->writer, start_job, &job, error);
}

/* -- ending -- */

typedef struct
{
  gint64 row, draft, record;
  char uuid[LK_UUID_SIZE];
  LkState state;
} Try;

static void
read_try (sqlite3_stmt *stmt, Try *found)
{
  found->row = sqlite3_column_int64 (stmt, 0);
  found->draft = sqlite3_column_int64 (stmt, 1);
  found->record = sqlite3_column_int64 (stmt, 2);
  g_strlcpy (found->uuid, lk_column_text (stmt, 3), sizeof found->uuid);
  lk_state_from_word (lk_column_text (stmt, 4), &found->state);
}

static gboolean
find_try (LkConn *conn, gint64 check, const char *uuid, Try *found, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TRY_FIND, error, "it", check, uuid);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1)
    read_try (stmt, found);
  else if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "this run of the checks is over");
  return step == 1;
}

/* Row of the photo table, for a file or none. */
static const char *
name_of (const LkPhotoFile *file)
{
  return file != NULL ? file->sha256 : NULL;
}

static gboolean
keep_result (LkConn *conn, const LkCheckResult *result, const Try *found, LkState state, GError **error)
{
  gsize size = 0;
  const void *trace = result->trace != NULL ? g_bytes_get_data (result->trace, &size) : NULL;

  return lk_db_add_photo (conn, result->cropped, error) && lk_db_add_photo (conn, result->blue, error) &&
         lk_conn_run (conn, LK_SQL_DRAFT_CHECKED, error, "itttiittb", found->draft, lk_state_to_word (state), name_of (result->cropped),
                      name_of (result->blue), (gint64) !result->passed, (gint64) result->spec_version, result->checks, result->brief,
                      trace, (int) size);
}

/* A wrong automatic verdict must have a way around it (rules.md section 3). */
static gboolean
count_failed (LkConn *conn, gint64 record, const LkCheckResult *result, GError **error)
{
  for (gsize i = 0; !result->not_counted && result->failed != NULL && result->failed[i] != NULL; i++)
    if (!lk_conn_run (conn, LK_SQL_TRY_FAILED, error, "it", record, result->failed[i]))
      return FALSE;
  return TRUE;
}

static gboolean
finish_job (LkConn *conn, gpointer data, GError **error)
{
  const LkCheckResult *result = data;
  LkState state = result->passed ? LK_STATE_CHECK_PASSED : LK_STATE_CHECK_FAILED;
  Try found = { 0 };
  cJSON *body;

  if (!find_try (conn, result->check, result->draft, &found, error) ||
      !(result->not_counted ? lk_try_give_back (conn, found.row, found.record, found.uuid, result->cause, error)
                            : lk_conn_run (conn, LK_SQL_TRY_END, error, "iii", found.row, lk_clock_now (), (gint64) 0)) ||
      !keep_result (conn, result, &found, state, error) || !count_failed (conn, found.record, result, error))
    return FALSE;
  body = lk_student_audit_body (found.record, NULL);
  lk_json_add_string (body, "draft", found.uuid);
  lk_json_add_int (body, "check", found.row);
  lk_json_add_int (body, "spec_version", result->spec_version);
  cJSON_AddRawToObject (body, "checks", result->brief);
  return lk_audit_move (conn, "checked", 0, found.state, state, LK_ROLE_SYSTEM, body, NULL, error);
}

gboolean
lk_db_finish_check (LkCampusDb *base, const LkCheckResult *result, GError **error)
{
  LkCheckResult job = *result;

  return lk_writer_run (((LkDbSqlite *) base)->writer, finish_job, &job, error);
}

typedef struct
{
  const char *uuid, *cause;
  gint64 check;
  gboolean again;
} FailJob;

static gboolean
give_back (LkConn *conn, const Try *found, gboolean again, const char *cause, GError **error)
{
  return lk_try_give_back (conn, found->row, found->record, found->uuid, cause, error) &&
         lk_conn_run (conn, LK_SQL_DRAFT_ASKED, error, "in", found->draft, again ? lk_clock_now () : (gint64) 0);
}

static gboolean
fail_job (LkConn *conn, gpointer data, GError **error)
{
  const FailJob *job = data;
  Try found = { 0 };

  return find_try (conn, job->check, job->uuid, &found, error) && give_back (conn, &found, job->again, job->cause, error);
}

gboolean
lk_db_fail_check (LkCampusDb *base, const char *uuid, gint64 check, gboolean again, const char *cause, GError **error)
{
  FailJob job = { uuid, cause, check, again };

  return lk_writer_run (((LkDbSqlite *) base)->writer, fail_job, &job, error);
}

/* -- after a start -- */

static GArray *
read_running (LkConn *conn, GError **error)
{
  g_autoptr (GArray) tries = g_array_new (FALSE, FALSE, sizeof (Try));
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TRY_RUNNING, error, "");
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      Try found = { 0 };

      read_try (stmt, &found);
      g_array_append_val (tries, found);
    }
  return step == 0 ? g_steal_pointer (&tries) : NULL;
}

static gboolean
resume_job (LkConn *conn, gpointer data, GError **error)
{
  GPtrArray *to_do = data;
  g_autoptr (GArray) tries = read_running (conn, error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int step;

  if (tries == NULL)
    return FALSE;
  for (guint i = 0; i < tries->len; i++)
    if (!give_back (conn, &g_array_index (tries, Try, i), TRUE, "restart", error))
      return FALSE;
  if ((stmt = lk_conn_query (conn, LK_SQL_DRAFT_TO_DO, error, "")) == NULL)
    return FALSE;
  while ((step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (to_do, g_strdup (lk_column_text (stmt, 0)));
  return step == 0;
}

GPtrArray *
lk_db_resume (LkCampusDb *base, GError **error)
{
  g_autoptr (GPtrArray) to_do = g_ptr_array_new_with_free_func (g_free);

  return lk_writer_run (((LkDbSqlite *) base)->writer, resume_job, to_do, error) ? g_steal_pointer (&to_do) : NULL;
}
