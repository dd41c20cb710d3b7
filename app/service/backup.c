/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/backup.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/json.h"
#include "service/db-sqlite.h"
#include "service/file-copy.h"

#define DATABASE "campus.db"
#define PHOTOS "photos"
#define PAPER "backup.json"
#define SEARCH_KEY "search.key"
#define CODE_KEYS "codes"

enum { FORMAT = 1, OPEN_FOLDERS = 16 };

/* From one folder into another, either way. */
typedef struct
{
  const char *from, *to;
  gboolean link, may_miss;
  LkBackupReport *report;
} Transfer;

/* -- photo files -- */

static gboolean
put_photo (Transfer *t, const char *name, const char *from, const char *to, GError **error)
{
  char sha256[LK_SHA256_SIZE];
  gint64 size = 0;

  if (t->link && link (from, to) == 0)
    {
      t->report->linked++;
      if (!lk_file_digest (to, sha256, &size, error))
        return FALSE;
    }
  else if (!lk_file_copy (from, to, sha256, &size, error))
    return FALSE;
  if (strcmp (sha256, name) != 0)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "the photo file %s is damaged", name);
      return FALSE;
    }
  t->report->photos++;
  t->report->bytes += size;
  return TRUE;
}

static gboolean
transfer_photo (Transfer *t, const char *name, GHashTable *folders, GError **error)
{
  g_autofree char *place = lk_sha256_is_valid (name) ? g_strdup_printf (PHOTOS "/%.2s/%.2s", name, name + 2) : NULL;
  g_autofree char *from = g_build_filename (t->from, place, name, NULL);
  g_autofree char *folder = g_build_filename (t->to, place, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);

  if (place == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_CORRUPT, "a row names no photo file");
      return FALSE;
    }
  if (t->may_miss && !g_file_test (from, G_FILE_TEST_EXISTS))
    {
      t->report->missing++;
      return TRUE;
    }
  if (!lk_folder_make (folder, error) || !put_photo (t, name, from, to, error))
    return FALSE;
  g_hash_table_add (folders, g_path_get_dirname (folder));
  g_hash_table_add (folders, g_steal_pointer (&folder));
  return TRUE;
}

static gboolean
sync_folders (GHashTable *folders, GError **error)
{
  GHashTableIter iter;
  gpointer folder;

  g_hash_table_iter_init (&iter, folders);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    if (!lk_folder_sync (folder, error))
      return FALSE;
  return TRUE;
}

/* Those that the rows of a database file name, no others. */
static gboolean
transfer_photos (Transfer *t, const char *database, GError **error)
{
  g_autoptr (GPtrArray) names = lk_db_sqlite_list_files (database, error);
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *photos = g_build_filename (t->to, PHOTOS, NULL);

  if (names == NULL || !lk_folder_make (photos, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!transfer_photo (t, names->pdata[i], folders, error))
      return FALSE;
  return sync_folders (folders, error) && lk_folder_sync (photos, error);
}

/* -- small files -- */

static gboolean
transfer_file (Transfer *t, const char *name, GError **error)
{
  g_autofree char *from = g_build_filename (t->from, name, NULL), *to = g_build_filename (t->to, name, NULL);

  return !g_file_test (from, G_FILE_TEST_IS_REGULAR) || lk_file_copy (from, to, NULL, NULL, error);
}

/* Files right in a folder of the campus that one of the ends fits. */
static gboolean
transfer_files (Transfer *t, const char *inside, const char *const *ends, GError **error)
{
  g_autofree char *from = g_build_filename (t->from, inside, NULL), *to = g_build_filename (t->to, inside, NULL);
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  Transfer deeper = { .from = from, .to = to };
  const char *name;

  if (dir == NULL)
    return TRUE;
  if (!lk_folder_make (to, error))
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    for (gsize i = 0; ends[i] != NULL; i++)
      if (g_str_has_suffix (name, ends[i]) && strcmp (name, PAPER) != 0 && !transfer_file (&deeper, name, error))
        return FALSE;
  return lk_folder_sync (to, error);
}

/* What the college set, and the keys when they go along. */
static gboolean
transfer_settings (Transfer *t, gboolean keys, GError **error)
{
  static const char *const own[] = { ".json", ".conf", NULL }, *const all[] = { "", NULL };

  return transfer_files (t, "", own, error) &&
         (!keys || (transfer_file (t, SEARCH_KEY, error) && transfer_files (t, CODE_KEYS, all, error)));
}

/* -- what must be there -- */

static gboolean
verify_audit (const char *database, LkBackupReport *report, GError **error)
{
  const LkDbOptions options = { .lease_seconds = 1, .undo_seconds = 1 };
  g_autoptr (LkCampusDb) db = lk_db_sqlite_open (database, FALSE, &options, error);

  if (db == NULL || !db->ops->verify_audit (db, &report->audit, error))
    return FALSE;
  if (report->audit.first_bad == 0)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "line %" G_GINT64_FORMAT " of the audit is wrong or missing", report->audit.first_bad);
  return FALSE;
}

static gboolean
write_paper (const char *folder, const char *database_hash, const LkBackupReport *report, GError **error)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *path = g_build_filename (folder, PAPER, NULL), *text = NULL, *at = lk_time_to_text (g_get_real_time ());

  lk_json_add_int (json, "format", FORMAT);
  lk_json_add_string (json, "version", LK_VERSION);
  lk_json_add_string (json, "made_at", at);
  lk_json_add_string (json, "database", database_hash);
  lk_json_add_int (json, "photos", report->photos);
  lk_json_add_int (json, "missing", report->missing);
  cJSON_AddBoolToObject (json, "keys", report->has_keys);
  lk_json_add_int (json, "audit_lines", report->audit.lines);
  lk_json_add_string (json, "audit_head", report->audit.head);
  text = lk_json_print (json);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error) &&
         lk_folder_sync (folder, error);
}

static cJSON *
read_paper (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, PAPER, NULL);
  g_autoptr (cJSON) json = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LK_ERROR, LK_ERROR_NOT_FOUND, "%s is not there", path);
      return NULL;
    }
  json = lk_json_load (path, LK_ERROR_CORRUPT, error);
  if (json != NULL && lk_json_int (json, "format", 0) == FORMAT && lk_json_string (json, "database") != NULL &&
      lk_json_string (json, "audit_head") != NULL)
    return g_steal_pointer (&json);
  if (json != NULL)
    g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "%s says nothing that this version understands", path);
  return NULL;
}

/* -- both ways -- */

static int
remove_entry (const char *path, const struct stat *info, int kind, struct FTW *place)
{
  return remove (path);
}

static void
remove_folder (const char *folder)
{
  nftw (folder, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

static gboolean
is_free (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  if (!g_file_test (folder, G_FILE_TEST_EXISTS) || (dir != NULL && g_dir_read_name (dir) == NULL))
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_STATE, "%s is there already", folder);
  return FALSE;
}

/* Everything is made under another name beside the folder, so that nothing half done ever stands under the right one. */
static char *
start_folder (const char *folder, GError **error)
{
  g_autofree char *part = g_strdup_printf ("%s.part-%d", folder, (int) getpid ());

  return is_free (folder, error) && lk_folder_make (part, error) ? g_steal_pointer (&part) : NULL;
}

static gboolean
finish_folder (const char *part, const char *folder, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (folder, NULL), *above = g_path_get_dirname (whole);

  if (g_rename (part, folder) == 0)
    return lk_folder_sync (above, error);
  g_set_error (error, LK_ERROR, errno == ENOTEMPTY || errno == EEXIST ? LK_ERROR_STATE : LK_ERROR_STORE, "%s: %s", folder,
               g_strerror (errno));
  return FALSE;
}

static gboolean
fill_backup (LkService *service, const char *part, const LkBackupOptions *options, LkBackupReport *report, GError **error)
{
  Transfer t = { service->folder, part, !options->copy, TRUE, report };
  g_autofree char *database = g_build_filename (part, DATABASE, NULL);
  char hash[LK_SHA256_SIZE];

  report->has_keys = options->keys;
  return lk_db_sqlite_copy (service->db, database, error) && transfer_photos (&t, database, error) &&
         transfer_settings (&t, options->keys, error) && verify_audit (database, report, error) &&
         lk_file_digest (database, hash, NULL, error) && write_paper (part, hash, report, error);
}

gboolean
lk_backup_make (LkService *service, const char *folder, const LkBackupOptions *options, LkBackupReport *report, GError **error)
{
  g_autofree char *part = start_folder (folder, error);

  memset (report, 0, sizeof *report);
  if (part == NULL)
    return FALSE;
  if (fill_backup (service, part, options, report, error) && finish_folder (part, folder, error))
    return TRUE;
  remove_folder (part);
  return FALSE;
}

static gboolean
fits (gboolean right, const char *what, GError **error)
{
  if (!right)
    g_set_error (error, LK_ERROR, LK_ERROR_CORRUPT, "%s is not what was written", what);
  return right;
}

static gboolean
fill_campus (const char *folder, const char *part, const cJSON *paper, LkBackupReport *report, GError **error)
{
  Transfer t = { folder, part, FALSE, lk_json_int (paper, "missing", 0) > 0, report };
  g_autofree char *from = g_build_filename (folder, DATABASE, NULL), *to = g_build_filename (part, DATABASE, NULL);
  char hash[LK_SHA256_SIZE];

  report->has_keys = lk_json_boolean (paper, "keys", FALSE);
  return lk_file_copy (from, to, hash, NULL, error) &&
         fits (strcmp (hash, lk_json_string (paper, "database")) == 0, "the database", error) &&
         transfer_photos (&t, to, error) && fits (report->photos == lk_json_int (paper, "photos", -1), "the number of photos", error) &&
         transfer_settings (&t, TRUE, error) && verify_audit (to, report, error) &&
         fits (strcmp (report->audit.head, lk_json_string (paper, "audit_head")) == 0, "the audit", error) &&
         lk_folder_sync (part, error);
}

gboolean
lk_backup_restore (const char *folder, const char *campus, LkBackupReport *report, GError **error)
{
  g_autoptr (cJSON) paper = read_paper (folder, error);
  g_autofree char *part = paper != NULL ? start_folder (campus, error) : NULL;

  memset (report, 0, sizeof *report);
  if (part == NULL)
    return FALSE;
  if (fill_campus (folder, part, paper, report, error) && finish_folder (part, campus, error))
    return TRUE;
  remove_folder (part);
  return FALSE;
}
