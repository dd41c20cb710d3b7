/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

/* Reading never waits for the writer: each reader has a connection of its own, kept for the next. */

LkConn *
lk_reader_take (LkDbSqlite *db, GError **error)
{
  LkConn *conn = lk_writer_here (db->writer);

  if (conn != NULL)
    return conn;                /* inside a transaction one reads what it has done so far */
  g_mutex_lock (&db->mutex);
  if (db->readers->len > 0)
    conn = g_ptr_array_steal_index_fast (db->readers, db->readers->len - 1);
  g_mutex_unlock (&db->mutex);
  return conn != NULL ? conn : lk_conn_open (db, SQLITE_OPEN_READWRITE, error);
}

void
lk_reader_give (LkConn *conn)
{
  LkDbSqlite *db = conn->db;

  if (conn->is_writer)
    return;
  g_mutex_lock (&db->mutex);
  g_ptr_array_add (db->readers, conn);
  g_mutex_unlock (&db->mutex);
}

LkSubmissionRow *
lk_submission_row_read (sqlite3_stmt *stmt)
{
  LkSubmissionRow *row = g_new0 (LkSubmissionRow, 1);

  row->row = sqlite3_column_int64 (stmt, 0);
  row->uuid = g_strdup (lk_column_text (stmt, 1));
  row->lease = g_strdup (lk_column_text (stmt, 2));
  lk_state_from_word (lk_column_text (stmt, 3), &row->state);
  row->name = g_strdup (lk_column_text (stmt, 4));
  row->student_no = g_strdup (lk_column_text (stmt, 5));
  row->class_name = g_strdup (lk_column_text (stmt, 6));
  row->site = g_strdup (lk_column_text (stmt, 7));
  row->tries_used = sqlite3_column_int (stmt, 8);
  row->tries_allowed = sqlite3_column_int (stmt, 9);
  row->submitted_at = sqlite3_column_int64 (stmt, 10);
  row->due_at = sqlite3_column_int64 (stmt, 11);
  row->photo = g_strdup (lk_column_text (stmt, 12));
  row->width = sqlite3_column_int (stmt, 13);
  row->height = sqlite3_column_int (stmt, 14);
  row->id_card = g_strdup (lk_column_text (stmt, 15));
  row->diploma = g_strdup (lk_column_text (stmt, 16));
  row->checks = g_strdup (lk_column_text (stmt, 17));
  row->lease_until = sqlite3_column_int64 (stmt, 18);
  return row;
}

/* NULL without an error when there is none. */
LkSubmissionRow *
lk_read_submission (LkConn *conn, gint64 row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_ROW, error, "i", row);

  LkSubmissionRow *found = stmt != NULL && lk_conn_step (conn, stmt, error) == 1 ? lk_submission_row_read (stmt) : NULL;

  if (found != NULL && (!lk_db_read_pictures (conn, row, found->pictures, error) || !lk_db_read_later (conn, row, &found->later, error)))
    g_clear_pointer (&found, lk_submission_row_free);
  return found;
}

static gboolean
read_last_change (LkConn *conn, gint64 *last, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_CHANGES_LAST, error, "");

  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  *last = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

GArray *
lk_db_changes (LkCampusDb *base, gint64 cursor, int limit, gint64 *last, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (LkChange));
  int step = 0;

  /* the newest first: what comes between the two questions is then in the next answer, not lost */
  if (conn == NULL || !read_last_change (conn, last, error))
    return NULL;
  if (cursor < 0 || cursor >= *last)
    return g_steal_pointer (&changes);
  stmt = lk_conn_query (conn, LK_SQL_CHANGES, error, "ii", cursor, (gint64) limit);
  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkChange change = { .seq = sqlite3_column_int64 (stmt, 0), .at = sqlite3_column_int64 (stmt, 3) };

      g_strlcpy (change.submission, lk_column_text (stmt, 1), sizeof change.submission);
      lk_state_from_word (lk_column_text (stmt, 2), &change.state);
      g_array_append_val (changes, change);
    }
  return stmt != NULL && step == 0 ? g_steal_pointer (&changes) : NULL;
}

/* Days are days in China, which has one time zone without summer time. */
gint64
lk_db_start_of_today (void)
{
  const gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC, day = 24 * hour, zone = 8 * hour;
  gint64 now = lk_clock_now () + zone;

  return now - now % day - zone;
}

gboolean
lk_db_stats (LkCampusDb *base, const LkActor *actor, LkQueueStats *stats, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) counts = NULL;
  g_autoptr (sqlite3_stmt) oldest = NULL;
  int step;

  if (conn == NULL ||
      (counts = lk_conn_query (conn, LK_SQL_STATS, error, "ii", lk_db_start_of_today (), actor != NULL ? actor->staff : 0)) == NULL ||
      lk_conn_step (conn, counts, error) != 1 || (oldest = lk_conn_query (conn, LK_SQL_OLDEST, error, "")) == NULL ||
      (step = lk_conn_step (conn, oldest, error)) < 0)
    return FALSE;
  stats->pending = sqlite3_column_int64 (counts, 0);
  stats->in_review = sqlite3_column_int64 (counts, 1);
  stats->decided_today = sqlite3_column_int64 (counts, 2);
  stats->mine_today = sqlite3_column_int64 (counts, 3);
  stats->staff = sqlite3_column_int64 (counts, 4);
  stats->students = sqlite3_column_int64 (counts, 5);
  stats->photos = sqlite3_column_int64 (counts, 6);
  stats->held = sqlite3_column_int64 (counts, 7);
  stats->second = sqlite3_column_int64 (counts, 8);
  stats->next_due = step == 1 ? sqlite3_column_int64 (oldest, 1) : 0;
  stats->oldest_seconds = step == 1 ? MAX (0, (lk_clock_now () - sqlite3_column_int64 (oldest, 0)) / G_USEC_PER_SEC) : 0;
  return TRUE;
}

const char *
lk_db_photo_type (const char *type)
{
  static const char *const types[] = { "image/png", "image/heic" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (type, types[i]) == 0)
      return types[i];
  return "image/jpeg";
}

/* Reviewers see what they are given and what they decided, others what their role is for: rules.md section 6. */
static sqlite3_stmt *
ask_for_photo (LkConn *conn, const LkActor *actor, const char *sha256, GError **error)
{
  if (actor->role == LK_ROLE_REVIEWER)
    return lk_conn_query (conn, LK_SQL_PHOTO_FOR_STAFF, error, "ti", sha256, actor->staff);
  return lk_conn_query (conn, LK_SQL_PHOTO_FOR_ROLE, error, "tiit", sha256, actor->staff, lk_actor_sees_named (actor),
                        lk_role_to_word (actor->role));
}

gboolean
lk_db_find_photo (LkCampusDb *base, const LkActor *actor, const char *sha256, LkPhotoFile *photo, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? ask_for_photo (conn, actor, sha256, error) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such photo for this person");
  if (step != 1)
    return FALSE;
  g_strlcpy (photo->sha256, sha256, sizeof photo->sha256);
  photo->type = lk_db_photo_type (lk_column_text (stmt, 0));
  photo->width = sqlite3_column_int (stmt, 1);
  photo->height = sqlite3_column_int (stmt, 2);
  photo->bytes = sqlite3_column_int64 (stmt, 3);
  return TRUE;
}

static gboolean
ping_job (LkConn *conn, gpointer unused, GError **error)
{
  return TRUE;
}

gboolean
lk_db_post (LkCampusDb *base, int waiting_max, LkInsideFunc call, LkCommittedFunc done, gpointer data)
{
  return lk_writer_post (((LkDbSqlite *) base)->writer, waiting_max, call, done, data);
}

gboolean
lk_db_ping (LkCampusDb *base, GError **error)
{
  return lk_writer_run (((LkDbSqlite *) base)->writer, ping_job, NULL, error);
}
