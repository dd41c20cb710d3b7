/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Working days come from an imported calendar (data/calendar.json): holidays and swapped working weekends. */
typedef struct _LkCalendar LkCalendar;

LkCalendar *lk_calendar_load (const char *path, GError **error);         /* LK_ERROR_BAD_SPEC */
LkCalendar *lk_calendar_parse (const char *json, gssize length, GError **error);
LkCalendar *lk_calendar_load_default (GError **error);
void        lk_calendar_free (LkCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCalendar, lk_calendar_free)

gboolean lk_calendar_is_working_day (LkCalendar *self, GDate *day);

/* When the review of a final submit is due: 17:00 Asia/Shanghai on the second working day after the day of the submit; one made
 * on a non-working day counts as made on the next working day (rules.md sections 8.2, 8.4). Both in µs UTC. */
gint64 lk_deadline_review_due (LkCalendar *self, gint64 submitted_at);

G_END_DECLS
