/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/staff-json.h"

#include "core/key.h"
#include "core/mask.h"
#include "core/round.h"
#include "core/wire.h"

static void
add_masked (cJSON *json, const char *name, char *(*mask) (const char *), const char *text)
{
  g_autofree char *masked = mask (text);

  lk_json_add_string (json, name, masked);
}

static void
add_time (cJSON *json, const char *name, gint64 time_us)
{
  g_autofree char *text = time_us != 0 ? lk_time_to_text (time_us) : NULL;

  lk_json_add_string (json, name, text);
}

/* Whoever does not review sees what the student sees: that it waits, not at whose desk. */
static const char *
state_word (LkState state)
{
  return lk_state_to_word (state == LK_STATE_IN_REVIEW || state == LK_STATE_SECOND_REVIEW ? LK_STATE_PENDING : state);
}

static cJSON *
entry_to_json (const LkTicketEntry *entry)
{
  cJSON *json = cJSON_CreateObject ();

  add_time (json, "at", entry->at);
  lk_json_add_string (json, "by", lk_role_to_word (entry->by));
  lk_json_add_string (json, "name", entry->name);
  lk_json_add_string (json, "step", entry->step);
  lk_json_add_string (json, "text", entry->text);
  return json;
}

cJSON *
lk_decision_row_to_json (const LkDecisionRow *row)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "verdict", lk_verdict_to_word (row->verdict));
  cJSON_AddItemToObject (json, "reasons", cJSON_CreateRaw (row->reasons));
  lk_json_add_string (json, "note", row->note);
  add_time (json, "at", row->at);
  add_masked (json, "by", lk_mask_name, row->by);
  return json;
}

static cJSON *
attachment_to_json (const LkTicketAttachment *attachment)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "kind", attachment->kind);
  cJSON_AddItemToObject (json, "picture", lk_photo_info_to_json (attachment->photo));
  return json;
}

static void
add_student (cJSON *json, gint64 row, const char *name, const char *number, const char *class_name, const char *site)
{
  cJSON *student = cJSON_AddObjectToObject (json, "student");

  lk_json_add_int (student, "id", row);
  add_masked (student, "name", lk_mask_name, name);
  lk_json_add_string (student, "number", number);
  lk_json_add_string (student, "class", class_name);
  lk_json_add_string (student, "site", site);
}

static void
add_entries (cJSON *json, const LkTicketRow *row)
{
  cJSON *entries = cJSON_AddArrayToObject (json, "entries");
  cJSON *attachments = cJSON_AddArrayToObject (json, "attachments");

  for (guint i = 0; i < row->entries->len; i++)
    cJSON_AddItemToArray (entries, entry_to_json (row->entries->pdata[i]));
  for (guint i = 0; i < row->attachments->len; i++)
    cJSON_AddItemToArray (attachments, attachment_to_json (row->attachments->pdata[i]));
}

cJSON *
lk_ticket_row_to_json (const LkTicketRow *row)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "id", row->uuid);
  lk_json_add_string (json, "type", lk_ticket_type_to_word (row->type));
  lk_json_add_string (json, "state", lk_ticket_state_to_word (row->state));
  add_student (json, row->student, row->name, row->student_no, row->class_name, row->site);
  lk_json_add_string (json, "submission", row->submission);
  if (row->submission != NULL)
    lk_json_add_string (json, "submission_state", state_word (row->submission_state));
  lk_json_add_string (json, "text", row->text);
  add_time (json, "created_at", row->created_at);
  add_time (json, "resolved_at", row->resolved_at);
  lk_json_add_int (json, "worked_seconds", row->clock_us / G_USEC_PER_SEC);
  cJSON_AddBoolToObject (json, "clock_runs", row->clock_runs);
  if (row->decision != NULL)
    cJSON_AddItemToObject (json, "decision", lk_decision_row_to_json (row->decision));
  if (row->involved)
    cJSON_AddTrueToObject (json, "involved");
  if (row->entries != NULL)
    add_entries (json, row);
  return json;
}

cJSON *
lk_student_row_to_json (const LkStudentRow *row)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_int (json, "id", row->row);
  add_masked (json, "name", lk_mask_name, row->name);
  lk_json_add_string (json, "number", row->student_no);
  add_masked (json, "document", lk_mask_document, row->document_no);
  lk_json_add_string (json, "class", row->class_name);
  lk_json_add_string (json, "site", row->site);
  if (row->submission != NULL)
    {
      lk_json_add_string (json, "submission", row->submission);
      lk_json_add_string (json, "state", state_word (row->state));
      lk_json_add_string (json, "photo", row->photo);
      add_time (json, "submitted_at", row->submitted_at);
    }
  lk_json_add_int (json, "tickets", row->n_tickets);
  return json;
}

cJSON *
lk_class_row_to_json (const LkClassRow *row)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "site", row->site);
  lk_json_add_string (json, "class", row->class_name);
  lk_json_add_int (json, "students", row->n_students);
  lk_json_add_int (json, "none", row->n_none);
  lk_json_add_int (json, "waiting", row->n_waiting);
  lk_json_add_int (json, "sent_back", row->n_sent_back);
  lk_json_add_int (json, "done", row->n_done);
  return json;
}

cJSON *
lk_audit_row_to_json (const LkAuditRow *row)
{
  cJSON *json = cJSON_CreateObject ();
  cJSON *body = row->body != NULL ? lk_json_parse (row->body, -1, 0, NULL) : NULL;

  lk_json_add_int (json, "seq", row->seq);
  add_time (json, "at", row->at);
  lk_json_add_string (json, "action", row->action);
  lk_json_add_string (json, "submission", row->submission);
  lk_json_add_string (json, "state", row->state);
  if (body != NULL)
    cJSON_AddItemToObject (json, "body", body);
  lk_json_add_string (json, "hash", row->hash);
  return json;
}

GPtrArray *
lk_attachments_from_json (const cJSON *array)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_ticket_attachment_free);
  const cJSON *item;

  if (array == NULL)
    return NULL;
  cJSON_ArrayForEach (item, array)
    {
      const char *kind = lk_json_string (item, "kind"), *id = lk_json_string (item, "id");

      if (kind == NULL || !lk_key_is_valid (id))
        return NULL;
      g_ptr_array_add (attachments, lk_ticket_attachment_new (kind, id));
    }
  return g_steal_pointer (&attachments);
}
