/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/student-feed.h"

#include <string.h>

#include "core/error.h"
#include "service/problem.h"

enum
{
  LOOK_SECONDS = 5,             /* times pass and reviewers decide without anybody telling us: everybody is looked at so often */
  WAITS_OF_ONE = 8,             /* calls of one student that wait at a time: some pages on some devices */
};

typedef struct
{
  LkCall *call;
  char *seen;                   /* version */
  gint64 deadline, look_at;     /* monotonic µs */
} Waiter;

struct _LkStudentFeed
{
  LkService *service;
  GThread *thread;
  GMutex mutex;
  GCond wake;
  GPtrArray *waiters;           /* of Waiter */
  Waiter *current;              /* is being looked at and not among the others */
  gboolean heard;               /* something about the current one, meanwhile */
  gboolean stopping;
};

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  g_free (waiter->seen);
  g_free (waiter);
}

/* Answers when there is something to say or no more time; FALSE when it goes on waiting. */
static gboolean
serve_waiter (Waiter *waiter, gboolean last_call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) json = lk_student_look_up (waiter->call, &error);
  gint64 now = g_get_monotonic_time ();

  if (json != NULL && !last_call && waiter->deadline > now && strcmp (lk_json_string (json, "version"), waiter->seen) == 0)
    {
      waiter->look_at = MIN (waiter->deadline, now + LOOK_SECONDS * G_TIME_SPAN_SECOND);
      return FALSE;
    }
  lk_call_reply (waiter->call, json != NULL ? lk_response_new_json (200, json) : lk_problem_from_error (waiter->call->request, error));
  return TRUE;
}

/* A waiter whose turn it is, no longer among the others; NULL for none. */
static Waiter *
take_due (LkStudentFeed *self)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->waiters->len; i++)
    if (self->stopping || ((Waiter *) self->waiters->pdata[i])->look_at <= now)
      return g_ptr_array_steal_index_fast (self->waiters, i);
  return NULL;
}

static gint64
next_look (LkStudentFeed *self)
{
  gint64 next = g_get_monotonic_time () + G_TIME_SPAN_HOUR;

  for (guint i = 0; i < self->waiters->len; i++)
    next = MIN (next, ((Waiter *) self->waiters->pdata[i])->look_at);
  return next;
}

static gpointer
feed_main (gpointer data)
{
  LkStudentFeed *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopping || self->waiters->len > 0)
    {
      Waiter *waiter = take_due (self);
      gboolean last_call = self->stopping, is_done;

      if (waiter == NULL)
        {
          g_cond_wait_until (&self->wake, &self->mutex, next_look (self));
          continue;
        }
      self->current = waiter;
      self->heard = FALSE;
      g_mutex_unlock (&self->mutex);            /* it reads the database */
      is_done = serve_waiter (waiter, last_call);
      g_mutex_lock (&self->mutex);
      self->current = NULL;
      if (is_done)
        {
          waiter_free (waiter);
          continue;
        }
      if (self->heard)
        waiter->look_at = 0;
      g_ptr_array_add (self->waiters, waiter);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

LkStudentFeed *
lk_student_feed_new (LkService *service)
{
  LkStudentFeed *self = g_new0 (LkStudentFeed, 1);

  self->service = service;
  self->waiters = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("student-feed", feed_main, self);
  return self;
}

void
lk_student_feed_stop (LkStudentFeed *self)
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
lk_student_feed_free (LkStudentFeed *self)
{
  lk_student_feed_stop (self);
  g_ptr_array_unref (self->waiters);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self);
}

static guint
count_waits (LkStudentFeed *self, gint64 student)
{
  guint n = 0;

  for (guint i = 0; i < self->waiters->len; i++)
    n += ((Waiter *) self->waiters->pdata[i])->call->student.session.student == student;
  return n;
}

gboolean
lk_student_feed_wait (LkStudentFeed *self, LkCall *call, const char *seen, int seconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Waiter *waiter;

  if (self->stopping || self->waiters->len >= (guint) self->service->config.changes_waiting_max
      || count_waits (self, call->student.session.student) >= WAITS_OF_ONE)
    return FALSE;
  waiter = g_new0 (Waiter, 1);
  waiter->call = call;
  waiter->seen = g_strdup (seen);
  waiter->deadline = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  waiter->look_at = 0;          /* what has changed since the caller looked must not be missed */
  g_ptr_array_add (self->waiters, waiter);
  g_cond_signal (&self->wake);
  return TRUE;
}

void
lk_student_feed_notify (gint64 student, gpointer data)
{
  LkStudentFeed *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->waiters->len; i++)
    {
      Waiter *waiter = self->waiters->pdata[i];

      if (waiter->call->student.session.student == student)
        waiter->look_at = 0;
    }
  /* its call may be answered already: nobody asks whose it is */
  self->heard = self->current != NULL;
  g_cond_signal (&self->wake);
}
