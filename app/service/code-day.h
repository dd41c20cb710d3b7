/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Codes are valid to the end of a day in China (UTC+8), counted in days since 1970-01-01. */
enum { LK_CODE_DAY_MAX = 65535 };

/* The moment a day is over, us UTC, and the day that ends at that moment, -1 when none does. */
gint64 lk_code_day_end (int day);
int    lk_code_day_of  (gint64 end_us);

/* "2026-07-31" and back; -1 for what is no such day. */
char  *lk_code_day_to_text   (int day);
int    lk_code_day_from_text (const char *text);

G_END_DECLS
