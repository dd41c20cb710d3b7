/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

/* The second factor of an account. A code proves something only the first time it is seen, also when it is seen twice at once: the
 * writer makes sure. */

typedef struct
{
  const char *user;
  gint64 staff, step;
  GBytes *secret, *recovery;
  const guint8 *hash;
} FactorJob;

static gboolean
add_recovery (LkConn *conn, gint64 staff, GBytes *recovery, GError **error)
{
  gsize size = 0;
  const guint8 *hashes = recovery != NULL ? g_bytes_get_data (recovery, &size) : NULL;

  for (gsize at = 0; at + LK_RECOVERY_HASH <= size; at += LK_RECOVERY_HASH)
    if (!lk_conn_run (conn, LK_SQL_RECOVERY_ADD, error, "ib", staff, (const void *) (hashes + at), (int) LK_RECOVERY_HASH))
      return FALSE;
  return TRUE;
}

static gboolean
set_factor_job (LkConn *conn, gpointer data, GError **error)
{
  const FactorJob *job = data;
  char uuid[LK_UUID_SIZE];
  gint64 staff = lk_account_find (conn, job->user, uuid, NULL, error);
  gsize size = 0;
  const void *secret = job->secret != NULL ? g_bytes_get_data (job->secret, &size) : NULL;
  cJSON *body;

  if (staff == 0 || !lk_conn_run (conn, LK_SQL_RECOVERY_CLEAR, error, "i", staff) ||
      !(secret != NULL ? lk_conn_run (conn, LK_SQL_FACTOR_PUT, error, "ib", staff, secret, (int) size)
                       : lk_conn_run (conn, LK_SQL_FACTOR_END, error, "i", staff)) ||
      !add_recovery (conn, staff, job->recovery, error) || !lk_conn_run (conn, LK_SQL_EPOCH_NEXT, error, ""))
    return FALSE;
  body = lk_audit_body (NULL);
  lk_json_add_string (body, "account", uuid);
  return lk_audit_add (conn, secret != NULL ? "second-factor-set" : "second-factor-ended", 0, NULL, body, error);
}

gboolean
lk_db_set_second_factor (LkCampusDb *base, const char *user, GBytes *secret, GBytes *recovery, GError **error)
{
  FactorJob job = { .user = user, .secret = secret, .recovery = recovery };

  return lk_writer_run (((LkDbSqlite *) base)->writer, set_factor_job, &job, error);
}

gboolean
lk_db_find_second_factor (LkCampusDb *base, gint64 staff, LkSecondFactor *factor, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take ((LkDbSqlite *) base, error);
  g_autoptr (sqlite3_stmt) stmt = conn != NULL ? lk_conn_query (conn, LK_SQL_FACTOR_FIND, error, "i", staff) : NULL;
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  *factor = (LkSecondFactor) { NULL, 0 };
  if (step == 1)
    {
      factor->secret = g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
      factor->last_step = sqlite3_column_int64 (stmt, 1);
    }
  return step >= 0;
}

static gboolean
was_used (LkConn *conn, GError **error)
{
  if (sqlite3_changes (conn->handle) == 1)
    return FALSE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_WRONG_FACTOR, "the code is used already, or none of this account");
  return TRUE;
}

static gboolean
use_step_job (LkConn *conn, gpointer data, GError **error)
{
  const FactorJob *job = data;

  return lk_conn_run (conn, LK_SQL_FACTOR_USE, error, "ii", job->staff, job->step) && !was_used (conn, error);
}

gboolean
lk_db_use_step (LkCampusDb *base, gint64 staff, gint64 step, GError **error)
{
  FactorJob job = { .staff = staff, .step = step };

  return lk_writer_run (((LkDbSqlite *) base)->writer, use_step_job, &job, error);
}

static gboolean
use_recovery_job (LkConn *conn, gpointer data, GError **error)
{
  const FactorJob *job = data;
  cJSON *body;

  if (!lk_conn_run (conn, LK_SQL_RECOVERY_USE, error, "ib", job->staff, (const void *) job->hash, (int) LK_RECOVERY_HASH) ||
      was_used (conn, error))
    return FALSE;
  body = lk_audit_body (NULL);
  lk_json_add_int (body, "staff", job->staff);
  return lk_audit_add (conn, "recovery-code-used", 0, NULL, body, error);
}

gboolean
lk_db_use_recovery (LkCampusDb *base, gint64 staff, const guint8 hash[LK_RECOVERY_HASH], GError **error)
{
  FactorJob job = { .staff = staff, .hash = hash };

  return lk_writer_run (((LkDbSqlite *) base)->writer, use_recovery_job, &job, error);
}
