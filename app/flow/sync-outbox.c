/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/sync-private.h"

#include "core/error.h"

enum
{
  BATCH = 20
}; /* decisions in one request: with the longest notes still under 64 KiB */

/* One sending: the keys that went out, in order. */
typedef struct
{
  LkSync *sync;
  GPtrArray *keys;      /* of char * */
  LkCampusLease *lease; /* of an undo that was taken: the submission is held again */
  GPtrArray *results;   /* of LkEntryResult */
} Sending;

static Sending *
sending_new (LkSync *self)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->sync = g_object_ref (self);
  sending->keys = g_ptr_array_new_with_free_func (g_free);
  sending->results = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_entry_result_free);
  return sending;
}

/* Ends the sending and hands its reference on. */
static void
sending_done (Sending *sending, const GError *error)
{
  LkSync *self = sending->sync;

  g_ptr_array_unref (sending->keys);
  g_ptr_array_unref (sending->results);
  g_clear_pointer (&sending->lease, lk_campus_lease_free);
  g_free (sending);
  lk_sync_done (self, error);
}

/* Whether the service has looked at what was sent and will never take it as it is. Everything else is tried again. */
static gboolean
is_final (const GError *error)
{
  static const int codes[] = {
    LK_ERROR_BAD_REQUEST, LK_ERROR_BAD_REASONS,     LK_ERROR_BAD_NOTE,      LK_ERROR_NOT_FOUND,
    LK_ERROR_LEASE_LOST,  LK_ERROR_ALREADY_DECIDED, LK_ERROR_PHOTO_CHANGED, LK_ERROR_TOO_LATE,
    LK_ERROR_KEY_REUSED,  LK_ERROR_STATE,           LK_ERROR_REFUSED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, LK_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* Somebody else was first: shown with that meaning. */
static gboolean
is_conflict (int code)
{
  return code == LK_ERROR_LEASE_LOST || code == LK_ERROR_ALREADY_DECIDED || code == LK_ERROR_PHOTO_CHANGED
         || code == LK_ERROR_TOO_LATE;
}

static void
add_refusal (Sending *sending, const char *key, int code)
{
  g_ptr_array_add (sending->results,
                   lk_entry_result_new (key, is_conflict (code) ? LK_ENTRY_CONFLICT : LK_ENTRY_REFUSED, code, NULL));
}

/* What the queue shows after the service has spoken about a decision. */
static void
apply_decision (LkSync *self, const LkEntry *entry)
{
  LkSubmission *submission = lk_review_queue_find (self->queue, entry->submission, NULL);
  LkDecision *shown = submission != NULL ? lk_submission_get_decision (submission) : NULL;
  gboolean is_shown = shown != NULL && g_strcmp0 (lk_decision_get_key (shown), entry->key) == 0;

  if (entry->state == LK_ENTRY_ACKED)
    {
      if (lk_outbox_find_waiting (self->outbox, entry->submission) == NULL)
        lk_sync_drop_lease (self, entry->submission);
    }
  else if (entry->code == LK_ERROR_BAD_REASONS || entry->code == LK_ERROR_BAD_NOTE)
    {
      if (is_shown)
        lk_submission_set_decision (submission, NULL); /* still leased: to be decided again */
    }
  else
    {
      lk_sync_lose (self, entry->submission);
    }
}

static void
apply_revert (LkSync *self, const LkEntry *entry, const LkCampusLease *lease)
{
  LkSubmission *submission = lk_review_queue_find (self->queue, entry->submission, NULL);

  if (entry->state == LK_ENTRY_ACKED && lease != NULL && submission != NULL)
    {
      lk_sync_hold_lease (self, submission, lease->id, lease->expires_in);
      lk_sync_want_photos (self);
    }
  else if (entry->state != LK_ENTRY_ACKED)
    {
      lk_sync_lose (self, entry->submission);
    }
  else if (lease != NULL)
    {
      /* decided before the workstation was started anew: it is held again, and comes with the next lease */
      self->want_own = TRUE;
      self->next_refill = 0;
    }
}

static void
on_marked (GObject *outbox, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  LkSync *self = sending->sync;
  g_autoptr (GError) error = NULL;

  if (lk_outbox_mark_finish (LK_OUTBOX (outbox), result, &error) && !self->stopped)
    for (guint i = 0; i < sending->results->len; i++)
      {
        const LkEntryResult *done = sending->results->pdata[i];
        const LkEntry *entry = lk_outbox_find (self->outbox, done->key);

        if (entry->kind == LK_ENTRY_DECISION)
          apply_decision (self, entry);
        else
          apply_revert (self, entry, sending->lease);
      }
  sending_done (sending, error);
}

static void
keep_results (Sending *sending)
{
  lk_outbox_mark_async (sending->sync->outbox, sending->results, on_marked, sending);
}

static void
add_answer (Sending *sending, const LkCampusAnswer *answer)
{
  LkEntryState state = LK_ENTRY_ACKED;

  if (answer->status == LK_ANSWER_CONFLICT)
    state = LK_ENTRY_CONFLICT;
  else if (answer->status == LK_ANSWER_REFUSED)
    state = LK_ENTRY_REFUSED;
  g_ptr_array_add (sending->results, lk_entry_result_new (answer->key, state, answer->code, answer->by));
}

/* The answers speak of what was sent, each in its place. */
static gboolean
answers_fit (const Sending *sending, GPtrArray *answers)
{
  if (answers->len != sending->keys->len)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    if (g_strcmp0 (((LkCampusAnswer *) answers->pdata[i])->key, sending->keys->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

/* What cannot be taken as a whole is sent again one by one: then the one that is wrong is known. */
static void
on_decided (GObject *client, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  LkSync *self = sending->sync;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = lk_campus_client_decide_finish (LK_CAMPUS_CLIENT (client), result, &error);

  if (answers != NULL && !answers_fit (sending, answers))
    g_set_error_literal (&error, LK_ERROR, LK_ERROR_OFFLINE, "the answers are not to what was sent");
  if (error != NULL && !is_final (error))
    {
      sending_done (sending, error);
      return;
    }
  if (error != NULL && sending->keys->len > 1)
    {
      self->send_singly = TRUE;
      sending_done (sending, NULL);
      return;
    }
  if (error != NULL)
    add_refusal (sending, sending->keys->pdata[0], error->code);
  else
    for (guint i = 0; i < answers->len; i++)
      add_answer (sending, answers->pdata[i]);
  keep_results (sending);
}

static void
on_reverted (GObject *client, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  const char *key = sending->keys->pdata[0];
  g_autoptr (GError) error = NULL;

  sending->lease = lk_campus_client_revert_finish (LK_CAMPUS_CLIENT (client), result, &error);
  if (sending->lease != NULL)
    g_ptr_array_add (sending->results, lk_entry_result_new (key, LK_ENTRY_ACKED, 0, NULL));
  else if (is_final (error))
    add_refusal (sending, key, error->code);
  else
    {
      sending_done (sending, error);
      return;
    }
  keep_results (sending);
}

/* So that a later look into the store says what may have arrived. Nothing waits for it: an entry not marked is sent
 * again as well. */
static void
mark_sent (LkSync *self, GPtrArray *keys)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_entry_result_free);

  for (guint i = 0; i < keys->len; i++)
    if (lk_outbox_find (self->outbox, keys->pdata[i])->state == LK_ENTRY_QUEUED)
      g_ptr_array_add (results, lk_entry_result_new (keys->pdata[i], LK_ENTRY_SENT, 0, NULL));
  if (results->len > 0)
    lk_outbox_mark_async (self->outbox, results, NULL, NULL);
}

static void
send_revert (LkSync *self, const LkEntry *entry)
{
  Sending *sending = sending_new (self);

  g_ptr_array_add (sending->keys, g_strdup (entry->key));
  mark_sent (self, sending->keys);
  lk_campus_client_revert_async (self->client, entry->target, entry->body, self->cancellable, on_reverted, sending);
}

/* The decisions up to the next undo. */
static void
send_decisions (LkSync *self, GPtrArray *waiting)
{
  Sending *sending = sending_new (self);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
  guint most = self->send_singly ? 1 : BATCH;

  for (guint i = 0; i < waiting->len && i < most; i++)
    {
      const LkEntry *entry = waiting->pdata[i];

      if (entry->kind != LK_ENTRY_DECISION)
        break;
      g_ptr_array_add (sending->keys, g_strdup (entry->key));
      g_ptr_array_add (bodies, entry->body);
    }
  g_ptr_array_add (bodies, NULL);
  mark_sent (self, sending->keys);
  lk_campus_client_decide_async (self->client, (const char *const *) bodies->pdata, self->cancellable, on_decided,
                                 sending);
}

gboolean
lk_sync_send (LkSync *self)
{
  g_autoptr (GPtrArray) waiting = lk_outbox_list_waiting (self->outbox);
  const LkEntry *first;

  if (waiting->len == 0)
    {
      self->send_singly = FALSE;
      return FALSE;
    }
  first = waiting->pdata[0];
  if (first->kind == LK_ENTRY_REVERT)
    send_revert (self, first);
  else
    send_decisions (self, waiting);
  return TRUE;
}
