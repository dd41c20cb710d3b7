/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/collection-code.h"
#include "core/round.h"
#include "service/campus-db.h"

G_BEGIN_DECLS

/* What a student does, and the rounds in which it is done. Students and records are named by their rows, photos by UUIDs; whatever is
 * asked for with a student finds only that student's own things (LK_ERROR_NOT_FOUND). "Now" is lk_clock_now() unless an argument says
 * when a request arrived. Every operation that changes something writes its lines into the audit in the same transaction. */

/* Who a token stands for. */
typedef struct
{
  gint64 student;               /* row */
  gint64 expires_at;            /* µs UTC */
} LkStudentSession;

/* A student comes in. */
typedef struct
{
  const char *student_no;       /* as typed */
  const LkCollectionCode *code; /* genuine and in time */
  const char *consent;          /* version of the notice that was agreed to */
  gboolean face;                /* agreed to automatic face comparison */
  const char *from;             /* network address */
  guint8 token[32];             /* SHA-256 of the new token */
} LkStudentEntry;

/* An upload that has not become a submission, or the one a submission was made of. */
typedef struct
{
  gint64 row, student, record;
  char *student_no;
  gboolean face;                /* the student agreed to automatic face comparison */
  gboolean failed_again;        /* some check has failed twice in this record's tries */
  char uuid[LK_UUID_SIZE];      /* the submission made of it has the same */
  LkState state;                /* DRAFT, CHECK_FAILED, CHECK_PASSED; submitted: as the student sees it */
  gint64 added_at;

  LkPhotoFile upload;           /* as it came; width 0 until it has been looked at */
  char *problem;                /* word of an error for a file that cannot be used; NULL */
  char *proposal, *crop;        /* JSON {x, y, width, height, roll}; NULL */
  gboolean to_look;             /* has not been looked at */
  gboolean to_check;            /* its checks were asked for and have not started, or are to start again */
  gint64 check;                 /* the running try; 0 for none */
  int n_checks;                 /* how often its checks have started */

  char *cropped, *blue;         /* SHA-256; NULL before checks have run */
  char *checks, *brief;         /* JSON; NULL before */
  GBytes *trace;                /* sealed; NULL */
  int spec_version;
  gboolean hard_failed;
  gint64 submission;            /* row; 0: not submitted */
} LkDraft;

void lk_draft_free (LkDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkDraft, lk_draft_free)

/* What became of checks that have run. */
typedef struct
{
  const char *draft;            /* UUID */
  gint64 check;                 /* as start_check gave it */
  gboolean passed;              /* no hard check failed */
  const LkPhotoFile *cropped, *blue;    /* in the blob store already; NULL when there is none. A passed one has a cropped photo */
  int spec_version;
  const char *checks, *brief;   /* JSON */
  GBytes *trace;                /* sealed, or NULL */
  const char *const *failed;    /* ids of checks that failed, for which the student may be wronged; NULL for none */
  gboolean not_counted;         /* the failure is the system's (B1, B2): the try is given back */
  const char *cause;            /* of that, for the audit: a word */
} LkCheckResult;

/* The final submit of a photo. */
typedef struct
{
  gint64 student;
  const char *draft;
  gint64 arrived_at;            /* of the request */
  const char *from;
  const char *checks, *brief;   /* with what was found only now (D1, D2); NULL: as they are */
  GArray *matches;              /* of LkNewMatch, or NULL */
  gint64 *row;                  /* out: of the submission */
} LkFinalSubmit;

/* A submission as its student may see it. */
typedef struct
{
  gint64 row;
  char uuid[LK_UUID_SIZE];
  LkState state;                /* lk_state_for_student() */
  gint64 submitted_at, due_at;
  gint64 result_from;           /* from when on its result can be seen */
  gboolean told;                /* the rest is set */
  gint64 told_at;               /* from when on it could be seen */
  LkVerdict verdict;
  char *reasons;                /* JSON array of codes */
  char *note;
  gint64 decided_at;
  gboolean can_object;
  char *photo, *checks;         /* SHA-256, JSON; always set */
} LkStudentSubmission;

void lk_student_submission_free (LkStudentSubmission *submission);

/* A student in a round: everything the pages show. Not masked. */
typedef struct
{
  gint64 student, record;       /* record 0: has not come in in this round */
  char *name, *student_no, *class_name, *site;
  LkRound *round;               /* NULL: there is none */
  LkRecordState state;          /* as the student sees it */
  LkRoundTimes times;           /* of the student's site */
  gint64 right_until;           /* may send again until then though the window is closed; 0 for none */
  gboolean may_send;            /* now: upload, check, submit (window or right; nothing waits for review; not approved) */
  int tries_used, tries_allowed;
  gboolean face;
  char *consent;                /* version, the latest; NULL for none */
  LkDraft *photo;               /* the one in work; NULL */
  GPtrArray *submissions;       /* of LkStudentSubmission, the latest first */
  char *approved;               /* UUID of the submission whose approval has been told; NULL */
} LkStudentRecord;

void lk_student_record_free (LkStudentRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkStudentRecord, lk_student_record_free)

/* What closing a round did, or would do. */
typedef struct
{
  int done, missed;             /* students */
  int expired;                  /* submissions that were open still */
  int undecided;                /* of these, sent in and not decided */
  int rights;                   /* of these, sent back and still with the right to be sent again */
} LkRoundClosing;

struct _LkStudentOps
{
  /* -- rounds -- */

  /* Sets row, id and, where it is 0, the number of tries. LK_ERROR_STATE: a round of that name is there. */
  gboolean (*add_round)    (LkCampusDb *db, LkRound *round, const LkActor *actor, GError **error);
  GPtrArray *(*list_rounds) (LkCampusDb *db, GError **error);           /* of LkRound, the oldest first */
  /* The oldest that is not closed. NULL without an error when there is none. */
  LkRound *(*current_round) (LkCampusDb *db, GError **error);
  /* That the campus has another calendar now, whose file has this SHA-256: for the audit. */
  gboolean (*keep_calendar_change) (LkCampusDb *db, const char *sha256, const LkActor *actor, GError **error);
  /* Open submissions are EXPIRED, who has no approved photo has MISSED it, drafts end. preview: only counts. A later make-up round opens
   * new records. LK_ERROR_NOT_FOUND, LK_ERROR_STATE: closed already. */
  gboolean (*close_round)  (LkCampusDb *db, const char *id, gboolean preview, const LkActor *actor, LkRoundClosing *closing,
                            GError **error);

  /* -- coming in -- */

  /* Matches the code, records consent, code, record in the round and session in one. Errors: LK_ERROR_NOT_IN_ROSTER; _CODE_CONFLICT (R701)
   * and _CODE_HELD, which the audit has then; _NO_ROUND: none is there and none was; _WINDOW_CLOSED: somebody who has not been here
   * in this round, outside the times of the site (find_by_number() tells them). Who has been here comes in at any time. */
  gboolean (*sign_in)      (LkCampusDb *db, const LkStudentEntry *entry, LkStudentSession *session, GError **error);
  /* Finds and prolongs it. LK_ERROR_SIGNED_OUT. */
  gboolean (*find_session) (LkCampusDb *db, const guint8 token[32], LkStudentSession *session, GError **error);
  gboolean (*end_session)  (LkCampusDb *db, const guint8 token[32], const char *from, GError **error);

  /* -- the record -- */

  /* Decisions that can be seen by now are marked as seen before this returns: nobody takes back what a student may have read. */
  LkStudentRecord *(*find_record) (LkCampusDb *db, gint64 student, GError **error);     /* LK_ERROR_NOT_FOUND */
  /* The same by student number and without marking: for staff. */
  LkStudentRecord *(*find_by_number) (LkCampusDb *db, const char *student_no, GError **error);

  /* -- photos -- */

  /* A new upload in DRAFT; the one before it that was not submitted goes. The bytes are in the blob store; upload needs sha256, type and
   * bytes. uuid: out. LK_ERROR_WINDOW_CLOSED, _NO_TRIES; _STATE: one waits for review, is approved, or is being checked. */
  gboolean (*add_draft)    (LkCampusDb *db, gint64 student, const LkPhotoFile *upload, gint64 arrived_at, const char *from,
                            char uuid[LK_UUID_SIZE], GError **error);
  LkDraft *(*find_draft)   (LkCampusDb *db, gint64 student, const char *uuid, GError **error);         /* _NOT_FOUND */
  /* The same for a worker, who has no student. */
  LkDraft *(*read_draft)   (LkCampusDb *db, const char *uuid, GError **error);
  /* What looking at it found: size and proposal (JSON or NULL), or the word of a problem. LK_ERROR_STATE: it is not there any more. */
  gboolean (*put_look)     (LkCampusDb *db, const char *uuid, const LkPhotoFile *upload, const char *proposal, const char *problem,
                            GError **error);

  /* Asks for the checks with a crop (JSON; NULL: none). Costs nothing yet; asked again before they start, the newer crop counts.
   * LK_ERROR_WINDOW_CLOSED (at arrived_at), _NO_TRIES, _STATE (not in DRAFT, not looked at, not usable, or being checked). */
  gboolean (*ask_check)    (LkCampusDb *db, gint64 student, const char *uuid, const char *crop, gint64 arrived_at, const char *from,
                            GError **error);
  /* The checks start: one try is counted. *check is for the end of it. LK_ERROR_STATE: nothing is asked for (any more), or it runs. */
  gboolean (*start_check)  (LkCampusDb *db, const char *uuid, gint64 *check, GError **error);
  /* LK_ERROR_STATE: this try has ended already. */
  gboolean (*finish_check) (LkCampusDb *db, const LkCheckResult *result, GError **error);
  /* The system failed: the try is given back, and the draft is in DRAFT. again: the checks are to start again by themselves. cause: a word
   * for the audit. LK_ERROR_STATE: this try has ended already. */
  gboolean (*fail_check)   (LkCampusDb *db, const char *uuid, gint64 check, gboolean again, const char *cause, GError **error);
  /* After a start of the service, before any job runs: tries that were running are given back and asked for again. The UUIDs of drafts with
   * something to do, the oldest first; an array of char *. */
  GPtrArray *(*resume)     (LkCampusDb *db, GError **error);

  /* CHECK_PASSED or CHECK_FAILED back to DRAFT, with the same upload. LK_ERROR_STATE, _NO_TRIES: it could not be checked again. */
  gboolean (*redo)         (LkCampusDb *db, gint64 student, const char *uuid, const char *from, GError **error);
  /* Into the review queue, with its due time; one that was sent back is SUPERSEDED. LK_ERROR_WINDOW_CLOSED (at arrived_at), _STATE. */
  gboolean (*submit)       (LkCampusDb *db, const LkFinalSubmit *submit, GError **error);
  /* A photo file of this student that the pages may show: upload, crop, blue, of a draft or submission. LK_ERROR_NOT_FOUND. */
  gboolean (*find_photo)   (LkCampusDb *db, gint64 student, const char *sha256, LkPhotoFile *photo, GError **error);
  /* The approved photo (the one with the replaced background where there is one), once that is told. LK_ERROR_NOT_FOUND. */
  gboolean (*find_approved) (LkCampusDb *db, gint64 student, LkPhotoFile *photo, GError **error);

  /* -- the desk -- */

  /* Further tries in the current round. *allowed: what there are now. LK_ERROR_NOT_IN_ROSTER, _NO_ROUND. */
  gboolean (*grant_tries)  (LkCampusDb *db, const char *student_no, int n, const char *reason, const LkActor *actor, int *allowed,
                            GError **error);
};

G_END_DECLS
