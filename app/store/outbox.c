/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-store"

#include "store/outbox-private.h"

#include "core/error.h"
#include "core/key.h"
#include "core/wire.h"

struct _LkOutbox
{
  GObject parent_instance;

  LkStore *store;
  LkSeal *seal;       /* or NULL */
  guint n_locked;
  GPtrArray *entries; /* of LkEntry, by seq */
  GHashTable *by_key; /* borrowed key -> borrowed LkEntry */
};

G_DEFINE_FINAL_TYPE (LkOutbox, lk_outbox, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

LkEntryResult *
lk_entry_result_new (const char *key, LkEntryState state, int code, const char *winner)
{
  LkEntryResult *self = g_new0 (LkEntryResult, 1);

  self->key = g_strdup (key);
  self->state = state;
  self->code = code;
  self->winner = g_strdup (winner);
  return self;
}

void
lk_entry_result_free (LkEntryResult *self)
{
  g_free (self->key);
  g_free (self->winner);
  g_free (self);
}

void
lk_entry_free (LkEntry *self)
{
  g_free (self->key);
  g_free (self->submission);
  g_free (self->target);
  g_free (self->body);
  g_free (self->name);
  g_free (self->student_no);
  g_free (self->winner);
  g_free (self);
}

LkEntry *
lk_entry_new_decision (LkDecision *decision, LkSubmission *submission)
{
  g_autoptr (cJSON) json = lk_decision_to_json (decision);
  LkEntry *self = g_new0 (LkEntry, 1);

  self->kind = LK_ENTRY_DECISION;
  self->key = g_strdup (lk_decision_get_key (decision));
  self->submission = g_strdup (lk_decision_get_submission (decision));
  self->verdict = lk_decision_get_verdict (decision);
  self->body = lk_json_print (json);
  self->name = g_strdup (lk_submission_get_name (submission));
  self->student_no = g_strdup (lk_submission_get_student_no (submission));
  self->made_at = lk_decision_get_decided_at (decision);
  return self;
}

LkEntry *
lk_entry_new_revert (const LkEntry *target)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  LkEntry *self = g_new0 (LkEntry, 1);

  self->kind = LK_ENTRY_REVERT;
  self->key = lk_key_new ();
  self->submission = g_strdup (target->submission);
  self->target = g_strdup (target->key);
  self->verdict = target->verdict;
  lk_json_add_string (json, "key", self->key);
  self->body = lk_json_print (json);
  self->name = g_strdup (target->name);
  self->student_no = g_strdup (target->student_no);
  self->made_at = g_get_real_time ();
  return self;
}

static LkEntry *
find (LkOutbox *self, const char *key)
{
  return key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
}

static gboolean
is_refused (const LkEntry *entry)
{
  return entry->state == LK_ENTRY_CONFLICT || entry->state == LK_ENTRY_REFUSED;
}

/* Takes the entry over into memory. */
static void
keep_entry (LkOutbox *self, LkEntry *entry)
{
  LkEntry *target = find (self, entry->target);

  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_key, entry->key, entry);
  if (target != NULL && !is_refused (entry))
    target->reverted = TRUE;
}

static void
lk_outbox_finalize (GObject *object)
{
  LkOutbox *self = LK_OUTBOX (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->seal, lk_seal_unref);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (lk_outbox_parent_class)->finalize (object);
}

static void
lk_outbox_class_init (LkOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_outbox_finalize;

  signals[CHANGED] = g_signal_new ("changed", LK_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lk_outbox_init (LkOutbox *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_entry_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
}

typedef struct
{
  LkSeal *seal;
  GPtrArray *entries;
  guint n_locked;
} Loading;

static gboolean
load_entries (sqlite3 *db, gpointer data, GError **error)
{
  Loading *loading = data;

  return lk_outbox_sql_load (db, g_get_real_time () - G_TIME_SPAN_DAY, loading->seal, loading->entries,
                             &loading->n_locked, error);
}

LkOutbox *
lk_outbox_open (const char *path, LkSeal *seal, GError **error)
{
  g_autoptr (LkOutbox) self = g_object_new (LK_TYPE_OUTBOX, NULL);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_entry_free);
  Loading loading = { .seal = seal, .entries = entries };

  self->seal = seal != NULL ? lk_seal_ref (seal) : NULL;
  self->store = lk_store_open (path, error);
  if (self->store == NULL || !lk_store_load (self->store, load_entries, &loading, error))
    return NULL;
  self->n_locked = loading.n_locked;
  while (entries->len > 0)
    keep_entry (self, g_ptr_array_steal_index (entries, 0));
  return g_steal_pointer (&self);
}

guint
lk_outbox_get_n_locked (LkOutbox *self)
{
  return self->n_locked;
}

/* Adding: the entry lives in the job until it is on the disk, then in memory. */
typedef struct
{
  LkEntry *entry;
  LkSeal *seal; /* or NULL */
} AddJob;

static void
add_job_free (gpointer data)
{
  AddJob *job = data;

  g_clear_pointer (&job->entry, lk_entry_free);
  g_clear_pointer (&job->seal, lk_seal_unref);
  g_free (job);
}

static gboolean
insert_entry (sqlite3 *db, gpointer data, GError **error)
{
  AddJob *job = data;

  return lk_outbox_sql_insert (db, job->entry, job->seal, error);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LkOutbox *self = g_task_get_source_object (task);
  GError *error = NULL;
  gpointer data;
  AddJob *job;

  if (!lk_store_run_finish (LK_STORE (source), result, &data, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job = data;
  if (job->entry->seq != 0)
    {
      keep_entry (self, g_steal_pointer (&job->entry));
      g_signal_emit (self, signals[CHANGED], 0);
    }
  g_task_return_boolean (task, TRUE);
}

static void
add_entry (LkOutbox *self, LkEntry *entry, GTask *task)
{
  AddJob *job = g_new0 (AddJob, 1);

  job->entry = entry;
  job->seal = self->seal != NULL ? lk_seal_ref (self->seal) : NULL;
  lk_store_run_async (self->store, LK_STORE_DURABLE, insert_entry, job, add_job_free, on_added, task);
}

void
lk_outbox_add_decision_async (LkOutbox *self, LkDecision *decision, LkSubmission *submission,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lk_outbox_add_decision_async);
  add_entry (self, lk_entry_new_decision (decision, submission), task);
}

gboolean
lk_outbox_add_decision_finish (LkOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lk_outbox_add_revert_async (LkOutbox *self, const char *decision_key, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  const LkEntry *target = lk_outbox_find (self, decision_key);

  g_task_set_source_tag (task, lk_outbox_add_revert_async);
  if (target != NULL && target->kind == LK_ENTRY_DECISION)
    {
      add_entry (self, lk_entry_new_revert (target), task);
      return;
    }
  g_task_return_new_error (task, LK_ERROR, LK_ERROR_NOT_FOUND, "no decision %s to take back", decision_key);
  g_object_unref (task);
}

gboolean
lk_outbox_add_revert_finish (LkOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  GPtrArray *results; /* of LkEntryResult */
  LkSeal *seal;       /* or NULL */
} MarkJob;

static void
mark_job_free (gpointer data)
{
  MarkJob *job = data;

  g_ptr_array_unref (job->results);
  g_clear_pointer (&job->seal, lk_seal_unref);
  g_free (job);
}

static gboolean
mark_entries (sqlite3 *db, gpointer data, GError **error)
{
  MarkJob *job = data;

  for (guint i = 0; i < job->results->len; i++)
    if (!lk_outbox_sql_mark (db, job->results->pdata[i], job->seal, error))
      return FALSE;
  return TRUE;
}

/* The same in memory as lk_outbox_sql_mark() did in the database. */
static void
apply_result (LkOutbox *self, const LkEntryResult *result)
{
  LkEntry *entry = find (self, result->key);
  LkEntry *target;

  if (entry == NULL || entry->state > LK_ENTRY_SENT)
    return;
  entry->state = result->state;
  if (!is_refused (entry))
    return;
  entry->code = result->code;
  entry->winner = g_strdup (result->winner);
  target = find (self, entry->target);
  if (target != NULL)
    target->reverted = FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      LkEntry *other = self->entries->pdata[i];

      if (g_strcmp0 (other->target, entry->key) == 0 && other->state <= LK_ENTRY_SENT)
        other->state = LK_ENTRY_ACKED;
    }
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LkOutbox *self = g_task_get_source_object (task);
  GError *error = NULL;
  gpointer data;
  GPtrArray *results;

  if (!lk_store_run_finish (LK_STORE (source), result, &data, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  results = ((MarkJob *) data)->results;
  for (guint i = 0; i < results->len; i++)
    apply_result (self, results->pdata[i]);
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_boolean (task, TRUE);
}

void
lk_outbox_mark_async (LkOutbox *self, GPtrArray *results, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  MarkJob *job = g_new0 (MarkJob, 1);

  job->results = g_ptr_array_ref (results);
  job->seal = self->seal != NULL ? lk_seal_ref (self->seal) : NULL;
  g_task_set_source_tag (task, lk_outbox_mark_async);
  lk_store_run_async (self->store, LK_STORE_RELAXED, mark_entries, job, mark_job_free, on_marked, task);
}

gboolean
lk_outbox_mark_finish (LkOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
dismiss_entry (sqlite3 *db, gpointer key, GError **error)
{
  return lk_outbox_sql_dismiss (db, key, error);
}

static void
on_dismissed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LkOutbox *self = g_task_get_source_object (task);
  GError *error = NULL;
  gpointer key;
  LkEntry *entry;

  if (!lk_store_run_finish (LK_STORE (source), result, &key, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  entry = find (self, key);
  if (entry != NULL)
    entry->dismissed = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_boolean (task, TRUE);
}

void
lk_outbox_dismiss_async (LkOutbox *self, const char *key, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lk_outbox_dismiss_async);
  lk_store_run_async (self->store, LK_STORE_RELAXED, dismiss_entry, g_strdup (key), g_free, on_dismissed, task);
}

gboolean
lk_outbox_dismiss_finish (LkOutbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
lk_outbox_list_waiting (LkOutbox *self)
{
  GPtrArray *waiting = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    if (((LkEntry *) self->entries->pdata[i])->state <= LK_ENTRY_SENT)
      g_ptr_array_add (waiting, self->entries->pdata[i]);
  return waiting;
}

GPtrArray *
lk_outbox_list_conflicts (LkOutbox *self)
{
  GPtrArray *conflicts = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      LkEntry *entry = self->entries->pdata[i];

      if (is_refused (entry) && !entry->dismissed)
        g_ptr_array_add (conflicts, entry);
    }
  return conflicts;
}

guint
lk_outbox_get_n_waiting (LkOutbox *self)
{
  g_autoptr (GPtrArray) waiting = lk_outbox_list_waiting (self);

  return waiting->len;
}

const LkEntry *
lk_outbox_find (LkOutbox *self, const char *key)
{
  return find (self, key);
}

const LkEntry *
lk_outbox_find_waiting (LkOutbox *self, const char *submission)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const LkEntry *entry = self->entries->pdata[i - 1];

      if (entry->state <= LK_ENTRY_SENT && g_str_equal (entry->submission, submission))
        return entry;
    }
  return NULL;
}

const LkEntry *
lk_outbox_find_last (LkOutbox *self, const char *submission)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const LkEntry *entry = self->entries->pdata[i - 1];

      if (g_str_equal (entry->submission, submission))
        return entry;
    }
  return NULL;
}

static gboolean
decision_stands (const LkEntry *entry, gint64 since)
{
  return entry->kind == LK_ENTRY_DECISION && entry->made_at >= since && !entry->reverted && !is_refused (entry);
}

const LkEntry *
lk_outbox_find_last_decision (LkOutbox *self, gint64 after)
{
  for (guint i = self->entries->len; i > 0; i--)
    if (decision_stands (self->entries->pdata[i - 1], after))
      return self->entries->pdata[i - 1];
  return NULL;
}

GPtrArray *
lk_outbox_list_decisions (LkOutbox *self, gint64 since)
{
  GPtrArray *decisions = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      LkEntry *entry = self->entries->pdata[i];

      if (entry->kind == LK_ENTRY_DECISION && entry->made_at >= since)
        g_ptr_array_add (decisions, entry);
    }
  return decisions;
}

guint
lk_outbox_count_decisions (LkOutbox *self, gint64 since)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += decision_stands (self->entries->pdata[i], since) ? 1 : 0;
  return n;
}
