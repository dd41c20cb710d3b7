/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "service/campus-db-desk.h"

/* A chain that was cut off at its end is whole in itself; a hash that somebody wrote down gives it away. */
static gboolean
has_head (LkService *service, const char *head, GError **error)
{
  gboolean found = FALSE;

  if (head == NULL)
    return TRUE;
  if (!service->db->desk->has_line (service->db, head, &found, error))
    return FALSE;
  if (!found)
    g_printerr (_("The audit trail was changed: it has no line with the hash %s.\n"), head);
  return found;
}

static int
verify (LkService *service, const char *head)
{
  g_autoptr (GError) error = NULL;
  LkAuditReport report;

  if (!service->db->ops->verify_audit (service->db, &report, &error))
    {
      lk_command_complain (error, service->folder);
      return LK_EXIT_FAILED;
    }
  if (report.first_bad != 0)
    {
      g_printerr (_("The audit trail was changed: line %d is the first that is wrong or missing.\n"), (int) report.first_bad);
      return LK_EXIT_FAILED;
    }
  if (!has_head (service, head, &error))
    {
      if (error != NULL)
        lk_command_complain (error, service->folder);
      return LK_EXIT_FAILED;
    }
  g_print (_("The audit trail is whole: %d lines, the last one has the hash %s.\n"), (int) report.lines, report.head);
  return LK_EXIT_DONE;
}

int
lk_command_audit (int argc, char **argv)
{
  g_autofree char *folder = NULL, *head = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (LkService) service = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "head", 0, 0, G_OPTION_ARG_STRING, &head, N_("A hash that was the last one earlier"), "HASH" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "verify", entries, 1, &words) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  if (strcmp (words[0], "verify") != 0)
    {
      g_printerr (_("“audit %s” is not known; “audit verify” is.\n"), words[0]);
      return LK_EXIT_USAGE;
    }
  service = lk_command_open (folder, FALSE);
  return service != NULL ? verify (service, head) : LK_EXIT_FAILED;
}
