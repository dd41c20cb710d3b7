/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/sync-private.h"

#include "core/error.h"
#include "core/wire.h"

enum
{
  EMPTY_PAUSE_S = 10, /* before asking again when the campus queue had nothing new */
  KEPT_BEHIND = 300,  /* decided photos before the current one: more than half an hour's work */
  COUNT_PAUSE_S = 30, /* between looks at the campus queue; also finds out that the service is gone */
};

static const LkReferenceKind reference_kinds[] = { LK_REFERENCE_ID_CARD, LK_REFERENCE_DIPLOMA };

void
lk_held_lease_free (gpointer data)
{
  LkHeldLease *held = data;

  g_free (held->lease);
  g_object_unref (held->submission);
  g_free (held);
}

/* What is on the disk follows the leases: rules.md section 9, rule 3. */
static void
keep_photos (LkSync *self, LkSubmission *submission, void (*change) (LkPhotoSource *source, const char *hash))
{
  change (self->source, lk_submission_get_photo (submission));
  for (gsize k = 0; k < G_N_ELEMENTS (reference_kinds); k++)
    if (lk_submission_get_reference (submission, reference_kinds[k]) != NULL)
      change (self->source, lk_submission_get_reference (submission, reference_kinds[k]));
}

static void
want (LkSync *self, const char *hash)
{
  if (hash != NULL && lk_photo_source_peek (self->source, hash) == NULL)
    lk_photo_source_want (self->source, hash, LK_URGENCY_LATER);
}

/* In the order of the queue: the photos decided on next come first. */
void
lk_sync_want_photos (LkSync *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  for (guint i = lk_review_queue_get_position (self->queue); i < n; i++)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (!g_hash_table_contains (self->leases, lk_submission_get_id (submission)))
        continue;
      want (self, lk_submission_get_photo (submission));
      for (gsize k = 0; k < G_N_ELEMENTS (reference_kinds); k++)
        want (self, lk_submission_get_reference (submission, reference_kinds[k]));
    }
}

/* They are fetched when somebody looks at them, not before; but then once. */
static void
hold_variants (LkSync *self, LkSubmission *submission, void (*change) (LkPhotoSource *source, const char *hash))
{
  for (int kind = LK_PHOTO_ORIGINAL; kind < LK_N_PHOTO_KINDS; kind++)
    if (lk_submission_get_picture (submission, kind) != NULL)
      change (self->source, lk_submission_get_picture (submission, kind)->sha256);
}

void
lk_sync_hold_lease (LkSync *self, LkSubmission *submission, const char *lease, int expires_in)
{
  const char *id = lk_submission_get_id (submission);
  LkHeldLease *held = g_hash_table_lookup (self->leases, id);
  gboolean is_new = held == NULL || g_strcmp0 (held->lease, lease) != 0;

  if (held == NULL)
    {
      held = g_new0 (LkHeldLease, 1);
      held->submission = g_object_ref (submission);
      g_hash_table_insert (self->leases, g_strdup (id), held);
      for (gsize k = 0; k < G_N_ELEMENTS (reference_kinds); k++)
        if (lk_submission_get_reference (submission, reference_kinds[k]) != NULL)
          lk_photo_source_hold (self->source, lk_submission_get_reference (submission, reference_kinds[k]));
      hold_variants (self, submission, lk_photo_source_hold);
      keep_photos (self, submission, lk_photo_source_keep);
    }
  g_free (held->lease);
  held->lease = g_strdup (lease);
  held->renew_at = g_get_monotonic_time () + MAX (expires_in, 2) * G_TIME_SPAN_SECOND / 2;
  lk_submission_set_lease (submission, lease);
  if (is_new && self->cache != NULL)
    lk_cache_put_submission (self->cache, submission);
}

void
lk_sync_drop_lease (LkSync *self, const char *submission_id)
{
  LkHeldLease *held = g_hash_table_lookup (self->leases, submission_id);
  g_autoptr (LkSubmission) submission = NULL;

  if (held == NULL)
    return;
  submission = g_object_ref (held->submission);
  g_hash_table_remove (self->leases, submission_id);
  keep_photos (self, submission, lk_photo_source_unkeep);
  if (self->cache != NULL)
    lk_cache_drop_submission (self->cache, submission_id);
  for (gsize k = 0; k < G_N_ELEMENTS (reference_kinds); k++)
    if (lk_submission_get_reference (submission, reference_kinds[k]) != NULL)
      lk_photo_source_release (self->source, lk_submission_get_reference (submission, reference_kinds[k]));
  hold_variants (self, submission, lk_photo_source_release);
}

/* What this workstation knows and the service does not yet: a decision made before the workstation was killed is not
 * asked for twice. */
static LkDecision *
waiting_decision (LkSync *self, LkSubmission *submission)
{
  const LkEntry *entry = lk_outbox_find_waiting (self->outbox, lk_submission_get_id (submission));
  g_autoptr (cJSON) json = NULL;

  if (entry == NULL || entry->kind != LK_ENTRY_DECISION)
    return NULL;
  json = lk_json_parse (entry->body, -1, LK_ERROR_CORRUPT, NULL);
  return json != NULL ? lk_decision_from_json (json, NULL) : NULL;
}

/* Skipped while the service answered, which knows nothing of it yet. */
static gboolean
goes_back (LkSync *self, const LkCampusLease *lease)
{
  for (guint i = 0; i < self->returns->len; i++)
    if (g_str_equal (((const LkReturn *) self->returns->pdata[i])->lease, lease->id))
      return TRUE;
  return FALSE;
}

/* Nothing is on its way while a lease is answered, so the service's word holds: what it leases is undecided, but for
 * what waits here. */
static void
take_lease (LkSync *self, const LkCampusLease *lease, GPtrArray *added)
{
  const char *id = lk_submission_get_id (lease->submission);
  LkSubmission *known = lk_review_queue_find (self->queue, id, NULL);
  LkSubmission *submission = known != NULL ? known : lease->submission;
  g_autoptr (LkDecision) decision = waiting_decision (self, submission);

  if (known == NULL)
    {
      g_ptr_array_add (added, g_object_ref (submission));
      lk_photo_source_hold (self->source, lk_submission_get_photo (submission));
    }
  if (known == NULL || decision == NULL || lk_submission_get_decision (known) == NULL)
    lk_submission_set_decision (submission, decision);
  lk_sync_hold_lease (self, submission, lease->id, lease->expires_in);
}

static gboolean
is_done_with (LkSync *self, LkSubmission *submission)
{
  const char *id = lk_submission_get_id (submission);

  return lk_submission_get_decision (submission) != NULL && !g_hash_table_contains (self->leases, id)
         && lk_outbox_find_waiting (self->outbox, id) == NULL;
}

/* What was decided long before the photo that is looked at is let go: with all that was measured a submission takes some 60 kB, and a
 * shift has thousands. The list of today's decisions is the outbox's, and takes back what is not here, too. */
static void
forget_old (LkSync *self)
{
  guint position = lk_review_queue_get_position (self->queue);
  guint n = 0;

  for (gboolean done = TRUE; done && position - n > KEPT_BEHIND; n += done ? 1 : 0)
    {
      g_autoptr (LkSubmission) submission = g_list_model_get_item (G_LIST_MODEL (self->queue), n);

      done = is_done_with (self, submission);
      if (done)
        lk_photo_source_release (self->source, lk_submission_get_photo (submission));
    }
  lk_review_queue_forget_first (self->queue, n);
}

static void
take_leases (LkSync *self, const LkCampusLeases *leases)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean at_end = lk_review_queue_get_current (self->queue) == NULL;

  for (guint i = 0; i < leases->leases->len; i++)
    if (!goes_back (self, leases->leases->pdata[i]))
      take_lease (self, leases->leases->pdata[i], added);
  forget_old (self);
  lk_review_queue_append (self->queue, added);
  if (at_end && lk_review_queue_get_current (self->queue) != NULL
      && lk_submission_get_decision (lk_review_queue_get_current (self->queue)) != NULL)
    lk_review_queue_advance (self->queue);
  self->next_refill = added->len > 0 ? 0 : g_get_monotonic_time () + EMPTY_PAUSE_S * G_TIME_SPAN_SECOND;
  lk_sync_want_photos (self);
}

/* Whether the outbox says that a submission of the cache is done with: the cache may be a moment behind it. */
static gboolean
is_over (LkSync *self, const char *id)
{
  const LkEntry *last = lk_outbox_find_last (self->outbox, id);

  if (last == NULL || last->state <= LK_ENTRY_SENT)
    return FALSE;
  if (last->kind == LK_ENTRY_REVERT)
    return last->state != LK_ENTRY_ACKED;
  return last->code != LK_ERROR_BAD_REASONS && last->code != LK_ERROR_BAD_NOTE;
}

/* Whether a lease still holds the service says when it is there; until then the work goes on under it. */
void
lk_sync_restore (LkSync *self)
{
  GPtrArray *kept = lk_cache_get_submissions (self->cache);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < kept->len; i++)
    {
      LkSubmission *submission = kept->pdata[i];
      g_autoptr (LkDecision) decision = waiting_decision (self, submission);

      if (is_over (self, lk_submission_get_id (submission)))
        {
          keep_photos (self, submission, lk_photo_source_unkeep);
          lk_cache_drop_submission (self->cache, lk_submission_get_id (submission));
          continue;
        }
      lk_submission_set_decision (submission, decision);
      lk_photo_source_hold (self->source, lk_submission_get_photo (submission));
      lk_sync_hold_lease (self, submission, lk_submission_get_lease (submission), 0);
      g_ptr_array_add (added, g_object_ref (submission));
    }
  lk_review_queue_append (self->queue, added);
  if (added->len > 0 && lk_submission_get_decision (added->pdata[0]) != NULL)
    lk_review_queue_advance (self->queue);
  lk_sync_want_photos (self);
}

static void
set_pending (LkSync *self, int pending)
{
  self->next_count = g_get_monotonic_time () + COUNT_PAUSE_S * G_TIME_SPAN_SECOND;
  if (self->pending == pending)
    return;
  self->pending = pending;
  g_object_notify (G_OBJECT (self), "pending");
}

/* They came for a filter that is not asked for any more. */
static void
refuse_leases (LkSync *self, const LkCampusLeases *leases)
{
  for (guint i = 0; i < leases->leases->len; i++)
    {
      const LkCampusLease *lease = leases->leases->pdata[i];

      if (lk_review_queue_find (self->queue, lk_submission_get_id (lease->submission), NULL) == NULL)
        lk_sync_return (self, lease->id, FALSE);
    }
}

typedef struct
{
  LkSync *sync;
  guint filter_serial;
} Refill;

static void
on_leased (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autofree Refill *refill = user_data;
  LkSync *self = refill->sync;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusLeases) leases = lk_campus_client_lease_finish (LK_CAMPUS_CLIENT (client), result, &error);

  if (leases != NULL && !self->stopped && refill->filter_serial == self->filter_serial)
    {
      take_leases (self, leases);
      set_pending (self, leases->pending);
    }
  else if (leases != NULL && !self->stopped)
    {
      refuse_leases (self, leases);
    }
  lk_sync_done (self, error);
}

/* From a quarter on: an answer, the sending before it and the photos take some three times the way to the service, and at half a fast
 * reader of twenty photos would be through before. */
static gboolean
has_room (LkSync *self)
{
  return lk_review_queue_get_n_undecided (self->queue) * 4 < self->lease_max * 3;
}

gboolean
lk_sync_refill (LkSync *self)
{
  Refill *refill;

  if ((!has_room (self) && !self->want_own)
      || g_get_monotonic_time () < self->next_refill)
    return FALSE;
  self->want_own = FALSE;
  refill = g_new (Refill, 1);
  *refill = (Refill) { g_object_ref (self), self->filter_serial };
  lk_campus_client_lease_async (self->client, self->lease_max, self->filter, self->cancellable, on_leased, refill);
  return TRUE;
}

void
lk_sync_let_go (LkSync *self, const char *submission_id)
{
  g_autoptr (LkSubmission) submission = NULL;

  lk_sync_drop_lease (self, submission_id);
  g_set_object (&submission, lk_review_queue_find (self->queue, submission_id, NULL));
  if (submission == NULL)
    return;
  lk_review_queue_remove (self->queue, submission_id);
  lk_photo_source_release (self->source, lk_submission_get_photo (submission));
}

void
lk_sync_lose (LkSync *self, const char *submission_id)
{
  g_autoptr (LkSubmission) submission = NULL;

  g_set_object (&submission, lk_review_queue_find (self->queue, submission_id, NULL));
  lk_sync_let_go (self, submission_id);
  if (submission != NULL)
    g_signal_emit_by_name (self, "lost", submission);
}

typedef struct
{
  LkSync *sync;
  char *submission;
} Renewal;

static void
on_renewed (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autofree Renewal *renewal = user_data;
  g_autofree char *id = renewal->submission;
  LkSync *self = renewal->sync;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusLease) lease = lk_campus_client_renew_finish (LK_CAMPUS_CLIENT (client), result, &error);
  LkHeldLease *held = g_hash_table_lookup (self->leases, id);

  if (lease != NULL && held != NULL)
    {
      lk_sync_hold_lease (self, held->submission, lease->id, lease->expires_in);
    }
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_LEASE_LOST)
           || g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      /* a decision that waits is judged when it is sent */
      if (lk_outbox_find_waiting (self->outbox, id) != NULL)
        lk_sync_drop_lease (self, id);
      else
        lk_sync_lose (self, id);
    }
  lk_sync_done (self, error);
}

static const char *
next_renewal (LkSync *self, gint64 *renew_at)
{
  GHashTableIter iter;
  gpointer key, value;
  const char *next = NULL;

  *renew_at = G_MAXINT64;
  g_hash_table_iter_init (&iter, self->leases);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((LkHeldLease *) value)->renew_at < *renew_at)
      {
        *renew_at = ((LkHeldLease *) value)->renew_at;
        next = key;
      }
  return next;
}

gboolean
lk_sync_renew (LkSync *self)
{
  gint64 renew_at;
  const char *id = next_renewal (self, &renew_at);
  LkHeldLease *held;
  Renewal *renewal;

  if (id == NULL || g_get_monotonic_time () < renew_at)
    return FALSE;
  held = g_hash_table_lookup (self->leases, id);
  renewal = g_new0 (Renewal, 1);
  renewal->sync = g_object_ref (self);
  renewal->submission = g_strdup (id);
  lk_campus_client_renew_async (self->client, held->lease, self->cancellable, on_renewed, renewal);
  return TRUE;
}

/* A part of the queue is counted with its leases; here only the whole of it is. */
static void
take_figures (LkSync *self, const LkCampusStats *stats)
{
  int pending = self->filter->second ? stats->second_review : stats->pending;

  self->figures = (LkQueueFigures) { stats->pending, stats->held, stats->second_review, stats->next_due, stats->closes_at,
                                      stats->opens_at };
  set_pending (self, lk_queue_filter_narrows (self->filter) ? self->pending : pending);
  g_object_notify (G_OBJECT (self), "figures");
}

static void
on_counted (GObject *client, GAsyncResult *result, gpointer user_data)
{
  LkSync *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree LkCampusStats *stats = lk_campus_client_stats_finish (LK_CAMPUS_CLIENT (client), result, &error);

  if (stats != NULL)
    take_figures (self, stats);
  lk_sync_done (self, error);
}

gboolean
lk_sync_count (LkSync *self)
{
  if (g_get_monotonic_time () < self->next_count)
    return FALSE;
  lk_campus_client_stats_async (self->client, self->cancellable, on_counted, g_object_ref (self));
  return TRUE;
}

gint64
lk_sync_next_due (LkSync *self)
{
  gint64 due;

  next_renewal (self, &due);
  if (has_room (self))
    due = MIN (due, self->next_refill);
  return MIN (due, self->next_count);
}
