/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/code-day.h"

#include <stdio.h>
#include <string.h>

/* 1970-01-01 as GDate counts */
enum { EPOCH = 719163 };

static const gint64 china_offset_us = 8 * G_TIME_SPAN_HOUR;

gint64
lk_code_day_end (int day)
{
  return (day + G_GINT64_CONSTANT (1)) * G_TIME_SPAN_DAY - china_offset_us;
}

int
lk_code_day_of (gint64 end_us)
{
  gint64 local = end_us + china_offset_us;
  gint64 day = local / G_TIME_SPAN_DAY - 1;

  return local > 0 && local % G_TIME_SPAN_DAY == 0 && day <= LK_CODE_DAY_MAX ? (int) day : -1;
}

char *
lk_code_day_to_text (int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, EPOCH + day);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

int
lk_code_day_from_text (const char *text)
{
  int year, month, day, end = 0;
  gint64 number;
  GDate date;

  if (strlen (text) != 10 || sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || end != 10 ||
      !g_date_valid_dmy (day, month, year))
    return -1;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  number = (gint64) g_date_get_julian (&date) - EPOCH;
  return number >= 0 && number <= LK_CODE_DAY_MAX ? (int) number : -1;
}
