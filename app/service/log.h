/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line on standard error: "2025-06-16T01:10:00Z event=request status=409 ...". Carries ids and codes, never names, numbers or
 * faces (rules.md section 9). details is the rest of the line, "key=value" pairs. */
void lk_log (const char *event, const char *details, ...) G_GNUC_PRINTF (2, 3);

/* Also every request that went well. */
void     lk_log_set_verbose (gboolean verbose);
gboolean lk_log_is_verbose  (void);

G_END_DECLS
