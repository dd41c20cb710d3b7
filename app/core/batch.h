/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum { LK_BATCH_MAX = 24 };     /* photos on one contact sheet: more cannot be looked at large at once */

/* What a decision made on a contact sheet carries as its "input", beside "key" and "mouse". */
#define LK_INPUT_BATCH "batch"

/* Whether a photo with these checks (of LkCheck) may be approved together with others on a contact sheet: every single check was
 * run and passed, measures and a missing collection code aside. One that warns, failed or could not be run (also for want of a photo
 * to compare with) needs a look of its own.
 * The one rule for workstation and service. */
gboolean lk_checks_allow_batch (GPtrArray *checks);

/* Whether it is doubtful whose photo this is: its collection code is somebody else's, or its picture or face is under another student,
 * too. Such a photo always goes to a person by itself (rules.md section 3, I1 and D2). */
gboolean lk_checks_flag_identity (GPtrArray *checks);

G_END_DECLS
