/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "core/other.h"

G_BEGIN_DECLS

/* Automatic checks of a photo: rules.md section 3, and the measures of image quality of ISO/IEC 29794-5. A measure is a check
 * in every way but two: its id begins with M and a number, and its outcome is information. It suggests no reason and changes
 * neither a photo's place in the queue nor what its worst outcome is. */

typedef enum
{
  LK_OUTCOME_PASS,
  LK_OUTCOME_WARN,
  LK_OUTCOME_FAIL,
  LK_OUTCOME_NOT_RUN,           /* could not be measured; never shown as pass */
} LkOutcome;

typedef enum
{
  LK_CHECK_SOFT,                /* outside the limits: a warning to the reviewer */
  LK_CHECK_HARD,                /* outside the limits: a failure that blocks */
} LkCheckKind;

typedef enum
{
  LK_CERTAINTY_RELIABLE,
  LK_CERTAINTY_HINT,            /* shown as a hint, staff decides (engine.md section 6) */
} LkCertainty;

typedef enum
{
  LK_REGION_NONE,
  LK_REGION_ROW,                /* a horizontal line at y0, drawn from x0 to x1 */
  LK_REGION_COLUMN,             /* a vertical line at x0, from y0 to y1 */
  LK_REGION_SPAN,               /* a measured length from (x0, y0) to (x1, y1) */
  LK_REGION_BOX,                /* a rectangle */
} LkRegionKind;

/* A place on the photo; all coordinates are fractions 0..1 of the upright photo's width and height. */
typedef struct
{
  LkRegionKind kind;
  float x0, y0, x1, y1;
} LkRegion;

/* What a check is called and how its value is written; one declared entry a check (check.c). */
typedef struct
{
  const char *id;               /* "G3_eye_line" */
  const char *title;            /* English, marked for translation: use lk_check_info_title() or lk_text_zh() */
  const char *unit;             /* "px" (480 x 640 frame; of the photo itself for sizes and M11), "°", "%", "" ... */
  int digits;                   /* decimals shown */
} LkCheckInfo;

const LkCheckInfo *lk_check_info_find (const char *id);           /* NULL when the id is of neither list */
const LkCheckInfo *lk_check_info_list (gsize *n_infos);           /* in the order of rules.md */
const LkCheckInfo *lk_measure_info_list (gsize *n_infos);         /* the measures */
const char        *lk_check_info_title (const LkCheckInfo *info); /* translated */

/**
 * LkCheck:
 *
 * One check's result for one photo. Immutable once made. A changed limit never
 * rewrites an old result: the limits it was judged by are stored with it.
 */
#define LK_TYPE_CHECK (lk_check_get_type ())
G_DECLARE_FINAL_TYPE (LkCheck, lk_check, LK, CHECK, GObject)

/* How a new check is described; strings are copied. NAN in value, score or a limit means "none". */
typedef struct
{
  const char *id;
  int version;                  /* of the spec entry it was judged by */
  LkCheckKind kind;
  LkCertainty certainty;
  LkOutcome outcome;
  double value;                 /* in the unit of its info */
  double score;                 /* quality, 0 to 100: 50 and more inside the limits (score.h); NAN when unknown */
  double low, high;             /* inclusive limits of "pass" */
  double hard_low, hard_high;   /* beyond these it is plainly wrong, not just doubtful */
  LkRegion region;
  const char *reason;           /* suggested reason code, "R203", or NULL */
  const char *why;              /* for NOT_RUN: "no-engine", "no-face", "no-reference", "low-resolution"... else NULL */
  GPtrArray *others;            /* of LkOther: what it was compared with; a reference is taken; NULL for none */
} LkCheckDescription;

LkCheck *lk_check_new (const LkCheckDescription *description);

const char     *lk_check_get_id        (LkCheck *self);
int             lk_check_get_version   (LkCheck *self);
gboolean        lk_check_is_measure    (LkCheck *self);      /* by its id, so that one of a newer version is known too */
LkCheckKind     lk_check_get_kind      (LkCheck *self);
LkCertainty     lk_check_get_certainty (LkCheck *self);
LkOutcome       lk_check_get_outcome   (LkCheck *self);
double          lk_check_get_value     (LkCheck *self);
double          lk_check_get_score     (LkCheck *self);
double          lk_check_get_low       (LkCheck *self);
double          lk_check_get_high      (LkCheck *self);
double          lk_check_get_hard_low  (LkCheck *self);
double          lk_check_get_hard_high (LkCheck *self);
const LkRegion *lk_check_get_region    (LkCheck *self);
const char     *lk_check_get_reason    (LkCheck *self);
const char     *lk_check_get_why       (LkCheck *self);
GPtrArray      *lk_check_get_others    (LkCheck *self);      /* of LkOther, borrowed; NULL for none */

/* Text for people, translated, newly allocated: "Eye line", "252 px", "200–300", "≤ 2 %"; "" where there is none. */
char *lk_check_dup_title      (LkCheck *self);
char *lk_check_dup_value_text (LkCheck *self);
char *lk_check_dup_limit_text (LkCheck *self);
char *lk_check_dup_why_text   (LkCheck *self);   /* why it was not run, a sentence */
const char *lk_check_get_why_source (LkCheck *self);     /* the same sentence as it stands in the sources, NULL when it was run; static */
char *lk_check_dup_found_text (LkCheck *self);   /* whom it concerns beside the student: "The same picture as ..." */

/* "pass", "warn", "fail", "not_run" and back; FALSE for an unknown word. */
const char *lk_outcome_to_word   (LkOutcome outcome);
gboolean    lk_outcome_from_word (const char *word, LkOutcome *outcome);

/* The order in which outcomes are shown: fail, warn, not_run, pass. */
int lk_outcome_compare (LkOutcome a, LkOutcome b);

/* Whether a check says something of the photo as a whole. Measures are information, and a college that collects without
 * collection codes has none to compare with: I1 is shown as not run, but no photo waits for it. */
gboolean lk_check_counts (LkCheck *self);

/* The worst outcome of those of an array of LkCheck that count (fail before warn before not_run before pass); PASS when empty. */
LkOutcome lk_checks_worst (GPtrArray *checks);

/* The measures among an array of LkCheck, or the others; a new array that owns references. */
GPtrArray *lk_checks_filter (GPtrArray *checks, gboolean measures);

/* The check with this id in an array of LkCheck, or NULL; borrowed. */
LkCheck *lk_checks_find (GPtrArray *checks, const char *id);

/* Where G6_roll measured the eyes of the photo. */
LkEyes lk_checks_get_eyes (GPtrArray *checks);

G_END_DECLS
