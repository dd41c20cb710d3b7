/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durable pairs (lease one submission, decide on it; two transactions) per second with several clients, over HTTP on a short and on a
 * long queue and on the database alone, beside the machine's own rate of durable writes: the pairs can only be judged against that.
 * All are measured in turns, so that what else the machine does meets all of them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/key.h"
#include "figures.h"
#include "find-likenessd.h"
#include "fixture.h"
#include "pair-clients.h"
#include "service/db-sqlite.h"

static int rounds = 6, pairs = 1500, n_clients = 8, few_rows = 10000, many_rows = 1000000;
static double disk_seconds = 0.5;

static double
ms_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e3;
}

/* -- the disk -- */

static double
measure_disk (LkFigures *figures, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "disk", NULL);
  char block[4096] = { 0 };
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600), n = 0;
  gint64 start = g_get_monotonic_time (), end = start + (gint64) (disk_seconds * G_USEC_PER_SEC);

  while (g_get_monotonic_time () < end)
    {
      gint64 one = g_get_monotonic_time ();

      if (write (fd, block, sizeof block) != sizeof block || fdatasync (fd) != 0)
        g_error ("disk: %s", g_strerror (errno));
      lk_figures_add (figures, "append 4 KiB + fdatasync", "ms", ms_since (one));
      n++;
    }
  close (fd);
  unlink (path);
  return n / (ms_since (start) / 1e3);
}

/* -- processor time -- */

static double
own_cpu_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* User and system time of another process. */
static double
process_cpu_ms (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) pid);
  g_autofree char *text = NULL;
  unsigned long user = 0, kernel = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    sscanf (strrchr (text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel);
  return (user + kernel) * 1e3 / sysconf (_SC_CLK_TCK);
}

/* -- a place where pairs are done -- */

typedef struct
{
  const char *name;
  LkTestCampus *campus;
  GArray *ratios;               /* pairs a second / durable writes a second, one a round */
  double cpu_ms, client_cpu_ms, seconds;

  LkTestServer *server;         /* over HTTP */
  LkPairClients *clients;

  LkCampusDb *db;               /* alone */
  LkStaff *staff;
} Place;

static LkTestCampus *
make_campus (guint n_rows)
{
  LkTestCampus *campus = lk_test_campus_new (1);

  lk_test_campus_close (campus);
  lk_test_add_rows (campus->folder, n_rows);
  return campus;
}

static void
device_name (char name[LK_UUID_SIZE], int i)
{
  g_snprintf (name, LK_UUID_SIZE, "0192f0c0-0000-7000-8000-0000000000%02x", i);
}

static Place
open_http (const char *name, guint n_rows)
{
  Place place = { .name = name, .campus = make_campus (n_rows), .ratios = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_auto (GStrv) tokens = g_new0 (char *, n_clients + 1);

  place.server = lk_test_server_start (place.campus->folder, NULL);
  for (int i = 0; i < n_clients; i++)
    {
      g_autoptr (LkTestClient) client = lk_test_client_new (place.server->port);
      char device[LK_UUID_SIZE];

      device_name (device, i);
      lk_test_sign_in (client, "lin", device);
      tokens[i] = g_strdup (client->token);
    }
  place.clients = lk_pair_clients_new (place.server->port, tokens);
  return place;
}

static Place
open_db (const char *name, guint n_rows)
{
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600 };
  Place place = { .name = name, .campus = make_campus (n_rows), .ratios = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_autofree char *path = g_build_filename (place.campus->folder, "campus.db", NULL);
  g_autoptr (GError) error = NULL;

  place.db = lk_db_sqlite_open (path, FALSE, &options, &error);
  g_assert_no_error (error);
  place.staff = place.db->ops->find_staff (place.db, "lin", &error);
  g_assert_no_error (error);
  return place;
}

static void
close_place (Place *place)
{
  if (place->server != NULL)
    {
      lk_pair_clients_free (place->clients);
      lk_test_server_free (place->server);
    }
  else
    {
      lk_staff_free (place->staff);
      lk_campus_db_close (place->db);
    }
  lk_test_campus_free (place->campus);
  g_array_unref (place->ratios);
}

/* -- on the database alone -- */

typedef struct
{
  LkCampusDb *db;
  LkActor actor;
  char device[LK_UUID_SIZE];
  GArray *lease_ms, *decide_ms; /* of double */
  int n_pairs;
} Worker;

static void
note_ms (GArray *values, gint64 start)
{
  double ms = ms_since (start);

  g_array_append_val (values, ms);
}

static void
pair_in_db (Worker *w)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) leased = NULL;
  gint64 pending, start = g_get_monotonic_time ();
  LkDecisionAnswer answer;
  LkSubmissionRow *row;

  leased = w->db->ops->lease (w->db, &w->actor, 1, NULL, &pending, &error);
  note_ms (w->lease_ms, start);
  g_assert_no_error (error);
  g_assert_cmpint (leased->len, >, 0);
  row = leased->pdata[0];
  g_ptr_array_add (decisions, lk_decision_new (&(LkDecisionDescription) {
    .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = LK_VERDICT_APPROVE, .input = "key" }));
  start = g_get_monotonic_time ();
  w->db->ops->decide (w->db, &w->actor, decisions, &answer, &error);
  note_ms (w->decide_ms, start);
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
}

static gpointer
worker_main (gpointer data)
{
  Worker *w = data;

  for (int i = 0; i < w->n_pairs; i++)
    pair_in_db (w);
  return NULL;
}

static void
run_workers (Place *place, GArray *lease_ms, GArray *decide_ms)
{
  g_autofree Worker *workers = g_new0 (Worker, n_clients);
  g_autofree GThread **threads = g_new0 (GThread *, n_clients);

  for (int i = 0; i < n_clients; i++)
    {
      Worker *w = &workers[i];

      device_name (w->device, i);
      w->db = place->db;
      w->actor = (LkActor) { place->staff->row, place->staff->uuid, LK_ROLE_REVIEWER, w->device, "127.0.0.1" };
      w->lease_ms = g_array_new (FALSE, FALSE, sizeof (double));
      w->decide_ms = g_array_new (FALSE, FALSE, sizeof (double));
      w->n_pairs = pairs / n_clients;
      threads[i] = g_thread_new ("worker", worker_main, w);
    }
  for (int i = 0; i < n_clients; i++)
    {
      g_thread_join (threads[i]);
      g_array_append_vals (lease_ms, workers[i].lease_ms->data, workers[i].lease_ms->len);
      g_array_append_vals (decide_ms, workers[i].decide_ms->data, workers[i].decide_ms->len);
      g_array_unref (workers[i].lease_ms);
      g_array_unref (workers[i].decide_ms);
    }
}

/* -- measuring -- */

static void
keep_series (LkFigures *figures, Place *place, const char *what, GArray *values)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", place->name, what);

  for (guint i = 0; i < values->len; i++)
    lk_figures_add (figures, name, "ms", g_array_index (values, double, i));
}

/* One round in one place, with the disk before and after it. Returns the disk's rate afterwards. */
static double
measure_place (LkFigures *figures, Place *place, double disk)
{
  g_autoptr (GArray) lease_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) decide_ms = g_array_new (FALSE, FALSE, sizeof (double));
  double cpu = place->server != NULL ? process_cpu_ms (place->server->pid) : 0, own = own_cpu_ms (), seconds, disk_after, ratio;
  gint64 start = g_get_monotonic_time ();

  if (place->server != NULL)
    lk_pair_clients_run (place->clients, (guint) pairs, lease_ms, decide_ms);
  else
    run_workers (place, lease_ms, decide_ms);
  seconds = ms_since (start) / 1e3;
  place->seconds += seconds;
  place->client_cpu_ms += own_cpu_ms () - own;
  place->cpu_ms += place->server != NULL ? process_cpu_ms (place->server->pid) - cpu : 0;
  keep_series (figures, place, "lease", lease_ms);
  keep_series (figures, place, "decision", decide_ms);
  disk_after = measure_disk (figures, place->campus->folder);
  ratio = decide_ms->len / seconds / ((disk + disk_after) / 2);
  g_array_append_val (place->ratios, ratio);
  return disk_after;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

static void
note_place (LkFigures *figures, Place *place)
{
  const double *ratios = (const double *) (gpointer) place->ratios->data;
  guint n = place->ratios->len;

  g_array_sort (place->ratios, compare_doubles);
  lk_figures_note (figures, place->name, "%.0f pairs/s = %.2f x the disk's rate (%.2f to %.2f); processor a pair %.3f + %.3f ms",
                   rounds * pairs / place->seconds, lk_percentile (ratios, n, 0.5), ratios[0], ratios[n - 1],
                   place->cpu_ms / (rounds * pairs), place->client_cpu_ms / (rounds * pairs));
}

static void
note_flatness (LkFigures *figures, const Place *few, const Place *many)
{
  g_autofree char *short_name = g_strdup_printf ("%s, lease", few->name), *long_name = g_strdup_printf ("%s, lease", many->name);
  double p99 = lk_figures_percentile (figures, long_name, 0.99) / lk_figures_percentile (figures, short_name, 0.99);
  double p50 = lk_figures_percentile (figures, long_name, 0.5) / lk_figures_percentile (figures, short_name, 0.5);

  lk_figures_note (figures, "lease on the long queue / on the short one", "p50 %.2f, p99 %.2f", p50, p99);
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  g_autofree char *few = g_strdup_printf ("HTTP, %d rows", few_rows), *many = g_strdup_printf ("HTTP, %d rows", many_rows);
  g_autofree char *alone = g_strdup_printf ("database alone, %d rows", few_rows);
  Place places[] = { open_http (few, (guint) few_rows), open_http (many, (guint) many_rows), open_db (alone, (guint) few_rows) };
  double disk = measure_disk (figures, places[0].campus->folder);
  gint64 commits, requests;

  for (int i = 0; i < rounds; i++)
    for (gsize p = 0; p < G_N_ELEMENTS (places); p++)
      disk = measure_place (figures, &places[p], disk);
  lk_figures_note (figures, "clients", "%d; the processor is that of the service + that of this program", n_clients);
  lk_figures_note (figures, "disk", "%.0f durable writes/s (append 4 KiB + fdatasync), by the median",
                   1e3 / lk_figures_percentile (figures, "append 4 KiB + fdatasync", 0.5));
  for (gsize p = 0; p < G_N_ELEMENTS (places); p++)
    note_place (figures, &places[p]);
  note_flatness (figures, &places[0], &places[1]);
  lk_db_sqlite_get_grouping (places[2].db, &commits, &requests);
  lk_figures_note (figures, "requests a commit on the database alone", "%.1f", (double) requests / MAX (1, commits));
  for (gsize p = 0; p < G_N_ELEMENTS (places); p++)
    close_place (&places[p]);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "how often each is measured (6)", "N" },
    { "pairs", 0, 0, G_OPTION_ARG_INT, &pairs, "pairs a round (1500)", "N" },
    { "clients", 0, 0, G_OPTION_ARG_INT, &n_clients, "clients at once (8)", "N" },
    { "few", 0, 0, G_OPTION_ARG_INT, &few_rows, "submissions waiting in the short queue (10000)", "N" },
    { "many", 0, 0, G_OPTION_ARG_INT, &many_rows, "submissions waiting in the long queue (1000000)", "N" },
    { NULL },
  };

  lk_find_likenessd ();
  return lk_bench_main (argc, argv, "service", "Durable lease and decision pairs a second, beside the disk's own rate.", entries, run,
                        NULL);
}
