/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What time it is for the campus. Everything in the service that has to do with days, windows and deadlines asks here, so that a test or
 * a rehearsal can have another time. Any thread. */

/* µs UTC. */
gint64 lk_clock_now (void);

/* A time of the computer (µs UTC) as the campus' time; the same unless somebody set the clock. */
gint64 lk_clock_apply (gint64 computer);

/* Stops the clock at this time (µs UTC); 0 lets it run with the computer's again. For tests. */
void lk_clock_set (gint64 now);

/* From now on the time is the one written in a file (RFC 3339), counted on from when the file was written; writing it again moves the
 * clock. NULL ends it. LK_ERROR_BAD_SPEC when it holds no time, LK_ERROR_NOT_FOUND when it is not there; once followed, such a file
 * leaves the clock as it is. */
gboolean lk_clock_follow (const char *path, GError **error);

G_END_DECLS
