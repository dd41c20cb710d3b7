/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campus.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "core/json.h"
#include "make-picture.h"
#include "sample.h"

struct _Campus
{
  char *dir, *data, *port_file;
  char **env;
  GPid pid; /* 0 when it does not run */
  guint16 port;
};

static char *
inside (Campus *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

/* Each first decision stands, but for those a reviewer is unsure about; a second person sees those at once. */
#define NO_SECOND_REVIEW "{\"by_rule\":false,\"first_decisions\":0,\"approvals_percent\":0,\"rejections_percent\":0," \
                         "\"known_percent\":0,\"after_seconds\":0}"

static void
set_limit (cJSON *object, const char *name, guint limit)
{
  if (limit > 0)
    cJSON_SetNumberValue (cJSON_GetObjectItem (object, name), limit);
}

/* Limits of this campus, found before those of data/; and no models: the checks of the engine are not what is tested. */
static void
make_environment (Campus *self, const CampusOptions *options)
{
  g_autofree char *path = inside (self, "service.json");
  g_autofree char *models = inside (self, "no-models");
  g_autofree char *shipped = g_build_filename (g_getenv ("LIKENESS_DATA_DIR"), "service.json", NULL);
  g_autofree char *dirs = g_strconcat (self->dir, ":", g_getenv ("LIKENESS_DATA_DIR"), NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) json = lk_json_load (shipped, 0, &error);

  g_assert_no_error (error);
  set_limit (lk_json_object (json, "lease"), "max", options->lease_max);
  set_limit (lk_json_object (json, "lease"), "seconds", options->lease_seconds);
  set_limit (json, "undo_seconds", options->undo_seconds);
  cJSON_ReplaceItemInObjectCaseSensitive (json, "second_review", lk_json_parse (
    options->second_review != NULL ? options->second_review : NO_SECOND_REVIEW, -1, 0, &error));
  g_assert_no_error (error);
  text = lk_json_print (json);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  self->env = g_environ_setenv (g_get_environ (), "LIKENESS_DATA_DIR", dirs, TRUE);
  self->env = g_environ_setenv (self->env, "LIKENESS_MODELS", models, TRUE);
}

static void
run (Campus *self, const char *input, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  const char *word;
  va_list list;

  g_ptr_array_add (words, (gpointer) g_getenv ("LIKENESSD"));
  va_start (list, input);
  while ((word = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  g_ptr_array_add (words, (gpointer) "--data");
  g_ptr_array_add (words, self->data);
  g_ptr_array_add (words, NULL);
  g_subprocess_launcher_set_environ (launcher, self->env);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("likenessd %s: %s", (char *) words->pdata[1], out);
}

static void
write_photo (const char *dir, LkPixels *pixels, guint n, const char *suffix)
{
  JpegOptions options = { .quality = 92 };
  g_autofree char *name = g_strdup_printf ("20212100%02u%s.jpg", n, suffix);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GBytes) file = make_jpeg (pixels, &options);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file), NULL));
}

/* Each photo another picture: a grey of its own in the first rows. */
static void
import_students (Campus *self, guint n_students)
{
  g_autofree char *photos = inside (self, "photos");
  g_autofree char *roster = inside (self, "roster.csv");
  g_autoptr (GString) csv = g_string_new ("学号,姓名,班级,教学点\n");
  g_autoptr (LkPixels) photo = make_pixels (480, 640);
  g_autoptr (LkPixels) id_photo = make_pixels (358, 441);

  g_assert_cmpint (g_mkdir (photos, 0700), ==, 0);
  for (guint n = 0; n < n_students; n++)
    {
      memset (photo->data, (int) (n * 4), 3 * 480 * 16);
      memset (id_photo->data, (int) (n * 4), 3 * 358 * 16);
      g_string_append_printf (csv, "20212100%02u,李小明,会计学2班,合肥校本部\n", n);
      write_photo (photos, photo, n, "");
      if (n % 2 == 0)
        write_photo (photos, id_photo, n, ".id");
    }
  g_assert_true (g_file_set_contents (roster, csv->str, -1, NULL));
  run (self, NULL, "import", "--roster", roster, "--photos", photos, NULL);
}

Campus *
campus_new (const CampusOptions *options)
{
  Campus *self = g_new0 (Campus, 1);

  self->dir = sample_dir ();
  self->data = inside (self, "campus");
  self->port_file = inside (self, "port");
  make_environment (self, options);
  run (self, NULL, "init", NULL);
  run (self, CAMPUS_PASSWORD "\n", "account", "add", "lin", "--role", "reviewer", "--name", "林老师", NULL);
  run (self, CAMPUS_PASSWORD "\n", "account", "add", "wang", "--role", "reviewer", "--name", "王老师", NULL);
  run (self, CAMPUS_PASSWORD "\n", "account", "add", "zhao", "--role", "lead", "--name", "赵组长", NULL);
  import_students (self, options->n_students);
  return self;
}

void
campus_write (Campus *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->data, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static guint16
wait_for_port (Campus *self)
{
  g_autofree char *text = NULL;

  for (guint i = 0; i < 6000; i++)
    {
      if (g_file_get_contents (self->port_file, &text, NULL, NULL) && *text != '\0')
        return (guint16) atoi (text);
      g_clear_pointer (&text, g_free);
      g_assert_cmpint (waitpid (self->pid, NULL, WNOHANG), ==, 0);
      g_usleep (10 * 1000);
    }
  g_error ("likenessd did not say its port");
}

void
campus_start (Campus *self)
{
  const char *argv[] = { g_getenv ("LIKENESSD"), "serve",         "--data", self->data, "--port", "0",
                         "--port-file",          self->port_file, NULL };
  g_autoptr (GError) error = NULL;

  g_unlink (self->port_file);
  g_spawn_async (NULL, (char **) argv, self->env,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                 &self->pid, &error);
  g_assert_no_error (error);
  self->port = wait_for_port (self);
}

void
campus_kill (Campus *self)
{
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  self->pid = 0;
  self->port = 0;
}

void
campus_free (Campus *self)
{
  if (self->pid != 0)
    campus_kill (self);
  sample_dir_remove (self->dir);
  g_strfreev (self->env);
  g_free (self->dir);
  g_free (self->data);
  g_free (self->port_file);
  g_free (self);
}

guint16
campus_get_port (Campus *self)
{
  return self->port;
}

static sqlite3 *
open_database (Campus *self)
{
  g_autofree char *path = g_build_filename (self->data, "campus.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  return db;
}

char *
campus_text (Campus *self, const char *sql)
{
  sqlite3 *db = open_database (self);
  sqlite3_stmt *stmt = NULL;
  char *text = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  if (sqlite3_step (stmt) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return text;
}

int
campus_number (Campus *self, const char *sql)
{
  g_autofree char *text = campus_text (self, sql);

  g_assert_nonnull (text);
  return atoi (text);
}

void
campus_change (Campus *self, const char *sql)
{
  sqlite3 *db = open_database (self);

  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}

void
campus_set_file (Campus *self, const char *name, const char *passage, const char *by)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("LIKENESS_DATA_DIR"), name, NULL);
  g_autofree char *own = g_build_filename (self->data, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (shipped, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, passage, by, 1), ==, 1);
  g_assert_true (g_file_set_contents (own, changed->str, -1, NULL));
}
