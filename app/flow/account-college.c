/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "core/error.h"
#include "flow/account-private.h"
#include "flow/college-rules.h"
#include "flow/device.h"
#include "flow/loopback.h"
#include "net/service-url.h"

/* Signing in through the college: the device's id, the service's limits, a port for the answer, the address to open, the
 * answer, the session, and what is kept of the person, whose name is known only now. */
typedef struct
{
  char *data_dir, *service, *page, *device, *keep_dir;
  LkAccountOpen open;
  gpointer open_data;
  LkCampusClient *client;
  LkCampusMeta *meta;
  LkLoopback *loopback;
  LkCampusCollege *college;
  LkCampusSession *session;
  LkKeep *keep;
} Walk;

static void
walk_free (gpointer data)
{
  Walk *walk = data;

  g_free (walk->data_dir);
  g_free (walk->service);
  g_free (walk->page);
  g_free (walk->device);
  g_free (walk->keep_dir);
  g_clear_object (&walk->client);
  g_clear_pointer (&walk->meta, lk_campus_meta_free);
  g_clear_object (&walk->loopback);
  g_clear_pointer (&walk->college, lk_campus_college_free);
  g_clear_pointer (&walk->session, lk_campus_session_free);
  g_clear_object (&walk->keep);
  g_free (walk);
}

static void
on_rules (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);

  lk_college_rules_fetch_finish (LK_CAMPUS_CLIENT (client), result, NULL);
  lk_account_begin_work (
    g_task_get_source_object (task),
    &(LkAccountStart) { walk->service, walk->client, &walk->meta, walk->keep, walk->session });
  g_task_return_boolean (task, TRUE);
}

static void
on_keep_open (GObject *keep, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  if (!lk_keep_open_finish (LK_KEEP (keep), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  lk_campus_client_set_token (walk->client, walk->session->token);
  lk_college_rules_fetch_async (walk->client, walk->keep_dir, NULL, on_rules, g_object_ref (task));
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  walk->keep = lk_account_make_keep (g_task_get_source_object (task), walk->keep_dir);
  lk_keep_open_async (walk->keep, g_task_get_cancellable (task), on_keep_open, g_object_ref (task));
}

/* The sign-in waits for this thread and the next, so they may write into its own. */
static void
make_folder_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Walk *walk = task_data;
  GError *error = NULL;

  walk->keep_dir = lk_keep_make_dir (walk->data_dir, walk->service, walk->session->user, &error);
  if (walk->keep_dir != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_in_thread (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback done)
{
  g_autoptr (GTask) disk = g_task_new (NULL, g_task_get_cancellable (task), done, g_object_ref (task));

  g_task_set_task_data (disk, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (disk, func);
}

static void
on_session (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  walk->session = lk_campus_client_college_end_finish (LK_CAMPUS_CLIENT (client), result, &error);
  if (walk->session != NULL)
    run_in_thread (task, make_folder_in_thread, on_folder);
  else
    g_task_return_error (task, error);
}

static void
on_back (GObject *loopback, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GHashTable) answer = lk_loopback_wait_finish (LK_LOOPBACK (loopback), result, &error);

  g_clear_object (&walk->loopback);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lk_campus_client_college_end_async (walk->client, walk->college->id, walk->device, walk->college->state,
                                      g_hash_table_lookup (answer, "code"), g_hash_table_lookup (answer, "ticket"),
                                      g_task_get_cancellable (task), on_session, g_object_ref (task));
}

static void
on_begun (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  walk->college = lk_campus_client_college_begin_finish (LK_CAMPUS_CLIENT (client), result, &error);
  if (walk->college == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lk_loopback_wait_async (walk->loopback, walk->college->state, (guint) MAX (walk->college->expires_in, 1),
                          g_task_get_cancellable (task), on_back, g_object_ref (task));
  walk->open (walk->college->url, walk->open_data);
}

static void
on_meta (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  walk->meta = lk_campus_client_meta_finish (LK_CAMPUS_CLIENT (client), result, &error);
  if (walk->meta == NULL || (walk->loopback = lk_loopback_new (walk->page, &error)) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lk_campus_client_college_begin_async (walk->client, walk->device, lk_loopback_get_address (walk->loopback),
                                        g_task_get_cancellable (task), on_begun, g_object_ref (task));
}

static void
on_device (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    lk_campus_client_meta_async (walk->client, g_task_get_cancellable (task), on_meta, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
load_device_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Walk *walk = task_data;
  GError *error = NULL;

  walk->device = lk_device_load (walk->data_dir, &error);
  if (walk->device != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lk_account_college_sign_in_async (LkAccount *self, const char *service, const char *page, LkAccountOpen open,
                                  gpointer open_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Walk *walk = g_new0 (Walk, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, lk_account_college_sign_in_async);
  g_task_set_task_data (task, walk, walk_free);
  walk->service = lk_service_url_parse (service, &error);
  if (walk->service == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  walk->data_dir = g_strdup (lk_account_get_data_dir (self));
  walk->page = g_strdup (page);
  walk->open = open;
  walk->open_data = open_data;
  walk->client = lk_campus_client_new (walk->service);
  run_in_thread (task, load_device_in_thread, on_device);
}

gboolean
lk_account_college_sign_in_finish (LkAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
