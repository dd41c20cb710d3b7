/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/keep.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/resource.h>

#include "core/error.h"
#include "store/passphrase.h"

enum
{
  FORGOTTEN_AFTER_S = 24 * 3600, /* a shift is over by then: comparison photos do not lie here longer */
};

struct _LkKeep
{
  GObject parent_instance;

  LkVault *vault;
  LkCache *cache;
  char *session; /* to be kept once there is a cache */
  guint n_ends;  /* what a thread was still making when it ended is not kept */
  guint n_remembered, n_printed; /* sessions to be kept; those that are made ready */
};

G_DEFINE_FINAL_TYPE (LkKeep, lk_keep, G_TYPE_OBJECT)

static void
lk_keep_finalize (GObject *object)
{
  LkKeep *self = LK_KEEP (object);

  g_clear_object (&self->cache);
  g_clear_object (&self->vault);
  g_free (self->session);

  G_OBJECT_CLASS (lk_keep_parent_class)->finalize (object);
}

static void
lk_keep_class_init (LkKeepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_keep_finalize;
}

static void
lk_keep_init (LkKeep *self)
{
}

static void
remove_forgotten (const char *kept)
{
  g_autoptr (GDir) open = g_dir_open (kept, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *dir = g_build_filename (kept, name, NULL);

      lk_cache_remove (dir, FORGOTTEN_AFTER_S);
    }
}

char *
lk_keep_make_dir (const char *data_dir, const char *service, const char *user, GError **error)
{
  g_autofree char *who = g_strconcat (service, "\n", user, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, who, -1);
  g_autofree char *kept = g_build_filename (data_dir, "kept", NULL);
  g_autofree char *dir = NULL;

  hash[16] = '\0';
  remove_forgotten (kept);
  dir = g_build_filename (kept, hash, NULL);
  if (g_mkdir_with_parents (dir, 0700) == 0)
    return g_steal_pointer (&dir);
  g_set_error (error, LK_ERROR, LK_ERROR_STORE, "%s: %s", dir, g_strerror (errno));
  return NULL;
}

LkKeep *
lk_keep_new (const char *dir)
{
  LkKeep *self = g_object_new (LK_TYPE_KEEP, NULL);

  self->vault = lk_vault_new (dir);
  return self;
}

const char *
lk_keep_get_dir (LkKeep *self)
{
  return lk_vault_get_dir (self->vault);
}

LkVaultState
lk_keep_get_state (LkKeep *self)
{
  return lk_vault_get_state (self->vault);
}

LkSeal *
lk_keep_get_seal (LkKeep *self)
{
  return lk_vault_get_seal (self->vault);
}

/* A cache holds nothing that the service does not have too: one that does not open is not worth an error. */
static LkCache *
open_cache (const char *dir, LkSeal *seal)
{
  g_autoptr (GError) error = NULL;
  LkCache *cache = lk_cache_open (dir, seal, &error);

  if (cache == NULL && g_error_matches (error, LK_ERROR, LK_ERROR_CORRUPT))
    {
      g_message ("the cache is begun anew: %s", error->message);
      g_clear_error (&error);
      lk_cache_remove (dir, 0);
      cache = lk_cache_open (dir, seal, &error);
    }
  if (cache == NULL)
    g_message ("no cache: %s", error->message);
  return cache;
}

LkCache *
lk_keep_get_cache (LkKeep *self)
{
  if (self->cache == NULL && lk_keep_get_seal (self) != NULL)
    self->cache = open_cache (lk_keep_get_dir (self), lk_keep_get_seal (self));
  return self->cache;
}

static void
put_session (LkKeep *self)
{
  LkCache *cache = self->session != NULL ? lk_keep_get_cache (self) : NULL;

  if (cache == NULL)
    return;
  lk_cache_put_session (cache, self->session);
  g_clear_pointer (&self->session, g_free);
}

/* In a thread: a cache that is there may hold a shift's worth of submissions to unseal, and a new one is written and synced. */
typedef struct
{
  char *dir;
  LkSeal *seal;
  guint n_ends;
} CacheJob;

static void
cache_job_free (gpointer data)
{
  CacheJob *job = data;

  g_free (job->dir);
  lk_seal_unref (job->seal);
  g_free (job);
}

static void
open_cache_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CacheJob *job = task_data;

  g_task_return_pointer (task, open_cache (job->dir, job->seal), g_object_unref);
}

static void
on_cache_open (GObject *keep, GAsyncResult *result, gpointer user_data)
{
  LkKeep *self = LK_KEEP (keep);
  g_autoptr (GTask) task = user_data;
  CacheJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (LkCache) cache = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->cache == NULL && job->n_ends == self->n_ends)
    self->cache = g_steal_pointer (&cache);
  put_session (self);
  g_task_return_boolean (task, TRUE);
}

/* Ends a task with TRUE once the cache is open, if it can be; takes the task. */
static void
return_with_cache (GTask *task)
{
  LkKeep *self = g_task_get_source_object (task);
  LkSeal *seal = lk_keep_get_seal (self);
  g_autoptr (GTask) opening = NULL;
  CacheJob *job;

  if (self->cache != NULL || seal == NULL)
    {
      put_session (self);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  opening = g_task_new (self, NULL, on_cache_open, task);
  job = g_new0 (CacheJob, 1);
  job->dir = g_strdup (lk_keep_get_dir (self));
  job->seal = lk_seal_ref (seal);
  job->n_ends = self->n_ends;
  g_task_set_task_data (opening, job, cache_job_free);
  g_task_run_in_thread (opening, open_cache_in_thread);
}

static void
on_vault_open (GObject *vault, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lk_vault_open_finish (LK_VAULT (vault), result, &error))
    return_with_cache (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
lk_keep_open_async (LkKeep *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lk_keep_open_async);
  lk_vault_open_async (self->vault, cancellable, on_vault_open, task);
}

gboolean
lk_keep_open_finish (LkKeep *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_vault_unlocked (GObject *vault, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lk_vault_unlock_finish (LK_VAULT (vault), result, &error))
    return_with_cache (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
lk_keep_unlock_async (LkKeep *self, const char *passphrase, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lk_keep_unlock_async);
  lk_vault_unlock_async (self->vault, passphrase, cancellable, on_vault_unlocked, task);
}

gboolean
lk_keep_unlock_finish (LkKeep *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The session as it is kept. Its members are those of the service's own answers. */

static char *
session_to_text (const LkCampusSession *session, const LkCampusMeta *meta, const char *print)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  cJSON *account = cJSON_AddObjectToObject (json, "account");
  cJSON *kept_meta = cJSON_AddObjectToObject (json, "meta");
  cJSON *lease = cJSON_AddObjectToObject (kept_meta, "lease");

  lk_json_add_string (json, "print", print);
  lk_json_add_string (json, "token", session->token);
  lk_json_add_int (json, "expires_in", session->expires_in);
  lk_json_add_string (account, "id", session->account);
  lk_json_add_string (account, "user", session->user);
  lk_json_add_string (account, "name", session->name);
  lk_json_add_string (account, "role", session->role);
  lk_json_add_string (kept_meta, "version", meta->version);
  lk_json_add_int (lease, "max", meta->lease_max);
  lk_json_add_int (lease, "seconds", meta->lease_seconds);
  lk_json_add_int (kept_meta, "undo_seconds", meta->undo_seconds);
  return lk_json_print (json);
}

typedef struct
{
  char *password;
  char *text;  /* of the session: given when recalled, without a print when remembered */
  guint n_ends, number;
  LkCampusSession *session;
  LkCampusMeta *meta;
} Recall;

static void
recall_free (gpointer data)
{
  Recall *recall = data;

  lk_seal_free_text (recall->password);
  g_free (recall->text);
  g_clear_pointer (&recall->session, lk_campus_session_free);
  g_clear_pointer (&recall->meta, lk_campus_meta_free);
  g_free (recall);
}

/* A tenth of a second of all that a core can do, just when the first photo is about to be shown: that one goes first. (Of a thread
 * of its own; Linux gives each its own nice value.) */
static gpointer
print_main (gpointer data)
{
  g_autoptr (GTask) task = data;
  Recall *recall = g_task_get_task_data (task);
  GError *error = NULL;
  char *print;

  setpriority (PRIO_PROCESS, 0, 10);
  print = lk_password_print (recall->password, &error);
  if (print != NULL)
    g_task_return_pointer (task, print, g_free);
  else
    g_task_return_error (task, error);
  return NULL;
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LkKeep) self = user_data;
  Recall *recall = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *print = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (cJSON) json = lk_json_parse (recall->text, -1, LK_ERROR_CORRUPT, NULL);

  self->n_printed++;
  /* threads end in any order, and of two sessions only the later one is any good */
  if (print == NULL || recall->n_ends != self->n_ends || recall->number != self->n_remembered)
    return;
  lk_json_add_string (json, "print", print);
  g_free (self->session);
  self->session = lk_json_print (json);
  put_session (self);
}

void
lk_keep_remember (LkKeep *self, const LkCampusSession *session, const LkCampusMeta *meta, const char *password)
{
  GTask *task = g_task_new (NULL, NULL, on_printed, g_object_ref (self));
  Recall *recall = g_new0 (Recall, 1);

  recall->password = g_strdup (password);
  recall->text = session_to_text (session, meta, NULL);
  recall->n_ends = self->n_ends;
  recall->number = ++self->n_remembered;
  g_task_set_task_data (task, recall, recall_free);
  g_thread_unref (g_thread_new ("print", print_main, task));
}

gboolean
lk_keep_is_remembering (LkKeep *self)
{
  return self->n_printed < self->n_remembered;
}

static void
recall_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Recall *recall = task_data;
  GError *error = NULL;
  g_autoptr (cJSON) json = lk_json_parse (recall->text, -1, LK_ERROR_CORRUPT, &error);
  const char *print = lk_json_string (json, "print");

  if (json != NULL && (print == NULL || !lk_password_fits (print, recall->password)))
    g_set_error_literal (&error, LK_ERROR, LK_ERROR_WRONG_PASSWORD, "not the password of the session that is kept");
  else if (json != NULL && (recall->session = lk_campus_session_from_json (json, &error)) != NULL)
    recall->meta = lk_campus_meta_from_json (lk_json_object (json, "meta"), &error);
  if (recall->meta != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lk_keep_recall_async (LkKeep *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean any = lk_cache_exists (lk_keep_get_dir (self));
  const char *text = any && lk_keep_get_cache (self) != NULL ? lk_cache_get_session (self->cache) : NULL;
  Recall *recall;

  g_task_set_source_tag (task, lk_keep_recall_async);
  if (text == NULL)
    {
      gboolean locked = any && lk_keep_get_state (self) == LK_VAULT_LOCKED;

      g_task_return_new_error (task, LK_ERROR, locked ? LK_ERROR_LOCKED : LK_ERROR_NOT_FOUND, "no session is kept%s",
                               locked ? " that could be read" : "");
      return;
    }
  recall = g_new0 (Recall, 1);
  recall->password = g_strdup (password);
  recall->text = g_strdup (text);
  g_task_set_task_data (task, recall, recall_free);
  g_task_run_in_thread (task, recall_in_thread);
}

LkCampusSession *
lk_keep_recall_finish (LkKeep *self, GAsyncResult *result, LkCampusMeta **meta, GError **error)
{
  Recall *recall;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  recall = g_task_get_task_data (G_TASK (result));
  *meta = g_steal_pointer (&recall->meta);
  return g_steal_pointer (&recall->session);
}

void
lk_keep_end (LkKeep *self, gboolean forget_key)
{
  self->n_ends++;
  g_clear_pointer (&self->session, g_free);
  if (self->cache != NULL)
    lk_cache_wipe (self->cache);
  g_clear_object (&self->cache);
  lk_cache_remove (lk_keep_get_dir (self), 0);
  if (forget_key)
    lk_vault_forget (self->vault);
}
