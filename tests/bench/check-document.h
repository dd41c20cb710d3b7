/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check-blue.h"
#include "check-verdict.h"

G_BEGIN_DECLS

/* docs/checks.md: Markdown without a date. figures: folder where the other benchmarks have left theirs, NULL for none. */
char *lk_check_document (const LkCheckRun *run, const LkBlueRun *blue, const LkSpec *spec, const LkManifest *manifest, const char *figures);

/* The same figures for programs. */
char *lk_check_figures (const LkCheckRun *run, const LkBlueRun *blue, const LkSpec *spec);

/* The lines of the rates alone, for people at a terminal: the checks that do not hold first. */
char *lk_check_summary (const LkCheckRun *run, const LkSpec *spec);

G_END_DECLS
