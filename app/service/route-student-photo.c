/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/route-student.h"

#include "core/error.h"
#include "service/problem.h"

/* A photo's way: upload, crop and checks, another background, the final submit. */

/* FALSE with the refusal when the queue is full: nothing of what the student has is lost, and nothing is begun. */
static gboolean
has_room (LkCall *call, LkResponse **refusal)
{
  int wait = 0;
  cJSON *more;

  if (lk_student_work_have_room (call->service->student->work, call->student.session.student, &wait))
    return TRUE;
  more = cJSON_CreateObject ();
  lk_json_add_int (more, "wait_seconds", wait);
  /* a place comes free long before the whole queue is done */
  *refusal = lk_problem_new_with (call->request, LK_ERROR_QUEUE_FULL, CLAMP (wait / 10, 2, 60), more);
  return FALSE;
}

LkResponse *
lk_route_student_upload (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  gint64 student = call->student.session.student;
  LkPhotoFile upload = { 0 };
  LkResponse *refusal = NULL;
  GError *failure = NULL;
  char uuid[LK_UUID_SIZE];

  if (!has_room (call, &refusal) || !lk_student_store_body (call, &upload, &refusal, error))
    return refusal;
  if (!db->students->add_draft (db, student, &upload, call->arrived_at, lk_request_get_peer (call->request), uuid, &failure))
    return lk_student_refuse (call, failure, error);
  lk_student_work_push (call->service->student->work, LK_JOB_LOOK, student, uuid);
  lk_student_feed_notify (student, call->service->student->feed);
  return lk_student_photo_response (call, 202, uuid, error);
}

/* The crop that the body asks for as it is to be kept: *text NULL for none. */
static gboolean
read_crop (LkCall *call, const LkDraft *draft, char **text, GError **error)
{
  g_autoptr (cJSON) body = lk_call_read_json (call, error);
  const LkSpec *spec = lk_student_work_get_spec (call->service->student->work);
  g_autoptr (cJSON) kept = NULL;
  LkCropShare crop;
  cJSON *json;

  *text = NULL;
  if (body == NULL)
    return FALSE;
  json = cJSON_GetObjectItemCaseSensitive (body, "crop");
  if (json == NULL || cJSON_IsNull (json))
    return TRUE;
  if (!lk_crop_share_from_json (json, &crop, error)
      || (draft->upload.width > 0 && !lk_crop_share_check (&crop, draft->upload.width, draft->upload.height, spec, error)))
    return FALSE;
  kept = lk_crop_share_to_json (&crop);
  *text = lk_json_print (kept);
  return TRUE;
}

LkResponse *
lk_route_student_check (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  gint64 student = call->student.session.student;
  g_autoptr (LkDraft) draft = db->students->find_draft (db, student, call->id, error);
  g_autofree char *crop = NULL;
  LkResponse *refusal = NULL;
  GError *failure = NULL;

  if (draft == NULL || !read_crop (call, draft, &crop, error))
    return NULL;
  if (!has_room (call, &refusal))
    return refusal;
  if (!db->students->ask_check (db, student, call->id, crop, call->arrived_at, lk_request_get_peer (call->request), &failure))
    return lk_student_refuse (call, failure, error);
  lk_student_work_push (call->service->student->work, LK_JOB_CHECK, student, call->id);
  lk_student_feed_notify (student, call->service->student->feed);
  return lk_student_photo_response (call, 202, call->id, error);
}

LkResponse *
lk_route_student_redo (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  gint64 student = call->student.session.student;
  GError *failure = NULL;

  if (!db->students->redo (db, student, call->id, lk_request_get_peer (call->request), &failure))
    return lk_student_refuse (call, failure, error);
  lk_student_feed_notify (student, call->service->student->feed);
  return lk_student_photo_response (call, 200, call->id, error);
}

LkResponse *
lk_route_student_submit (LkCall *call, GError **error)
{
  GError *failure = NULL;

  if (!lk_student_work_submit (call->service->student->work, call->student.session.student, call->id, call->arrived_at,
                               lk_request_get_peer (call->request), &failure))
    return lk_student_refuse (call, failure, error);
  return lk_student_photo_response (call, 200, call->id, error);
}
