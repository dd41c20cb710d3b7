/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <string.h>

/* One thread writes. Requests that come while it commits wait together and share the next commit, so that the disk is asked to
 * flush once for all of them; each has a savepoint, so that a failing one takes back only its own changes. Nobody is answered before
 * the commit is durable. */

typedef struct _Request Request;
struct _Request
{
  LkWriteFunc func;
  gpointer job;
  GError *error;
  gboolean ok, done;
  GCond finished;
  Request *next;
};

struct _LkWriter
{
  LkConn *conn;
  GThread *thread;
  GMutex mutex;
  GCond arrived;
  Request *first, **last;
  gboolean stopping;
  gint64 commits, requests;
};

/* Another process may have written since the last commit; then what we know is read again. */
static gboolean
refresh_shadow (LkConn *conn, GError **error)
{
  g_autoptr (sqlite3_stmt) version = lk_conn_query (conn, LK_SQL_DATA_VERSION, error, "");
  g_autoptr (sqlite3_stmt) head = NULL;
  g_autoptr (sqlite3_stmt) pending = NULL;
  int step;

  if (version == NULL || lk_conn_step (conn, version, error) != 1)
    return FALSE;
  if (sqlite3_column_int64 (version, 0) == conn->data_version)
    return TRUE;

  head = lk_conn_query (conn, LK_SQL_AUDIT_HEAD, error, "");
  pending = lk_conn_query (conn, LK_SQL_COUNT_PENDING, error, "");
  if (head == NULL || pending == NULL || (step = lk_conn_step (conn, head, error)) < 0 || lk_conn_step (conn, pending, error) != 1)
    return FALSE;
  memset (&conn->shadow, 0, sizeof conn->shadow);
  if (step == 1 && sqlite3_column_bytes (head, 1) == LK_AUDIT_HASH_SIZE)
    {
      conn->shadow.seq = sqlite3_column_int64 (head, 0);
      memcpy (conn->shadow.head, sqlite3_column_blob (head, 1), LK_AUDIT_HASH_SIZE);
    }
  conn->shadow.pending = sqlite3_column_int64 (pending, 0);
  conn->data_version = sqlite3_column_int64 (version, 0);
  return TRUE;
}

static gboolean
run_one (LkConn *conn, Request *request, GError **error)
{
  LkShadow before = conn->shadow;

  if (!lk_conn_run (conn, LK_SQL_SAVEPOINT, error, ""))
    return FALSE;
  request->ok = request->func (conn, request->job, &request->error);
  if (!request->ok)
    {
      conn->shadow = before;
      if (!lk_conn_run (conn, LK_SQL_ROLLBACK_TO, error, ""))
        return FALSE;
    }
  return lk_conn_run (conn, LK_SQL_RELEASE, error, "");
}

static gboolean
run_batch (LkConn *conn, Request *batch, GError **error)
{
  if (!lk_conn_run (conn, LK_SQL_BEGIN, error, ""))
    return FALSE;
  if (!refresh_shadow (conn, error))
    return FALSE;
  for (Request *request = batch; request != NULL; request = request->next)
    if (!run_one (conn, request, error))
      return FALSE;
  return lk_conn_run (conn, LK_SQL_COMMIT, error, "");
}

/* Nothing of the batch was kept: everybody is told. */
static void
fail_batch (LkConn *conn, Request *batch, const GError *error)
{
  if (!sqlite3_get_autocommit (conn->handle))
    lk_conn_run (conn, LK_SQL_ROLLBACK, NULL, "");
  conn->data_version = -1;
  for (Request *request = batch; request != NULL; request = request->next)
    if (request->ok || request->error == NULL)
      {
        request->ok = FALSE;
        request->error = g_error_copy (error);
      }
}

static void
answer_batch (LkWriter *self, Request *batch)
{
  g_mutex_lock (&self->mutex);
  self->commits++;
  while (batch != NULL)
    {
      Request *next = batch->next;

      self->requests++;
      batch->done = TRUE;
      g_cond_signal (&batch->finished);         /* the request is its caller's again from here on */
      batch = next;
    }
  g_mutex_unlock (&self->mutex);
}

static Request *
take_batch (LkWriter *self)
{
  Request *batch;

  g_mutex_lock (&self->mutex);
  while (self->first == NULL && !self->stopping)
    g_cond_wait (&self->arrived, &self->mutex);
  batch = self->first;
  self->first = NULL;
  self->last = &self->first;
  g_mutex_unlock (&self->mutex);
  return batch;
}

static gpointer
writer_main (gpointer data)
{
  LkWriter *self = data;
  LkCampusDb *base = &self->conn->db->base;
  Request *batch;

  while ((batch = take_batch (self)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      gint64 seq = self->conn->shadow.seq;

      if (!run_batch (self->conn, batch, &error))
        fail_batch (self->conn, batch, error);
      answer_batch (self, batch);
      if (self->conn->shadow.seq != seq && base->changed != NULL)
        base->changed (base->changed_data);
    }
  return NULL;
}

LkWriter *
lk_writer_new (LkConn *conn)
{
  LkWriter *self = g_new0 (LkWriter, 1);

  self->conn = conn;
  conn->data_version = -1;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->arrived);
  self->last = &self->first;
  self->thread = g_thread_new ("writer", writer_main, self);
  return self;
}

void
lk_writer_free (LkWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->arrived);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  lk_conn_close (self->conn);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->arrived);
  g_free (self);
}

gboolean
lk_writer_run (LkWriter *self, LkWriteFunc func, gpointer job, GError **error)
{
  Request request = { .func = func, .job = job };

  g_cond_init (&request.finished);
  g_mutex_lock (&self->mutex);
  *self->last = &request;
  self->last = &request.next;
  g_cond_signal (&self->arrived);
  while (!request.done)
    g_cond_wait (&request.finished, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_cond_clear (&request.finished);
  if (request.error != NULL)
    g_propagate_error (error, request.error);
  return request.ok;
}

void
lk_writer_get_grouping (LkWriter *self, gint64 *commits, gint64 *requests)
{
  g_mutex_lock (&self->mutex);
  *commits = self->commits;
  *requests = self->requests;
  g_mutex_unlock (&self->mutex);
}
