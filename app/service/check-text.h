/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "core/reason.h"

G_BEGIN_DECLS

/* What a student reads about checks and decisions, in both languages: the words of the checks, of the message catalogue and of the
 * catalogue of reasons, as the workstation has them. Nothing here accuses anybody (rules.md section 4): of checks and reasons that are
 * the staff's own a student only learns that something has to be verified. */

/* "Something has to be verified": what is said instead. English, as it stands in the sources. */
extern const char lk_verify_text[];

/* The checks of docs/protocol.md for their student, an array: without measures, without whom a photo was compared with, each with title,
 * value, limits and what to do as texts. */
cJSON *lk_student_checks_to_json (GPtrArray *checks, LkReasonCatalogue *reasons);

/* The reasons of a decision, an array; checks: of the photo, for what was measured. */
cJSON *lk_student_reasons_to_json (const char *const *codes, GPtrArray *checks, LkReasonCatalogue *reasons);

G_END_DECLS
