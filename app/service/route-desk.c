/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <string.h>

#include "core/error.h"
#include "core/key.h"
#include "service/campus-db-desk.h"
#include "service/campus-db-student.h"
#include "service/staff-json.h"

/* Lists with more people than this need a registrar and a reason: rules.md section 9. */
enum { PAGE = 50, AUDIT_PAGE = 200, NUMBER_MIN = 3, TRIES_MAX = 100, UNMASKED_SECONDS = 30 };

static gpointer
malformed (GError **error, const char *why)
{
  g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, why);
  return NULL;
}

/* -- lists -- */

static gboolean
read_filter (LkCall *call, LkStudentFilter *filter, GError **error)
{
  LkState state;

  filter->number = lk_request_get_query (call->request, "number");
  filter->site = lk_request_get_query (call->request, "site");
  filter->class_name = lk_request_get_query (call->request, "class");
  filter->state = lk_request_get_query (call->request, "state");
  if (filter->number != NULL && strlen (filter->number) < NUMBER_MIN)
    return malformed (error, "a number has at least three characters") != NULL;
  if (filter->state != NULL && strcmp (filter->state, "none") != 0 && strcmp (filter->state, "open") != 0 &&
      !lk_state_from_word (filter->state, &state))
    return malformed (error, "no such state") != NULL;
  return TRUE;
}

LkResponse *
lk_route_students (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  cJSON *list = cJSON_AddArrayToObject (json, "students");
  g_autoptr (GPtrArray) rows = NULL;
  LkStudentFilter filter;

  if (!read_filter (call, &filter, error) ||
      (rows = db->desk->list_students (db, &call->who->actor, &filter, lk_request_get_query (call->request, "cursor"), PAGE,
                                       error)) == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (list, lk_student_row_to_json (rows->pdata[i]));
  if (rows->len == PAGE)
    lk_json_add_string (json, "cursor", ((LkStudentRow *) rows->pdata[PAGE - 1])->student_no);
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_classes (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (GPtrArray) rows = db->desk->list_classes (db, &call->who->actor, error);
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  cJSON *list = cJSON_AddArrayToObject (json, "classes");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    cJSON_AddItemToArray (list, lk_class_row_to_json (rows->pdata[i]));
  return rows != NULL ? lk_response_new_json (200, json) : NULL;
}

/* -- one student -- */

static gint64
read_student (LkCall *call, GError **error)
{
  guint64 row = 0;

  if (!g_ascii_string_to_unsigned (call->id, 10, 1, G_MAXINT64, &row, NULL))
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such student");
  return (gint64) row;
}

LkResponse *
lk_route_grant_tries (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  gint64 student = read_student (call, error);
  g_autoptr (cJSON) body = student != 0 ? lk_call_read_json (call, error) : NULL;
  g_autofree char *number = body != NULL ? db->desk->student_number (db, &call->who->actor, student, error) : NULL;
  const char *reason = body != NULL ? lk_json_string (body, "reason") : NULL;
  gint64 tries = body != NULL ? lk_json_int (body, "tries", 0) : 0;
  g_autoptr (cJSON) json = NULL;
  int allowed;

  if (number == NULL)
    return NULL;
  if (tries < 1 || tries > TRIES_MAX || reason == NULL || *reason == '\0')
    return malformed (error, "tries or reason is missing or malformed");
  if (!db->students->grant_tries (db, number, (int) tries, reason, &call->who->actor, &allowed, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_int (json, "allowed", allowed);
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_unmask (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  LkUnmask unmask = { .student = read_student (call, error) };
  g_autoptr (cJSON) body = unmask.student != 0 ? lk_call_read_json (call, error) : NULL;
  g_autofree char *value = NULL;
  g_autoptr (cJSON) json = NULL;
  LkResponse *response;

  if (body == NULL)
    return NULL;
  unmask.field = lk_json_string (body, "field");
  unmask.reason = lk_json_string (body, "reason");
  unmask.ticket = lk_json_string (body, "ticket");
  value = db->desk->unmask (db, &call->who->actor, &unmask, error);
  if (value == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, unmask.field, value);
  lk_json_add_int (json, "expires_in", UNMASKED_SECONDS);
  response = lk_response_new_json (200, json);
  lk_response_add_header (response, "Cache-Control", "no-store");
  return response;
}

LkResponse *
lk_route_reopen (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (cJSON) body = lk_call_read_json (call, error);

  if (body == NULL || !db->desk->reopen (db, &call->who->actor, call->id, lk_json_string (body, "reason"), error))
    return NULL;
  return lk_response_new (204);
}

/* -- the audit -- */

LkResponse *
lk_route_audit (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  const char *cursor = lk_request_get_query (call->request, "cursor");
  g_autofree char *next = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint64 start = 0;
  gint64 after;
  cJSON *list;

  if (cursor != NULL && !g_ascii_string_to_unsigned (cursor, 10, 0, G_MAXINT64, &start, NULL))
    return malformed (error, "not a cursor");
  after = (gint64) start;
  rows = db->desk->list_audit (db, &call->who->actor, &after, AUDIT_PAGE, error);
  if (rows == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  list = cJSON_AddArrayToObject (json, "lines");
  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (list, lk_audit_row_to_json (rows->pdata[i]));
  next = g_strdup_printf ("%" G_GINT64_FORMAT, after);
  lk_json_add_string (json, "cursor", next);
  cJSON_AddBoolToObject (json, "more", after > (gint64) start);
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_audit_head (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (GError) failure = NULL;
  g_autoptr (LkAuditRow) row = db->desk->audit_head (db, &failure);
  g_autoptr (cJSON) json = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  json = cJSON_CreateObject ();
  lk_json_add_int (json, "seq", row != NULL ? row->seq : 0);
  lk_json_add_string (json, "hash", row != NULL ? row->hash : NULL);
  return lk_response_new_json (200, json);
}
