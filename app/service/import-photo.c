/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/import-photo.h"

#include <math.h>
#include <sys/stat.h>

#include "core/error.h"
#include "core/json.h"
#include "photo/blue.h"
#include "photo/finish.h"

void
lk_import_findings_clear (LkImportFindings *self)
{
  g_clear_error (&self->failure);
  for (int i = 0; i < LK_N_IMPORT_KINDS; i++)
    g_clear_error (&self->errors[i]);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->trace, lk_trace_free);
}

char *
lk_import_brief (GPtrArray *checks)
{
  g_autoptr (cJSON) list = cJSON_CreateArray ();
  g_autoptr (GPtrArray) judged = lk_checks_filter (checks, FALSE);      /* nobody decides by a measure */

  for (guint i = 0; i < judged->len; i++)
    {
      LkCheck *check = judged->pdata[i];
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

/* Into the blob store, and what its row will say; FALSE when the store failed, now or before. */
static gboolean
put (LkService *service, LkImportFindings *findings, LkPhotoFile *file, GBytes *bytes, LkFileKind kind, int width, int height)
{
  static const char *const types[LK_N_FILE_KINDS] = {
    [LK_FILE_JPEG] = "image/jpeg",
    [LK_FILE_PNG] = "image/png",
    [LK_FILE_HEIC] = "image/heic",
  };

  if (findings->failure != NULL || !lk_blobs_put (service->blobs, bytes, file->sha256, &findings->failure))
    return FALSE;
  file->type = types[kind];
  file->width = width;
  file->height = height;
  file->bytes = (gint64) g_bytes_get_size (bytes);
  return TRUE;
}

static void
keep (LkService *service, LkImportFindings *findings, LkImportKind kind, GBytes *bytes, const LkFileInfo *info)
{
  findings->has[kind] = put (service, findings, &findings->files[kind], bytes, info->kind, info->width, info->height);
}

/* A comparison photo only has to be a picture; where its eyes are is for laying it on the student's photo. */
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
  findings->files[kind].eyes = lk_checker_find_eyes (checker, pixels);
  keep (service, findings, kind, bytes, &info);
  return g_steal_pointer (&bytes);
}

/* Kept as it came, for looking at only: it has to be a picture. */
static void
examine_original (LkService *service, const LkSpec *spec, LkChecker *checker, const char *folder, const LkImportGroup *group,
                  LkImportFindings *findings)
{
  GError **error = &findings->errors[LK_IMPORT_ORIGINAL];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkPixels) pixels = NULL;
  LkFileInfo info;

  if (group->names[LK_IMPORT_ORIGINAL] == NULL || !findings->has[LK_IMPORT_PHOTO])
    return;
  bytes = read_file (folder, group->names[LK_IMPORT_ORIGINAL], spec->max_bytes, error);
  if (bytes != NULL && (pixels = lk_checker_decode_original (checker, bytes, &info, error)) != NULL)
    keep (service, findings, LK_IMPORT_ORIGINAL, bytes, &info);
}

static gboolean
is_outside (GPtrArray *checks, const char *id)
{
  LkCheck *check = lk_checks_find (checks, id);
  LkOutcome outcome = check != NULL ? lk_check_get_outcome (check) : LK_OUTCOME_NOT_RUN;

  return outcome == LK_OUTCOME_WARN || outcome == LK_OUTCOME_FAIL;
}

/* The first try that does not fail its own checks, as a finished file in the largest size the photo has pixels for. NULL when none does,
 * or when the photo is not of the frame's ratio. */
static LkFinish *
make_blue (const LkSpec *spec, LkChecker *checker, LkPixels *photo)
{
  for (guint attempt = 0; attempt < spec->n_blue_attempts; attempt++)
    {
      g_autoptr (LkBlue) blue = lk_blue_compose (lk_checker_get_engine (checker), photo, spec, attempt, NULL);
      guint size = spec->finish.n_sizes;

      if (blue == NULL || lk_blue_get_outcome (blue) == LK_OUTCOME_FAIL)
        continue;
      while (size > 1 && spec->finish.sizes[size - 1][0] > photo->width)
        size--;
      return size > 0 ? lk_finish_new (blue->pixels, spec, size - 1, NULL) : NULL;
    }
  return NULL;
}

static void
examine_blue (LkService *service, const LkSpec *spec, LkChecker *checker, GBytes *bytes, LkImportFindings *findings)
{
  g_autoptr (LkPixels) pixels = NULL;
  g_autoptr (LkFinish) finish = NULL;

  if (lk_checker_get_engine (checker) == NULL ||
      !(is_outside (findings->checks, "B1_replaced") || is_outside (findings->checks, "B2_all_blue")))
    return;
  pixels = lk_checker_decode (checker, bytes, NULL, NULL);
  finish = pixels != NULL ? make_blue (spec, checker, pixels) : NULL;
  if (finish != NULL)
    findings->has_blue = put (service, findings, &findings->blue, finish->jpeg, LK_FILE_JPEG, finish->width, finish->height);
}

static void
examine_photo (LkService *service, const LkSpec *spec, LkChecker *checker, const char *folder, const LkImportGroup *group,
               const LkExamination *examination, LkImportFindings *findings)
{
  GError **error = &findings->errors[LK_IMPORT_PHOTO];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkReport) report = NULL;

  if (group->names[LK_IMPORT_PHOTO] == NULL)
    return;
  bytes = read_file (folder, group->names[LK_IMPORT_PHOTO], spec->max_bytes, error);
  if (bytes == NULL || (report = lk_checker_examine (checker, bytes, examination, error)) == NULL)
    return;
  findings->files[LK_IMPORT_PHOTO].eyes = lk_checks_get_eyes (report->checks);
  keep (service, findings, LK_IMPORT_PHOTO, bytes, &report->file);
  findings->checks = g_ptr_array_ref (report->checks);
  examine_blue (service, spec, checker, bytes, findings);
  findings->spec_version = report->spec_version;
  findings->trace = g_steal_pointer (&report->trace);
}

/* A comparison photo that did not come with this import but with an earlier one. */
static GBytes *
read_known (LkService *service, GBytes *new_one, const char *known)
{
  if (new_one != NULL)
    return g_bytes_ref (new_one);
  return known != NULL ? lk_blobs_read (service->blobs, known, NULL) : NULL;
}

void
lk_import_examine (LkService *service, const LkSpec *spec, LkChecker *checker, const char *folder, const LkImportGroup *group,
                   LkImportFindings *findings)
{
  LkCampusDb *db = service->db;
  g_autofree char *known_id_card = NULL;
  g_autofree char *known_diploma = NULL;
  g_autoptr (GBytes) new_id_card = NULL;
  g_autoptr (GBytes) new_diploma = NULL;
  g_autoptr (GBytes) id_card = NULL;
  g_autoptr (GBytes) diploma = NULL;
  g_autoptr (GError) error = NULL;

  if (!db->ops->find_id_card (db, group->student_no, &known_id_card, &error) ||
      !db->ops->find_diploma (db, group->student_no, &known_diploma, &error))
    {
      findings->unknown_student = g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND);
      if (!findings->unknown_student)
        findings->failure = g_steal_pointer (&error);
      return;
    }
  new_id_card = examine_reference (service, spec, checker, folder, group, LK_IMPORT_ID_CARD, findings);
  new_diploma = examine_reference (service, spec, checker, folder, group, LK_IMPORT_DIPLOMA, findings);
  id_card = read_known (service, new_id_card, known_id_card);
  diploma = read_known (service, new_diploma, known_diploma);
  examine_photo (service, spec, checker, folder, group,
                 &(LkExamination) { .id_photo = id_card, .diploma_photo = diploma, .with_trace = TRUE }, findings);
  examine_original (service, spec, checker, folder, group, findings);
}
