/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storm.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "fixture.h"

enum
{
  LINE_BYTES = 88,              /* of a station's log, about: tells how far the storm is */
  LOOK_US = 3000,
  STATION_MS_MAX = 20,          /* a kill comes up to so long after its turn */
};

typedef struct
{
  char *user, *folder, *log;
  GPid pid;                     /* 0: its work is done */
  guint32 n_starts;
} Station;

typedef struct
{
  const LkStormOptions *options;
  LkStormResult *result;
  const char *program;
  LkTestCampus *campus;
  LkTestServer *server;
  char port[8], *url;
  Station *stations;
  GRand *random;
} Storm;

/* -- programs -- */

static void
start_station (Storm *storm, Station *station)
{
  g_autofree char *seed = g_strdup_printf ("%u", (guint32) storm->options->seed + 1000 * station->n_starts++);
  const char *argv[] = { storm->program, storm->url, station->user, LK_TEST_PASSWORD, station->folder, station->log, seed, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &station->pid, &error);
  g_assert_no_error (error);
}

static int
wait_for (GPid pid)
{
  int status = 0;

  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    ;
  return status;
}

static void
kill_station (Storm *storm)
{
  Station *station = &storm->stations[g_rand_int_range (storm->random, 0, storm->options->n_stations)];

  if (station->pid == 0)
    return;
  kill (station->pid, SIGKILL);
  wait_for (station->pid);
  start_station (storm, station);
  storm->result->n_station_kills++;
}

/* On the port it had: the workstations know no other. */
static void
start_service (Storm *storm)
{
  const char *const arguments[] = { "--port", storm->port, NULL };

  storm->server = lk_test_server_start (storm->campus->folder, storm->port[0] != '\0' ? arguments : NULL);
  g_snprintf (storm->port, sizeof storm->port, "%u", storm->server->port);
}

static void
kill_service (Storm *storm)
{
  gint64 start;
  double ms;

  lk_test_server_kill (storm->server);
  lk_test_server_free (storm->server);
  start = g_get_monotonic_time ();
  start_service (storm);
  ms = (g_get_monotonic_time () - start) / 1e3;
  g_array_append_val (storm->result->ready_ms, ms);
  storm->result->n_service_kills++;
}

/* -- the storm -- */

static void
set_up (Storm *storm)
{
  const LkStormOptions *options = storm->options;

  storm->campus = lk_test_campus_new (1);
  storm->stations = g_new0 (Station, options->n_stations);
  for (int i = 0; i < options->n_stations; i++)
    {
      Station *station = &storm->stations[i];
      g_autofree char *log = g_strdup_printf ("station-%d.log", i);

      station->user = g_strdup_printf ("reviewer%d", i);
      station->folder = g_strdup_printf ("%s/station-%d", storm->campus->folder, i);
      station->log = g_build_filename (storm->campus->folder, log, NULL);
      lk_test_add_staff (storm->campus->service, station->user, station->user, LK_ROLE_REVIEWER);
    }
  lk_test_campus_close (storm->campus);
  lk_test_add_rows (storm->campus->folder, (guint) (options->n_stations * options->n_items - 1));
  storm->result->n_submissions = options->n_stations * options->n_items;
  start_service (storm);
  storm->url = g_strdup_printf ("http://127.0.0.1:%s", storm->port);
  for (int i = 0; i < options->n_stations; i++)
    start_station (storm, &storm->stations[i]);
}

static gint64
count_said (Storm *storm)
{
  gint64 bytes = 0;
  GStatBuf info;

  for (int i = 0; i < storm->options->n_stations; i++)
    if (g_stat (storm->stations[i].log, &info) == 0)
      bytes += info.st_size;
  return bytes / LINE_BYTES;
}

/* How many still work. */
static int
reap (Storm *storm)
{
  int n_working = 0, status;

  for (int i = 0; i < storm->options->n_stations; i++)
    {
      Station *station = &storm->stations[i];

      if (station->pid != 0 && waitpid (station->pid, &status, WNOHANG) == station->pid)
        {
          storm->result->n_bad_ends += !WIFEXITED (status) || WEXITSTATUS (status) != 0;
          station->pid = 0;
        }
      n_working += station->pid != 0;
    }
  return n_working;
}

static void
rage (Storm *storm)
{
  const LkStormOptions *options = storm->options;
  gint64 next = storm->result->n_submissions / (options->n_kills + 1);

  while (reap (storm) > 0)
    {
      int n_kills = storm->result->n_station_kills + storm->result->n_service_kills;

      if (n_kills < options->n_kills && count_said (storm) >= next)
        {
          g_usleep ((gulong) g_rand_int_range (storm->random, 0, 1000 * STATION_MS_MAX));
          if (g_rand_int_range (storm->random, 0, 100) < options->service_percent)
            kill_service (storm);
          else
            kill_station (storm);
          n_kills = storm->result->n_station_kills + storm->result->n_service_kills;
          next = (gint64) storm->result->n_submissions * (n_kills + 1) / (options->n_kills + 1);
        }
      g_usleep (LOOK_US);
    }
}

/* -- what was said against what is there -- */

/* A column of the campus as a table: key to value. */
static GHashTable *
read_pairs (Storm *storm, const char *sql)
{
  GHashTable *pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = lk_test_query (storm->campus->folder, sql);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      char *blank = strchr (*line, ' ');

      if (blank != NULL)
        g_hash_table_insert (pairs, g_strndup (*line, (gsize) (blank - *line)), g_strdup (blank + 1));
    }
  return pairs;
}

typedef struct
{
  GHashTable *verdicts;         /* key: its verdict, and "undone" after it when it was taken back */
  GHashTable *last;             /* submission: the key its reviewer was told last */
  LkStormResult *result;
} Comparison;

static void
compare_decided (Comparison *self, const char *submission, const char *key, const char *verdict)
{
  const char *there = g_hash_table_lookup (self->verdicts, key);

  self->result->n_decided++;
  self->result->n_lost += there == NULL || !g_str_has_prefix (there, verdict);
  g_hash_table_insert (self->last, g_strdup (submission), g_strdup (key));
}

static void
compare_undone (Comparison *self, const char *submission)
{
  const char *key = g_hash_table_lookup (self->last, submission);
  const char *there = key != NULL ? g_hash_table_lookup (self->verdicts, key) : NULL;

  self->result->n_undone++;
  self->result->n_lost += there == NULL || !g_str_has_suffix (there, " undone");
}

static void
compare_log (Comparison *self, const char *log)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (log, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", -1);

      if (g_strv_length (words) == 4 && strcmp (words[0], "decided") == 0)
        compare_decided (self, words[1], words[2], words[3]);
      else if (g_strv_length (words) == 2 && strcmp (words[0], "undone") == 0)
        compare_undone (self, words[1]);
      else
        self->result->n_lost += **line != '\0';         /* a broken line */
    }
}

static void
compare (Storm *storm)
{
  const char *folder = storm->campus->folder;
  const char *const words[] = { "audit", "verify", "--data", folder, NULL };
  LkStormResult *result = storm->result;
  g_autofree char *integrity = lk_test_query (folder, "PRAGMA integrity_check");
  g_autoptr (GHashTable) verdicts = read_pairs (storm,
    "SELECT group_concat (key || ' ' || verdict || iif (reverted_at IS NULL, '', ' undone'), char (10)) FROM decision");
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Comparison comparison = { verdicts, last, result };

  for (int i = 0; i < storm->options->n_stations; i++)
    compare_log (&comparison, storm->stations[i].log);
  result->n_unsaid = (int) g_hash_table_size (verdicts) - result->n_decided + result->n_lost;
  result->n_doubled =
    lk_test_query_int (folder, "SELECT (SELECT count(*) FROM audit WHERE action = 'decision') - (SELECT count(*) FROM decision)") +
    lk_test_query_int (folder, "SELECT count(*) FROM (SELECT 1 FROM decision WHERE reverted_at IS NULL"
                               " GROUP BY submission HAVING count(*) > 1)");
  result->n_undecided = lk_test_query_int (folder, "SELECT count(*) FROM submission s WHERE NOT EXISTS"
                                                   " (SELECT 1 FROM decision d WHERE d.submission = s.id AND d.reverted_at IS NULL)");
  result->n_conflicts = lk_test_query_int (folder, "SELECT count(*) FROM answer");
  result->is_whole = g_strcmp0 (integrity, "ok") == 0 && lk_test_run (words, NULL, NULL, NULL) == 0;
}

static void
tear_down (Storm *storm)
{
  for (int i = 0; i < storm->options->n_stations; i++)
    {
      g_free (storm->stations[i].user);
      g_free (storm->stations[i].folder);
      g_free (storm->stations[i].log);
    }
  g_free (storm->stations);
  g_free (storm->url);
  lk_test_campus_free (storm->campus);
}

void
lk_storm_run (const LkStormOptions *options, const char *station, LkStormResult *result)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) options->seed);
  Storm storm = { .options = options, .result = result, .program = station, .random = random };
  gint64 start;

  *result = (LkStormResult) { .ready_ms = g_array_new (FALSE, FALSE, sizeof (double)) };
  set_up (&storm);
  start = g_get_monotonic_time ();
  rage (&storm);
  result->seconds = (g_get_monotonic_time () - start) / 1e6;
  result->n_bad_ends += lk_test_server_stop (storm.server) != 0;
  lk_test_server_free (storm.server);
  compare (&storm);
  tear_down (&storm);
}

void
lk_storm_result_clear (LkStormResult *result)
{
  g_clear_pointer (&result->ready_ms, g_array_unref);
}
