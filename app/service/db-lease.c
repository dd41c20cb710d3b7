/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include "core/key.h"

gint64
lk_db_now (LkConn *conn)
{
  return conn->db->options.now ();
}

gint64
lk_db_lease_until (LkConn *conn)
{
  return lk_db_now (conn) + (gint64) conn->db->options.lease_seconds * G_USEC_PER_SEC;
}

/* -- back into the queue -- */

typedef struct
{
  gint64 row;
  char lease[LK_UUID_SIZE];
} Held;

static gboolean
give_back (LkConn *conn, const char *action, const Held *held, const LkActor *actor, GError **error)
{
  cJSON *body = lk_audit_body (actor);

  lk_json_add_string (body, "lease", held->lease);
  return lk_audit_move (conn, action, held->row, LK_STATE_IN_REVIEW, LK_STATE_PENDING,
                        actor != NULL ? actor->role : LK_ROLE_SYSTEM, body, NULL, error) &&
         lk_conn_run (conn, LK_SQL_LEASE_END, error, "it", held->row, lk_state_to_word (LK_STATE_PENDING));
}

/* The rows of a query with id and lease in these columns, read whole before any of them is changed. */
static GArray *
read_held (LkConn *conn, sqlite3_stmt *stmt, int lease_column, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Held));
  int step;

  if (stmt == NULL)
    return NULL;
  while ((step = lk_conn_step (conn, stmt, error)) == 1)
    {
      Held held = { .row = sqlite3_column_int64 (stmt, 0) };

      g_strlcpy (held.lease, lk_column_text (stmt, lease_column), sizeof held.lease);
      g_array_append_val (rows, held);
    }
  sqlite3_reset (stmt);
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

static gboolean
give_back_all (LkConn *conn, const char *action, GArray *rows, const LkActor *actor, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!give_back (conn, action, &g_array_index (rows, Held, i), actor, error))
      return FALSE;
  return TRUE;
}

static gboolean
expire_job (LkConn *conn, gpointer unused, GError **error)
{
  gint64 now = lk_db_now (conn);

  while (TRUE)
    {
      g_autoptr (GArray) rows = read_held (conn, lk_conn_query (conn, LK_SQL_LEASE_EXPIRED, error, "i", now), 2, error);

      if (rows == NULL || !give_back_all (conn, "lease-expired", rows, NULL, error))
        return FALSE;
      if (rows->len == 0)
        return TRUE;
    }
}

gboolean
lk_lease_give_back_all (LkConn *conn, const LkActor *actor, GError **error)
{
  g_autoptr (GArray) rows = read_held (conn, lk_conn_query (conn, LK_SQL_LEASE_HELD, error, "iti", actor->staff, actor->device,
                                                            (gint64) -1), 1, error);

  return rows != NULL && give_back_all (conn, "lease-returned", rows, actor, error);
}

gboolean
lk_db_expire (LkCampusDb *base, GError **error)
{
  LkDbSqlite *db = (LkDbSqlite *) base;
  g_autoptr (LkConn) conn = lk_reader_take (db, error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int step;

  if (conn == NULL || (stmt = lk_conn_query (conn, LK_SQL_LEASE_EXPIRED, error, "i", lk_db_now (conn))) == NULL ||
      (step = lk_conn_step (conn, stmt, error)) < 0)
    return FALSE;
  return step == 0 || lk_writer_run (db->writer, expire_job, NULL, error);
}

/* -- leasing -- */

typedef struct
{
  const LkActor *actor;
  int count;
  GArray *rows;                 /* of Held */
  gint64 pending;
} LeaseJob;

static gboolean
renew_held (LkConn *conn, LeaseJob *job, gint64 until, GError **error)
{
  g_autoptr (GArray) held = read_held (conn, lk_conn_query (conn, LK_SQL_LEASE_HELD, error, "iti", job->actor->staff,
                                                            job->actor->device, (gint64) job->count), 1, error);

  if (held == NULL)
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    if (!lk_conn_run (conn, LK_SQL_LEASE_RENEW, error, "ii", g_array_index (held, Held, i).row, until))
      return FALSE;
  if (held->len > 0)
    g_array_append_vals (job->rows, held->data, held->len);
  return TRUE;
}

static gboolean
take_one (LkConn *conn, const LkActor *actor, Held *held, gint64 until, GError **error)
{
  g_autofree char *lease = lk_key_new ();
  cJSON *body = lk_audit_body (actor);

  g_strlcpy (held->lease, lease, sizeof held->lease);
  lk_json_add_string (body, "lease", lease);
  return lk_audit_move (conn, "lease", held->row, LK_STATE_PENDING, LK_STATE_IN_REVIEW, actor->role, body, NULL, error) &&
         lk_conn_run (conn, LK_SQL_LEASE_ADD, error, "tiiti", lease, held->row, actor->staff, actor->device, g_get_real_time ()) &&
         lk_conn_run (conn, LK_SQL_LEASE_TAKE, error, "ititi", held->row, lease, actor->staff, actor->device, until);
}

static gboolean
take_next (LkConn *conn, LeaseJob *job, gint64 until, GError **error)
{
  guint n_held = job->rows->len;
  sqlite3_stmt *stmt = lk_conn_query (conn, LK_SQL_LEASE_NEXT, error, "i", (gint64) job->count - n_held);
  int step;

  if (stmt == NULL)
    return FALSE;
  while ((step = lk_conn_step (conn, stmt, error)) == 1)
    {
      Held held = { .row = sqlite3_column_int64 (stmt, 0) };
      g_array_append_val (job->rows, held);
    }
  sqlite3_reset (stmt);
  for (guint i = n_held; step == 0 && i < job->rows->len; i++)
    if (!take_one (conn, job->actor, &g_array_index (job->rows, Held, i), until, error))
      return FALSE;
  return step == 0;
}

/* Own leases are renewed before the sweep: what ran out while the workstation was away is still its own if nobody took it. */
static gboolean
lease_job (LkConn *conn, gpointer data, GError **error)
{
  LeaseJob *job = data;
  gint64 until = lk_db_lease_until (conn);

  if (!renew_held (conn, job, until, error) || !expire_job (conn, NULL, error))
    return FALSE;
  if ((int) job->rows->len < job->count && !take_next (conn, job, until, error))
    return FALSE;
  job->pending = conn->shadow.pending;
  return TRUE;
}

/* The long texts are read beside the writer, after the commit. What is not held under its lease any more (given back meanwhile by another
 * request of the same workstation) is left out. */
static GPtrArray *
read_leased (LkDbSqlite *db, GArray *rows, GError **error)
{
  g_autoptr (LkConn) conn = lk_reader_take (db, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_submission_row_free);

  if (conn == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const Held *held = &g_array_index (rows, Held, i);
      g_autoptr (GError) failure = NULL;
      LkSubmissionRow *row = lk_read_submission (conn, held->row, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (row != NULL && g_strcmp0 (row->lease, held->lease) == 0)
        g_ptr_array_add (found, row);
      else
        lk_submission_row_free (row);
    }
  return g_steal_pointer (&found);
}

GPtrArray *
lk_db_lease (LkCampusDb *base, const LkActor *actor, int count, gint64 *pending, GError **error)
{
  LkDbSqlite *db = (LkDbSqlite *) base;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Held));
  LeaseJob job = { actor, count, rows, 0 };

  if (!lk_writer_run (db->writer, lease_job, &job, error))
    return NULL;
  *pending = job.pending;
  return read_leased (db, rows, error);
}

/* -- one lease -- */

typedef struct
{
  const LkActor *actor;
  const char *lease;
  gint64 until;
} OneLeaseJob;

/* The submission held under the lease; 0 with LK_ERROR_LEASE_LOST when it is not held under it any more. */
static gint64
find_current (LkConn *conn, const OneLeaseJob *job, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_LEASE_OF_SUBMISSION, error, "tit", job->lease, job->actor->staff,
                                                 job->actor->device);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step < 0)
    return 0;
  if (step == 1 && g_strcmp0 (lk_column_text (stmt, 1), lk_state_to_word (LK_STATE_IN_REVIEW)) == 0 &&
      g_strcmp0 (lk_column_text (stmt, 2), job->lease) == 0)
    return sqlite3_column_int64 (stmt, 0);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_LEASE_LOST, "the lease is not held any more");
  return 0;
}

static gboolean
renew_job (LkConn *conn, gpointer data, GError **error)
{
  OneLeaseJob *job = data;
  gint64 row = find_current (conn, job, error);

  job->until = lk_db_lease_until (conn);
  return row != 0 && lk_conn_run (conn, LK_SQL_LEASE_RENEW, error, "ii", row, job->until);
}

static gboolean
return_job (LkConn *conn, gpointer data, GError **error)
{
  OneLeaseJob *job = data;
  Held held = { .row = find_current (conn, job, error) };

  g_strlcpy (held.lease, job->lease, sizeof held.lease);
  return held.row != 0 && give_back (conn, "lease-returned", &held, job->actor, error);
}

gboolean
lk_db_renew_lease (LkCampusDb *base, const LkActor *actor, const char *lease, gint64 *until, GError **error)
{
  OneLeaseJob job = { actor, lease, 0 };

  if (!lk_writer_run (((LkDbSqlite *) base)->writer, renew_job, &job, error))
    return FALSE;
  *until = job.until;
  return TRUE;
}

gboolean
lk_db_return_lease (LkCampusDb *base, const LkActor *actor, const char *lease, GError **error)
{
  OneLeaseJob job = { actor, lease, 0 };

  return lk_writer_run (((LkDbSqlite *) base)->writer, return_job, &job, error);
}
