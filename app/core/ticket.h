/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/state.h"

G_BEGIN_DECLS

/* Cases of the desk, appeals and corrections: rules.md section 7.3. */

typedef enum
{
  LK_TICKET_CROP_HELP,
  LK_TICKET_CODE_PROBLEM,
  LK_TICKET_APPEAL,
  LK_TICKET_CORRECTION,
  LK_TICKET_IDENTITY,
  LK_TICKET_MAKEUP,
  LK_TICKET_OTHER,
} LkTicketType;
#define LK_N_TICKET_TYPES (LK_TICKET_OTHER + 1)

const char *lk_ticket_type_to_word   (LkTicketType type);        /* "CROP_HELP" */
gboolean    lk_ticket_type_from_word (const char *word, LkTicketType *type);

typedef enum
{
  LK_TICKET_NEW,
  LK_TICKET_OPEN,
  LK_TICKET_WAITING_STUDENT,    /* the clock stands */
  LK_TICKET_RESOLVED,
  LK_TICKET_CLOSED,
} LkTicketState;
#define LK_N_TICKET_STATES (LK_TICKET_CLOSED + 1)

const char *lk_ticket_state_to_word   (LkTicketState state);
gboolean    lk_ticket_state_from_word (const char *word, LkTicketState *state);

/* What somebody does to a ticket. */
typedef enum
{
  LK_TICKET_STEP_ANSWER,        /* the staff write; the ticket is OPEN then */
  LK_TICKET_STEP_WAIT,          /* the staff ask the student something */
  LK_TICKET_STEP_REPLY,         /* the student writes */
  LK_TICKET_STEP_RESOLVE,
  LK_TICKET_STEP_CLOSE,
  LK_TICKET_STEP_REOPEN,        /* within a time from RESOLVED, which the caller checks */
  LK_TICKET_STEP_DECIDE,        /* a lead, about the photo of an appeal or a held submission: RESOLVED */
} LkTicketStep;
#define LK_N_TICKET_STEPS (LK_TICKET_STEP_DECIDE + 1)

const char *lk_ticket_step_to_word   (LkTicketStep step);        /* "answer" */
gboolean    lk_ticket_step_from_word (const char *word, LkTicketStep *step);

/* The state after a step; FALSE when the state has no such step. */
gboolean lk_ticket_after_step (LkTicketState from, LkTicketStep step, LkTicketState *to);

/* Who may see tickets of a type, start them, and take a step with one: bits of LkRole (rules.md section 6). */
guint lk_ticket_roles_seeing   (LkTicketType type);
guint lk_ticket_roles_starting (LkTicketType type);
guint lk_ticket_roles_stepping (LkTicketType type, LkTicketStep step);

/* Whether a lead who decides on a ticket may take the photo from one state to another (rules.md section 7.1: an appeal upheld, a finding).
 * from == to: the photo stays what it is, which ends an appeal; what is held has to come to an end, and what is in review is decided there. */
gboolean lk_ticket_may_decide (LkState from, LkState to);

/* Words for what is attached: "conclusion", "screenshot", "feedback", "crop", "original", "other". */
gboolean lk_ticket_attachment_is_known (const char *kind);

/* The first kind of attachment that a student's ticket of this type lacks, NULL when it has all. kinds: NULL-terminated. */
const char *lk_ticket_lacks (LkTicketType type, const char *const *kinds);

G_END_DECLS
