/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/checker.h"
#include "tools/check/table.h"

G_BEGIN_DECLS

/* The word for people, translated: "pass", "warning", "FAIL", "not run"; and its colour. */
const char *lk_outcome_title  (LkOutcome outcome);
LkColour    lk_outcome_colour (LkOutcome outcome);

/* The worst outcome of its checks, leaving out measures and those that have no ID photo to compare with. */
LkOutcome lk_report_worst (const LkReport *report);

/**
 * lk_report_table:
 * @name: of the photo
 * @all: whether checks that pass are shown, and those that need a reference there is none of
 *
 * A heading with the worst outcome, then a line for each check; the measures below when all are shown. Newly allocated.
 */
char *lk_report_table (const char *name, const LkReport *report, gboolean all, gboolean in_colour);

/* The lines alone, of an array of LkCheck. */
char *lk_checks_table (GPtrArray *checks, gboolean all, gboolean in_colour);

G_END_DECLS
