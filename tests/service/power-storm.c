/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-storm.h"

#include <string.h>
#include <sys/stat.h>

#include "power-cut.h"

enum { REVIEWERS = 4, ROWS = 3000, WAIT_US = 2000, STUDENTS_SHARE = 6, STALL_SECONDS = 120 };

/* How long the recording is now: what is in it happened before. */
static gsize
log_length (gpointer log)
{
  struct stat info;

  return stat (log, &info) == 0 ? (gsize) info.st_size : 0;
}

static void
copy_folder (const char *from, const char *to)
{
  const char *const words[] = { "cp", "-a", from, to, NULL };
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static LkTestServer *
start_recorded (const char *folder, const char *log, const char *recorder, gboolean normal)
{
  LkTestServer *server;

  g_setenv ("LD_PRELOAD", recorder, TRUE);
  g_setenv ("LIKENESS_RECORD_FOLDER", folder, TRUE);
  g_setenv ("LIKENESS_RECORD_LOG", log, TRUE);
  if (normal)
    g_setenv ("LIKENESS_RECORD_NORMAL", "1", TRUE);
  server = lk_test_server_start (folder, NULL);
  g_unsetenv ("LD_PRELOAD");
  g_unsetenv ("LIKENESS_RECORD_FOLDER");
  g_unsetenv ("LIKENESS_RECORD_LOG");
  g_unsetenv ("LIKENESS_RECORD_NORMAL");
  return server;
}

static void
record (LkTraffic *traffic, const LkPowerOptions *options, const char *log, const char *recorder)
{
  g_autoptr (LkTestServer) server = start_recorded (lk_traffic_get_folder (traffic), log, recorder, options->normal);
  gint64 deadline = g_get_monotonic_time () + STALL_SECONDS * G_TIME_SPAN_SECOND;

  lk_traffic_go (traffic, server->port);
  while (!lk_traffic_is_done (traffic, options->n_answers) && g_get_monotonic_time () < deadline)
    g_usleep (WAIT_US);
  g_assert_true (lk_traffic_is_done (traffic, options->n_answers));
  lk_traffic_stop (traffic);
  lk_test_server_kill (server);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const gsize *first = a, *second = b;

  return *first < *second ? -1 : *first > *second;
}

static GArray *
choose_places (gsize length, int n, GRand *random)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (int i = 0; i < n; i++)
    {
      gsize place = (gsize) g_rand_double_range (random, 0, (double) length);
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

static void
judge_cut (LkTraffic *traffic, const char *folder, gsize place, LkPowerResult *result)
{
  LkTrafficReport report;
  int lost = 0;

  lk_traffic_check (traffic, folder, place, &report);
  for (int kind = 0; kind < LK_N_ACK_KINDS; kind++)
    lost += report.lost[kind];
  memcpy (result->acked, report.acked, sizeof result->acked);
  result->n_lost += lost;
  result->n_bad_cuts += lost > 0;
  result->n_unlike += report.unlike + report.doubled;
  result->n_broken += !report.whole;
}

/* In memory where that can be: what is asked of the disk is recorded, and need not reach one. */
static char *
make_place (void)
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_setenv ("LIKENESS_MODELS", "/nonexistent", TRUE);           /* faces are not what this is about */
  return lk_test_temporary_folder ();
}

void
lk_power_storm (const LkPowerOptions *options, const char *recorder, LkPowerResult *result)
{
  g_autofree char *place = make_place (), *before = g_build_filename (place, "before", NULL);
  g_autofree char *log = g_build_filename (place, "log", NULL), *after = g_build_filename (place, "after", NULL);
  const LkTrafficOptions traffic_options = {
    .n_reviewers = REVIEWERS, .n_rows = ROWS + options->n_answers, .n_submits = options->n_answers / STUDENTS_SHARE,
    .n_uploads = options->n_answers / STUDENTS_SHARE, .place = log_length, .place_data = log };
  g_autoptr (LkTraffic) traffic = lk_traffic_new (&traffic_options);
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) options->seed);
  g_autoptr (GArray) places = NULL;
  g_autoptr (LkPowerCut) cut = NULL;

  memset (result, 0, sizeof *result);
  copy_folder (lk_traffic_get_folder (traffic), before);
  record (traffic, options, log, recorder);
  cut = lk_power_cut_new (log, before);
  places = choose_places (lk_power_cut_get_length (cut), options->n_cuts, random);
  for (guint i = 0; i < places->len; i++)
    {
      gsize at = g_array_index (places, gsize, i);

      result->n_sectors += lk_power_cut_at (cut, at, random, after);
      judge_cut (traffic, after, at, result);
      lk_test_remove_folder (after);
    }
  lk_test_remove_folder (place);
}
