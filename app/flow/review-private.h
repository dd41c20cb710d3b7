/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/photo-source.h"
#include "flow/review.h"
#include "store/outbox.h"

G_BEGIN_DECLS

/* Who works; borrowed. */
LkAccount *lk_review_get_account (LkReview *self);

/* Where this review's photo files come from, for tests; borrowed. */
LkPhotoSource *lk_review_get_source (LkReview *self);

/* For review-past.c; borrowed. */
LkOutbox *lk_review_get_outbox (LkReview *self);
LkPace *lk_review_get_pace (LkReview *self);
gint64 lk_review_undo_time (LkReview *self); /* µs a decision can be taken back */

G_END_DECLS
