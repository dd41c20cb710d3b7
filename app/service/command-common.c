/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>

#include "core/data.h"
#include "core/error.h"

gboolean
lk_command_parse (int argc, char **argv, const char *usage, const GOptionEntry *entries, guint n_rest, char ***rest)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry remaining[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, remaining, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  if ((words != NULL ? g_strv_length (words) : 0) != n_rest)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
      g_printerr ("%s", help);
      return FALSE;
    }
  if (rest != NULL)
    *rest = g_steal_pointer (&words);
  return TRUE;
}

gboolean
lk_command_need (const char *value, const char *option)
{
  if (value != NULL && *value != '\0')
    return TRUE;
  /* Translators: %s is an option of the command line, like --data */
  g_printerr (_("The option %s is needed.\n"), option);
  return FALSE;
}

void
lk_command_use_own_files (const char *folder)
{
  static const char *const names[] = { "photo-spec.json", "reasons.json", "calendar.json", "models.json", "service.json", "notice.json" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      lk_data_set_own (names[i], path);
    }
}

gboolean
lk_command_load (const char *folder, const char *file, LkServiceConfig *config, LkSettings **settings)
{
  g_autofree char *path = file != NULL ? g_strdup (file) : g_build_filename (folder, LK_SETTINGS_NAME, NULL);
  g_autoptr (GPtrArray) problems = lk_setting_problems_new ();
  g_autoptr (LkSettings) loaded = lk_settings_load (path, problems);
  g_autoptr (GError) error = NULL;

  if (!lk_service_config_load (config, &error))
    {
      g_printerr (_("The limits of the service cannot be read: %s.\n"), error->message);
      return FALSE;
    }
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *text = lk_setting_problem_text (problems->pdata[i], path);

      g_printerr ("%s\n", text);
    }
  if (problems->len > 0)
    return FALSE;
  lk_settings_apply (loaded, config);
  *settings = g_steal_pointer (&loaded);
  return TRUE;
}

LkService *
lk_command_open (const char *folder, gboolean create)
{
  g_autoptr (LkSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  LkServiceConfig config;
  LkService *service;

  lk_command_use_own_files (folder);
  if (!lk_command_load (folder, NULL, &config, &settings))
    return NULL;
  service = lk_service_open (folder, create, &config, &error);
  if (service != NULL)
    service->settings = g_steal_pointer (&settings);
  else
    lk_command_complain (error, folder);
  return service;
}

void
lk_command_complain (const GError *error, const char *folder)
{
  if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
    g_printerr (_("There is no campus in %s. “likenessd init” makes one.\n"), folder);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_LOCKED))
    /* Translators: search.key is the name of a file, the first %s a folder, the second the technical cause */
    g_printerr (_("The key file search.key in %s is missing or belongs to another campus, so the stored face data cannot be opened. "
                  "Put the right one back from the backup (%s).\n"), folder, error->message);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_DISK_FULL))
    g_printerr (_("The disk of %s is full.\n"), folder);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_CORRUPT))
    g_printerr (_("The campus in %s is damaged (%s). Take it from the last backup.\n"), folder, error->message);
  else
    g_printerr (_("This did not work in %s: %s.\n"), folder, error->message);
}
