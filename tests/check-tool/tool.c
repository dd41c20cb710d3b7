/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool.h"

#include <gnu/libc-version.h>
#include <stdio.h>

#include "core/data.h"
#include "photo/engine.h"
#include "tools/portrait/fault.h"
#include "tools/portrait/write.h"

static char *program;
static char *folder;

void
tool_run_clear (ToolRun *self)
{
  g_free (self->output);
  g_free (self->errors);
}

void
tool_init (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 2);
  program = g_canonicalize_filename (argv[1], NULL);
  folder = g_dir_make_tmp ("likeness-check-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (file, "standard::name", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

void
tool_remove_folder (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  remove_tree (file);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&program, g_free);
}

char *
tool_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
make_folder_of (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
}

char *
tool_write (const char *name, const char *text)
{
  char *path = tool_path (name);
  g_autoptr (GError) error = NULL;

  make_folder_of (path);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* From glibc 2.37 on C.UTF-8 takes no LANGUAGE: the words come with a locale of their own. */
static gboolean
needs_locale (const char *language)
{
  int minor;

  return language != NULL && sscanf (gnu_get_libc_version (), "2.%d", &minor) == 1 && minor >= 37;
}

ToolRun
tool_run (const char *language, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  ToolRun run = { 0 };
  const char *argument;
  va_list list;

  if (needs_locale (language))
    {
      g_ptr_array_add (arguments, (gpointer) LOCALE_ENV);
      g_ptr_array_add (arguments, (gpointer) language);
    }
  g_ptr_array_add (arguments, (gpointer) program);
  va_start (list, language);
  while ((argument = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", language != NULL ? language : "C", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run.output, &run.errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run.status = g_subprocess_get_exit_status (process);
  return run;
}

static void
write_portrait (const char *name, const LkPortraitParams *params)
{
  g_autoptr (LkPortrait) portrait = lk_portrait_render (params, NULL);
  g_autofree char *path = tool_path (name);
  g_autoptr (GError) error = NULL;

  make_folder_of (path);
  lk_portrait_write (portrait, params, path, &error);
  g_assert_no_error (error);
}

void
tool_draw (const char *name, guint64 seed, const char *fault)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);
  g_autoptr (GError) error = NULL;

  if (fault != NULL)
    lk_portrait_add_fault (params, fault, 1, &error);
  g_assert_no_error (error);
  write_portrait (name, params);
}

void
tool_draw_original (const char *name, guint64 seed)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);

  lk_portrait_params_uncrop (params, 1200, 1500);
  write_portrait (name, params);
}

gboolean
tool_has_models (void)
{
  g_autofree char *models = lk_models_dir ();
  g_autoptr (GError) embedding_problem = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkEngine) engine = lk_engine_new (models, &embedding_problem, &error);

  if (engine != NULL && embedding_problem == NULL)
    return TRUE;
  g_print ("1..0 # SKIP models are not installed (./dev models): %s\n", (error != NULL ? error : embedding_problem)->message);
  return FALSE;
}
