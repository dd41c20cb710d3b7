/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "core/decision.h"

G_BEGIN_DECLS

/* States of a submission and who may move them: the one table of rules.md section 7.1. */
typedef enum
{
  LK_STATE_DRAFT,
  LK_STATE_CHECK_FAILED,
  LK_STATE_CHECK_PASSED,
  LK_STATE_PENDING,
  LK_STATE_IN_REVIEW,
  LK_STATE_SECOND_REVIEW,
  LK_STATE_APPROVED,
  LK_STATE_RETURNED,
  LK_STATE_RESHOOT,
  LK_STATE_HELD,
  LK_STATE_SUPERSEDED,
  LK_STATE_EXPORTED,
  LK_STATE_CHSI_REFUSED,
  LK_STATE_CONFIRMED,
  LK_STATE_CORRECTION,
  LK_STATE_EXPIRED,
} LkState;
#define LK_N_STATES (LK_STATE_EXPIRED + 1)

/* Who acts; roles of rules.md section 6 and the system itself. Bits, for the transition table. */
typedef enum
{
  LK_ROLE_SYSTEM    = 1 << 0,
  LK_ROLE_REVIEWER  = 1 << 1,
  LK_ROLE_LEAD      = 1 << 2,
  LK_ROLE_ADVISER   = 1 << 3,
  LK_ROLE_DESK      = 1 << 4,
  LK_ROLE_REGISTRAR = 1 << 5,
  LK_ROLE_STUDENT   = 1 << 6,
  LK_ROLE_AUDITOR   = 1 << 7,
} LkRole;

const char *lk_state_to_word   (LkState state);                  /* "IN_REVIEW" */
gboolean    lk_state_from_word (const char *word, LkState *state);
const char *lk_role_to_word    (LkRole role);                    /* "reviewer" */
gboolean    lk_role_from_word  (const char *word, LkRole *role);

/* TRUE when the table has this transition for this actor. A lead may do what a reviewer may. */
gboolean lk_state_may_move (LkState from, LkState to, LkRole actor);

/* What a transition needs beside somebody who may make it. */
enum
{
  LK_NEEDS_WINDOW = 1 << 0,     /* the site's window is open, or the right to send again runs, when it is asked for */
  LK_NEEDS_TRY    = 1 << 1,     /* a try is left */
  LK_NEEDS_UNSEEN = 1 << 2,     /* the student has not seen the result */
  LK_NEEDS_REASON = 1 << 3,     /* a reason or finding in words, which goes into the audit */
};
guint lk_state_needs (LkState from, LkState to);

/* The state a verdict leads to. */
LkState lk_state_for_verdict (LkVerdict verdict);

G_END_DECLS
