/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db-student.h"
#include "service/jobs.h"
#include "service/photo-work.h"

G_BEGIN_DECLS

/**
 * LkStudentWork:
 *
 * Looks at students' uploads and checks their photos, in the background: takes jobs from the queue, does them, writes what came of it.
 * What was open when the service ended is taken up again. Any thread.
 */
typedef struct _LkStudentWork LkStudentWork;

/* Told after every step that a page may want to show; quick. */
typedef void (*LkStudentChanged) (gint64 student, gpointer data);

LkStudentWork *lk_student_work_new  (LkService *service, LkStudentChanged changed, gpointer data, GError **error);
/* What is in work is finished; the rest waits for the next start of the service. */
void           lk_student_work_stop (LkStudentWork *self);
void           lk_student_work_free (LkStudentWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStudentWork, lk_student_work_free)

const LkSpec  *lk_student_work_get_spec (LkStudentWork *self);

/* Whether a job would be taken; else *wait_seconds says how long the queue is. */
gboolean lk_student_work_have_room (LkStudentWork *self, gint64 student, int *wait_seconds);

/* What the database has as to be done already. */
void     lk_student_work_push (LkStudentWork *self, LkJobKind kind, gint64 student, const char *draft);

/* FALSE when nothing is done about this draft. */
gboolean lk_student_work_find (LkStudentWork *self, const char *draft, LkJobPlace *place);

/* Whether the last checks of this draft were ended by a failure of ours, and the try was given back. */
gboolean lk_student_work_has_failed (LkStudentWork *self, const char *draft);

/* The final submit: looks once more whether the picture or face is known, and puts the photo into the queue. Errors of submit(). */
gboolean lk_student_work_submit (LkStudentWork *self, gint64 student, const char *draft, gint64 arrived_at, const char *from,
                                 GError **error);

/* An original as JPEG for the page. LK_ERROR_NOT_FOUND, those of decoding. */
GBytes  *lk_student_work_preview (LkStudentWork *self, const char *sha256, GError **error);

/* Type and size of a picture that is only kept. Errors of decoding. */
gboolean lk_student_work_measure (LkStudentWork *self, GBytes *picture, LkPhotoFile *file, GError **error);

typedef struct
{
  LkJobsFigures jobs;
  guint64 faults, alarms;       /* failures of our own, and how often many came together */
} LkStudentWorkFigures;

void     lk_student_work_get_figures (LkStudentWork *self, LkStudentWorkFigures *figures);

G_END_DECLS
