/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-store"

#include "store/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#include "core/error.h"
#include "store/schema.h"

enum
{
  BUSY_TIMEOUT_MS = 5000
};

struct _LkStore
{
  GObject parent_instance;

  sqlite3 *db;         /* touched by the writer thread only, once it runs */
  GThreadPool *writer; /* one exclusive thread */
};

G_DEFINE_FINAL_TYPE (LkStore, lk_store, G_TYPE_OBJECT)

typedef struct
{
  LkStoreSync sync;
  LkStoreFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GError *error;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_error (&job->error);
  g_free (job);
}

gboolean
lk_store_set_error (sqlite3 *db, const char *doing, GError **error)
{
  int code = db != NULL ? sqlite3_errcode (db) : SQLITE_NOMEM;
  LkError kind = LK_ERROR_STORE;

  if (code == SQLITE_FULL || (db != NULL && code == SQLITE_IOERR && sqlite3_system_errno (db) == ENOSPC))
    kind = LK_ERROR_DISK_FULL;
  else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    kind = LK_ERROR_CORRUPT;
  g_set_error (error, LK_ERROR, kind, "%s: %s", doing, db != NULL ? sqlite3_errmsg (db) : "out of memory");
  return FALSE;
}

gboolean
lk_store_exec (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || lk_store_set_error (db, sql, error);
}

/* A decision is synced before anybody is told. What only repeats the service's answer is not: after a power cut the
 * entry is sent again and gets the same answer, and meanwhile a key press never waits for two syncs of the disk. */
static gboolean
run_job (sqlite3 *db, Job *job, GError **error)
{
  static const char *const syncs[] = {
    [LK_STORE_DURABLE] = "PRAGMA synchronous = FULL",
    [LK_STORE_RELAXED] = "PRAGMA synchronous = NORMAL",
    [LK_STORE_CARELESS] = "PRAGMA synchronous = OFF",
  };

  if (!lk_store_exec (db, syncs[job->sync], error) || !lk_store_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (job->func (db, job->data, error) && lk_store_exec (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static gboolean
finish_in_owner (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* The last reference of the task is dropped where it was made. Not g_main_context_invoke(): it runs the function right
 * here, in the writer thread, when nobody happens to hold the default context. */
static void
writer_main (gpointer item, gpointer db)
{
  GTask *task = item;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_idle_source_new ();

  run_job (db, job, &job->error);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, finish_in_owner, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
lk_store_finalize (GObject *object)
{
  LkStore *self = LK_STORE (object);

  if (self->writer != NULL)
    g_thread_pool_free (g_steal_pointer (&self->writer), FALSE, TRUE);
  g_clear_pointer (&self->db, sqlite3_close);

  G_OBJECT_CLASS (lk_store_parent_class)->finalize (object);
}

static void
lk_store_class_init (LkStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_store_finalize;
}

static void
lk_store_init (LkStore *self)
{
}

/* SQLite gives its log files the mode of the database. */
static gboolean
make_private_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && fchmod (fd, 0600) == 0)
    return g_close (fd, error);
  g_set_error (error, LK_ERROR, errno == ENOSPC ? LK_ERROR_DISK_FULL : LK_ERROR_STORE, "%s: %s", path,
               g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return FALSE;
}

LkStore *
lk_store_open (const char *path, GError **error)
{
  return lk_store_open_steps (path, lk_schema_steps, lk_schema_n_steps, error);
}

LkStore *
lk_store_open_steps (const char *path, const char *const *steps, guint n_steps, GError **error)
{
  g_autoptr (LkStore) self = g_object_new (LK_TYPE_STORE, NULL);

  if (!make_private_file (path, error))
    return NULL;
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    {
      lk_store_set_error (self->db, path, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  if (!lk_store_exec (self->db, "PRAGMA journal_mode = WAL", error)
      || !lk_store_exec (self->db, "PRAGMA synchronous = FULL", error)
      || !lk_store_exec (self->db, "PRAGMA secure_delete = ON", error)
      || !lk_schema_migrate (self->db, steps, n_steps, error))
    return NULL;
  self->writer = g_thread_pool_new (writer_main, self->db, 1, TRUE, error);
  return self->writer != NULL ? g_steal_pointer (&self) : NULL;
}

gboolean
lk_store_load (LkStore *self, LkStoreFunc func, gpointer data, GError **error)
{
  return func (self->db, data, error);
}

void
lk_store_run_async (LkStore *self, LkStoreSync sync, LkStoreFunc func, gpointer data, GDestroyNotify free_data,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->sync = sync;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  g_task_set_source_tag (task, lk_store_run_async);
  g_task_set_task_data (task, job, job_free);
  g_thread_pool_push (self->writer, g_steal_pointer (&task), NULL);
}

gboolean
lk_store_run_finish (LkStore *self, GAsyncResult *result, gpointer *data, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (data != NULL)
    *data = ((Job *) g_task_get_task_data (G_TASK (result)))->data;
  return g_task_propagate_boolean (G_TASK (result), error);
}
