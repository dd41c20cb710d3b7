/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/earlier.h"
#include "core/agreement.h"
#include "core/pace.h"
#include "core/reason.h"
#include "core/spec.h"
#include "flow/account.h"
#include "flow/photo-loader.h"
#include "flow/review-queue.h"
#include "flow/sync.h"

G_BEGIN_DECLS

/**
 * LkReview:
 *
 * One reviewer's work from sign-in to sign-out: owns queue, loader and sync, and is the only way to decide.
 *
 * Properties (notify): "can-undo" boolean.
 * Signal "decided" (LkSubmission): a decision is durable and the queue has advanced.
 * Signal "undone" (LkSubmission): the last decision was taken back and its photo is current again.
 * Signal "notice" (int LkPaceNotice): a gentle word is due.
 * Signal "failed" (int code, string message): a decision could not be stored (disk full...); nothing has changed on
 * screen.
 */
#define LK_TYPE_REVIEW (lk_review_get_type ())
G_DECLARE_FINAL_TYPE (LkReview, lk_review, LK, REVIEW, GObject)

/* Opens this user's outbox and cache and starts to work; the account must be signed in. LK_ERROR_STORE, _CORRUPT,
 * _BAD_SPEC. */
LkReview *lk_review_new (LkAccount *account, GError **error);

/* The same with the outbox opened in a thread: a shift's worth of decisions is unsealed there. LK_ERROR_SIGNED_OUT when the account
 * is not signed in any more. */
void      lk_review_open_async  (LkAccount *account, GAsyncReadyCallback callback, gpointer user_data);
LkReview *lk_review_open_finish (GAsyncResult *result, GError **error);

LkReviewQueue     *lk_review_get_queue   (LkReview *self);       /* all borrowed */
LkPhotoLoader     *lk_review_get_loader  (LkReview *self);
LkSync            *lk_review_get_sync    (LkReview *self);
LkReasonCatalogue *lk_review_get_reasons (LkReview *self);
const LkSpec      *lk_review_get_spec    (LkReview *self);

/* What the student of a leased submission sent before, the latest first: array of LkEarlier. The files of these photos are kept until the
 * next question. LK_ERROR_NOT_FOUND when it is not leased here any more; otherwise as the calls of the campus client. */
void lk_review_earlier_async (LkReview *self, LkSubmission *submission, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lk_review_earlier_finish (LkReview *self, GAsyncResult *result, GError **error);

/* The current photo is painted: starts the clock of "time from shown to decided". */
void lk_review_shown (LkReview *self, LkSubmission *submission);

/**
 * lk_review_decide:
 * @reasons: (nullable): codes, NULL-terminated
 * @note: (nullable)
 * @input: "key" or "mouse"
 *
 * Checks the decision (LK_ERROR_BAD_REASONS, _BAD_NOTE, _STATE when it is decided already: returned at once, FALSE),
 * writes it durably to the outbox in the writer thread, and only then advances: "decided" or "failed" follows. While
 * one is being written a second decide on the same submission is refused (LK_ERROR_STATE), so a key repeat decides
 * once.
 */
gboolean lk_review_decide (LkReview *self, LkSubmission *submission, LkVerdict verdict, const char *const *reasons,
                           const char *note, const char *input, GError **error);

/* Takes the last decision back (within ten minutes, rules.md section 7.1); "undone" or "failed" follows. FALSE when
 * there is none. */
gboolean lk_review_undo (LkReview *self);
gboolean lk_review_get_can_undo (LkReview *self);

/* Decisions of before that are sealed with a passphrase or key that is not here: they wait for it and are not sent. */
guint lk_review_get_n_locked (LkReview *self);

/* Takes one of today's decisions back, whether its photo is in the queue or not; "undone" follows when it is, else the photo comes
 * with the next lease. FALSE when that is not possible any more. */
gboolean lk_review_undo_decision (LkReview *self, const char *key);

/* Today's decisions at this workstation, the newest first; of LkPastDecision. */
GPtrArray *lk_review_list_today (LkReview *self);

/* Several photos approved at once, all looked at on one sheet for sheet_ms; each is a decision of its own. Photos that may not
 * stand on a sheet (lk_checks_allow_batch()) are left out. How many are being stored. */
guint lk_review_approve_all (LkReview *self, GPtrArray *submissions, int sheet_ms);

/* This reviewer's own figures of today here. */
typedef struct
{
  guint n_today;
  int median_ms;                /* from shown to decided; 0 without a decision */
  double waiting;               /* share of the time spent waiting for photos, 0 to 1 */
} LkOwnFigures;

void lk_review_get_figures (LkReview *self, LkOwnFigures *figures);

/* How often a second person said the same as this reviewer. The callback's source object is not the review. */
void lk_review_own_agreement_async (LkReview *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LkAgreementFigure *lk_review_own_agreement_finish (LkReview *self, GAsyncResult *result, GError **error);

/* The same of everybody, for a lead. */
void lk_review_agreement_async (LkReview *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LkAgreementFigures *lk_review_agreement_finish (LkReview *self, GAsyncResult *result, GError **error);

/* How many this reviewer decided today at this workstation. */
guint lk_review_get_n_today (LkReview *self);

G_END_DECLS
