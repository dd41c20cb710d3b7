/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

#include "core/key.h"

/* -- reading -- */

static gboolean
read_windows (LkConn *conn, LkRound *round, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ROUND_WINDOWS, error, "i", round->row);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    lk_round_add_window (round, lk_column_text (stmt, 0), sqlite3_column_int64 (stmt, 1), sqlite3_column_int64 (stmt, 2));
  return step == 0;
}

LkRound *
lk_round_read (LkConn *conn, gint64 row, GError **error)
{
  g_autoptr (LkRound) round = lk_round_new ();
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ROUND_READ, error, "i", row);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such round");
  if (step != 1)
    return NULL;
  round->row = sqlite3_column_int64 (stmt, 0);
  round->id = g_strdup (lk_column_text (stmt, 1));
  round->name = g_strdup (lk_column_text (stmt, 2));
  lk_round_kind_from_word (lk_column_text (stmt, 3), &round->kind);
  round->price_cents = sqlite3_column_int (stmt, 4);
  round->tries_allowed = sqlite3_column_int (stmt, 5);
  round->tries_after_return = sqlite3_column_int (stmt, 6);
  round->graduation_year = sqlite3_column_int (stmt, 7);
  round->closed_at = sqlite3_column_int64 (stmt, 8);
  return read_windows (conn, round, error) ? g_steal_pointer (&round) : NULL;
}

gboolean
lk_round_find_row (LkConn *conn, LkSql sql, gint64 student, gint64 *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, sql, error, sql == LK_SQL_ROUND_CURRENT ? "" : "i", student);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  *row = step == 1 ? sqlite3_column_int64 (stmt, 0) : 0;
  return step >= 0;
}

LkRound *
lk_db_current_round (LkCampusDb *base, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  gint64 row;

  if (conn == NULL || !lk_round_find_row (conn, LK_SQL_ROUND_CURRENT, 0, &row, error) || row == 0)
    return NULL;
  return lk_round_read (conn, row, error);
}

GPtrArray *
lk_db_list_rounds (LkCampusDb *base, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (GPtrArray) rounds = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_round_free);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_ROUND_LIST, error, "") : NULL;
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkRound *round = lk_round_read (conn, sqlite3_column_int64 (stmt, 0), error);

      if (round == NULL)
        return NULL;
      g_ptr_array_add (rounds, round);
    }
  return step == 0 ? g_steal_pointer (&rounds) : NULL;
}

/* -- a new one -- */

typedef struct
{
  LkRound *round;
  const LkActor *actor;
} AddJob;

static gboolean
add_windows (LkConn *conn, const LkRound *round, GError **error)
{
  for (guint i = 0; i < round->windows->len; i++)
    {
      const LkRoundWindow *window = round->windows->pdata[i];

      if (!lk_conn_run (conn, LK_SQL_ROUND_WINDOW_ADD, error, "itii", round->row, window->site, window->from, window->to))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_row (LkConn *conn, LkRound *round, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ROUND_ADD, error, "tttiiiii", round->id, round->name,
                                                 lk_round_kind_to_word (round->kind), (gint64) round->price_cents,
                                                 (gint64) round->tries_allowed, (gint64) round->tries_after_return,
                                                 (gint64) round->graduation_year, lk_clock_now ());
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error (error, LK_ERROR, LK_ERROR_STATE, "a round named \"%s\" is there already", round->name);
  if (step != 1)
    return FALSE;
  round->row = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
add_job (LkConn *conn, gpointer data, GError **error)
{
  AddJob *job = data;
  LkRound *round = job->round;
  cJSON *body;

  g_free (round->id);
  round->id = lk_key_new ();
  if (round->tries_allowed == 0)
    round->tries_allowed = conn->db->options.tries_allowed;
  if (!add_row (conn, round, error) || !add_windows (conn, round, error))
    return FALSE;
  body = lk_audit_body (job->actor);
  lk_json_add_string (body, "round", round->id);
  lk_json_add_string (body, "name", round->name);
  lk_json_add_string (body, "kind", lk_round_kind_to_word (round->kind));
  lk_json_add_int (body, "price_cents", round->price_cents);
  lk_json_add_int (body, "tries", round->tries_allowed);
  lk_json_add_int (body, "windows", round->windows->len);
  return lk_audit_add (conn, "round-added", 0, NULL, body, error);
}

gboolean
lk_db_add_round (LkCampusDb *base, LkRound *round, const LkActor *actor, GError **error)
{
  AddJob job = { round, actor };

  return lk_writer_run (((LkDbSqlite *) base)->writer, add_job, &job, error);
}

/* -- the calendar -- */

typedef struct
{
  const char *sha256;
  const LkActor *actor;
} CalendarJob;

static gboolean
calendar_job (LkConn *conn, gpointer data, GError **error)
{
  const CalendarJob *job = data;
  cJSON *body = lk_audit_body (job->actor);

  lk_json_add_string (body, "after", job->sha256);
  return lk_audit_add (conn, "calendar-imported", 0, NULL, body, error);
}

gboolean
lk_db_keep_calendar_change (LkCampusDb *base, const char *sha256, const LkActor *actor, GError **error)
{
  CalendarJob job = { sha256, actor };

  return lk_writer_run (((LkDbSqlite *) base)->writer, calendar_job, &job, error);
}
