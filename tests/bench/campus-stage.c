/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "campus-stage.h"
#include "fault-proxy.h"
#include "marked-photos.h"

static const char password[] = "correct horse battery 7";

struct _LkCampusStage
{
  char *folder, *programs;
  char *campus, *drawn, *password_file, *port_file;
  char *address;
  guint16 port;
  GSubprocess *service;
  FaultProxy *way;              /* NULL when the service is near */
  GMainLoop *way_loop;
  GThread *way_thread;          /* runs it: a benchmark has no main loop of its own */
};

static char *
in_folder (LkCampusStage *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* Runs likenessd with these arguments to its end; typed goes to its standard input. */
static gboolean
run_likenessd (LkCampusStage *self, const char *typed, GError **error, const char *verb, ...)
{
  g_autofree char *program = g_build_filename (self->programs, "app", "service", "likenessd", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;
  va_list arguments;

  g_ptr_array_add (argv, program);
  va_start (arguments, verb);
  for (const char *word = verb; word != NULL; word = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, typed, NULL, &output, NULL, error))
    return FALSE;
  if (g_subprocess_get_successful (process))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "likenessd %s: %s", verb, output);
  return FALSE;
}

static gboolean
fill (LkCampusStage *self, int n_photos, int width, int height, GError **error)
{
  g_autofree char *roster = g_build_filename (self->drawn, "roster.csv", NULL);
  g_autofree char *photos = g_build_filename (self->drawn, "photos", NULL);

  return lk_marked_photos_write (self->drawn, n_photos, width, height, error) &&
         run_likenessd (self, "", error, "init", "--data", self->campus, NULL) &&
         run_likenessd (self, password, error, "account", "add", "lin", "--role", "reviewer", "--data", self->campus, NULL) &&
         run_likenessd (self, "", error, "import", "--roster", roster, "--photos", photos, "--data", self->campus, NULL);
}

static gboolean
start_service (LkCampusStage *self, GError **error)
{
  g_autofree char *program = g_build_filename (self->programs, "app", "service", "likenessd", NULL);
  g_autofree char *port = NULL;

  self->service = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, error, program, "serve",
                                    "--data", self->campus, "--port", "0", "--port-file", self->port_file, NULL);
  if (self->service == NULL)
    return FALSE;
  for (int i = 0; i < 500; i++)
    {
      if (g_file_get_contents (self->port_file, &port, NULL, NULL) && g_ascii_strtoll (port, NULL, 10) > 0)
        {
          self->port = (guint16) g_ascii_strtoll (port, NULL, 10);
          self->address = g_strdup_printf ("http://127.0.0.1:%u", self->port);
          return TRUE;
        }
      g_clear_pointer (&port, g_free);
      g_usleep (20000);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the campus service did not start");
  return FALSE;
}

LkCampusStage *
lk_campus_stage_open (int n_photos, int width, int height, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("likeness-bench-XXXXXX", error);
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *own_folder = NULL;
  g_autoptr (LkCampusStage) self = NULL;

  if (folder == NULL || self_path == NULL)
    return NULL;
  own_folder = g_path_get_dirname (self_path);  /* BUILD/tests/bench */
  self = g_new0 (LkCampusStage, 1);
  self->folder = g_steal_pointer (&folder);
  self->programs = g_build_filename (own_folder, "..", "..", NULL);
  self->campus = in_folder (self, "campus");
  self->drawn = in_folder (self, "drawn");
  self->password_file = in_folder (self, "password");
  self->port_file = in_folder (self, "port");
  if (!g_file_set_contents_full (self->password_file, password, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error) ||
      !fill (self, n_photos, width, height, error) || !start_service (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gpointer
run_loop (gpointer loop)
{
  g_main_loop_run (loop);
  return NULL;
}

static void
end_way (LkCampusStage *self)
{
  if (self->way == NULL)
    return;
  g_main_loop_quit (self->way_loop);
  g_thread_join (self->way_thread);
  g_main_loop_unref (self->way_loop);
  g_clear_pointer (&self->way, fault_proxy_free);
}

void
lk_campus_stage_set_distance (LkCampusStage *self, guint milliseconds)
{
  if (self->way == NULL)
    {
      self->way = fault_proxy_new ();
      fault_proxy_set_target (self->way, self->port);
      g_free (self->address);
      self->address = fault_proxy_dup_url (self->way);
      self->way_loop = g_main_loop_new (NULL, FALSE);
      self->way_thread = g_thread_new ("way", run_loop, self->way_loop);
    }
  fault_proxy_set_distance (self->way, milliseconds);
}

/* Without those of the identity cards, which lie beside them. */
static gboolean
link_photos (const char *from, const char *to, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *old = g_build_filename (from, name, NULL);
      g_autofree char *new = g_build_filename (to, name, NULL);

      if (!g_str_has_suffix (name, ".id.jpg") && link (old, new) != 0)
        {
          g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s cannot be made", new);
          return FALSE;
        }
    }
  return TRUE;
}

char *
lk_campus_stage_dup_photo_folder (LkCampusStage *self, GError **error)
{
  g_autofree char *folder = in_folder (self, "photos");
  g_autofree char *photos = g_build_filename (self->drawn, "photos", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s cannot be made", folder);
      return NULL;
    }
  return link_photos (photos, folder, error) ? g_steal_pointer (&folder) : NULL;
}

static double
resident_mb (const char *pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/statm", pid);
  g_autofree char *text = NULL;
  long total, resident;

  if (!g_file_get_contents (path, &text, NULL, NULL) || sscanf (text, "%ld %ld", &total, &resident) != 2)
    return NAN;
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

double
lk_campus_stage_resident_mb (GSubprocess *program)
{
  return resident_mb (g_subprocess_get_identifier (program));
}

/* The kernel lists a child with the thread that has started it. */
double
lk_campus_stage_helpers_mb (GSubprocess *program)
{
  g_autofree char *threads = g_strdup_printf ("/proc/%s/task", g_subprocess_get_identifier (program));
  g_autoptr (GDir) dir = g_dir_open (threads, 0, NULL);
  const char *thread;
  double sum = 0;

  while (dir != NULL && (thread = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (threads, thread, "children", NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) pids = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      pids = g_strsplit (text, " ", -1);
      for (char **pid = pids; *pid != NULL; pid++)
        if (**pid != '\0' && !isnan (resident_mb (*pid)))
          sum += resident_mb (*pid);
    }
  return sum;
}

void
lk_campus_stage_end (GSubprocess *program)
{
  g_subprocess_force_exit (program);
  g_subprocess_wait (program, NULL, NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
lk_campus_stage_stop_service (LkCampusStage *self)
{
  if (self->service != NULL)
    lk_campus_stage_end (self->service);
  g_clear_object (&self->service);
}

void
lk_campus_stage_free (LkCampusStage *self)
{
  lk_campus_stage_stop_service (self);
  end_way (self);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->programs);
  g_free (self->campus);
  g_free (self->drawn);
  g_free (self->password_file);
  g_free (self->port_file);
  g_free (self->address);
  g_free (self);
}

GSubprocess *
lk_campus_stage_start_workstation (LkCampusStage *self, const char *name, GError **error)
{
  g_autofree char *program = g_build_filename (self->programs, "ui", "likeness", NULL);
  g_autofree char *data = in_folder (self, name);

  return g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, error, program, "--service",
                           self->address, "--user", "lin", "--password-file", self->password_file, "--data-dir", data, NULL);
}
