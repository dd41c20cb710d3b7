/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"
#include "service/metrics.h"

#include <string.h>

/* One thread writes. Requests that come while it is at work share its commit, or wait together for the next, so that the disk is asked to
 * flush once for all of them; each after the first has a savepoint, so that a failing one takes back only its own changes. Nobody is
 * answered before the commit is durable. */

/* Requests in one commit: the first does not wait for a thousand others. */
enum { SHARING_MAX = 64 };

typedef struct _Request Request;
struct _Request
{
  LkWriteFunc func;             /* somebody waits for this one */
  gpointer job;
  LkKeyScope *scope;            /* of the thread that waits, or NULL */
  GError *error;
  gboolean ok, done;
  GCond finished;

  LkInsideFunc call;            /* nobody waits for this one */
  LkCommittedFunc committed;
  Request *next;
};

struct _LkWriter
{
  LkConn *conn;
  GThread *thread;
  GMutex mutex;
  GCond arrived;
  Request *first, **last;
  int n_waiting;
  gboolean changed;             /* the transaction in work holds something */
  GError *lost;                 /* of the transaction in work: a call inside it found that it is gone */
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

/* What went well is marked with the key, if there is one. */
static gboolean
do_work (LkConn *conn, LkWriteFunc func, gpointer job, LkKeyScope *scope, GError **error)
{
  return func (conn, job, error) && (scope == NULL || lk_key_mark (conn, scope, error));
}

static gboolean
begin (LkWriter *self, GError **error)
{
  self->changed = FALSE;
  return lk_conn_run (self->conn, LK_SQL_BEGIN, error, "") && refresh_shadow (self->conn, error);
}

/* The first that changes something: were it to fail, the transaction holds nothing else and begins anew. Under a savepoint SQLite keeps a
 * copy of every page that is changed. */
static gboolean
run_first (LkWriter *self, LkWriteFunc func, gpointer job, LkKeyScope *scope, gboolean *ok, GError **failure, GError **error)
{
  LkShadow before = self->conn->shadow;

  *ok = do_work (self->conn, func, job, scope, failure);
  self->changed = *ok;
  if (*ok)
    return TRUE;
  self->conn->shadow = before;
  return lk_conn_run (self->conn, LK_SQL_ROLLBACK, error, "") && begin (self, error);
}

/* *ok and failure: how func went; FALSE and error: the transaction is lost. */
static gboolean
run_one (LkWriter *self, LkWriteFunc func, gpointer job, LkKeyScope *scope, gboolean *ok, GError **failure, GError **error)
{
  LkConn *conn = self->conn;
  LkShadow before = conn->shadow;

  if (!self->changed)
    return run_first (self, func, job, scope, ok, failure, error);
  if (!lk_conn_run (conn, LK_SQL_SAVEPOINT, error, ""))
    return FALSE;
  *ok = do_work (conn, func, job, scope, failure);
  if (!*ok)
    {
      conn->shadow = before;
      if (!lk_conn_run (conn, LK_SQL_ROLLBACK_TO, error, ""))
        return FALSE;
    }
  return lk_conn_run (conn, LK_SQL_RELEASE, error, "");
}

static gboolean
run_call (LkWriter *self, Request *request, GError **error)
{
  request->call (request->job);
  if (self->lost == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->lost));
  return FALSE;
}

static gboolean
run_request (LkWriter *self, Request *request, GError **error)
{
  if (request->call != NULL)
    return run_call (self, request, error);
  return run_one (self, request->func, request->job, request->scope, &request->ok, &request->error, error);
}

/* What has arrived; with wait, NULL is the end. */
static Request *
take_arrived (LkWriter *self, gboolean wait)
{
  Request *requests;

  g_mutex_lock (&self->mutex);
  while (wait && self->first == NULL && !self->stopping)
    g_cond_wait (&self->arrived, &self->mutex);
  requests = self->first;
  self->first = NULL;
  self->last = &self->first;
  g_mutex_unlock (&self->mutex);
  return requests;
}

/* Those that arrive while the first are worked on are still in time. */
static gboolean
run_batch (LkWriter *self, Request *batch, GError **error)
{
  guint n = 0;

  if (!begin (self, error))
    return FALSE;
  for (Request *request = batch; request != NULL; request = request->next)
    {
      if (!run_request (self, request, error))
        return FALSE;
      n++;
      if (request->next == NULL && n < SHARING_MAX)
        request->next = take_arrived (self, FALSE);
    }
  return lk_conn_run (self->conn, LK_SQL_COMMIT, error, "");
}

/* Nothing of the batch was kept: everybody is told. */
static void
fail_batch (LkConn *conn, Request *batch, const GError *error)
{
  if (!sqlite3_get_autocommit (conn->handle))
    lk_conn_run (conn, LK_SQL_ROLLBACK, NULL, "");
  conn->data_version = -1;
  for (Request *request = batch; request != NULL; request = request->next)
    if (request->call == NULL && (request->ok || request->error == NULL))
      {
        request->ok = FALSE;
        request->error = g_error_copy (error);
      }
}

/* Those who wait are woken; what was posted is left, in its order. */
static Request *
wake_waiting (LkWriter *self, Request *batch)
{
  Request *posted = NULL, **last = &posted;

  g_mutex_lock (&self->mutex);
  self->commits++;
  while (batch != NULL)
    {
      Request *next = batch->next;

      self->requests++;
      self->n_waiting--;
      if (batch->call != NULL)
        {
          *last = batch;
          last = &batch->next;
        }
      else
        {
          batch->done = TRUE;
          g_cond_signal (&batch->finished);     /* the request is its caller's again from here on */
        }
      batch = next;
    }
  *last = NULL;
  g_mutex_unlock (&self->mutex);
  return posted;
}

static void
answer_batch (LkWriter *self, Request *batch, const GError *error)
{
  Request *posted = wake_waiting (self, batch);

  while (posted != NULL)
    {
      g_autofree Request *request = posted;

      posted = request->next;
      request->committed (error, request->job);
    }
}

static guint
count_batch (const Request *batch)
{
  guint n = 0;

  for (; batch != NULL; batch = batch->next)
    n++;
  return n;
}

static gpointer
writer_main (gpointer data)
{
  LkWriter *self = data;
  LkCampusDb *base = &self->conn->db->base;
  Request *batch;

  while ((batch = take_arrived (self, TRUE)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      gint64 seq = self->conn->shadow.seq, start = g_get_monotonic_time ();

      if (!run_batch (self, batch, &error))
        fail_batch (self->conn, batch, error);
      lk_metrics_count_commit (g_get_monotonic_time () - start, count_batch (batch));
      answer_batch (self, batch, error);
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
  conn->is_writer = TRUE;
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

LkConn *
lk_writer_here (LkWriter *self)
{
  return self != NULL && g_thread_self () == self->thread ? self->conn : NULL;
}

/* With the mutex held. */
static void
enqueue (LkWriter *self, Request *request)
{
  gboolean was_empty = self->first == NULL;

  *self->last = request;
  self->last = &request->next;
  self->n_waiting++;
  if (was_empty)
    g_cond_signal (&self->arrived);
}

/* In a call that was posted: its part of the transaction. When that is lost nothing more is done in it. */
static gboolean
run_inside (LkWriter *self, LkWriteFunc func, gpointer job, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean ok = FALSE;

  if (self->lost == NULL)
    run_one (self, func, job, NULL, &ok, &failure, &self->lost);
  if (self->lost != NULL)
    g_set_error_literal (error, self->lost->domain, self->lost->code, self->lost->message);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return ok && self->lost == NULL;
}

gboolean
lk_writer_post (LkWriter *self, int waiting_max, LkInsideFunc call, LkCommittedFunc done, gpointer data)
{
  Request *request;
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = self->n_waiting < waiting_max;
  if (ok)
    {
      request = g_new0 (Request, 1);
      request->call = call;
      request->committed = done;
      request->job = data;
      enqueue (self, request);
    }
  g_mutex_unlock (&self->mutex);
  return ok;
}

gboolean
lk_writer_run (LkWriter *self, LkWriteFunc func, gpointer job, GError **error)
{
  Request request = { .func = func, .job = job, .scope = lk_key_scope_of_thread () };

  if (lk_writer_here (self) != NULL)
    return run_inside (self, func, job, error);
  g_cond_init (&request.finished);
  g_mutex_lock (&self->mutex);
  enqueue (self, &request);
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
