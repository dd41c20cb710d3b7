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

#define REVIEWERS (LK_ROLE_REVIEWER | LK_ROLE_LEAD)

/* rules.md section 7.1, row by row; the row's condition is the caller's to check. */
static const struct
{
  LkState from, to;
  guint actors;
} moves[] = {
  { LK_STATE_DRAFT, LK_STATE_CHECK_FAILED, LK_ROLE_SYSTEM },
  { LK_STATE_DRAFT, LK_STATE_CHECK_PASSED, LK_ROLE_SYSTEM },
  { LK_STATE_CHECK_FAILED, LK_STATE_DRAFT, LK_ROLE_STUDENT },
  { LK_STATE_CHECK_PASSED, LK_STATE_PENDING, LK_ROLE_STUDENT },
  { LK_STATE_CHECK_PASSED, LK_STATE_DRAFT, LK_ROLE_STUDENT },
  { LK_STATE_PENDING, LK_STATE_IN_REVIEW, REVIEWERS },
  { LK_STATE_IN_REVIEW, LK_STATE_PENDING, LK_ROLE_SYSTEM | REVIEWERS },
  { LK_STATE_IN_REVIEW, LK_STATE_APPROVED, REVIEWERS },
  { LK_STATE_IN_REVIEW, LK_STATE_RETURNED, REVIEWERS },
  { LK_STATE_IN_REVIEW, LK_STATE_RESHOOT, REVIEWERS },
  { LK_STATE_IN_REVIEW, LK_STATE_HELD, REVIEWERS },
  { LK_STATE_IN_REVIEW, LK_STATE_SECOND_REVIEW, LK_ROLE_SYSTEM },
  { LK_STATE_SECOND_REVIEW, LK_STATE_APPROVED, LK_ROLE_LEAD },
  { LK_STATE_SECOND_REVIEW, LK_STATE_RETURNED, LK_ROLE_LEAD },
  { LK_STATE_SECOND_REVIEW, LK_STATE_RESHOOT, LK_ROLE_LEAD },
  { LK_STATE_SECOND_REVIEW, LK_STATE_HELD, LK_ROLE_LEAD },
  { LK_STATE_HELD, LK_STATE_PENDING, LK_ROLE_LEAD },
  { LK_STATE_HELD, LK_STATE_APPROVED, LK_ROLE_LEAD },
  { LK_STATE_HELD, LK_STATE_RESHOOT, LK_ROLE_LEAD },
  /* undo by the same reviewer within ten minutes; HELD too, since a mistaken key must be as easy to take back */
  { LK_STATE_APPROVED, LK_STATE_IN_REVIEW, REVIEWERS },
  { LK_STATE_RETURNED, LK_STATE_IN_REVIEW, REVIEWERS },
  { LK_STATE_RESHOOT, LK_STATE_IN_REVIEW, REVIEWERS },
  { LK_STATE_HELD, LK_STATE_IN_REVIEW, REVIEWERS },
  /* the same for a decision that a second person is to look at, and for that person's own */
  { LK_STATE_SECOND_REVIEW, LK_STATE_IN_REVIEW, REVIEWERS },
  { LK_STATE_APPROVED, LK_STATE_SECOND_REVIEW, LK_ROLE_LEAD },
  { LK_STATE_RETURNED, LK_STATE_SECOND_REVIEW, LK_ROLE_LEAD },
  { LK_STATE_RESHOOT, LK_STATE_SECOND_REVIEW, LK_ROLE_LEAD },
  { LK_STATE_HELD, LK_STATE_SECOND_REVIEW, LK_ROLE_LEAD },
  { LK_STATE_RETURNED, LK_STATE_SUPERSEDED, LK_ROLE_SYSTEM },
  { LK_STATE_RESHOOT, LK_STATE_SUPERSEDED, LK_ROLE_SYSTEM },
  { LK_STATE_RETURNED, LK_STATE_PENDING, LK_ROLE_LEAD },
  { LK_STATE_RETURNED, LK_STATE_APPROVED, LK_ROLE_LEAD },
  { LK_STATE_RESHOOT, LK_STATE_PENDING, LK_ROLE_LEAD },
  { LK_STATE_RESHOOT, LK_STATE_APPROVED, LK_ROLE_LEAD },
  { LK_STATE_APPROVED, LK_STATE_PENDING, LK_ROLE_LEAD },
  { LK_STATE_APPROVED, LK_STATE_EXPORTED, LK_ROLE_REGISTRAR },
  { LK_STATE_EXPORTED, LK_STATE_CHSI_REFUSED, LK_ROLE_REGISTRAR | LK_ROLE_DESK },
  { LK_STATE_EXPORTED, LK_STATE_CONFIRMED, LK_ROLE_REGISTRAR | LK_ROLE_DESK },
  { LK_STATE_EXPORTED, LK_STATE_CORRECTION, LK_ROLE_REGISTRAR | LK_ROLE_DESK },
  { LK_STATE_CHSI_REFUSED, LK_STATE_DRAFT, LK_ROLE_REGISTRAR },
  { LK_STATE_CHSI_REFUSED, LK_STATE_EXPORTED, LK_ROLE_REGISTRAR },
  { LK_STATE_CORRECTION, LK_STATE_DRAFT, LK_ROLE_REGISTRAR },
  { LK_STATE_CORRECTION, LK_STATE_EXPORTED, LK_ROLE_REGISTRAR },
};

/* "Any open state": everything that a closing round can still leave without approval. */
static gboolean
is_open (LkState state)
{
  return state <= LK_STATE_SECOND_REVIEW || state == LK_STATE_RETURNED ||
         state == LK_STATE_RESHOOT || state == LK_STATE_HELD;
}

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
  if (to == LK_STATE_EXPIRED)
    return actor == LK_ROLE_SYSTEM && is_open (from);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].to == to)
      return (moves[i].actors & actor) != 0;
  return FALSE;
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
