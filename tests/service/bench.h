/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"
#include "service/db-sqlite.h"

G_BEGIN_DECLS

/* The database of a campus with 15 submissions, alone, with a clock that the test moves and people at hand. */
typedef struct
{
  LkTestCampus *campus;
  LkCampusDb *db;
  LkStaff *staff[5];
  LkActor lin, wang, zhao, qian, sun;   /* two reviewers, three leads */
  gint64 pending;               /* of the last lease */
  gint64 pending_before;        /* what it should be together with what was leased */
} Bench;

enum { BENCH_STUDENTS = 15 };

void bench_set_up    (Bench *b, gconstpointer second);          /* LkSecondReview, NULL for none */
void bench_tear_down (Bench *b, gconstpointer second);
void bench_sleep     (Bench *b, int seconds);

GPtrArray *bench_lease (Bench *b, const LkActor *actor, int count, const LkQueueFilter *filter);
GPtrArray *bench_lease_second (Bench *b, const LkActor *actor, int count);

/* Decides on a row as leased; reason NULL for none. A text in the answer is gone. */
LkDecisionAnswer bench_decide_as (Bench *b, const LkActor *actor, const LkSubmissionRow *row, LkVerdict verdict, const char *reason,
                                  const char *input, gboolean unsure);
/* The same by key, and it must be accepted; the key of the decision. */
char *bench_decide (Bench *b, const LkActor *actor, const LkSubmissionRow *row, LkVerdict verdict, const char *reason);
/* All of these in one request, each with its verdict (LkVerdict) and a reason that goes with it. */
void bench_decide_all (Bench *b, const LkActor *actor, GPtrArray *rows, const guint *verdicts);
gboolean bench_revert (Bench *b, const LkActor *actor, const char *key, GError **error);

/* The student sends another photo. */
void bench_resubmit (Bench *b, guint number);

/* Adds so many known-answer photos to which the answer is a return for R203. */
void bench_add_known (Bench *b, guint n);

char *bench_state (Bench *b, const LkSubmissionRow *row);

G_END_DECLS
