/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

/* Accounts as the one who manages them changes them. */

typedef struct
{
  const char *user;
  const LkAccountChange *change;
  gboolean disabled;
  const char *student_no;
  gboolean related;
  LkError cause;
  const char *from;
} AccountJob;

static LkWriter *
writer_of (LkCampusDb *base)
{
  return ((LkDbSqlite *) base)->writer;
}

gint64
lk_account_find (LkConn *conn, const char *user, char uuid[LK_UUID_SIZE], LkRole *role, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ACCOUNT_FIND, error, "t", user);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such account");
  if (step != 1)
    return 0;
  g_strlcpy (uuid, lk_column_text (stmt, 1), LK_UUID_SIZE);
  if (role != NULL)
    {
      *role = LK_ROLE_SYSTEM;
      lk_role_from_word (lk_column_text (stmt, 2), role);
    }
  return sqlite3_column_int64 (stmt, 0);
}

/* -- lists -- */

static gboolean
read_scopes (LkConn *conn, LkAccountRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ACCOUNT_SCOPES, error, "i", row->staff->row);
  int step = -1;

  row->scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_scope_free);
  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkScope *scope = g_new0 (LkScope, 1);

      *scope = (LkScope) { g_strdup (lk_column_text (stmt, 0)), g_strdup (lk_column_text (stmt, 1)) };
      g_ptr_array_add (row->scopes, scope);
    }
  return step == 0;
}

static gboolean
read_related (LkConn *conn, LkAccountRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ACCOUNT_RELATED, error, "i", row->staff->row);
  int step = -1;

  row->related = g_ptr_array_new_with_free_func (g_free);
  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (row->related, g_strdup (lk_column_text (stmt, 0)));
  return step == 0;
}

static LkStaff *
read_staff (sqlite3_stmt *stmt)
{
  LkStaff *staff = g_new0 (LkStaff, 1);

  staff->row = sqlite3_column_int64 (stmt, 0);
  staff->uuid = g_strdup (lk_column_text (stmt, 1));
  staff->user = g_strdup (lk_column_text (stmt, 2));
  staff->name = g_strdup (lk_column_text (stmt, 3));
  staff->role = LK_ROLE_SYSTEM;         /* of an unknown word: no right anywhere */
  lk_role_from_word (lk_column_text (stmt, 4), &staff->role);
  return staff;
}

static LkAccountRow *
read_account (sqlite3_stmt *stmt)
{
  LkAccountRow *row = g_new0 (LkAccountRow, 1);

  row->staff = read_staff (stmt);
  row->disabled = sqlite3_column_int (stmt, 5) != 0;
  row->second_factor = sqlite3_column_int (stmt, 6) != 0;
  row->n_recovery = sqlite3_column_int (stmt, 7);
  row->outside = g_strdup (lk_column_text (stmt, 8));
  return row;
}

static GPtrArray *
list_accounts (LkCampusDb *base, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_ACCOUNT_LIST, error, "") : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_account_row_free);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (rows, read_account (stmt));
  for (guint i = 0; step == 0 && i < rows->len; i++)
    if (!read_scopes (conn, rows->pdata[i], error) || !read_related (conn, rows->pdata[i], error))
      step = -1;
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

/* -- changes -- */

/* Whoever holds sessions in memory sees that it must read them again. */
static gboolean
end_sessions (LkConn *conn, gint64 staff, GError **error)
{
  return lk_conn_run (conn, LK_SQL_ACCOUNT_SESSIONS_END, error, "i", staff);
}

static gboolean
put_scopes (LkConn *conn, gint64 staff, GPtrArray *scopes, cJSON *body, GError **error)
{
  cJSON *array = cJSON_AddArrayToObject (body, "scopes");

  if (!lk_conn_run (conn, LK_SQL_SCOPE_CLEAR, error, "i", staff))
    return FALSE;
  for (guint i = 0; i < scopes->len; i++)
    {
      const LkScope *scope = scopes->pdata[i];
      cJSON *item = cJSON_CreateObject ();

      lk_json_add_string (item, "site", scope->site);
      lk_json_add_string (item, "class", scope->class_name);
      cJSON_AddItemToArray (array, item);
      if (!lk_conn_run (conn, LK_SQL_SCOPE_ADD, error, "itt", staff, scope->site, scope->class_name))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_outside (LkConn *conn, gint64 staff, const char *outside, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ACCOUNT_OUTSIDE_FIND, error, "t", outside);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  gboolean taken = step == 1 && sqlite3_column_int64 (stmt, 0) != staff;

  if (taken)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "another account has this name at the college's sign-in");
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return step >= 0 && !taken && lk_conn_run (conn, LK_SQL_ACCOUNT_OUTSIDE, error, "it", staff, outside);
}

static gboolean
change_row (LkConn *conn, gint64 staff, LkRole before, const LkAccountChange *change, cJSON *body, GError **error)
{
  const char *role = change->role != 0 ? lk_role_to_word (change->role) : NULL;

  if (!lk_conn_run (conn, LK_SQL_ACCOUNT_CHANGE, error, "ittt", staff, change->name, role, change->password))
    return FALSE;
  if (role != NULL)
    {
      lk_json_add_string (body, "before", lk_role_to_word (before));
      lk_json_add_string (body, "after", role);
    }
  if (change->name != NULL)
    cJSON_AddBoolToObject (body, "name", TRUE);
  if (change->password != NULL)
    cJSON_AddBoolToObject (body, "password", TRUE);
  if (change->outside != NULL)
    cJSON_AddBoolToObject (body, "outside", TRUE);
  if ((role != NULL || change->password != NULL) && !end_sessions (conn, staff, error))
    return FALSE;
  return (change->outside == NULL || put_outside (conn, staff, change->outside, error)) &&
         (change->scopes == NULL || put_scopes (conn, staff, change->scopes, body, error)) &&
         lk_conn_run (conn, LK_SQL_EPOCH_NEXT, error, "");
}

static gboolean
change_job (LkConn *conn, gpointer data, GError **error)
{
  const AccountJob *job = data;
  g_autoptr (cJSON) body = lk_audit_body (NULL);
  char uuid[LK_UUID_SIZE];
  LkRole before;
  gint64 staff = lk_account_find (conn, job->user, uuid, &before, error);

  if (staff == 0)
    return FALSE;
  lk_json_add_string (body, "account", uuid);
  return change_row (conn, staff, before, job->change, body, error) &&
         lk_audit_add (conn, "account-changed", 0, NULL, g_steal_pointer (&body), error);
}

static gboolean
change_account (LkCampusDb *base, const char *user, const LkAccountChange *change, GError **error)
{
  AccountJob job = { .user = user, .change = change };

  return lk_writer_run (writer_of (base), change_job, &job, error);
}

static gboolean
disable_job (LkConn *conn, gpointer data, GError **error)
{
  const AccountJob *job = data;
  char uuid[LK_UUID_SIZE];
  gint64 staff = lk_account_find (conn, job->user, uuid, NULL, error);
  cJSON *body;

  if (staff == 0 || !end_sessions (conn, staff, error) || !lk_conn_run (conn, LK_SQL_EPOCH_NEXT, error, "") ||
      !lk_conn_run (conn, LK_SQL_ACCOUNT_DISABLE, error, "ii", staff, job->disabled ? lk_clock_now () : 0))
    return FALSE;
  body = lk_audit_body (NULL);
  lk_json_add_string (body, "account", uuid);
  return lk_audit_add (conn, job->disabled ? "account-disabled" : "account-enabled", 0, NULL, body, error);
}

static gboolean
set_disabled (LkCampusDb *base, const char *user, gboolean disabled, GError **error)
{
  AccountJob job = { .user = user, .disabled = disabled };

  return lk_writer_run (writer_of (base), disable_job, &job, error);
}

static gint64
find_student (LkConn *conn, const char *student_no, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_STUDENT_FIND, error, "t", student_no);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_IN_ROSTER, "no such student");
  return step == 1 ? sqlite3_column_int64 (stmt, 0) : 0;
}

static gboolean
related_job (LkConn *conn, gpointer data, GError **error)
{
  const AccountJob *job = data;
  char uuid[LK_UUID_SIZE];
  gint64 staff = lk_account_find (conn, job->user, uuid, NULL, error);
  gint64 student = staff != 0 ? find_student (conn, job->student_no, error) : 0;
  cJSON *body;

  if (student == 0 || !lk_conn_run (conn, job->related ? LK_SQL_RELATED_ADD : LK_SQL_RELATED_END, error, "ii", staff, student))
    return FALSE;
  body = lk_audit_body (NULL);
  lk_json_add_string (body, "account", uuid);
  lk_json_add_int (body, "student", student);
  return lk_audit_add (conn, job->related ? "relation-declared" : "relation-ended", 0, NULL, body, error);
}

static gboolean
set_related (LkCampusDb *base, const char *user, const char *student_no, gboolean related, GError **error)
{
  AccountJob job = { .user = user, .student_no = student_no, .related = related };

  return lk_writer_run (writer_of (base), related_job, &job, error);
}

/* -- signing in -- */

static LkStaff *
find_outside (LkCampusDb *base, const char *outside, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_ACCOUNT_OUTSIDE_FIND, error, "t", outside) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 1 && sqlite3_column_int (stmt, 6) == 0)
    return read_staff (stmt);
  if (step >= 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NO_ACCOUNT, "no account for this person");
  return NULL;
}

static gboolean
read_epoch (LkCampusDb *base, gint64 *epoch, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_EPOCH, error, "") : NULL;

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  *epoch = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
refusal_job (LkConn *conn, gpointer data, GError **error)
{
  const AccountJob *job = data;
  char uuid[LK_UUID_SIZE];
  gboolean known = job->user != NULL && lk_account_find (conn, job->user, uuid, NULL, NULL) != 0;
  cJSON *body = lk_audit_body (NULL);

  lk_json_add_string (body, "account", known ? uuid : NULL);
  lk_json_add_string (body, "from", job->from);
  lk_json_add_string (body, "cause", lk_error_to_word (job->cause));
  return lk_audit_add (conn, "sign-in-refused", 0, NULL, body, error);
}

static gboolean
note_refusal (LkCampusDb *base, const char *user, LkError cause, const char *from, GError **error)
{
  AccountJob job = { .user = user, .cause = cause, .from = from };

  return lk_writer_run (writer_of (base), refusal_job, &job, error);
}

const LkAccountOps lk_sqlite_accounts = {
  .list = list_accounts,
  .change = change_account,
  .set_disabled = set_disabled,
  .set_related = set_related,
  .set_second_factor = lk_db_set_second_factor,
  .find_second_factor = lk_db_find_second_factor,
  .use_step = lk_db_use_step,
  .use_recovery = lk_db_use_recovery,
  .find_outside = find_outside,
  .epoch = read_epoch,
  .note_refusal = note_refusal,
};
