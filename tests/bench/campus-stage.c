/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "campus-stage.h"
#include "marked-photos.h"

static const char password[] = "correct horse battery 7";

struct _LkCampusStage
{
  char *folder, *programs;
  char *campus, *drawn, *password_file, *port_file;
  char *address;
  GSubprocess *service;
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
          self->address = g_strdup_printf ("http://127.0.0.1:%s", g_strstrip (port));
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
lk_campus_stage_free (LkCampusStage *self)
{
  if (self->service != NULL)
    lk_campus_stage_end (self->service);
  g_clear_object (&self->service);
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
