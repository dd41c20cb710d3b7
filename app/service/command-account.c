/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/commands.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/error.h"
#include "core/key.h"
#include "service/password.h"
#include "service/service.h"

enum { PASSWORD_MAX = 1024 };

/* One line without its end; NULL at the end of the input. */
static char *
read_line (void)
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
    return read_line ();
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  text = read_line ();
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
    return read_line ();
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

static int
add_account (const char *folder, const char *user, const char *name, LkRole role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkService) service = lk_command_open (folder, FALSE);
  g_autoptr (LkStaff) staff = g_new0 (LkStaff, 1);
  char *password;

  if (service == NULL)
    return LK_EXIT_FAILED;
  password = get_password ();
  if (!check_password (&service->config, password))
    {
      forget (password);
      return LK_EXIT_FAILED;
    }
  staff->uuid = lk_key_new ();
  staff->user = g_strdup (user);
  staff->name = g_strdup (name != NULL && *name != '\0' ? name : user);
  staff->role = role;
  staff->password = lk_password_hash (&service->config, password, &error);
  forget (password);
  if (staff->password != NULL && service->db->ops->add_staff (service->db, staff, &error))
    {
      g_print (_("The account %s can sign in now.\n"), user);
      return LK_EXIT_DONE;
    }
  if (g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    g_printerr (_("There is an account %s already.\n"), user);
  else
    lk_command_complain (error, folder);
  return LK_EXIT_FAILED;
}

int
lk_command_account (int argc, char **argv)
{
  g_autofree char *folder = NULL, *name = NULL, *role_word = NULL;
  g_auto (GStrv) words = NULL;
  LkRole role;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Folder of the campus"), "DIR" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role_word, N_("What the person may do: reviewer or lead"), "ROLE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Name shown to colleagues"), "NAME" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!lk_command_parse (argc, argv, "add USER", entries, 2, &words) || !lk_command_need (folder, "--data") ||
      !lk_command_need (role_word, "--role"))
    return LK_EXIT_USAGE;
  if (strcmp (words[0], "add") != 0)
    {
      g_printerr (_("“account %s” is not known; “account add” is.\n"), words[0]);
      return LK_EXIT_USAGE;
    }
  if (!lk_user_name_is_valid (words[1]))
    {
      g_printerr (_("A user name has 1 to 32 characters: a to z, 0 to 9, dot, hyphen and underscore.\n"));
      return LK_EXIT_USAGE;
    }
  if (!lk_role_from_word (role_word, &role) || (role != LK_ROLE_REVIEWER && role != LK_ROLE_LEAD))
    {
      g_printerr (_("The role must be reviewer or lead.\n"));
      return LK_EXIT_USAGE;
    }
  return add_account (folder, words[1], name, role);
}
