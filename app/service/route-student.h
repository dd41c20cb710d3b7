/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/routes.h"
#include "service/student-feed.h"
#include "service/student-json.h"
#include "service/student-service.h"

G_BEGIN_DECLS

/* What the students' calls share. */

LkActor lk_student_actor (LkCall *call);

/* The caller's record, and tickets (of LkTicketRow). */
LkStudentRecord *lk_student_record  (LkCall *call, GError **error);
GPtrArray       *lk_student_tickets (LkCall *call, GError **error);

/* The photo as it is now. NULL + error. */
LkResponse *lk_student_photo_response (LkCall *call, guint status, const char *draft, GError **error);

/* The answer to a failure, with what a student must know beside it: the times, the desk. Takes failure; what needs no explanation goes
 * on into error, with NULL. */
LkResponse *lk_student_refuse (LkCall *call, GError *failure, GError **error);

/* The body that went to a file. LK_ERROR_BAD_REQUEST: there is none; LK_ERROR_STORE. */
GBytes *lk_student_read_body (LkCall *call, GError **error);

/* Takes the body into the blob store as a picture to be looked at. LK_ERROR_BAD_REQUEST, _NOT_PICTURE, those of the store. */
gboolean lk_call_store_picture (LkCall *call, LkPhotoFile *file, GError **error);

/* The same; counts it among the student's files. FALSE and *refusal, or an error. */
gboolean lk_student_store_body (LkCall *call, LkPhotoFile *file, LkResponse **refusal, GError **error);

G_END_DECLS
