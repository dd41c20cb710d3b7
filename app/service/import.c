/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/import.h"

#include <glib/gi18n.h>

#include "core/data.h"
#include "core/deadline.h"
#include "core/error.h"
#include "core/wire.h"
#include "service/clock.h"
#include "service/commands.h"
#include "service/import-photo.h"
#include "service/search.h"

typedef struct
{
  const LkImportGroup *group;
  LkImportFindings findings;
  gboolean done;
} Task;

typedef struct
{
  LkService *service;
  const char *folder;
  LkSpec *spec;
  LkChecker *checker;
  LkDecoder *decoder;
  LkSearch *search;
  LkCalendar *calendar;
  LkImportCounts *counts;

  GThreadPool *pool;
  GMutex mutex;
  GCond finished;
} Import;

/* -- sentences -- */

static const char *
refusal_text (const GError *error)
{
  if (error->domain != LK_ERROR)
    return _("the file cannot be read");
  if (error->code == LK_ERROR_NOT_PICTURE)
    return _("this is no picture, whatever its name says");
  if (error->code == LK_ERROR_PICTURE_KIND)
    return _("pictures of this kind are not taken, only JPEG and PNG in colour");
  if (error->code == LK_ERROR_PICTURE_CUT_OFF)
    return _("the picture is cut off or damaged");
  if (error->code == LK_ERROR_PICTURE_PIXELS)
    return _("the picture has too many pixels");
  if (error->code == LK_ERROR_PICTURE_BYTES)
    return _("the file is too large");
  if (error->code == LK_ERROR_NO_DECODER)
    return _("the program that decodes photos cannot be started");
  return error->message;
}

static void
say_refused (Import *self, const char *name, const char *why)
{
  self->counts->refused++;
  /* Translators: a file name, then why it was not taken */
  g_printerr (_("%s: not taken, %s.\n"), name, why);
}

/* "Eye line, Face width": the checks that failed. */
static char *
list_failed (GPtrArray *checks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    if (lk_check_get_outcome (checks->pdata[i]) == LK_OUTCOME_FAIL)
      {
        g_autofree char *title = lk_check_dup_title (checks->pdata[i]);
        /* Translators: between the names of checks in a list */
        g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", title);
      }
  return g_string_free (text, FALSE);
}

static void
say_taken (Import *self, const char *name, GPtrArray *checks)
{
  g_autofree char *failed = list_failed (checks);

  self->counts->taken++;
  if (*failed == '\0')
    g_print (_("%s: taken, no check failed.\n"), name);
  else
    /* Translators: a file name, then the names of the checks that failed */
    g_print (_("%s: taken, with failed checks: %s.\n"), name, failed);
}

/* -- one student -- */

static const LkPhotoFile *
file_or_null (const LkImportFindings *findings, LkImportKind kind)
{
  return findings->has[kind] ? &findings->files[kind] : NULL;
}

static gboolean
submit (Import *self, const Task *task, LkSubmitResult *result, GError **error)
{
  const LkImportFindings *findings = &task->findings;
  LkCampusDb *db = self->service->db;
  const char *sha256 = findings->files[LK_IMPORT_PHOTO].sha256;
  const LkSearchSubject subject = { task->group->student_no, sha256, findings->trace, FALSE };
  g_autoptr (GArray) matches = lk_search_run (self->search, &subject, findings->checks, error);
  g_autoptr (GBytes) sealed = lk_search_seal (self->search, findings->trace);
  g_autoptr (cJSON) json = lk_checks_to_json (findings->checks);
  g_autofree char *checks = lk_json_print (json);
  g_autofree char *brief = lk_import_brief (findings->checks);
  gint64 now = lk_clock_now (), row = 0, student = 0;
  LkNewSubmission submission = {
    .student_no = task->group->student_no,
    .photo = &findings->files[LK_IMPORT_PHOTO],
    .id_card = file_or_null (findings, LK_IMPORT_ID_CARD),
    .diploma = file_or_null (findings, LK_IMPORT_DIPLOMA),
    .original = file_or_null (findings, LK_IMPORT_ORIGINAL),
    .blue = findings->has_blue ? &findings->blue : NULL,
    .submitted_at = now,
    .due_at = lk_deadline_review_due (self->calendar, now),
    .tries_used = 1,
    .tries_allowed = self->service->config.tries_allowed,
    .hard_failed = lk_checks_worst (findings->checks) == LK_OUTCOME_FAIL,
    .spec_version = findings->spec_version,
    .checks = checks,
    .brief = brief,
    .trace = sealed,
    .matches = matches,
    .row = &row,
    .student = &student,
  };

  if (matches == NULL || !db->ops->submit (db, &submission, result, error))
    return FALSE;
  if (*result == LK_SUBMIT_TAKEN)
    lk_search_add (self->search, row, student, findings->trace);
  return TRUE;
}

static gboolean
record_photo (Import *self, const Task *task, GError **error)
{
  const char *name = task->group->names[LK_IMPORT_PHOTO];
  LkSubmitResult result = LK_SUBMIT_TAKEN;

  if (!submit (self, task, &result, error))
    return FALSE;
  switch (result)
    {
    case LK_SUBMIT_TAKEN:
      say_taken (self, name, task->findings.checks);
      break;
    case LK_SUBMIT_KNOWN:
      self->counts->known++;
      g_print (_("%s: this photo is there already.\n"), name);
      break;
    case LK_SUBMIT_OPEN:
    default:
      say_refused (self, name, _("the student has another photo that is waiting or approved, and that one counts"));
      break;
    }
  return TRUE;
}

static gboolean
record (Import *self, const Task *task, GError **error)
{
  const LkImportFindings *findings = &task->findings;
  LkCampusDb *db = self->service->db;
  const LkPhotoFile *id_card = file_or_null (findings, LK_IMPORT_ID_CARD);
  const LkPhotoFile *diploma = file_or_null (findings, LK_IMPORT_DIPLOMA);

  if (findings->has[LK_IMPORT_PHOTO] ? !record_photo (self, task, error)
                                     : !db->ops->put_references (db, task->group->student_no, id_card, diploma, error))
    return FALSE;
  for (int kind = LK_IMPORT_ID_CARD; kind <= LK_IMPORT_DIPLOMA; kind++)
    if (findings->has[kind])
      {
        self->counts->taken++;
        g_print (_("%s: taken as a photo to compare with.\n"), task->group->names[kind]);
      }
  if (findings->has[LK_IMPORT_ORIGINAL])
    {
      self->counts->taken++;
      g_print (_("%s: taken as the uncropped original.\n"), task->group->names[LK_IMPORT_ORIGINAL]);
    }
  else if (task->group->names[LK_IMPORT_ORIGINAL] != NULL && findings->errors[LK_IMPORT_ORIGINAL] == NULL)
    say_refused (self, task->group->names[LK_IMPORT_ORIGINAL], _("there is no photo that was cropped from it"));
  return TRUE;
}

/* The same for every file of a student. */
static void
refuse_all (Import *self, const LkImportGroup *group, const char *why)
{
  for (int kind = 0; kind < LK_N_IMPORT_KINDS; kind++)
    if (group->names[kind] != NULL)
      say_refused (self, group->names[kind], why);
}

static void
report (Import *self, const Task *task)
{
  const LkImportGroup *group = task->group;
  const LkImportFindings *findings = &task->findings;
  g_autoptr (GError) error = NULL;

  if (findings->unknown_student)
    {
      g_autofree char *why = g_strdup_printf (_("no student in the roster has the number %s"), group->student_no);
      refuse_all (self, group, why);
    }
  else if (findings->failure != NULL)
    refuse_all (self, group, findings->failure->message);
  else if (!record (self, task, &error))
    refuse_all (self, group, error->message);
  for (int kind = 0; kind < LK_N_IMPORT_KINDS; kind++)
    if (findings->errors[kind] != NULL)
      say_refused (self, group->names[kind], refusal_text (findings->errors[kind]));
  for (guint i = 0; i < group->surplus->len; i++)
    say_refused (self, group->surplus->pdata[i], _("there is another file for the same student, and that one counts"));
}

/* -- all of them -- */

static void
examine_task (gpointer item, gpointer data)
{
  Task *task = item;
  Import *self = data;

  lk_import_examine (self->service, self->spec, self->checker, self->folder, task->group, &task->findings);
  g_mutex_lock (&self->mutex);
  task->done = TRUE;
  g_cond_signal (&self->finished);
  g_mutex_unlock (&self->mutex);
}

/* Examined by several at a time, recorded and reported in the order of the names, so that the queue has that order too. */
static void
import_groups (Import *self, GPtrArray *groups)
{
  g_autofree Task *tasks = g_new0 (Task, MAX (1, groups->len));

  self->pool = g_thread_pool_new (examine_task, self, (int) g_get_num_processors (), TRUE, NULL);
  for (guint i = 0; i < groups->len; i++)
    {
      tasks[i].group = groups->pdata[i];
      g_thread_pool_push (self->pool, &tasks[i], NULL);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      g_mutex_lock (&self->mutex);
      while (!tasks[i].done)
        g_cond_wait (&self->finished, &self->mutex);
      g_mutex_unlock (&self->mutex);
      report (self, &tasks[i]);
      lk_import_findings_clear (&tasks[i].findings);
    }
  g_thread_pool_free (self->pool, FALSE, TRUE);
}

static gboolean
import_roster (LkService *service, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRoster) roster = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;
  gint64 n_new = 0;

  if (!g_file_get_contents (path, &data, &size, &error))
    {
      g_printerr (_("The roster %s cannot be read.\n"), path);
      return FALSE;
    }
  bytes = g_bytes_new_take (data, size);
  roster = lk_roster_parse (bytes, &error);
  if (roster == NULL && size == 0)
    g_printerr (_("The roster %s is empty.\n"), path);
  else if (roster == NULL)
    g_printerr (_("No student can be read from %s: it must be a CSV table with the headings 学号 and 姓名, or student_no and name.\n"),
                path);
  if (roster == NULL)
    return FALSE;
  for (guint i = 0; i < roster->problems->len; i++)
    {
      g_autofree char *text = lk_roster_problem_text (roster->problems->pdata[i]);
      g_printerr ("%s: %s\n", path, text);
    }
  if (!service->db->ops->put_roster (service->db, roster->rows, &n_new, &error))
    {
      lk_command_complain (error, service->folder);
      return FALSE;
    }
  g_print (ngettext ("Roster: %d student, %d of them new.\n", "Roster: %d students, %d of them new.\n", roster->rows->len),
           (int) roster->rows->len, (int) n_new);
  return TRUE;
}

/* The unique numbers in the collection codes that came with the photos. */
static gboolean
import_codes (LkService *service, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRoster) codes = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &error))
    {
      g_printerr (_("The table of collection codes %s cannot be read.\n"), path);
      return FALSE;
    }
  bytes = g_bytes_new_take (data, size);
  codes = lk_roster_parse_codes (bytes, &error);
  if (codes == NULL)
    {
      g_printerr (_("No collection code can be read from %s: it must be a CSV table with the headings 学号 and 唯一号, or student_no and unique_no.\n"),
                  path);
      return FALSE;
    }
  for (guint i = 0; i < codes->problems->len; i++)
    {
      g_autofree char *text = lk_roster_problem_text (codes->problems->pdata[i]);
      g_printerr ("%s: %s\n", path, text);
    }
  if (service->db->ops->put_codes (service->db, codes->rows, &error))
    return TRUE;
  lk_command_complain (error, service->folder);
  return FALSE;
}

/* A checker does without models that are missing; a list of them with a mistake in it is another matter. */
static gboolean
check_list_of_models (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = lk_data_find ("models.json", &error);
  g_autoptr (LkManifest) manifest = path != NULL ? lk_manifest_load (path, &error) : NULL;

  if (manifest == NULL)
    g_printerr (_("The list of models cannot be used: %s.\n"), error->message);
  return manifest != NULL;
}

static gboolean
load_parts (Import *self)
{
  g_autoptr (GError) error = NULL;

  self->spec = lk_spec_load_default (&error);
  if (self->spec != NULL)
    self->calendar = lk_calendar_load_default (&error);
  if (self->calendar == NULL)
    {
      g_printerr (_("The photo standard or the calendar cannot be read: %s.\n"), error->message);
      return FALSE;
    }
  if (!check_list_of_models ())
    return FALSE;
  if (!lk_decoder_start (self->decoder, self->spec, &error))
    {
      g_printerr (_("Photos cannot be read, because the program that decodes them cannot be started: %s.\n"),
                  error->message);
      return FALSE;
    }
  self->checker = lk_checker_new (self->spec, NULL);
  lk_checker_set_decoder (self->checker, self->decoder);
  self->search = lk_search_new (self->service, self->spec, self->checker, &error);
  if (self->search == NULL)
    {
      lk_command_complain (error, self->service->folder);
      return FALSE;
    }
  if (lk_checker_get_problem (self->checker) != NULL)
    g_printerr (_("The photo engine is missing, so checks that look at the face are marked as not run: %s.\n"),
                lk_checker_get_problem (self->checker));
  return TRUE;
}

gboolean
lk_import (LkService *service, const char *roster, const char *photos, const char *codes, LkImportCounts *counts)
{
  Import self = { .service = service, .folder = photos, .counts = counts };
  g_autoptr (GPtrArray) groups = NULL;
  gboolean ok;

  if (!import_roster (service, roster) || (codes != NULL && !import_codes (service, codes)))
    return FALSE;
  if (photos == NULL)
    return TRUE;
  groups = lk_import_list_files (photos, NULL);
  if (groups == NULL)
    {
      g_printerr (_("The folder %s cannot be read.\n"), photos);
      return FALSE;
    }
  self.decoder = lk_decoder_new ();
  g_mutex_init (&self.mutex);
  g_cond_init (&self.finished);
  ok = load_parts (&self);
  if (ok)
    import_groups (&self, groups);
  g_clear_pointer (&self.search, lk_search_free);
  g_clear_pointer (&self.checker, lk_checker_free);
  g_clear_pointer (&self.decoder, lk_decoder_free);
  g_clear_pointer (&self.calendar, lk_calendar_free);
  g_clear_pointer (&self.spec, lk_spec_free);
  g_mutex_clear (&self.mutex);
  g_cond_clear (&self.finished);
  return ok;
}
