/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-store"

#include "store/cache.h"

#include <glib/gstdio.h>

#include "core/error.h"
#include "core/wire.h"
#include "store/cache-private.h"

static const char file_prefix[] = "cache-";
static const char *const file_suffixes[] = { "", "-wal", "-shm" };

struct _LkCache
{
  GObject parent_instance;

  char *path;
  LkSeal *seal;
  LkStore *store;
  char *session;
  GPtrArray *submissions; /* of LkSubmission, as they were when it was opened */
  GHashTable *photos;     /* set of names */
  gboolean wiped;
};

G_DEFINE_FINAL_TYPE (LkCache, lk_cache, G_TYPE_OBJECT)

static void
lk_cache_finalize (GObject *object)
{
  LkCache *self = LK_CACHE (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->seal, lk_seal_unref);
  g_ptr_array_unref (self->submissions);
  g_hash_table_unref (self->photos);
  g_free (self->session);
  g_free (self->path);

  G_OBJECT_CLASS (lk_cache_parent_class)->finalize (object);
}

static void
lk_cache_class_init (LkCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_cache_finalize;
}

static void
lk_cache_init (LkCache *self)
{
  self->submissions = g_ptr_array_new_with_free_func (g_object_unref);
  self->photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Files: each cache has a name of its own, so that one that is still being closed cannot touch the next. */

static char *
find_file (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    if (g_str_has_prefix (name, file_prefix) && g_str_has_suffix (name, ".db"))
      return g_build_filename (dir, name, NULL);
  return NULL;
}

static void
remove_files (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (file_suffixes); i++)
    {
      g_autofree char *one = g_strconcat (path, file_suffixes[i], NULL);

      g_unlink (one);
    }
}

gboolean
lk_cache_exists (const char *dir)
{
  g_autofree char *path = find_file (dir);

  return path != NULL;
}

static gint64
last_write (const char *path)
{
  gint64 newest = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (file_suffixes); i++)
    {
      g_autofree char *one = g_strconcat (path, file_suffixes[i], NULL);
      GStatBuf status;

      if (g_stat (one, &status) == 0)
        newest = MAX (newest, (gint64) status.st_mtime);
    }
  return newest;
}

void
lk_cache_remove (const char *dir, gint64 older_s)
{
  g_autofree char *path = find_file (dir);

  if (path != NULL && last_write (path) <= g_get_real_time () / G_USEC_PER_SEC - older_s)
    remove_files (path);
}

/* Opening */

static char *
open_text (LkSeal *seal, const char *place, sqlite3_stmt *stmt, int column, GError **error)
{
  g_autoptr (GBytes) plain = lk_seal_open (seal, place, sqlite3_column_blob (stmt, column),
                                           (gsize) sqlite3_column_bytes (stmt, column), error);

  return plain != NULL ? g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain)) : NULL;
}

static LkSubmission *
read_submission (LkCache *self, sqlite3_stmt *stmt, GError **error)
{
  g_autofree char *place = g_strconcat ("submission ", sqlite3_column_text (stmt, 0), NULL);
  g_autofree char *text = open_text (self->seal, place, stmt, 1, error);
  g_autoptr (cJSON) json = text != NULL ? lk_json_parse (text, -1, LK_ERROR_CORRUPT, error) : NULL;

  return json != NULL ? lk_submission_from_json (json, error) : NULL;
}

static gboolean
load_rows (sqlite3 *db, gpointer data, GError **error)
{
  LkCache *self = data;
  g_autoptr (sqlite3_stmt) session = lk_cache_sql (db, LK_CACHE_GET_SESSION, NULL, error);
  g_autoptr (sqlite3_stmt) submissions = lk_cache_sql (db, LK_CACHE_LIST_SUBMISSIONS, NULL, error);
  g_autoptr (sqlite3_stmt) photos = lk_cache_sql (db, LK_CACHE_LIST_PHOTOS, NULL, error);
  int step;

  if (session == NULL || submissions == NULL || photos == NULL)
    return FALSE;
  if (sqlite3_step (session) == SQLITE_ROW && (self->session = open_text (self->seal, "session", session, 0, error)) == NULL)
    return FALSE;
  while ((step = sqlite3_step (submissions)) == SQLITE_ROW)
    {
      LkSubmission *submission = read_submission (self, submissions, error);

      if (submission == NULL)
        return FALSE;
      g_ptr_array_add (self->submissions, submission);
    }
  while (step == SQLITE_DONE && (step = sqlite3_step (photos)) == SQLITE_ROW)
    {
      g_hash_table_add (self->photos, g_strdup ((const char *) sqlite3_column_text (photos, 0)));
      step = SQLITE_DONE;
    }
  return step == SQLITE_DONE || lk_store_set_error (db, "reading the cache", error);
}

LkCache *
lk_cache_open (const char *dir, LkSeal *seal, GError **error)
{
  g_autoptr (LkCache) self = g_object_new (LK_TYPE_CACHE, NULL);

  self->seal = lk_seal_ref (seal);
  self->path = find_file (dir);
  if (self->path == NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s%08x.db", file_prefix, g_random_int ());

      self->path = g_build_filename (dir, name, NULL);
    }
  self->store = lk_store_open_steps (self->path, lk_cache_steps, lk_cache_n_steps, error);
  if (self->store == NULL || !lk_store_load (self->store, load_rows, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Writing: a job has its own copies and seals in the thread. Nothing is synced: the service has it all, a cache that a power cut has
 * broken is begun anew, and syncing a lease's photos would hold up the decision that is synced meanwhile. */

static void
on_written (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* what could not be kept is fetched again; decisions have a store of their own */
  if (!lk_store_run_finish (LK_STORE (store), result, NULL, &error))
    g_message ("the cache: %s", error->message);
}

static void
write_value (LkCache *self, LkCacheStatement statement, const char *name, const char *place, GBytes *plain)
{
  LkCacheJob *job;

  if (self->wiped)
    return;
  job = lk_cache_job_new (statement, name, place, plain, self->seal);
  lk_store_run_async (self->store, LK_STORE_CARELESS, lk_cache_job_run, job, lk_cache_job_free, on_written, NULL);
}

const char *
lk_cache_get_session (LkCache *self)
{
  return self->session;
}

void
lk_cache_put_session (LkCache *self, const char *text)
{
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));

  g_free (self->session);
  self->session = g_strdup (text);
  write_value (self, LK_CACHE_PUT_SESSION, "session", "session", plain);
}

GPtrArray *
lk_cache_get_submissions (LkCache *self)
{
  return self->submissions;
}

void
lk_cache_put_submission (LkCache *self, LkSubmission *submission)
{
  g_autofree char *name = lk_seal_name (self->seal, lk_submission_get_id (submission));
  g_autofree char *place = g_strconcat ("submission ", name, NULL);
  g_autoptr (cJSON) json = lk_submission_to_json (submission);
  char *text = lk_json_print (json);
  g_autoptr (GBytes) plain = g_bytes_new_take (text, strlen (text));

  write_value (self, LK_CACHE_PUT_SUBMISSION, name, place, plain);
}

void
lk_cache_drop_submission (LkCache *self, const char *id)
{
  g_autofree char *name = lk_seal_name (self->seal, id);

  write_value (self, LK_CACHE_DROP_SUBMISSION, name, NULL, NULL);
}

gboolean
lk_cache_has_photo (LkCache *self, const char *hash)
{
  g_autofree char *name = lk_seal_name (self->seal, hash);

  return g_hash_table_contains (self->photos, name);
}

void
lk_cache_put_photo (LkCache *self, const char *hash, GBytes *file)
{
  g_autofree char *name = lk_seal_name (self->seal, hash);
  g_autofree char *place = g_strconcat ("photo ", name, NULL);

  if (self->wiped || !g_hash_table_add (self->photos, g_strdup (name)))
    return;
  write_value (self, LK_CACHE_PUT_PHOTO, name, place, file);
}

void
lk_cache_drop_photo (LkCache *self, const char *hash)
{
  g_autofree char *name = lk_seal_name (self->seal, hash);

  if (g_hash_table_remove (self->photos, name))
    write_value (self, LK_CACHE_DROP_PHOTO, name, NULL, NULL);
}

/* Reading a photo */

static void
on_photo (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer data;

  if (lk_store_run_finish (LK_STORE (store), result, &data, &error))
    g_task_return_pointer (task, lk_cache_job_steal_found (data), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
lk_cache_get_photo_async (LkCache *self, const char *hash, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *name = lk_seal_name (self->seal, hash);
  g_autofree char *place = g_strconcat ("photo ", name, NULL);
  LkCacheJob *job = lk_cache_job_new (LK_CACHE_GET_PHOTO, name, place, NULL, self->seal);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lk_cache_get_photo_async);
  lk_store_run_async (self->store, LK_STORE_CARELESS, lk_cache_job_run, job, lk_cache_job_free, on_photo, task);
}

GBytes *
lk_cache_get_photo_finish (LkCache *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lk_cache_wipe (LkCache *self)
{
  write_value (self, LK_CACHE_WIPE, NULL, NULL, NULL);
  self->wiped = TRUE;
  g_clear_pointer (&self->session, g_free);
  g_ptr_array_set_size (self->submissions, 0);
  g_hash_table_remove_all (self->photos);
  remove_files (self->path);
}

static gboolean
do_nothing (sqlite3 *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
on_flushed (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lk_store_run_finish (LK_STORE (store), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lk_cache_flush_async (LkCache *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lk_cache_flush_async);
  lk_store_run_async (self->store, LK_STORE_DURABLE, do_nothing, NULL, NULL, on_flushed, task);
}

gboolean
lk_cache_flush_finish (LkCache *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
