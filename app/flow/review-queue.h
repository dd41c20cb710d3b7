/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/submission.h"

G_BEGIN_DECLS

/**
 * LkReviewQueue:
 *
 * The submissions leased to this reviewer in stable order, decided ones included (behind), as a GListModel of
 * LkSubmission, with a position in it. Knows no widgets, no network.
 *
 * Properties (notify): "position" uint (== n-items at the end of the queue), "current" LkSubmission or NULL,
 * "n-undecided" uint.
 */
#define LK_TYPE_REVIEW_QUEUE (lk_review_queue_get_type ())
G_DECLARE_FINAL_TYPE (LkReviewQueue, lk_review_queue, LK, REVIEW_QUEUE, GObject)

LkReviewQueue *lk_review_queue_new (void);

/* Adds those not yet there (by id) at the end, as one change. */
void lk_review_queue_append (LkReviewQueue *self, GPtrArray *submissions);

/* Takes a submission out (its lease was lost); the position stays on the same photo where it can. */
void lk_review_queue_remove (LkReviewQueue *self, const char *submission_id);

/* Takes out so many at the beginning, all of them before the position. */
void lk_review_queue_forget_first (LkReviewQueue *self, guint n);
void lk_review_queue_clear        (LkReviewQueue *self);

guint         lk_review_queue_get_position    (LkReviewQueue *self);
void          lk_review_queue_set_position    (LkReviewQueue *self, guint position);    /* clamped to n-items */
LkSubmission *lk_review_queue_get_current     (LkReviewQueue *self);                    /* borrowed, NULL at the end */
LkSubmission *lk_review_queue_find            (LkReviewQueue *self, const char *submission_id, guint *position);
guint         lk_review_queue_get_n_undecided (LkReviewQueue *self);

/* Moves to the next undecided one after the position, else to one before it, else to the end. */
void lk_review_queue_advance (LkReviewQueue *self);

G_END_DECLS
