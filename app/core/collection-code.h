/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/roster.h"

G_BEGIN_DECLS

/* What a collection code says, once it is known to be genuine (rules.md section 5). Name and document number are masked by
 * whoever issued the code: '*' stands for one hidden character. */
typedef struct
{
  char *unique_no;              /* of the study record; never empty */
  char *name, *document_no;     /* masked; never NULL, "" when the code does not say */
  char *code_id;                /* of this very code: the same record may get another code later */
  int graduation_year;          /* 0: bound to no year */
  gint64 expires_us;            /* the first moment at which it is not valid any more, us UTC */
} LkCollectionCode;

void lk_collection_code_free (LkCollectionCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCollectionCode, lk_collection_code_free)

/**
 * lk_collection_code_check_time:
 * @now: us UTC
 * @round_year: the graduation year the round is held for; 0 when the round takes every year
 *
 * Whether a code counts now and in this round: codes are for the current and the next graduation year; those bound to no year (continuing
 * education, foreign students) count at any time. LK_ERROR_CODE_EXPIRED, LK_ERROR_CODE_ROUND.
 */
gboolean lk_collection_code_check_time (const LkCollectionCode *self, gint64 now, int round_year, GError **error);

typedef enum
{
  LK_CODE_MATCH_SAME,           /* the student's own code */
  LK_CODE_MATCH_PLAUSIBLE,      /* the roster lacks the unique number, name and document number fit: taken, the number is to be kept */
  LK_CODE_MATCH_NOT_IN_ROSTER,
  LK_CODE_MATCH_CONFLICT,       /* somebody else's code: R701, blocks final submit */
  LK_CODE_MATCH_HELD,           /* the code was used for another student already: for the desk */
} LkCodeMatch;

/**
 * lk_collection_code_match:
 * @by_code: (nullable): the roster row with the code's unique number
 * @by_student: (nullable): the roster row of the student number that was typed or, for a photo, of the student it belongs to
 * @used_by: (nullable): the student number under which this code (code_id) or another of the same unique number was seen before
 *
 * Unique number first, then masked name and masked document number as a test of plausibility. What the roster does not have ("") is not
 * held against the code, but a student is never found by name alone.
 */
LkCodeMatch lk_collection_code_match (const LkCollectionCode *self, const LkRosterRow *by_code, const LkRosterRow *by_student,
                                      const char *used_by);

G_END_DECLS
