/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"
#include "core/agreement.h"
#include "core/error.h"
#include "core/other.h"
#include "core/photo-info.h"
#include "core/queue-filter.h"
#include "core/roster.h"
#include "core/state.h"

G_BEGIN_DECLS

/**
 * LkCampusDb:
 *
 * What the campus service keeps, as operations of the subject: each is one transaction and returns after it is durable. A driver
 * fills the table; callers say db->ops->lease (db, ...). All operations may be called from any thread at a time.
 *
 * Errors of every operation: LK_ERROR_STORE (try again), _DISK_FULL, _CORRUPT; further ones are named where they occur.
 */
typedef struct _LkCampusDb LkCampusDb;

/* Further operations, by who needs them: campus-db-student.h, campus-db-account.h, campus-db-desk.h, campus-db-keys.h. */
typedef struct _LkStudentOps LkStudentOps;
typedef struct _LkAccountOps LkAccountOps;
typedef struct _LkDeskOps LkDeskOps;
typedef struct _LkKeysOps LkKeysOps;

enum { LK_UUID_SIZE = 37, LK_SHA256_SIZE = 65 };        /* as text, with the final NUL */

/* Somebody who may sign in. */
typedef struct
{
  gint64 row;
  char *uuid, *user, *name;
  LkRole role;
  char *password;               /* its Argon2id hash */
} LkStaff;

void lk_staff_free (LkStaff *staff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStaff, lk_staff_free)

/* Who does something, from where; for rights, leases and the audit. */
typedef struct
{
  gint64 staff;                 /* row */
  const char *uuid;
  LkRole role;
  const char *device;           /* UUID of the workstation */
  const char *from;             /* network address */
} LkActor;

typedef struct
{
  guint8 token[32];             /* SHA-256 of the token */
  char device[LK_UUID_SIZE];
  gint64 expires_at;            /* steady µs */
  LkStaff *staff;               /* owned */
} LkSession;

void lk_session_free (LkSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSession, lk_session_free)

/* A photo file that is in the blob store already. */
typedef struct
{
  char sha256[LK_SHA256_SIZE];
  const char *type;             /* "image/jpeg", "image/png"; "image/heic" for an original; static */
  int width, height;            /* px, upright */
  gint64 bytes;
  LkEyes eyes;
} LkPhotoFile;

/* A photo going into the review queue. */
typedef struct
{
  const char *student_no;
  const LkPhotoFile *photo, *id_card, *diploma;         /* the latter two may be NULL: what is known stays */
  const LkPhotoFile *original, *blue;                   /* variants of the photo, or NULL */
  gint64 submitted_at, due_at;  /* µs UTC */
  int tries_used, tries_allowed;
  gboolean hard_failed;
  int spec_version;
  const char *checks, *brief;   /* JSON: see the report table */
  GBytes *trace;                /* sealed, or NULL */
  GArray *matches;              /* of LkNewMatch, or NULL */
  const char *uuid;             /* that of the student's upload; NULL: a new one */
  gint64 record;                /* row; 0 when it comes by an import */
  const char *from;             /* network address of the student; NULL for an import */
  gint64 *row, *student;        /* out, or NULL: rows, when it was taken */
} LkNewSubmission;

/* Another student's submission that a new one is like. */
typedef struct
{
  gint64 other;                 /* row */
  LkLikeness likeness;
  double score;                 /* of the faces; NAN when they were not compared */
} LkNewMatch;

/* Somebody in the roster and the collection code that came with the photo. */
typedef struct
{
  gint64 student;               /* row */
  char *roster_no, *code_no;    /* unique numbers, as the roster has it and as the code has it; NULL when not known */
  gint64 owner;                 /* row of the student the code belongs to; 0 when nobody is known */
  char *owner_name, *owner_no;  /* not masked */
} LkCodeRow;

void lk_code_row_clear (LkCodeRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkCodeRow, lk_code_row_clear)

enum { LK_TRACES_NEWEST = -1 };

/* One trace in the order of submissions; FALSE to stop with the error set. */
typedef gboolean (*LkTraceFunc) (gint64 submission, gint64 student, GBytes *sealed, gpointer data, GError **error);

typedef enum
{
  LK_SUBMIT_TAKEN,              /* PENDING now; one that was sent back before is SUPERSEDED */
  LK_SUBMIT_KNOWN,              /* this very photo of this student is there already */
  LK_SUBMIT_OPEN,               /* the student has another photo that is not decided, or approved */
} LkSubmitResult;

/* A submission as it is kept: names and numbers are not masked here. */
typedef struct
{
  gint64 row;
  char *uuid, *lease;
  LkState state;
  char *name, *student_no, *class_name, *site;
  int tries_used, tries_allowed;
  gint64 submitted_at, due_at;
  char *photo;
  int width, height;
  char *id_card, *diploma;      /* NULL when there is none */
  LkPhotoInfo *pictures[LK_N_PHOTO_KINDS];              /* NULL when there is none */
  char *checks;                 /* JSON */
  GPtrArray *later;             /* of LkOther, not masked: others of which the picture or face came again; NULL for none */
  gint64 lease_until;           /* steady µs */
} LkSubmissionRow;

void lk_submission_row_free (LkSubmissionRow *row);

/* The decision that stands about a submission. */
typedef struct
{
  LkVerdict verdict;
  char *reasons;                /* JSON array of codes */
  char *note, *by;              /* by is not masked */
  gint64 at;                    /* µs UTC */
} LkDecisionRow;

void lk_decision_row_free (LkDecisionRow *row);

/* A photo that a student sent before the one in review, and what became of it. */
typedef struct
{
  char *uuid;
  LkState state;
  gint64 submitted_at;          /* µs UTC */
  LkPhotoInfo *photo;
  LkDecisionRow *decision;      /* NULL: there is none */
} LkEarlierRow;

void lk_earlier_row_free (LkEarlierRow *row);

typedef enum
{
  LK_ANSWER_ACCEPTED,
  LK_ANSWER_REPEATED,           /* the same key with the same content: nothing changed */
  LK_ANSWER_CONFLICT,           /* somebody else was first */
  LK_ANSWER_REFUSED,
} LkAnswerStatus;

/* What became of one decision. */
typedef struct
{
  LkAnswerStatus status;
  LkState state;                /* ACCEPTED, REPEATED */
  LkError code;                 /* CONFLICT, REFUSED */
  gboolean has_winner;          /* ALREADY_DECIDED: who decided what, when */
  LkVerdict winner_verdict;
  char *winner_name;            /* not masked */
  gint64 winner_at;
} LkDecisionAnswer;

void lk_decision_answer_clear (LkDecisionAnswer *answer);

typedef struct
{
  gint64 seq;
  char submission[LK_UUID_SIZE];
  LkState state;
  gint64 at;                    /* µs UTC */
} LkChange;

typedef struct
{
  gint64 pending, in_review, decided_today, mine_today;
  gint64 oldest_seconds;        /* since the oldest waiting submission was sent; 0 when none waits */
  gint64 staff, students, photos;
  gint64 held, second;          /* in HELD and SECOND_REVIEW */
  gint64 next_due;              /* µs UTC, of what waits; 0 when nothing does */
} LkQueueStats;

/* So many waiting submissions of one kind. */
typedef struct
{
  char *site, *class_name;
  LkOutcome worst;
  char **reasons;               /* codes the checks suggest */
  gint64 count;
} LkFacet;

void lk_facet_free (LkFacet *facet);

typedef struct
{
  gint64 staff;
  char *name, *user;            /* not masked */
  LkAgreement verdicts;         /* with the second persons */
  guint n_known, n_right;       /* known-answer photos, and those decided as they should be */
} LkReviewerAgreement;

typedef struct
{
  char *code;
  LkAgreement given;            /* 0 not given, 1 given */
} LkReasonAgreement;

typedef struct
{
  GPtrArray *reviewers;         /* of LkReviewerAgreement */
  GPtrArray *reasons;           /* of LkReasonAgreement, by code */
} LkAgreementReport;

void lk_agreement_report_free (LkAgreementReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkAgreementReport, lk_agreement_report_free)

typedef struct
{
  gint64 lines;                 /* read */
  gint64 first_bad;             /* seq of the first line that does not fit, 0 when all do */
  char head[LK_SHA256_SIZE];    /* hash of the last line */
} LkAuditReport;

/* Of the operation post. */
typedef void (*LkInsideFunc)    (gpointer data);
typedef void (*LkCommittedFunc) (const GError *error, gpointer data);

typedef struct
{
  void     (*close)       (LkCampusDb *db);

  /* LK_ERROR_STATE when the user name is taken. */
  gboolean (*add_staff)   (LkCampusDb *db, const LkStaff *staff, GError **error);
  LkStaff *(*find_staff)  (LkCampusDb *db, const char *user, GError **error);         /* LK_ERROR_NOT_FOUND */

  /* Replaces the session this person has on this device. */
  gboolean (*add_session) (LkCampusDb *db, const LkSession *session, const LkActor *actor, GError **error);
  /* Ends it and gives back the leases held through it. */
  gboolean (*end_session) (LkCampusDb *db, const guint8 token[32], const LkActor *actor, GError **error);
  GPtrArray *(*list_sessions) (LkCampusDb *db, GError **error);                        /* of LkSession, not ended */

  /* Adds students or brings what is known of them up to date; photos and submissions stay. n_new may be NULL. */
  gboolean (*put_roster)  (LkCampusDb *db, GPtrArray *rows, gint64 *n_new, GError **error);
  gboolean (*submit)      (LkCampusDb *db, const LkNewSubmission *submission, LkSubmitResult *result, GError **error); /* _NOT_FOUND */
  /* Comparison photos of a student without a submission. LK_ERROR_NOT_FOUND. */
  gboolean (*put_references) (LkCampusDb *db, const char *student_no, const LkPhotoFile *id_card, const LkPhotoFile *diploma,
                              GError **error);
  /* SHA-256 of a student's ID-card photo, NULL when there is none. LK_ERROR_NOT_FOUND for an unknown student. */
  gboolean (*find_id_card) (LkCampusDb *db, const char *student_no, char **sha256, GError **error);
  gboolean (*find_diploma) (LkCampusDb *db, const char *student_no, char **sha256, GError **error);

  /* Those of submissions after this row (0: all), or the newest alone. */
  gboolean (*traces)      (LkCampusDb *db, gint64 after, LkTraceFunc func, gpointer data, GError **error);
  /* Rows of submissions with this very file and of their students, in turn: an array of gint64. */
  GArray  *(*same_file)   (LkCampusDb *db, const char *sha256, GError **error);
  /* A submission by its row; LK_ERROR_NOT_FOUND. */
  LkSubmissionRow *(*find_submission) (LkCampusDb *db, gint64 row, GError **error);
  /* Of LkRosterRow with student and unique number: codes that came with photos. Unknown students are left out. */
  gboolean (*put_codes)   (LkCampusDb *db, GPtrArray *rows, GError **error);
  gboolean (*find_code)   (LkCampusDb *db, const char *student_no, LkCodeRow *row, GError **error);      /* _NOT_FOUND */

  /* Those held by this person on this device first (renewed), then the oldest due, then what this person skipped; array of
   * LkSubmissionRow. Only what the filter wants (NULL: all that waits for a first decision); *pending counts the same.
   * LK_ERROR_FORBIDDEN: a second look without the right to it. */
  GPtrArray *(*lease)     (LkCampusDb *db, const LkActor *actor, int count, const LkQueueFilter *filter, gint64 *pending,
                           GError **error);
  gboolean (*renew_lease) (LkCampusDb *db, const LkActor *actor, const char *lease, gint64 *until, GError **error);  /* _LEASE_LOST */
  /* skip: it comes last for this person as long as the shift lasts. _LEASE_LOST */
  gboolean (*return_lease) (LkCampusDb *db, const LkActor *actor, const char *lease, gboolean skip, GError **error);
  gboolean (*expire)      (LkCampusDb *db, GError **error);             /* puts what was not renewed back into the queue */

  /* An answer for each LkDecision; answers has room for as many. */
  gboolean (*decide)      (LkCampusDb *db, const LkActor *actor, GPtrArray *decisions, LkDecisionAnswer *answers, GError **error);
  /* LK_ERROR_NOT_FOUND, _TOO_LATE, _LEASE_LOST, _STATE, _KEY_REUSED. lease gets the renewed lease's id. */
  gboolean (*revert)      (LkCampusDb *db, const LkActor *actor, const char *key, const char *revert_key,
                           gboolean *repeated, char lease[LK_UUID_SIZE], gint64 *until, GError **error);

  /* Changes after the cursor, at most limit, of LkChange; cursor < 0: none, only *last. *last: the newest there is. */
  GArray  *(*changes)     (LkCampusDb *db, gint64 cursor, int limit, gint64 *last, GError **error);
  gboolean (*stats)       (LkCampusDb *db, const LkActor *actor, LkQueueStats *stats, GError **error);
  /* Whether this person may see the photo: of a submission leased to or decided by them. LK_ERROR_NOT_FOUND otherwise. */
  gboolean (*find_photo)  (LkCampusDb *db, const LkActor *actor, const char *sha256, LkPhotoFile *photo, GError **error);
  /* What the student of a submission that is leased to this person sent before it, the latest first; array of LkEarlierRow, at most
   * 20. LK_ERROR_NOT_FOUND when it is not leased to them. */
  GPtrArray *(*earlier)   (LkCampusDb *db, const LkActor *actor, const char *submission, GError **error);
  gboolean (*ping)        (LkCampusDb *db, GError **error);             /* can be read and written */

  /* Runs call, with all it does through these operations, as one part of a transaction, without a thread that waits for it: at once
   * when the last transaction has ended, together with what else has come. done is called when that is durable, or with an error when
   * nothing of it was kept. FALSE: so many wait already that neither will be called. */
  gboolean (*post)        (LkCampusDb *db, int waiting_max, LkInsideFunc call, LkCommittedFunc done, gpointer data);
  /* How what waits is spread; array of LkFacet. */
  GPtrArray *(*facets)    (LkCampusDb *db, gboolean second, GError **error);
  /* Keeps the latest photo of a student on which two people agreed as a known-answer photo (rules.md section 8.3), under a name and
   * number that are made up. LK_ERROR_NOT_FOUND: there is none. */
  gboolean (*keep_known)  (LkCampusDb *db, const char *student_no, const char *name, const char *number, GError **error);
  LkAgreementReport *(*agreement) (LkCampusDb *db, GError **error);
  /* How many decisions of this person were looked at twice, and on how many the second person said the same. */
  gboolean (*own_agreement) (LkCampusDb *db, const LkActor *actor, gint64 *n_pairs, gint64 *n_equal, GError **error);
  gboolean (*verify_audit) (LkCampusDb *db, LkAuditReport *report, GError **error);
} LkCampusDbOps;

struct _LkCampusDb
{
  const LkCampusDbOps *ops;
  const LkStudentOps *students;
  const LkAccountOps *accounts;
  const LkDeskOps *desk;
  const LkKeysOps *keys;
  /* Called after a commit that moved a submission, on the driver's thread; must be quick. */
  void (*changed) (gpointer data);
  gpointer changed_data;
};

void lk_campus_db_close (LkCampusDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusDb, lk_campus_db_close)

G_END_DECLS
