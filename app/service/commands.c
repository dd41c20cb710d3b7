/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>

#include "core/error.h"

/* For commands with no option but --data. */
static LkService *
open_from_words (int argc, char **argv, const char *usage, guint n_words, char ***words, gboolean create, int *status)
{
  g_autofree char *folder = NULL;
  LkService *service;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  *status = LK_EXIT_USAGE;
  if (!lk_command_parse (argc, argv, usage, entries, n_words, words) || !lk_command_need (folder, "--data"))
    return NULL;
  *status = LK_EXIT_FAILED;
  service = lk_command_open (folder, create);
  if (service != NULL)
    *status = LK_EXIT_DONE;
  return service;
}

int
lk_command_init (int argc, char **argv)
{
  int status;
  g_autoptr (LkService) service = open_from_words (argc, argv, NULL, 0, NULL, TRUE, &status);

  if (service != NULL)
    g_print (_("The campus in %s is ready. “likenessd account add” makes an account for a reviewer.\n"), service->folder);
  return status;
}

int
lk_command_status (int argc, char **argv)
{
  int status;
  g_autoptr (LkService) service = open_from_words (argc, argv, NULL, 0, NULL, FALSE, &status);
  g_autoptr (GError) error = NULL;
  LkQueueStats stats;

  if (service == NULL)
    return status;
  if (!service->db->ops->stats (service->db, NULL, &stats, &error))
    {
      lk_command_complain (error, service->folder);
      return LK_EXIT_FAILED;
    }
  g_print (_("Accounts: %d\n"), (int) stats.staff);
  g_print (_("Students in the roster: %d\n"), (int) stats.students);
  g_print (_("Photo files: %d\n"), (int) stats.photos);
  g_print (_("Waiting for review: %d\n"), (int) stats.pending);
  g_print (_("In review: %d\n"), (int) stats.in_review);
  g_print (_("Decided today: %d\n"), (int) stats.decided_today);
  return LK_EXIT_DONE;
}

