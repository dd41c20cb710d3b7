/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/deadline.h"
#include "service/campus-db-student.h"

/* The file is put beside the campus' own, where commands and the service find it before the shipped one. */
static gboolean
put_calendar (LkService *service, const char *path, GError **error)
{
  g_autoptr (LkCalendar) calendar = lk_calendar_load (path, error);
  g_autofree char *own = g_build_filename (service->folder, "calendar.json", NULL);
  g_autofree char *text = NULL, *sha256 = NULL;
  gsize length;

  if (calendar == NULL || !g_file_get_contents (path, &text, &length, error))
    return FALSE;
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
  return g_file_set_contents (own, text, (gssize) length, error) &&
         service->db->students->keep_calendar_change (service->db, sha256, NULL, error);
}

int
lk_command_calendar (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "import FILE.json", entries, 2, &words) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  if (strcmp (words[0], "import") != 0)
    {
      g_printerr (_("“calendar %s” is not known; “calendar import” is.\n"), words[0]);
      return LK_EXIT_USAGE;
    }
  service = lk_command_open (folder, FALSE);
  if (service == NULL)
    return LK_EXIT_FAILED;
  if (!put_calendar (service, words[1], &error))
    {
      g_printerr (_("The calendar is not taken: %s.\n"), error->message);
      return LK_EXIT_FAILED;
    }
  g_print (_("The calendar is in force. A running service reads it when it gets SIGHUP (systemctl reload likenessd).\n"));
  return LK_EXIT_DONE;
}
