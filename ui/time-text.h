/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times for people, translated, newly allocated; all times in µs UTC. */

/* "submitted just now", "submitted 5 minutes ago", "submitted 2 hours ago", "submitted 3 days ago". */
char *lk_time_text_submitted (gint64 at, gint64 now);

/* "due in 1 day 3 hours", "due in 20 minutes", "overdue by 2 hours". */
char *lk_time_text_due (gint64 due, gint64 now);

/* "14:05", the clock on the wall here. */
char *lk_time_text_clock (gint64 at);

/* "16 June 14:05" here. */
char *lk_time_text_moment (gint64 at);

/* "1 day 3 hours". */
char *lk_time_text_length (int seconds);

G_END_DECLS
