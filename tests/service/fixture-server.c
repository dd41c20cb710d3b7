/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READY_SECONDS = 60 };

static const char *
likenessd (void)
{
  const char *path = g_getenv ("LIKENESSD");

  g_assert_nonnull (path);
  return path;
}

static void
wait_until_ready (LkTestServer *server)
{
  for (int i = 0; i < READY_SECONDS * 100; i++)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (server->port_file, &text, NULL, NULL))
        {
          server->port = (guint16) atoi (text);
          return;
        }
      g_usleep (10000);
    }
  {
    g_autofree char *log = NULL;

    g_file_get_contents (server->log, &log, NULL, NULL);
    g_error ("likenessd did not become ready; the end of its log: %s", log != NULL ? log + MAX (0, (int) strlen (log) - 2000) : "none");
  }
}

/* In the child: its log goes to a file, and it does not outlive a test that was aborted. */
static void
prepare_child (gpointer path)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (freopen (path, "a", stderr) == NULL)
    _exit (126);
}

LkTestServer *
lk_test_server_start (const char *folder, const char *const *arguments)
{
  LkTestServer *server = g_new0 (LkTestServer, 1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *const fixed[] = { likenessd (), "serve", "--data", folder, "--port", "0", "--port-file" };
  g_autofree char *dirs = g_strconcat (folder, ":", g_getenv ("LIKENESS_DATA_DIR"), NULL);
  g_auto (GStrv) environ = g_environ_setenv (g_get_environ (), "LIKENESS_DATA_DIR", dirs, TRUE);
  g_autoptr (GError) error = NULL;

  server->port_file = g_build_filename (folder, "port", NULL);
  server->log = g_build_filename (folder, "log", NULL);
  g_unlink (server->port_file);
  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (argv, (gpointer) fixed[i]);
  g_ptr_array_add (argv, server->port_file);
  for (gsize i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_async (NULL, (char **) argv->pdata, environ, G_SPAWN_DO_NOT_REAP_CHILD, prepare_child, server->log, &server->pid, &error);
  g_assert_no_error (error);
  wait_until_ready (server);
  return server;
}

static int
end_server (LkTestServer *server, int signal_number)
{
  int status = 0;

  kill (server->pid, signal_number);
  while (waitpid (server->pid, &status, 0) < 0 && errno == EINTR)
    ;
  server->pid = 0;
  return status;
}

int
lk_test_server_stop (LkTestServer *server)
{
  int status = end_server (server, SIGTERM);

  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

void
lk_test_server_kill (LkTestServer *server)
{
  end_server (server, SIGKILL);
}

void
lk_test_server_free (LkTestServer *server)
{
  if (server->pid != 0)
    end_server (server, SIGTERM);
  g_free (server->port_file);
  g_free (server->log);
  g_free (server);
}

int
lk_test_run (const char *const *words, const char *input, char **out, char **err)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *own_out = NULL, *own_err = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, (gpointer) likenessd ());
  for (gsize i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, out != NULL ? out : &own_out, err != NULL ? err : &own_err,
                                 &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}
