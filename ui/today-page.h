/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/review.h"
#include "ui/side-page.h"

G_BEGIN_DECLS

/**
 * LkTodayPage:
 *
 * What this reviewer decided today at this workstation, each with its reasons and what became of it, and a button to take it back as
 * long as that is possible. Up to date while it is shown; otherwise it keeps nothing.
 */
#define LK_TYPE_TODAY_PAGE (lk_today_page_get_type ())
G_DECLARE_FINAL_TYPE (LkTodayPage, lk_today_page, LK, TODAY_PAGE, LkSidePage)

void lk_today_page_set_review (LkTodayPage *self, LkReview *review); /* NULL for none */

G_END_DECLS
