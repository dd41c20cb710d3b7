/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/reason.h"

G_BEGIN_DECLS

/* The check behind a reason on this photo: the first of the reason's checks that failed, else that wants attention; NULL for none. Borrowed. */
LkCheck *lk_reason_find_check (const LkReason *reason, GPtrArray *checks);

/* What was measured and what is accepted: "320 px (accepted 200–300)"; "" when nothing was. Newly allocated. */
char *lk_check_measured_text (LkCheck *check);

/* The same for the check behind a reason. */
char *lk_reason_measured_text (const LkReason *reason, GPtrArray *checks);

/* What the student will read (rules.md section 4): for each reason its text, the measured value and what to do, then the note. Reasons that are no
 * business of the student's are put as a request to call the desk, once. reasons: array of const LkReason *. Newly allocated. */
char *lk_reason_preview (GPtrArray *reasons, GPtrArray *checks, const char *note);

G_END_DECLS
