/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/student-work-private.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/error.h"
#include "core/wire.h"
#include "service/import-photo.h"
#include "service/log.h"

enum
{
  PREVIEW_BYTES = 32 << 20,     /* of the latest previews; others are made again */
  WORK_NICE = 10,
  STORE_TRIES = 5,              /* a second apart: while the disk is full or the database busy */
};

/* -- failures of our own -- */

static void
add_fault (LkStudentWork *self, const char *draft, const char *cause)
{
  guint64 faults, alarms;

  lk_log_at (LK_LOG_WARNING, "fault", "draft=%s cause=%s", draft, cause);
  if (!lk_fault_watch_add (self->faults, g_get_monotonic_time ()))
    return;
  lk_fault_watch_get (self->faults, &faults, &alarms);
  lk_log_at (LK_LOG_ERROR, "alarm", "what=student-photos faults=%" G_GUINT64_FORMAT " seconds=%d last=%s", faults,
             self->service->config.jobs_fault_seconds, cause);
}

/* How often it has failed now. */
static int
count_failure (LkStudentWork *self, const char *draft)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  int n = GPOINTER_TO_INT (g_hash_table_lookup (self->failures, draft)) + 1;

  g_hash_table_replace (self->failures, g_strdup (draft), GINT_TO_POINTER (n));
  return n;
}

static void
forget_failures (LkStudentWork *self, const char *draft)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_remove (self->failures, draft);
}

gboolean
lk_student_work_has_failed (LkStudentWork *self, const char *draft)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_contains (self->failures, draft);
}

static const char *
cause_of (const GError *error)
{
  const char *word = error->domain == LK_ERROR ? lk_error_to_word ((LkError) error->code) : NULL;

  if (g_error_matches (error, LK_ERROR, LK_ERROR_NO_ENGINE))
    return "no-engine";
  if (g_error_matches (error, LK_ERROR, LK_ERROR_NO_DECODER))
    return "no-decoder";
  return word != NULL ? word : "failed";
}

/* Whether writing is worth another try; then it has waited. */
static gboolean
wait_for_store (const GError *error, int tries)
{
  if (!g_error_matches (error, LK_ERROR, LK_ERROR_STORE) && !g_error_matches (error, LK_ERROR, LK_ERROR_DISK_FULL))
    return FALSE;
  if (tries >= STORE_TRIES)
    return FALSE;
  g_usleep (G_USEC_PER_SEC);
  return TRUE;
}

/* -- looking -- */

/* The word for a file that cannot be used; NULL when it is not the file's fault. */
static const char *
file_problem (const GError *error)
{
  static const LkError codes[] = {
    LK_ERROR_NOT_PICTURE, LK_ERROR_PICTURE_KIND, LK_ERROR_PICTURE_CUT_OFF, LK_ERROR_PICTURE_PIXELS, LK_ERROR_PICTURE_BYTES,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, LK_ERROR, codes[i]))
      return lk_error_to_word (codes[i]);
  return NULL;
}

static char *
proposal_text (const LkLook *look)
{
  g_autoptr (cJSON) json = NULL;

  if (look->has_crop)
    {
      json = lk_crop_share_to_json (&look->crop);
      lk_json_add_number (json, "hair_top", look->hair_top);
      lk_json_add_number (json, "eye_line", look->eye_line);
      lk_json_add_number (json, "face_width", look->face_width);
      lk_json_add_number (json, "centre", look->centre);
    }
  else if (look->problem != LK_CROP_POSSIBLE)
    {
      json = cJSON_CreateObject ();
      lk_json_add_string (json, "problem", lk_crop_problem_to_word (look->problem));
    }
  return json != NULL ? lk_json_print (json) : NULL;
}

static void
write_look (LkStudentWork *self, const LkDraft *draft, const LkLook *look, const char *problem)
{
  const LkStudentOps *ops = self->service->db->students;
  LkPhotoFile file = draft->upload;
  g_autofree char *proposal = problem == NULL ? proposal_text (look) : NULL;
  g_autoptr (GError) error = NULL;

  if (problem == NULL)
    {
      file.type = look->file.type;
      file.width = look->file.width;
      file.height = look->file.height;
    }
  for (int tries = 1; !ops->put_look (self->service->db, draft->uuid, &file, proposal, problem, &error); tries++)
    {
      if (!wait_for_store (error, tries))
        {
          if (!g_error_matches (error, LK_ERROR, LK_ERROR_STATE))       /* another upload is there by now */
            lk_log ("failure", "what=look draft=%s message=\"%s\"", draft->uuid, error->message);
          return;
        }
      g_clear_error (&error);
    }
}

static void
look (LkStudentWork *self, const LkDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = lk_blobs_read (self->service->blobs, draft->upload.sha256, &error);
  LkLook found = { 0 };
  const char *problem = NULL;

  if (original == NULL || !lk_photo_work_look (self->photos, original, &found, &error))
    {
      problem = file_problem (error);
      if (problem == NULL)
        {
          add_fault (self, draft->uuid, cause_of (error));
          problem = lk_error_to_word (LK_ERROR_OFFLINE);
        }
    }
  if (found.preview != NULL)
    lk_byte_cache_put (self->previews, draft->upload.sha256, found.preview);
  write_look (self, draft, &found, problem);
  lk_look_clear (&found);
}

/* -- checking -- */

/* The ids of what failed and may be wrong about the student: of the file itself and of the code it cannot be (rules.md section 3). */
static GPtrArray *
list_failed (GPtrArray *checks)
{
  static const char *const sure[] = { "F1_format", "F2_size", "F3_bytes", "I1_code_match", NULL };
  GPtrArray *failed = g_ptr_array_new ();

  for (guint i = 0; i < checks->len; i++)
    if (lk_check_counts (checks->pdata[i]) && lk_check_get_outcome (checks->pdata[i]) == LK_OUTCOME_FAIL
        && !g_strv_contains (sure, lk_check_get_id (checks->pdata[i])))
      g_ptr_array_add (failed, (gpointer) lk_check_get_id (checks->pdata[i]));
  g_ptr_array_add (failed, NULL);
  return failed;
}

static gboolean
write_check (LkStudentWork *self, const LkDraft *draft, gint64 check, const LkCheckDone *done, GError **error)
{
  const LkStudentOps *ops = self->service->db->students;
  g_autoptr (cJSON) json = lk_checks_to_json (done->checks);
  g_autofree char *checks = lk_json_print (json);
  g_autofree char *brief = lk_import_brief (done->checks);
  g_autoptr (GPtrArray) failed = list_failed (done->checks);
  const LkCheckResult result = {
    .draft = draft->uuid,
    .check = check,
    .passed = done->passed,
    .cropped = &done->cropped,
    .blue = done->has_blue ? &done->blue : NULL,
    .spec_version = done->spec_version,
    .checks = checks,
    .brief = brief,
    .trace = done->trace,
    .failed = (const char *const *) failed->pdata,
    .not_counted = done->system_failed,
    .cause = done->system_failed ? "background" : NULL,
  };
  g_autoptr (GError) failure = NULL;

  for (int tries = 1; !ops->finish_check (self->service->db, &result, &failure); tries++)
    {
      if (!wait_for_store (failure, tries))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_clear_error (&failure);
    }
  return TRUE;
}

/* We failed: the try is given back, and the checks start again by themselves unless that has not helped. */
static void
give_back (LkStudentWork *self, const LkDraft *draft, gint64 check, const GError *error)
{
  const LkStudentOps *ops = self->service->db->students;
  gboolean again = count_failure (self, draft->uuid) <= self->service->config.jobs_again;
  g_autoptr (GError) failure = NULL;

  add_fault (self, draft->uuid, cause_of (error));
  lk_log ("failure", "what=check draft=%s message=\"%s\"", draft->uuid, error->message);
  for (int tries = 1; !ops->fail_check (self->service->db, draft->uuid, check, again, cause_of (error), &failure); tries++)
    {
      if (!wait_for_store (failure, tries))
        {
          /* the next start of the service finds it */
          lk_log ("failure", "what=give-back draft=%s message=\"%s\"", draft->uuid, failure->message);
          return;
        }
      g_clear_error (&failure);
    }
  if (again)
    lk_student_work_push (self, LK_JOB_CHECK, draft->student, draft->uuid);
}

static gboolean
run_check (LkStudentWork *self, const LkDraft *draft, LkCheckDone *done, GError **error)
{
  g_autoptr (GBytes) original = lk_blobs_read (self->service->blobs, draft->upload.sha256, error);
  g_autoptr (cJSON) json = draft->crop != NULL ? lk_json_parse (draft->crop, -1, LK_ERROR_CORRUPT, error) : NULL;
  LkCropShare crop;

  if (original == NULL || (draft->crop != NULL && (json == NULL || !lk_crop_share_from_json (json, &crop, error))))
    return FALSE;
  return lk_photo_work_check (self->photos, &(LkCheckTask) {
    .original = original,
    .student_no = draft->student_no,
    .crop = json != NULL ? &crop : NULL,
    .may_compare = draft->face,
    .attempt = draft->n_checks,
  }, done, error);
}

static void
check (LkStudentWork *self, const LkDraft *draft)
{
  g_autoptr (GError) error = NULL;
  LkCheckDone done = { 0 };
  gint64 number = 0;

  if (!self->service->db->students->start_check (self->service->db, draft->uuid, &number, &error))
    {
      if (!g_error_matches (error, LK_ERROR, LK_ERROR_STATE))   /* not asked for any more */
        lk_log ("failure", "what=start-check draft=%s message=\"%s\"", draft->uuid, error->message);
      return;
    }
  self->changed (draft->student, self->data);
  if (run_check (self, draft, &done, &error) && write_check (self, draft, number, &done, &error))
    forget_failures (self, draft->uuid);
  else if (!g_error_matches (error, LK_ERROR, LK_ERROR_STATE))
    give_back (self, draft, number, error);
  if (error == NULL && done.system_failed)
    add_fault (self, draft->uuid, "background");
  lk_check_done_clear (&done);
}

/* -- the queue -- */

/* Checks use all cores for minutes when many come at once: whoever only asks for a page goes first. */
static void
prepare (gpointer data)
{
  LkStudentWork *self = data;

  if (setpriority (PRIO_PROCESS, (id_t) gettid (), WORK_NICE) != 0)
    lk_log ("failure", "what=nice message=\"%s\"", g_strerror (errno));
  lk_photo_work_prepare (self->photos);
}

static void
work (const LkJob *job, gpointer data)
{
  LkStudentWork *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LkDraft) draft = self->service->db->students->read_draft (self->service->db, job->id, &error);

  if (draft == NULL)
    {
      if (!g_error_matches (error, LK_ERROR, LK_ERROR_NOT_FOUND))
        lk_log ("failure", "what=job draft=%s message=\"%s\"", job->id, error->message);
      return;
    }
  if (job->kind == LK_JOB_LOOK && draft->to_look)
    look (self, draft);
  else if (job->kind == LK_JOB_CHECK && draft->to_check)
    check (self, draft);
  self->changed (draft->student, self->data);
}

static gboolean
resume (LkStudentWork *self, GError **error)
{
  const LkStudentOps *ops = self->service->db->students;
  g_autoptr (GPtrArray) drafts = ops->resume (self->service->db, error);

  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      g_autoptr (LkDraft) draft = ops->read_draft (self->service->db, drafts->pdata[i], NULL);

      if (draft != NULL)
        lk_student_work_push (self, draft->to_look ? LK_JOB_LOOK : LK_JOB_CHECK, draft->student, draft->uuid);
    }
  if (drafts != NULL && drafts->len > 0)
    lk_log ("resumed", "jobs=%u", drafts->len);
  return drafts != NULL;
}

LkStudentWork *
lk_student_work_new (LkService *service, LkStudentChanged changed, gpointer data, GError **error)
{
  const LkServiceConfig *config = &service->config;
  const LkJobsLimits limits = {
    MIN ((int) g_get_num_processors (), config->jobs_workers), config->jobs_waiting_max, { config->jobs_look_ms, config->jobs_check_ms },
  };
  const LkJobsFuncs funcs = { prepare, work };
  g_autoptr (LkPhotoWork) photos = lk_photo_work_new (service, error);
  g_autoptr (LkStudentWork) self = NULL;

  if (photos == NULL)
    return NULL;
  self = g_new0 (LkStudentWork, 1);
  self->service = service;
  self->photos = g_steal_pointer (&photos);
  self->changed = changed;
  self->data = data;
  self->faults = lk_fault_watch_new (config->jobs_faults, config->jobs_fault_seconds);
  self->previews = lk_byte_cache_new (PREVIEW_BYTES);
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->submitting);
  self->jobs = lk_jobs_new (&limits, &funcs, self);
  return resume (self, error) ? g_steal_pointer (&self) : NULL;
}

void
lk_student_work_stop (LkStudentWork *self)
{
  lk_jobs_stop (self->jobs);
}

void
lk_student_work_free (LkStudentWork *self)
{
  g_clear_pointer (&self->jobs, lk_jobs_free);
  g_clear_pointer (&self->photos, lk_photo_work_free);
  g_clear_pointer (&self->faults, lk_fault_watch_free);
  g_clear_pointer (&self->previews, lk_byte_cache_free);
  g_clear_pointer (&self->failures, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->submitting);
  g_free (self);
}

const LkSpec *
lk_student_work_get_spec (LkStudentWork *self)
{
  return lk_photo_work_get_spec (self->photos);
}

gboolean
lk_student_work_have_room (LkStudentWork *self, gint64 student, int *wait_seconds)
{
  return lk_jobs_have_room (self->jobs, student, wait_seconds);
}

void
lk_student_work_push (LkStudentWork *self, LkJobKind kind, gint64 student, const char *draft)
{
  LkJob job = { kind, student, "" };

  g_strlcpy (job.id, draft, sizeof job.id);
  lk_jobs_push (self->jobs, &job);
}

gboolean
lk_student_work_find (LkStudentWork *self, const char *draft, LkJobPlace *place)
{
  return lk_jobs_find (self->jobs, draft, place);
}

void
lk_student_work_get_figures (LkStudentWork *self, LkStudentWorkFigures *figures)
{
  lk_jobs_get_figures (self->jobs, &figures->jobs);
  lk_fault_watch_get (self->faults, &figures->faults, &figures->alarms);
}

GBytes *
lk_student_work_preview (LkStudentWork *self, const char *sha256, GError **error)
{
  GBytes *preview = lk_byte_cache_get (self->previews, sha256);
  g_autoptr (GBytes) original = preview == NULL ? lk_blobs_read (self->service->blobs, sha256, error) : NULL;

  if (original == NULL)
    return preview;
  preview = lk_photo_work_preview (self->photos, original, error);
  if (preview != NULL)
    lk_byte_cache_put (self->previews, sha256, preview);
  return preview;
}

gboolean
lk_student_work_measure (LkStudentWork *self, GBytes *picture, LkPhotoFile *file, GError **error)
{
  return lk_photo_work_measure (self->photos, picture, file, error);
}
