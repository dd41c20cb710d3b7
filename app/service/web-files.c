/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/web-files.h"

#include <sodium.h>
#include <string.h>

#include "core/error.h"

enum { DEPTH_MAX = 4 };

struct _LkWebFiles
{
  GHashTable *files;            /* name -> LkWebFile */
};

static const struct
{
  const char *ending, *type;
} types[] = {
  { ".html", "text/html; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".json", "application/json" },
  { ".svg", "image/svg+xml" },
  { ".png", "image/png" },
  { ".jpg", "image/jpeg" },
  { ".ico", "image/x-icon" },
  { ".woff2", "font/woff2" },
  { ".txt", "text/plain; charset=utf-8" },
};

static const char *
find_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i].ending))
      return types[i].type;
  return NULL;
}

static void
web_file_free (gpointer data)
{
  LkWebFile *file = data;

  g_bytes_unref (file->bytes);
  g_free (file);
}

static void
make_etag (LkWebFile *file)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  char text[33];
  gsize size;
  const guint8 *data = g_bytes_get_data (file->bytes, &size);

  crypto_hash_sha256 (hash, data, size);
  sodium_bin2hex (text, sizeof text, hash, 16);
  g_snprintf (file->etag, sizeof file->etag, "\"%s\"", text);
}

static gboolean
read_file (LkWebFiles *self, const char *path, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LkWebFile *file;
  char *data;
  gsize size;

  if (find_type (name) == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &data, &size, &failure))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_STORE, failure->message);
      return FALSE;
    }
  file = g_new0 (LkWebFile, 1);
  file->type = find_type (name);
  file->bytes = g_bytes_new_take (data, size);
  make_etag (file);
  g_hash_table_replace (self->files, g_strdup (name), file);
  return TRUE;
}

/* prefix: "" or "pages/". */
static gboolean
read_folder (LkWebFiles *self, const char *folder, const char *prefix, int depth, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;
  gboolean ok = TRUE;

  while (ok && dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      g_autofree char *name = g_strconcat (prefix, entry, NULL);
      g_autofree char *below = g_strconcat (name, "/", NULL);

      if (*entry == '.' || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        ok = depth == 0 || read_folder (self, path, below, depth - 1, error);
      else
        ok = read_file (self, path, name, error);
    }
  return ok;
}

LkWebFiles *
lk_web_files_new (const char *folder, GError **error)
{
  g_autoptr (LkWebFiles) self = g_new0 (LkWebFiles, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, web_file_free);
  return read_folder (self, folder, "", DEPTH_MAX, error) ? g_steal_pointer (&self) : NULL;
}

void
lk_web_files_free (LkWebFiles *self)
{
  g_hash_table_unref (self->files);
  g_free (self);
}

const LkWebFile *
lk_web_files_find (LkWebFiles *self, const char *name)
{
  return g_hash_table_lookup (self->files, name);
}
