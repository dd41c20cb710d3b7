/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station.h"

#include "sample.h"
#include "wait.h"

Station *
station_new (void)
{
  Station *self = g_new0 (Station, 1);

  self->dir = sample_dir ();
  return self;
}

void
station_end (Station *self)
{
  if (self->review != NULL)
    wait_for_end_of (g_steal_pointer (&self->review));
  if (self->account != NULL)
    wait_for_end_of (g_steal_pointer (&self->account));
}

void
station_free (Station *self)
{
  station_end (self);
  sample_dir_remove (self->dir);
  g_free (self->dir);
  g_free (self);
}

gboolean
station_sign_in (Station *self, const char *url, const char *user, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (self->account == NULL)
    self->account = lk_account_new (self->dir);
  lk_account_sign_in_async (self->account, url, user, password, NULL, keep_result, &result);
  wait_until (result != NULL);
  return lk_account_sign_in_finish (self->account, result, error);
}

static void
on_current (Station *self)
{
  self->current_was_notified = TRUE;
}

static void
on_decided (Station *self)
{
  self->n_decided++;
}

static void
on_undone (Station *self)
{
  self->n_undone++;
}

static void
on_failed (LkReview *review, int code, const char *message, Station *self)
{
  self->n_failed++;
  self->code = code;
}

static void
on_lost (Station *self)
{
  self->n_lost++;
}

void
station_start (Station *self, const char *url, const char *user)
{
  g_autoptr (GError) error = NULL;

  station_sign_in (self, url, user, CAMPUS_PASSWORD, &error);
  g_assert_no_error (error);
  self->review = lk_review_new (self->account, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (station_queue (self), "notify::current", G_CALLBACK (on_current), self);
  g_signal_connect_swapped (self->review, "decided", G_CALLBACK (on_decided), self);
  g_signal_connect_swapped (self->review, "undone", G_CALLBACK (on_undone), self);
  g_signal_connect (self->review, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (station_sync (self), "lost", G_CALLBACK (on_lost), self);
}

LkReviewQueue *
station_queue (Station *self)
{
  return lk_review_get_queue (self->review);
}

LkSync *
station_sync (Station *self)
{
  return lk_review_get_sync (self->review);
}

void
station_wait_undecided (Station *self, guint n)
{
  wait_until (lk_review_queue_get_n_undecided (station_queue (self)) == n);
}

char *
station_decide (Station *self, LkVerdict verdict)
{
  static const char *const reasons[] = { "R203", NULL };
  static const char *const identity[] = { "R702", NULL };
  LkSubmission *current = lk_review_queue_get_current (station_queue (self));
  g_autoptr (GError) error = NULL;
  guint before = self->n_decided;
  char *id;

  g_assert_nonnull (current);
  id = g_strdup (lk_submission_get_id (current));
  lk_review_shown (self->review, current);
  lk_review_decide (self->review, current, verdict, verdict == LK_VERDICT_HOLD ? identity : reasons, NULL, "key",
                    &error);
  g_assert_no_error (error);
  self->current_was_notified = FALSE;
  wait_until (self->n_decided == before + 1);
  return id;
}

void
station_undo (Station *self)
{
  guint before = self->n_undone;

  g_assert_true (lk_review_undo (self->review));
  wait_until (self->n_undone == before + 1);
}

void
station_wait_synced (Station *self)
{
  wait_until (lk_sync_get_n_waiting (station_sync (self)) == 0
              && lk_sync_get_state (station_sync (self)) == LK_SYNC_SYNCED);
}

void
station_wait_offline (Station *self)
{
  lk_sync_poke (station_sync (self));
  wait_until (lk_sync_get_state (station_sync (self)) == LK_SYNC_OFFLINE);
}
