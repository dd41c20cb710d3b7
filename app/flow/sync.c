/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/sync-private.h"

#include "core/error.h"
#include "net/retry.h"

G_DEFINE_FINAL_TYPE (LkSync, lk_sync, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_N_WAITING,
  PROP_OFFLINE_SINCE,
  PROP_CONFLICTS,
  PROP_PENDING,
  PROP_FIGURES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
lk_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LkSync *self = LK_SYNC (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
      break;
    case PROP_OFFLINE_SINCE:
      g_value_set_int64 (value, self->offline_since);
      break;
    case PROP_CONFLICTS:
      g_value_set_object (value, self->conflicts);
      break;
    case PROP_PENDING:
      g_value_set_int (value, self->pending);
      break;
    case PROP_FIGURES:
      g_value_set_pointer (value, &self->figures);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* State: told when it changes, and only then. */

static LkSyncState
current_state (LkSync *self)
{
  if (!lk_campus_client_has_token (self->client))
    return LK_SYNC_SIGNED_OUT;
  if (self->offline_since != 0)
    return LK_SYNC_OFFLINE;
  return self->n_waiting > 0 ? LK_SYNC_SENDING : LK_SYNC_SYNCED;
}

static void
update_state (LkSync *self)
{
  guint n_waiting = lk_outbox_get_n_waiting (self->outbox);
  LkSyncState state;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->n_waiting != n_waiting)
    {
      self->n_waiting = n_waiting;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_WAITING]);
    }
  state = current_state (self);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_offline (LkSync *self, gboolean offline)
{
  if (offline == (self->offline_since != 0))
    return;
  self->offline_since = offline ? g_get_real_time () : 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OFFLINE_SINCE]);
}

static gboolean
has_entry (GPtrArray *entries, const char *key)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((const LkEntry *) entries->pdata[i])->key, key))
      return TRUE;
  return FALSE;
}

static gboolean
lists_conflict (LkSync *self, const char *key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->conflicts));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LkConflict) conflict = g_list_model_get_item (G_LIST_MODEL (self->conflicts), i);

      if (g_str_equal (lk_conflict_get_key (conflict), key))
        return TRUE;
    }
  return FALSE;
}

/* The list follows the store: a conflict leaves it once its dismissal is kept, so that it cannot come back. */
static void
list_conflicts (LkSync *self)
{
  g_autoptr (GPtrArray) entries = lk_outbox_list_conflicts (self->outbox);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)); i > 0; i--)
    {
      g_autoptr (LkConflict) conflict = g_list_model_get_item (G_LIST_MODEL (self->conflicts), i - 1);

      if (!has_entry (entries, lk_conflict_get_key (conflict)))
        g_list_store_remove (self->conflicts, i - 1);
    }
  for (guint i = 0; i < entries->len; i++)
    if (!lists_conflict (self, ((const LkEntry *) entries->pdata[i])->key))
      {
        g_autoptr (LkConflict) conflict = lk_conflict_new (entries->pdata[i]);

        g_list_store_append (self->conflicts, conflict);
      }
}

/* Steps */

static gboolean
on_timer (gpointer user_data)
{
  LkSync *self = user_data;

  self->timer = 0;
  self->waiting = FALSE;
  lk_sync_step (self);
  return G_SOURCE_REMOVE;
}

static void
set_timer (LkSync *self, guint ms, gboolean waiting)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (ms, on_timer, self);
  self->waiting = waiting;
}

/* Sending and leasing take turns: neither a fast reviewer nor a full queue starves the other. */
static gboolean
start_something (LkSync *self)
{
  gboolean send_first = !self->sent_last;

  self->sent_last = FALSE;
  if (send_first && lk_sync_send (self))
    return self->sent_last = TRUE;
  return lk_sync_give_back (self) || lk_sync_renew (self) || lk_sync_refill (self) || (!send_first && lk_sync_send (self)) || lk_sync_count (self);
}

void
lk_sync_step (LkSync *self)
{
  gint64 pause;

  if (self->stopped || self->running || self->waiting || !lk_campus_client_has_token (self->client))
    return;
  if (start_something (self))
    {
      self->running = TRUE;
      g_clear_handle_id (&self->timer, g_source_remove);
      return;
    }
  pause = MAX (lk_sync_next_due (self) - g_get_monotonic_time (), 0) / 1000 + 1;
  set_timer (self, (guint) MIN (pause, 60 * 1000), FALSE);
}

static void
on_success (LkSync *self)
{
  gboolean was_offline = self->offline_since != 0;

  self->n_failures = 0;
  self->problem = 0;
  set_offline (self, FALSE);
  if (was_offline)
    lk_sync_want_photos (self);
}

/* A certificate that is not accepted is for a person to look at: no try in silence, only by lk_sync_poke(). */
static void
on_failure (LkSync *self, const GError *error)
{
  self->problem = error->domain == LK_ERROR ? error->code : LK_ERROR_FAILED;
  self->n_failures++;
  if (self->problem == LK_ERROR_SIGNED_OUT)
    {
      lk_account_session_ended (self->account);
      return;
    }
  g_message ("sync: %s", error->message);
  set_offline (self,
               self->offline_since != 0 || self->problem == LK_ERROR_OFFLINE || self->problem == LK_ERROR_UNTRUSTED);
  if (self->problem == LK_ERROR_UNTRUSTED)
    self->waiting = TRUE;
  else
    set_timer (self,
               lk_retry_delay (self->n_failures, lk_campus_client_get_retry_after (self->client), g_random_int ()),
               TRUE);
}

void
lk_sync_done (LkSync *self, const GError *error)
{
  self->running = FALSE;
  if (!self->stopped && error == NULL)
    on_success (self);
  else if (!self->stopped)
    on_failure (self, error);
  if (!self->stopped)
    {
      update_state (self);
      lk_sync_step (self);
    }
  g_object_unref (self);
}

static void
on_outbox_changed (LkSync *self)
{
  list_conflicts (self);
  update_state (self);
  lk_sync_step (self);
}

static void
on_signed_in_changed (LkSync *self)
{
  update_state (self);
  lk_sync_poke (self);
}

static void
on_network_changed (LkSync *self, gboolean available)
{
  if (available)
    lk_sync_poke (self);
}

void
lk_sync_stop (LkSync *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->outbox, self);
  g_signal_handlers_disconnect_by_data (self->account, self);
  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
}

static void
lk_sync_dispose (GObject *object)
{
  lk_sync_stop (LK_SYNC (object));

  G_OBJECT_CLASS (lk_sync_parent_class)->dispose (object);
}

static void
lk_sync_finalize (GObject *object)
{
  LkSync *self = LK_SYNC (object);

  g_object_unref (self->account);
  g_object_unref (self->client);
  g_object_unref (self->outbox);
  g_object_unref (self->queue);
  g_object_unref (self->source);
  g_clear_object (&self->cache);
  g_object_unref (self->cancellable);
  g_object_unref (self->conflicts);
  lk_queue_filter_free (self->filter);
  g_ptr_array_unref (self->returns);
  g_hash_table_unref (self->leases);

  G_OBJECT_CLASS (lk_sync_parent_class)->finalize (object);
}

static void
lk_sync_class_init (LkSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = lk_sync_dispose;
  object_class->finalize = lk_sync_finalize;
  object_class->get_property = lk_sync_get_property;

  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, LK_SYNC_SYNCED, LK_SYNC_SIGNED_OUT, LK_SYNC_SYNCED, flags);
  props[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_OFFLINE_SINCE] = g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_CONFLICTS] = g_param_spec_object ("conflicts", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_PENDING] = g_param_spec_int ("pending", NULL, NULL, -1, G_MAXINT, -1, flags);
  props[PROP_FIGURES] = g_param_spec_pointer ("figures", NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_signal_new ("filter-changed", LK_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("lost", LK_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LK_TYPE_SUBMISSION);
}

static void
lk_sync_init (LkSync *self)
{
  self->cancellable = g_cancellable_new ();
  self->conflicts = g_list_store_new (LK_TYPE_CONFLICT);
  self->leases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lk_held_lease_free);
  self->pending = -1;
  self->figures.pending = -1;
  self->filter = lk_queue_filter_new ();
  self->returns = g_ptr_array_new_with_free_func (lk_return_free);
}

LkSync *
lk_sync_new (LkAccount *account, LkOutbox *outbox, LkReviewQueue *queue, LkPhotoSource *source)
{
  LkSync *self = g_object_new (LK_TYPE_SYNC, NULL);

  self->account = g_object_ref (account);
  self->client = g_object_ref (lk_account_get_client (account));
  self->outbox = g_object_ref (outbox);
  self->queue = g_object_ref (queue);
  self->source = g_object_ref (source);
  self->lease_limit = (guint) lk_account_get_meta (account)->lease_max;
  self->lease_max = self->lease_limit;
  g_set_object (&self->cache, lk_keep_get_cache (lk_account_get_keep (account)));
  g_signal_connect_swapped (outbox, "changed", G_CALLBACK (on_outbox_changed), self);
  g_signal_connect_swapped (queue, "notify::n-undecided", G_CALLBACK (lk_sync_step), self);
  g_signal_connect_swapped (account, "notify::signed-in", G_CALLBACK (on_signed_in_changed), self);
  g_signal_connect_swapped (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed), self);
  if (self->cache != NULL)
    lk_sync_restore (self);
  list_conflicts (self);
  update_state (self);
  lk_sync_step (self);
  return self;
}

LkSyncState
lk_sync_get_state (LkSync *self)
{
  return self->state;
}

guint
lk_sync_get_n_waiting (LkSync *self)
{
  return self->n_waiting;
}

gint64
lk_sync_get_offline_since (LkSync *self)
{
  return self->offline_since;
}

int
lk_sync_get_pending (LkSync *self)
{
  return self->pending;
}

int
lk_sync_get_problem (LkSync *self)
{
  return self->problem;
}

GListModel *
lk_sync_get_conflicts (LkSync *self)
{
  return G_LIST_MODEL (self->conflicts);
}

void
lk_sync_dismiss_conflict (LkSync *self, LkConflict *conflict)
{
  lk_outbox_dismiss_async (self->outbox, lk_conflict_get_key (conflict), NULL, NULL);
}

void
lk_sync_set_lease_size (LkSync *self, guint size)
{
  self->lease_max = CLAMP (size, 1, self->lease_limit);
  self->next_refill = 0;
  lk_sync_step (self);
}

void
lk_sync_poke (LkSync *self)
{
  self->waiting = FALSE;
  self->next_refill = 0;
  self->next_count = 0;
  lk_sync_step (self);
}
