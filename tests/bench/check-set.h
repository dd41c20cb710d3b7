/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/check/labels.h"
#include "tools/portrait/write.h"
#include "core/spec.h"

G_BEGIN_DECLS

/* The drawn set on which the checks are measured: number i of it is always the same portrait with the same faults. */

typedef enum
{
  LK_CASE_CLEAN,
  LK_CASE_SINGLE,               /* one fault */
  LK_CASE_MIXED,                /* two */
  LK_N_CASES,
} LkCaseKind;

/* What is done to a finished photo before it is sent in. */
typedef enum
{
  LK_CHANGE_NONE,
  LK_CHANGE_RESCALED,           /* to the next smaller of the allowed sizes; the smallest one larger by a half */
  LK_CHANGE_JPEG,               /* quality 60, colour at half resolution */
  LK_CHANGE_CAST,               /* the person warmer or colder, as a lamp makes it before the background is replaced */
  LK_CHANGE_NOISE,
  LK_N_CHANGES,
} LkChange;

/* One portrait of the set as it was drawn. */
typedef struct
{
  LkCaseKind kind;
  guint64 seed;
  const char *faults[2];        /* of lk_portrait_fault_ids(); NULL where there is none */
  LkPortraitParams *params;
  LkPortrait *portrait;
  LkTruth truth;                /* px of the portrait */
  GBytes *id_photo;             /* NULL for most */
} LkCase;

/* One file made of it. */
typedef struct
{
  const LkCase *drawn;
  LkChange change;
  GBytes *file;
  int width, height;            /* px */
} LkCaseFile;

extern const char *const lk_case_kind_words[LK_N_CASES];
extern const char *const lk_change_words[LK_N_CHANGES];

/* Draws number i. Any thread. */
LkCase *lk_case_new  (guint i, guint64 seed);
void    lk_case_free (LkCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCase, lk_case_free)

/* The photo as it is sent in after a change. */
void lk_case_make_file  (const LkCase *self, LkChange change, LkCaseFile *file);
void lk_case_file_clear (LkCaseFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LkCaseFile, lk_case_file_clear)

/* How it is drawn by hand: a command of likeness-draw; newly allocated. */
char *lk_case_command (const LkCase *self);

/**
 * lk_case_label:
 *
 * Whether the fault this check looks for is on the photo, from what was drawn and nothing that was measured. Unknown where
 * the drawing does not say: a place nearer to a limit than it has to be measured, or another fault that shows in the same
 * thing (lk_case_kin()).
 */
LkLabel lk_case_label (const LkCaseFile *file, const LkSpec *spec, const char *check_id);

/* The same for what the check only gives hints of. Where it also has the fault it is sure of, that comes first: unknown. */
LkLabel lk_case_label_hints (const LkCaseFile *file, const LkSpec *spec, const char *check_id);

/* Whether a fault is one that a check called reliable gives only hints of: all but the one with the check's own id. */
gboolean lk_case_is_hint (const LkSpec *spec, const char *check_id, const char *fault);

/* Whether the check has such faults. */
gboolean lk_case_has_hints (const LkSpec *spec, const char *check_id);

/* Whether there is a fault to draw for this check. */
gboolean lk_case_has_fault (const char *check_id);

/* The checks whose faults also change what this one measures, separated by spaces; "" for none. */
const char *lk_case_kin (const char *check_id);

/* What the drawing says a check should measure, in its unit; NAN when it does not say. */
double lk_case_truth (const LkCaseFile *file, const LkSpec *spec, const char *check_id);

G_END_DECLS
