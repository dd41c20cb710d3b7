/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"
#include "core/decision.h"

G_BEGIN_DECLS

/* The catalogue of reject reasons: data/reasons.json (rules.md section 4). Codes are stable for ever. */

typedef struct
{
  char *code;                   /* "R203" */
  char *text_zh, *text_en;      /* what the student reads */
  char *advice_zh, *advice_en;  /* what the student should do */
  LkVerdict verdict;            /* default: return, reshoot or hold (ESCALATE); REDO is return with redo set */
  gboolean redo;                /* the system's fault: the try is given back */
  gboolean needs_note;          /* R899 */
  gboolean private_to_staff;    /* R701-R704, R802: the student sees only "please contact the desk" */
  gboolean retired;
  char **checks;                /* ids of checks that suggest it; may be empty */
  char *look_zh, *look_en;      /* a word for the reviewer's own list, as no check can see it; NULL: not on that list */
} LkReason;

typedef struct _LkReasonCatalogue LkReasonCatalogue;

LkReasonCatalogue *lk_reason_catalogue_load (const char *path, GError **error);       /* LK_ERROR_BAD_SPEC */
LkReasonCatalogue *lk_reason_catalogue_parse (const char *json, gssize length, GError **error);
LkReasonCatalogue *lk_reason_catalogue_load_default (GError **error);
LkReasonCatalogue *lk_reason_catalogue_ref   (LkReasonCatalogue *self);
void               lk_reason_catalogue_unref (LkReasonCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkReasonCatalogue, lk_reason_catalogue_unref)

const LkReason *lk_reason_catalogue_find (LkReasonCatalogue *self, const char *code);  /* NULL when unknown */

/* All reasons usable with a verdict, not retired: those suggested by failing, then by warning checks first
 * (in the checks' order), the rest in catalogue order. Array of borrowed const LkReason *. For HOLD only
 * R701-R704 and R802 (rules.md section 7.1); for RETURN and RESHOOT all the others.
 * n_suggested, if not NULL, gets how many of the front are suggested. */
GPtrArray *lk_reason_catalogue_list (LkReasonCatalogue *self, LkVerdict verdict, GPtrArray *checks, guint *n_suggested);

/* What no check can see and a reviewer looks for: the reasons with a word for it, not retired, in catalogue order. Array of borrowed
 * const LkReason *. */
GPtrArray *lk_reason_catalogue_list_own (LkReasonCatalogue *self);

/* Text and advice in the language of the user interface, and the word of the own list, NULL when it is not on it. */
const char *lk_reason_text   (const LkReason *self);
const char *lk_reason_look   (const LkReason *self);
const char *lk_reason_advice (const LkReason *self);

/* Whether verdict, reasons and note fit together (rules.md sections 3, 4 and 7.1): approve takes no reasons and,
 * against a failed hard check, needs a note; return and reshoot take 1-3; hold takes 1-3 of R7xx/R802.
 * LK_ERROR_BAD_REASONS or LK_ERROR_BAD_NOTE. */
gboolean lk_reason_catalogue_validate (LkReasonCatalogue *self, LkVerdict verdict, const char *const *reasons,
                                       const char *note, GPtrArray *checks, GError **error);

G_END_DECLS
