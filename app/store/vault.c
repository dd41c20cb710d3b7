/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-store"

#include "store/vault.h"

#include "core/error.h"
#include "store/key-ring.h"
#include "store/passphrase.h"

struct _LkVault
{
  GObject parent_instance;

  char *dir;
  LkVaultState state;
  LkSeal *seal;
  gboolean in_key_ring;
};

G_DEFINE_FINAL_TYPE (LkVault, lk_vault, G_TYPE_OBJECT)

static void
lk_vault_finalize (GObject *object)
{
  LkVault *self = LK_VAULT (object);

  g_free (self->dir);
  g_clear_pointer (&self->seal, lk_seal_unref);

  G_OBJECT_CLASS (lk_vault_parent_class)->finalize (object);
}

static void
lk_vault_class_init (LkVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_vault_finalize;
}

static void
lk_vault_init (LkVault *self)
{
}

LkVault *
lk_vault_new (const char *dir)
{
  LkVault *self = g_object_new (LK_TYPE_VAULT, NULL);

  self->dir = g_strdup (dir);
  return self;
}

LkVaultState
lk_vault_get_state (LkVault *self)
{
  return self->state;
}

const char *
lk_vault_get_dir (LkVault *self)
{
  return self->dir;
}

LkSeal *
lk_vault_get_seal (LkVault *self)
{
  return self->seal;
}

static void
take_seal (LkVault *self, LkSeal *seal)
{
  g_clear_pointer (&self->seal, lk_seal_unref);
  self->seal = seal;
  self->state = LK_VAULT_OPEN;
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LkVault *self = g_task_get_source_object (task);
  GError *error = NULL;
  LkSeal *seal = lk_key_ring_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (seal != NULL)
    {
      self->in_key_ring = TRUE;
      take_seal (self, seal);
    }
  else
    {
      g_message ("%s", error->message);
      g_error_free (error);
      self->state = lk_passphrase_is_set (self->dir) ? LK_VAULT_LOCKED : LK_VAULT_NEW;
    }
  g_task_return_boolean (task, TRUE);
}

/* A passphrase that was chosen counts, also where a password store has come since: it alone opens what is there. */
void
lk_vault_open_async (LkVault *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lk_vault_open_async);
  if (self->state != LK_VAULT_OPEN && lk_passphrase_is_set (self->dir))
    self->state = LK_VAULT_LOCKED;
  if (self->state == LK_VAULT_OPEN || self->state == LK_VAULT_LOCKED)
    g_task_return_boolean (task, TRUE);
  else
    lk_key_ring_get_async (self->dir, cancellable, on_key, g_object_ref (task));
}

gboolean
lk_vault_open_finish (LkVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  char *dir, *passphrase;
  gboolean is_new;
} UnlockJob;

static void
unlock_job_free (gpointer data)
{
  UnlockJob *job = data;

  g_free (job->dir);
  lk_seal_free_text (job->passphrase);
  g_free (job);
}

static void
unlock_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  UnlockJob *job = task_data;
  GError *error = NULL;
  LkSeal *seal = job->is_new ? lk_passphrase_set (job->dir, job->passphrase, &error)
                             : lk_passphrase_unlock (job->dir, job->passphrase, &error);

  if (seal != NULL)
    g_task_return_pointer (task, seal, (GDestroyNotify) lk_seal_unref);
  else
    g_task_return_error (task, error);
}

void
lk_vault_unlock_async (LkVault *self, const char *passphrase, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  UnlockJob *job = g_new0 (UnlockJob, 1);

  job->dir = g_strdup (self->dir);
  job->passphrase = g_strdup (passphrase);
  job->is_new = !lk_passphrase_is_set (self->dir);
  g_task_set_source_tag (task, lk_vault_unlock_async);
  g_task_set_task_data (task, job, unlock_job_free);
  g_task_run_in_thread (task, unlock_in_thread);
}

gboolean
lk_vault_unlock_finish (LkVault *self, GAsyncResult *result, GError **error)
{
  LkSeal *seal;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  seal = g_task_propagate_pointer (G_TASK (result), error);
  if (seal != NULL)
    take_seal (self, seal);
  return seal != NULL;
}

void
lk_vault_forget (LkVault *self)
{
  if (self->in_key_ring)
    lk_key_ring_forget (self->dir);
  lk_passphrase_forget (self->dir);
  g_clear_pointer (&self->seal, lk_seal_unref);
  self->state = LK_VAULT_CLOSED;
  self->in_key_ring = FALSE;
}
