/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"
#include "service/campus-db-student.h"
#include "service/clock.h"

G_BEGIN_DECLS

/* A campus with the reference round of rules.md section 8.1 and a few students, on a clock that stands still until the test moves it. The
 * photos are a few bytes; nothing is decoded. */

#define LK_TEST_SITE "合肥校本部"
#define LK_TEST_POINT "芜湖教学点"

typedef struct
{
  LkTestCampus *campus;
  LkCampusDb *db;
  const LkStudentOps *ops;
  LkRound *round;
  guint n_uploads;
} LkTestStudents;

/* Students 2025000001... of the main campus with unique numbers U1..., and 2025000101... of a teaching point with U101...; 2025000201 of
 * the main campus, whose unique number the roster does not have. It is 16 June 2025, 09:00 in China. */
LkTestStudents *lk_test_students_new  (guint n_students);
void            lk_test_students_free (LkTestStudents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkTestStudents, lk_test_students_free)

/* "2025-06-16T09:10:00", as written in China, µs UTC; and the clock put there. */
gint64 lk_test_time (const char *local);
void   lk_test_set_time (const char *local);

/* The code of a student, who typed its number; what is agreed to is version "1". The error's code, or -1 when it works. */
int lk_test_enter (LkTestStudents *self, const char *student_no, const char *unique_no, gint64 *student);
/* One that must work. */
gint64 lk_test_come_in (LkTestStudents *self, guint number);

/* Each gives the code of an error, -1 when it works. */
int lk_test_upload (LkTestStudents *self, gint64 student, char uuid[LK_UUID_SIZE]);     /* and looked at */
int lk_test_ask    (LkTestStudents *self, gint64 student, const char *uuid);
int lk_test_start  (LkTestStudents *self, const char *uuid, gint64 *check);
int lk_test_finish (LkTestStudents *self, const char *uuid, gint64 check, gboolean passed, gboolean counted);
int lk_test_submit (LkTestStudents *self, gint64 student, const char *uuid, gint64 arrived_at);
int lk_test_redo   (LkTestStudents *self, gint64 student, const char *uuid);

/* Asked for, started and finished; all must work. */
void lk_test_check (LkTestStudents *self, gint64 student, const char *uuid, gboolean passed);
/* A photo all the way into the queue. */
void lk_test_send  (LkTestStudents *self, gint64 student, char uuid[LK_UUID_SIZE]);
LkDecision *lk_test_decision_on (const LkSubmissionRow *row, LkVerdict verdict);
/* A reviewer decides on it; the key of the decision. */
char *lk_test_review (LkTestStudents *self, const char *submission, LkVerdict verdict);

LkStudentRecord *lk_test_record (LkTestStudents *self, gint64 student);
LkState          lk_test_draft_state (LkTestStudents *self, gint64 student, const char *uuid);

/* The number a query on the database gives. */
int lk_test_count (LkTestStudents *self, const char *sql);

/* Every record's counter is its tries and its lines in the audit; every move is one the table of states has, follows from the one before
 * and leads to where the submission is; and the audit is whole. */
void lk_test_check_books (LkTestStudents *self);

G_END_DECLS
