/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db.h"

G_BEGIN_DECLS

/**
 * LkJobs:
 *
 * What students wait for, in one bounded queue with a pool of workers. First come, first served, but for two things: a student has
 * at most one job in the queue (a newer one takes its place at the end), and two jobs of one student never run at a time, so that
 * nobody can fill the queue or the pool. What waits is not kept here over a restart: the database knows which jobs are open.
 * Any thread.
 */
typedef struct _LkJobs LkJobs;

typedef enum
{
  LK_JOB_LOOK,                  /* decode an original, find the face, propose a crop */
  LK_JOB_CHECK,                 /* cut the crop, run all checks, replace the background, finish the file */
} LkJobKind;
#define LK_N_JOB_KINDS (LK_JOB_CHECK + 1)

const char *lk_job_kind_to_word (LkJobKind kind);        /* "look", "check" */

typedef struct
{
  LkJobKind kind;
  gint64 student;               /* row */
  char id[LK_UUID_SIZE];        /* of the draft */
} LkJob;

typedef struct
{
  int workers;                  /* 0: as many as cores */
  int waiting_max;
  int expected_ms[LK_N_JOB_KINDS];      /* how long one takes, until that was measured */
} LkJobsLimits;

/* Both run on the workers. prepare is called once by each of them before its first job; the time it takes is not counted. */
typedef struct
{
  void (*prepare) (gpointer data);
  void (*work)    (const LkJob *job, gpointer data);
} LkJobsFuncs;

/* Where a job is. */
typedef struct
{
  LkJobKind kind;
  gboolean is_running;
  guint ahead;                  /* jobs that come before it */
  int wait_seconds;             /* until it is done, by what jobs took so far; at least 1 */
} LkJobPlace;

typedef struct
{
  guint waiting, running, workers;
  guint64 done[LK_N_JOB_KINDS], refused;
  double mean_ms[LK_N_JOB_KINDS];
} LkJobsFigures;

LkJobs  *lk_jobs_new  (const LkJobsLimits *limits, const LkJobsFuncs *funcs, gpointer data);

/* Jobs in work are finished, what waits is left; nothing is taken any more. */
void     lk_jobs_stop (LkJobs *self);
void     lk_jobs_free (LkJobs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkJobs, lk_jobs_free)

/* Whether the queue is not full, or the student stands in it already. Whoever makes jobs asks first; what was taken before a restart is put
 * back in any case. *wait_seconds: how long one would wait that came last. */
gboolean lk_jobs_have_room (LkJobs *self, gint64 student, int *wait_seconds);

/* At the end, in place of what the student had in the queue; the same job stays where it is. Nothing after lk_jobs_stop(). */
void     lk_jobs_push (LkJobs *self, const LkJob *job);

/* FALSE when it neither waits nor runs. */
gboolean lk_jobs_find (LkJobs *self, const char *id, LkJobPlace *place);

void     lk_jobs_get_figures (LkJobs *self, LkJobsFigures *figures);

G_END_DECLS
