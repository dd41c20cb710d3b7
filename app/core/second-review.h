/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"

G_BEGIN_DECLS

/* Which first decisions a second person looks at: rules.md section 8.3. */

typedef enum
{
  LK_SECOND_NOT,                /* the first decision stands */
  LK_SECOND_UNSURE,             /* the reviewer asked for it */
  LK_SECOND_IDENTITY,           /* R7xx or R802 */
  LK_SECOND_HARD,               /* an approval against a failed hard check */
  LK_SECOND_APPEAL,             /* put back into the queue by a lead, for an appeal or a finding */
  LK_SECOND_NEW,                /* one of a new reviewer's first decisions */
  LK_SECOND_RANDOM,
} LkSecondCause;

const char *lk_second_cause_to_word (LkSecondCause cause);       /* "random"; NULL for NOT */

/* Limits from data/service.json. All zero: only what a reviewer is unsure about. */
typedef struct
{
  gboolean by_rule;             /* identity, hard failures and appeals always */
  int first_decisions;          /* of a new reviewer */
  int approvals, rejections;    /* one in a hundred: how many */
  int known;                    /* known-answer photos in a hundred leases */
  int after_seconds;            /* from the decision to its being offered to a second person */
  gint64 seed;                  /* 0: by chance; else the same choice each time, for tests */
} LkSecondReview;

/* What is known about a first decision. */
typedef struct
{
  LkVerdict verdict;
  const char *const *reasons;   /* may be NULL */
  gboolean unsure, hard_failed;
  gboolean put_back;            /* a lead has set earlier decisions aside */
  gboolean is_lead;             /* the first decisions of a lead are those of somebody experienced */
  guint n_before;               /* decisions of this reviewer that stand */
} LkFirstDecision;

/* Why a second person looks at it; draw is a number from 0 up to but not including 1. weight gets how many decisions it stands for
 * in the figures of agreement, 0 when it was not drawn. */
LkSecondCause lk_second_review_cause (const LkSecondReview *self, const LkFirstDecision *first, double draw, double *weight);

/* A number from 0 up to but not including 1: by chance when the seed is 0, else made from seed and text. */
double lk_second_review_draw (const LkSecondReview *self, const char *text);

G_END_DECLS
