/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check-set.h"
#include "photo/checker.h"
#include "tools/check/study.h"

G_BEGIN_DECLS

/* What was measured on the set, counted. */

enum { LK_RUN_SIZES = 3, LK_RUN_LENGTHS = 5 };

/* How far the measured places are from the drawn ones, in one frame size. */
typedef struct
{
  const char *check_id;
  double aim;                   /* for the median, at the smallest size */
  GArray *errors[LK_RUN_SIZES]; /* of double, |measured - drawn|, sorted; px of the reference frame or degrees */
} LkLengthErrors;

typedef struct
{
  guint n_portraits, n_single, n_mixed;
  guint64 seed;
  LkStudy *changes[LK_N_CHANGES];       /* all portraits, as drawn and after each change; a hint of a reliable check is a pass */
  LkStudy *hints[LK_N_CHANGES];         /* the same of those hints alone; checks without are empty */
  LkStudy *kinds[LK_N_CASES];           /* as drawn */
  LkStudy *sizes[LK_RUN_SIZES];         /* as drawn, by width */
  GHashTable *faults;           /* id of a fault -> LkStudy * of the portraits with that fault alone */
  LkLengthErrors lengths[LK_RUN_LENGTHS];
  GString *wrong;               /* CSV: each miss and false alarm, and how to draw the portrait */
} LkCheckRun;

extern const int lk_run_widths[LK_RUN_SIZES];

/* Draws the set and checks it on so many threads, of which the result does not depend. Says on standard error how far it is. */
LkCheckRun *lk_check_run_new  (LkChecker *checker, const LkSpec *spec, guint n_portraits, guint64 seed, guint jobs);
void        lk_check_run_free (LkCheckRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCheckRun, lk_check_run_free)

/* Of the faulty ones those that were found; one that could not be measured was not. */
LkShare lk_check_study_found (const LkCheckStudy *study);

const LkCheckStudy *lk_study_find (const LkStudy *study, const char *check_id);

G_END_DECLS
