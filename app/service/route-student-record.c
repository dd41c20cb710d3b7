/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/route-student.h"

#include <stdlib.h>

#include "core/error.h"

/* What a student sees: the record and its photos, now or when something changes. */

static cJSON *
look_up_record (LkCall *call, GError **error)
{
  g_autoptr (LkStudentRecord) record = lk_student_record (call, error);
  g_autoptr (GPtrArray) tickets = record != NULL ? lk_student_tickets (call, error) : NULL;

  if (tickets == NULL)
    return NULL;
  return lk_student_record_to_json (call->service, record, tickets, lk_request_get_language (call->request));
}

static cJSON *
look_up_photo (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (LkStudentRecord) record = lk_student_record (call, error);
  g_autoptr (LkDraft) draft = record != NULL ? db->students->find_draft (db, call->student.session.student, call->id, error) : NULL;

  if (draft == NULL)
    return NULL;
  return lk_student_photo_to_json (call->service, record, draft, lk_request_get_language (call->request));
}

cJSON *
lk_student_look_up (LkCall *call, GError **error)
{
  cJSON *json = call->id != NULL ? look_up_photo (call, error) : look_up_record (call, error);

  if (json != NULL)
    lk_student_json_add_version (json);
  return json;
}

/* Seconds the caller wants to wait, bounded; 0 for none. */
static int
wanted_wait (LkCall *call)
{
  const char *text = lk_request_get_query (call->request, "wait");

  return text != NULL ? CLAMP (atoi (text), 0, call->service->config.changes_wait_max) : 0;
}

/* A caller who says what it has seen waits for something else; else for the end of what is being done. */
static gboolean
has_to_wait (LkCall *call, const cJSON *json)
{
  const char *seen = lk_request_get_query (call->request, "seen");

  if (wanted_wait (call) == 0)
    return FALSE;
  if (seen != NULL)
    return g_str_equal (seen, lk_json_string (json, "version"));
  return call->id == NULL || lk_json_object (json, "job") != NULL;
}

/* The record, or the photo that the call names. */
LkResponse *
lk_route_student_look (LkCall *call, GError **error)
{
  g_autoptr (cJSON) json = lk_student_look_up (call, error);

  if (json == NULL)
    return NULL;
  if (has_to_wait (call, json)
      && lk_student_feed_wait (call->service->student->feed, call, lk_json_string (json, "version"), wanted_wait (call)))
    return NULL;
  return lk_response_new_json (200, json);
}
