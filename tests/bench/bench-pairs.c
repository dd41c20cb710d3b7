/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durable pairs (lease one submission, decide on it; two transactions) per second, with 1 and 8 clients, on the database alone and
 * over HTTP, beside the machine's own rate of durable writes: the pairs can only be judged against that. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/key.h"
#include "figures.h"
#include "fixture.h"
#include "service/db-sqlite.h"

static int seconds = 3, rows = 100000;

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
  gint64 start = g_get_monotonic_time (), end = start + seconds * G_TIME_SPAN_SECOND;

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

/* -- clients -- */

typedef struct
{
  LkCampusDb *db;               /* NULL: over HTTP */
  LkActor actor;
  LkTestClient *client;
  GArray *lease_ms, *decide_ms; /* of double */
  gint64 end;
} Client;

static void
note_ms (GArray *values, gint64 start)
{
  double ms = ms_since (start);

  g_array_append_val (values, ms);
}

static gboolean
pair_in_db (Client *c)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) leased = NULL;
  gint64 pending, start = g_get_monotonic_time ();
  LkDecisionAnswer answer;
  LkSubmissionRow *row;

  leased = c->db->ops->lease (c->db, &c->actor, 1, NULL, &pending, &error);
  note_ms (c->lease_ms, start);
  if (leased == NULL || leased->len == 0)
    return FALSE;
  row = leased->pdata[0];
  g_ptr_array_add (decisions, lk_decision_new (&(LkDecisionDescription) {
    .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = LK_VERDICT_APPROVE, .input = "key" }));
  start = g_get_monotonic_time ();
  c->db->ops->decide (c->db, &c->actor, decisions, &answer, &error);
  note_ms (c->decide_ms, start);
  return error == NULL && answer.status == LK_ANSWER_ACCEPTED;
}

static gboolean
pair_over_http (Client *c)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (LkTestAnswer) leased = lk_test_lease (c->client, 1);
  g_autoptr (LkTestAnswer) decided = NULL;
  const cJSON *lease = leased->json != NULL ? cJSON_GetArrayItem (lk_json_array (leased->json, "leases"), 0) : NULL;

  note_ms (c->lease_ms, start);
  if (lease == NULL)
    return FALSE;
  start = g_get_monotonic_time ();
  decided = lk_test_decide (c->client, lk_test_decision (lease, NULL, "return", "R203"));
  note_ms (c->decide_ms, start);
  return g_strcmp0 (lk_json_string (lk_test_result (decided, 0), "status"), "accepted") == 0;
}

static gpointer
client_main (gpointer data)
{
  Client *c = data;

  while (g_get_monotonic_time () < c->end)
    if (!(c->db != NULL ? pair_in_db (c) : pair_over_http (c)))
      g_error ("a pair failed; is the queue empty? (--rows)");
  return NULL;
}

static void
keep_series (LkFigures *figures, const char *where, const char *what, int n_clients, GArray *values)
{
  g_autofree char *name = g_strdup_printf ("%s, %d clients, %s", where, n_clients, what);

  for (guint i = 0; i < values->len; i++)
    lk_figures_add (figures, name, "ms", g_array_index (values, double, i));
}

/* Pairs per second. */
static double
run_clients (LkFigures *figures, const char *where, Client *clients, int n_clients)
{
  g_autofree GThread **threads = g_new0 (GThread *, n_clients);
  gint64 start = g_get_monotonic_time ();
  guint n = 0;
  double elapsed;

  for (int i = 0; i < n_clients; i++)
    {
      clients[i].lease_ms = g_array_new (FALSE, FALSE, sizeof (double));
      clients[i].decide_ms = g_array_new (FALSE, FALSE, sizeof (double));
      clients[i].end = start + seconds * G_TIME_SPAN_SECOND;
      threads[i] = g_thread_new ("client", client_main, &clients[i]);
    }
  for (int i = 0; i < n_clients; i++)
    g_thread_join (threads[i]);
  elapsed = ms_since (start) / 1e3;
  for (int i = 0; i < n_clients; i++)
    {
      n += clients[i].decide_ms->len;
      keep_series (figures, where, "lease", n_clients, clients[i].lease_ms);
      keep_series (figures, where, "decision", n_clients, clients[i].decide_ms);
      g_array_unref (clients[i].lease_ms);
      g_array_unref (clients[i].decide_ms);
    }
  return n / elapsed;
}

static void
note_rate (LkFigures *figures, const char *where, int n_clients, double rate, double disk, double cpu_ms)
{
  g_autofree char *name = g_strdup_printf ("%s, %d clients", where, n_clients);

  lk_figures_note (figures, name, "%.0f pairs/s = %.2f x the disk's rate, %.3f ms of processor a pair", rate, rate / disk, cpu_ms);
}

/* -- on the database alone -- */

static double
own_cpu_ms (void)
{
  return clock () * 1e3 / CLOCKS_PER_SEC;
}

static void
measure_db (LkFigures *figures, const char *folder, int n_clients, double disk)
{
  const LkDbOptions options = { .lease_seconds = 600, .undo_seconds = 600 };
  g_autofree char *path = g_build_filename (folder, "campus.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCampusDb) db = lk_db_sqlite_open (path, FALSE, &options, &error);
  g_autoptr (LkStaff) staff = NULL;
  g_autofree Client *clients = g_new0 (Client, n_clients);
  g_autofree char (*devices)[LK_UUID_SIZE] = g_malloc0 ((gsize) n_clients * LK_UUID_SIZE);
  gint64 commits, requests;
  double rate, cpu = own_cpu_ms ();

  g_assert_no_error (error);
  staff = db->ops->find_staff (db, "lin", &error);
  for (int i = 0; i < n_clients; i++)
    {
      g_snprintf (devices[i], LK_UUID_SIZE, "0192f0c0-0000-7000-8000-0000000000e%d", i);
      clients[i] = (Client) { .db = db, .actor = { staff->row, staff->uuid, LK_ROLE_REVIEWER, devices[i], "127.0.0.1" } };
    }
  rate = run_clients (figures, "database", clients, n_clients);
  note_rate (figures, "database", n_clients, rate, disk, (own_cpu_ms () - cpu) / (rate * seconds));
  lk_db_sqlite_get_grouping (db, &commits, &requests);
  lk_figures_note (figures, n_clients == 1 ? "requests a commit, 1 client" : "requests a commit, many clients", "%.1f",
                   (double) requests / MAX (1, commits));
}

/* -- over HTTP -- */

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

static void
measure_http (LkFigures *figures, const char *folder, int n_clients, double disk)
{
  g_autoptr (LkTestServer) server = lk_test_server_start (folder, NULL);
  g_autofree Client *clients = g_new0 (Client, n_clients);
  double rate, cpu;

  for (int i = 0; i < n_clients; i++)
    {
      char device[LK_UUID_SIZE];

      g_snprintf (device, sizeof device, "0192f0c0-0000-7000-8000-0000000000f%d", i);
      clients[i].client = lk_test_client_new (server->port);
      lk_test_sign_in (clients[i].client, "lin", device);
    }
  cpu = process_cpu_ms (server->pid);
  rate = run_clients (figures, "HTTP", clients, n_clients);
  note_rate (figures, "HTTP", n_clients, rate, disk, (process_cpu_ms (server->pid) - cpu) / (rate * seconds));
  for (int i = 0; i < n_clients; i++)
    lk_test_client_free (clients[i].client);
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  LkTestCampus *campus = lk_test_campus_new (1);
  double disk;

  lk_test_campus_close (campus);
  lk_test_add_rows (campus->folder, (guint) rows);
  disk = measure_disk (figures, campus->folder);
  lk_figures_note (figures, "rows in the queue", "%d", rows);
  lk_figures_note (figures, "disk", "%.0f durable writes/s (append 4 KiB + fdatasync)", disk);
  measure_db (figures, campus->folder, 1, disk);
  measure_db (figures, campus->folder, 8, disk);
  measure_http (figures, campus->folder, 1, disk);
  measure_http (figures, campus->folder, 8, disk);
  lk_test_campus_free (campus);
  return TRUE;
}

/* The program beside this one in the build tree, when nothing else is said. */
static void
find_likenessd (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self);
  g_autofree char *path = g_build_filename (folder, "..", "..", "app", "service", "likenessd", NULL);

  g_setenv ("LIKENESSD", path, FALSE);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "how long each part runs (3)", "N" },
    { "rows", 0, 0, G_OPTION_ARG_INT, &rows, "submissions waiting at the start (100000)", "N" },
    { NULL },
  };

  find_likenessd ();
  return lk_bench_main (argc, argv, "pairs", "Durable lease and decision pairs a second, beside the disk's own rate.", entries, run, NULL);
}
