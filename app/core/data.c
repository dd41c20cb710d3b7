/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/data.h"
#include "core/error.h"

/* The first folder of a colon-separated list that has this file. */
static char *
find_in (const char *dirs, const char *name)
{
  g_auto (GStrv) list = g_strsplit (dirs, ":", -1);

  for (gsize i = 0; list[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (list[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* name -> path of the file that stands for it. */
static GHashTable *own_files;

void
lk_data_set_own (const char *name, const char *path)
{
  if (own_files == NULL)
    own_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (own_files, g_strdup (name), g_strdup (path));
}

char *
lk_data_find (const char *name, GError **error)
{
  const char *own = own_files != NULL ? g_hash_table_lookup (own_files, name) : NULL;
  const char *chosen = g_getenv ("LIKENESS_DATA_DIR");
  char *path = own != NULL && g_file_test (own, G_FILE_TEST_EXISTS) ? g_strdup (own) : NULL;

  if (path == NULL && chosen != NULL)
    path = find_in (chosen, name);
  if (path == NULL)
    path = find_in (LK_DATA_DIRS, name);
  if (path == NULL)
    g_set_error (error, LK_ERROR, LK_ERROR_NOT_FOUND, "%s is in none of the data folders", name);
  return path;
}

char *
lk_locale_find_catalogue (const char *language)
{
  g_autofree char *name = g_strconcat (language, "/LC_MESSAGES/" GETTEXT_PACKAGE ".mo", NULL);

  return find_in (LK_LOCALE_DIRS, name);
}

void
lk_locale_init (void)
{
  g_autofree char *dir = lk_locale_find_catalogue ("zh_CN");
  g_autofree char *folder = NULL;

  setlocale (LC_ALL, "");
  /* GLib decides at its first text, for good, whether there is anything to translate: before there is a domain it says
   * yes, and so another language can be chosen later */
  g_dgettext (GETTEXT_PACKAGE, "Likeness");
  /* numbers in files and on the wire have a point in every language */
  setlocale (LC_NUMERIC, "C");
  if (dir != NULL)
    {
      g_autofree char *messages = g_path_get_dirname (dir);
      g_autofree char *language = g_path_get_dirname (messages);

      folder = g_path_get_dirname (language);
      bindtextdomain (GETTEXT_PACKAGE, folder);
    }
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* A locale in which LANGUAGE counts, best one of the language itself: in "C" and, by newer C libraries, in "C.UTF-8" it
 * does not. */
static gboolean
set_messages_locale (const char *language)
{
  static const char *const any[] = { "zh_CN.UTF-8", "en_US.UTF-8", "en_GB.UTF-8", NULL };
  g_autofree char *own = g_strconcat (language, ".UTF-8", NULL);

  if (setlocale (LC_MESSAGES, own) != NULL)
    return TRUE;
  for (gsize i = 0; any[i] != NULL; i++)
    if (setlocale (LC_MESSAGES, any[i]) != NULL)
      return TRUE;
  return setlocale (LC_MESSAGES, "C.UTF-8") != NULL;
}

/* The translation of the empty text is the catalogue's own head; English has none. */
static gboolean
speaks (const char *language)
{
  const char *head = gettext ("");
  g_autofree char *line = g_strconcat ("Language: ", language, "\n", NULL);

  return g_str_equal (language, "en") ? *head == '\0' : strstr (head, line) != NULL;
}

/* As gettext's manual has it: tells the C library that what it remembers of texts is old. */
extern int _nl_msg_cat_cntr;

gboolean
lk_locale_set_language (const char *language)
{
  static gboolean know_first = FALSE;
  static char *first_language, *first_locale;

  if (!know_first)
    {
      first_language = g_strdup (g_getenv ("LANGUAGE"));
      first_locale = g_strdup (setlocale (LC_MESSAGES, NULL));
      know_first = TRUE;
    }
  if (language != NULL)
    {
      g_setenv ("LANGUAGE", language, TRUE);
      set_messages_locale (language);
    }
  else
    {
      setlocale (LC_MESSAGES, first_locale);
      if (first_language != NULL)
        g_setenv ("LANGUAGE", first_language, TRUE);
      else
        g_unsetenv ("LANGUAGE");
    }
  _nl_msg_cat_cntr++;
  if (language == NULL || speaks (language))
    return TRUE;
  lk_locale_set_language (NULL);
  return FALSE;
}

char *
lk_models_dir (void)
{
  const char *chosen = g_getenv ("LIKENESS_MODELS");

  return chosen != NULL ? g_strdup (chosen)
                        : g_build_filename (g_get_user_cache_dir (), "likeness", "models", NULL);
}
