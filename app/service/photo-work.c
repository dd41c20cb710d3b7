/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/photo-work.h"

#include <math.h>

#include "core/error.h"
#include "photo/blue.h"
#include "photo/encode.h"
#include "photo/finish.h"
#include "service/log.h"

enum
{
  PREVIEW_QUALITY = 85,
  CROP_QUALITY = 95,            /* checks are run on it: its own losses must not be seen */
};

struct _LkPhotoWork
{
  LkService *service;
  LkSpec *spec;
  LkDecoder *decoder;
  GMutex mutex;                 /* while the rest is loaded */
  LkChecker *checker;
  LkSearch *search;
};

LkPhotoWork *
lk_photo_work_new (LkService *service, GError **error)
{
  g_autoptr (LkPhotoWork) self = g_new0 (LkPhotoWork, 1);

  self->service = service;
  g_mutex_init (&self->mutex);
  self->decoder = lk_decoder_new ();
  self->spec = lk_spec_load_default (error);
  return self->spec != NULL ? g_steal_pointer (&self) : NULL;
}

void
lk_photo_work_free (LkPhotoWork *self)
{
  g_clear_pointer (&self->search, lk_search_free);
  g_clear_pointer (&self->checker, lk_checker_free);
  g_clear_pointer (&self->decoder, lk_decoder_free);
  g_clear_pointer (&self->spec, lk_spec_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
lk_photo_work_prepare (LkPhotoWork *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GError) error = NULL;

  if (self->checker != NULL)
    return;
  self->checker = lk_checker_new (self->spec, NULL);
  lk_checker_set_decoder (self->checker, self->decoder);
  if (lk_checker_get_problem (self->checker) != NULL)
    lk_log_error ("failure", "what=engine message=\"%s\"", lk_checker_get_problem (self->checker));
  self->search = lk_search_new (self->service, self->spec, self->checker, &error);
  if (self->search == NULL)
    lk_log_error ("failure", "what=search message=\"%s\"", error->message);
}

const LkSpec *
lk_photo_work_get_spec (LkPhotoWork *self)
{
  return self->spec;
}

LkSearch *
lk_photo_work_get_search (LkPhotoWork *self)
{
  return self->search;
}

/* -- looking -- */

static GBytes *
make_preview (LkPhotoWork *self, LkPixels *original)
{
  double most = self->service->config.student_preview_side, side = MAX (original->width, original->height);
  double scale = fmin (1, most / side);
  g_autoptr (LkPixels) small = lk_pixels_scale (original, MAX (1, (int) round (original->width * scale)),
                                                MAX (1, (int) round (original->height * scale)));

  return lk_encode_jpeg (small, self->spec->finish.dpi, PREVIEW_QUALITY, FALSE);
}

GBytes *
lk_photo_work_preview (LkPhotoWork *self, GBytes *original, GError **error)
{
  g_autoptr (LkPixels) pixels = lk_decoder_decode_original (self->decoder, original, self->spec, NULL, error);

  return pixels != NULL ? make_preview (self, pixels) : NULL;
}

void
lk_look_clear (LkLook *self)
{
  g_clear_pointer (&self->preview, g_bytes_unref);
}

static void
propose (LkPhotoWork *self, LkPixels *original, LkLook *look)
{
  LkEngine *engine = lk_checker_get_engine (self->checker);
  LkCrop crop;

  if (engine == NULL || !lk_crop_propose (engine, original, self->spec, &crop, NULL))
    return;
  look->problem = crop.problem;
  look->has_crop = crop.problem == LK_CROP_POSSIBLE;
  look->crop = (LkCropShare) {
    (double) crop.x / original->width, (double) crop.y / original->height, (double) crop.width / original->width,
    (double) crop.height / original->height, crop.turn,
  };
  look->hair_top = crop.hair_top;
  look->eye_line = crop.eye_line;
  look->face_width = crop.face_width;
  look->centre = crop.centre;
}

static const char *
type_of (LkFileKind kind)
{
  static const char *const types[LK_N_FILE_KINDS] = {
    [LK_FILE_JPEG] = "image/jpeg",
    [LK_FILE_PNG] = "image/png",
    [LK_FILE_HEIC] = "image/heic",
  };

  return types[kind];
}

gboolean
lk_photo_work_measure (LkPhotoWork *self, GBytes *picture, LkPhotoFile *file, GError **error)
{
  LkFileInfo info = { 0 };
  g_autoptr (LkPixels) pixels = lk_decoder_decode_original (self->decoder, picture, self->spec, &info, error);

  if (pixels == NULL)
    return FALSE;
  file->type = type_of (info.kind);
  file->width = pixels->width;
  file->height = pixels->height;
  return TRUE;
}

gboolean
lk_photo_work_look (LkPhotoWork *self, GBytes *original, LkLook *look, GError **error)
{
  LkFileInfo info = { 0 };
  g_autoptr (LkPixels) pixels = lk_decoder_decode_original (self->decoder, original, self->spec, &info, error);

  if (pixels == NULL)
    return FALSE;
  if (info.components != 3)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_PICTURE_KIND, "a photo without colour");
      return FALSE;
    }
  look->file.type = type_of (info.kind);
  look->file.width = pixels->width;
  look->file.height = pixels->height;
  look->file.bytes = (gint64) g_bytes_get_size (original);
  propose (self, pixels, look);
  look->preview = make_preview (self, pixels);
  return TRUE;
}

/* -- checking -- */

void
lk_check_done_clear (LkCheckDone *self)
{
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->trace, g_bytes_unref);
}

static gboolean
put (LkPhotoWork *self, GBytes *bytes, const char *type, int width, int height, LkPhotoFile *file, GError **error)
{
  file->type = type;
  file->width = width;
  file->height = height;
  file->bytes = (gint64) g_bytes_get_size (bytes);
  return lk_blobs_put (self->service->blobs, bytes, file->sha256, error);
}

/* The crop as a file, which the checks are run on. A JPEG that needs no cutting is taken as it came. */
static GBytes *
make_cropped (LkPhotoWork *self, const LkCheckTask *task, LkPixels **cropped, GError **error)
{
  int most_width = self->service->config.student_crop_width;
  LkFileInfo info = { 0 };
  g_autoptr (LkPixels) pixels = lk_decoder_decode_original (self->decoder, task->original, self->spec, &info, error);
  g_autoptr (LkPixels) cut = NULL;

  if (pixels == NULL)
    return NULL;
  if (task->crop == NULL && info.kind == LK_FILE_JPEG && pixels->width <= most_width)
    {
      *cropped = g_steal_pointer (&pixels);
      return g_bytes_ref (task->original);
    }
  cut = task->crop != NULL ? lk_crop_share_cut (task->crop, pixels, self->spec) : lk_pixels_ref (pixels);
  if (cut->width > most_width)
    {
      int height = (int) round ((double) cut->height * most_width / cut->width);
      LkPixels *smaller = lk_pixels_scale (cut, most_width, height);

      lk_pixels_unref (cut);
      cut = smaller;
    }
  *cropped = g_steal_pointer (&cut);
  return lk_encode_jpeg (*cropped, self->spec->finish.dpi, CROP_QUALITY, TRUE);
}

static GBytes *
read_reference (LkPhotoWork *self, const LkCheckTask *task,
                gboolean (*find) (LkCampusDb *db, const char *student_no, char **sha256, GError **error))
{
  g_autofree char *sha256 = NULL;

  if (!task->may_compare || !find (self->service->db, task->student_no, &sha256, NULL) || sha256 == NULL)
    return NULL;
  return lk_blobs_read (self->service->blobs, sha256, NULL);
}

static LkReport *
examine (LkPhotoWork *self, const LkCheckTask *task, GBytes *cropped, GError **error)
{
  const LkCampusDbOps *ops = self->service->db->ops;
  g_autoptr (GBytes) id_card = read_reference (self, task, ops->find_id_card);
  g_autoptr (GBytes) diploma = read_reference (self, task, ops->find_diploma);

  return lk_checker_examine (self->checker, cropped,
                             &(LkExamination) { .id_photo = id_card, .diploma_photo = diploma, .with_trace = task->may_compare }, error);
}

/* A check that was not run, for this reason. */
static LkCheck *
without_result (LkCheck *check, const char *why)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = lk_check_get_id (check), .version = lk_check_get_version (check), .kind = lk_check_get_kind (check),
    .certainty = lk_check_get_certainty (check), .outcome = LK_OUTCOME_NOT_RUN, .value = NAN, .score = NAN,
    .low = lk_check_get_low (check), .high = lk_check_get_high (check), .hard_low = lk_check_get_hard_low (check),
    .hard_high = lk_check_get_hard_high (check), .why = why,
  });
}

/* Puts a result in the place of the one with the same id; takes it. */
static void
replace (GPtrArray *checks, LkCheck *check)
{
  for (guint i = 0; i < checks->len; i++)
    if (g_str_equal (lk_check_get_id (checks->pdata[i]), lk_check_get_id (check)))
      {
        g_object_unref (checks->pdata[i]);
        checks->pdata[i] = check;
        return;
      }
  g_object_unref (check);
}

static void
leave_out (GPtrArray *checks, const char *id, const char *why)
{
  LkCheck *check = lk_checks_find (checks, id);

  if (check != NULL)
    replace (checks, without_result (check, why));
}

static gboolean
has_failed (GPtrArray *checks, const char *id)
{
  LkCheck *check = lk_checks_find (checks, id);

  return check != NULL && lk_check_get_outcome (check) == LK_OUTCOME_FAIL;
}

static gboolean
has_passed (GPtrArray *checks, const char *id)
{
  LkCheck *check = lk_checks_find (checks, id);

  return check != NULL && lk_check_get_outcome (check) == LK_OUTCOME_PASS;
}

static gboolean
is_hard_failure (LkCheck *check)
{
  return lk_check_counts (check) && lk_check_get_outcome (check) == LK_OUTCOME_FAIL;
}

/* Whether the photo has failed whatever its background becomes. */
static gboolean
fails_before_background (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    if (is_hard_failure (checks->pdata[i]) && !g_str_has_prefix (lk_check_get_id (checks->pdata[i]), "B"))
      return TRUE;
  return FALSE;
}

/* The photo with its background replaced, by the first way that does not fail its own checks, from the one the redo is at. What was
 * measured on it stands for what was measured before; after the last way it is what failed. */
static LkPixels *
make_blue (LkPhotoWork *self, LkPixels *cropped, int attempt, GPtrArray *checks, GError **error)
{
  g_autoptr (LkBlue) blue = NULL;

  for (guint i = 0; i < self->spec->n_blue_attempts; i++)
    {
      g_clear_pointer (&blue, lk_blue_free);
      blue = lk_blue_compose (lk_checker_get_engine (self->checker), cropped, self->spec, (guint) attempt + i, error);
      if (blue == NULL)
        return NULL;
      if (lk_blue_get_outcome (blue) != LK_OUTCOME_FAIL)
        break;
    }
  if (blue == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "the standard has no way of replacing the background");
      return NULL;
    }
  for (guint i = 0; i < blue->checks->len; i++)
    replace (checks, g_object_ref (blue->checks->pdata[i]));
  return lk_pixels_ref (blue->pixels);
}

/* A photo that came cropped may miss the ratio by a row or two, which the standard forgives and a finished file does not. */
static gboolean
finish (LkPhotoWork *self, LkPixels *cropped, int attempt, LkCheckDone *done, GError **error)
{
  static const LkCropShare whole = { 0, 0, 1, 1, 0 };
  gboolean is_blue = has_passed (done->checks, "B1_replaced") && has_passed (done->checks, "B2_all_blue");
  g_autoptr (LkPixels) exact = lk_crop_share_cut (&whole, cropped, self->spec);
  g_autoptr (LkPixels) pixels = is_blue ? lk_pixels_ref (exact) : make_blue (self, exact, attempt, done->checks, error);
  g_autoptr (LkFinish) finished = NULL;

  if (pixels == NULL)
    return FALSE;
  done->system_failed = has_failed (done->checks, "B1_replaced") || has_failed (done->checks, "B2_all_blue");
  /* the standard size: what the student and the reviewer see is what is handed over */
  finished = lk_finish_new (pixels, self->spec, 0, error);
  if (finished == NULL || !put (self, finished->jpeg, "image/jpeg", finished->width, finished->height, &done->blue, error))
    return FALSE;
  done->has_blue = TRUE;
  return TRUE;
}

/* I1, D1 and D2: whose photo it is. Once more at the final submit, when more may be known. */
static gboolean
search (LkPhotoWork *self, const LkCheckTask *task, const LkTrace *trace, LkCheckDone *done, GError **error)
{
  LkSearchSubject subject = { task->student_no, done->cropped.sha256, trace, !task->may_compare };
  g_autoptr (GArray) matches = NULL;

  if (self->search == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_LOCKED, "the traces of other photos cannot be read");
      return FALSE;
    }
  matches = lk_search_run (self->search, &subject, done->checks, error);
  if (matches == NULL)
    return FALSE;
  done->trace = lk_search_seal (self->search, trace);
  return TRUE;
}

static gboolean
check_cropped (LkPhotoWork *self, const LkCheckTask *task, GBytes *bytes, LkPixels *cropped, LkCheckDone *done, GError **error)
{
  g_autoptr (LkReport) report = examine (self, task, bytes, error);

  if (report == NULL || !put (self, bytes, "image/jpeg", cropped->width, cropped->height, &done->cropped, error))
    return FALSE;
  done->cropped.eyes = lk_checks_get_eyes (report->checks);
  done->spec_version = report->spec_version;
  done->checks = g_ptr_array_ref (report->checks);
  if (!task->may_compare)
    leave_out (done->checks, "I2_similarity", "no-consent");
  if (!search (self, task, report->trace, done, error))
    return FALSE;
  if (!fails_before_background (done->checks))
    return finish (self, cropped, task->attempt, done, error);
  leave_out (done->checks, "B1_replaced", "not-replaced");
  leave_out (done->checks, "B2_all_blue", "not-replaced");
  leave_out (done->checks, "B3_edge", "not-replaced");
  return TRUE;
}

gboolean
lk_photo_work_check (LkPhotoWork *self, const LkCheckTask *task, LkCheckDone *done, GError **error)
{
  g_autoptr (LkPixels) cropped = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (lk_checker_get_engine (self->checker) == NULL)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NO_ENGINE, "the models cannot be used");
      return FALSE;
    }
  bytes = make_cropped (self, task, &cropped, error);
  if (bytes == NULL || !check_cropped (self, task, bytes, cropped, done, error))
    return FALSE;
  done->passed = lk_checks_worst (done->checks) != LK_OUTCOME_FAIL;
  return TRUE;
}
