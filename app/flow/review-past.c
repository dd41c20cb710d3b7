/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow/review-private.h"

#include "core/wire.h"
#include "flow/account-private.h"
#include "flow/past-decision.h"

/* What this reviewer has done today, and how. */

static gint64
start_of_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                          g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

guint
lk_review_get_n_today (LkReview *self)
{
  return lk_outbox_count_decisions (lk_review_get_outbox (self), start_of_today ());
}

static LkDecision *
read_decision (const LkEntry *entry)
{
  g_autoptr (cJSON) json = lk_json_parse (entry->body, -1, 0, NULL);

  return json != NULL ? lk_decision_from_json (json, NULL) : NULL;
}

static LkPastState
state_of (const LkEntry *entry)
{
  if (entry->state == LK_ENTRY_CONFLICT || entry->state == LK_ENTRY_REFUSED)
    return LK_PAST_NOT_TAKEN;
  if (entry->reverted)
    return LK_PAST_UNDONE;
  return entry->state == LK_ENTRY_ACKED ? LK_PAST_STANDS : LK_PAST_WAITING;
}

static LkPastDecision *
make_past (LkReview *self, const LkEntry *entry)
{
  g_autoptr (LkDecision) decision = read_decision (entry);
  LkPastState state = state_of (entry);
  gboolean stands = state == LK_PAST_STANDS || state == LK_PAST_WAITING;

  if (decision == NULL)
    return NULL;
  return lk_past_decision_new (&(LkPastDecisionDescription) {
    .key = entry->key,
    .name = entry->name,
    .student_no = entry->student_no,
    .decision = decision,
    .state = state,
    .at = entry->made_at,
    .undo_until = stands ? entry->made_at + lk_review_undo_time (self) : 0,
  });
}

GPtrArray *
lk_review_list_today (LkReview *self)
{
  g_autoptr (GPtrArray) entries = lk_outbox_list_decisions (lk_review_get_outbox (self), start_of_today ());
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = entries->len; i > 0; i--)
    {
      LkPastDecision *past = make_past (self, entries->pdata[i - 1]);

      if (past != NULL)
        g_ptr_array_add (list, past);
    }
  return list;
}

void
lk_review_get_figures (LkReview *self, LkOwnFigures *figures)
{
  g_autoptr (GPtrArray) entries = lk_outbox_list_decisions (lk_review_get_outbox (self), start_of_today ());
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < entries->len; i++)
    {
      const LkEntry *entry = entries->pdata[i];
      g_autoptr (LkDecision) decision = entry->reverted ? NULL : read_decision (entry);
      int ms = decision != NULL ? lk_decision_get_shown_ms (decision) : 0;

      if (decision != NULL)
        g_array_append_val (times, ms);
    }
  figures->n_today = lk_review_get_n_today (self);
  figures->median_ms = lk_pace_median (times);
  figures->waiting = lk_pace_get_waiting (lk_review_get_pace (self));
}

static LkCampusClient *
client_of (LkReview *self)
{
  return lk_account_get_client (lk_review_get_account (self));
}

void
lk_review_own_agreement_async (LkReview *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  lk_campus_client_own_agreement_async (client_of (self), cancellable, callback, user_data);
}

LkAgreementFigure *
lk_review_own_agreement_finish (LkReview *self, GAsyncResult *result, GError **error)
{
  return lk_campus_client_own_agreement_finish (client_of (self), result, error);
}

void
lk_review_agreement_async (LkReview *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  lk_campus_client_agreement_async (client_of (self), cancellable, callback, user_data);
}

LkAgreementFigures *
lk_review_agreement_finish (LkReview *self, GAsyncResult *result, GError **error)
{
  return lk_campus_client_agreement_finish (client_of (self), result, error);
}
