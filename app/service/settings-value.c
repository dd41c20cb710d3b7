/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/settings-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

void
lk_setting_value_clear (LkSettingValue *value)
{
  g_clear_pointer (&value->text, g_free);
  g_clear_pointer (&value->list, g_strfreev);
}

/* -- the kinds -- */

static char *
read_number (const LkSettingInfo *info, LkSettingValue *value)
{
  char low[24], high[24];

  if (g_ascii_string_to_signed (value->text, 10, info->low, info->high, &value->number, NULL))
    return NULL;
  g_snprintf (low, sizeof low, "%" G_GINT64_FORMAT, info->low);
  g_snprintf (high, sizeof high, "%" G_GINT64_FORMAT, info->high);
  /* Translators: what was written, and two numbers */
  return g_strdup_printf (_("“%s” is not a whole number from %s to %s."), value->text, low, high);
}

static char *
read_switch (LkSettingValue *value)
{
  value->number = strcmp (value->text, "true") == 0;
  if (value->number != 0 || strcmp (value->text, "false") == 0)
    return NULL;
  /* Translators: true and false are written in the file as they are here */
  return g_strdup_printf (_("“%s” is neither true nor false."), value->text);
}

static char *
read_choice (const LkSettingInfo *info, LkSettingValue *value)
{
  g_auto (GStrv) words = g_strsplit (info->choices, " ", -1);

  if (g_strv_contains ((const char *const *) words, value->text))
    return NULL;
  return g_strdup_printf (_("“%s” is none of these: %s."), value->text, info->choices);
}

static char *
check_address (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL ? NULL : g_strdup_printf (_("“%s” is not a network address."), text);
}

/* As GKeyFile has lists: texts with ; between, the last one may be missing. Blanks around them do not count. */
static void
read_list (LkSettingValue *value)
{
  g_auto (GStrv) parts = g_strsplit (value->text, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  value->list = g_strv_builder_end (builder);
}

static char *
read_addresses (LkSettingValue *value)
{
  char *sentence = NULL;

  read_list (value);
  for (gsize i = 0; sentence == NULL && value->list[i] != NULL; i++)
    sentence = check_address (value->list[i]);
  return sentence;
}

static char *
read_file (const char *folder, LkSettingValue *value)
{
  g_autofree char *given = g_steal_pointer (&value->text);

  value->text = g_canonicalize_filename (given, folder);
  if (g_file_test (value->text, G_FILE_TEST_IS_REGULAR) && access (value->text, R_OK) == 0)
    return NULL;
  return g_strdup_printf (_("The file %s is not there or cannot be read."), value->text);
}

static char *
read_program (LkSettingValue *value)
{
  if (g_path_is_absolute (value->text) && g_file_test (value->text, G_FILE_TEST_IS_REGULAR) && access (value->text, X_OK) == 0)
    return NULL;
  return g_strdup_printf (_("“%s” is not the whole path of a program that can be run."), value->text);
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

static char *
read_url (LkSettingValue *value)
{
  g_autoptr (GUri) uri = g_uri_parse (value->text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if (uri != NULL && g_uri_get_host (uri) != NULL &&
      (strcmp (scheme, "https") == 0 || (strcmp (scheme, "http") == 0 && is_this_machine (g_uri_get_host (uri)))))
    return NULL;
  return g_strdup_printf (_("“%s” is not an address that starts with https://."), value->text);
}

gboolean
lk_setting_value_read (const LkSettingInfo *info, const char *raw, const char *folder, LkSettingValue *value, char **sentence)
{
  lk_setting_value_clear (value);
  value->text = g_strdup (raw);
  *sentence = NULL;
  if (*raw == '\0')
    *sentence = g_strdup (_("The value is missing."));
  else if (info->type == LK_SETTING_NUMBER)
    *sentence = read_number (info, value);
  else if (info->type == LK_SETTING_SWITCH)
    *sentence = read_switch (value);
  else if (info->type == LK_SETTING_CHOICE)
    *sentence = read_choice (info, value);
  else if (info->type == LK_SETTING_LIST)
    read_list (value);
  else if (info->type == LK_SETTING_FILE)
    *sentence = read_file (folder, value);
  else if (info->type == LK_SETTING_PROGRAM)
    *sentence = read_program (value);
  else if (info->type == LK_SETTING_ADDRESS)
    *sentence = check_address (raw);
  else if (info->type == LK_SETTING_ADDRESSES)
    *sentence = read_addresses (value);
  else if (info->type == LK_SETTING_URL)
    *sentence = read_url (value);
  return *sentence == NULL;
}

/* -- lines -- */

void
lk_setting_problem_add (GPtrArray *problems, guint line, const char *group, const char *key, char *sentence)
{
  LkSettingProblem *problem = g_new (LkSettingProblem, 1);

  *problem = (LkSettingProblem) { line, g_strdup (group), g_strdup (key), sentence };
  g_ptr_array_add (problems, problem);
}

/* What is wrong with a line; NULL for nothing. *group and *key get what it names, the latter NULL unless it is a key's. */
static const char *
scan_line (const char *whole, char **group, char **key)
{
  g_autofree char *line = g_strstrip (g_strdup (whole));
  char *sign = strchr (line, '=');

  *key = NULL;
  if (*line == '\0' || *line == '#')
    return NULL;
  if (*line == '[' && line[strlen (line) - 1] == ']')
    {
      g_free (*group);
      *group = g_strndup (line + 1, strlen (line) - 2);
      return NULL;
    }
  if (sign == NULL || sign == line)
    return _("This is no section, no comment and no key with a value.");
  if (*group == NULL)
    return _("This key stands before the first section.");
  *key = g_strchomp (g_strndup (line, (gsize) (sign - line)));
  return NULL;
}

char *
lk_settings_scan (const char *text, GPtrArray *problems, LkSettingLineFunc func, gpointer data)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *group = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *key = NULL;
      const char *wrong = scan_line (lines[i], &group, &key);

      if (key != NULL)
        func (i + 1, group, key, data);
      if (wrong == NULL)
        continue;
      lk_setting_problem_add (problems, i + 1, NULL, NULL, g_strdup (wrong));
      *lines[i] = '\0';
    }
  return g_strjoinv ("\n", lines);
}
