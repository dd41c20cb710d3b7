/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/reason.h"
#include "core/spec.h"
#include "flow/review-queue.h"
#include "flow/sync.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkReviewPage:
 *
 * Filmstrip, photo, student, comparison photos, checks and decision on one screen. It shows a queue and says what the reviewer
 * wants; who decides, stores and sends is told by signals.
 *
 * Properties "show-grid", "show-loupe", "comparing": boolean.
 * Signal "decide" (LkSubmission, verdict int, reasons GStrv, note, input).
 * Signal "undo" ().
 * Signal "shown" (LkSubmission): its photo is on the screen now.
 * Signal "earlier-wanted" (LkSubmission): what its student sent before is wanted; lk_review_page_set_earlier() is the answer.
 * Signal "refresh" (): the reviewer wants the service to be asked now.
 */
#define LK_TYPE_REVIEW_PAGE (lk_review_page_get_type ())
G_DECLARE_FINAL_TYPE (LkReviewPage, lk_review_page, LK, REVIEW_PAGE, GtkWidget)

GtkWidget *lk_review_page_new (void);

/* What to work on; queue NULL for none. spec is borrowed and outlives the page; sync may be NULL. */
void lk_review_page_set_spec (LkReviewPage *self, const LkSpec *spec);
void lk_review_page_set_work (LkReviewPage *self, LkReviewQueue *queue, LkTextures *textures,
                              LkReasonCatalogue *reasons, LkSync *sync);

/* Answers to the signals. */
void lk_review_page_decided      (LkReviewPage *self, LkSubmission *submission);
void lk_review_page_undone       (LkReviewPage *self, LkSubmission *submission);
void lk_review_page_lost         (LkReviewPage *self, LkSubmission *submission);   /* it left the queue by itself */
void lk_review_page_failed       (LkReviewPage *self, const GError *error);
void lk_review_page_set_earlier  (LkReviewPage *self, LkSubmission *submission, GPtrArray *earlier);       /* of LkEarlier */
void lk_review_page_set_can_undo (LkReviewPage *self, gboolean can_undo);
void lk_review_page_set_figures  (LkReviewPage *self, guint n_today, int median_ms);

/* What the status line says now. */
const char *lk_review_page_get_status (LkReviewPage *self);

G_END_DECLS
