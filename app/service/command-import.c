/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>

#include "service/import.h"

static int
import (const char *folder, const char *roster, const char *photos, const char *codes)
{
  g_autoptr (LkService) service = lk_command_open (folder, FALSE);
  LkImportCounts counts = { 0, 0, 0 };

  if (service == NULL || !lk_import (service, roster, photos, codes, &counts))
    return LK_EXIT_FAILED;
  if (photos == NULL)           /* students bring their photos themselves */
    return LK_EXIT_DONE;
  g_print (_("Files taken: %d, there already: %d, not taken: %d.\n"), counts.taken, counts.known, counts.refused);
  return counts.taken + counts.known > 0 ? LK_EXIT_DONE : LK_EXIT_FAILED;
}

int
lk_command_import (int argc, char **argv)
{
  g_autofree char *folder = NULL, *roster = NULL, *photos = NULL, *codes = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "roster", 0, 0, G_OPTION_ARG_FILENAME, &roster, N_("Who is expected: a CSV table with 学号 and 姓名"), "FILE" },
    { "photos", 0, 0, G_OPTION_ARG_FILENAME, &photos, N_("Folder with the photos, named by student number"), "DIR" },
    { "codes", 0, 0, G_OPTION_ARG_FILENAME, &codes, N_("Collection codes that came with the photos: a CSV table with 学号 and 唯一号"), "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, NULL, entries, 0, NULL) || !lk_command_need (folder, "--data") ||
      !lk_command_need (roster, "--roster"))
    return LK_EXIT_USAGE;
  return import (folder, roster, photos, codes);
}
