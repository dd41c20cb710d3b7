/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/account-private.h"

#include "core/error.h"
#include "flow/college-rules.h"
#include "flow/device.h"
#include "net/service-url.h"

struct _LkAccount
{
  GObject parent_instance;

  char *data_dir;
  char *service, *id, *user, *name, *role;
  LkCampusClient *client;
  LkCampusMeta *meta;
  LkKeep *keep; /* what is kept of this person; NULL before the first sign-in */
  char *code;   /* of the second factor, for the next sign-in; NULL for none */
  guint n_unsent;
  gboolean signed_in;
};

G_DEFINE_FINAL_TYPE (LkAccount, lk_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SIGNED_IN,
  PROP_NAME,
  PROP_USER,
  PROP_ROLE,
  PROP_SERVICE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
lk_account_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LkAccount *self = LK_ACCOUNT (object);

  switch (id)
    {
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->signed_in);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_USER:
      g_value_set_string (value, self->user);
      break;
    case PROP_ROLE:
      g_value_set_string (value, self->role);
      break;
    case PROP_SERVICE:
      g_value_set_string (value, self->service);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_account_finalize (GObject *object)
{
  LkAccount *self = LK_ACCOUNT (object);

  g_free (self->data_dir);
  g_free (self->service);
  g_free (self->id);
  g_free (self->user);
  g_free (self->name);
  g_free (self->role);
  g_free (self->code);
  g_clear_object (&self->client);
  g_clear_object (&self->keep);
  g_clear_pointer (&self->meta, lk_campus_meta_free);

  G_OBJECT_CLASS (lk_account_parent_class)->finalize (object);
}

static void
lk_account_class_init (LkAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = lk_account_finalize;
  object_class->get_property = lk_account_get_property;

  props[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_USER] = g_param_spec_string ("user", NULL, NULL, NULL, flags);
  props[PROP_ROLE] = g_param_spec_string ("role", NULL, NULL, NULL, flags);
  props[PROP_SERVICE] = g_param_spec_string ("service", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
lk_account_init (LkAccount *self)
{
}

LkAccount *
lk_account_new (const char *data_dir)
{
  LkAccount *self = g_object_new (LK_TYPE_ACCOUNT, NULL);

  self->data_dir = g_strdup (data_dir);
  return self;
}

static void
set_string (LkAccount *self, char **field, const char *value, guint prop)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_signed_in (LkAccount *self, gboolean signed_in)
{
  if (self->signed_in == signed_in)
    return;
  self->signed_in = signed_in;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGNED_IN]);
}

/* Sign-in: the device id; then, side by side, what is kept here is opened and the service is asked for its limits (a server
 * that has none is not sent a password) and for the session; then what the college has set. When the service cannot be reached,
 * the session that was kept. */
typedef struct
{
  char *data_dir, *service, *user, *password, *code, *device;
  char *keep_dir;
  LkKeep *keep;
  LkCampusClient *client;
  LkCampusMeta *meta;
  LkCampusSession *session;
  guint n_under_way;           /* of the two sides */
  GError *keep_error, *error;  /* how they ended */
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  g_free (sign_in->data_dir);
  g_free (sign_in->service);
  g_free (sign_in->user);
  g_free (sign_in->password);
  g_free (sign_in->code);
  g_free (sign_in->device);
  g_free (sign_in->keep_dir);
  g_clear_object (&sign_in->keep);
  g_clear_object (&sign_in->client);
  g_clear_pointer (&sign_in->meta, lk_campus_meta_free);
  g_clear_pointer (&sign_in->session, lk_campus_session_free);
  g_clear_error (&sign_in->keep_error);
  g_clear_error (&sign_in->error);
  g_free (sign_in);
}

/* The sign-in waits for this thread, so it may write into its own. */
static void
look_at_disk_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  SignIn *sign_in = task_data;
  GError *error = NULL;

  sign_in->device = lk_device_load (sign_in->data_dir, &error);
  if (sign_in->device != NULL)
    sign_in->keep_dir = lk_keep_make_dir (sign_in->data_dir, sign_in->service, sign_in->user, &error);
  if (sign_in->keep_dir != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The same person's client stays, so that work in hand goes on with the new token. */
void
lk_account_begin_work (LkAccount *self, const LkAccountStart *start)
{
  const LkCampusSession *session = start->session;
  gboolean same = self->client != NULL && g_strcmp0 (self->service, start->service) == 0
                  && g_strcmp0 (self->id, session->account) == 0;

  if (!same)
    {
      if (self->client != NULL)
        lk_campus_client_set_token (self->client, NULL);
      g_set_object (&self->client, start->client);
    }
  lk_campus_client_set_token (self->client, session->token);
  g_clear_pointer (&self->meta, lk_campus_meta_free);
  self->meta = g_steal_pointer (start->meta);
  g_set_object (&self->keep, start->keep);
  g_free (self->id);
  self->id = g_strdup (session->account);

  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->service, start->service, PROP_SERVICE);
  set_string (self, &self->user, session->user, PROP_USER);
  set_string (self, &self->name, session->name, PROP_NAME);
  set_string (self, &self->role, session->role, PROP_ROLE);
  set_signed_in (self, TRUE);
  g_object_thaw_notify (G_OBJECT (self));
}

LkKeep *
lk_account_make_keep (LkAccount *self, const char *dir)
{
  if (self->keep != NULL && g_str_equal (lk_keep_get_dir (self->keep), dir))
    return g_object_ref (self->keep);
  return lk_keep_new (dir);
}

const char *
lk_account_get_data_dir (LkAccount *self)
{
  return self->data_dir;
}

static void
take_session (LkAccount *self, SignIn *sign_in, const LkCampusSession *session)
{
  lk_account_begin_work (
    self, &(LkAccountStart) { sign_in->service, sign_in->client, &sign_in->meta, sign_in->keep, session });
}

/* Her work is here, and she is who she was: it goes on, and the service hears of it when it is back. */
static void
on_recalled (GObject *keep, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LkAccount *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (LkCampusSession) session =
    lk_keep_recall_finish (LK_KEEP (keep), result, &sign_in->meta, &error);

  if (session != NULL)
    {
      take_session (self, sign_in, session);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
    g_task_return_new_error (task, LK_ERROR, LK_ERROR_OFFLINE, "the service is away, and %s", error->message);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  g_clear_error (&error);
}

/* Ends the sign-in with an error, or without the service when that is what it is about. Takes the error. */
static void
fail_or_recall (GTask *task, GError *error)
{
  SignIn *sign_in = g_task_get_task_data (task);

  if (!g_error_matches (error, LK_ERROR, LK_ERROR_OFFLINE))
    {
      g_task_return_error (task, error);
      return;
    }
  g_message ("sign-in: %s", error->message);
  g_error_free (error);
  g_clear_pointer (&sign_in->meta, lk_campus_meta_free);
  g_set_object (&LK_ACCOUNT (g_task_get_source_object (task))->keep, sign_in->keep); /* for a passphrase */
  lk_keep_recall_async (sign_in->keep, sign_in->password, g_task_get_cancellable (task), on_recalled,
                        g_object_ref (task));
}

static void
on_rules (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);

  lk_college_rules_fetch_finish (LK_CAMPUS_CLIENT (client), result, NULL);
  take_session (g_task_get_source_object (task), sign_in, sign_in->session);
  g_task_return_boolean (task, TRUE);
}

/* One of the two sides has ended. Without a place for what is kept no work begins. */
static void
side_ended (GTask *task)
{
  SignIn *sign_in = g_task_get_task_data (task);

  if (--sign_in->n_under_way > 0)
    return;
  if (sign_in->session != NULL)
    lk_campus_client_set_token (sign_in->client, sign_in->session->token);
  if (sign_in->keep_error != NULL)
    {
      if (sign_in->session != NULL)
        lk_campus_client_sign_out_async (sign_in->client, NULL, NULL, NULL);
      g_task_return_error (task, g_steal_pointer (&sign_in->keep_error));
      return;
    }
  if (sign_in->session == NULL)
    {
      fail_or_recall (task, g_steal_pointer (&sign_in->error));
      return;
    }
  lk_keep_remember (sign_in->keep, sign_in->session, sign_in->meta, sign_in->password);
  lk_college_rules_fetch_async (sign_in->client, sign_in->keep_dir, NULL, on_rules, g_object_ref (task));
}

static void
on_session (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);

  sign_in->session = lk_campus_client_sign_in_finish (LK_CAMPUS_CLIENT (client), result, &sign_in->error);
  side_ended (task);
}

static void
on_meta (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);

  sign_in->meta = lk_campus_client_meta_finish (LK_CAMPUS_CLIENT (client), result, &sign_in->error);
  if (sign_in->meta != NULL)
    lk_campus_client_sign_in_async (LK_CAMPUS_CLIENT (client), sign_in->user, sign_in->password, sign_in->code,
                                    sign_in->device, g_task_get_cancellable (task), on_session, g_object_ref (task));
  else
    side_ended (task);
}

static void
on_keep_open (GObject *keep, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);

  lk_keep_open_finish (LK_KEEP (keep), result, &sign_in->keep_error);
  side_ended (task);
}

static void
on_disk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LkAccount *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  sign_in->keep = lk_account_make_keep (self, sign_in->keep_dir);
  sign_in->n_under_way = 2;
  lk_campus_client_meta_async (sign_in->client, g_task_get_cancellable (task), on_meta, g_object_ref (task));
  lk_keep_open_async (sign_in->keep, g_task_get_cancellable (task), on_keep_open, g_object_ref (task));
}

static void
on_found (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (LkCampusMeta) meta = lk_campus_client_meta_finish (LK_CAMPUS_CLIENT (client), result, &error);

  if (meta != NULL)
    g_task_return_pointer (task, g_steal_pointer (&meta), (GDestroyNotify) lk_campus_meta_free);
  else
    g_task_return_error (task, error);
}

void
lk_account_find_service_async (LkAccount *self, const char *address, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (LkCampusClient) client = NULL;
  GError *error = NULL;
  char *url = lk_service_url_parse (address, &error);

  g_task_set_source_tag (task, lk_account_find_service_async);
  if (url == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, url, g_free);
  client = lk_campus_client_new (url);
  lk_campus_client_meta_async (client, cancellable, on_found, g_object_ref (task));
}

char *
lk_account_find_service_finish (LkAccount *self, GAsyncResult *result, char **college, GError **error)
{
  g_autoptr (LkCampusMeta) meta = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  meta = g_task_propagate_pointer (G_TASK (result), error);
  if (meta == NULL)
    return NULL;
  if (college != NULL)
    *college = g_steal_pointer (&meta->college);
  return g_strdup (g_task_get_task_data (G_TASK (result)));
}

void
lk_account_sign_in_async (LkAccount *self, const char *service, const char *user, const char *password,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) disk = NULL;
  SignIn *sign_in = g_new0 (SignIn, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, lk_account_sign_in_async);
  g_task_set_task_data (task, sign_in, sign_in_free);
  sign_in->service = lk_service_url_parse (service, &error);
  if (sign_in->service == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  sign_in->user = g_strstrip (g_strdup (user));
  sign_in->password = g_strdup (password);
  sign_in->code = g_steal_pointer (&self->code);
  sign_in->data_dir = g_strdup (self->data_dir);
  sign_in->client = lk_campus_client_new (sign_in->service);

  disk = g_task_new (NULL, cancellable, on_disk, g_object_ref (task));
  g_task_set_task_data (disk, sign_in, NULL);
  g_task_run_in_thread (disk, look_at_disk_in_thread);
}

void
lk_account_set_code (LkAccount *self, const char *code)
{
  g_free (self->code);
  self->code = g_strdup (code);
}

gboolean
lk_account_sign_in_finish (LkAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The passphrase, where there is no password store */

LkAccountLock
lk_account_get_lock (LkAccount *self)
{
  switch (self->keep != NULL ? lk_keep_get_state (self->keep) : LK_VAULT_OPEN)
    {
    case LK_VAULT_NEW:
      return LK_ACCOUNT_LOCK_NEW;
    case LK_VAULT_LOCKED:
      return LK_ACCOUNT_LOCK_LOCKED;
    case LK_VAULT_OPEN:
    case LK_VAULT_CLOSED:
    default:
      return LK_ACCOUNT_LOCK_NONE;
    }
}

static void
on_unlocked (GObject *keep, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lk_keep_unlock_finish (LK_KEEP (keep), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lk_account_unlock_async (LkAccount *self, const char *passphrase, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (self->keep != NULL);

  g_task_set_source_tag (task, lk_account_unlock_async);
  lk_keep_unlock_async (self->keep, passphrase, cancellable, on_unlocked, task);
}

gboolean
lk_account_unlock_finish (LkAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

LkKeep *
lk_account_get_keep (LkAccount *self)
{
  return self->keep;
}

void
lk_account_set_n_unsent (LkAccount *self, guint n_unsent)
{
  self->n_unsent = n_unsent;
}

void
lk_account_session_ended (LkAccount *self)
{
  if (self->client != NULL)
    lk_campus_client_set_token (self->client, NULL);
  set_signed_in (self, FALSE);
}

/* Signed out is signed out: when the service cannot be told, the token is forgotten here and ends there by itself. */
static void
on_signed_out (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LkAccount *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!lk_campus_client_sign_out_finish (LK_CAMPUS_CLIENT (client), result, &error))
    g_message ("signing out: %s", error->message);
  if (LK_CAMPUS_CLIENT (client) == self->client)
    lk_account_session_ended (self);
  g_task_return_boolean (task, TRUE);
}

void
lk_account_sign_out_async (LkAccount *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lk_account_sign_out_async);
  if (self->keep != NULL)
    lk_keep_end (self->keep, self->n_unsent == 0);
  if (self->signed_in)
    {
      lk_campus_client_sign_out_async (self->client, cancellable, on_signed_out, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

gboolean
lk_account_sign_out_finish (LkAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
lk_account_get_signed_in (LkAccount *self)
{
  return self->signed_in;
}

const char *
lk_account_get_name (LkAccount *self)
{
  return self->name;
}

const char *
lk_account_get_user (LkAccount *self)
{
  return self->user;
}

LkRole
lk_account_get_role (LkAccount *self)
{
  LkRole role;

  return self->role != NULL && lk_role_from_word (self->role, &role) ? role : 0;
}

LkCampusClient *
lk_account_get_client (LkAccount *self)
{
  return self->client;
}

const LkCampusMeta *
lk_account_get_meta (LkAccount *self)
{
  return self->meta;
}

const char *
lk_account_get_id (LkAccount *self)
{
  return self->id;
}

char *
lk_account_make_outbox_path (LkAccount *self, GError **error)
{
  g_autofree char *who = g_strconcat (self->service, "\n", self->id, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, who, -1);
  g_autofree char *dir = NULL;

  hash[16] = '\0';
  dir = g_build_filename (self->data_dir, "users", hash, NULL);
  return lk_device_make_folder (dir, error) ? g_build_filename (dir, "outbox.db", NULL) : NULL;
}
