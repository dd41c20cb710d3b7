/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

static LkDbSqlite *
sqlite_of (LkCampusDb *base)
{
  return (LkDbSqlite *) base;
}

static LkRole
role_of (sqlite3_stmt *stmt, int column)
{
  LkRole role = LK_ROLE_SYSTEM;         /* of an unknown word: no right anywhere */

  lk_role_from_word (lk_column_text (stmt, column), &role);
  return role;
}

static gboolean
add_staff_job (LkConn *conn, gpointer data, GError **error)
{
  const LkStaff *staff = data;
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_STAFF_FIND, error, "t", staff->user);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  cJSON *body;

  if (step == 1)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_STATE, "there is an account of this name already");
  if (step != 0)
    return FALSE;
  body = lk_audit_body (NULL);
  lk_json_add_string (body, "account", staff->uuid);
  lk_json_add_string (body, "role", lk_role_to_word (staff->role));
  return lk_conn_run (conn, LK_SQL_STAFF_ADD, error, "ttttti", staff->uuid, staff->user, staff->name,
                      lk_role_to_word (staff->role), staff->password, lk_clock_now ()) &&
         lk_audit_add (conn, "account-added", 0, NULL, body, error);
}

gboolean
lk_db_add_staff (LkCampusDb *base, const LkStaff *staff, GError **error)
{
  return lk_writer_run (sqlite_of (base)->writer, add_staff_job, (gpointer) staff, error);
}

LkStaff *
lk_db_find_staff (LkCampusDb *base, const char *user, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take (sqlite_of (base), error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_STAFF_FIND, error, "t", user) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  LkStaff *staff;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such account");
  if (step != 1)
    return NULL;
  staff = g_new0 (LkStaff, 1);
  staff->row = sqlite3_column_int64 (stmt, 0);
  staff->uuid = g_strdup (lk_column_text (stmt, 1));
  staff->user = g_strdup (lk_column_text (stmt, 2));
  staff->name = g_strdup (lk_column_text (stmt, 3));
  staff->role = role_of (stmt, 4);
  staff->password = g_strdup (lk_column_text (stmt, 5));
  return staff;
}

typedef struct
{
  const LkSession *session;
  const guint8 *token;
  const LkActor *actor;
} SessionJob;

static gboolean
add_session_job (LkConn *conn, gpointer data, GError **error)
{
  const SessionJob *job = data;
  const LkSession *session = job->session;

  return lk_conn_run (conn, LK_SQL_SESSION_REPLACE, error, "iti", session->staff->row, session->device, lk_db_now (conn)) &&
         lk_conn_run (conn, LK_SQL_SESSION_ADD, error, "biti", (const void *) session->token, (int) sizeof session->token,
                      session->staff->row, session->device, session->expires_at) &&
         lk_audit_add (conn, "sign-in", 0, NULL, lk_audit_body (job->actor), error);
}

gboolean
lk_db_add_session (LkCampusDb *base, const LkSession *session, const LkActor *actor, GError **error)
{
  SessionJob job = { .session = session, .actor = actor };

  return lk_writer_run (sqlite_of (base)->writer, add_session_job, &job, error);
}

static gboolean
end_session_job (LkConn *conn, gpointer data, GError **error)
{
  const SessionJob *job = data;

  return lk_lease_give_back_all (conn, job->actor, error) &&
         lk_conn_run (conn, LK_SQL_SESSION_END, error, "b", (const void *) job->token, 32) &&
         lk_audit_add (conn, "sign-out", 0, NULL, lk_audit_body (job->actor), error);
}

gboolean
lk_db_end_session (LkCampusDb *base, const guint8 token[32], const LkActor *actor, GError **error)
{
  SessionJob job = { .token = token, .actor = actor };

  return lk_writer_run (sqlite_of (base)->writer, end_session_job, &job, error);
}

static LkSession *
read_session (sqlite3_stmt *stmt)
{
  LkSession *session = g_new0 (LkSession, 1);
  LkStaff *staff = session->staff = g_new0 (LkStaff, 1);

  memcpy (session->token, sqlite3_column_blob (stmt, 0), sizeof session->token);
  g_strlcpy (session->device, lk_column_text (stmt, 1), sizeof session->device);
  session->expires_at = sqlite3_column_int64 (stmt, 2);
  staff->row = sqlite3_column_int64 (stmt, 3);
  staff->uuid = g_strdup (lk_column_text (stmt, 4));
  staff->user = g_strdup (lk_column_text (stmt, 5));
  staff->name = g_strdup (lk_column_text (stmt, 6));
  staff->role = role_of (stmt, 7);
  return session;
}

GPtrArray *
lk_db_list_sessions (LkCampusDb *base, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take (sqlite_of (base), error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_session_free);
  int step;

  if (conn == NULL || (stmt = lk_conn_query (conn, LK_SQL_SESSION_LIST, error, "i", lk_db_now (conn))) == NULL)
    return NULL;
  while ((step = lk_conn_step (conn, stmt, error)) == 1)
    if (sqlite3_column_bytes (stmt, 0) == 32)
      g_ptr_array_add (sessions, read_session (stmt));
  return step == 0 ? g_steal_pointer (&sessions) : NULL;
}
