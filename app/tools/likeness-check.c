/* SPDX-License-Identifier: GPL-3.0-or-later */
/* likeness-check: the automatic checks of photo files, on the command line. */
#include <stdlib.h>

#include <glib/gi18n.h>
#include <gio/gio.h>

#include "core/data.h"
#include "core/wire.h"
#include "photo/checker.h"

static gboolean as_json;
static char *id_photo_path;
static char *models_dir;
static char **arguments;

static const GOptionEntry options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print one JSON object a file"), NULL },
  { "id-photo", 0, 0, G_OPTION_ARG_FILENAME, &id_photo_path, N_("Compare with this ID photo"), N_("FILE") },
  { "models", 0, 0, G_OPTION_ARG_FILENAME, &models_dir, N_("Folder of the models"), N_("DIR") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, NULL },
  { NULL }
};

static GBytes *
load_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  return g_file_load_bytes (file, NULL, NULL, error);
}

static void
print_json (const char *path, const LkReport *report)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *text = NULL;

  lk_json_add_string (json, "file", path);
  lk_json_add_int (json, "width", report->file.width);
  lk_json_add_int (json, "height", report->file.height);
  lk_json_add_int (json, "spec_version", report->spec_version);
  cJSON_AddItemToObject (json, "checks", lk_checks_to_json (report->checks));
  text = lk_json_print (json);
  g_print ("%s\n", text);
}

static void
print_table (const char *path, const LkReport *report)
{
  g_print ("%s (%d × %d)\n", path, report->file.width, report->file.height);
  for (guint i = 0; i < report->checks->len; i++)
    {
      LkCheck *check = report->checks->pdata[i];
      g_autofree char *title = lk_check_dup_title (check);
      g_autofree char *value = lk_check_dup_value_text (check);
      g_autofree char *limit = lk_check_dup_limit_text (check);
      g_autofree char *why = lk_check_dup_why_text (check);

      g_print ("  %-8s %-15s %-24s %10s  %s%s\n", lk_outcome_to_word (lk_check_get_outcome (check)),
               lk_check_get_id (check), title, value, lk_check_get_why (check) != NULL ? why : limit,
               lk_check_get_certainty (check) == LK_CERTAINTY_HINT ? _(" (hint)") : "");
    }
}

/* One file; FALSE when it could not be read at all. */
static gboolean
check_file (LkChecker *checker, const char *path, GBytes *id_photo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) photo = load_file (path, &error);
  g_autoptr (LkReport) report = photo != NULL ? lk_checker_run (checker, photo, id_photo, &error) : NULL;

  if (report == NULL)
    {
      g_printerr ("%s: %s\n", path, error->message);
      return FALSE;
    }
  if (as_json)
    print_json (path, report);
  else
    print_table (path, report);
  return TRUE;
}

static int
check_files (char **paths)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_load_default (&error);
  g_autoptr (GBytes) id_photo = spec != NULL && id_photo_path != NULL ? load_file (id_photo_path, &error) : NULL;
  g_autoptr (LkChecker) checker = NULL;
  gboolean all_read = TRUE;

  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  checker = lk_checker_new (spec, models_dir);
  if (lk_checker_get_problem (checker) != NULL)
    g_printerr ("%s %s\n", _("The automatic check is not complete:"), lk_checker_get_problem (checker));
  for (char **path = paths; *path != NULL; path++)
    all_read &= check_file (checker, *path, id_photo);
  return all_read ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_("check FILE… — run the automatic checks on photos"));
  g_autoptr (GError) error = NULL;

  lk_locale_init ();
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (arguments == NULL || g_strcmp0 (arguments[0], "check") != 0 || arguments[1] == NULL)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      g_printerr ("%s", help);
      return EXIT_FAILURE;
    }
  return check_files (arguments + 1);
}
