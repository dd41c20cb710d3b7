/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/review-private.h"

#include "core/batch.h"
#include "core/error.h"
#include "flow/college-rules.h"
#include "flow/photo-loader-private.h"
#include "flow/sync-private.h"

/* A longer time without a photo is no waiting any more but something else to do. */
enum
{
  LONGEST_WAIT_MS = 60 * 1000
};

struct _LkReview
{
  GObject parent_instance;

  LkAccount *account;
  LkReasonCatalogue *reasons;
  LkOutbox *outbox;
  LkReviewQueue *queue;
  LkPhotoSource *source;
  LkPhotoLoader *loader;
  LkSync *sync;

  GHashTable *writing;         /* set of ids of submissions whose decision is on its way to the disk */
  gboolean undo_after_writing; /* undo was asked for while the decision it means is being written */
  gboolean undoing;
  gboolean can_undo;
  guint undo_timer; /* when the last decision cannot be undone any more */

  char *shown;        /* id of the submission on the screen */
  gint64 shown_at;    /* monotonic µs */
  gint64 answered_at; /* when the last decision was done with, monotonic µs; 0: the next photo has come since */
  int waited_ms;      /* for the photo on the screen */
  LkPace *pace;
};

G_DEFINE_FINAL_TYPE (LkReview, lk_review, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CAN_UNDO,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  DECIDED,
  UNDONE,
  NOTICE,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void update_can_undo (LkReview *self);

static void
lk_review_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, LK_REVIEW (object)->can_undo);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lk_review_dispose (GObject *object)
{
  LkReview *self = LK_REVIEW (object);

  g_clear_handle_id (&self->undo_timer, g_source_remove);
  if (self->sync != NULL)
    lk_sync_stop (self->sync);
  if (self->source != NULL)
    lk_photo_source_stop (self->source);
  if (self->outbox != NULL)
    g_signal_handlers_disconnect_by_data (self->outbox, self);

  G_OBJECT_CLASS (lk_review_parent_class)->dispose (object);
}

static void
lk_review_finalize (GObject *object)
{
  LkReview *self = LK_REVIEW (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
  g_clear_object (&self->queue);
  g_clear_object (&self->outbox);
  g_clear_object (&self->account);
  g_clear_pointer (&self->reasons, lk_reason_catalogue_unref);
  g_hash_table_unref (self->writing);
  g_free (self->shown);
  g_clear_pointer (&self->pace, lk_pace_free);

  G_OBJECT_CLASS (lk_review_parent_class)->finalize (object);
}

static void
lk_review_class_init (LkReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lk_review_dispose;
  object_class->finalize = lk_review_finalize;
  object_class->get_property = lk_review_get_property;

  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[DECIDED] = g_signal_new ("decided", LK_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   LK_TYPE_SUBMISSION);
  signals[UNDONE] =
    g_signal_new ("undone", LK_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LK_TYPE_SUBMISSION);
  signals[NOTICE] =
    g_signal_new ("notice", LK_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[FAILED] = g_signal_new ("failed", LK_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_INT, G_TYPE_STRING);
}

static void
lk_review_init (LkReview *self)
{
  self->writing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
on_outbox_changed (LkReview *self)
{
  g_autoptr (GPtrArray) conflicts = lk_outbox_list_conflicts (self->outbox);

  lk_account_set_n_unsent (self->account, lk_outbox_get_n_waiting (self->outbox) + conflicts->len);
  update_can_undo (self);
}

/* The work of an account whose outbox is open. */
static LkReview *
review_new_with (LkAccount *account, LkOutbox *outbox, GError **error)
{
  g_autoptr (LkReview) self = g_object_new (LK_TYPE_REVIEW, NULL);
  LkKeep *keep = lk_account_get_keep (account);
  LkPaceLimits limits;
  LkSpec *spec;

  self->account = g_object_ref (account);
  self->outbox = g_object_ref (outbox);
  if (!lk_pace_limits_load (&limits, error))
    return NULL;
  self->pace = lk_pace_new (&limits);
  self->reasons = lk_college_rules_load_reasons (lk_keep_get_dir (keep), error);
  if (self->reasons == NULL)
    return NULL;
  self->source = lk_photo_source_new (lk_account_get_client (account), lk_keep_get_cache (keep));
  spec = lk_college_rules_load_spec (lk_keep_get_dir (keep), error);
  self->loader = spec != NULL ? lk_photo_loader_new (self->source, spec, error) : NULL;
  if (self->loader == NULL)
    return NULL;
  self->queue = lk_review_queue_new ();
  self->sync = lk_sync_new (account, self->outbox, self->queue, self->source);
  g_signal_connect_swapped (self->outbox, "changed", G_CALLBACK (on_outbox_changed), self);
  on_outbox_changed (self);
  return g_steal_pointer (&self);
}

LkReview *
lk_review_new (LkAccount *account, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (LkOutbox) outbox = NULL;

  g_return_val_if_fail (lk_account_get_signed_in (account), NULL);

  path = lk_account_make_outbox_path (account, error);
  outbox = path != NULL ? lk_outbox_open (path, lk_keep_get_seal (lk_account_get_keep (account)), error) : NULL;
  return outbox != NULL ? review_new_with (account, outbox, error) : NULL;
}

typedef struct
{
  LkAccount *account; /* for the owner's thread only */
  char *path;
  LkSeal *seal; /* or NULL */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->account);
  g_free (opening->path);
  g_clear_pointer (&opening->seal, lk_seal_unref);
  g_free (opening);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Opening *opening = task_data;
  GError *error = NULL;
  LkOutbox *outbox = lk_outbox_open (opening->path, opening->seal, &error);

  if (outbox != NULL)
    g_task_return_pointer (task, outbox, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
lk_review_open_async (LkAccount *account, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);
  LkSeal *seal = lk_keep_get_seal (lk_account_get_keep (account));
  GError *error = NULL;

  g_task_set_source_tag (task, lk_review_open_async);
  g_task_set_task_data (task, opening, opening_free);
  opening->account = g_object_ref (account);
  opening->path = lk_account_make_outbox_path (account, &error);
  opening->seal = seal != NULL ? lk_seal_ref (seal) : NULL;
  if (opening->path != NULL)
    g_task_run_in_thread (task, open_in_thread);
  else
    g_task_return_error (task, error);
}

LkReview *
lk_review_open_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (LkOutbox) outbox = NULL;
  Opening *opening;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  outbox = g_task_propagate_pointer (G_TASK (result), error);
  if (outbox == NULL)
    return NULL;
  opening = g_task_get_task_data (G_TASK (result));
  if (lk_account_get_signed_in (opening->account))
    return review_new_with (opening->account, outbox, error);
  g_set_error_literal (error, LK_ERROR, LK_ERROR_SIGNED_OUT, "signed out while the outbox was opened");
  return NULL;
}

LkReviewQueue *
lk_review_get_queue (LkReview *self)
{
  return self->queue;
}

LkPhotoLoader *
lk_review_get_loader (LkReview *self)
{
  return self->loader;
}

LkSync *
lk_review_get_sync (LkReview *self)
{
  return self->sync;
}

LkAccount *
lk_review_get_account (LkReview *self)
{
  return self->account;
}

LkPhotoSource *
lk_review_get_source (LkReview *self)
{
  return self->source;
}

const LkSpec *
lk_review_get_spec (LkReview *self)
{
  return lk_photo_loader_get_spec (self->loader);
}

LkReasonCatalogue *
lk_review_get_reasons (LkReview *self)
{
  return self->reasons;
}

void
lk_review_shown (LkReview *self, LkSubmission *submission)
{
  if (g_strcmp0 (self->shown, lk_submission_get_id (submission)) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (lk_submission_get_id (submission));
  self->shown_at = g_get_monotonic_time ();
  self->waited_ms = self->answered_at != 0 ? (int) MIN ((self->shown_at - self->answered_at) / 1000, LONGEST_WAIT_MS) : 0;
  self->answered_at = 0;
}

static int
shown_ms (LkReview *self, LkSubmission *submission)
{
  if (g_strcmp0 (self->shown, lk_submission_get_id (submission)) != 0)
    return 0;
  return (int) MIN ((g_get_monotonic_time () - self->shown_at) / 1000, G_MAXINT);
}

/* Deciding */

typedef struct
{
  LkReview *review;
  LkSubmission *submission;
  LkDecision *decision; /* NULL for an undo */
} Change;

static Change *
change_new (LkReview *self, LkSubmission *submission, LkDecision *decision)
{
  Change *change = g_new0 (Change, 1);

  change->review = g_object_ref (self);
  g_set_object (&change->submission, submission);
  g_set_object (&change->decision, decision);
  return change;
}

static void
change_free (Change *change)
{
  g_object_unref (change->review);
  g_clear_object (&change->submission);
  g_clear_object (&change->decision);
  g_free (change);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
fail (LkReview *self, const GError *error)
{
  g_warning ("storing: %s", error->message);
  g_signal_emit (self, signals[FAILED], 0, error->domain == LK_ERROR ? error->code : LK_ERROR_FAILED, error->message);
}

static void
watch_pace (LkReview *self, const Change *change)
{
  gboolean identity = lk_checks_ask_identity (lk_submission_get_checks (change->submission));
  LkPaceNotice notice = lk_pace_decided (self->pace, g_get_monotonic_time (), lk_decision_get_shown_ms (change->decision),
                                         self->waited_ms, identity);

  self->answered_at = g_get_monotonic_time ();
  self->waited_ms = 0;
  if (notice != LK_PACE_FINE)
    g_signal_emit (self, signals[NOTICE], 0, (int) notice);
}

static void
on_decision_stored (GObject *outbox, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  LkReview *self = change->review;
  g_autoptr (GError) error = NULL;
  gboolean undo = self->undo_after_writing;

  g_hash_table_remove (self->writing, lk_submission_get_id (change->submission));
  self->undo_after_writing = FALSE;
  if (!lk_outbox_add_decision_finish (LK_OUTBOX (outbox), result, &error))
    {
      fail (self, error);
      return;
    }
  lk_submission_set_decision (change->submission, change->decision);
  lk_submission_set_unsure (change->submission, FALSE);
  if (lk_review_queue_get_current (self->queue) == change->submission)
    lk_review_queue_advance (self->queue);
  update_can_undo (self);
  g_signal_emit (self, signals[DECIDED], 0, change->submission);
  watch_pace (self, change);
  if (undo)
    lk_review_undo (self);
}

static gboolean
decide (LkReview *self, LkSubmission *submission, LkVerdict verdict, const char *const *reasons, const char *note,
        const char *input, int ms, GError **error)
{
  const char *id = lk_submission_get_id (submission);
  LkDecisionDescription description = {
    .submission = id,
    .lease = lk_submission_get_lease (submission),
    .photo = lk_submission_get_photo (submission),
    .verdict = verdict,
    .reasons = reasons,
    .note = note,
    .decided_at = g_get_real_time (),
    .shown_ms = ms,
    .input = input,
    .unsure = lk_submission_get_unsure (submission),
  };
  g_autoptr (LkDecision) decision = NULL;

  if (lk_submission_get_decision (submission) != NULL || g_hash_table_contains (self->writing, id)
      || lk_review_queue_find (self->queue, id, NULL) != submission)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_STATE, "submission %s is decided already, or is not in the queue any more",
                   id);
      return FALSE;
    }
  if (!lk_reason_catalogue_validate (self->reasons, verdict, reasons, note, lk_submission_get_checks (submission),
                                     error))
    return FALSE;
  decision = lk_decision_new (&description);
  g_hash_table_add (self->writing, g_strdup (id));
  lk_outbox_add_decision_async (self->outbox, decision, submission, on_decision_stored,
                                change_new (self, submission, decision));
  return TRUE;
}

gboolean
lk_review_decide (LkReview *self, LkSubmission *submission, LkVerdict verdict, const char *const *reasons,
                  const char *note, const char *input, GError **error)
{
  return decide (self, submission, verdict, reasons, note, input, shown_ms (self, submission), error);
}

guint
lk_review_approve_all (LkReview *self, GPtrArray *submissions, int sheet_ms)
{
  guint n = 0;

  for (guint i = 0; i < submissions->len; i++)
    {
      LkSubmission *submission = submissions->pdata[i];
      g_autoptr (GError) error = NULL;

      if (!lk_checks_allow_batch (lk_submission_get_checks (submission)) || lk_submission_get_unsure (submission))
        continue;
      if (decide (self, submission, LK_VERDICT_APPROVE, NULL, NULL, LK_INPUT_BATCH, sheet_ms / (int) submissions->len, &error))
        n++;
      else
        g_message ("sheet: %s", error->message);
    }
  return n;
}

/* Undo */

static gint64
undo_time (LkReview *self)
{
  return (gint64) lk_account_get_meta (self->account)->undo_seconds * G_TIME_SPAN_SECOND;
}

/* What undo takes back: the last decision that stands, if it is young enough and its submission is still here. */
static const LkEntry *
undoable (LkReview *self)
{
  const LkEntry *entry = lk_outbox_find_last_decision (self->outbox, g_get_real_time () - undo_time (self));

  if (entry == NULL || self->undoing || lk_review_queue_find (self->queue, entry->submission, NULL) == NULL)
    return NULL;
  return entry;
}

static gboolean
on_undo_timer (gpointer user_data)
{
  LkReview *self = user_data;

  self->undo_timer = 0;
  update_can_undo (self);
  return G_SOURCE_REMOVE;
}

static void
update_can_undo (LkReview *self)
{
  const LkEntry *entry = undoable (self);
  gboolean can_undo = entry != NULL;

  g_clear_handle_id (&self->undo_timer, g_source_remove);
  if (entry != NULL)
    {
      gint64 left = entry->made_at + undo_time (self) - g_get_real_time ();

      self->undo_timer = g_timeout_add ((guint) CLAMP (left / 1000 + 1, 1, 3600 * 1000), on_undo_timer, self);
    }
  if (self->can_undo == can_undo)
    return;
  self->can_undo = can_undo;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
}

static void
on_undo_stored (GObject *outbox, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  LkReview *self = change->review;
  g_autoptr (GError) error = NULL;
  guint position;

  self->undoing = FALSE;
  if (!lk_outbox_add_revert_finish (LK_OUTBOX (outbox), result, &error))
    {
      update_can_undo (self);
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->shown, g_free);
  if (change->submission == NULL)
    {
      update_can_undo (self);
      return;
    }
  lk_submission_set_decision (change->submission, NULL);
  if (lk_review_queue_find (self->queue, lk_submission_get_id (change->submission), &position) != NULL)
    lk_review_queue_set_position (self->queue, position);
  update_can_undo (self);
  g_signal_emit (self, signals[UNDONE], 0, change->submission);
}

gboolean
lk_review_undo (LkReview *self)
{
  const LkEntry *entry;
  LkSubmission *submission;

  if (g_hash_table_size (self->writing) > 0)
    {
      self->undo_after_writing = TRUE;
      return TRUE;
    }
  entry = undoable (self);
  if (entry == NULL)
    return FALSE;
  self->undoing = TRUE;
  submission = lk_review_queue_find (self->queue, entry->submission, NULL);
  lk_outbox_add_revert_async (self->outbox, entry->key, on_undo_stored, change_new (self, submission, NULL));
  return TRUE;
}

gboolean
lk_review_undo_decision (LkReview *self, const char *key)
{
  const LkEntry *entry = lk_outbox_find (self->outbox, key);
  LkSubmission *submission;

  if (entry == NULL || entry->kind != LK_ENTRY_DECISION || entry->reverted || entry->state == LK_ENTRY_CONFLICT
      || entry->state == LK_ENTRY_REFUSED || entry->made_at <= g_get_real_time () - undo_time (self) || self->undoing)
    return FALSE;
  self->undoing = TRUE;
  submission = lk_review_queue_find (self->queue, entry->submission, NULL);
  lk_outbox_add_revert_async (self->outbox, key, on_undo_stored, change_new (self, submission, NULL));
  return TRUE;
}

LkOutbox *
lk_review_get_outbox (LkReview *self)
{
  return self->outbox;
}

LkPace *
lk_review_get_pace (LkReview *self)
{
  return self->pace;
}

gint64
lk_review_undo_time (LkReview *self)
{
  return undo_time (self);
}

gboolean
lk_review_get_can_undo (LkReview *self)
{
  return self->can_undo;
}

guint
lk_review_get_n_locked (LkReview *self)
{
  return lk_outbox_get_n_locked (self->outbox);
}

