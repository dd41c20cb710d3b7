/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/import-files.h"

#include <string.h>

static void
group_free (LkImportGroup *group)
{
  for (int i = 0; i < LK_N_IMPORT_KINDS; i++)
    g_free (group->names[i]);
  g_ptr_array_unref (group->surplus);
  g_free (group->student_no);
  g_free (group);
}

static gboolean
cut_suffix (char *stem, const char *suffix)
{
  gsize length = strlen (stem), end = strlen (suffix);

  if (length <= end || g_ascii_strcasecmp (stem + length - end, suffix) != 0)
    return FALSE;
  stem[length - end] = '\0';
  return TRUE;
}

char *
lk_import_parse_name (const char *name, LkImportKind *kind)
{
  static const char *const suffixes[LK_N_IMPORT_KINDS] = {
    [LK_IMPORT_ID_CARD] = ".id",
    [LK_IMPORT_DIPLOMA] = ".diploma",
    [LK_IMPORT_ORIGINAL] = ".original",
  };
  char *stem = g_strdup (name);
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  *kind = LK_IMPORT_PHOTO;
  for (int i = 0; i < LK_N_IMPORT_KINDS; i++)
    if (suffixes[i] != NULL && cut_suffix (stem, suffixes[i]))
      {
        *kind = i;
        break;
      }
  return stem;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  GPtrArray *names;
  const char *name;

  if (dir == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (*name != '.' && !g_file_test (path, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static LkImportGroup *
get_group (GHashTable *by_number, GPtrArray *groups, const char *student_no)
{
  LkImportGroup *group = g_hash_table_lookup (by_number, student_no);

  if (group != NULL)
    return group;
  group = g_new0 (LkImportGroup, 1);
  group->student_no = g_strdup (student_no);
  group->surplus = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (by_number, group->student_no, group);
  g_ptr_array_add (groups, group);
  return group;
}

GPtrArray *
lk_import_list_files (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (folder, error);
  g_autoptr (GHashTable) by_number = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups;

  if (names == NULL)
    return NULL;
  groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  for (guint i = 0; i < names->len; i++)
    {
      LkImportKind kind;
      g_autofree char *student_no = lk_import_parse_name (names->pdata[i], &kind);
      LkImportGroup *group = get_group (by_number, groups, student_no);

      if (group->names[kind] == NULL)
        group->names[kind] = g_strdup (names->pdata[i]);
      else
        g_ptr_array_add (group->surplus, g_strdup (names->pdata[i]));
    }
  return groups;
}
