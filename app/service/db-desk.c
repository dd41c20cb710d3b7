/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include "core/note.h"

/* What advisers, the desk and the registrar see of students, and the trail of what was done. */

enum { AUDIT_WINDOW = 20000 };  /* lines looked through for one page, so that somebody with few of their own does not read all */

/* -- students -- */

static LkStudentRow *
read_student (sqlite3_stmt *stmt)
{
  LkStudentRow *row = g_new0 (LkStudentRow, 1);

  row->row = sqlite3_column_int64 (stmt, 0);
  row->student_no = g_strdup (lk_column_text (stmt, 1));
  row->name = g_strdup (lk_column_text (stmt, 2));
  row->document_no = g_strdup (lk_column_text (stmt, 3));
  row->class_name = g_strdup (lk_column_text (stmt, 4));
  row->site = g_strdup (lk_column_text (stmt, 5));
  row->submission = g_strdup (lk_column_text (stmt, 6));
  row->photo = g_strdup (lk_column_text (stmt, 7));
  lk_state_from_word (lk_column_text (stmt, 8), &row->state);
  row->submitted_at = sqlite3_column_int64 (stmt, 9);
  row->n_tickets = sqlite3_column_int (stmt, 10);
  return row;
}

static GPtrArray *
list_students (LkCampusDb *base, const LkActor *actor, const LkStudentFilter *filter, const char *after, int limit, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  gint64 with_ticket = actor->role == LK_ROLE_DESK;     /* or by the whole number, which the student has told */
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_student_row_free);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int step = -1;

  if (conn != NULL)
    stmt = lk_conn_query (conn, LK_SQL_STUDENTS, error, "iiittttti", actor->staff, lk_actor_sees_named (actor), with_ticket, after,
                          filter->number, filter->site, filter->class_name, filter->state, (gint64) limit);
  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (rows, read_student (stmt));
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

static char *
student_number (LkCampusDb *base, const LkActor *actor, gint64 student, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_STUDENT_SEEN, error, "iii", student, actor->staff,
                                                                lk_actor_sees_named (actor)) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such student for this person");
  return step == 1 ? g_strdup (lk_column_text (stmt, 2)) : NULL;
}

static GPtrArray *
list_classes (LkCampusDb *base, const LkActor *actor, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_CLASSES, error, "ii", actor->staff,
                                                                lk_actor_sees_named (actor)) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_class_row_free);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkClassRow *row = g_new0 (LkClassRow, 1);

      *row = (LkClassRow) { g_strdup (lk_column_text (stmt, 0)), g_strdup (lk_column_text (stmt, 1)), sqlite3_column_int (stmt, 2),
                            sqlite3_column_int (stmt, 3), sqlite3_column_int (stmt, 4), sqlite3_column_int (stmt, 5),
                            sqlite3_column_int (stmt, 6) };
      g_ptr_array_add (rows, row);
    }
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

/* -- unmasking -- */

typedef struct
{
  const LkActor *actor;
  const LkUnmask *unmask;
  char *value;
} UnmaskJob;

static gboolean
refuse (GError **error, LkError code, const char *why)
{
  g_set_error_literal (error, LK_ERROR, code, why);
  return FALSE;
}

/* rules.md section 6: a lead, the desk and the registrar with a reason, an adviser the names of the own class only. */
static gboolean
may_unmask (LkConn *conn, const UnmaskJob *job, GError **error)
{
  const guint any = LK_ROLE_LEAD | LK_ROLE_DESK | LK_ROLE_REGISTRAR;
  const LkUnmask *unmask = job->unmask;
  gboolean name = g_strcmp0 (unmask->field, "name") == 0;
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int step;

  if (!name && g_strcmp0 (unmask->field, "document") != 0)
    return refuse (error, LK_ERROR_BAD_REQUEST, "no such field");
  if ((job->actor->role & (name ? any | LK_ROLE_ADVISER : any)) == 0)
    return refuse (error, LK_ERROR_FORBIDDEN, "this role does not see the field");
  if (!lk_ticket_text_is_fit (conn, unmask->reason, error))
    return FALSE;
  if (job->actor->role != LK_ROLE_DESK)
    return TRUE;
  if (unmask->ticket == NULL)
    return refuse (error, LK_ERROR_FORBIDDEN, "the desk unmasks for a ticket only");
  stmt = lk_conn_query (conn, LK_SQL_TICKET_FOR_UNMASK, error, "ti", unmask->ticket, unmask->student);
  step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  return step == 1 || (step == 0 && refuse (error, LK_ERROR_FORBIDDEN, "no open ticket of this student"));
}

static gboolean
unmask_job (LkConn *conn, gpointer data, GError **error)
{
  UnmaskJob *job = data;
  const LkUnmask *unmask = job->unmask;
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_STUDENT_SEEN, error, "iii", unmask->student, job->actor->staff,
                                                 lk_actor_sees_named (job->actor));
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  cJSON *body;

  if (step < 0 || !may_unmask (conn, job, error))
    return FALSE;
  if (step == 0)
    return refuse (error, LK_ERROR_NOT_FOUND, "no such student for this person");
  job->value = g_strdup (lk_column_text (stmt, strcmp (unmask->field, "name") == 0 ? 0 : 1));
  body = lk_audit_body (job->actor);
  lk_json_add_int (body, "student", unmask->student);
  lk_json_add_string (body, "field", unmask->field);
  lk_json_add_string (body, "reason", unmask->reason);
  lk_json_add_string (body, "ticket", unmask->ticket);
  return lk_audit_add (conn, "unmasked", 0, NULL, body, error);
}

static char *
unmask (LkCampusDb *base, const LkActor *actor, const LkUnmask *wanted, GError **error)
{
  UnmaskJob job = { actor, wanted, NULL };

  if (lk_writer_run (((LkDbSqlite *) base)->writer, unmask_job, &job, error))
    return job.value;
  g_free (job.value);
  return NULL;
}

/* -- the audit -- */

static LkAuditRow *
read_audit (sqlite3_stmt *stmt)
{
  LkAuditRow *row = g_new0 (LkAuditRow, 1);

  row->seq = sqlite3_column_int64 (stmt, 0);
  row->at = sqlite3_column_int64 (stmt, 1);
  row->action = g_strdup (lk_column_text (stmt, 2));
  row->submission = g_strdup (lk_column_text (stmt, 3));
  row->state = g_strdup (lk_column_text (stmt, 4));
  row->body = g_strdup (lk_column_text (stmt, 5));
  row->hash = g_strdup (lk_column_text (stmt, 6));
  return row;
}

static GPtrArray *
read_page (LkConn *conn, gint64 after, gint64 until, const char *who, int limit, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_AUDIT_PAGE, error, "iiti", after, until, who, (gint64) limit);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_audit_row_free);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (rows, read_audit (stmt));
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

static gint64
read_last (LkConn *conn, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_CHANGES_LAST, error, "");

  return stmt != NULL && lk_conn_step (conn, stmt, error) == 1 ? sqlite3_column_int64 (stmt, 0) : -1;
}

static GPtrArray *
list_audit (LkCampusDb *base, const LkActor *actor, gint64 *after, int limit, GError **error)
{
  const guint all = LK_ROLE_LEAD | LK_ROLE_REGISTRAR | LK_ROLE_AUDITOR;
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  gint64 last = conn != NULL ? read_last (conn, error) : -1;
  gint64 until = MIN (*after + AUDIT_WINDOW, last);
  GPtrArray *rows;

  if (last < 0)
    return NULL;
  rows = read_page (conn, *after, until, (actor->role & all) != 0 ? NULL : actor->uuid, limit, error);
  if (rows != NULL)
    *after = rows->len == (guint) limit ? ((LkAuditRow *) rows->pdata[rows->len - 1])->seq : MAX (*after, until);
  return rows;
}

static LkAuditRow *
audit_head (LkCampusDb *base, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  gint64 last = conn != NULL ? read_last (conn, error) : -1;
  g_autoptr (GPtrArray) rows = last >= 0 ? read_page (conn, last - 1, last, NULL, 1, error) : NULL;

  return rows != NULL && rows->len == 1 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

static gboolean
has_line (LkCampusDb *base, const char *hash, gboolean *found, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_AUDIT_HAS, error, "t", hash) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  *found = step == 1;
  return step >= 0;
}

const LkDeskOps lk_sqlite_desk = {
  .add_attachment = lk_db_add_attachment,
  .create_ticket = lk_db_create_ticket,
  .list_tickets = lk_db_list_tickets,
  .find_ticket = lk_db_find_ticket,
  .move_ticket = lk_db_move_ticket,
  .close_tickets = lk_db_close_tickets,
  .list_students = list_students,
  .student_number = student_number,
  .list_classes = list_classes,
  .unmask = unmask,
  .reopen = lk_db_reopen,
  .list_audit = list_audit,
  .audit_head = audit_head,
  .has_line = has_line,
};
