/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/photo-source.h"
#include "flow/review.h"

G_BEGIN_DECLS

/* Who works; borrowed. */
LkAccount *lk_review_get_account (LkReview *self);

/* Where this review's photo files come from, for tests; borrowed. */
LkPhotoSource *lk_review_get_source (LkReview *self);

G_END_DECLS
