/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/route-student.h"

#include <string.h>

#include "core/error.h"

/* A student's own pictures. */

static LkResponse *
not_found (GError **error)
{
  g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "there is no such picture");
  return NULL;
}

static gboolean
is_known (LkCall *call, const char *sha256)
{
  const char *header = lk_request_get_header (call->request, "If-None-Match");

  return header != NULL && strstr (header, sha256) != NULL;
}

/* The name of the bytes stays true for ever; whose they are does not, so that the browser asks each time. */
static LkResponse *
with_cache (LkResponse *response, const char *sha256)
{
  g_autofree char *etag = g_strdup_printf ("\"%s\"", sha256);

  lk_response_add_header (response, "ETag", etag);
  lk_response_add_header (response, "Cache-Control", "private, no-cache");
  return response;
}

static LkResponse *
send_stored (LkCall *call, const char *sha256, GError **error)
{
  guint64 size = 0;
  int fd;

  if (sha256 == NULL)
    return not_found (error);
  if (is_known (call, sha256))
    return with_cache (lk_response_new (304), sha256);
  fd = lk_blobs_open (call->service->blobs, sha256, &size, error);
  return fd >= 0 ? with_cache (lk_response_new_part (call->request, "image/jpeg", fd, size), sha256) : NULL;
}

static LkDraft *
find_draft (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;

  return db->students->find_draft (db, call->student.session.student, call->id, error);
}

/* Scaled for the page, and JPEG whatever it came as. */
LkResponse *
lk_route_student_original (LkCall *call, GError **error)
{
  g_autoptr (LkDraft) draft = find_draft (call, error);
  g_autoptr (GBytes) preview = NULL;

  if (draft == NULL)
    return NULL;
  if (draft->problem != NULL || draft->to_look)
    return not_found (error);
  if (is_known (call, draft->upload.sha256))
    return with_cache (lk_response_new (304), draft->upload.sha256);
  preview = lk_student_work_preview (call->service->student->work, draft->upload.sha256, error);
  if (preview == NULL)
    return NULL;
  return with_cache (lk_response_new_bytes (200, "image/jpeg", preview), draft->upload.sha256);
}

LkResponse *
lk_route_student_cropped (LkCall *call, GError **error)
{
  g_autoptr (LkDraft) draft = find_draft (call, error);

  return draft != NULL ? send_stored (call, draft->cropped, error) : NULL;
}

LkResponse *
lk_route_student_blue (LkCall *call, GError **error)
{
  g_autoptr (LkDraft) draft = find_draft (call, error);

  return draft != NULL ? send_stored (call, draft->blue, error) : NULL;
}

/* The approved photo to keep, under the student number (rules.md section 10). */
LkResponse *
lk_route_student_approved (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (LkStudentRecord) record = lk_student_record (call, error);
  g_autofree char *disposition = NULL;
  LkPhotoFile photo = { 0 };
  LkResponse *response;

  if (record == NULL || !db->students->find_approved (db, call->student.session.student, &photo, error))
    return NULL;
  response = send_stored (call, photo.sha256, error);
  if (response == NULL)
    return NULL;
  /* letters and digits only: the roster takes no other numbers */
  disposition = g_strdup_printf ("attachment; filename=\"%s.jpg\"", record->student_no);
  lk_response_add_header (response, "Content-Disposition", disposition);
  return response;
}
