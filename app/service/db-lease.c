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

static gboolean
give_back (LkConn *conn, const char *action, const LkHeld *held, const LkActor *actor, GError **error)
{
  const char *second = lk_state_to_word (LK_STATE_SECOND_REVIEW);
  cJSON *body = lk_audit_body (actor);

  lk_json_add_string (body, "lease", held->lease);
  if (actor != NULL && !lk_conn_run (conn, LK_SQL_LEASE_RETURNED, error, "t", held->lease))
    {
      cJSON_Delete (body);
      return FALSE;
    }
  if (held->second)
    return lk_audit_add (conn, action, held->row, second, body, error) &&
           lk_conn_run (conn, LK_SQL_LEASE_END, error, "it", held->row, second);
  return lk_audit_move (conn, action, held->row, LK_STATE_IN_REVIEW, LK_STATE_PENDING,
                        actor != NULL ? actor->role : LK_ROLE_SYSTEM, body, NULL, error) &&
         lk_conn_run (conn, LK_SQL_LEASE_END, error, "it", held->row, lk_state_to_word (LK_STATE_PENDING));
}

GArray *
lk_held_read (LkConn *conn, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LkHeld));
  int step;

  if (stmt == NULL)
    return NULL;
  while ((step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkHeld held = { .row = sqlite3_column_int64 (stmt, 0) };

      g_strlcpy (held.lease, lk_column_text (stmt, 1), sizeof held.lease);
      held.second = g_strcmp0 (lk_column_text (stmt, 2), lk_state_to_word (LK_STATE_SECOND_REVIEW)) == 0;
      g_array_append_val (rows, held);
    }
  sqlite3_reset (stmt);
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

static gboolean
give_back_all (LkConn *conn, const char *action, GArray *rows, const LkActor *actor, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!give_back (conn, action, &g_array_index (rows, LkHeld, i), actor, error))
      return FALSE;
  return TRUE;
}

static gboolean
expire_job (LkConn *conn, gpointer unused, GError **error)
{
  gint64 now = lk_db_now (conn);

  while (TRUE)
    {
      g_autoptr (GArray) rows = lk_held_read (conn, lk_conn_query (conn, LK_SQL_LEASE_EXPIRED, error, "i", now), error);

      if (rows == NULL || !give_back_all (conn, "lease-expired", rows, NULL, error))
        return FALSE;
      if (rows->len == 0)
        return TRUE;
    }
}

gboolean
lk_lease_give_back_all (LkConn *conn, const LkActor *actor, GError **error)
{
  g_autoptr (GArray) rows = lk_held_read (conn, lk_conn_query (conn, LK_SQL_LEASE_ALL, error, "it", actor->staff, actor->device), error);

  return rows != NULL && give_back_all (conn, "lease-returned", rows, actor, error) && lk_known_return_all (conn, actor, error);
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
  const LkQueueFilter *filter;
  GArray *rows;                 /* of LkHeld */
  gint64 pending;
} LeaseJob;

/* Known-answer photos are mixed into the whole queue of first decisions only: in a part of it they would stand out. */
static gboolean
takes_part (const LkQueueFilter *filter)
{
  return !filter->second && !lk_queue_filter_narrows (filter);
}

static gboolean
renew_held (LkConn *conn, LeaseJob *job, gint64 until, GError **error)
{
  g_autoptr (GArray) held = lk_queue_held (conn, job->actor, job->filter, job->count, error);

  if (held == NULL)
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    if (!lk_conn_run (conn, LK_SQL_LEASE_RENEW, error, "ii", g_array_index (held, LkHeld, i).row, until))
      return FALSE;
  if (held->len > 0)
    g_array_append_vals (job->rows, held->data, held->len);
  return takes_part (job->filter) ? lk_known_renew_held (conn, job->actor, until, job->rows, error) : TRUE;
}

static gboolean
take_one (LkConn *conn, const LkActor *actor, LkHeld *held, gint64 until, GError **error)
{
  LkState state = held->second ? LK_STATE_SECOND_REVIEW : LK_STATE_IN_REVIEW;
  const char *word = lk_state_to_word (state);
  g_autofree char *lease = lk_key_new ();
  cJSON *body = lk_audit_body (actor);

  g_strlcpy (held->lease, lease, sizeof held->lease);
  lk_json_add_string (body, "lease", lease);
  if (held->second ? !lk_audit_add (conn, "second-lease", held->row, word, body, error)
                   : !lk_audit_move (conn, "lease", held->row, LK_STATE_PENDING, state, actor->role, body, NULL, error))
    return FALSE;
  return lk_conn_run (conn, LK_SQL_LEASE_ADD, error, "tiitii", lease, held->row, actor->staff, actor->device, lk_clock_now (),
                      (gint64) held->second) &&
         lk_conn_run (conn, LK_SQL_LEASE_TAKE, error, "ititit", held->row, lease, actor->staff, actor->device, until, word);
}

static gboolean
take_next (LkConn *conn, LeaseJob *job, gint64 until, GError **error)
{
  guint n_held = job->rows->len;

  if (!lk_queue_next (conn, job->actor, job->filter, job->count - (int) n_held, job->rows, error))
    return FALSE;
  for (guint i = n_held; i < job->rows->len; i++)
    if (!take_one (conn, job->actor, &g_array_index (job->rows, LkHeld, i), until, error))
      return FALSE;
  return !takes_part (job->filter) || lk_known_mix_in (conn, job->actor, until, n_held, job->rows, error);
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
  job->pending = lk_queue_count (conn, job->actor, job->filter, error);
  return job->pending >= 0;
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
      const LkHeld *held = &g_array_index (rows, LkHeld, i);
      g_autoptr (GError) failure = NULL;
      LkSubmissionRow *row = held->row != 0 ? lk_read_submission (conn, held->row, &failure)
                                            : lk_known_read (conn, held->lease, &failure);

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
lk_db_lease (LkCampusDb *base, const LkActor *actor, int count, const LkQueueFilter *filter, gint64 *pending, GError **error)
{
  const LkQueueFilter all = { .outcome = LK_QUEUE_ANY_OUTCOME };
  LkDbSqlite *db = (LkDbSqlite *) base;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LkHeld));
  LeaseJob job = { actor, count, filter != NULL ? filter : &all, rows, 0 };

  if (job.filter->second && actor->role != LK_ROLE_LEAD)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_FORBIDDEN, "a second look is a lead's");
      return NULL;
    }
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
  gboolean skip;
  gint64 until;
} OneLeaseJob;

static void
say_lost (GError **error)
{
  g_set_error_literal (error, LK_ERROR, LK_ERROR_LEASE_LOST, "the lease is not held any more");
}

/* What is held under the lease: 1 found, 0 nothing any more, -1 an error. */
static int
find_current (LkConn *conn, const OneLeaseJob *job, LkHeld *held, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_LEASE_OF_SUBMISSION, error, "tit", job->lease, job->actor->staff,
                                                 job->actor->device);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step < 0)
    return -1;
  /* a lease is named only in IN_REVIEW and SECOND_REVIEW */
  if (step == 0 || g_strcmp0 (lk_column_text (stmt, 2), job->lease) != 0)
    return 0;
  held->row = sqlite3_column_int64 (stmt, 0);
  held->second = g_strcmp0 (lk_column_text (stmt, 1), lk_state_to_word (LK_STATE_SECOND_REVIEW)) == 0;
  g_strlcpy (held->lease, job->lease, sizeof held->lease);
  return 1;
}

static gboolean
renew_job (LkConn *conn, gpointer data, GError **error)
{
  OneLeaseJob *job = data;
  LkHeld held = { 0 };
  int found = find_current (conn, job, &held, error);

  job->until = lk_db_lease_until (conn);
  if (found == 1)
    return lk_conn_run (conn, LK_SQL_LEASE_RENEW, error, "ii", held.row, job->until);
  if (found == 0)
    found = lk_known_renew (conn, job->actor, job->lease, job->until, error);
  if (found == 0)
    say_lost (error);
  return found == 1;
}

static gboolean
return_job (LkConn *conn, gpointer data, GError **error)
{
  OneLeaseJob *job = data;
  LkHeld held = { 0 };
  int found = find_current (conn, job, &held, error);

  if (found == 1)
    return give_back (conn, job->skip ? "skipped" : "lease-returned", &held, job->actor, error) &&
           (!job->skip || lk_conn_run (conn, LK_SQL_SKIP_ADD, error, "iii", job->actor->staff, held.row, lk_db_now (conn)));
  if (found == 0)
    found = lk_known_return (conn, job->actor, job->lease, error);
  if (found == 0)
    say_lost (error);
  return found == 1;
}

gboolean
lk_db_renew_lease (LkCampusDb *base, const LkActor *actor, const char *lease, gint64 *until, GError **error)
{
  OneLeaseJob job = { actor, lease, FALSE, 0 };

  if (!lk_writer_run (((LkDbSqlite *) base)->writer, renew_job, &job, error))
    return FALSE;
  *until = job.until;
  return TRUE;
}

gboolean
lk_db_return_lease (LkCampusDb *base, const LkActor *actor, const char *lease, gboolean skip, GError **error)
{
  OneLeaseJob job = { actor, lease, skip, 0 };

  return lk_writer_run (((LkDbSqlite *) base)->writer, return_job, &job, error);
}
