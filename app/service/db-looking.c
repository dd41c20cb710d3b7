/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

/* -- further pictures of a submission -- */

gboolean
lk_db_add_photo (LkConn *conn, const LkPhotoFile *photo, GError **error)
{
  g_autofree char *eyes = photo != NULL ? lk_eyes_to_text (&photo->eyes) : NULL;

  return photo == NULL || lk_conn_run (conn, LK_SQL_PHOTO_ADD, error, "ttiiit", photo->sha256, photo->type, (gint64) photo->width,
                                       (gint64) photo->height, photo->bytes, eyes);
}

gboolean
lk_db_add_variant (LkConn *conn, gint64 submission, LkPhotoKind kind, const LkPhotoFile *photo, GError **error)
{
  return photo == NULL || (lk_db_add_photo (conn, photo, error) &&
                           lk_conn_run (conn, LK_SQL_VARIANT_ADD, error, "itt", submission, lk_photo_kind_to_word (kind),
                                        photo->sha256));
}

LkPhotoInfo *
lk_db_read_info (sqlite3_stmt *stmt, int column)
{
  LkEyes eyes = lk_eyes_from_text (lk_column_text (stmt, column + 3));

  return lk_photo_info_new (lk_column_text (stmt, column), sqlite3_column_int (stmt, column + 1),
                            sqlite3_column_int (stmt, column + 2), &eyes);
}

static void
keep_picture (LkPhotoInfo **pictures, const char *word, LkPhotoInfo *info)
{
  for (int kind = 0; kind < LK_N_PHOTO_KINDS; kind++)
    if (pictures[kind] == NULL && strcmp (lk_photo_kind_to_word (kind), word) == 0)
      pictures[kind] = g_steal_pointer (&info);
  lk_photo_info_free (info);
}

gboolean
lk_db_read_pictures (LkConn *conn, gint64 submission, LkPhotoInfo **pictures, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_PICTURES, error, "i", submission);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    keep_picture (pictures, lk_column_text (stmt, 0), lk_db_read_info (stmt, 1));
  return step == 0;
}

/* -- what the student sent before -- */

/* 0, and LK_ERROR_NOT_FOUND, when this person does not hold the submission. */
static gint64
find_held (LkConn *conn, const LkActor *actor, const char *submission, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_HELD, error, "ti", submission, actor->staff);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such submission is leased to this reviewer");
  return step == 1 ? sqlite3_column_int64 (stmt, 0) : 0;
}

LkDecisionRow *
lk_db_read_decision (sqlite3_stmt *stmt, int column)
{
  LkDecisionRow *row;
  LkVerdict verdict;

  if (!lk_verdict_from_word (lk_column_text (stmt, column), &verdict))
    return NULL;
  row = g_new0 (LkDecisionRow, 1);
  row->verdict = verdict;
  row->reasons = g_strdup (lk_column_text (stmt, column + 1));
  row->note = g_strdup (lk_column_text (stmt, column + 2));
  row->at = sqlite3_column_int64 (stmt, column + 3);
  row->by = g_strdup (lk_column_text (stmt, column + 4));
  return row;
}

static LkEarlierRow *
read_earlier (sqlite3_stmt *stmt)
{
  LkEarlierRow *row = g_new0 (LkEarlierRow, 1);

  row->uuid = g_strdup (lk_column_text (stmt, 0));
  lk_state_from_word (lk_column_text (stmt, 1), &row->state);
  row->submitted_at = sqlite3_column_int64 (stmt, 2);
  row->photo = lk_db_read_info (stmt, 3);
  row->decision = lk_db_read_decision (stmt, 7);
  return row;
}

GPtrArray *
lk_db_earlier (LkCampusDb *base, const LkActor *actor, const char *submission, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_earlier_row_free);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gint64 held = conn != NULL ? find_held (conn, actor, submission, error) : 0;
  int step = -1;

  if (held == 0)
    return NULL;
  stmt = lk_conn_query (conn, LK_SQL_EARLIER, error, "i", held);
  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (rows, read_earlier (stmt));
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}
