/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/route-student.h"

#include <string.h>

#include "core/error.h"
#include "core/key.h"

/* What a student asks of the desk: tickets and what is attached to them. */

enum { TEXT_MAX = 2000, ATTACHMENTS_MAX = 6 };          /* characters; files */

LkResponse *
lk_route_student_attach (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  LkActor actor = lk_student_actor (call);
  LkPhotoFile file = { 0 };
  LkResponse *refusal = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (cJSON) json = NULL;
  char uuid[LK_UUID_SIZE];

  if (!lk_student_store_body (call, &file, &refusal, error) || (picture = lk_student_read_body (call, error)) == NULL ||
      !lk_student_work_measure (call->service->student->work, picture, &file, error))
    return refusal;
  if (!db->desk->add_attachment (db, &actor, call->student.session.student, &file, uuid, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "id", uuid);
  return lk_response_new_json (201, json);
}

static gboolean
malformed (GError **error, const char *why)
{
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, why);
  return FALSE;
}

static gboolean
read_attachments (const cJSON *list, GPtrArray *attachments, GError **error)
{
  const cJSON *entry;

  if (list != NULL && cJSON_GetArraySize (list) > ATTACHMENTS_MAX)
    return malformed (error, "too many attachments");
  cJSON_ArrayForEach (entry, list)
    {
      const char *kind = lk_json_string (entry, "kind"), *id = lk_json_string (entry, "id");

      if (kind == NULL || !lk_ticket_attachment_is_known (kind) || !lk_key_is_valid (id))
        return malformed (error, "an attachment is malformed");
      g_ptr_array_add (attachments, lk_ticket_attachment_new (kind, id));
    }
  return TRUE;
}

static gboolean
read_ticket (const cJSON *json, LkNewTicket *ticket, GError **error)
{
  const char *type = lk_json_string (json, "type");

  ticket->text = lk_json_string (json, "text");
  ticket->submission = lk_json_string (json, "submission");
  if (type == NULL || !lk_ticket_type_from_word (type, &ticket->type)
      || (lk_ticket_roles_starting (ticket->type) & LK_ROLE_STUDENT) == 0)
    return malformed (error, "no such type of ticket for a student");
  if (ticket->text == NULL || *ticket->text == '\0' || g_utf8_strlen (ticket->text, -1) > TEXT_MAX)
    return malformed (error, "the text is missing or too long");
  if (ticket->submission != NULL && !lk_key_is_valid (ticket->submission))
    return malformed (error, "the submission is malformed");
  return read_attachments (lk_json_array (json, "attachments"), ticket->attachments, error);
}

LkResponse *
lk_route_student_ask (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  LkActor actor = lk_student_actor (call);
  g_autoptr (cJSON) json = lk_call_read_json (call, error);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) lk_ticket_attachment_free);
  g_autoptr (LkTicketRow) row = NULL;
  g_autoptr (cJSON) answer = NULL;
  LkNewTicket ticket = { .student = call->student.session.student, .attachments = attachments };
  char uuid[LK_UUID_SIZE];

  if (json == NULL || !read_ticket (json, &ticket, error) || !db->desk->create_ticket (db, &actor, &ticket, uuid, error))
    return NULL;
  row = db->desk->find_ticket (db, &actor, uuid, call->student.session.student, error);
  if (row == NULL)
    return NULL;
  lk_student_feed_notify (call->student.session.student, call->service->student->feed);
  answer = lk_student_ticket_to_json (row, lk_request_get_language (call->request));
  return lk_response_new_json (201, answer);
}

/* With everything that was said. */
LkResponse *
lk_route_student_tickets (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  LkActor actor = lk_student_actor (call);
  g_autoptr (GPtrArray) rows = lk_student_tickets (call, error);
  g_autoptr (cJSON) json = NULL;
  cJSON *list;

  if (rows == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  list = cJSON_AddArrayToObject (json, "tickets");
  for (guint i = 0; i < rows->len; i++)
    {
      const LkTicketRow *row = rows->pdata[i];
      g_autoptr (LkTicketRow) whole = db->desk->find_ticket (db, &actor, row->uuid, call->student.session.student, error);

      if (whole == NULL)
        return NULL;
      cJSON_AddItemToArray (list, lk_student_ticket_to_json (whole, lk_request_get_language (call->request)));
    }
  return lk_response_new_json (200, json);
}
