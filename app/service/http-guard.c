/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-guard.h"

#include <sys/socket.h>

struct _LkHttpWatch
{
  LkHttpGuard *guard;
  GList link;
  int fd;
  gint64 deadline;              /* monotonic µs, 0 for none */
};

struct _LkHttpGuard
{
  GThread *thread;
  GMutex mutex;
  GCond stop, empty;
  gboolean stopping;
  GQueue watches;
};

static gint64
deadline_in (int seconds)
{
  return seconds > 0 ? g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND : 0;
}

/* Shut down, not closed: the descriptor is the library's to close, and it will when it sees the end of the stream. */
static void
close_late (LkHttpGuard *self)
{
  gint64 now = g_get_monotonic_time ();

  for (GList *link = self->watches.head; link != NULL; link = link->next)
    {
      LkHttpWatch *watch = link->data;

      if (watch->deadline != 0 && watch->deadline < now)
        {
          shutdown (watch->fd, SHUT_RDWR);
          watch->deadline = 0;
        }
    }
}

static gpointer
guard_main (gpointer data)
{
  LkHttpGuard *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopping)
    {
      g_cond_wait_until (&self->stop, &self->mutex, g_get_monotonic_time () + G_TIME_SPAN_SECOND);
      close_late (self);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

LkHttpGuard *
lk_http_guard_new (void)
{
  LkHttpGuard *self = g_new0 (LkHttpGuard, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->stop);
  g_cond_init (&self->empty);
  g_queue_init (&self->watches);
  self->thread = g_thread_new ("http-guard", guard_main, self);
  return self;
}

void
lk_http_guard_free (LkHttpGuard *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->stop);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->stop);
  g_cond_clear (&self->empty);
  g_free (self);
}

LkHttpWatch *
lk_http_guard_watch (LkHttpGuard *self, int fd, int seconds)
{
  LkHttpWatch *watch = g_new0 (LkHttpWatch, 1);

  watch->guard = self;
  watch->link.data = watch;
  watch->fd = fd;
  watch->deadline = deadline_in (seconds);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail_link (&self->watches, &watch->link);
  g_mutex_unlock (&self->mutex);
  return watch;
}

void
lk_http_watch_set (LkHttpWatch *watch, int seconds)
{
  g_mutex_lock (&watch->guard->mutex);
  watch->deadline = deadline_in (seconds);
  g_mutex_unlock (&watch->guard->mutex);
}

void
lk_http_watch_add (LkHttpWatch *watch, gint64 microseconds)
{
  g_mutex_lock (&watch->guard->mutex);
  if (watch->deadline != 0)
    watch->deadline += microseconds;
  g_mutex_unlock (&watch->guard->mutex);
}

void
lk_http_watch_end (LkHttpWatch *watch)
{
  g_mutex_lock (&watch->guard->mutex);
  g_queue_unlink (&watch->guard->watches, &watch->link);
  if (watch->guard->watches.length == 0)
    g_cond_broadcast (&watch->guard->empty);
  g_mutex_unlock (&watch->guard->mutex);
  g_free (watch);
}

void
lk_http_guard_close_all (LkHttpGuard *self, int seconds)
{
  gint64 deadline = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;

  g_mutex_lock (&self->mutex);
  for (GList *link = self->watches.head; link != NULL; link = link->next)
    shutdown (((LkHttpWatch *) link->data)->fd, SHUT_RDWR);
  while (self->watches.length > 0 && g_cond_wait_until (&self->empty, &self->mutex, deadline))
    ;
  g_mutex_unlock (&self->mutex);
}
