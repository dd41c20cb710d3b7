/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "service/campus-db.h"

G_BEGIN_DECLS

/* A submission as it leaves the service: name and number masked (rules.md section 9). */
cJSON *lk_submission_row_to_json (const LkSubmissionRow *row);

/* Whole seconds left until a steady time, at least 0. */
gint64 lk_seconds_until (gint64 until);

G_END_DECLS
