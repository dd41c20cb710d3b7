/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sample.h"
#include "store/outbox.h"
#include "wait.h"

/* A workstation that is killed at any moment has every decision it said was kept. The writer is a process of its own
 * (this program again), which says each key after the outbox has said it is durable. */

enum
{
  N_KILLS = 25
};

static const char *program;
static guint n_open; /* of the writer: decisions not yet said to be kept */

static void
on_kept (GObject *outbox, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *key = user_data;
  g_autoptr (GError) error = NULL;

  if (!lk_outbox_add_decision_finish (LK_OUTBOX (outbox), result, &error))
    g_error ("%s", error->message);
  printf ("%s\n", key);
  fflush (stdout);
  n_open--;
}

/* Decides without end, up to three at a time, until it is killed. */
static int
run_writer (const char *path, guint first)
{
  g_autoptr (GError) error = NULL;
  LkOutbox *outbox = lk_outbox_open (path, NULL, &error);

  if (outbox == NULL)
    g_error ("%s", error->message);
  for (guint n = first;; n++)
    {
      g_autoptr (LkSubmission) submission = sample_submission (n);
      g_autoptr (LkDecision) decision = sample_decision (submission, LK_VERDICT_APPROVE);

      lk_outbox_add_decision_async (outbox, decision, submission, on_kept, g_strdup (lk_decision_get_key (decision)));
      n_open++;
      while (n_open >= 3)
        g_main_context_iteration (NULL, TRUE);
    }
  return 0;
}

static GPid
start_writer (const char *path, guint first, int *out)
{
  g_autofree char *number = g_strdup_printf ("%u", first);
  const char *argv[] = { program, "--writer", path, number, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, out, NULL,
                            &error);
  g_assert_no_error (error);
  return pid;
}

/* Whole lines only: a key that was cut by the kill was not said. */
static void
collect_keys (int fd, GPtrArray *keys)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize n;
  char *end;

  while ((n = read (fd, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  close (fd);
  for (char *line = text->str; (end = strchr (line, '\n')) != NULL; line = end + 1)
    g_ptr_array_add (keys, g_strndup (line, (gsize) (end - line)));
}

/* Reads the first key, so that the kill falls into the writing and not into the start. */
static void
wait_for_first (int fd, GPtrArray *keys)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char c;

  while (read (fd, &c, 1) == 1 && c != '\n')
    g_string_append_c (line, c);
  g_assert_cmpuint (line->len, >, 0);
  g_ptr_array_add (keys, g_strdup (line->str));
}

static void
test_kill (void)
{
  g_autofree char *dir = sample_dir ();
  g_autofree char *path = g_build_filename (dir, "outbox.db", NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  LkOutbox *outbox;

  for (guint i = 0; i < N_KILLS; i++)
    {
      int out = -1;
      GPid pid = start_writer (path, i * 1000000, &out);

      wait_for_first (out, keys);
      g_usleep ((gulong) g_test_rand_int_range (0, 40 * 1000));
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      collect_keys (out, keys);
    }
  outbox = lk_outbox_open (path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < keys->len; i++)
    if (lk_outbox_find (outbox, keys->pdata[i]) == NULL)
      g_error ("decision %s was said to be kept and is lost", (char *) keys->pdata[i]);
  g_test_message ("%u kills, %u decisions said to be kept, %u there", N_KILLS, keys->len,
                  lk_outbox_get_n_waiting (outbox));
  g_assert_cmpuint (lk_outbox_get_n_waiting (outbox), >=, keys->len);
  g_assert_finalize_object (outbox);
  sample_dir_remove (dir);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--writer"))
    return run_writer (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/outbox/kill", test_kill);
  return g_test_run ();
}
