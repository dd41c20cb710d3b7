/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>

#include "core/error.h"
#include "service/backup.h"

static void
say_what (const LkBackupReport *report)
{
  g_autofree char *size = g_format_size ((guint64) report->bytes);

  /* Translators: %d photo files, %s their size, %d lines */
  g_print (_("Photo files: %d (%s), each read and right. Lines of the audit trail: %d, whole.\n"), (int) report->photos, size,
           (int) report->audit.lines);
}

static int
complain (const GError *error, const char *folder)
{
  if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    g_printerr (_("The folder %s is there already and has something in it. Nothing was changed.\n"), folder);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_DISK_FULL))
    g_printerr (_("The disk of %s is full.\n"), folder);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_CORRUPT))
    g_printerr (_("Something in it is damaged, and nothing was made: %s.\n"), error->message);
  else
    g_printerr (_("This did not work in %s: %s.\n"), folder, error->message);
  return LK_EXIT_FAILED;
}

int
lk_command_backup (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;
  LkBackupOptions options = { FALSE, FALSE };
  LkBackupReport report;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "with-keys", 0, 0, G_OPTION_ARG_NONE, &options.keys, N_("The key files too: whoever has the backup can then open the face data"), NULL },
    { "copy", 0, 0, G_OPTION_ARG_NONE, &options.copy, N_("Copy photo files even where links would do"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "DIR", entries, 1, &words) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  service = lk_command_open (folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  if (!lk_backup_make (service, words[0], &options, &report, &error))
    return complain (error, words[0]);
  g_print (_("The backup is in %s.\n"), words[0]);
  say_what (&report);
  if (report.linked > 0)
    g_print (_("Photo files are links to those of the campus: copy the folder to another disk, or use --copy.\n"));
  if (!report.has_keys)
    g_print (_("The keys (search.key, codes) are not in it. Keep a copy of them in another place: without them the stored face data "
               "cannot be opened.\n"));
  if (report.missing == 0)
    return LK_EXIT_DONE;
  g_printerr (_("%d photo files that the database names are missing in the campus; they are missing in the backup, too.\n"),
              (int) report.missing);
  return LK_EXIT_FAILED;
}

int
lk_command_restore (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  LkBackupReport report;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder in which the campus is made; empty or not there yet"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "DIR", entries, 1, &words) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  if (!lk_backup_restore (words[0], folder, &report, &error))
    {
      if (g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
        g_printerr (_("There is no whole backup in %s: %s.\n"), words[0], error->message);
      else
        complain (error, folder);
      return LK_EXIT_FAILED;
    }
  g_print (_("The campus is in %s.\n"), folder);
  say_what (&report);
  if (!report.has_keys)
    g_print (_("The backup has no keys. Put search.key and the folder codes back into %s before it is served.\n"), folder);
  return LK_EXIT_DONE;
}
