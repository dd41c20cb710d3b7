/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ticket.h"

static const char *const type_words[LK_N_TICKET_TYPES] = {
  [LK_TICKET_CROP_HELP] = "CROP_HELP",
  [LK_TICKET_CODE_PROBLEM] = "CODE_PROBLEM",
  [LK_TICKET_APPEAL] = "APPEAL",
  [LK_TICKET_CORRECTION] = "CORRECTION",
  [LK_TICKET_IDENTITY] = "IDENTITY",
  [LK_TICKET_MAKEUP] = "MAKEUP",
  [LK_TICKET_OTHER] = "OTHER",
};

static const char *const state_words[LK_N_TICKET_STATES] = {
  [LK_TICKET_NEW] = "NEW",
  [LK_TICKET_OPEN] = "OPEN",
  [LK_TICKET_WAITING_STUDENT] = "WAITING_STUDENT",
  [LK_TICKET_RESOLVED] = "RESOLVED",
  [LK_TICKET_CLOSED] = "CLOSED",
};

static const char *const step_words[LK_N_TICKET_STEPS] = {
  [LK_TICKET_STEP_ANSWER] = "answer",
  [LK_TICKET_STEP_WAIT] = "wait",
  [LK_TICKET_STEP_REPLY] = "reply",
  [LK_TICKET_STEP_RESOLVE] = "resolve",
  [LK_TICKET_STEP_CLOSE] = "close",
  [LK_TICKET_STEP_REOPEN] = "reopen",
  [LK_TICKET_STEP_DECIDE] = "decide",
};

/* Where each step may start, and where it leads. A step out of NEW opens the ticket on its way. */
static const struct
{
  LkTicketStep step;
  guint from;                   /* bits */
  LkTicketState to;
} moves[] = {
#define AT(state) (1u << LK_TICKET_##state)
  { LK_TICKET_STEP_ANSWER, AT (NEW) | AT (OPEN) | AT (WAITING_STUDENT), LK_TICKET_OPEN },
  { LK_TICKET_STEP_WAIT, AT (NEW) | AT (OPEN), LK_TICKET_WAITING_STUDENT },
  { LK_TICKET_STEP_REPLY, AT (NEW), LK_TICKET_NEW },
  { LK_TICKET_STEP_REPLY, AT (OPEN) | AT (WAITING_STUDENT), LK_TICKET_OPEN },
  { LK_TICKET_STEP_RESOLVE, AT (NEW) | AT (OPEN) | AT (WAITING_STUDENT), LK_TICKET_RESOLVED },
  { LK_TICKET_STEP_CLOSE, AT (RESOLVED), LK_TICKET_CLOSED },
  { LK_TICKET_STEP_REOPEN, AT (RESOLVED), LK_TICKET_OPEN },
  { LK_TICKET_STEP_DECIDE, AT (NEW) | AT (OPEN) | AT (WAITING_STUDENT), LK_TICKET_RESOLVED },
#undef AT
};

static gboolean
from_word (const char *const *words, int n, const char *word, int *value)
{
  for (int i = 0; i < n; i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

const char *
lk_ticket_type_to_word (LkTicketType type)
{
  return type_words[type];
}

gboolean
lk_ticket_type_from_word (const char *word, LkTicketType *type)
{
  int value;

  if (!from_word (type_words, LK_N_TICKET_TYPES, word, &value))
    return FALSE;
  *type = (LkTicketType) value;
  return TRUE;
}

const char *
lk_ticket_state_to_word (LkTicketState state)
{
  return state_words[state];
}

gboolean
lk_ticket_state_from_word (const char *word, LkTicketState *state)
{
  int value;

  if (!from_word (state_words, LK_N_TICKET_STATES, word, &value))
    return FALSE;
  *state = (LkTicketState) value;
  return TRUE;
}

const char *
lk_ticket_step_to_word (LkTicketStep step)
{
  return step_words[step];
}

gboolean
lk_ticket_step_from_word (const char *word, LkTicketStep *step)
{
  int value;

  if (!from_word (step_words, LK_N_TICKET_STEPS, word, &value))
    return FALSE;
  *step = (LkTicketStep) value;
  return TRUE;
}

gboolean
lk_ticket_after_step (LkTicketState from, LkTicketStep step, LkTicketState *to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].step == step && (moves[i].from & 1u << from) != 0)
      {
        *to = moves[i].to;
        return TRUE;
      }
  return FALSE;
}

#define HANDLERS (LK_ROLE_DESK | LK_ROLE_REGISTRAR)

/* About a decision on a photo: a lead's to settle. */
static gboolean
is_about_decision (LkTicketType type)
{
  return type == LK_TICKET_APPEAL || type == LK_TICKET_IDENTITY;
}

guint
lk_ticket_roles_seeing (LkTicketType type)
{
  return HANDLERS | LK_ROLE_AUDITOR | LK_ROLE_ADVISER | LK_ROLE_STUDENT | LK_ROLE_SYSTEM | (is_about_decision (type) ? LK_ROLE_LEAD : 0);
}

guint
lk_ticket_roles_starting (LkTicketType type)
{
  /* a correction comes through the class adviser, in writing */
  if (type == LK_TICKET_CORRECTION)
    return HANDLERS | LK_ROLE_ADVISER;
  if (type == LK_TICKET_IDENTITY)
    return HANDLERS | LK_ROLE_LEAD | LK_ROLE_SYSTEM;
  return HANDLERS | LK_ROLE_ADVISER | LK_ROLE_STUDENT;
}

guint
lk_ticket_roles_stepping (LkTicketType type, LkTicketStep step)
{
  switch (step)
    {
    case LK_TICKET_STEP_REPLY:
      return LK_ROLE_STUDENT;
    case LK_TICKET_STEP_REOPEN:
      return HANDLERS | LK_ROLE_STUDENT | (is_about_decision (type) ? LK_ROLE_LEAD : 0);
    case LK_TICKET_STEP_DECIDE:
      return is_about_decision (type) ? LK_ROLE_LEAD : 0;
    case LK_TICKET_STEP_RESOLVE:
      /* an appeal ends with a lead's decision and not before */
      return type == LK_TICKET_APPEAL ? 0 : HANDLERS;
    case LK_TICKET_STEP_ANSWER:
    case LK_TICKET_STEP_WAIT:
      return HANDLERS | (is_about_decision (type) ? LK_ROLE_LEAD : 0);
    case LK_TICKET_STEP_CLOSE:
    default:
      return HANDLERS | LK_ROLE_SYSTEM | (is_about_decision (type) ? LK_ROLE_LEAD : 0);
    }
}

gboolean
lk_ticket_may_decide (LkState from, LkState to)
{
  if (from == LK_STATE_PENDING || from == LK_STATE_IN_REVIEW || from == LK_STATE_SECOND_REVIEW)
    return FALSE;
  if (to == from)
    return from != LK_STATE_HELD;
  if (from != LK_STATE_RETURNED && from != LK_STATE_RESHOOT && from != LK_STATE_HELD)
    return FALSE;
  /* a lead's moves without a reason to be given are other things: the own decision taken back */
  return lk_state_may_move (from, to, LK_ROLE_LEAD) && lk_state_needs (from, to) == LK_NEEDS_REASON;
}

gboolean
lk_ticket_attachment_is_known (const char *kind)
{
  static const char *const kinds[] = { "conclusion", "screenshot", "feedback", "crop", "original", "other", NULL };

  return kind != NULL && g_strv_contains (kinds, kind);
}

const char *
lk_ticket_lacks (LkTicketType type, const char *const *kinds)
{
  static const char *const for_crop[] = { "feedback", "crop", "original", NULL };
  static const char *const for_appeal[] = { "conclusion", "screenshot", NULL };
  const char *const *needed = type == LK_TICKET_CROP_HELP ? for_crop : type == LK_TICKET_APPEAL ? for_appeal : NULL;

  for (gsize i = 0; needed != NULL && needed[i] != NULL; i++)
    if (!g_strv_contains (kinds, needed[i]))
      return needed[i];
  return NULL;
}
