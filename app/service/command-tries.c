/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/error.h"
#include "service/campus-db-student.h"

enum { TRIES_MAX = 100 };

static int
give (const char *folder, const char *student, int n, const char *reason)
{
  g_autoptr (LkService) service = lk_command_open (folder, FALSE);
  g_autoptr (GError) error = NULL;
  int allowed;

  if (service == NULL)
    return LK_EXIT_FAILED;
  if (service->db->students->grant_tries (service->db, student, n, reason, NULL, &allowed, &error))
    {
      g_print (_("Student %s has %d tries in this round now.\n"), student, allowed);
      return LK_EXIT_DONE;
    }
  if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_IN_ROSTER))
    g_printerr (_("There is no student %s in the roster.\n"), student);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_NO_ROUND))
    g_printerr (_("There is no round that is not closed.\n"));
  else
    lk_command_complain (error, folder);
  return LK_EXIT_FAILED;
}

int
lk_command_tries (int argc, char **argv)
{
  g_autofree char *folder = NULL, *reason = NULL;
  g_auto (GStrv) words = NULL;
  gint64 n;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("Why, for the audit trail"), "TEXT" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "give STUDENT N", entries, 3, &words) || !lk_command_need (folder, "--data") ||
      !lk_command_need (reason, "--reason"))
    return LK_EXIT_USAGE;
  if (strcmp (words[0], "give") != 0)
    {
      g_printerr (_("“tries %s” is not known; “tries give” is.\n"), words[0]);
      return LK_EXIT_USAGE;
    }
  if (!g_ascii_string_to_signed (words[2], 10, 1, TRIES_MAX, &n, NULL))
    {
      g_printerr (_("“%s” is no number of tries; it must be from 1 to %d.\n"), words[2], TRIES_MAX);
      return LK_EXIT_USAGE;
    }
  return give (folder, words[1], (int) n, reason);
}
