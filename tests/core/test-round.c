/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/deadline.h"
#include "core/error.h"
#include "core/round.h"

#define MAIN_CAMPUS "合肥校本部"
#define TEACHING_POINT "芜湖教学点"

/* The reference calendar of rules.md section 8.1. */
static const char reference[] =
  "{\"name\": \"2025届毕业生图像采集\", \"kind\": \"regular\", \"windows\": ["
  " {\"site\": \"*\", \"from\": \"2025-06-23\", \"to\": \"2025-06-26\", \"opens\": \"08:00\", \"closes\": \"17:00\"},"
  " {\"site\": \"合肥校本部\", \"from\": \"2025-06-16\", \"to\": \"2025-06-19\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}";

/* A time as written in China, µs UTC. */
static gint64
at (const char *local)
{
  g_autofree char *text = g_strconcat (local, "+08:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

static LkRound *
reference_round (void)
{
  g_autoptr (GError) error = NULL;
  LkRound *round = lk_round_parse (reference, -1, &error);

  g_assert_no_error (error);
  return round;
}

static LkCalendar *
calendar (void)
{
  g_autoptr (GError) error = NULL;
  LkCalendar *calendar = lk_calendar_load_default (&error);

  g_assert_no_error (error);
  return calendar;
}

static gboolean
is_open (const char *site, const char *local)
{
  g_autoptr (LkRound) round = reference_round ();
  LkRoundTimes times;

  lk_round_look (round, site, at (local), &times);
  g_assert_true (times.any);
  return times.open;
}

static void
assert_times (const char *site, const char *now, gboolean open, const char *opens, const char *closes)
{
  g_autoptr (LkRound) round = reference_round ();
  LkRoundTimes times;

  lk_round_look (round, site, at (now), &times);
  g_assert_cmpint (times.open, ==, open);
  g_assert_cmpint (times.opens_at, ==, opens != NULL ? at (opens) : 0);
  g_assert_cmpint (times.closes_at, ==, at (closes));
}

/* Rules.md section 8.4, in its order; that tries are counted right is the database's test. */
static void
test_examples (void)
{
  g_autoptr (LkCalendar) days = calendar ();
  gint64 told = at ("2025-06-20T16:59:00");

  g_assert_true (is_open (MAIN_CAMPUS, "2025-06-16T09:10:00"));
  g_assert_cmpint (lk_deadline_review_due (days, at ("2025-06-16T09:10:00")), ==, at ("2025-06-18T17:00:00"));

  g_assert_true (is_open (MAIN_CAMPUS, "2025-06-19T16:59:00"));
  g_assert_cmpint (lk_deadline_review_due (days, at ("2025-06-19T16:59:00")), ==, at ("2025-06-23T17:00:00"));

  g_assert_true (is_open (MAIN_CAMPUS, "2025-06-19T16:59:59.999999"));
  g_assert_false (is_open (MAIN_CAMPUS, "2025-06-19T17:00:00.000"));

  assert_times (TEACHING_POINT, "2025-06-19T10:00:00", FALSE, "2025-06-23T08:00:00", "2025-06-23T17:00:00");

  g_assert_false (is_open (MAIN_CAMPUS, "2025-06-23T10:00:00"));
  g_assert_cmpint (at ("2025-06-23T10:00:00"), <, lk_deadline_right_until (days, told, 2));
  g_assert_cmpint (lk_deadline_right_until (days, told, 2), ==, at ("2025-06-25T00:00:00"));
}

/* "30 August 2025 23:59:59, export sealed: in time": a deadline that is only a date ends at 24:00, weekend or not. */
static void
test_date_only (void)
{
  GDate day;

  g_assert_true (lk_deadline_parse_day ("2025-08-30", &day));
  g_assert_cmpint (at ("2025-08-30T23:59:59"), <, lk_deadline_moment (&day, 24, 0));
  g_assert_cmpint (at ("2025-08-31T00:00:00"), ==, lk_deadline_moment (&day, 24, 0));
  g_assert_false (lk_deadline_parse_day ("2025-02-29", &day));
  g_assert_false (lk_deadline_parse_day ("30.8.2025", &day));
  g_assert_false (lk_deadline_parse_day (NULL, &day));
}

static void
test_every_window (void)
{
  static const char *const sites[] = { MAIN_CAMPUS, TEACHING_POINT };

  for (guint s = 0; s < G_N_ELEMENTS (sites); s++)
    for (int day = 14; day <= 30; day++)
      {
        gboolean held = s == 0 ? day >= 16 && day <= 19 : day >= 23 && day <= 26;
        g_autofree char *before = g_strdup_printf ("2025-06-%02dT07:59:59.999999", day);
        g_autofree char *first = g_strdup_printf ("2025-06-%02dT08:00:00", day);
        g_autofree char *last = g_strdup_printf ("2025-06-%02dT16:59:59.999999", day);
        g_autofree char *after = g_strdup_printf ("2025-06-%02dT17:00:00", day);

        g_assert_false (is_open (sites[s], before));
        g_assert_cmpint (is_open (sites[s], first), ==, held);
        g_assert_cmpint (is_open (sites[s], last), ==, held);
        g_assert_false (is_open (sites[s], after));
      }
}

static void
test_times (void)
{
  assert_times (MAIN_CAMPUS, "2025-06-01T00:00:00", FALSE, "2025-06-16T08:00:00", "2025-06-16T17:00:00");
  assert_times (MAIN_CAMPUS, "2025-06-16T08:00:00", TRUE, "2025-06-16T08:00:00", "2025-06-16T17:00:00");
  assert_times (MAIN_CAMPUS, "2025-06-16T17:00:00", FALSE, "2025-06-17T08:00:00", "2025-06-17T17:00:00");
  assert_times (MAIN_CAMPUS, "2025-06-19T17:00:00", FALSE, NULL, "2025-06-19T17:00:00");
}

/* A site with windows of its own has only those; the others have those of "*", if there are any. */
static void
test_sites (void)
{
  g_autoptr (LkRound) all = reference_round ();
  g_autoptr (LkRound) one = lk_round_new ();
  LkRoundTimes times;

  g_assert_cmpuint (all->windows->len, ==, 8);
  g_assert_cmpint (((LkRoundWindow *) all->windows->pdata[0])->from, ==, at ("2025-06-16T08:00:00"));
  g_assert_true (lk_round_has_site (all, TEACHING_POINT));
  lk_round_add_window (one, MAIN_CAMPUS, 10, 20);
  g_assert_true (lk_round_has_site (one, MAIN_CAMPUS));
  g_assert_false (lk_round_has_site (one, TEACHING_POINT));
  lk_round_look (one, TEACHING_POINT, 15, &times);
  g_assert_false (times.any);
  g_assert_false (times.open);
}

static void
assert_right (const char *told, const char *until)
{
  g_autoptr (LkCalendar) days = calendar ();

  g_assert_cmpint (lk_deadline_right_until (days, at (told), 2), ==, at (until));
}

static void
test_right (void)
{
  assert_right ("2025-06-16T09:00:00", "2025-06-19T00:00:00");
  /* over a weekend, and told on one */
  assert_right ("2025-06-19T09:00:00", "2025-06-24T00:00:00");
  assert_right ("2025-06-21T09:00:00", "2025-06-25T00:00:00");
  /* over the national holiday, ending on a Saturday that is worked */
  assert_right ("2025-09-30T09:00:00", "2025-10-11T00:00:00");
  assert_right ("2025-10-09T23:59:59", "2025-10-12T00:00:00");
}

static void
test_make_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRound) round = lk_round_parse (
    "{\"name\": \"补采集\", \"kind\": \"makeup\", \"price_cents\": 2500, \"tries\": 5, \"tries_after_return\": 1, \"graduation_year\": 2025,"
    " \"windows\": [{\"site\": \"*\", \"from\": \"2025-07-14\", \"to\": \"2025-07-14\", \"opens\": \"00:00\", \"closes\": \"24:00\"}]}",
    -1, &error);
  LkRoundTimes times;

  g_assert_no_error (error);
  g_assert_cmpint (round->kind, ==, LK_ROUND_MAKEUP);
  g_assert_cmpint (round->price_cents, ==, 2500);
  g_assert_cmpint (round->tries_allowed, ==, 5);
  g_assert_cmpint (round->tries_after_return, ==, 1);
  g_assert_cmpint (round->graduation_year, ==, 2025);
  lk_round_look (round, MAIN_CAMPUS, at ("2025-07-14T23:59:59"), &times);
  g_assert_true (times.open);
  lk_round_look (round, MAIN_CAMPUS, at ("2025-07-15T00:00:00"), &times);
  g_assert_false (times.open);
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "[]",
    "{\"kind\": \"regular\", \"windows\": []}",
    "{\"name\": \"a\", \"kind\": \"second\", \"windows\": []}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": []}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"price_cents\": -1, \"windows\": [W]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"tries\": 0, \"windows\": [W]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"tries\": \"10\", \"windows\": [W]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": [W, W]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": [{\"site\": \"\", \"from\": \"2025-06-16\", \"to\": \"2025-06-16\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": [{\"site\": \"*\", \"from\": \"2025-06-16\", \"to\": \"2025-06-15\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": [{\"site\": \"*\", \"from\": \"2025-06-16\", \"to\": \"2028-06-15\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": [{\"site\": \"*\", \"from\": \"16 June\", \"to\": \"2025-06-15\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": [{\"site\": \"*\", \"from\": \"2025-06-16\", \"to\": \"2025-06-16\", \"opens\": \"17:00\", \"closes\": \"17:00\"}]}",
    "{\"name\": \"a\", \"kind\": \"regular\", \"windows\": [{\"site\": \"*\", \"from\": \"2025-06-16\", \"to\": \"2025-06-16\", \"opens\": \"08:00\", \"closes\": \"24:01\"}]}",
  };
  static const char window[] = "{\"site\": \"*\", \"from\": \"2025-06-16\", \"to\": \"2025-06-16\", \"opens\": \"08:00\", \"closes\": \"17:00\"}";

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GString) json = g_string_new (bad[i]);
      g_autoptr (GError) error = NULL;

      g_string_replace (json, "W", window, 0);
      g_assert_null (lk_round_parse (json->str, -1, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
    }
}

static void
test_line_is_named (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "likeness-round-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_file_set_contents (path, "{\"name\": \"a\",\n \"kind\": \"regular\",\n \"windows\": [\n  {\"site\": \"*\",\n   \"from\": \"soon\"}]}", -1, NULL);
  g_assert_null (lk_round_load (path, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
  g_assert_nonnull (strstr (error->message, "line 5"));
  unlink (path);
}

/* -- a student in a round -- */

static LkRecordState
with_submission (LkState state, gboolean closed)
{
  return lk_record_state (&(LkRecordFacts) { .closed = closed, .has_code = TRUE, .has_draft = TRUE, .has_submission = TRUE,
                                             .submission = state });
}

static void
test_record (void)
{
  g_assert_cmpint (lk_record_state (&(LkRecordFacts) { 0 }), ==, LK_RECORD_NOT_STARTED);
  g_assert_cmpint (lk_record_state (&(LkRecordFacts) { .has_code = TRUE }), ==, LK_RECORD_CODE_READY);
  g_assert_cmpint (lk_record_state (&(LkRecordFacts) { .has_code = TRUE, .has_draft = TRUE }), ==, LK_RECORD_TRYING);
  g_assert_cmpint (lk_record_state (&(LkRecordFacts) { .has_code = TRUE, .has_draft = TRUE, .closed = TRUE }), ==, LK_RECORD_MISSED);
  g_assert_cmpint (with_submission (LK_STATE_PENDING, FALSE), ==, LK_RECORD_SUBMITTED);
  g_assert_cmpint (with_submission (LK_STATE_SECOND_REVIEW, FALSE), ==, LK_RECORD_SUBMITTED);
  g_assert_cmpint (with_submission (LK_STATE_HELD, FALSE), ==, LK_RECORD_SUBMITTED);
  g_assert_cmpint (with_submission (LK_STATE_RETURNED, FALSE), ==, LK_RECORD_NEEDS_ACTION);
  g_assert_cmpint (with_submission (LK_STATE_RESHOOT, FALSE), ==, LK_RECORD_NEEDS_ACTION);
  /* a rejected photo that was not replaced is not collected */
  g_assert_cmpint (with_submission (LK_STATE_RETURNED, TRUE), ==, LK_RECORD_MISSED);
  g_assert_cmpint (with_submission (LK_STATE_EXPIRED, TRUE), ==, LK_RECORD_MISSED);
  g_assert_cmpint (with_submission (LK_STATE_APPROVED, TRUE), ==, LK_RECORD_DONE);
  g_assert_cmpint (with_submission (LK_STATE_EXPORTED, TRUE), ==, LK_RECORD_DONE);
  g_assert_cmpstr (lk_record_state_to_word (LK_RECORD_NEEDS_ACTION), ==, "NEEDS_ACTION");
}

static void
test_seen_by_student (void)
{
  for (int state = LK_STATE_APPROVED; state <= LK_STATE_HELD; state++)
    {
      g_assert_cmpint (lk_state_for_student ((LkState) state, FALSE), ==, LK_STATE_IN_REVIEW);
      g_assert_cmpint (lk_state_for_student ((LkState) state, TRUE), ==, state);
    }
  g_assert_cmpint (lk_state_for_student (LK_STATE_SECOND_REVIEW, TRUE), ==, LK_STATE_IN_REVIEW);
  g_assert_cmpint (lk_state_for_student (LK_STATE_PENDING, FALSE), ==, LK_STATE_PENDING);
  g_assert_cmpint (lk_state_for_student (LK_STATE_EXPIRED, FALSE), ==, LK_STATE_EXPIRED);
}

/* Over all sites: the main campus until its last day ends, then the teaching points. */
static void
test_all_sites (void)
{
  g_autoptr (LkRound) round = lk_round_new ();
  LkRoundTimes times;

  lk_round_add_window (round, "a", 10, 20);
  lk_round_add_window (round, "b", 15, 18);
  lk_round_add_window (round, "b", 30, 40);
  lk_round_look_all (round, 5, &times);
  g_assert_true (times.any && !times.open && times.opens_at == 10);
  lk_round_look_all (round, 16, &times);
  g_assert_true (times.open && times.closes_at == 20);
  lk_round_look_all (round, 20, &times);
  g_assert_true (!times.open && times.opens_at == 30);
  lk_round_look_all (round, 40, &times);
  g_assert_true (times.any && !times.open && times.opens_at == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/round/examples", test_examples);
  g_test_add_func ("/core/round/date-only", test_date_only);
  g_test_add_func ("/core/round/every-window", test_every_window);
  g_test_add_func ("/core/round/times", test_times);
  g_test_add_func ("/core/round/sites", test_sites);
  g_test_add_func ("/core/round/right", test_right);
  g_test_add_func ("/core/round/make-up", test_make_up);
  g_test_add_func ("/core/round/refused", test_refused);
  g_test_add_func ("/core/round/line-is-named", test_line_is_named);
  g_test_add_func ("/core/round/all-sites", test_all_sites);
  g_test_add_func ("/core/round/record", test_record);
  g_test_add_func ("/core/round/seen-by-student", test_seen_by_student);
  return g_test_run ();
}
