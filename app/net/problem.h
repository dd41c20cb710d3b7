/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json.h"
#include "net/http.h"

G_BEGIN_DECLS

/**
 * lk_problem_check:
 *
 * Whether an answer is a success (2xx). If not, the error's code is the one of the problem's code word. Answers that
 * cannot come from a campus service (redirects and pages of a captive portal or of another server) and 5xx count as
 * %LK_ERROR_OFFLINE: the outbox keeps what it has until the service itself has said what it thinks of it.
 */
gboolean lk_problem_check (const LkHttpResponse *response, GError **error);

/* The JSON of a successful answer. LK_ERROR_OFFLINE when it is none, for the same reason. */
cJSON *lk_problem_parse_answer (const LkHttpResponse *response, GError **error);

G_END_DECLS
