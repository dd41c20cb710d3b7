/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

/* What a student does, from the collection code to the approved photo. */
const LkRoute lk_student_routes[] = {
  { "GET",    "/v1/student/notice",                       LK_ROLES_ALL,    LK_PLACE_WORKER, lk_route_student_notice },
  { "POST",   "/v1/student/sessions",                     LK_ROLES_ALL,    LK_PLACE_READER, lk_route_student_sign_in, LK_BODY_PICTURE,
    LK_KEY_NONE },
  { "DELETE", "/v1/student/sessions/current",             LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_sign_out },
  { "GET",    "/v1/student/record",                       LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_look },
  { "POST",   "/v1/student/photos",                       LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_upload, LK_BODY_PHOTO },
  { "GET",    "/v1/student/photos/{id}",                  LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_look },
  { "POST",   "/v1/student/photos/{id}/check",            LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_check },
  { "POST",   "/v1/student/photos/{id}/redo",             LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_redo },
  { "POST",   "/v1/student/photos/{id}/submit",           LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_submit },
  { "GET",    "/v1/student/photos/{id}/images/original",  LK_ROLE_STUDENT, LK_PLACE_READER, lk_route_student_original },
  { "GET",    "/v1/student/photos/{id}/images/cropped",   LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_cropped },
  { "GET",    "/v1/student/photos/{id}/images/blue",      LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_blue },
  { "GET",    "/v1/student/approved",                     LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_approved },
  { "POST",   "/v1/student/attachments",                  LK_ROLE_STUDENT, LK_PLACE_READER, lk_route_student_attach, LK_BODY_PICTURE },
  { "POST",   "/v1/student/tickets",                      LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_ask },
  { "GET",    "/v1/student/tickets",                      LK_ROLE_STUDENT, LK_PLACE_WORKER, lk_route_student_tickets },
  { NULL },
};
