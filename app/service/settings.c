/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/settings-private.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LkSettings
{
  char *folder;                 /* where relative paths start */
  LkSettingValue *values;       /* as the table */
};

/* -- the table -- */

static guint
count_rows (void)
{
  guint n = 0;

  while (lk_setting_table[n].group != NULL)
    n++;
  return n;
}

/* The number of the row; that of the end when there is none. */
static guint
find_row (const char *group, const char *key)
{
  guint i = 0;

  while (lk_setting_table[i].group != NULL && (strcmp (lk_setting_table[i].group, group) != 0 || strcmp (lk_setting_table[i].key, key) != 0))
    i++;
  return i;
}

static gboolean
group_is_known (const char *group)
{
  for (const LkSettingInfo *info = lk_setting_table; info->group != NULL; info++)
    if (strcmp (info->group, group) == 0)
      return TRUE;
  return FALSE;
}

static void
set_fallback (LkSettings *self, guint row)
{
  const LkSettingInfo *info = &lk_setting_table[row];
  g_autofree char *sentence = NULL;

  if (info->fallback == NULL)
    lk_setting_value_clear (&self->values[row]);
  else if (!lk_setting_value_read (info, info->fallback, self->folder, &self->values[row], &sentence))
    g_error ("the default of %s in [%s]: %s", info->key, info->group, sentence);
}

static LkSettings *
settings_new (const char *folder)
{
  LkSettings *self = g_new0 (LkSettings, 1);
  guint n = count_rows ();

  self->folder = g_strdup (folder);
  self->values = g_new0 (LkSettingValue, n);
  for (guint i = 0; i < n; i++)
    set_fallback (self, i);
  return self;
}

void
lk_settings_free (LkSettings *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; lk_setting_table[i].group != NULL; i++)
    lk_setting_value_clear (&self->values[i]);
  g_free (self->values);
  g_free (self->folder);
  g_free (self);
}

/* -- reading -- */

static void
problem_free (gpointer item)
{
  LkSettingProblem *problem = item;

  g_free (problem->group);
  g_free (problem->key);
  g_free (problem->sentence);
  g_free (problem);
}

GPtrArray *
lk_setting_problems_new (void)
{
  return g_ptr_array_new_with_free_func (problem_free);
}

char *
lk_setting_problem_text (const LkSettingProblem *problem, const char *path)
{
  if (problem->key != NULL)
    /* Translators: %s a file, %u the number of a line, %s a key, %s its section, %s a sentence about it */
    return g_strdup_printf (_("%s, line %u, %s in [%s]: %s"), path, problem->line, problem->key, problem->group, problem->sentence);
  if (problem->line > 0)
    /* Translators: %s a file, %u the number of a line, %s a sentence about it */
    return g_strdup_printf (_("%s, line %u: %s"), path, problem->line, problem->sentence);
  /* Translators: %s a file, %s a sentence about it */
  return g_strdup_printf (_("%s: %s"), path, problem->sentence);
}

typedef struct
{
  LkSettings *self;
  GKeyFile *file;
  GPtrArray *problems;
  GHashTable *lines;            /* "group\nkey" -> line */
} Reading;

static guint
line_of (Reading *reading, const char *group, const char *key)
{
  g_autofree char *name = g_strconcat (group, "\n", key, NULL);

  return GPOINTER_TO_UINT (g_hash_table_lookup (reading->lines, name));
}

static void
note_line (guint line, const char *group, const char *key, gpointer data)
{
  Reading *reading = data;
  guint before = line_of (reading, group, key);

  if (before != 0)
    lk_setting_problem_add (reading->problems, line, group, key,
                            g_strdup_printf (_("This key is given twice; it stands in line %u already."), before));
  else if (!group_is_known (group))
    lk_setting_problem_add (reading->problems, line, group, key, g_strdup (_("There is no such section.")));
  else if (lk_setting_table[find_row (group, key)].group == NULL)
    lk_setting_problem_add (reading->problems, line, group, key, g_strdup (_("There is no such key in this section.")));
  g_hash_table_replace (reading->lines, g_strconcat (group, "\n", key, NULL), GUINT_TO_POINTER (line));
}

static void
read_row (Reading *reading, guint row)
{
  const LkSettingInfo *info = &lk_setting_table[row];
  guint line = line_of (reading, info->group, info->key);
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  char *sentence = NULL;

  if (line == 0)
    return;
  raw = g_key_file_get_string (reading->file, info->group, info->key, &error);
  if (error != NULL)
    sentence = g_strdup (_("The value has a backslash that means nothing."));
  else if (lk_setting_value_read (info, g_strstrip (raw), reading->self->folder, &reading->self->values[row], &sentence))
    {
      reading->self->values[row].is_set = TRUE;
      return;
    }
  lk_setting_problem_add (reading->problems, line, info->group, info->key, sentence);
  set_fallback (reading->self, row);
}

static void
check_partner (Reading *reading, guint row)
{
  const LkSettingInfo *info = &lk_setting_table[row];
  guint line = line_of (reading, info->group, info->key);

  if (line != 0 && info->with != NULL && line_of (reading, info->group, info->with) == 0)
    lk_setting_problem_add (reading->problems, line, info->group, info->key,
                            /* Translators: %s is another key of the file */
                            g_strdup_printf (_("This key needs %s, which is missing."), info->with));
}

static void
read_text (LkSettings *self, const char *text, gsize length, GPtrArray *problems)
{
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  Reading reading = { self, file, problems, lines };
  g_autofree char *clean = NULL;

  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      lk_setting_problem_add (problems, 0, NULL, NULL, g_strdup (_("The file is no UTF-8 text.")));
      return;
    }
  clean = lk_settings_scan (text, problems, note_line, &reading);
  if (!g_key_file_load_from_data (file, clean, -1, G_KEY_FILE_KEEP_COMMENTS, NULL))
    {
      lk_setting_problem_add (problems, 0, NULL, NULL, g_strdup (_("The file cannot be read as sections with keys.")));
      return;
    }
  for (guint i = 0; lk_setting_table[i].group != NULL; i++)
    {
      read_row (&reading, i);
      check_partner (&reading, i);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const LkSettingProblem *const *first = a, *const *second = b;

  return (*first)->line < (*second)->line ? -1 : (*first)->line > (*second)->line;
}

LkSettings *
lk_settings_load (const char *path, GPtrArray *problems)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  LkSettings *self = settings_new (folder);
  gsize length;

  if (g_file_get_contents (path, &text, &length, &error))
    read_text (self, text, length, problems);
  else if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    lk_setting_problem_add (problems, 0, NULL, NULL, g_strdup (_("The file cannot be read.")));
  g_ptr_array_sort (problems, compare_lines);
  return self;
}

/* -- asking -- */

static const LkSettingValue *
get_value (LkSettings *self, const char *group, const char *key)
{
  static LkSettings *shipped;
  guint row = find_row (group, key);

  g_assert (lk_setting_table[row].group != NULL);
  if (self == NULL && g_once_init_enter (&shipped))
    g_once_init_leave (&shipped, settings_new ("."));
  return &(self != NULL ? self : shipped)->values[row];
}

const char *
lk_settings_text (LkSettings *self, const char *group, const char *key)
{
  return get_value (self, group, key)->text;
}

gint64
lk_settings_number (LkSettings *self, const char *group, const char *key)
{
  return get_value (self, group, key)->number;
}

gboolean
lk_settings_switch (LkSettings *self, const char *group, const char *key)
{
  return get_value (self, group, key)->number != 0;
}

const char *const *
lk_settings_list (LkSettings *self, const char *group, const char *key)
{
  static const char *const nothing[] = { NULL };
  const LkSettingValue *value = get_value (self, group, key);

  return value->list != NULL ? (const char *const *) value->list : nothing;
}

gboolean
lk_settings_is_set (LkSettings *self, const char *group, const char *key)
{
  return get_value (self, group, key)->is_set;
}

void
lk_settings_apply (LkSettings *self, LkServiceConfig *config)
{
  for (guint i = 0; self != NULL && lk_setting_table[i].group != NULL; i++)
    if (lk_setting_table[i].is_limit && self->values[i].is_set)
      G_STRUCT_MEMBER (int, config, lk_setting_table[i].limit) = (int) self->values[i].number;
}

/* What stands behind the sign of equality. */
static char *
show_value (const LkSettingInfo *info, const LkSettingValue *value, const LkServiceConfig *config)
{
  int limit = info->is_limit ? G_STRUCT_MEMBER (int, config, info->limit) : 0;

  if (info->is_limit)
    return info->type == LK_SETTING_SWITCH ? g_strdup (limit != 0 ? "true" : "false") : g_strdup_printf ("%d", limit);
  if (info->secret && value->text != NULL)
    return g_strdup ("…");
  return g_strdup (value->text != NULL ? value->text : "");
}

char *
lk_settings_print (LkSettings *self, const LkServiceConfig *config)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *group = "";

  for (guint i = 0; lk_setting_table[i].group != NULL; i++)
    {
      const LkSettingInfo *info = &lk_setting_table[i];
      const LkSettingValue *value = get_value (self, info->group, info->key);
      g_autofree char *shown = show_value (info, value, config);

      if (strcmp (group, info->group) != 0)
        g_string_append_printf (text, "%s[%s]\n", i > 0 ? "\n" : "", info->group);
      group = info->group;
      g_string_append_printf (text, "# %s (%s)\n", _(info->help),
                              value->is_set ? _("set") : *shown != '\0' ? _("as shipped") : _("not set"));
      g_string_append_printf (text, "%s%s=%s\n", *shown != '\0' ? "" : "#", info->key, shown);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
