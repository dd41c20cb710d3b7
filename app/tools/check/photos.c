/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/photos.h"

#include <string.h>

#include <glib/gi18n.h>

/* Kinds that are refused are gathered too: somebody who sent one should hear it. */
static const char *const endings[] = {
  ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".heic", ".heif", ".webp", ".gif", ".bmp", ".tif", ".tiff",
};

static void
photo_file_free (gpointer data)
{
  LkPhotoFile *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

static void
add_photo (GPtrArray *photos, const char *path, const char *name)
{
  LkPhotoFile *photo = g_new0 (LkPhotoFile, 1);

  photo->path = g_strdup (path);
  photo->name = g_strdup (name);
  g_ptr_array_add (photos, photo);
}

static gboolean
looks_like_picture (const char *name)
{
  const char *ending = strrchr (name, '.');

  for (gsize i = 0; ending != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (ending, endings[i]) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  GPtrArray *names;
  const char *name;

  if (folder == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* A folder that is a link is left out: it could lead back up. */
static gboolean
add_folder (GPtrArray *photos, const char *path, const char *below, GError **error)
{
  g_autoptr (GPtrArray) names = list_folder (path, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);
      g_autofree char *name = g_build_filename (below, names->pdata[i], NULL);

      if (!g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          if (looks_like_picture (name))
            add_photo (photos, child, name);
        }
      else if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK) && !add_folder (photos, child, name, error))
        return FALSE;
    }
  return names != NULL;
}

GPtrArray *
lk_photos_gather (char **arguments, GError **error)
{
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func (photo_file_free);

  for (char **argument = arguments; *argument != NULL; argument++)
    {
      guint before = photos->len;

      if (!g_file_test (*argument, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *name = g_path_get_basename (*argument);

          add_photo (photos, *argument, name);
          continue;
        }
      if (!add_folder (photos, *argument, "", error))
        return NULL;
      if (photos->len == before)
        {
          g_autofree char *shown = g_filename_display_name (*argument);

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("There are no photos in %s."), shown);
          return NULL;
        }
    }
  return g_steal_pointer (&photos);
}

char *
lk_photo_person (const LkPhotoFile *photo)
{
  char *name = g_path_get_basename (photo->path);

  name[strcspn (name, ".")] = '\0';
  return name;
}

GBytes *
lk_photo_load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_load_bytes (file, NULL, NULL, error);
}
