/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/error.h"
#include "service/service.h"

static int
keep (const char *folder, const char *student, const char *name, const char *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkService) service = lk_command_open (folder, FALSE);

  if (service == NULL)
    return LK_EXIT_FAILED;
  if (service->db->ops->keep_known (service->db, student, name, number, &error))
    {
      g_print (_("The photo is kept. Reviewers meet it now and then among the others.\n"));
      return LK_EXIT_DONE;
    }
  if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
    g_printerr (_("There is no photo of student %s on which two people agreed, or it is kept already.\n"), student);
  else
    lk_command_complain (error, folder);
  return LK_EXIT_FAILED;
}

int
lk_command_known (int argc, char **argv)
{
  g_autofree char *folder = NULL, *name = NULL, *number = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Made-up name under which reviewers see it"), "NAME" },
    { "number", 0, 0, G_OPTION_ARG_STRING, &number, N_("Made-up student number under which reviewers see it"), "NUMBER" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "keep STUDENT", entries, 2, &words) || !lk_command_need (folder, "--data") ||
      !lk_command_need (name, "--name") || !lk_command_need (number, "--number"))
    return LK_EXIT_USAGE;
  if (strcmp (words[0], "keep") != 0)
    {
      g_printerr (_("“known %s” is not known; “known keep” is.\n"), words[0]);
      return LK_EXIT_USAGE;
    }
  return keep (folder, words[1], name, number);
}
