/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/decision.h"
#include "core/json.h"
#include "core/submission.h"

G_BEGIN_DECLS

/* The one JSON form of the subject's objects, for service, workstation and likeness-check (docs/protocol.md). */

cJSON     *lk_check_to_json    (LkCheck *check);
LkCheck   *lk_check_from_json  (const cJSON *json, GError **error);                  /* LK_ERROR_BAD_REQUEST */
cJSON     *lk_checks_to_json   (GPtrArray *checks);
GPtrArray *lk_checks_from_json (const cJSON *json, GError **error);

cJSON       *lk_photo_info_to_json   (const LkPhotoInfo *info);
LkPhotoInfo *lk_photo_info_from_json (const cJSON *json);                                 /* NULL when name or size is missing */

cJSON        *lk_submission_to_json   (LkSubmission *submission);
LkSubmission *lk_submission_from_json (const cJSON *json, GError **error);

cJSON      *lk_decision_to_json   (LkDecision *decision);
LkDecision *lk_decision_from_json (const cJSON *json, GError **error);

G_END_DECLS
