/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/review.h"
#include "ui/side-page.h"

G_BEGIN_DECLS

/**
 * LkAgreementPage:
 *
 * For the lead: how far each reviewer agrees with the second persons, how reliably each reason is given, and how known-answer
 * photos were decided.
 */
#define LK_TYPE_AGREEMENT_PAGE (lk_agreement_page_get_type ())
G_DECLARE_FINAL_TYPE (LkAgreementPage, lk_agreement_page, LK, AGREEMENT_PAGE, LkSidePage)

void lk_agreement_page_set_review (LkAgreementPage *self, LkReview *review);      /* NULL for none */

/* Asks the service. */
void lk_agreement_page_refresh    (LkAgreementPage *self);

/* What a value of kappa means, in a word: "almost perfect", "moderate"...; for NAN that there is not enough yet. */
const char *lk_kappa_text (double kappa);

G_END_DECLS
