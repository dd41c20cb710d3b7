/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a person said about a submission. */
typedef enum
{
  LK_VERDICT_APPROVE,           /* 审核通过 -> APPROVED */
  LK_VERDICT_RETURN,            /* 退回重传 -> RETURNED */
  LK_VERDICT_RESHOOT,           /* 要求重拍 -> RESHOOT */
  LK_VERDICT_HOLD,              /* 转交核实 -> HELD */
} LkVerdict;

const char *lk_verdict_to_word   (LkVerdict verdict);             /* "approve", "return", "reshoot", "hold" */
gboolean    lk_verdict_from_word (const char *word, LkVerdict *verdict);

enum { LK_DECISION_MAX_REASONS = 3 };

/**
 * LkDecision:
 *
 * A verdict on one photo, with all that makes it provable later (rules.md section 11).
 * Immutable. The key (UUIDv7) makes sending it twice harmless.
 */
#define LK_TYPE_DECISION (lk_decision_get_type ())
G_DECLARE_FINAL_TYPE (LkDecision, lk_decision, LK, DECISION, GObject)

typedef struct
{
  const char *key;              /* NULL: a new one is made */
  const char *submission;       /* id */
  const char *lease;            /* id of the lease under which the photo was seen */
  const char *photo;            /* SHA-256 (hex) of the photo that was on the screen */
  LkVerdict verdict;
  const char *const *reasons;   /* codes, main one first; NULL or empty for none */
  const char *note;             /* NULL or "" for none */
  gint64 decided_at;            /* µs UTC, the workstation's clock */
  int shown_ms;                 /* from the photo being shown to the decision */
  const char *input;            /* "key", "mouse" or "batch" */
  gboolean unsure;              /* tentative: a second person decides too (rules.md section 8.3) */
} LkDecisionDescription;

LkDecision *lk_decision_new (const LkDecisionDescription *description);

const char        *lk_decision_get_key        (LkDecision *self);
const char        *lk_decision_get_submission (LkDecision *self);
const char        *lk_decision_get_lease      (LkDecision *self);
const char        *lk_decision_get_photo      (LkDecision *self);
LkVerdict          lk_decision_get_verdict    (LkDecision *self);
const char *const *lk_decision_get_reasons    (LkDecision *self);  /* never NULL */
const char        *lk_decision_get_note       (LkDecision *self);  /* "" when none */
gint64             lk_decision_get_decided_at (LkDecision *self);
int                lk_decision_get_shown_ms   (LkDecision *self);
const char        *lk_decision_get_input      (LkDecision *self);
gboolean           lk_decision_get_unsure     (LkDecision *self);

G_END_DECLS
