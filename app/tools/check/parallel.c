/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/parallel.h"

enum { JOBS_MAX = 64 };

typedef struct
{
  guint n;
  LkIndexFunc work;
  gpointer data;
  GMutex lock;
  GCond changed;
  guint next, n_finished;       /* under the lock, as all below */
  gboolean *finished;
} Run;

static gpointer
worker_main (gpointer data)
{
  Run *run = data;

  g_mutex_lock (&run->lock);
  while (run->next < run->n)
    {
      guint i = run->next++;

      g_mutex_unlock (&run->lock);
      run->work (i, run->data);
      g_mutex_lock (&run->lock);
      run->finished[i] = TRUE;
      run->n_finished++;
      g_cond_signal (&run->changed);
    }
  g_mutex_unlock (&run->lock);
  return NULL;
}

/* Hands on what is finished in order until everything is. */
static void
collect (Run *run, LkIndexFunc done, LkProgress *progress)
{
  guint first = 0, reported = 0;

  g_mutex_lock (&run->lock);
  while (first < run->n)
    {
      while (run->n_finished == reported && !run->finished[first])
        g_cond_wait (&run->changed, &run->lock);
      reported = run->n_finished;
      while (first < run->n && run->finished[first])
        {
          guint i = first++;

          g_mutex_unlock (&run->lock);
          if (done != NULL)
            done (i, run->data);
          g_mutex_lock (&run->lock);
        }
      g_mutex_unlock (&run->lock);
      if (progress != NULL)
        lk_progress_set (progress, reported);
      g_mutex_lock (&run->lock);
    }
  g_mutex_unlock (&run->lock);
}

void
lk_parallel_run (guint n, guint jobs, LkIndexFunc work, LkIndexFunc done, LkProgress *progress, gpointer data)
{
  g_autofree gboolean *finished = g_new0 (gboolean, n);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  Run run = { .n = n, .work = work, .data = data, .finished = finished };

  g_mutex_init (&run.lock);
  g_cond_init (&run.changed);
  for (guint i = 0; i < MIN (jobs, n); i++)
    g_ptr_array_add (threads, g_thread_new ("photo", worker_main, &run));
  collect (&run, done, progress);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  g_cond_clear (&run.changed);
  g_mutex_clear (&run.lock);
}

guint
lk_parallel_jobs (int asked)
{
  return asked > 0 ? MIN ((guint) asked, JOBS_MAX) : CLAMP (g_get_num_processors (), 1, JOBS_MAX);
}
