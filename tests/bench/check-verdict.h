/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check-run.h"

G_BEGIN_DECLS

/* What the figures of a run say about one check, and whether that is what the spec says of it. */
typedef struct
{
  const LkCheckStudy *studies[LK_N_CHANGES];
  char name[48];                /* the check's id; "E1_eyes, hints" */
  LkCertainty certainty;        /* of the spec, or of the hints */
  LkShare found, alarms;        /* as drawn; share NAN where nothing of the kind was drawn */
  double found_by[LK_N_CHANGES], alarms_by[LK_N_CHANGES];       /* how much more after the change, points; NAN */
  gboolean has_fault;           /* there is a fault to draw for it; else only its false alarms on clean portraits are known */
  gboolean is_drawn;            /* there are portraits with the fault, if there is one, and without */
  gboolean is_enough;           /* at least 95 % found at 2 % false alarms at most */
  gboolean is_steady;           /* after no change less found or more alarms by over 3 points */
} LkCheckVerdict;

/* Rows of a table of verdicts: two a check, the second one for the hints that a check called reliable also gives. */
guint lk_check_verdict_rows (const LkCheckRun *run);

/* FALSE: there is no such row, for the check gives no hints. */
gboolean lk_check_verdict (LkCheckVerdict *self, const LkCheckRun *run, const LkSpec *spec, guint row);

/* A check that is called reliable and is not. */
gboolean lk_check_verdict_is_broken (const LkCheckVerdict *self);

/* What does not hold, as words: "found less than 95 %, more false alarms after noise"; "" when all does. Newly allocated. */
char *lk_check_verdict_text (const LkCheckVerdict *self);

G_END_DECLS
