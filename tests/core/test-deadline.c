/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "core/deadline.h"
#include "core/error.h"

/* A time as written in Shanghai, µs UTC. */
static gint64
at (const char *local)
{
  g_autofree char *text = g_strconcat (local, "+08:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

static void
assert_due (const char *submitted, const char *due)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCalendar) calendar = lk_calendar_load_default (&error);

  g_assert_no_error (error);
  g_test_message ("%s", submitted);
  g_assert_cmpint (lk_deadline_review_due (calendar, at (submitted)), ==, at (due));
}

static void
test_examples (void)
{
  /* rules.md section 8.4 */
  assert_due ("2025-06-16T09:10:00", "2025-06-18T17:00:00");
  assert_due ("2025-06-19T16:59:00", "2025-06-23T17:00:00");
}

static void
test_weekend (void)
{
  assert_due ("2025-06-20T10:00:00", "2025-06-24T17:00:00");
  /* made on a day off: counts as made on Monday */
  assert_due ("2025-06-21T10:00:00", "2025-06-25T17:00:00");
  assert_due ("2025-06-22T23:59:59", "2025-06-25T17:00:00");
}

static void
test_day_is_shanghai_day (void)
{
  /* 16:30 UTC on Sunday is Monday in Shanghai, 15:59 is not yet */
  assert_due ("2025-06-23T00:30:00", "2025-06-25T17:00:00");
  assert_due ("2025-06-16T23:59:59", "2025-06-18T17:00:00");
  assert_due ("2025-06-17T00:00:00", "2025-06-19T17:00:00");
}

static void
test_holidays (void)
{
  /* 30 September 2025, then the holiday to 8 October */
  assert_due ("2025-09-30T09:00:00", "2025-10-10T17:00:00");
  /* 11 October 2025 is a Saturday worked in exchange */
  assert_due ("2025-10-09T09:00:00", "2025-10-11T17:00:00");
  /* Dragon Boat: 31 May to 2 June 2025 */
  assert_due ("2025-05-30T09:00:00", "2025-06-04T17:00:00");
  /* spring 2026: off 15 to 23 February, both Saturdays around it worked */
  assert_due ("2026-02-13T09:00:00", "2026-02-24T17:00:00");
  assert_due ("2026-02-26T09:00:00", "2026-02-28T17:00:00");
}

static void
test_year_without_arrangement (void)
{
  /* nothing is known of 2040: weekends only */
  assert_due ("2040-10-01T09:00:00", "2040-10-03T17:00:00");
}

static void
test_working_days (void)
{
  g_autoptr (LkCalendar) calendar = lk_calendar_load_default (NULL);
  static const struct { int date, month, year; gboolean working; } days[] = {
    { 16, 6, 2025, TRUE }, { 21, 6, 2025, FALSE }, { 28, 9, 2025, TRUE }, { 1, 10, 2025, FALSE }, { 8, 10, 2025, FALSE },
    { 9, 10, 2025, TRUE }, { 1, 1, 2026, FALSE },  { 4, 1, 2026, TRUE },  { 5, 1, 2026, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      GDate day;

      g_date_clear (&day, 1);
      g_date_set_dmy (&day, days[i].date, days[i].month, days[i].year);
      g_assert_cmpint (lk_calendar_is_working_day (calendar, &day), ==, days[i].working);
    }
}

static void
test_bad_files (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{\"day_ends\": \"17:00\", \"review_working_days\": 2}",
    "{\"weekend\": [1,2,3,4,5,6,7], \"day_ends\": \"17:00\", \"review_working_days\": 2}",
    "{\"weekend\": [0], \"day_ends\": \"17:00\", \"review_working_days\": 2}",
    "{\"weekend\": [6,7], \"day_ends\": \"25:00\", \"review_working_days\": 2}",
    "{\"weekend\": [6,7], \"day_ends\": \"17:00\"}",
    "{\"weekend\": [6,7], \"day_ends\": \"17:00\", \"review_working_days\": 2, \"working_days\": [\"2025-02-30\"]}",
    "{\"weekend\": [6,7], \"day_ends\": \"17:00\", \"review_working_days\": 2,"
    " \"holidays\": [{\"from\": \"2025-01-02\", \"to\": \"2025-01-01\"}]}",
    "{\"weekend\": [6,7], \"day_ends\": \"17:00\", \"review_working_days\": 2,"
    " \"holidays\": [{\"from\": \"2025-01-02\"}]}",
  };
  g_autofree char *dir = g_dir_make_tmp ("likeness-calendar-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "calendar.json", NULL);
  g_autoptr (GError) missing = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_null (lk_calendar_load (path, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
    }
  g_unlink (path);
  g_assert_null (lk_calendar_load (path, &missing));
  g_assert_error (missing, LK_ERROR, LK_ERROR_BAD_SPEC);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/deadline/examples", test_examples);
  g_test_add_func ("/core/deadline/weekend", test_weekend);
  g_test_add_func ("/core/deadline/day-is-shanghai-day", test_day_is_shanghai_day);
  g_test_add_func ("/core/deadline/holidays", test_holidays);
  g_test_add_func ("/core/deadline/year-without-arrangement", test_year_without_arrangement);
  g_test_add_func ("/core/deadline/working-days", test_working_days);
  g_test_add_func ("/core/deadline/bad-files", test_bad_files);
  return g_test_run ();
}
