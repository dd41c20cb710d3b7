/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/routes.h"

G_BEGIN_DECLS

/**
 * LkStudentFeed:
 *
 * Students' calls that wait for something to change. One thread asks for those of whom something was heard, and for all now and then; no
 * thread is held by a call that waits.
 */
typedef struct _LkStudentFeed LkStudentFeed;

LkStudentFeed *lk_student_feed_new  (LkService *service);
void           lk_student_feed_stop (LkStudentFeed *self);               /* answers everybody; nobody can wait any more */
void           lk_student_feed_free (LkStudentFeed *self);

/* Takes a call that lk_student_look_up() can answer: answers it once the version is not the one that was seen, or after the seconds. FALSE
 * when too many wait already, of this student or in all, or it was stopped: then it is for the caller to answer. */
gboolean lk_student_feed_wait (LkStudentFeed *self, LkCall *call, const char *seen, int seconds);

/* Something about this student has changed; any thread, quick. */
void     lk_student_feed_notify (gint64 student, gpointer self);

/* The answer to a call for the record, or for a photo when the call has an id, and its version. NULL + errors of the database. */
cJSON   *lk_student_look_up (LkCall *call, GError **error);

G_END_DECLS
