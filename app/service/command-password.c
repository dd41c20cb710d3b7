/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/command-account.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "service/password.h"

enum { PASSWORD_MAX = 1024 };

char *
lk_command_read_line (void)
{
  char line[PASSWORD_MAX + 2];
  char *text = NULL;

  if (fgets (line, sizeof line, stdin) != NULL)
    text = g_strndup (line, strcspn (line, "\r\n"));
  sodium_memzero (line, sizeof line);
  return text;
}

static char *
prompt (const char *question)
{
  struct termios before, silent;
  char *text;

  g_printerr ("%s", question);
  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return lk_command_read_line ();
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  text = lk_command_read_line ();
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  return text;
}

static void
forget (char *password)
{
  if (password != NULL)
    sodium_memzero (password, strlen (password));
  g_free (password);
}

/* At a terminal asked for twice, without echo; else the first line of the input. */
static char *
get_password (void)
{
  char *password, *again;

  if (!isatty (STDIN_FILENO))
    return lk_command_read_line ();
  password = prompt (_("Password: "));
  again = prompt (_("The password again: "));
  if (g_strcmp0 (password, again) != 0)
    {
      g_printerr (_("The two passwords are not the same.\n"));
      g_clear_pointer (&password, forget);
    }
  forget (again);
  return password;
}

static gboolean
check_password (const LkServiceConfig *config, const char *password)
{
  if (password == NULL || g_utf8_strlen (password, -1) < config->password_min_length)
    {
      g_printerr (ngettext ("The password must have at least %d character.\n", "The password must have at least %d characters.\n",
                            (gulong) config->password_min_length),
                  config->password_min_length);
      return FALSE;
    }
  return TRUE;
}

char *
lk_command_new_password (LkService *service)
{
  g_autoptr (GError) error = NULL;
  char *password = get_password ();
  char *hash = NULL;

  if (check_password (&service->config, password))
    {
      hash = lk_password_hash (&service->config, password, &error);
      if (hash == NULL)
        lk_command_complain (error, service->folder);
    }
  forget (password);
  return hash;
}
