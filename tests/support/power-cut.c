/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-cut.h"

#include <glib/gstdio.h>
#include <string.h>

#include "disk-record.h"

enum { SECTOR = 512 };

/* One write or truncation that is not synced. */
typedef struct
{
  const guint8 *bytes;          /* NULL: a truncation */
  gsize offset, size;
} Change;

typedef struct
{
  GByteArray *stable;           /* what is on the disk for certain */
  GArray *pending;              /* of Change */
} File;

/* One change of names in a folder: what goes, what comes; either may be NULL. */
typedef struct
{
  char *gone, *come;
  File *file;                   /* of what comes; NULL for a folder */
} Naming;

struct _LkPowerCut
{
  GMappedFile *log;
  gsize place;
  GPtrArray *all;               /* every File */
  GHashTable *by_number;        /* id -> File */
  GHashTable *live;             /* path -> File as the program sees it */
  GHashTable *stable;           /* path -> File that is there for certain; a folder has NULL */
  GHashTable *pending;          /* folder -> GPtrArray of Naming */
};

/* -- files -- */

static void
file_free (gpointer data)
{
  File *file = data;

  g_byte_array_unref (file->stable);
  g_array_unref (file->pending);
  g_free (file);
}

static File *
file_new (LkPowerCut *self)
{
  File *file = g_new0 (File, 1);

  file->stable = g_byte_array_new ();
  file->pending = g_array_new (FALSE, FALSE, sizeof (Change));
  g_ptr_array_add (self->all, file);
  return file;
}

static void
set_length (GByteArray *content, gsize length)
{
  guint before = content->len;

  g_byte_array_set_size (content, (guint) length);
  if (length > before)
    memset (content->data + before, 0, length - before);
}

static void
put_bytes (GByteArray *content, gsize offset, const guint8 *bytes, gsize size)
{
  if (content->len < offset + size)
    set_length (content, offset + size);
  memcpy (content->data + offset, bytes, size);
}

static void
sync_file (File *file)
{
  for (guint i = 0; i < file->pending->len; i++)
    {
      const Change *change = &g_array_index (file->pending, Change, i);

      if (change->bytes == NULL)
        set_length (file->stable, change->offset);
      else
        put_bytes (file->stable, change->offset, change->bytes, change->size);
    }
  g_array_set_size (file->pending, 0);
}

/* The content with a random half of what is not synced. */
static GByteArray *
cut_file (const File *file, GRand *random, guint *n_lost)
{
  GByteArray *content = g_byte_array_sized_new (file->stable->len);

  g_byte_array_append (content, file->stable->data, file->stable->len);
  for (guint i = 0; i < file->pending->len; i++)
    {
      const Change *change = &g_array_index (file->pending, Change, i);

      if (change->bytes == NULL && g_rand_boolean (random))
        set_length (content, change->offset);
      for (gsize at = 0; change->bytes != NULL && at < change->size; at += SECTOR)
        if (g_rand_boolean (random))
          put_bytes (content, change->offset + at, change->bytes + at, MIN (SECTOR, change->size - at));
        else
          (*n_lost)++;
    }
  return content;
}

/* -- names -- */

static void
naming_free (gpointer data)
{
  Naming *naming = data;

  g_free (naming->gone);
  g_free (naming->come);
  g_free (naming);
}

static void
apply_naming (GHashTable *names, const Naming *naming)
{
  if (naming->gone != NULL)
    g_hash_table_remove (names, naming->gone);
  if (naming->come != NULL)
    g_hash_table_replace (names, g_strdup (naming->come), naming->file);
}

static char *
folder_of (const char *path)
{
  return g_strndup (path, (gsize) (strrchr (path, '/') - path));
}

static void
add_naming (LkPowerCut *self, const char *gone, const char *come, File *file)
{
  char *folder = folder_of (come != NULL ? come : gone);
  GPtrArray *list = g_hash_table_lookup (self->pending, folder);
  Naming *naming = g_new (Naming, 1);

  *naming = (Naming) { g_strdup (gone), g_strdup (come), file };
  apply_naming (self->live, naming);
  if (list == NULL)
    g_hash_table_insert (self->pending, g_strdup (folder), list = g_ptr_array_new_with_free_func (naming_free));
  g_ptr_array_add (list, naming);
  g_free (folder);
}

/* One step within a folder; over two folders each is on its own. */
static void
rename_file (LkPowerCut *self, const char *from, const char *to)
{
  g_autofree char *from_folder = folder_of (from), *to_folder = folder_of (to);
  File *file = g_hash_table_lookup (self->live, from);

  if (strcmp (from_folder, to_folder) == 0)
    {
      add_naming (self, from, to, file);
      return;
    }
  add_naming (self, NULL, to, file);
  add_naming (self, from, NULL, NULL);
}

static void
sync_folder (LkPowerCut *self, const char *folder)
{
  GPtrArray *list = g_hash_table_lookup (self->pending, folder);

  for (guint i = 0; list != NULL && i < list->len; i++)
    apply_naming (self->stable, list->pdata[i]);
  g_hash_table_remove (self->pending, folder);
}

/* The names that are there after a cut: the first few of what is not synced in each folder. */
static GHashTable *
cut_names (LkPowerCut *self, GRand *random)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->stable);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (names, g_strdup (key), value);
  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GPtrArray *list = value;
      gint32 n = g_rand_int_range (random, 0, (gint32) list->len + 1);

      for (gint32 i = 0; i < n; i++)
        apply_naming (names, list->pdata[i]);
    }
  return names;
}

/* -- the state before -- */

static void
load_folder (LkPowerCut *self, const char *before, const char *path)
{
  g_autofree char *whole = g_strconcat (before, path, NULL);
  g_autoptr (GDir) dir = g_dir_open (whole, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_strconcat (path, "/", name, NULL), *file_path = g_strconcat (before, below, NULL);
      g_autofree char *text = NULL;
      File *file = NULL;
      gsize size;

      if (g_file_test (file_path, G_FILE_TEST_IS_DIR))
        load_folder (self, before, below);
      else
        {
          g_assert_true (g_file_get_contents (file_path, &text, &size, NULL));
          file = file_new (self);
          g_byte_array_append (file->stable, (const guint8 *) text, (guint) size);
        }
      g_hash_table_replace (self->live, g_strdup (below), file);
      g_hash_table_replace (self->stable, g_strdup (below), file);
    }
}

LkPowerCut *
lk_power_cut_new (const char *log, const char *before)
{
  LkPowerCut *self = g_new0 (LkPowerCut, 1);
  g_autoptr (GError) error = NULL;

  self->log = g_mapped_file_new (log, FALSE, &error);
  g_assert_no_error (error);
  self->all = g_ptr_array_new_with_free_func (file_free);
  self->by_number = g_hash_table_new (NULL, NULL);
  self->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  load_folder (self, before, "");
  return self;
}

void
lk_power_cut_free (LkPowerCut *self)
{
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->stable);
  g_hash_table_unref (self->live);
  g_hash_table_unref (self->by_number);
  g_ptr_array_unref (self->all);
  g_mapped_file_unref (self->log);
  g_free (self);
}

gsize
lk_power_cut_get_length (LkPowerCut *self)
{
  return g_mapped_file_get_length (self->log);
}

/* -- the recording -- */

static File *
number (LkPowerCut *self, guint32 id, File *file)
{
  g_hash_table_insert (self->by_number, GUINT_TO_POINTER (id), file);
  return file;
}

static void
change_file (LkPowerCut *self, const LkDiskRecord *record, const guint8 *bytes)
{
  File *file = g_hash_table_lookup (self->by_number, GUINT_TO_POINTER (record->id));
  Change change = { record->op == LK_DISK_WRITE ? bytes : NULL, (gsize) record->offset, record->size };

  g_assert_nonnull (file);
  if (record->op == LK_DISK_SYNC)
    sync_file (file);
  else
    g_array_append_val (file->pending, change);
}

static void
replay (LkPowerCut *self, const LkDiskRecord *record, const guint8 *bytes)
{
  g_autofree char *path = record->op != LK_DISK_WRITE ? g_strndup ((const char *) bytes, record->size) : NULL;
  g_autofree char *to = NULL;

  switch (record->op)
    {
    case LK_DISK_FOUND:
      if (!g_hash_table_contains (self->live, path))
        g_error ("the recording begins with %s, which was not there before", path);
      number (self, record->id, g_hash_table_lookup (self->live, path));
      break;
    case LK_DISK_CREATE:
      add_naming (self, NULL, path, number (self, record->id, file_new (self)));
      break;
    case LK_DISK_UNNAMED:
      number (self, record->id, file_new (self));
      break;
    case LK_DISK_LINK:
      add_naming (self, NULL, path, g_hash_table_lookup (self->by_number, GUINT_TO_POINTER (record->id)));
      break;
    case LK_DISK_FOLDER:
      add_naming (self, NULL, path, NULL);
      break;
    case LK_DISK_UNLINK:
      add_naming (self, path, NULL, NULL);
      break;
    case LK_DISK_RENAME:
      to = g_strndup ((const char *) bytes + strlen (path) + 1, record->size - strlen (path) - 1);
      rename_file (self, path, to);
      break;
    case LK_DISK_SYNC_FOLDER:
      sync_folder (self, path);
      break;
    default:
      change_file (self, record, bytes);
      break;
    }
}

static void
replay_until (LkPowerCut *self, gsize place)
{
  const guint8 *log = (const guint8 *) g_mapped_file_get_contents (self->log);
  gsize length = g_mapped_file_get_length (self->log);

  while (self->place + sizeof (LkDiskRecord) <= MIN (place, length))
    {
      LkDiskRecord record;
      gsize end;

      memcpy (&record, log + self->place, sizeof record);
      end = self->place + sizeof record + record.size;
      if (end > MIN (place, length))
        return;
      replay (self, &record, log + self->place + sizeof record);
      self->place = end;
    }
}

/* Whether all folders above a path are there. */
static gboolean
is_reachable (GHashTable *names, const char *path)
{
  g_autofree char *folder = folder_of (path);

  return *folder == '\0' || (g_hash_table_contains (names, folder) && is_reachable (names, folder));
}

static void
put_file (const char *folder, const char *path, const File *file, GRand *random, guint *n_lost)
{
  g_autofree char *whole = g_strconcat (folder, path, NULL), *above = g_path_get_dirname (whole);
  g_autoptr (GByteArray) content = cut_file (file, random, n_lost);
  FILE *out;

  g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
  out = g_fopen (whole, "wb");
  g_assert_nonnull (out);
  g_assert_cmpuint (fwrite (content->data, 1, content->len, out), ==, content->len);
  g_assert_cmpint (fclose (out), ==, 0);
}

guint
lk_power_cut_at (LkPowerCut *self, gsize place, GRand *random, const char *folder)
{
  g_autoptr (GHashTable) names = NULL;
  GHashTableIter iter;
  gpointer path, file;
  guint n_lost = 0;

  replay_until (self, place);
  names = cut_names (self, random);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &path, &file))
    if (file != NULL && is_reachable (names, path))
      put_file (folder, path, file, random, &n_lost);
  return n_lost;
}
