/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "core/data.h"
#include "core/deadline.h"
#include "core/error.h"
#include "core/json.h"

struct _LkCalendar
{
  gatomicrefcount refs;
  gboolean weekend[G_DATE_SUNDAY + 1];  /* by GDateWeekday, Monday = 1 */
  GHashTable *exceptions;               /* Julian day -> GINT_TO_POINTER (TRUE) for a working day, FALSE for a holiday */
  int end_hour, end_minute;             /* of a working day, Asia/Shanghai */
  int review_days;                      /* working days a review may take */
};

static gboolean
refuse (GError **error, const char *member, const char *reason)
{
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "calendar: \"%s\": %s", member, reason);
  return FALSE;
}

gboolean
lk_deadline_parse_day (const char *text, GDate *day)
{
  unsigned year, month, date;
  char rest;

  if (text == NULL || sscanf (text, "%4u-%2u-%2u%c", &year, &month, &date, &rest) != 3 ||
      !g_date_valid_dmy (date, month, year))
    return FALSE;
  g_date_clear (day, 1);
  g_date_set_dmy (day, date, month, year);
  return TRUE;
}

gboolean
lk_deadline_parse_time (const char *text, int *hour, int *minute)
{
  char rest;

  return text != NULL && sscanf (text, "%2d:%2d%c", hour, minute, &rest) == 2 && *hour >= 0 && *minute >= 0 &&
         *minute <= 59 && (*hour <= 23 || (*hour == 24 && *minute == 0));
}

static void
set_exception (LkCalendar *self, guint32 julian, gboolean working)
{
  g_hash_table_insert (self->exceptions, GUINT_TO_POINTER (julian), GINT_TO_POINTER (working));
}

static gboolean
read_weekend (LkCalendar *self, const cJSON *json, GError **error)
{
  const cJSON *days = lk_json_array (json, "weekend");
  const cJSON *day;

  if (days == NULL || cJSON_GetArraySize (days) >= 7)
    {
      lk_json_blame (json, "weekend");
      return refuse (error, "weekend", "must be a list of less than seven weekdays");
    }
  cJSON_ArrayForEach (day, days)
    {
      if (!cJSON_IsNumber (day) || day->valueint < G_DATE_MONDAY || day->valueint > G_DATE_SUNDAY)
        {
          lk_json_blame (day, NULL);
          return refuse (error, "weekend", "weekdays are 1 (Monday) to 7 (Sunday)");
        }
      self->weekend[day->valueint] = TRUE;
    }
  return TRUE;
}

static gboolean
read_holidays (LkCalendar *self, const cJSON *json, GError **error)
{
  const cJSON *holiday;

  cJSON_ArrayForEach (holiday, lk_json_array (json, "holidays"))
    {
      GDate from, to;

      if (!lk_deadline_parse_day (lk_json_string (holiday, "from"), &from) || !lk_deadline_parse_day (lk_json_string (holiday, "to"), &to))
        {
          lk_json_blame (holiday, NULL);
          return refuse (error, "holidays", "\"from\" and \"to\" must be days like 2025-10-01");
        }
      if (g_date_days_between (&from, &to) < 0 || g_date_days_between (&from, &to) > 31)
        {
          lk_json_blame (holiday, "to");
          return refuse (error, "holidays", "\"to\" must not be before \"from\" nor more than a month after it");
        }
      for (guint32 day = g_date_get_julian (&from); day <= g_date_get_julian (&to); day++)
        set_exception (self, day, FALSE);
    }
  return TRUE;
}

static gboolean
read_working_days (LkCalendar *self, const cJSON *json, GError **error)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, lk_json_array (json, "working_days"))
    {
      GDate day;

      if (!lk_deadline_parse_day (cJSON_GetStringValue (item), &day))
        {
          lk_json_blame (item, NULL);
          return refuse (error, "working_days", "must be days like 2025-09-28");
        }
      set_exception (self, g_date_get_julian (&day), TRUE);
    }
  return TRUE;
}

static gboolean
read_end_of_day (LkCalendar *self, const cJSON *json, GError **error)
{
  if (!lk_deadline_parse_time (lk_json_string (json, "day_ends"), &self->end_hour, &self->end_minute))
    {
      lk_json_blame (json, "day_ends");
      return refuse (error, "day_ends", "must be a time like 17:00");
    }
  return TRUE;
}

static gboolean
read_review_days (LkCalendar *self, const cJSON *json, GError **error)
{
  gint64 days = lk_json_int (json, "review_working_days", -1);

  if (days < 0 || days > 30)
    {
      lk_json_blame (json, "review_working_days");
      return refuse (error, "review_working_days", "must be a whole number from 0 to 30");
    }
  self->review_days = (int) days;
  return TRUE;
}

static LkCalendar *
from_json (const cJSON *json, GError **error)
{
  g_autoptr (LkCalendar) self = g_new0 (LkCalendar, 1);

  g_atomic_ref_count_init (&self->refs);
  self->exceptions = g_hash_table_new (NULL, NULL);
  if (!read_weekend (self, json, error) || !read_holidays (self, json, error) ||
      !read_working_days (self, json, error) || !read_end_of_day (self, json, error) ||
      !read_review_days (self, json, error))
    return NULL;
  return g_steal_pointer (&self);
}

LkCalendar *
lk_calendar_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (cJSON) root = lk_json_parse (json, length, LK_ERROR_BAD_SPEC, error);

  return root != NULL ? from_json (root, error) : NULL;
}

static gpointer
read_root (const cJSON *root, GError **error)
{
  return from_json (root, error);
}

LkCalendar *
lk_calendar_load (const char *path, GError **error)
{
  return lk_json_read_file (path, read_root, LK_ERROR_BAD_SPEC, error);
}

LkCalendar *
lk_calendar_load_default (GError **error)
{
  g_autofree char *path = lk_data_find ("calendar.json", error);

  return path != NULL ? lk_calendar_load (path, error) : NULL;
}

LkCalendar *
lk_calendar_ref (LkCalendar *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
lk_calendar_free (LkCalendar *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->exceptions);
  g_free (self);
}

gboolean
lk_calendar_is_working_day (LkCalendar *self, GDate *day)
{
  gpointer working;

  if (g_hash_table_lookup_extended (self->exceptions, GUINT_TO_POINTER (g_date_get_julian (day)), NULL, &working))
    return GPOINTER_TO_INT (working);
  return !self->weekend[g_date_get_weekday (day)];
}

static void
go_to_working_day (LkCalendar *self, GDate *day)
{
  while (!lk_calendar_is_working_day (self, day))
    g_date_add_days (day, 1);
}

/* China has one time, without summer time since 1991, so a system without zone files still gets it right. */
static GTimeZone *
shanghai (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Asia/Shanghai");

  return zone != NULL ? zone : g_time_zone_new_offset (8 * 60 * 60);
}

static void
day_of (gint64 time_us, GDate *day)
{
  g_autoptr (GTimeZone) zone = shanghai ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  int year, month, date;

  g_date_time_get_ymd (local, &year, &month, &date);
  g_date_clear (day, 1);
  g_date_set_dmy (day, date, month, year);
}

static void
add_working_days (LkCalendar *self, GDate *day, int days)
{
  for (int i = 0; i < days; i++)
    {
      g_date_add_days (day, 1);
      go_to_working_day (self, day);
    }
}

gint64
lk_deadline_moment (const GDate *day, int hour, int minute)
{
  g_autoptr (GTimeZone) zone = shanghai ();
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, g_date_get_year (day), g_date_get_month (day), g_date_get_day (day), 0, 0, 0);

  return (g_date_time_to_unix (midnight) + (hour * 60 + minute) * 60) * G_USEC_PER_SEC;
}

char *
lk_deadline_to_text (gint64 time_us, const char *format)
{
  g_autoptr (GTimeZone) zone = shanghai ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, format);
}

gint64
lk_deadline_review_due (LkCalendar *self, gint64 submitted_at)
{
  GDate day;

  day_of (submitted_at, &day);
  go_to_working_day (self, &day);
  add_working_days (self, &day, self->review_days);
  return lk_deadline_moment (&day, self->end_hour, self->end_minute);
}

gint64
lk_deadline_right_until (LkCalendar *self, gint64 told_at, int days)
{
  GDate day;

  day_of (told_at, &day);
  add_working_days (self, &day, days);
  return lk_deadline_moment (&day, 24, 0);
}
