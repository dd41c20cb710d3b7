/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/student-json.h"

#include <string.h>

#include "core/error.h"
#include "core/mask.h"
#include "core/text.h"
#include "core/wire.h"
#include "service/check-text.h"
#include "service/clock.h"
#include "service/problem.h"
#include "service/student-service.h"

static void
add_time (cJSON *json, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? lk_time_to_text (time) : NULL;

  if (text != NULL)
    lk_json_add_string (json, name, text);
  else
    cJSON_AddNullToObject (json, name);
}

/* NULL becomes null. */
static void
add_item (cJSON *json, const char *name, cJSON *item)
{
  cJSON_AddItemToObject (json, name, item != NULL ? item : cJSON_CreateNull ());
}

static void
add_text (cJSON *json, const char *name, const char *text)
{
  add_item (json, name, text != NULL ? cJSON_CreateString (text) : NULL);
}

static cJSON *
parse (const char *text)
{
  return text != NULL ? lk_json_parse (text, -1, LK_ERROR_CORRUPT, NULL) : NULL;
}

/* The checks as they were stored; NULL when there are none. */
static GPtrArray *
read_checks (const char *text)
{
  g_autoptr (cJSON) json = parse (text);

  return json != NULL ? lk_checks_from_json (json, NULL) : NULL;
}

/* -- a photo -- */

/* The database says what is to be done, the queue where it stands. What the queue has lost is put into it again. */
static cJSON *
job_to_json (LkService *service, const LkDraft *draft)
{
  gboolean is_running = draft->check != 0;
  LkJobKind kind = draft->to_look ? LK_JOB_LOOK : LK_JOB_CHECK;
  LkJobPlace place = { 0 };
  cJSON *json;

  if (!draft->to_look && !draft->to_check && !is_running)
    return NULL;
  if (!lk_student_work_find (service->student->work, draft->uuid, &place) && !is_running)
    {
      lk_student_work_push (service->student->work, kind, draft->student, draft->uuid);
      lk_student_work_find (service->student->work, draft->uuid, &place);
    }
  is_running |= place.is_running;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "kind", lk_job_kind_to_word (kind));
  lk_json_add_string (json, "state", is_running ? "running" : "waiting");
  lk_json_add_int (json, "ahead", is_running ? 0 : place.ahead);
  lk_json_add_int (json, "wait_seconds", MAX (1, place.wait_seconds));
  return json;
}

static cJSON *
problem_new (const char *code, const char *title, gboolean blocks)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "code", code);
  lk_json_add_string (json, "title", title);
  cJSON_AddBoolToObject (json, "blocks", blocks);
  return json;
}

/* Why no crop is proposed. */
static cJSON *
crop_problem (const cJSON *proposal, LkLanguage language)
{
  const char *word = proposal != NULL ? lk_json_string (proposal, "problem") : NULL;

  for (int i = LK_CROP_POSSIBLE + 1; word != NULL && i <= LK_CROP_FACE_SHAPE; i++)
    if (g_str_equal (lk_crop_problem_to_word ((LkCropProblem) i), word))
      {
        const char *source = lk_crop_problem_source ((LkCropProblem) i);

        return problem_new (word, language == LK_LANGUAGE_ZH ? lk_text_zh (source) : source, FALSE);
      }
  return NULL;
}

static cJSON *
problem_to_json (LkService *service, const LkDraft *draft, const cJSON *proposal, LkLanguage language)
{
  if (draft->problem != NULL)
    return problem_new (draft->problem, lk_problem_get_title (lk_error_from_word (draft->problem), language), TRUE);
  if (draft->state == LK_STATE_DRAFT && !draft->to_check && lk_student_work_has_failed (service->student->work, draft->uuid))
    return problem_new (lk_error_to_word (LK_ERROR_OFFLINE), lk_problem_get_title (LK_ERROR_OFFLINE, language), FALSE);
  return crop_problem (proposal, language);
}

static cJSON *
tries_to_json (const LkStudentRecord *record)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_int (json, "used", record->tries_used);
  lk_json_add_int (json, "allowed", record->tries_allowed);
  return json;
}

static cJSON *
size_to_json (const LkPhotoFile *file)
{
  cJSON *json;

  if (file->width <= 0)
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_int (json, "width", file->width);
  lk_json_add_int (json, "height", file->height);
  return json;
}

static cJSON *
checks_to_json (LkService *service, const char *stored)
{
  g_autoptr (GPtrArray) checks = read_checks (stored);
  g_autoptr (LkReasonCatalogue) reasons = checks != NULL ? lk_rules_get_reasons (service->rules) : NULL;

  return checks != NULL ? lk_student_checks_to_json (checks, reasons) : cJSON_CreateArray ();
}

cJSON *
lk_student_photo_to_json (LkService *service, const LkStudentRecord *record, const LkDraft *draft, LkLanguage language)
{
  cJSON *json = cJSON_CreateObject (), *proposal = parse (draft->proposal);
  gboolean is_draft = draft->state == LK_STATE_DRAFT;

  lk_json_add_string (json, "id", draft->uuid);
  lk_json_add_string (json, "state", lk_state_to_word (draft->state));
  add_item (json, "job", job_to_json (service, draft));
  add_item (json, "problem", problem_to_json (service, draft, proposal, language));
  add_item (json, "original", size_to_json (&draft->upload));
  if (proposal != NULL && cJSON_HasObjectItem (proposal, "problem"))
    g_clear_pointer (&proposal, cJSON_Delete);
  add_item (json, "proposal", proposal);
  add_item (json, "crop", parse (draft->crop));
  cJSON_AddItemToObject (json, "checks", checks_to_json (service, is_draft ? NULL : draft->checks));
  cJSON_AddBoolToObject (json, "blue", !is_draft && draft->blue != NULL);
  cJSON_AddItemToObject (json, "tries", tries_to_json (record));
  cJSON_AddBoolToObject (json, "desk_offered", draft->state == LK_STATE_CHECK_FAILED && draft->failed_again);
  cJSON_AddBoolToObject (json, "final", draft->submission != 0);
  return json;
}

/* -- a record -- */

static cJSON *
decision_to_json (LkService *service, const LkStudentSubmission *submission)
{
  g_autoptr (LkReasonCatalogue) reasons = lk_rules_get_reasons (service->rules);
  g_autoptr (GPtrArray) checks = read_checks (submission->checks);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_auto (GStrv) codes = NULL;
  cJSON *json;

  if (!submission->told)
    return NULL;
  codes = lk_json_parse_strv (submission->reasons != NULL ? submission->reasons : "[]");
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "verdict", lk_verdict_to_word (submission->verdict));
  cJSON_AddItemToObject (json, "reasons", lk_student_reasons_to_json ((const char *const *) codes, checks != NULL ? checks : none,
                                                                      reasons));
  lk_json_add_string (json, "note", submission->note != NULL ? submission->note : "");
  add_time (json, "at", submission->decided_at);
  return json;
}

static cJSON *
submission_to_json (LkService *service, const LkStudentSubmission *submission)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "id", submission->uuid);
  lk_json_add_string (json, "state", lk_state_to_word (submission->state));
  add_time (json, "submitted_at", submission->submitted_at);
  add_time (json, "due_at", submission->due_at);
  add_time (json, "result_from", submission->result_from);
  add_item (json, "decision", decision_to_json (service, submission));
  cJSON_AddBoolToObject (json, "can_object", submission->can_object);
  return json;
}

static cJSON *
student_to_json (const LkStudentRecord *record)
{
  cJSON *json = cJSON_CreateObject ();
  g_autofree char *name = lk_mask_name (record->name);
  g_autofree char *number = lk_mask_student_no (record->student_no);

  lk_json_add_string (json, "name", name);
  lk_json_add_string (json, "number", number);
  lk_json_add_string (json, "class", record->class_name);
  lk_json_add_string (json, "site", record->site);
  return json;
}

static cJSON *
round_to_json (const LkRound *round)
{
  cJSON *json;

  if (round == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "id", round->id);
  lk_json_add_string (json, "name", round->name);
  lk_json_add_string (json, "kind", lk_round_kind_to_word (round->kind));
  lk_json_add_int (json, "price_cents", round->price_cents);
  return json;
}

void
lk_student_times_to_json (cJSON *json, const LkStudentRecord *record)
{
  cJSON_AddBoolToObject (json, "open", record->times.any && record->times.open);
  add_time (json, "opens_at", record->times.any ? record->times.opens_at : 0);
  add_time (json, "closes_at", record->times.any ? record->times.closes_at : 0);
  add_time (json, "right_until", record->right_until);
}

cJSON *
lk_student_desk_to_json (LkService *service)
{
  static const char *const keys[] = { "phone", "place", "hours" };
  cJSON *json = cJSON_CreateObject ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    add_text (json, keys[i], lk_settings_text (service->settings, "desk", keys[i]));
  return json;
}

/* What the staff noted on a question of identity is theirs. */
static const char *
text_of (const LkTicketRow *ticket, LkLanguage language)
{
  if (ticket->type != LK_TICKET_IDENTITY)
    return ticket->text;
  return language == LK_LANGUAGE_ZH ? lk_text_zh (lk_verify_text) : lk_verify_text;
}

cJSON *
lk_student_ticket_to_json (const LkTicketRow *ticket, LkLanguage language)
{
  cJSON *json = cJSON_CreateObject (), *entries = cJSON_AddArrayToObject (json, "entries");

  lk_json_add_string (json, "id", ticket->uuid);
  lk_json_add_string (json, "type", lk_ticket_type_to_word (ticket->type));
  lk_json_add_string (json, "state", lk_ticket_state_to_word (ticket->state));
  add_text (json, "submission", ticket->submission);
  lk_json_add_string (json, "text", text_of (ticket, language));
  add_time (json, "created_at", ticket->created_at);
  add_time (json, "resolved_at", ticket->resolved_at);
  for (guint i = 0; ticket->entries != NULL && i < ticket->entries->len; i++)
    {
      const LkTicketEntry *entry = ticket->entries->pdata[i];
      cJSON *line = cJSON_CreateObject ();

      add_time (line, "at", entry->at);
      lk_json_add_string (line, "by", entry->by == LK_ROLE_STUDENT ? "student" : "staff");
      lk_json_add_string (line, "step", entry->step);
      lk_json_add_string (line, "text", strcmp (entry->step, "create") == 0 ? text_of (ticket, language) : entry->text);
      cJSON_AddItemToArray (entries, line);
    }
  return json;
}

static cJSON *
approved_to_json (const char *id)
{
  cJSON *json;

  if (id == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "id", id);
  return json;
}

cJSON *
lk_student_record_to_json (LkService *service, const LkStudentRecord *record, GPtrArray *tickets, LkLanguage language)
{
  cJSON *json = cJSON_CreateObject (), *window, *list;

  cJSON_AddItemToObject (json, "student", student_to_json (record));
  add_item (json, "round", round_to_json (record->round));
  window = cJSON_AddObjectToObject (json, "window");
  lk_student_times_to_json (window, record);
  lk_json_add_string (json, "state", lk_record_state_to_word (record->state));
  cJSON_AddBoolToObject (json, "may_send", record->may_send);
  cJSON_AddItemToObject (json, "tries", tries_to_json (record));
  cJSON_AddBoolToObject (json, "face_comparison", record->face);
  add_item (json, "photo", record->photo != NULL ? lk_student_photo_to_json (service, record, record->photo, language) : NULL);
  list = cJSON_AddArrayToObject (json, "submissions");
  for (guint i = 0; i < record->submissions->len; i++)
    cJSON_AddItemToArray (list, submission_to_json (service, record->submissions->pdata[i]));
  add_item (json, "approved", approved_to_json (record->approved));
  list = cJSON_AddArrayToObject (json, "tickets");
  for (guint i = 0; tickets != NULL && i < tickets->len; i++)
    cJSON_AddItemToArray (list, lk_student_ticket_to_json (tickets->pdata[i], language));
  add_time (json, "now", lk_clock_now ());
  return json;
}

/* -- versions -- */

static void
forget_place (cJSON *photo)
{
  cJSON *job = lk_json_object (photo, "job");

  if (job == NULL)
    return;
  cJSON_DeleteItemFromObjectCaseSensitive (job, "ahead");
  cJSON_DeleteItemFromObjectCaseSensitive (job, "wait_seconds");
}

const char *
lk_student_json_add_version (cJSON *json)
{
  g_autoptr (cJSON) copy = cJSON_Duplicate (json, TRUE);
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;

  cJSON_DeleteItemFromObjectCaseSensitive (copy, "now");
  forget_place (copy);
  if (lk_json_object (copy, "photo") != NULL)
    forget_place (lk_json_object (copy, "photo"));
  text = lk_json_print (copy);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  hash[16] = '\0';
  lk_json_add_string (json, "version", hash);
  return lk_json_string (json, "version");
}
