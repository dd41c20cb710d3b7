/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "core/data.h"
#include "fixture.h"

/* A running likenessd reads its data files again at SIGHUP; one that cannot be used changes nothing. A college's own files lie in
 * the campus folder. */

#define DEVICE "0192f0c0-0000-7000-8000-00000000000a"

enum { WAIT_SECONDS = 60 };

typedef struct
{
  char *data;                   /* folder of the college's own files */
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *lin;
  guint n_hangups;
} Fixture;

/* The shipped file with one text replaced, into a folder; the line on which the new text begins. */
static int
write_into (const char *folder, const char *name, const char *from, const char *to)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("SHIPPED_DATA_DIR"), name, NULL);
  g_autofree char *own = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  int line = 1;

  g_assert_true (g_file_get_contents (shipped, &text, NULL, NULL));
  changed = g_string_new (text);
  if (from != NULL)
    {
      g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
      for (const char *p = changed->str; p < strstr (changed->str, to); p++)
        line += *p == '\n';
    }
  g_assert_true (g_file_set_contents (own, changed->str, -1, NULL));
  return line;
}

static int
write_file (Fixture *f, const char *name, const char *from, const char *to)
{
  return write_into (f->data, name, from, to);
}

/* What it logged, as soon as it has read all files once more. */
static char *
hang_up (Fixture *f)
{
  f->n_hangups++;
  kill (f->server->pid, SIGHUP);
  for (int i = 0; i < WAIT_SECONDS * 100; i++)
    {
      g_autofree char *log = NULL;
      guint n = 0;

      g_assert_true (g_file_get_contents (f->server->log, &log, NULL, NULL));
      for (const char *p = log; (p = strstr (p, "file=reasons.json")) != NULL && strchr (p, '\n') != NULL; p++)
        n++;
      if (n == f->n_hangups)
        return g_steal_pointer (&log);
      g_usleep (10000);
    }
  g_error ("likenessd did not read its files again");
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->data = lk_test_temporary_folder ();
  write_file (f, "photo-spec.json", NULL, NULL);
  write_file (f, "reasons.json", NULL, NULL);
  f->campus = lk_test_campus_new (10);
  lk_test_campus_close (f->campus);
  g_setenv ("LIKENESS_DATA_DIR", f->data, TRUE);
  f->server = lk_test_server_start (f->campus->folder, NULL);
  g_setenv ("LIKENESS_DATA_DIR", g_getenv ("SHIPPED_DATA_DIR"), TRUE);
  f->lin = lk_test_client_new (f->server->port);
  lk_test_sign_in (f->lin, "lin", DEVICE);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_client_free (f->lin);
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
  lk_test_remove_folder (f->data);
  g_free (f->data);
}

static int
spec_version (Fixture *f)
{
  g_autoptr (LkTestAnswer) meta = lk_test_call (f->lin, "GET", "/v1/meta", NULL, NULL);

  return (int) lk_json_int (meta->json, "spec_version", 0);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("not in the log: %s\n%s", part, text);
}

static void
test_spec (Fixture *f, gconstpointer unused)
{
  int shipped = spec_version (f), line;
  g_autofree char *from = g_strdup_printf ("{\n  \"version\": %d,", shipped);
  g_autofree char *to = g_strdup_printf ("{\n  \"version\": %d,", shipped + 1);
  g_autofree char *read = g_strdup_printf ("event=rules file=photo-spec.json spec_version=%d\n", shipped + 1);
  g_autofree char *log = NULL;
  g_autofree char *refusal = NULL;

  write_file (f, "photo-spec.json", from, to);
  log = hang_up (f);
  assert_has (log, read);
  g_assert_cmpint (spec_version (f), ==, shipped + 1);
  line = write_file (f, "photo-spec.json", "\"low\": 200, \"high\": 300", "\"low\": 300, \"high\": 200");
  g_free (log);
  log = hang_up (f);
  refusal = g_strdup_printf ("event=rules-refused file=photo-spec.json kept=old message=\"%s/photo-spec.json: line %d: G3_eye_line: \"low\" is above \"high\"\"\n",
                             f->data, line);
  assert_has (log, refusal);
  g_assert_cmpint (spec_version (f), ==, shipped + 1);
}

/* The word the service has for a decision on the next photo with this reason. */
static char *
decide (Fixture *f, const char *reason)
{
  g_autoptr (LkTestAnswer) leases = lk_test_lease (f->lin, 1);
  const cJSON *lease = cJSON_GetArrayItem (lk_json_array (leases->json, "leases"), 0);
  g_autoptr (LkTestAnswer) answer = lk_test_decide (f->lin, lk_test_decision (lease, NULL, "return", reason));
  const cJSON *result = lk_test_result (answer, 0);
  const char *code = lk_json_string (result, "code");

  return g_strdup (code != NULL ? code : lk_json_string (result, "status"));
}

static void
test_reasons (Fixture *f, gconstpointer unused)
{
  g_autofree char *known = NULL, *retired = NULL, *still_retired = NULL, *log = NULL, *refusal = NULL;
  int line;

  known = decide (f, "R203");
  g_assert_cmpstr (known, ==, "accepted");
  write_file (f, "reasons.json", "\"code\": \"R203\",", "\"code\": \"R203\", \"retired\": true,");
  g_free (hang_up (f));
  retired = decide (f, "R203");
  g_assert_cmpstr (retired, ==, "bad-reasons");
  line = write_file (f, "reasons.json", "\"code\": \"R203\",", "\"code\": \"203\",");
  log = hang_up (f);
  refusal = g_strdup_printf ("/reasons.json: line %d: \"203\" is not a reason code", line);
  assert_has (log, "event=rules-refused file=reasons.json kept=old message=");
  assert_has (log, refusal);
  still_retired = decide (f, "R203");
  g_assert_cmpstr (still_retired, ==, "bad-reasons");
}

static void
set_version (Fixture *f, int from, int to)
{
  g_autofree char *old = g_strdup_printf ("{\n  \"version\": %d,", from);
  g_autofree char *new = g_strdup_printf ("{\n  \"version\": %d,", to);

  write_into (f->campus->folder, "photo-spec.json", old, new);
}

/* The college's own standard goes before all others while it is there. */
static void
test_own_spec (Fixture *f, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (f->campus->folder, "photo-spec.json", NULL);
  g_autofree char *log = NULL, *refusal = NULL;
  int shipped = spec_version (f), line;

  set_version (f, shipped, shipped + 7);
  g_free (hang_up (f));
  g_assert_cmpint (spec_version (f), ==, shipped + 7);
  line = write_into (f->campus->folder, "photo-spec.json", "\"low\": 200, \"high\": 300", "\"low\": 300, \"high\": 200");
  log = hang_up (f);
  refusal = g_strdup_printf ("file=photo-spec.json kept=old message=\"%s: line %d: G3_eye_line: \"low\" is above \"high\"\"\n", path, line);
  assert_has (log, refusal);
  g_assert_cmpint (spec_version (f), ==, shipped + 7);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_free (hang_up (f));
  g_assert_cmpint (spec_version (f), ==, shipped);
}

/* Without a mistake it would say that there are no photos. */
static char *
import_refusal (Fixture *f)
{
  g_autofree char *roster = g_build_filename (f->data, "roster.csv", NULL);
  g_autofree char *photos = g_build_filename (f->data, "photos", NULL);
  const char *const words[] = { "import", "--data", f->campus->folder, "--roster", roster, "--photos", photos, NULL };
  char *problem = NULL;

  g_assert_cmpint (g_mkdir_with_parents (photos, 0700), ==, 0);
  g_assert_true (g_file_set_contents (roster, "学号,姓名\n2021210001,李明\n", -1, NULL));
  g_assert_cmpint (lk_test_run (words, NULL, NULL, &problem), ==, 1);
  return problem;
}

/* An import goes by all five, and refuses each with file, line and reason. */
static void
test_own_import (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *name, *from, *to, *why;
  } mistakes[] = {
    { "photo-spec.json", "\"low\": 200, \"high\": 300", "\"low\": 300, \"high\": 200", "G3_eye_line: \"low\" is above \"high\"" },
    { "reasons.json", "\"code\": \"R203\",", "\"code\": \"203\",", "\"203\" is not a reason code" },
    { "calendar.json", "\"from\": \"2025-01-01\"", "\"from\": \"2025-02-30\"", "" },
    { "models.json", "\"search\": 1.30", "\"search\": 0.30", "must be a number from \"same\"" },
    { "service.json", "\"undo_seconds\": 600", "\"undo_seconds\": -600", "undo_seconds must be a whole number above 0" },
  };
  g_autofree char *untouched = NULL, *limits = NULL;
  g_autofree char *kept = g_build_filename (f->campus->folder, "service.json", NULL);

  untouched = import_refusal (f);
  g_assert_null (strstr (untouched, ".json"));
  g_assert_true (g_file_get_contents (kept, &limits, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_build_filename (f->campus->folder, mistakes[i].name, NULL);
      int line = write_into (f->campus->folder, mistakes[i].name, mistakes[i].from, mistakes[i].to);
      g_autofree char *problem = import_refusal (f);
      g_autofree char *place = g_strdup_printf ("%s: line %d", path, line);

      assert_has (problem, g_str_equal (mistakes[i].name, "service.json") ? "service.json: " : place);
      assert_has (problem, mistakes[i].why);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_true (g_file_set_contents (kept, limits, -1, NULL));
}

/* Making a campus copies nothing: what is not changed is improved by the next version. */
static void
test_init_copies_nothing (void)
{
  g_autofree char *folder = lk_test_temporary_folder ();
  g_autofree char *campus = g_build_filename (folder, "campus", NULL);
  const char *const words[] = { "init", "--data", campus, NULL };
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_cmpint (lk_test_run (words, NULL, NULL, NULL), ==, 0);
  dir = g_dir_open (campus, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".json"));
  lk_test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("SHIPPED_DATA_DIR", g_getenv ("LIKENESS_DATA_DIR"), TRUE);
  g_test_add ("/service/rules/spec", Fixture, NULL, set_up, test_spec, tear_down);
  g_test_add ("/service/rules/reasons", Fixture, NULL, set_up, test_reasons, tear_down);
  g_test_add ("/service/rules/own-spec", Fixture, NULL, set_up, test_own_spec, tear_down);
  g_test_add ("/service/rules/own-import", Fixture, NULL, set_up, test_own_import, tear_down);
  g_test_add_func ("/service/rules/init-copies-nothing", test_init_copies_nothing);
  return g_test_run ();
}
