/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/error.h"
#include "service/log.h"
#include "service/serve.h"

/* Opens the campus; complains when it cannot. */
static LkService *
open_campus (const char *folder, gboolean create, const LkServiceConfig *config)
{
  g_autoptr (GError) error = NULL;
  LkService *service = lk_service_open (folder, create, config, &error);

  if (service == NULL)
    lk_command_complain (error, folder);
  return service;
}

static gboolean
load_config (LkServiceConfig *config)
{
  g_autoptr (GError) error = NULL;

  if (lk_service_config_load (config, &error))
    return TRUE;
  g_printerr (_("The limits of the service cannot be read: %s.\n"), error->message);
  return FALSE;
}

/* For commands with no option but --data. */
static LkService *
open_from_words (int argc, char **argv, const char *usage, guint n_words, char ***words, gboolean create, int *status)
{
  g_autofree char *folder = NULL;
  LkServiceConfig config;
  LkService *service;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  *status = LK_EXIT_USAGE;
  if (!lk_command_parse (argc, argv, usage, entries, n_words, words) || !lk_command_need (folder, "--data"))
    return NULL;
  *status = LK_EXIT_FAILED;
  lk_command_use_own_files (folder);
  service = load_config (&config) ? open_campus (folder, create, &config) : NULL;
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

int
lk_command_audit (int argc, char **argv)
{
  int status;
  g_auto (GStrv) words = NULL;
  g_autoptr (LkService) service = open_from_words (argc, argv, "verify", 1, &words, FALSE, &status);
  g_autoptr (GError) error = NULL;
  LkAuditReport report;

  if (service == NULL)
    return status;
  if (strcmp (words[0], "verify") != 0)
    {
      g_printerr (_("“audit %s” is not known; “audit verify” is.\n"), words[0]);
      return LK_EXIT_USAGE;
    }
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
  g_print (_("The audit trail is whole: %d lines, the last one has the hash %s.\n"), (int) report.lines, report.head);
  return LK_EXIT_DONE;
}

static int
serve (const char *folder, const LkServiceConfig *config, const LkServeOptions *options)
{
  g_autoptr (LkService) service = open_campus (folder, FALSE, config);
  g_autoptr (GError) error = NULL;

  if (service == NULL)
    return LK_EXIT_FAILED;
  if (lk_serve (service, options, &error))
    return LK_EXIT_DONE;
  if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    g_printerr (_("Another process serves the campus in %s already.\n"), folder);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_LOCKED))
    lk_command_complain (error, folder);
  else
    g_printerr (_("The service cannot listen on %s, port %u: %s.\n"), options->address, options->port, error->message);
  return LK_EXIT_FAILED;
}

int
lk_command_serve (int argc, char **argv)
{
  g_autofree char *folder = NULL, *address = NULL, *port_file = NULL;
  int port = 8640, lease_seconds = 0;
  gboolean verbose = FALSE;
  LkServiceConfig config;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &address, N_("Network address to listen on (127.0.0.1)"), "ADDRESS" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_("Port to listen on, 0 for any free one (8640)"), "N" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &port_file, N_("Write the port into this file when ready"), "FILE" },
    { "lease-seconds", 0, 0, G_OPTION_ARG_INT, &lease_seconds, N_("How long a lease lasts without being renewed (600)"), "N" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, N_("Log every request"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, NULL, entries, 0, NULL) || !lk_command_need (folder, "--data"))
    return LK_EXIT_USAGE;
  if (port < 0 || port > G_MAXUINT16 || lease_seconds < 0)
    {
      g_printerr (_("The port must be between 0 and 65535, and the time of a lease above 0.\n"));
      return LK_EXIT_USAGE;
    }
  lk_command_use_own_files (folder);
  if (!load_config (&config))
    return LK_EXIT_FAILED;
  if (lease_seconds > 0)
    config.lease_seconds = lease_seconds;
  lk_log_set_verbose (verbose);
  return serve (folder, &config, &(LkServeOptions) { address != NULL ? address : "127.0.0.1", (guint16) port, port_file });
}
