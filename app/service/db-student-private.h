/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db-student.h"
#include "service/db-sqlite-private.h"

G_BEGIN_DECLS

/* The students' half of the SQLite driver. */

extern const LkStudentOps lk_sqlite_students;

/* -- db-round.c -- */

LkRound   *lk_round_read     (LkConn *conn, gint64 row, GError **error);         /* NULL with error when it is not there */
/* What a statement of rounds says first: *row is 0 when there is none. */
gboolean   lk_round_find_row (LkConn *conn, LkSql sql, gint64 student, gint64 *row, GError **error);
gboolean   lk_db_add_round   (LkCampusDb *base, LkRound *round, const LkActor *actor, GError **error);
GPtrArray *lk_db_list_rounds (LkCampusDb *base, GError **error);
LkRound   *lk_db_current_round (LkCampusDb *base, GError **error);

gboolean   lk_db_keep_calendar_change (LkCampusDb *base, const char *sha256, const LkActor *actor, GError **error);

/* db-round-close.c */
gboolean lk_db_close_round (LkCampusDb *base, const char *id, gboolean preview, const LkActor *actor, LkRoundClosing *closing,
                            GError **error);

/* -- db-standing.c: how a student stands in a round -- */

/* One of the student's submissions with the decision that stands, if one does. */
typedef struct
{
  LkStudentSubmission seen;     /* as the student sees it; checks is not read */
  LkState state;                /* as it is */
  char *key;                    /* of the decision; NULL when there is none, or it is marked as seen already */
} LkStandingSubmission;

typedef struct
{
  LkRosterRow *student;
  gint64 row;                   /* of the student */
  LkRound *round;               /* NULL: there is none */
  gint64 record;                /* 0: has not come in in this round */
  gboolean has_code;
  int tries_used, tries_allowed;
  GPtrArray *submissions;       /* of LkStandingSubmission, the latest first */
  LkStandingSubmission *latest; /* the latest that is not SUPERSEDED; NULL */
  LkRoundTimes times;
  gint64 right_until;           /* µs UTC, 0 for none */
} LkStanding;

void lk_standing_clear (LkStanding *standing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkStanding, lk_standing_clear)

/* The round that counts for the student: the one with the approved photo, else the current one, else the latest. LK_ERROR_NOT_FOUND: no
 * such student. */
gboolean lk_standing_read (LkConn *conn, gint64 student, gint64 now, LkStanding *standing, GError **error);
/* The same in a given round. */
gboolean lk_standing_read_in (LkConn *conn, gint64 student, gint64 round, gint64 now, LkStanding *standing, GError **error);

/* Whether a photo may be sent: nothing waits or is approved (LK_ERROR_STATE), and the window is open or the right to send again runs
 * (LK_ERROR_WINDOW_CLOSED). */
gboolean lk_standing_may_send (const LkStanding *standing, gint64 now, GError **error);
gboolean lk_standing_has_try  (const LkStanding *standing, GError **error);      /* LK_ERROR_NO_TRIES */

/* Makes the record of the student in the round of @standing when there is none, or notes that a code has come. */
gboolean lk_standing_open_record (LkConn *conn, LkStanding *standing, gboolean has_code, const LkActor *actor, const char *from,
                                  GError **error);

/* An audit body for something of a student's: row of the record, address. */
cJSON *lk_student_audit_body (gint64 record, const char *from);

/* db-roster.c: into the review queue; the row is checked by the caller */
gboolean lk_db_add_submission (LkConn *conn, gint64 student, const LkNewSubmission *submission, GError **error);
gboolean lk_db_supersede      (LkConn *conn, gint64 row, LkState from, GError **error);

/* -- db-student.c: coming in -- */
gboolean lk_db_student_sign_in (LkCampusDb *base, const LkStudentEntry *entry, LkStudentSession *session, GError **error);
gboolean lk_db_student_find_session (LkCampusDb *base, const guint8 token[32], LkStudentSession *session, GError **error);
gboolean lk_db_student_end_session (LkCampusDb *base, const guint8 token[32], const char *from, GError **error);

/* -- db-record.c -- */
LkStudentRecord *lk_db_find_record (LkCampusDb *base, gint64 student, GError **error);
LkStudentRecord *lk_db_find_record_by_number (LkCampusDb *base, const char *student_no, GError **error);
gboolean lk_db_find_approved (LkCampusDb *base, gint64 student, LkPhotoFile *photo, GError **error);
gboolean lk_db_grant_tries (LkCampusDb *base, const char *student_no, int n, const char *reason, const LkActor *actor, int *allowed,
                            GError **error);

/* -- db-draft.c -- */
LkDraft *lk_draft_read   (sqlite3_stmt *stmt);          /* of DRAFT_FIND and DRAFT_ACTIVE */
LkDraft *lk_draft_active (LkConn *conn, gint64 record, GError **error);          /* NULL without an error for none */
/* One that has not ended; LK_ERROR_NOT_FOUND. student: 0 for anybody's. */
LkDraft *lk_draft_find   (LkConn *conn, gint64 student, const char *uuid, GError **error);
/* Checks the move against the table of states and writes its line; body is taken. */
gboolean lk_draft_move   (LkConn *conn, const LkDraft *draft, const char *action, LkState to, LkRole role, cJSON *body, GError **error);
gboolean lk_draft_end    (LkConn *conn, const LkDraft *draft, gint64 submission, GError **error);
gboolean lk_db_add_draft (LkCampusDb *base, gint64 student, const LkPhotoFile *upload, gint64 arrived_at, const char *from,
                          char uuid[LK_UUID_SIZE], GError **error);
LkDraft *lk_db_find_draft (LkCampusDb *base, gint64 student, const char *uuid, GError **error);
LkDraft *lk_db_read_draft (LkCampusDb *base, const char *uuid, GError **error);
gboolean lk_db_put_look  (LkCampusDb *base, const char *uuid, const LkPhotoFile *upload, const char *proposal, const char *problem,
                          GError **error);
gboolean lk_db_redo      (LkCampusDb *base, gint64 student, const char *uuid, const char *from, GError **error);
gboolean lk_db_final_submit (LkCampusDb *base, const LkFinalSubmit *submit, GError **error);
gboolean lk_db_find_student_photo (LkCampusDb *base, gint64 student, const char *sha256, LkPhotoFile *photo, GError **error);

/* -- db-try.c -- */
gboolean   lk_db_ask_check (LkCampusDb *base, gint64 student, const char *uuid, const char *crop, gint64 arrived_at, const char *from,
                            GError **error);
gboolean   lk_db_start_check (LkCampusDb *base, const char *uuid, gint64 *check, GError **error);
gboolean   lk_db_finish_check (LkCampusDb *base, const LkCheckResult *result, GError **error);
gboolean   lk_db_fail_check (LkCampusDb *base, const char *uuid, gint64 check, gboolean again, const char *cause, GError **error);
GPtrArray *lk_db_resume (LkCampusDb *base, GError **error);
/* Ends a running try that is not to count, 0 for none. */
gboolean   lk_try_give_back (LkConn *conn, gint64 check, gint64 record, const char *draft, const char *cause, GError **error);

G_END_DECLS
