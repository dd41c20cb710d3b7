/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include "core/error.h"
#include "core/key.h"
#include "service/campus-db-desk.h"
#include "service/route-student.h"
#include "service/staff-json.h"
#include "service/student-work.h"

enum { PAGE = 50, ATTACHMENTS_MAX = 10 };

static gpointer
malformed (GError **error, const char *why)
{
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, why);
  return NULL;
}

static LkResponse *
ticket_response (LkCall *call, guint status, const char *uuid, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (LkTicketRow) row = db->desk->find_ticket (db, &call->who->actor, uuid, 0, error);
  g_autoptr (cJSON) json = row != NULL ? lk_ticket_row_to_json (row) : NULL;

  return json != NULL ? lk_response_new_json (status, json) : NULL;
}

static gboolean
read_filter (LkCall *call, LkTicketFilter *filter, gint64 *before, GError **error)
{
  const char *type = lk_request_get_query (call->request, "type"), *state = lk_request_get_query (call->request, "state");
  const char *student = lk_request_get_query (call->request, "student"), *cursor = lk_request_get_query (call->request, "cursor");
  LkTicketType wanted_type;
  LkTicketState wanted_state;
  guint64 number = 0;

  *filter = (LkTicketFilter) LK_TICKET_FILTER_ALL;
  *before = 0;
  if ((type != NULL && !lk_ticket_type_from_word (type, &wanted_type)) ||
      (student != NULL && !g_ascii_string_to_unsigned (student, 10, 1, G_MAXINT64, &number, NULL)))
    return malformed (error, "no such type or student") != NULL;
  filter->student = (gint64) number;
  number = 0;
  if (cursor != NULL && !g_ascii_string_to_unsigned (cursor, 10, 1, G_MAXINT64, &number, NULL))
    return malformed (error, "not a cursor") != NULL;
  *before = (gint64) number;
  if (type != NULL)
    filter->type = (int) wanted_type;
  if (g_strcmp0 (state, "open") == 0)
    filter->open = TRUE;
  else if (state != NULL && !lk_ticket_state_from_word (state, &wanted_state))
    return malformed (error, "no such state") != NULL;
  else if (state != NULL)
    filter->state = (int) wanted_state;
  return TRUE;
}

LkResponse *
lk_route_tickets (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  cJSON *list = cJSON_AddArrayToObject (json, "tickets");
  g_autoptr (GPtrArray) rows = NULL;
  LkTicketFilter filter;
  gint64 before;

  if (!read_filter (call, &filter, &before, error) ||
      (rows = db->desk->list_tickets (db, &call->who->actor, &filter, before, PAGE, error)) == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (list, lk_ticket_row_to_json (rows->pdata[i]));
  if (rows->len == PAGE)
    {
      g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, ((LkTicketRow *) rows->pdata[PAGE - 1])->row);

      lk_json_add_string (json, "cursor", cursor);
    }
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_ticket (LkCall *call, GError **error)
{
  return ticket_response (call, 200, call->id, error);
}

/* Absent is fine; malformed or too many is not. */
static gboolean
read_attachments (const cJSON *json, GPtrArray **attachments, GError **error)
{
  const cJSON *array = lk_json_array (json, "attachments");

  *attachments = array != NULL ? lk_attachments_from_json (array) : NULL;
  if (array != NULL && (*attachments == NULL || (*attachments)->len > ATTACHMENTS_MAX))
    return malformed (error, "attachments are malformed or too many") != NULL;
  return TRUE;
}

LkResponse *
lk_route_new_ticket (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (cJSON) json = lk_call_read_json (call, error);
  g_autoptr (GPtrArray) attachments = NULL;
  LkNewTicket ticket = { 0 };
  char uuid[LK_UUID_SIZE];

  if (json == NULL)
    return NULL;
  ticket.student = lk_json_int (json, "student", 0);
  ticket.submission = lk_json_string (json, "submission");
  ticket.text = lk_json_string (json, "text");
  if (ticket.student <= 0 || !lk_ticket_type_from_word (lk_json_string (json, "type"), &ticket.type) ||
      (ticket.submission != NULL && !lk_key_is_valid (ticket.submission)))
    return malformed (error, "type, student or submission is missing or malformed");
  if (!read_attachments (json, &attachments, error))
    return NULL;
  ticket.attachments = attachments;
  if (!db->desk->create_ticket (db, &call->who->actor, &ticket, uuid, error))
    return NULL;
  return ticket_response (call, 201, uuid, error);
}

static gboolean
read_move (const cJSON *json, LkTicketMove *move, GError **error)
{
  const char *to = lk_json_string (json, "to");

  move->text = lk_json_string (json, "text");
  move->key = lk_json_string (json, "key");
  if (!lk_ticket_step_from_word (lk_json_string (json, "step"), &move->step))
    return malformed (error, "no such step") != NULL;
  if (move->step == LK_TICKET_STEP_DECIDE && (!lk_state_from_word (to, &move->to) || !lk_key_is_valid (move->key)))
    return malformed (error, "a decision needs the state it leads to, and a key") != NULL;
  return TRUE;
}

LkResponse *
lk_route_ticket_step (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (cJSON) json = lk_call_read_json (call, error);
  g_autoptr (GPtrArray) attachments = NULL;
  LkTicketMove move = { .ticket = call->id };

  if (json == NULL || !read_move (json, &move, error) || !read_attachments (json, &attachments, error))
    return NULL;
  move.attachments = attachments;
  if (!db->desk->move_ticket (db, &call->who->actor, &move, error))
    return NULL;
  return ticket_response (call, 200, call->id, error);
}

/* A file for a ticket of this student, which then names it. */
LkResponse *
lk_route_attach (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  LkPhotoFile file = { 0 };
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (cJSON) json = NULL;
  guint64 student = 0;
  char uuid[LK_UUID_SIZE];

  if (!g_ascii_string_to_unsigned (call->id, 10, 1, G_MAXINT64, &student, NULL))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such student");
      return NULL;
    }
  if (!lk_call_store_picture (call, &file, error) || (picture = lk_student_read_body (call, error)) == NULL ||
      !lk_student_work_measure (call->service->student->work, picture, &file, error) ||
      !db->desk->add_attachment (db, &call->who->actor, (gint64) student, &file, uuid, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "id", uuid);
  return lk_response_new_json (201, json);
}
