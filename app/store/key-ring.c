/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-store"

#include "store/key-ring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "core/error.h"

static const SecretSchema schema = {
  .name = "io.github.likeness.Likeness.Place",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "place", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

typedef struct
{
  char *place;
  char *made; /* the text of a key on its way into the store */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->place);
  lk_seal_free_text (wish->made);
  g_free (wish);
}

static void
fail (GTask *task, GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, cause);
      return;
    }
  g_task_return_new_error (task, LK_ERROR, LK_ERROR_NOT_FOUND, "no password store: %s", cause->message);
  g_error_free (cause);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Wish *wish = g_task_get_task_data (task);
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_pointer (task, lk_seal_new_from_text (wish->made), (GDestroyNotify) lk_seal_unref);
  else
    fail (task, error);
}

static void
store_new (GTask *task)
{
  Wish *wish = g_task_get_task_data (task);

  wish->made = lk_seal_make_text ();
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT,
                         /* Translators: how the key is listed in the desktop's password store */
                         _("Likeness: photos kept for work without the network"), wish->made,
                         g_task_get_cancellable (task), on_stored, g_object_ref (task), "place", wish->place, NULL);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *text = secret_password_lookup_finish (result, &error);
  LkSeal *seal = lk_seal_new_from_text (text);

  if (text != NULL)
    secret_password_free (text);
  if (error != NULL)
    fail (task, error);
  else if (seal != NULL)
    g_task_return_pointer (task, seal, (GDestroyNotify) lk_seal_unref);
  else
    store_new (task);
}

void
lk_key_ring_get_async (const char *place, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->place = g_strdup (place);
  g_task_set_source_tag (task, lk_key_ring_get_async);
  g_task_set_task_data (task, wish, wish_free);
  secret_password_lookup (&schema, cancellable, on_found, task, "place", place, NULL);
}

LkSeal *
lk_key_ring_get_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lk_key_ring_get_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!secret_password_clear_finish (result, &error) && error != NULL)
    g_message ("the key stays in the password store: %s", error->message);
}

void
lk_key_ring_forget (const char *place)
{
  secret_password_clear (&schema, NULL, on_forgotten, NULL, "place", place, NULL);
}
