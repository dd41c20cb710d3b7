/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "fixture.h"
#include "service/clock.h"

/* What a registrar and a desk do at the command line: rounds, the calendar, tries; and the clock of a rehearsal. */

static const char reference[] =
  "{\"name\": \"2025届\", \"kind\": \"regular\", \"windows\": [\n"
  " {\"site\": \"合肥校本部\", \"from\": \"2025-06-16\", \"to\": \"2025-06-19\", \"opens\": \"08:00\", \"closes\": \"17:00\"},\n"
  " {\"site\": \"*\", \"from\": \"2025-06-23\", \"to\": \"2025-06-26\", \"opens\": \"08:00\", \"closes\": \"24:00\"}]}\n";

enum { WAIT_SECONDS = 60 };

typedef struct
{
  LkTestCampus *campus;
  char *file;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->campus = lk_test_campus_new (2);
  lk_test_campus_close (f->campus);
  f->file = g_build_filename (f->campus->folder, "file.json", NULL);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_campus_free (f->campus);
  g_free (f->file);
}

static void
write_file (Fixture *f, const char *text)
{
  g_assert_true (g_file_set_contents (f->file, text, -1, NULL));
}

/* Runs likenessd with words and --data; what it said on both outputs. */
static char *
run (Fixture *f, int status, const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *out = NULL, *err = NULL;
  va_list list;

  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  g_ptr_array_add (words, (gpointer) "--data");
  g_ptr_array_add (words, f->campus->folder);
  g_ptr_array_add (words, NULL);
  g_assert_cmpint (lk_test_run ((const char *const *) words->pdata, NULL, &out, &err), ==, status);
  return g_strconcat (out, err, NULL);
}

#define ASSERT_SAYS(expected, ...)                         \
  G_STMT_START                                             \
  {                                                        \
    g_autofree char *said = run (__VA_ARGS__, NULL);       \
    if (strstr (said, expected) == NULL)                   \
      g_error ("“%s” is not in: %s", expected, said);      \
  }                                                        \
  G_STMT_END

static int
lines (Fixture *f, const char *action)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM audit WHERE action = '%s'", action);

  return lk_test_query_int (f->campus->folder, sql);
}

static void
test_round (Fixture *f, gconstpointer unused)
{
  ASSERT_SAYS ("There is no round yet.", f, 0, "round", "list");
  write_file (f, reference);
  ASSERT_SAYS ("“2025届” is added, with 8 windows.", f, 0, "round", "add", f->file);
  ASSERT_SAYS ("There is a round named “2025届” already.", f, 1, "round", "add", f->file);
  ASSERT_SAYS ("2025-06-16 08:00–17:00  合肥校本部", f, 0, "round", "list");
  ASSERT_SAYS ("2025-06-26 08:00–24:00  all other sites", f, 0, "round", "list");
  ASSERT_SAYS ("regular round, not closed", f, 0, "round", "list");
  g_assert_cmpint (lines (f, "round-added"), ==, 1);
}

static void
test_round_close (Fixture *f, gconstpointer unused)
{
  write_file (f, reference);
  g_free (run (f, 0, "round", "add", f->file, NULL));
  ASSERT_SAYS ("no round named “2024届”", f, 1, "round", "close", "2024届");
  /* two photos wait for a decision */
  ASSERT_SAYS ("Photos that expire: 2, of which 2 are not decided yet", f, 0, "round", "close", "2025届", "--preview");
  ASSERT_SAYS ("is not closed: students still wait", f, 1, "round", "close", "2025届");
  g_assert_cmpint (lines (f, "round-closed"), ==, 0);
  ASSERT_SAYS ("The round “2025届” is closed.", f, 0, "round", "close", "2025届", "--even-open");
  ASSERT_SAYS ("is closed already", f, 1, "round", "close", "2025届");
  ASSERT_SAYS ("regular round, closed 20", f, 0, "round", "list");
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM submission WHERE state = 'EXPIRED'"), ==, 2);
  ASSERT_SAYS ("audit trail is whole", f, 0, "audit", "verify");
}

static void
test_bad_round (Fixture *f, gconstpointer unused)
{
  write_file (f, "{\"name\": \"a\", \"kind\": \"regular\",\n \"windows\": [{\"site\": \"*\", \"from\": \"16.6.2025\"}]}");
  ASSERT_SAYS ("The round cannot be read:", f, 1, "round", "add", f->file);
  ASSERT_SAYS ("line 2", f, 1, "round", "add", f->file);
  ASSERT_SAYS ("must be a day like 2025-06-16", f, 1, "round", "add", f->file);
  write_file (f, "not JSON");
  ASSERT_SAYS ("The round cannot be read:", f, 1, "round", "add", f->file);
  ASSERT_SAYS ("“round end” is not known", f, 2, "round", "end");
  ASSERT_SAYS ("Usage:", f, 2, "round");
}

static void
test_calendar (Fixture *f, gconstpointer unused)
{
  g_autofree char *own = g_build_filename (f->campus->folder, "calendar.json", NULL);
  g_autofree char *text = NULL;
  static const char calendar[] = "{\"weekend\": [6, 7], \"day_ends\": \"16:30\", \"review_working_days\": 3,"
                                 " \"holidays\": [{\"name\": \"校庆\", \"from\": \"2025-06-20\", \"to\": \"2025-06-20\"}]}";

  write_file (f, "{\"weekend\": [6, 7],\n \"day_ends\": \"25:00\"}");
  ASSERT_SAYS ("line 2", f, 1, "calendar", "import", f->file);
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
  write_file (f, calendar);
  ASSERT_SAYS ("The calendar is in force.", f, 0, "calendar", "import", f->file);
  g_assert_true (g_file_get_contents (own, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, calendar);
  g_assert_cmpint (lines (f, "calendar-imported"), ==, 1);
}

/* Waits until the service has logged a text so often. */
static void
wait_for_line (LkTestServer *server, const char *text)
{
  for (int i = 0; i < WAIT_SECONDS * 100; i++)
    {
      g_autofree char *log = NULL;

      g_assert_true (g_file_get_contents (server->log, &log, NULL, NULL));
      if (strstr (log, text) != NULL)
        return;
      g_usleep (10000);
    }
  g_error ("likenessd did not log %s", text);
}

/* A running service takes the new calendar when it is told to, and keeps the old one when the new one cannot be used. */
static void
test_calendar_of_service (Fixture *f, gconstpointer unused)
{
  g_autofree char *own = g_build_filename (f->campus->folder, "calendar.json", NULL);
  g_autoptr (LkTestServer) server = lk_test_server_start (f->campus->folder, NULL);

  write_file (f, "{\"weekend\": [6, 7], \"day_ends\": \"16:30\", \"review_working_days\": 3}");
  ASSERT_SAYS ("The calendar is in force.", f, 0, "calendar", "import", f->file);
  kill (server->pid, SIGHUP);
  wait_for_line (server, "event=rules file=calendar.json");
  g_assert_true (g_file_set_contents (own, "{}", -1, NULL));
  kill (server->pid, SIGHUP);
  wait_for_line (server, "event=rules-refused file=calendar.json kept=old");
  g_assert_cmpint (lk_test_server_stop (server), ==, 0);
}

static void
test_tries (Fixture *f, gconstpointer unused)
{
  ASSERT_SAYS ("There is no round that is not closed.", f, 1, "tries", "give", "2021210001", "3", "--reason", "检测误判");
  write_file (f, reference);
  g_free (run (f, 0, "round", "add", f->file, NULL));
  ASSERT_SAYS ("Student 2021210001 has 13 tries in this round now.", f, 0, "tries", "give", "2021210001", "3", "--reason", "检测误判");
  ASSERT_SAYS ("Student 2021210001 has 14 tries in this round now.", f, 0, "tries", "give", "2021210001", "1", "--reason", "again");
  ASSERT_SAYS ("There is no student 1999 in the roster.", f, 1, "tries", "give", "1999", "3", "--reason", "x");
  ASSERT_SAYS ("“many” is no number of tries", f, 2, "tries", "give", "2021210001", "many", "--reason", "x");
  ASSERT_SAYS ("“0” is no number of tries", f, 2, "tries", "give", "2021210001", "0", "--reason", "x");
  ASSERT_SAYS ("The option --reason is needed.", f, 2, "tries", "give", "2021210001", "3");
  g_assert_cmpint (lines (f, "tries-granted"), ==, 2);
}

/* -- the clock -- */

static void
test_clock_stands (void)
{
  lk_clock_set (1750000000000000);
  g_assert_cmpint (lk_clock_now (), ==, 1750000000000000);
  g_assert_cmpint (lk_clock_apply (5), ==, 1750000000000000);
  lk_clock_set (0);
  g_assert_cmpint (ABS (lk_clock_now () - g_get_real_time ()), <, G_TIME_SPAN_HOUR);
}

static void
test_clock_follows (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  write_file (f, "soon");
  g_assert_false (lk_clock_follow (f->file, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
  g_clear_error (&error);
  g_assert_false (lk_clock_follow ("/nowhere/clock", &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  write_file (f, "2025-06-16T01:10:00Z\n");
  g_assert_true (lk_clock_follow (f->file, &error));
  g_assert_cmpint (lk_clock_now () - 1750036200000000, >=, 0);
  g_assert_cmpint (lk_clock_now () - 1750036200000000, <, G_TIME_SPAN_HOUR);
  /* a file that says nothing leaves the time as it is */
  write_file (f, "");
  g_assert_cmpint (lk_clock_now () - 1750036200000000, <, G_TIME_SPAN_HOUR);
  write_file (f, "2025-07-14T00:00:00Z");
  g_assert_cmpint (lk_clock_now () - 1752451200000000, >=, 0);
  g_assert_true (lk_clock_follow (NULL, &error));
  g_assert_cmpint (lk_clock_now (), >, 1752451200000000 + G_TIME_SPAN_DAY);
}

static void
test_clock_of_service (Fixture *f, gconstpointer unused)
{
  const char *arguments[] = { "--clock-file", f->file, NULL };
  g_autoptr (LkTestServer) server = NULL;
  g_autoptr (LkTestClient) client = NULL;
  LkTestAnswer *answer;

  write_file (f, "2025-06-16T01:10:00Z\n");
  server = lk_test_server_start (f->campus->folder, arguments);
  client = lk_test_client_new (server->port);
  answer = lk_test_call (client, "GET", "/v1/meta", NULL, NULL);
  g_assert_true (g_str_has_prefix (lk_json_string (answer->json, "time"), "2025-06-16T01:"));
  lk_test_answer_free (answer);
  write_file (f, "2025-07-14T00:00:00Z\n");
  answer = lk_test_call (client, "GET", "/v1/meta", NULL, NULL);
  g_assert_true (g_str_has_prefix (lk_json_string (answer->json, "time"), "2025-07-14T00:"));
  lk_test_answer_free (answer);
  g_assert_cmpint (lk_test_server_stop (server), ==, 0);
}

#define ADD(path, test) g_test_add ("/service/rounds/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round", test_round);
  ADD ("round-close", test_round_close);
  ADD ("bad-round", test_bad_round);
  ADD ("calendar", test_calendar);
  ADD ("calendar-of-service", test_calendar_of_service);
  ADD ("tries", test_tries);
  ADD ("clock-follows", test_clock_follows);
  ADD ("clock-of-service", test_clock_of_service);
  g_test_add_func ("/service/rounds/clock-stands", test_clock_stands);
  return g_test_run ();
}
