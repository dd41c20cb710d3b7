/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/state.h"

static const char *const state_words[LK_N_STATES] = {
  [LK_STATE_DRAFT] = "DRAFT",
  [LK_STATE_CHECK_FAILED] = "CHECK_FAILED",
  [LK_STATE_CHECK_PASSED] = "CHECK_PASSED",
  [LK_STATE_PENDING] = "PENDING",
  [LK_STATE_IN_REVIEW] = "IN_REVIEW",
  [LK_STATE_SECOND_REVIEW] = "SECOND_REVIEW",
  [LK_STATE_APPROVED] = "APPROVED",
  [LK_STATE_RETURNED] = "RETURNED",
  [LK_STATE_RESHOOT] = "RESHOOT",
  [LK_STATE_HELD] = "HELD",
  [LK_STATE_SUPERSEDED] = "SUPERSEDED",
  [LK_STATE_EXPORTED] = "EXPORTED",
  [LK_STATE_CHSI_REFUSED] = "CHSI_REFUSED",
  [LK_STATE_CONFIRMED] = "CONFIRMED",
  [LK_STATE_CORRECTION] = "CORRECTION",
  [LK_STATE_EXPIRED] = "EXPIRED",
};

static const struct
{
  LkRole role;
  const char *word;
} roles[] = {
  { LK_ROLE_SYSTEM, "system" },
  { LK_ROLE_REVIEWER, "reviewer" },
  { LK_ROLE_LEAD, "lead" },
  { LK_ROLE_ADVISER, "adviser" },
  { LK_ROLE_DESK, "desk" },
  { LK_ROLE_REGISTRAR, "registrar" },
  { LK_ROLE_STUDENT, "student" },
  { LK_ROLE_AUDITOR, "auditor" },
};

#define SYSTEM LK_ROLE_SYSTEM
#define STUDENT LK_ROLE_STUDENT
#define REVIEWERS (LK_ROLE_REVIEWER | LK_ROLE_LEAD)
#define LEAD LK_ROLE_LEAD
#define REGISTRAR LK_ROLE_REGISTRAR
#define AFTER_EXPORT (LK_ROLE_REGISTRAR | LK_ROLE_DESK)

/* rules.md section 7.1, row by row: what is not here is not allowed. What a row needs beside the right person is told by
 * lk_state_needs(); that a decision has reasons, a note or a second person is the decision's own rule. */
static const struct
{
  LkState from, to;
  guint actors, needs;
} moves[] = {
  { LK_STATE_DRAFT, LK_STATE_CHECK_FAILED, SYSTEM, LK_NEEDS_WINDOW | LK_NEEDS_TRY },
  { LK_STATE_DRAFT, LK_STATE_CHECK_PASSED, SYSTEM, LK_NEEDS_WINDOW | LK_NEEDS_TRY },
  { LK_STATE_CHECK_FAILED, LK_STATE_DRAFT, STUDENT, LK_NEEDS_TRY },
  { LK_STATE_CHECK_PASSED, LK_STATE_PENDING, STUDENT, LK_NEEDS_WINDOW },
  { LK_STATE_CHECK_PASSED, LK_STATE_DRAFT, STUDENT, LK_NEEDS_TRY },
  { LK_STATE_PENDING, LK_STATE_IN_REVIEW, REVIEWERS, 0 },
  { LK_STATE_IN_REVIEW, LK_STATE_PENDING, SYSTEM | REVIEWERS, 0 },
  { LK_STATE_IN_REVIEW, LK_STATE_APPROVED, REVIEWERS, 0 },
  { LK_STATE_IN_REVIEW, LK_STATE_RETURNED, REVIEWERS, 0 },
  { LK_STATE_IN_REVIEW, LK_STATE_RESHOOT, REVIEWERS, 0 },
  { LK_STATE_IN_REVIEW, LK_STATE_HELD, REVIEWERS, 0 },
  { LK_STATE_IN_REVIEW, LK_STATE_SECOND_REVIEW, SYSTEM, 0 },
  { LK_STATE_SECOND_REVIEW, LK_STATE_APPROVED, LEAD, 0 },
  { LK_STATE_SECOND_REVIEW, LK_STATE_RETURNED, LEAD, 0 },
  { LK_STATE_SECOND_REVIEW, LK_STATE_RESHOOT, LEAD, 0 },
  { LK_STATE_SECOND_REVIEW, LK_STATE_HELD, LEAD, 0 },
  { LK_STATE_HELD, LK_STATE_PENDING, LEAD, LK_NEEDS_REASON },
  { LK_STATE_HELD, LK_STATE_APPROVED, LEAD, LK_NEEDS_REASON },
  { LK_STATE_HELD, LK_STATE_RESHOOT, LEAD, LK_NEEDS_REASON },
  /* undo by the same reviewer within ten minutes; HELD too, since a mistaken key must be as easy to take back */
  { LK_STATE_APPROVED, LK_STATE_IN_REVIEW, REVIEWERS, LK_NEEDS_UNSEEN },
  { LK_STATE_RETURNED, LK_STATE_IN_REVIEW, REVIEWERS, LK_NEEDS_UNSEEN },
  { LK_STATE_RESHOOT, LK_STATE_IN_REVIEW, REVIEWERS, LK_NEEDS_UNSEEN },
  { LK_STATE_HELD, LK_STATE_IN_REVIEW, REVIEWERS, LK_NEEDS_UNSEEN },
  /* the same for a decision that a second person is to look at, and for that person's own */
  { LK_STATE_SECOND_REVIEW, LK_STATE_IN_REVIEW, REVIEWERS, 0 },
  { LK_STATE_APPROVED, LK_STATE_SECOND_REVIEW, LEAD, LK_NEEDS_UNSEEN },
  { LK_STATE_RETURNED, LK_STATE_SECOND_REVIEW, LEAD, LK_NEEDS_UNSEEN },
  { LK_STATE_RESHOOT, LK_STATE_SECOND_REVIEW, LEAD, LK_NEEDS_UNSEEN },
  { LK_STATE_HELD, LK_STATE_SECOND_REVIEW, LEAD, LK_NEEDS_UNSEEN },
  { LK_STATE_RETURNED, LK_STATE_SUPERSEDED, SYSTEM, 0 },
  { LK_STATE_RESHOOT, LK_STATE_SUPERSEDED, SYSTEM, 0 },
  { LK_STATE_RETURNED, LK_STATE_PENDING, LEAD, LK_NEEDS_REASON },
  { LK_STATE_RETURNED, LK_STATE_APPROVED, LEAD, LK_NEEDS_REASON },
  { LK_STATE_RESHOOT, LK_STATE_PENDING, LEAD, LK_NEEDS_REASON },
  { LK_STATE_RESHOOT, LK_STATE_APPROVED, LEAD, LK_NEEDS_REASON },
  { LK_STATE_APPROVED, LK_STATE_PENDING, LEAD, LK_NEEDS_REASON },
  { LK_STATE_APPROVED, LK_STATE_EXPORTED, REGISTRAR, 0 },
  { LK_STATE_EXPORTED, LK_STATE_CHSI_REFUSED, AFTER_EXPORT, 0 },
  { LK_STATE_EXPORTED, LK_STATE_CONFIRMED, AFTER_EXPORT, 0 },
  { LK_STATE_EXPORTED, LK_STATE_CORRECTION, AFTER_EXPORT, 0 },
  { LK_STATE_CHSI_REFUSED, LK_STATE_DRAFT, REGISTRAR, 0 },
  { LK_STATE_CHSI_REFUSED, LK_STATE_EXPORTED, REGISTRAR, LK_NEEDS_REASON },
  { LK_STATE_CORRECTION, LK_STATE_DRAFT, REGISTRAR, 0 },
  { LK_STATE_CORRECTION, LK_STATE_EXPORTED, REGISTRAR, LK_NEEDS_REASON },
  /* "any open state": everything that a closing round can still leave without approval */
  { LK_STATE_DRAFT, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_CHECK_FAILED, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_CHECK_PASSED, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_PENDING, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_IN_REVIEW, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_SECOND_REVIEW, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_RETURNED, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_RESHOOT, LK_STATE_EXPIRED, SYSTEM, 0 },
  { LK_STATE_HELD, LK_STATE_EXPIRED, SYSTEM, 0 },
};

const char *
lk_state_to_word (LkState state)
{
  return state_words[state];
}

gboolean
lk_state_from_word (const char *word, LkState *state)
{
  for (int i = 0; i < LK_N_STATES; i++)
    if (g_strcmp0 (state_words[i], word) == 0)
      {
        *state = (LkState) i;
        return TRUE;
      }
  return FALSE;
}

const char *
lk_role_to_word (LkRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return roles[i].word;
  return NULL;
}

gboolean
lk_role_from_word (const char *word, LkRole *role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].word, word) == 0)
      {
        *role = roles[i].role;
        return TRUE;
      }
  return FALSE;
}

gboolean
lk_state_may_move (LkState from, LkState to, LkRole actor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].to == to)
      return (moves[i].actors & actor) != 0;
  return FALSE;
}

guint
lk_state_needs (LkState from, LkState to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].to == to)
      return moves[i].needs;
  return 0;
}

LkState
lk_state_for_verdict (LkVerdict verdict)
{
  static const LkState states[] = {
    [LK_VERDICT_APPROVE] = LK_STATE_APPROVED,
    [LK_VERDICT_RETURN] = LK_STATE_RETURNED,
    [LK_VERDICT_RESHOOT] = LK_STATE_RESHOOT,
    [LK_VERDICT_HOLD] = LK_STATE_HELD,
  };

  return states[verdict];
}
