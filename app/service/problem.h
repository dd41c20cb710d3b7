/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/error.h"
#include "core/json.h"
#include "service/http.h"

G_BEGIN_DECLS

/* Errors as application/problem+json (RFC 9457), in the language of the request. The title is a fixed sentence for the code: no message
 * of a lower layer, and so nothing personal, leaves the service. */
LkResponse *lk_problem_new (LkRequest *request, LkError code);

/* The same for an error of the domain; anything else is LK_ERROR_FAILED. */
LkResponse *lk_problem_from_error (LkRequest *request, const GError *error);

/* With Retry-After (seconds above 0; 0: the code's own), and with further members, of an object that is taken (NULL for none). */
LkResponse *lk_problem_new_with (LkRequest *request, LkError code, int retry_after, cJSON *more);

/* What only HTTP knows: 400, 404 of a path, 405, 411, 413, 415, 416, 431. */
LkResponse *lk_problem_new_status (LkRequest *request, guint status);

/* The title alone, for a problem inside another answer. */
const char *lk_problem_get_title (LkError code, LkLanguage language);

G_END_DECLS
