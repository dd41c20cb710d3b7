/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line on standard error: "2025-06-16T01:10:00Z level=info event=request request=8f3a... status=409 ...". Where the journal reads it
 * the line starts with the journal's own mark of the level in place of the time. Carries ids and codes, never names, numbers or faces
 * (rules.md section 9). */

typedef enum
{
  LK_LOG_ERROR,                 /* somebody has to look */
  LK_LOG_WARNING,               /* refused or out of order, and handled */
  LK_LOG_INFO,
  LK_LOG_DEBUG,                 /* every request */
} LkLogLevel;

/* details is the rest of the line, "key=value" pairs; texts from outside between quotes. */
void lk_log_at (LkLogLevel level, const char *event, const char *details, ...) G_GNUC_PRINTF (3, 4);

#define lk_log_error(event, ...) lk_log_at (LK_LOG_ERROR, event, __VA_ARGS__)
#define lk_log_warning(event, ...) lk_log_at (LK_LOG_WARNING, event, __VA_ARGS__)
#define lk_log(event, ...) lk_log_at (LK_LOG_INFO, event, __VA_ARGS__)

/* What is written: this level and what is worse. Before other threads start. LK_LOG_INFO at first. */
void     lk_log_set_level (LkLogLevel level);
gboolean lk_log_shows     (LkLogLevel level);

/* "error", "warning", "info", "debug"; FALSE for another word. */
gboolean lk_log_level_from_word (const char *word, LkLogLevel *level);

G_END_DECLS
