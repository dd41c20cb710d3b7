/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Working days come from an imported calendar (data/calendar.json): holidays and swapped working weekends. */
typedef struct _LkCalendar LkCalendar;

LkCalendar *lk_calendar_load (const char *path, GError **error);         /* LK_ERROR_BAD_SPEC */
LkCalendar *lk_calendar_parse (const char *json, gssize length, GError **error);
LkCalendar *lk_calendar_load_default (GError **error);
LkCalendar *lk_calendar_ref  (LkCalendar *self);
void        lk_calendar_free (LkCalendar *self);         /* gives up one reference; any thread */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCalendar, lk_calendar_free)

gboolean lk_calendar_is_working_day (LkCalendar *self, GDate *day);

/* When the review of a final submit is due: 17:00 Asia/Shanghai on the second working day after the day of the submit; one made
 * on a non-working day counts as made on the next working day (rules.md sections 8.2, 8.4). Both in µs UTC. */
gint64 lk_deadline_review_due (LkCalendar *self, gint64 submitted_at);

/**
 * lk_deadline_right_until:
 * @told_at: when the student was told that the photo was sent back, µs UTC
 * @days: working days the right lasts
 *
 * Until when a photo that was sent back may be sent again though the window has closed: 24:00 of the @days-th working day after the day
 * of being told (rules.md section 8.2).
 */
gint64 lk_deadline_right_until (LkCalendar *self, gint64 told_at, int days);

/* A moment of a day in China, µs UTC; 24:00 is the end of a deadline that is only a date. */
gint64 lk_deadline_moment (const GDate *day, int hour, int minute);

/* A time as it is written in China, by a format of g_date_time_format(). Free with g_free. */
char  *lk_deadline_to_text (gint64 time_us, const char *format);

/* "2025-06-16"; FALSE for anything else. */
gboolean lk_deadline_parse_day (const char *text, GDate *day);

/* "08:00" to "24:00"; FALSE for anything else. */
gboolean lk_deadline_parse_time (const char *text, int *hour, int *minute);

G_END_DECLS
