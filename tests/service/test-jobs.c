/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "service/jobs.h"

/* The queue alone: its work is a door that the test opens. */

typedef struct
{
  GMutex mutex;
  GCond changed;
  int open;                     /* so many jobs may end */
  int prepared, running, most_running, most_of_one;
  GPtrArray *done;              /* ids, in the order in which they began */
  GArray *now;                  /* students of jobs in work */
} Door;

static void
prepare (gpointer data)
{
  Door *door = data;

  g_mutex_lock (&door->mutex);
  door->prepared++;
  g_mutex_unlock (&door->mutex);
}

static int
count_student (Door *door, gint64 student)
{
  int n = 0;

  for (guint i = 0; i < door->now->len; i++)
    n += g_array_index (door->now, gint64, i) == student;
  return n;
}

static void
work (const LkJob *job, gpointer data)
{
  Door *door = data;

  g_mutex_lock (&door->mutex);
  g_ptr_array_add (door->done, g_strdup (job->id));
  g_array_append_val (door->now, job->student);
  door->running++;
  door->most_running = MAX (door->most_running, door->running);
  door->most_of_one = MAX (door->most_of_one, count_student (door, job->student));
  g_cond_broadcast (&door->changed);
  while (door->open == 0)
    g_cond_wait (&door->changed, &door->mutex);
  door->open--;
  door->running--;
  for (guint i = 0; i < door->now->len; i++)
    if (g_array_index (door->now, gint64, i) == job->student)
      {
        g_array_remove_index_fast (door->now, i);
        break;
      }
  g_cond_broadcast (&door->changed);
  g_mutex_unlock (&door->mutex);
}

static void
door_init (Door *door)
{
  *door = (Door) { .done = g_ptr_array_new_with_free_func (g_free), .now = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_mutex_init (&door->mutex);
  g_cond_init (&door->changed);
}

static void
door_clear (Door *door)
{
  g_ptr_array_unref (door->done);
  g_array_unref (door->now);
  g_mutex_clear (&door->mutex);
  g_cond_clear (&door->changed);
}

static void
open_door (Door *door, int n)
{
  g_mutex_lock (&door->mutex);
  door->open += n;
  g_cond_broadcast (&door->changed);
  g_mutex_unlock (&door->mutex);
}

static void
wait_until_begun (Door *door, guint n)
{
  g_mutex_lock (&door->mutex);
  while (door->done->len < n)
    g_cond_wait (&door->changed, &door->mutex);
  g_mutex_unlock (&door->mutex);
}

static LkJobs *
jobs_new (Door *door, int workers, int waiting_max)
{
  const LkJobsLimits limits = { workers, waiting_max, { 1000, 2000 } };
  const LkJobsFuncs funcs = { prepare, work };

  return lk_jobs_new (&limits, &funcs, door);
}

/* As the service does it. */
static gboolean
push (LkJobs *jobs, LkJobKind kind, gint64 student, const char *id)
{
  LkJob job = { kind, student, "" };

  if (!lk_jobs_have_room (jobs, student, NULL))
    return FALSE;
  g_strlcpy (job.id, id, sizeof job.id);
  lk_jobs_push (jobs, &job);
  return TRUE;
}

static void
wait_until_empty (LkJobs *jobs)
{
  LkJobsFigures figures;

  do
    {
      g_usleep (1000);
      lk_jobs_get_figures (jobs, &figures);
    }
  while (figures.waiting + figures.running > 0);
}

/* Place and time: what is before a job, shared by the workers. */
static void
test_place (void)
{
  Door door;
  g_autoptr (LkJobs) jobs = NULL;
  LkJobPlace place;

  door_init (&door);
  jobs = jobs_new (&door, 1, 100);
  g_assert_true (push (jobs, LK_JOB_CHECK, 1, "a"));
  wait_until_begun (&door, 1);
  g_assert_true (push (jobs, LK_JOB_LOOK, 2, "b"));
  g_assert_true (push (jobs, LK_JOB_CHECK, 3, "c"));
  g_assert_true (lk_jobs_find (jobs, "a", &place));
  g_assert_true (place.is_running);
  g_assert_cmpint (place.kind, ==, LK_JOB_CHECK);
  g_assert_cmpuint (place.ahead, ==, 0);
  g_assert_cmpint (place.wait_seconds, <=, 2);
  g_assert_true (lk_jobs_find (jobs, "c", &place));
  g_assert_false (place.is_running);
  g_assert_cmpuint (place.ahead, ==, 2);
  /* up to two seconds of the check in work, one of the look, two of its own */
  g_assert_cmpint (place.wait_seconds, >=, 3);
  g_assert_cmpint (place.wait_seconds, <=, 5);
  g_assert_false (lk_jobs_find (jobs, "d", &place));
  open_door (&door, 3);
  wait_until_empty (jobs);
  g_assert_false (lk_jobs_find (jobs, "c", &place));
  g_assert_cmpstr (door.done->pdata[1], ==, "b");
  g_assert_cmpstr (door.done->pdata[2], ==, "c");
  g_clear_pointer (&jobs, lk_jobs_free);
  g_assert_cmpint (door.prepared, ==, 1);
  door_clear (&door);
}

/* The queue has an end; a student in it has one place, whatever they send. */
static void
test_bound (void)
{
  Door door;
  g_autoptr (LkJobs) jobs = NULL;
  LkJobsFigures figures;
  LkJobPlace place;
  int wait = 0;

  door_init (&door);
  jobs = jobs_new (&door, 1, 2);
  push (jobs, LK_JOB_LOOK, 1, "a");
  wait_until_begun (&door, 1);
  g_assert_true (lk_jobs_have_room (jobs, 9, NULL));
  g_assert_true (push (jobs, LK_JOB_LOOK, 2, "b"));
  g_assert_true (push (jobs, LK_JOB_LOOK, 3, "c"));
  g_assert_false (lk_jobs_have_room (jobs, 9, &wait));
  g_assert_cmpint (wait, >=, 4);        /* two looks and one check */
  g_assert_false (push (jobs, LK_JOB_CHECK, 4, "d"));
  g_assert_true (push (jobs, LK_JOB_LOOK, 2, "b"));     /* the same again */
  lk_jobs_find (jobs, "b", &place);
  g_assert_cmpuint (place.ahead, ==, 1);
  g_assert_true (push (jobs, LK_JOB_LOOK, 2, "b2"));    /* another photo: at the end, the old one is out */
  g_assert_false (lk_jobs_find (jobs, "b", &place));
  g_assert_true (lk_jobs_find (jobs, "b2", &place));
  g_assert_cmpuint (place.ahead, ==, 2);
  lk_jobs_get_figures (jobs, &figures);
  g_assert_cmpuint (figures.waiting, ==, 2);
  g_assert_cmpuint (figures.refused, ==, 2);
  open_door (&door, 3);
  wait_until_empty (jobs);
  g_assert_cmpuint (door.done->len, ==, 3);
  g_clear_pointer (&jobs, lk_jobs_free);
  door_clear (&door);
}

/* Two workers, and yet never two jobs of one student at a time; the others go on meanwhile. */
static void
test_one_at_a_time (void)
{
  Door door;
  g_autoptr (LkJobs) jobs = NULL;

  door_init (&door);
  jobs = jobs_new (&door, 2, 100);
  push (jobs, LK_JOB_LOOK, 1, "a");
  wait_until_begun (&door, 1);
  push (jobs, LK_JOB_LOOK, 1, "b");
  push (jobs, LK_JOB_LOOK, 2, "c");
  wait_until_begun (&door, 2);
  g_assert_cmpstr (door.done->pdata[1], ==, "c");
  open_door (&door, 3);
  wait_until_empty (jobs);
  g_assert_cmpint (door.most_of_one, ==, 1);
  g_assert_cmpint (door.most_running, ==, 2);
  g_assert_cmpuint (door.done->len, ==, 3);
  g_clear_pointer (&jobs, lk_jobs_free);
  g_assert_cmpint (door.prepared, ==, 2);
  door_clear (&door);
}

static gpointer
stop_in_thread (gpointer jobs)
{
  lk_jobs_stop (jobs);
  return NULL;
}

/* At the end what is in work is finished, what waits is left, nothing more is taken. */
static void
test_stop (void)
{
  Door door;
  g_autoptr (LkJobs) jobs = NULL;
  g_autoptr (GThread) thread = NULL;

  door_init (&door);
  jobs = jobs_new (&door, 1, 100);
  push (jobs, LK_JOB_CHECK, 1, "a");
  wait_until_begun (&door, 1);
  push (jobs, LK_JOB_CHECK, 2, "b");
  thread = g_thread_new ("stop", stop_in_thread, jobs);
  while (push (jobs, LK_JOB_LOOK, 3, "c"))
    g_usleep (1000);
  open_door (&door, 1);
  g_thread_join (g_steal_pointer (&thread));
  g_assert_cmpuint (door.done->len, ==, 1);
  g_clear_pointer (&jobs, lk_jobs_free);
  door_clear (&door);
}

/* After a restart everything that waited comes back, however much it is. */
static void
test_again (void)
{
  Door door;
  g_autoptr (LkJobs) jobs = NULL;
  LkJobsFigures figures;

  door_init (&door);
  jobs = jobs_new (&door, 1, 2);
  for (int i = 0; i < 5; i++)
    {
      LkJob job = { LK_JOB_CHECK, i, "" };

      g_snprintf (job.id, sizeof job.id, "%d", i);
      lk_jobs_push (jobs, &job);
    }
  open_door (&door, 5);
  wait_until_empty (jobs);
  lk_jobs_get_figures (jobs, &figures);
  g_assert_cmpuint (figures.done[LK_JOB_CHECK], ==, 5);
  g_assert_cmpfloat (figures.mean_ms[LK_JOB_CHECK], <, 1000);   /* measured, not expected */
  /* a look takes half as long, as it was said */
  g_assert_cmpfloat (fabs (figures.mean_ms[LK_JOB_LOOK] / figures.mean_ms[LK_JOB_CHECK] - 0.5), <, 1e-6);
  g_clear_pointer (&jobs, lk_jobs_free);
  door_clear (&door);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jobs/place", test_place);
  g_test_add_func ("/jobs/bound", test_bound);
  g_test_add_func ("/jobs/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/jobs/stop", test_stop);
  g_test_add_func ("/jobs/again", test_again);
  return g_test_run ();
}
