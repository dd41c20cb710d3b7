/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/import-photo.h"

#include <math.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/json.h"

void
lk_import_findings_clear (LkImportFindings *self)
{
  g_clear_error (&self->failure);
  for (int i = 0; i < LK_N_IMPORT_KINDS; i++)
    g_clear_error (&self->errors[i]);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
}

char *
lk_import_brief (GPtrArray *checks)
{
  g_autoptr (cJSON) list = cJSON_CreateArray ();

  for (guint i = 0; i < checks->len; i++)
    {
      LkCheck *check = checks->pdata[i];
      cJSON *entry = cJSON_CreateArray ();
      double value = lk_check_get_value (check);

      cJSON_AddItemToArray (entry, cJSON_CreateString (lk_check_get_id (check)));
      cJSON_AddItemToArray (entry, cJSON_CreateNumber (lk_check_get_version (check)));
      cJSON_AddItemToArray (entry, cJSON_CreateString (lk_outcome_to_word (lk_check_get_outcome (check))));
      cJSON_AddItemToArray (entry, isnan (value) ? cJSON_CreateNull () : cJSON_CreateNumber (round (value * 1e3) / 1e3));
      cJSON_AddItemToArray (list, entry);
    }
  return lk_json_print (list);
}

/* A file that is too large is not read at all. */
static GBytes *
read_file (const char *folder, const char *name, gsize max, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat info;
  char *data;
  gsize size;

  if (stat (path, &info) == 0 && (guint64) info.st_size > max)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_BYTES, "the file is larger than is read");
      return NULL;
    }
  return g_file_get_contents (path, &data, &size, error) ? g_bytes_new_take (data, size) : NULL;
}

/* Into the blob store, and what its row will say. */
static void
keep (LkService *service, LkImportFindings *findings, LkImportKind kind, GBytes *bytes, const LkFileInfo *info)
{
  LkPhotoFile *file = &findings->files[kind];

  if (findings->failure != NULL || !lk_blobs_put (service->blobs, bytes, file->sha256, &findings->failure))
    return;
  file->type = info->kind == LK_FILE_PNG ? "image/png" : "image/jpeg";
  file->width = info->width;
  file->height = info->height;
  file->bytes = (gint64) g_bytes_get_size (bytes);
  findings->has[kind] = TRUE;
}

/* A comparison photo only has to be a picture. */
static GBytes *
examine_reference (LkService *service, const LkSpec *spec, LkChecker *checker, const char *folder, const LkImportGroup *group,
                   LkImportKind kind, LkImportFindings *findings)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkPixels) pixels = NULL;
  LkFileInfo info;

  if (group->names[kind] == NULL)
    return NULL;
  bytes = read_file (folder, group->names[kind], spec->max_bytes, &findings->errors[kind]);
  if (bytes == NULL || (pixels = lk_checker_decode (checker, bytes, &info, &findings->errors[kind])) == NULL)
    return NULL;
  keep (service, findings, kind, bytes, &info);
  return g_steal_pointer (&bytes);
}

static void
examine_photo (LkService *service, const LkSpec *spec, LkChecker *checker, const char *folder, const LkImportGroup *group,
               GBytes *id_card, LkImportFindings *findings)
{
  GError **error = &findings->errors[LK_IMPORT_PHOTO];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkReport) report = NULL;

  if (group->names[LK_IMPORT_PHOTO] == NULL)
    return;
  bytes = read_file (folder, group->names[LK_IMPORT_PHOTO], spec->max_bytes, error);
  if (bytes == NULL || (report = lk_checker_run (checker, bytes, id_card, error)) == NULL)
    return;
  keep (service, findings, LK_IMPORT_PHOTO, bytes, &report->file);
  findings->checks = g_ptr_array_ref (report->checks);
  findings->spec_version = report->spec_version;
}

void
lk_import_examine (LkService *service, const LkSpec *spec, LkChecker *checker, const char *folder, const LkImportGroup *group,
                   LkImportFindings *findings)
{
  LkCampusDb *db = service->db;
  g_autofree char *known_id_card = NULL;
  g_autoptr (GBytes) id_card = NULL;
  g_autoptr (GBytes) diploma = NULL;
  g_autoptr (GError) error = NULL;

  if (!db->ops->find_id_card (db, group->student_no, &known_id_card, &error))
    {
      findings->unknown_student = g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND);
      if (!findings->unknown_student)
        findings->failure = g_steal_pointer (&error);
      return;
    }
  id_card = examine_reference (service, spec, checker, folder, group, LK_IMPORT_ID_CARD, findings);
  diploma = examine_reference (service, spec, checker, folder, group, LK_IMPORT_DIPLOMA, findings);
  if (id_card == NULL && known_id_card != NULL)
    id_card = lk_blobs_read (service->blobs, known_id_card, NULL);
  examine_photo (service, spec, checker, folder, group, id_card, findings);
}
