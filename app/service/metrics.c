/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/metrics.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "service/student-service.h"

/* Upper ends of the steps of a histogram in µs; everything above is in the last one. */
static const gint64 steps_us[] = { 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000 };

enum { N_STEPS = G_N_ELEMENTS (steps_us), N_CLASSES = 6 };

/* gsize is what GLib adds to in one step: 64 bits on what we run on. */
typedef struct
{
  gsize counts[N_STEPS + 1];    /* one a step, not summed */
  gsize sum_us;
} Histogram;

static gsize by_class[N_CLASSES];       /* of the status; 0: no answer */
static gsize long_polls;
static Histogram request_times, commit_times;
static gsize committed_requests;
static gsize decisions[LK_VERDICT_HOLD + 1];

static void
add (gsize *counter, gsize n)
{
  g_atomic_pointer_add (counter, (gssize) n);
}

static gsize
get (gsize *counter)
{
  return (gsize) g_atomic_pointer_get ((gpointer *) counter);
}

static void
observe (Histogram *histogram, gint64 us)
{
  guint step = 0;

  while (step < N_STEPS && us > steps_us[step])
    step++;
  add (&histogram->counts[step], 1);
  add (&histogram->sum_us, (gsize) MAX (0, us));
}

void
lk_metrics_count_request (guint status, gint64 us)
{
  add (&by_class[status / 100 < N_CLASSES ? status / 100 : 0], 1);
  if (us < 0)
    add (&long_polls, 1);
  else
    observe (&request_times, us);
}

void
lk_metrics_count_commit (gint64 us, guint requests)
{
  observe (&commit_times, us);
  add (&committed_requests, requests);
}

void
lk_metrics_count_decision (LkVerdict verdict)
{
  add (&decisions[verdict], 1);
}

/* -- as text -- */

static void
say (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP likeness_%s %s\n# TYPE likeness_%s %s\n", name, help, name, type);
}

static void
one (GString *text, const char *name, const char *type, const char *help, gint64 value)
{
  say (text, name, type, help);
  g_string_append_printf (text, "likeness_%s %" G_GINT64_FORMAT "\n", name, value);
}

/* As a decimal number, whatever the locale. */
static const char *
seconds_of (gint64 us, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
  return g_ascii_dtostr (buffer, G_ASCII_DTOSTR_BUF_SIZE, us / 1e6);
}

static void
print_histogram (GString *text, const char *name, const char *help, Histogram *histogram)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize n = 0;

  say (text, name, "histogram", help);
  for (guint i = 0; i <= N_STEPS; i++)
    {
      n += get (&histogram->counts[i]);
      g_string_append_printf (text, "likeness_%s_bucket{le=\"%s\"} %" G_GSIZE_FORMAT "\n", name,
                              i < N_STEPS ? seconds_of (steps_us[i], buffer) : "+Inf", n);
    }
  g_string_append_printf (text, "likeness_%s_sum %s\n", name, seconds_of ((gint64) get (&histogram->sum_us), buffer));
  g_string_append_printf (text, "likeness_%s_count %" G_GSIZE_FORMAT "\n", name, n);
}

static void
print_requests (GString *text)
{
  say (text, "requests_total", "counter", "Requests by the class of their status.");
  for (guint i = 1; i < N_CLASSES; i++)
    g_string_append_printf (text, "likeness_requests_total{status=\"%uxx\"} %" G_GSIZE_FORMAT "\n", i, get (&by_class[i]));
  g_string_append_printf (text, "likeness_requests_total{status=\"none\"} %" G_GSIZE_FORMAT "\n", get (&by_class[0]));
  one (text, "long_polls_total", "counter", "Requests that waited for news; they are not among the times.", (gint64) get (&long_polls));
  print_histogram (text, "request_seconds", "Time from a request's first byte to the end of its answer.", &request_times);
  print_histogram (text, "commit_seconds", "Time of a transaction until it was durable.", &commit_times);
  one (text, "committed_requests_total", "counter", "Requests that shared those transactions.", (gint64) get (&committed_requests));
  say (text, "decisions_total", "counter", "Decisions accepted.");
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    g_string_append_printf (text, "likeness_decisions_total{verdict=\"%s\"} %" G_GSIZE_FORMAT "\n",
                            lk_verdict_to_word ((LkVerdict) i), get (&decisions[i]));
}

static gboolean
print_queue (GString *text, LkService *service, GError **error)
{
  LkQueueStats stats;

  if (!service->db->ops->stats (service->db, NULL, &stats, error))
    return FALSE;
  say (text, "queue_submissions", "gauge", "Submissions by where they are.");
  g_string_append_printf (text, "likeness_queue_submissions{state=\"pending\"} %" G_GINT64_FORMAT "\n", stats.pending);
  g_string_append_printf (text, "likeness_queue_submissions{state=\"in_review\"} %" G_GINT64_FORMAT "\n", stats.in_review);
  g_string_append_printf (text, "likeness_queue_submissions{state=\"second_review\"} %" G_GINT64_FORMAT "\n", stats.second);
  g_string_append_printf (text, "likeness_queue_submissions{state=\"held\"} %" G_GINT64_FORMAT "\n", stats.held);
  one (text, "queue_oldest_seconds", "gauge", "Age of the submission that waits longest.", stats.oldest_seconds);
  one (text, "decided_today", "gauge", "Decisions that were received today.", stats.decided_today);
  one (text, "photos", "gauge", "Photo files.", stats.photos);
  return TRUE;
}

/* What students wait for. A try is a check. */
static void
print_jobs (GString *text, LkStudentWork *work)
{
  LkStudentWorkFigures figures;

  lk_student_work_get_figures (work, &figures);
  one (text, "jobs_waiting", "gauge", "Jobs of students that wait for a worker.", figures.jobs.waiting);
  one (text, "jobs_running", "gauge", "Jobs that are worked on.", figures.jobs.running);
  one (text, "jobs_workers", "gauge", "Workers.", figures.jobs.workers);
  say (text, "jobs_total", "counter", "Jobs done; a check is a try of a student.");
  for (guint i = 0; i < LK_N_JOB_KINDS; i++)
    g_string_append_printf (text, "likeness_jobs_total{kind=\"%s\"} %" G_GUINT64_FORMAT "\n", lk_job_kind_to_word ((LkJobKind) i),
                            figures.jobs.done[i]);
  one (text, "jobs_refused_total", "counter", "Jobs for which there was no room in the queue.", (gint64) figures.jobs.refused);
  one (text, "job_faults_total", "counter", "Tries that were given back, because the service failed.", (gint64) figures.faults);
  one (text, "job_alarms_total", "counter", "How often many faults came together.", (gint64) figures.alarms);
}

static void
print_process (GString *text)
{
  g_autofree char *statm = NULL;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  struct rusage usage;
  long pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL))
    sscanf (statm, "%*d %ld", &pages);
  getrusage (RUSAGE_SELF, &usage);
  one (text, "resident_bytes", "gauge", "Memory of the process.", (gint64) pages * sysconf (_SC_PAGESIZE));
  say (text, "cpu_seconds_total", "counter", "Processor time of the process.");
  g_string_append_printf (text, "likeness_cpu_seconds_total %s\n",
                          seconds_of ((usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
                                      usage.ru_stime.tv_usec, buffer));
}

char *
lk_metrics_print (LkService *service, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  print_requests (text);
  if (!print_queue (text, service, error))
    return NULL;
  if (service->student != NULL)
    print_jobs (text, service->student->work);
  print_process (text);
  say (text, "build_info", "gauge", "The version that runs.");
  g_string_append_printf (text, "likeness_build_info{version=\"%s\"} 1\n", LK_VERSION);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
