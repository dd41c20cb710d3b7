/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"
#include "photo/measure.h"

G_BEGIN_DECLS

/* One of the checker's checks on findings made elsewhere; NULL when the spec or this version does not have it. */
LkCheck *lk_findings_run_check (const LkFindings *findings, const char *id);

G_END_DECLS
