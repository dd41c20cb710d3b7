/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>

/* likenessd check-config: every mistake in likenessd.conf, or what is in force when there is none. */
int
lk_command_check_config (int argc, char **argv)
{
  g_autofree char *folder = NULL, *file = NULL, *text = NULL;
  g_autoptr (LkSettings) settings = NULL;
  LkServiceConfig config;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &file, N_("Settings to read instead of likenessd.conf in that folder"), "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, NULL, entries, 0, NULL) || (file == NULL && !lk_command_need (folder, "--data")))
    return LK_EXIT_USAGE;
  if (folder != NULL)
    lk_command_use_own_files (folder);
  if (!lk_command_load (folder, file, &config, &settings))
    return LK_EXIT_FAILED;
  text = lk_settings_print (settings, &config);
  g_print ("%s", text);
  return LK_EXIT_DONE;
}
