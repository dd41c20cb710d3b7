/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/reason.h"
#include "core/standing.h"

G_BEGIN_DECLS

/* Words for a verdict, translated. */
const char *lk_verdict_get_short  (LkVerdict verdict);    /* on a small photo: "Approved", "Returned", "Reshoot", "On hold" */
const char *lk_verdict_get_button (LkVerdict verdict);    /* what the button does: "Approve", "Return", "Ask for a reshoot", "Put on hold" */

/* "Eyes too low; background not blue", and the note below: what was said to the student. reasons: NULL for the codes alone. */
char *lk_verdict_dup_reasons (const LkStandingDecision *decision, LkReasonCatalogue *reasons);

G_END_DECLS
