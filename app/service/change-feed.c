/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/change-feed.h"

#include "core/error.h"
#include "service/problem.h"

/* While many decide, those who watch are told in bundles. */
enum { BUNDLE_MS = 50 };

typedef struct
{
  LkCall *call;
  gint64 cursor;
  gint64 deadline;              /* monotonic µs */
} Waiter;

struct _LkChangeFeed
{
  LkService *service;
  GThread *thread;
  GMutex mutex;
  GCond wake;
  GArray *waiters;
  gboolean notified, stopping;
};

/* Answers the waiter when there is something to say or no more time; FALSE when it goes on waiting. */
static gboolean
serve_waiter (LkChangeFeed *self, Waiter *waiter, gboolean last_call)
{
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;
  LkResponse *response = lk_changes_response (self->service, waiter->call->who->actor.role, waiter->cursor, &n_changes,
                                              &waiter->cursor, &error);

  if (response == NULL)
    response = lk_problem_from_error (waiter->call->request, error);
  else if (n_changes == 0 && !last_call && waiter->deadline > g_get_monotonic_time ())
    {
      lk_response_free (response);
      return FALSE;
    }
  lk_call_reply (waiter->call, response);
  return TRUE;
}

/* The waiters whose turn it is: all after a commit, else those whose time is over. */
static GArray *
take_waiters (LkChangeFeed *self, gboolean all)
{
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (Waiter));
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->waiters->len;)
    {
      Waiter waiter = g_array_index (self->waiters, Waiter, i);

      if (all || waiter.deadline <= now)
        {
          g_array_append_val (taken, waiter);
          g_array_remove_index_fast (self->waiters, i);
        }
      else
        i++;
    }
  return taken;
}

/* Outside the lock, since it reads the database and answers. */
static void
serve_round (LkChangeFeed *self, gboolean all, gboolean last_call)
{
  g_autoptr (GArray) taken = take_waiters (self, all);

  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < taken->len;)
    if (serve_waiter (self, &g_array_index (taken, Waiter, i), last_call))
      g_array_remove_index_fast (taken, i);
    else
      i++;
  g_mutex_lock (&self->mutex);
  if (taken->len > 0)
    g_array_append_vals (self->waiters, taken->data, taken->len);
}

static gint64
next_deadline (LkChangeFeed *self)
{
  gint64 next = g_get_monotonic_time () + G_TIME_SPAN_HOUR;

  for (guint i = 0; i < self->waiters->len; i++)
    next = MIN (next, g_array_index (self->waiters, Waiter, i).deadline);
  return next;
}

static gpointer
feed_main (gpointer data)
{
  LkChangeFeed *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopping)
    {
      gboolean notified;

      if (!self->notified || self->waiters->len == 0)
        g_cond_wait_until (&self->wake, &self->mutex, next_deadline (self));
      notified = self->notified;
      self->notified = FALSE;
      if (self->waiters->len > 0)
        serve_round (self, notified, FALSE);
      if (notified && self->waiters->len > 0 && !self->stopping)
        {
          gint64 until = g_get_monotonic_time () + BUNDLE_MS * G_TIME_SPAN_MILLISECOND;
          while (!self->stopping && g_cond_wait_until (&self->wake, &self->mutex, until))
            ;
        }
    }
  serve_round (self, TRUE, TRUE);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

LkChangeFeed *
lk_change_feed_new (LkService *service)
{
  LkChangeFeed *self = g_new0 (LkChangeFeed, 1);

  self->service = service;
  self->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("change-feed", feed_main, self);
  return self;
}

void
lk_change_feed_stop (LkChangeFeed *self)
{
  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
lk_change_feed_free (LkChangeFeed *self)
{
  lk_change_feed_stop (self);
  g_array_unref (self->waiters);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self);
}

gboolean
lk_change_feed_wait (LkChangeFeed *self, LkCall *call, gint64 cursor, int seconds)
{
  Waiter waiter = { call, cursor, g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND };
  gboolean taken;

  g_mutex_lock (&self->mutex);
  taken = !self->stopping && self->waiters->len < (guint) self->service->config.changes_waiting_max;
  if (taken)
    {
      g_array_append_val (self->waiters, waiter);
      self->notified = TRUE;    /* what was committed since the caller looked must not be missed */
      g_cond_signal (&self->wake);
    }
  g_mutex_unlock (&self->mutex);
  return taken;
}

void
lk_change_feed_notify (gpointer data)
{
  LkChangeFeed *self = data;

  g_mutex_lock (&self->mutex);
  if (!self->notified)
    {
      self->notified = TRUE;
      g_cond_signal (&self->wake);
    }
  g_mutex_unlock (&self->mutex);
}
