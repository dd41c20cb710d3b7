/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>

#include "core/error.h"
#include "service/clock.h"
#include "service/log.h"
#include "service/serve.h"

/* What stands in the command line counts more than likenessd.conf. */
typedef struct
{
  char *folder, *file, *address, *port_file, *clock_file, *certificate, *key;
  int port, lease_seconds;      /* -1, 0: not given */
  gboolean verbose;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->folder);
  g_free (words->file);
  g_free (words->address);
  g_free (words->port_file);
  g_free (words->clock_file);
  g_free (words->certificate);
  g_free (words->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static int
serve (LkService *service, const LkServeOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (lk_serve (service, options, &error))
    return LK_EXIT_DONE;
  if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    g_printerr (_("Another process serves the campus in %s already.\n"), service->folder);
  else if (g_error_matches (error, LK_ERROR, LK_ERROR_LOCKED) || g_error_matches (error, LK_ERROR, LK_ERROR_BAD_SPEC))
    lk_command_complain (error, service->folder);
  else
    g_printerr (_("The service cannot listen on %s, port %u: %s.\n"), options->address, options->port, error->message);
  return LK_EXIT_FAILED;
}

static void
set_log_level (LkSettings *settings, gboolean verbose)
{
  LkLogLevel level;

  if (verbose)
    lk_log_set_level (LK_LOG_DEBUG);
  else if (lk_log_level_from_word (lk_settings_text (settings, "log", "level"), &level))
    lk_log_set_level (level);
}

static int
open_and_serve (const Words *words)
{
  g_autoptr (LkSettings) settings = NULL;
  g_autoptr (LkService) service = NULL;
  g_autoptr (GError) error = NULL;
  LkServiceConfig config;
  LkServeOptions options;

  if (words->clock_file != NULL && !lk_clock_follow (words->clock_file, &error))
    {
      g_printerr (_("The clock cannot be set: %s.\n"), error->message);
      return LK_EXIT_FAILED;
    }
  if (words->clock_file != NULL)
    lk_log_warning ("clock", "file=\"%s\" this is not the real time", words->clock_file);
  lk_command_use_own_files (words->folder);
  if (!lk_command_load (words->folder, words->file, &config, &settings))
    return LK_EXIT_FAILED;
  if (words->lease_seconds > 0)
    config.lease_seconds = words->lease_seconds;
  set_log_level (settings, words->verbose);
  service = lk_service_open (words->folder, FALSE, &config, &error);
  if (service == NULL)
    {
      lk_command_complain (error, words->folder);
      return LK_EXIT_FAILED;
    }
  options = (LkServeOptions) {
    .address = words->address != NULL ? words->address : lk_settings_text (settings, "server", "listen"),
    .port = (guint16) (words->port >= 0 ? words->port : lk_settings_number (settings, "server", "port")),
    .certificate = words->certificate != NULL ? words->certificate : lk_settings_text (settings, "server", "certificate"),
    .key = words->key != NULL ? words->key : lk_settings_text (settings, "server", "private_key"),
    .port_file = words->port_file,
  };
  service->settings = g_steal_pointer (&settings);
  return serve (service, &options);
}

int
lk_command_serve (int argc, char **argv)
{
  g_auto (Words) words = { .port = -1 };
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &words.folder, N_("Folder of the campus"), "DIR" },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &words.file, N_("Settings to read instead of likenessd.conf in that folder"), "FILE" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &words.address, N_("Network address to listen on (127.0.0.1)"), "ADDRESS" },
    { "port", 0, 0, G_OPTION_ARG_INT, &words.port, N_("Port to listen on, 0 for any free one (8640)"), "N" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &words.certificate, N_("Certificate with its chain for TLS, PEM"), "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &words.key, N_("Key of the certificate, PEM"), "FILE" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &words.port_file, N_("Write the port into this file when ready"), "FILE" },
    { "clock-file", 0, 0, G_OPTION_ARG_FILENAME, &words.clock_file, N_("Go by the time written in this file, for rehearsals"), "FILE" },
    { "lease-seconds", 0, 0, G_OPTION_ARG_INT, &words.lease_seconds, N_("How long a lease lasts without being renewed (600)"), "N" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &words.verbose, N_("Log every request"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, NULL, entries, 0, NULL) || !lk_command_need (words.folder, "--data"))
    return LK_EXIT_USAGE;
  if (words.port < -1 || words.port > G_MAXUINT16 || words.lease_seconds < 0)
    {
      g_printerr (_("The port must be between 0 and 65535, and the time of a lease above 0.\n"));
      return LK_EXIT_USAGE;
    }
  if ((words.certificate == NULL) != (words.key == NULL))
    {
      g_printerr (_("A certificate needs its key, and a key its certificate: --tls-cert and --tls-key.\n"));
      return LK_EXIT_USAGE;
    }
  return open_and_serve (&words);
}
