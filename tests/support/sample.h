/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"
#include "core/submission.h"

G_BEGIN_DECLS

/* Made-up objects of the subject. n makes them differ: id, photo and student number come from it. */
LkSubmission *sample_submission (guint n);
LkDecision *sample_decision (LkSubmission *submission, LkVerdict verdict);

/* A new folder of this test's own, and its end. */
char *sample_dir (void);
void sample_dir_remove (const char *dir);

G_END_DECLS
