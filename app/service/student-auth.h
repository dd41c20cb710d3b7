/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db-student.h"

G_BEGIN_DECLS

/**
 * LkStudentAuth:
 *
 * Whose token it is that a student's page sends. The database has the sessions; what it said is believed for some seconds, because pages
 * ask often. Any thread.
 */
typedef struct _LkStudentAuth LkStudentAuth;

LkStudentAuth *lk_student_auth_new  (LkCampusDb *db);
void           lk_student_auth_free (LkStudentAuth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStudentAuth, lk_student_auth_free)

/* A student in a session. */
typedef struct
{
  guint8 token[32];             /* hash */
  LkStudentSession session;
} LkStudentIn;

/* A new token, and its hash. Newly allocated. */
char    *lk_student_auth_make_token (guint8 hash[32]);

/* LK_ERROR_SIGNED_OUT, those of the database. */
gboolean lk_student_auth_find (LkStudentAuth *self, const char *token, LkStudentIn *who, GError **error);

gboolean lk_student_auth_end  (LkStudentAuth *self, const LkStudentIn *who, const char *from, GError **error);

G_END_DECLS
