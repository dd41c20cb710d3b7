/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

/* Rights that depend on who somebody is and on what they did before: rules.md section 6. */

int
lk_staff_is_scoped (LkConn *conn, gint64 staff, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SCOPED, error, "i", staff);

  return stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
}

int
lk_staff_is_involved (LkConn *conn, const LkActor *actor, gint64 submission, gboolean approving, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_INVOLVED, error, "iii", submission, actor->staff, (gint64) approving);

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return -1;
  return sqlite3_column_int (stmt, 0) != 0;
}

int
lk_staff_is_involved_in_ticket (LkConn *conn, const LkActor *actor, gint64 submission, GError **error)
{
  int involved = lk_staff_is_involved (conn, actor, submission, TRUE, error);
  g_autoptr (sqlite3_stmt) stmt = NULL;

  if (involved != 0)
    return involved;
  stmt = lk_conn_query (conn, LK_SQL_DECISION_REJECTED_BY, error, "ii", submission, actor->staff);
  return stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
}
