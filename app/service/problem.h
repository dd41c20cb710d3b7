/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/error.h"
#include "service/http.h"

G_BEGIN_DECLS

/* Errors as application/problem+json (RFC 9457). The title is a fixed English sentence for the code: no message of a lower layer, and
 * so nothing personal, leaves the service. */
LkResponse *lk_problem_new (LkError code);

/* The same for an error of the domain; anything else is LK_ERROR_FAILED. */
LkResponse *lk_problem_from_error (const GError *error);

/* With another status and title, for what only HTTP knows (404 of a path, 405, 411, 413). */
LkResponse *lk_problem_new_plain (guint status, LkError code, const char *title);

/* With Retry-After: 429 and 503. */
LkResponse *lk_problem_new_later (guint status, LkError code, const char *title, int seconds);

G_END_DECLS
