/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/reason.h"
#include "core/submission.h"

G_BEGIN_DECLS

/**
 * LkReasonDialog:
 *
 * Asks for the reasons of a return, reshoot or hold, and for a note; for an approval against a failed hard check only for the
 * note. It takes the place of the checks beside the photo, so that the face stays in sight. The only modal thing there is.
 *
 * Until something is chosen the first reason that the checks suggest counts, so that Enter alone takes it.
 *
 * Keys: 1..9 choose, Enter confirms, Escape closes; in the note they are text, but for Enter and Escape.
 * Signal "confirmed" (): get what was chosen with the getters.
 * Signal "cancelled" ().
 */
#define LK_TYPE_REASON_DIALOG (lk_reason_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LkReasonDialog, lk_reason_dialog, LK, REASON_DIALOG, GtkWidget)

GtkWidget *lk_reason_dialog_new (void);

/* input: what opened it, "key" or "mouse"; goes with the decision. */
void lk_reason_dialog_open (LkReasonDialog *self, LkReasonCatalogue *catalogue, LkSubmission *submission,
                            LkVerdict verdict, const char *input);

/* The same for a reason of the reviewer's own list (code, borrowed from the catalogue): under the verdict it usually has, first in the
 * list and chosen already, so that Enter alone takes it. */
void lk_reason_dialog_open_own (LkReasonDialog *self, LkReasonCatalogue *catalogue, LkSubmission *submission,
                                const LkReason *reason, const char *input);

LkSubmission *lk_reason_dialog_get_submission (LkReasonDialog *self);     /* borrowed */
LkVerdict     lk_reason_dialog_get_verdict    (LkReasonDialog *self);
const char   *lk_reason_dialog_get_input      (LkReasonDialog *self);
char        **lk_reason_dialog_dup_reasons    (LkReasonDialog *self);     /* codes, the main one first */
char         *lk_reason_dialog_dup_note       (LkReasonDialog *self);     /* without blanks around */

/* For the keys and for tests. */
void lk_reason_dialog_toggle  (LkReasonDialog *self, guint position);     /* in the list, from 0 */
void lk_reason_dialog_confirm (LkReasonDialog *self);                     /* says what is missing, or emits "confirmed" */

/* What stands in the way of confirming, "" for nothing. */
const char *lk_reason_dialog_get_problem (LkReasonDialog *self);

G_END_DECLS
