/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/check/study.h"

G_BEGIN_DECLS

/* The study for people in a terminal. Newly allocated. */
char *lk_study_to_text (const LkStudy *self, gboolean in_colour);

/* How many photos there were; one sentence. */
char *lk_study_summary (const LkStudy *self);

/* Why a limit is proposed: "best separation" and the like; "" for none. */
char *lk_check_study_basis (const LkCheckStudy *self);

/* What the pairs say, a few sentences. */
char *lk_identity_summary (const LkIdentityStudy *self);

G_END_DECLS
