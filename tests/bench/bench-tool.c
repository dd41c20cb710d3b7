/* SPDX-License-Identifier: GPL-3.0-or-later */
/* likeness-check on a folder of photos, as a college runs it: time, processor time and memory with its decode helpers. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "figures.h"
#include "tools/check/parallel.h"
#include "tools/portrait/write.h"

/* A person is drawn once and written as so many different files: drawing takes five times as long as checking. */
enum { FILES_A_PERSON = 4, FIRST_SEED = 900, SAMPLE_MS = 50 };

static const int sizes[][2] = { { 480, 640 }, { 720, 960 }, { 960, 1280 } };

typedef struct
{
  int photos, rounds;
  char *folder;
} Options;

static char *
photo_path (const char *folder, guint i)
{
  g_autofree char *name = g_strdup_printf ("%05u.jpg", i);

  return g_build_filename (folder, name, NULL);
}

/* On a worker. */
static void
draw_person (guint i, gpointer folder)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (FIRST_SEED + i);
  g_autoptr (LkPortrait) portrait = NULL;

  lk_portrait_params_set_size (params, sizes[i % G_N_ELEMENTS (sizes)][0], sizes[i % G_N_ELEMENTS (sizes)][1]);
  portrait = lk_portrait_render (params, NULL);
  for (guint k = 0; k < FILES_A_PERSON; k++)
    {
      g_autofree char *path = photo_path (folder, i * FILES_A_PERSON + k);
      g_autoptr (GError) error = NULL;

      if (!lk_portrait_write_jpeg (portrait, 95 - 3 * (int) k, path, &error))
        g_error ("%s", error->message);
    }
}

static gboolean
is_drawn (const char *folder, guint n)
{
  g_autofree char *last = photo_path (folder, n - 1);
  g_autofree char *next = photo_path (folder, n);

  return g_file_test (last, G_FILE_TEST_EXISTS) && !g_file_test (next, G_FILE_TEST_EXISTS);
}

/* Once; another number of photos needs another folder. */
static gboolean
draw_photos (const Options *options, GError **error)
{
  guint n = (guint) options->photos;

  if (is_drawn (options->folder, n))
    return TRUE;
  if (g_file_test (options->folder, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "%s does not hold %u photos: take another folder, or remove it", options->folder, n);
      return FALSE;
    }
  g_printerr ("drawing %u photos\n", n);
  if (g_mkdir_with_parents (options->folder, 0755) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", options->folder, g_strerror (errno));
      return FALSE;
    }
  lk_parallel_run (n / FILES_A_PERSON, lk_parallel_jobs (0), draw_person, NULL, NULL, options->folder);
  return TRUE;
}

/* -- memory -- */

/* Its share of what is mapped, bytes: what two processes share counts once for both together. 0 when it has ended. */
static guint64
memory_of (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char *pss;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  pss = strstr (text, "\nPss:");
  return pss != NULL ? g_ascii_strtoull (pss + 5, NULL, 10) * 1024 : 0;
}

/* Its decode helpers, which any of its threads may have started. */
static guint64
memory_of_children (GPid pid)
{
  g_autofree char *tasks = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) folder = g_dir_open (tasks, 0, NULL);
  const char *task;
  guint64 sum = 0;

  while (folder != NULL && (task = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (tasks, task, "children", NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) pids = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      pids = g_strsplit (text, " ", -1);
      for (char **child = pids; *child != NULL; child++)
        if (**child != '\0')
          sum += memory_of (atoi (*child));
    }
  return sum;
}

/* -- one run -- */

typedef struct
{
  double seconds, busy_seconds;
  guint64 own, all;             /* most memory at one time, bytes */
  int status;
} Measured;

static double
seconds_of (const struct timeval *time)
{
  return time->tv_sec + time->tv_usec / 1e6;
}

static void
watch (GPid pid, Measured *measured)
{
  struct rusage usage;
  gint64 start = g_get_monotonic_time ();
  pid_t ended;

  while ((ended = wait4 (pid, &measured->status, WNOHANG, &usage)) == 0)
    {
      guint64 own = memory_of (pid), all = own + memory_of_children (pid);

      measured->own = MAX (measured->own, own);
      measured->all = MAX (measured->all, all);
      g_usleep (SAMPLE_MS * 1000);
    }
  measured->seconds = (g_get_monotonic_time () - start) / 1e6;
  /* with that of its helpers, for which it has waited */
  measured->busy_seconds = ended == pid ? seconds_of (&usage.ru_utime) + seconds_of (&usage.ru_stime) : 0;
}

static gboolean
run_tool (const char *folder, Measured *measured, GError **error)
{
  const char *const argv[] = { LIKENESS_CHECK, "check", "--json", folder, NULL };
  GPid pid;

  *measured = (Measured) { 0 };
  if (!g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, &pid, error))
    return FALSE;
  watch (pid, measured);
  /* 1: a photo failed a check, which is no failure of the program */
  if (WIFEXITED (measured->status) && WEXITSTATUS (measured->status) <= 1)
    return TRUE;
  g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, "likeness-check ended with status %d", measured->status);
  return FALSE;
}

static gboolean
run (LkFigures *figures, gpointer data, GError **error)
{
  Options *options = data;

  if (options->folder == NULL)
    options->folder = g_build_filename (g_get_user_cache_dir (), "likeness", "bench-photos", NULL);
  if (options->photos < FILES_A_PERSON || options->photos % FILES_A_PERSON != 0 || options->rounds < 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "photos come in fours, and there is at least one round");
      return FALSE;
    }
  if (!draw_photos (options, error))
    return FALSE;
  lk_figures_note (figures, "aim", "1,000 photos on two cores in 30 s, at most 200 MB");
  lk_figures_note (figures, "photos", "%d", options->photos);
  lk_figures_note (figures, "processors", "%u", g_get_num_processors ());
  for (int round = 0; round < options->rounds; round++)
    {
      Measured measured;

      if (!run_tool (options->folder, &measured, error))
        return FALSE;
      lk_figures_add (figures, "all photos", "s", measured.seconds);
      lk_figures_add (figures, "all photos, processor", "s", measured.busy_seconds);
      lk_figures_add (figures, "a photo, processor", "ms", 1000 * measured.busy_seconds / options->photos);
      lk_figures_add (figures, "peak memory, with its helpers", "MB", measured.all / 1e6);
      lk_figures_add (figures, "peak memory, alone", "MB", measured.own / 1e6);
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .photos = 1000, .rounds = 1 };
  const GOptionEntry entries[] = {
    { "photos", 0, 0, G_OPTION_ARG_INT, &options.photos, "how many photos (1000)", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options.rounds, "how often they are checked (1)", "N" },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, "where they are kept for the next time", "DIR" },
    { NULL },
  };
  int status = lk_bench_main (argc, argv, "tool", "likeness-check on a folder of photos: time and memory.", entries, run, &options);

  g_free (options.folder);
  return status;
}
