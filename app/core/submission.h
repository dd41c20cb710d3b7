/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"
#include "core/photo-info.h"
#include "core/state.h"

G_BEGIN_DECLS

typedef enum
{
  LK_REFERENCE_ID_CARD,         /* resident ID-card photo */
  LK_REFERENCE_DIPLOMA,         /* junior-college diploma photo */
} LkReferenceKind;

/**
 * LkSubmission:
 *
 * One photo of one student, as a reviewer's workstation sees it: names and numbers are
 * masked already by the service (rules.md section 9). Facts do not change after it was
 * made; "verdict" and "position in the work" do and notify.
 */
#define LK_TYPE_SUBMISSION (lk_submission_get_type ())
G_DECLARE_FINAL_TYPE (LkSubmission, lk_submission, LK, SUBMISSION, GObject)

typedef struct
{
  const char *id;               /* UUID */
  const char *lease;            /* id of the lease it came with, or NULL */
  LkState state;
  const char *name;             /* masked */
  const char *student_no;       /* masked */
  const char *class_name;
  const char *site;
  int tries_used, tries_allowed;
  gint64 submitted_at;          /* µs UTC */
  gint64 due_at;                /* µs UTC: end of review time (rules.md section 8.2) */
  const char *photo;            /* SHA-256 hex of the photo */
  int photo_width, photo_height;        /* px, upright */
  const char *id_card;          /* SHA-256 hex of the ID-card photo, NULL when missing */
  const char *diploma;          /* SHA-256 hex of the diploma photo, NULL when there is none */
  const LkPhotoInfo *pictures[LK_N_PHOTO_KINDS];        /* what else there is to look at; NULL where there is none */
  GPtrArray *checks;            /* of LkCheck, measures among them; a reference to each is taken */
} LkSubmissionDescription;

LkSubmission *lk_submission_new (const LkSubmissionDescription *description);

const char *lk_submission_get_id            (LkSubmission *self);
const char *lk_submission_get_lease         (LkSubmission *self);
void        lk_submission_set_lease         (LkSubmission *self, const char *lease);
LkState     lk_submission_get_state         (LkSubmission *self);
const char *lk_submission_get_name          (LkSubmission *self);
const char *lk_submission_get_student_no    (LkSubmission *self);
const char *lk_submission_get_class_name    (LkSubmission *self);
const char *lk_submission_get_site          (LkSubmission *self);
int         lk_submission_get_tries_used    (LkSubmission *self);
int         lk_submission_get_tries_allowed (LkSubmission *self);
gint64      lk_submission_get_submitted_at  (LkSubmission *self);
gint64      lk_submission_get_due_at        (LkSubmission *self);
const char *lk_submission_get_photo         (LkSubmission *self);
int         lk_submission_get_photo_width   (LkSubmission *self);
int         lk_submission_get_photo_height  (LkSubmission *self);
const char *lk_submission_get_reference     (LkSubmission *self, LkReferenceKind kind);  /* NULL when missing */

/* A further picture with its size and eyes, borrowed; NULL when there is none or the service tells no more than its name. */
const LkPhotoInfo *lk_submission_get_picture  (LkSubmission *self, LkPhotoKind kind);
/* The photo itself; its eyes are where G6_roll measured them. */
LkPhotoInfo       *lk_submission_dup_info     (LkSubmission *self);

GPtrArray  *lk_submission_get_checks        (LkSubmission *self);                         /* borrowed, of LkCheck; no measures */
GPtrArray  *lk_submission_get_measures      (LkSubmission *self);                         /* borrowed, of LkCheck */
gboolean    lk_submission_get_identity_flag (LkSubmission *self);                         /* see lk_checks_flag_identity() */
LkOutcome   lk_submission_get_worst         (LkSubmission *self);                         /* property "worst" */

/* The reviewer's decision on it in this session; NULL while undecided. Property "decision", notifies. */
LkDecision *lk_submission_get_decision (LkSubmission *self);
void        lk_submission_set_decision (LkSubmission *self, LkDecision *decision);

/* Whether the reviewer wants a second person to decide too; goes with the next decision. Property "unsure", notifies. */
gboolean lk_submission_get_unsure (LkSubmission *self);
void     lk_submission_set_unsure (LkSubmission *self, gboolean unsure);

G_END_DECLS
