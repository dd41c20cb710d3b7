/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/code.h"
#include "service/sign-in-limit.h"
#include "service/student-auth.h"
#include "service/student-work.h"

G_BEGIN_DECLS

typedef struct _LkStudentFeed LkStudentFeed;

/* What students read and agree to: data/notice.json. */
typedef struct
{
  char *version;
  char **zh, **en;              /* paragraphs */
  char *face_zh, *face_en;      /* the question about automatic face comparison */
} LkNotice;

/* Everything that only the students' pages need, while serving. */
struct _LkStudentService
{
  LkStudentAuth *auth;
  LkStudentWork *work;
  LkStudentFeed *feed;
  LkCodes *codes;
  LkNotice notice;
  LkSignInLimit *uploads;       /* files of one student */
  LkSignInLimit *code_tries, *code_tries_per_address;   /* collection codes that were refused */
};

/* Takes up what was open when the service ended. LK_ERROR_BAD_SPEC for notice.json, codes.json or the standard; those of the database. */
LkStudentService *lk_student_service_new  (LkService *service, GError **error);
/* Answers who waits, finishes what is in work. */
void              lk_student_service_stop (LkStudentService *self);
void              lk_student_service_free (LkStudentService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStudentService, lk_student_service_free)

G_END_DECLS
