/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/jobs.h"

#include <math.h>
#include <string.h>

/* How much the latest job counts in the mean at least: some dozens of jobs are remembered, so that the mean follows the load. */
static const double LEAST_WEIGHT = 0.05;

typedef struct
{
  LkJob job;
  gint64 since;                 /* monotonic µs: when it began to run */
} Entry;

struct _LkJobs
{
  LkJobsLimits limits;
  LkJobsFuncs funcs;
  gpointer data;
  guint n_workers;
  GPtrArray *threads;           /* of GThread, for who made them */

  GMutex mutex;
  GCond wake;
  GQueue waiting;               /* of Entry */
  GPtrArray *running;           /* of Entry, borrowed from the workers */
  gboolean stopping;
  double mean_ms[LK_N_JOB_KINDS];
  guint64 done[LK_N_JOB_KINDS], refused;
};

const char *
lk_job_kind_to_word (LkJobKind kind)
{
  return kind == LK_JOB_LOOK ? "look" : "check";
}

/* -- under the mutex -- */

static gboolean
is_student_running (LkJobs *self, gint64 student)
{
  for (guint i = 0; i < self->running->len; i++)
    if (((Entry *) self->running->pdata[i])->job.student == student)
      return TRUE;
  return FALSE;
}

/* The first job whose student has none in work, taken out of the queue; NULL when there is none. */
static Entry *
take_next (LkJobs *self)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (is_student_running (self, entry->job.student))
        continue;
      g_queue_delete_link (&self->waiting, link);
      return entry;
    }
  return NULL;
}

static GList *
find_student (LkJobs *self, gint64 student)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    if (((Entry *) link->data)->job.student == student)
      return link;
  return NULL;
}

/* Work in front of what stands behind n_ahead others, in ms of all workers together. */
static double
work_ahead (LkJobs *self, guint n_ahead)
{
  gint64 now = g_get_monotonic_time ();
  double ms = 0;
  GList *link = self->waiting.head;

  for (guint i = 0; i < self->running->len; i++)
    {
      const Entry *entry = self->running->pdata[i];

      ms += fmax (0, self->mean_ms[entry->job.kind] - (now - entry->since) / 1e3);
    }
  for (guint i = 0; i < n_ahead && link != NULL; i++, link = link->next)
    ms += self->mean_ms[((Entry *) link->data)->job.kind];
  return ms;
}

/* Until a job of that kind with so many before it is done: what is before it is shared by the workers, then its own time. */
static int
estimate (LkJobs *self, guint n_ahead, LkJobKind kind)
{
  double start = n_ahead == 0 && self->running->len < self->n_workers ? 0 : work_ahead (self, n_ahead) / self->n_workers;

  return MAX (1, (int) ceil ((start + self->mean_ms[kind]) / 1e3));
}

static void
append (LkJobs *self, const LkJob *job)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->job = *job;
  g_queue_push_tail (&self->waiting, entry);
  g_cond_signal (&self->wake);
}

/* -- the workers -- */

static void
begin (LkJobs *self, Entry *entry)
{
  entry->since = g_get_monotonic_time ();
  g_ptr_array_add (self->running, entry);
}

/* What was not measured yet is as much faster or slower than expected as what was. */
static void
guess_others (LkJobs *self, LkJobKind known)
{
  for (int kind = 0; kind < LK_N_JOB_KINDS; kind++)
    if (self->done[kind] == 0)
      self->mean_ms[kind] = self->limits.expected_ms[kind] * self->mean_ms[known] / self->limits.expected_ms[known];
}

static void
end (LkJobs *self, Entry *entry)
{
  double ms = (g_get_monotonic_time () - entry->since) / 1e3;
  double *mean = &self->mean_ms[entry->job.kind];

  g_ptr_array_remove_fast (self->running, entry);
  self->done[entry->job.kind]++;
  *mean += (ms - *mean) * fmax (LEAST_WEIGHT, 1.0 / (double) self->done[entry->job.kind]);
  guess_others (self, entry->job.kind);
  /* another job of this student may have been passed over */
  g_cond_signal (&self->wake);
}

/* Before a worker's first job. A service that no student uses needs no models. */
static void
prepare (LkJobs *self, Entry *entry)
{
  self->funcs.prepare (self->data);
  g_mutex_lock (&self->mutex);
  entry->since = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

static gpointer
worker_main (gpointer data)
{
  LkJobs *self = data;
  gboolean is_prepared = FALSE;

  g_mutex_lock (&self->mutex);
  while (!self->stopping)
    {
      g_autofree Entry *entry = take_next (self);

      if (entry == NULL)
        {
          g_cond_wait (&self->wake, &self->mutex);
          continue;
        }
      begin (self, entry);
      g_mutex_unlock (&self->mutex);
      if (!is_prepared)
        prepare (self, entry);
      is_prepared = TRUE;
      self->funcs.work (&entry->job, self->data);
      g_mutex_lock (&self->mutex);
      end (self, entry);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

LkJobs *
lk_jobs_new (const LkJobsLimits *limits, const LkJobsFuncs *funcs, gpointer data)
{
  LkJobs *self = g_new0 (LkJobs, 1);

  self->limits = *limits;
  self->funcs = *funcs;
  self->data = data;
  self->n_workers = limits->workers > 0 ? (guint) limits->workers : g_get_num_processors ();
  for (int kind = 0; kind < LK_N_JOB_KINDS; kind++)
    self->mean_ms[kind] = limits->expected_ms[kind];
  g_queue_init (&self->waiting);
  self->running = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->threads = g_ptr_array_new ();
  for (guint i = 0; i < self->n_workers; i++)
    g_ptr_array_add (self->threads, g_thread_new ("job", worker_main, self));
  return self;
}

void
lk_jobs_stop (LkJobs *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);
  while (self->threads->len > 0)
    g_thread_join (g_ptr_array_steal_index_fast (self->threads, 0));
}

void
lk_jobs_free (LkJobs *self)
{
  lk_jobs_stop (self);
  g_queue_clear_full (&self->waiting, g_free);
  g_ptr_array_unref (self->running);
  g_ptr_array_unref (self->threads);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self);
}

/* -- asking -- */

gboolean
lk_jobs_have_room (LkJobs *self, gint64 student, int *wait_seconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean has_room = self->waiting.length < (guint) self->limits.waiting_max || find_student (self, student) != NULL;

  if (wait_seconds != NULL)
    *wait_seconds = estimate (self, self->waiting.length, LK_JOB_CHECK);
  if (!has_room)
    self->refused++;
  return has_room && !self->stopping;
}

void
lk_jobs_push (LkJobs *self, const LkJob *job)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GList *own = find_student (self, job->student);
  Entry *entry = own != NULL ? own->data : NULL;

  if (self->stopping || (entry != NULL && entry->job.kind == job->kind && strcmp (entry->job.id, job->id) == 0))
    return;
  g_free (entry);
  if (own != NULL)
    g_queue_delete_link (&self->waiting, own);
  append (self, job);
}

static gboolean
find_running (LkJobs *self, const char *id, LkJobPlace *place)
{
  for (guint i = 0; i < self->running->len; i++)
    {
      const Entry *entry = self->running->pdata[i];
      double ms = self->mean_ms[entry->job.kind] - (g_get_monotonic_time () - entry->since) / 1e3;

      if (strcmp (entry->job.id, id) != 0)
        continue;
      *place = (LkJobPlace) { entry->job.kind, TRUE, 0, MAX (1, (int) ceil (ms / 1e3)) };
      return TRUE;
    }
  return FALSE;
}

gboolean
lk_jobs_find (LkJobs *self, const char *id, LkJobPlace *place)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint ahead = 0;

  /* a newer job of the same photo says more than the one in work */
  for (GList *link = self->waiting.head; link != NULL; link = link->next, ahead++)
    {
      const Entry *entry = link->data;

      if (strcmp (entry->job.id, id) != 0)
        continue;
      *place = (LkJobPlace) { entry->job.kind, FALSE, ahead + self->running->len, estimate (self, ahead, entry->job.kind) };
      return TRUE;
    }
  return find_running (self, id, place);
}

void
lk_jobs_get_figures (LkJobs *self, LkJobsFigures *figures)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *figures = (LkJobsFigures) { self->waiting.length, self->running->len, self->n_workers, .refused = self->refused };
  memcpy (figures->done, self->done, sizeof self->done);
  memcpy (figures->mean_ms, self->mean_ms, sizeof self->mean_ms);
}
