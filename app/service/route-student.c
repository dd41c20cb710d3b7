/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/route-student.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "service/problem.h"

enum { MOST_TICKETS = 50 };

LkActor
lk_student_actor (LkCall *call)
{
  return (LkActor) { .role = LK_ROLE_STUDENT, .from = lk_request_get_peer (call->request) };
}

LkStudentRecord *
lk_student_record (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;

  return db->students->find_record (db, call->student.session.student, error);
}

GPtrArray *
lk_student_tickets (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  LkActor actor = lk_student_actor (call);
  LkTicketFilter filter = LK_TICKET_FILTER_ALL;

  filter.student = call->student.session.student;
  return db->desk->list_tickets (db, &actor, &filter, 0, MOST_TICKETS, error);
}

LkResponse *
lk_student_photo_response (LkCall *call, guint status, const char *draft, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (LkStudentRecord) record = lk_student_record (call, error);
  g_autoptr (LkDraft) photo = record != NULL ? db->students->find_draft (db, call->student.session.student, draft, error) : NULL;
  g_autoptr (cJSON) json = NULL;

  if (photo == NULL)
    return NULL;
  json = lk_student_photo_to_json (call->service, record, photo, lk_request_get_language (call->request));
  lk_student_json_add_version (json);
  return lk_response_new_json (status, json);
}

/* -- refusals -- */

/* Of the caller, or of whoever wants to come in. */
static LkStudentRecord *
find_record (LkCall *call)
{
  LkCampusDb *db = call->service->db;
  const char *number = lk_request_get_header (call->request, "Student-Number");

  if (call->student.session.student != 0)
    return lk_student_record (call, NULL);
  return number != NULL ? db->students->find_by_number (db, number, NULL) : NULL;
}

/* What is told beside a refusal; NULL for nothing. */
static cJSON *
explain (LkCall *call, LkError code)
{
  g_autoptr (LkStudentRecord) record = NULL;
  cJSON *json;

  if (code != LK_ERROR_WINDOW_CLOSED && code != LK_ERROR_NO_TRIES && code != LK_ERROR_CODE_CONFLICT && code != LK_ERROR_CODE_HELD &&
      code != LK_ERROR_NOT_IN_ROSTER)
    return NULL;
  json = cJSON_CreateObject ();
  cJSON_AddItemToObject (json, "desk", lk_student_desk_to_json (call->service));
  if (code == LK_ERROR_WINDOW_CLOSED)
    record = find_record (call);
  if (record != NULL)
    lk_student_times_to_json (json, record);
  return json;
}

LkResponse *
lk_student_refuse (LkCall *call, GError *failure, GError **error)
{
  cJSON *more = failure->domain == LK_ERROR ? explain (call, (LkError) failure->code) : NULL;
  LkResponse *response;

  if (more == NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  response = lk_problem_new_with (call->request, (LkError) failure->code, 0, more);
  g_error_free (failure);
  return response;
}

/* -- bodies -- */

GBytes *
lk_student_read_body (LkCall *call, GError **error)
{
  const LkBodyFile *file = lk_request_get_body_file (call->request);
  g_autofree guint8 *bytes = NULL;
  gsize size = 0;

  if (file == NULL || file->size == 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "there is no body");
      return NULL;
    }
  bytes = g_malloc (file->size);
  while (size < file->size)
    {
      ssize_t n = pread (file->fd, bytes + size, file->size - size, (off_t) size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_set_error_literal (error, LK_ERROR, LK_ERROR_STORE, "the body cannot be read again");
          return NULL;
        }
      size += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

/* By its first bytes, for the rows that name it; what it really is shows when it is decoded. NULL for what is no picture of ours. */
static const char *
sniff_type (const LkBodyFile *file)
{
  guint8 head[12] = { 0 };

  if (pread (file->fd, head, sizeof head, 0) < (ssize_t) sizeof head)
    return NULL;
  if (memcmp (head, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (memcmp (head, "\x89PNG", 4) == 0)
    return "image/png";
  return memcmp (head + 4, "ftyp", 4) == 0 ? "image/heic" : NULL;
}

gboolean
lk_call_store_picture (LkCall *call, LkPhotoFile *file, GError **error)
{
  const LkBodyFile *body = lk_request_get_body_file (call->request);

  file->type = body != NULL ? sniff_type (body) : NULL;
  if (file->type == NULL)
    {
      g_set_error_literal (error, LK_ERROR, body == NULL || body->size == 0 ? LK_ERROR_BAD_REQUEST : LK_ERROR_NOT_PICTURE,
                           "the body is no picture");
      return FALSE;
    }
  if (!lk_blobs_put_file (call->service->blobs, body->fd, body->sha256, error))
    return FALSE;
  memcpy (file->sha256, body->sha256, sizeof body->sha256);
  file->bytes = (gint64) body->size;
  return TRUE;
}

gboolean
lk_student_store_body (LkCall *call, LkPhotoFile *file, LkResponse **refusal, GError **error)
{
  LkSignInLimit *limit = call->service->student->uploads;
  g_autofree char *who = g_strdup_printf ("%" G_GINT64_FORMAT, call->student.session.student);
  gint64 now = g_get_monotonic_time ();
  int wait = lk_sign_in_limit_wait (limit, who, now);

  if (wait > 0)
    {
      *refusal = lk_problem_new_with (call->request, LK_ERROR_TOO_MANY_TRIES, wait, NULL);
      return FALSE;
    }
  lk_sign_in_limit_failed (limit, who, now);
  return lk_call_store_picture (call, file, error);
}
