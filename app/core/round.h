/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/state.h"

G_BEGIN_DECLS

/* One collection campaign: who may send photos when (rules.md sections 7.2 and 8). Times are µs UTC; days and hours that people write
 * are those of China. */

typedef enum
{
  LK_ROUND_REGULAR,             /* paid by the college */
  LK_ROUND_MAKEUP,              /* paid by the student */
} LkRoundKind;

const char *lk_round_kind_to_word   (LkRoundKind kind);          /* "regular", "makeup" */
gboolean    lk_round_kind_from_word (const char *word, LkRoundKind *kind);

/* One stretch of one day. Open when from <= now < to. */
typedef struct
{
  char *site;                   /* LK_ROUND_ANY_SITE: every site that has no window of its own */
  gint64 from, to;
} LkRoundWindow;

#define LK_ROUND_ANY_SITE "*"

typedef struct
{
  gint64 row;                   /* in the database; 0 before it is there */
  char *id;                     /* UUID; NULL before it is there */
  char *name;
  LkRoundKind kind;
  int price_cents;              /* what one student pays; 0: the college does */
  int tries_allowed;            /* 0 before it is there: the service's own number */
  int tries_after_return;       /* further ones for each photo that was sent back */
  int graduation_year;          /* 0: of every year */
  gint64 closed_at;             /* 0 as long as it is not closed */
  GPtrArray *windows;           /* of LkRoundWindow, in the order of their times */
} LkRound;

void lk_round_free (LkRound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkRound, lk_round_free)

/* Reads a round as a registrar writes it (docs/college.md). LK_ERROR_BAD_SPEC with line and reason. */
LkRound *lk_round_parse (const char *json, gssize length, GError **error);
LkRound *lk_round_load  (const char *path, GError **error);

/* An empty round, for a reader of the database, and its windows. */
LkRound *lk_round_new        (void);
void     lk_round_add_window (LkRound *self, const char *site, gint64 from, gint64 to);

/* How the times of one site stand. */
typedef struct
{
  gboolean any;                 /* the site has windows in this round; the rest is set */
  gboolean open;
  gint64 opens_at;              /* of the window that is open, else of the next one; 0 when no further one comes */
  gint64 closes_at;             /* the same window's end; when no further one comes, the end of the last */
} LkRoundTimes;

void lk_round_look (const LkRound *self, const char *site, gint64 now, LkRoundTimes *times);

/* The same over all sites: open while one is, then until the last of them closes; else opens when the first does. */
void lk_round_look_all (const LkRound *self, gint64 now, LkRoundTimes *times);

/* Whether the round is held for this site at all. */
gboolean lk_round_has_site (const LkRound *self, const char *site);

/* -- a student in a round (rules.md section 7.2) -- */

typedef enum
{
  LK_RECORD_NOT_STARTED,
  LK_RECORD_CODE_READY,
  LK_RECORD_TRYING,
  LK_RECORD_SUBMITTED,
  LK_RECORD_NEEDS_ACTION,
  LK_RECORD_DONE,
  LK_RECORD_MISSED,
} LkRecordState;

const char *lk_record_state_to_word (LkRecordState state);       /* "NEEDS_ACTION" */

/* What a record's state follows from. */
typedef struct
{
  gboolean closed;              /* the round is */
  gboolean has_code, has_draft;
  gboolean has_submission;
  LkState submission;           /* the state of the latest one that is not SUPERSEDED */
} LkRecordFacts;

LkRecordState lk_record_state (const LkRecordFacts *facts);

/**
 * lk_state_for_student:
 * @state: of a submission
 * @told: results can be seen by now
 *
 * The state as the student sees it: what the review has come to only once it is told, and never that a second person looks.
 */
LkState lk_state_for_student (LkState state, gboolean told);

G_END_DECLS
