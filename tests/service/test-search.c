/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "core/wire.h"
#include "fixture.h"
#include "service/search.h"
#include "service/submission-json.h"
#include "tools/portrait/write.h"

/* The same picture or face under several students, and whose collection code it is. Most of it needs no models: traces are made up. */

typedef struct
{
  LkTestCampus *campus;
  LkSpec *spec;
  LkChecker *checker;           /* without models */
  LkSearch *search;
} Fixture;

static void
open_search (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->search = lk_search_new (f->campus->service, f->spec, f->checker, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  f->campus = lk_test_campus_new (4);
  f->spec = lk_spec_load_default (&error);
  g_assert_no_error (error);
  f->checker = lk_checker_new (f->spec, f->campus->folder);
  g_assert_null (lk_checker_get_engine (f->checker));
  open_search (f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->search, lk_search_free);
  lk_checker_free (f->checker);
  lk_spec_free (f->spec);
  lk_test_campus_free (f->campus);
}

/* A shot with a number; variant 0 is the shot itself, others are the same shot a little changed. */
static LkTrace *
make_trace (guint32 shot, int variant)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (shot);
  LkTrace *trace = g_new0 (LkTrace, 1);

  trace->has_fingerprint = TRUE;
  for (int i = 1; i < LK_FINGERPRINT_BITS; i++)
    {
      trace->fingerprint.shape[i] = (gint8) g_rand_int_range (rand, -127, 128);
      if (trace->fingerprint.shape[i] > 0)
        trace->fingerprint.bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
    }
  for (int i = 1; i <= variant * 10; i++)
    {
      trace->fingerprint.shape[i] /= 2;
      trace->fingerprint.bits[i / 64] ^= G_GUINT64_CONSTANT (1) << (i % 64);
    }
  return trace;
}

/* Submits for a student as the import does; gives the checks that were found. */
static GPtrArray *
submit (Fixture *f, const char *student_no, const char *file, const LkTrace *trace)
{
  LkService *service = f->campus->service;
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) bytes = g_bytes_new (file, strlen (file));
  g_autoptr (GBytes) sealed = lk_search_seal (f->search, trace);
  g_autoptr (GArray) matches = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  LkPhotoFile photo = { .type = "image/jpeg", .width = 480, .height = 640, .bytes = (gint64) strlen (file),
                        .eyes = { TRUE, 0.25, 0.5, 0.75, 0.5 } };
  gint64 row = 0, student = 0;
  LkSubmitResult result;

  lk_blobs_put (service->blobs, bytes, photo.sha256, &error);
  g_assert_no_error (error);
  matches = lk_search_run (f->search, &(LkSearchSubject) { student_no, photo.sha256, trace, FALSE }, checks, &error);
  g_assert_no_error (error);
  g_ptr_array_add (checks, lk_check_new (&(LkCheckDescription) {
    .id = "G6_roll", .version = 1, .outcome = LK_OUTCOME_PASS, .value = 0, .score = NAN, .low = NAN, .high = NAN, .hard_low = NAN,
    .hard_high = NAN, .region = { LK_REGION_SPAN, 0.25f, 0.5f, 0.75f, 0.5f } }));
  json = lk_checks_to_json (checks);
  text = lk_json_print (json);
  service->db->ops->submit (service->db, &(LkNewSubmission) {
    .student_no = student_no, .photo = &photo, .submitted_at = 5, .due_at = 2000000, .tries_used = 1, .tries_allowed = 10,
    .spec_version = 1, .checks = text, .brief = "[]", .trace = sealed, .matches = matches, .row = &row, .student = &student },
    &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, LK_SUBMIT_TAKEN);
  lk_search_add (f->search, row, student, trace);
  return g_steal_pointer (&checks);
}

/* The students' first photos are sent back, so that they may send another. */
static void
send_back (Fixture *f)
{
  g_free (lk_test_query (f->campus->folder, "UPDATE submission SET state = 'RETURNED' WHERE state = 'PENDING'"));
}

static const LkOther *
first_other (GPtrArray *checks, const char *id)
{
  GPtrArray *others = lk_check_get_others (lk_checks_find (checks, id));

  g_assert_nonnull (others);
  g_assert_cmpuint (others->len, ==, 1);
  return others->pdata[0];
}

/* It can be laid beside the photo: its size and its eyes came along. */
static void
assert_picture (const LkOther *other)
{
  g_assert_nonnull (other->picture);
  g_assert_cmpstr (other->picture->sha256, ==, other->photo);
  g_assert_cmpint (other->picture->width, ==, 480);
  g_assert_cmpint (other->picture->height, ==, 640);
  g_assert_true (other->picture->eyes.known);
  g_assert_cmpfloat (other->picture->eyes.left_x, ==, 0.25);
}

static LkOutcome
outcome (GPtrArray *checks, const char *id)
{
  return lk_check_get_outcome (lk_checks_find (checks, id));
}

static void
test_other_student (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTrace) shot = make_trace (1, 0);
  g_autoptr (LkTrace) changed = make_trace (1, 2);
  g_autoptr (LkTrace) stranger = make_trace (2, 0);
  g_autoptr (GPtrArray) first = NULL, second = NULL, third = NULL, fourth = NULL;
  const LkOther *other;

  send_back (f);
  first = submit (f, "2021210001", "one", shot);
  second = submit (f, "2021210002", "two", changed);
  third = submit (f, "2021210003", "three", stranger);
  fourth = submit (f, "2021210004", "three", NULL);
  g_assert_cmpint (outcome (first, "D2_other_student"), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (outcome (third, "D2_other_student"), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (outcome (second, "D2_other_student"), ==, LK_OUTCOME_WARN);
  g_assert_cmpstr (lk_check_get_reason (lk_checks_find (second, "D2_other_student")), ==, "R802");
  other = first_other (second, "D2_other_student");
  g_assert_cmpint (other->likeness, ==, LK_LIKENESS_NEAR_COPY);
  /* masked, as everything that leaves the service */
  g_assert_cmpstr (other->student_no, ==, "2021****01");
  g_assert_cmpstr (other->name, ==, "李*明");
  assert_picture (other);
  /* the very same file is found without a face */
  g_assert_cmpint (outcome (fourth, "D2_other_student"), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (first_other (fourth, "D2_other_student")->likeness, ==, LK_LIKENESS_SAME_FILE);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM match"), ==, 2);
}

static void
test_nothing_to_see (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) checks = NULL;

  send_back (f);
  checks = submit (f, "2021210001", "no face", NULL);
  g_assert_cmpuint (checks->len, ==, 4);        /* with G6_roll, which all of these have */
  g_assert_cmpstr (lk_check_get_why (lk_checks_find (checks, "D2_other_student")), ==, "no-engine");
  g_assert_cmpstr (lk_check_get_why (lk_checks_find (checks, "D1_resubmitted")), ==, "no-engine");
  g_assert_cmpstr (lk_check_get_why (lk_checks_find (checks, "I1_code_match")), ==, "no-code");
}

/* Only what was sent back counts, and only of the same student. */
static void
test_resubmitted (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTrace) shot = make_trace (5, 0);
  g_autoptr (LkTrace) changed = make_trace (5, 1);
  g_autoptr (LkTrace) new_shot = make_trace (6, 0);
  g_autoptr (GPtrArray) first = NULL, second = NULL, third = NULL;
  LkCheck *check;

  send_back (f);
  first = submit (f, "2021210001", "one", shot);
  g_assert_cmpint (outcome (first, "D1_resubmitted"), ==, LK_OUTCOME_PASS);
  send_back (f);
  second = submit (f, "2021210001", "again", changed);
  check = lk_checks_find (second, "D1_resubmitted");
  g_assert_cmpint (lk_check_get_outcome (check), ==, LK_OUTCOME_WARN);
  g_assert_cmpstr (lk_check_get_reason (check), ==, "R801");
  g_assert_cmpfloat (lk_check_get_value (check), >, lk_check_get_high (check));
  g_assert_cmpint (outcome (second, "D2_other_student"), ==, LK_OUTCOME_PASS);
  send_back (f);
  third = submit (f, "2021210001", "new", new_shot);
  g_assert_cmpint (outcome (third, "D1_resubmitted"), ==, LK_OUTCOME_PASS);
  g_assert_cmpfloat (lk_check_get_value (lk_checks_find (third, "D1_resubmitted")), <, 0.5);
}

/* An import beside a running service: each finds what the other has added, and nothing twice. */
static void
test_two_at_once (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTrace) shot = make_trace (5, 0);
  g_autoptr (LkTrace) other_shot = make_trace (6, 0);
  g_autoptr (GPtrArray) first = NULL, second = NULL, third = NULL;
  LkSearch *service = f->search, *import;

  send_back (f);
  open_search (f);
  import = f->search;
  first = submit (f, "2021210001", "one", shot);
  f->search = service;
  second = submit (f, "2021210002", "two", shot);
  g_assert_cmpint (outcome (second, "D2_other_student"), ==, LK_OUTCOME_WARN);
  f->search = import;
  third = submit (f, "2021210003", "three", other_shot);
  g_assert_cmpint (outcome (third, "D2_other_student"), ==, LK_OUTCOME_PASS);
  g_assert_cmpuint (lk_search_get_size (import), ==, 3);
  send_back (f);
  f->search = service;
  g_clear_pointer (&third, g_ptr_array_unref);
  third = submit (f, "2021210004", "four", other_shot);
  g_assert_cmpint (outcome (third, "D2_other_student"), ==, LK_OUTCOME_WARN);
  g_assert_cmpuint (lk_search_get_size (service), ==, 4);
  lk_search_free (import);
}

static void
put_codes (Fixture *f, const char *csv)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRoster) codes = lk_roster_parse_codes (bytes, &error);

  g_assert_no_error (error);
  f->campus->service->db->ops->put_codes (f->campus->service->db, codes->rows, &error);
  g_assert_no_error (error);
}

static void
test_codes (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) own = NULL, other = NULL, unknown = NULL, second = NULL;

  send_back (f);
  g_free (lk_test_query (f->campus->folder, "UPDATE student SET unique_no = 'U' || substr (student_no, -1) WHERE student_no < '2021210003'"));
  put_codes (f, "学号,唯一号\n2021210001,U1\n2021210002,U1\n2021210003,V7\n");
  own = submit (f, "2021210001", "a", NULL);
  other = submit (f, "2021210002", "b", NULL);
  unknown = submit (f, "2021210003", "c", NULL);
  put_codes (f, "student_no,unique_no\n2021210004,V7\n");
  second = submit (f, "2021210004", "d", NULL);
  g_assert_cmpint (outcome (own, "I1_code_match"), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (outcome (other, "I1_code_match"), ==, LK_OUTCOME_FAIL);
  g_assert_cmpint (lk_check_get_kind (lk_checks_find (other, "I1_code_match")), ==, LK_CHECK_HARD);
  g_assert_cmpstr (lk_check_get_reason (lk_checks_find (other, "I1_code_match")), ==, "R701");
  g_assert_cmpstr (first_other (other, "I1_code_match")->student_no, ==, "2021****01");
  g_assert_cmpstr (lk_check_get_why (lk_checks_find (unknown, "I1_code_match")), ==, "unknown-code");
  /* a code that nobody in the roster has counts for the first photo it came with */
  g_assert_cmpint (outcome (second, "I1_code_match"), ==, LK_OUTCOME_FAIL);
  g_assert_cmpstr (first_other (second, "I1_code_match")->student_no, ==, "2021****03");
}

/* The earlier of the two learns of it when it is leased, and who holds one of them may see both photos. */
static void
test_later (Fixture *f, gconstpointer unused)
{
  LkCampusDb *db = f->campus->service->db;
  g_autoptr (LkTrace) shot = make_trace (1, 0);
  g_autoptr (LkStaff) staff = NULL;
  g_autoptr (GPtrArray) rows = NULL, first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  LkActor actor = { .role = LK_ROLE_REVIEWER, .device = "0192f0c0-0000-7000-8000-000000000001", .from = "127.0.0.1" };
  const LkQueueFilter filter = { .outcome = LK_QUEUE_ANY_OUTCOME };
  gboolean found = FALSE;
  LkPhotoFile photo;
  gint64 pending;

  send_back (f);
  first = submit (f, "2021210001", "one", shot);
  second = submit (f, "2021210002", "two", shot);
  staff = db->ops->find_staff (db, "lin", &error);
  actor.staff = staff->row;
  actor.uuid = staff->uuid;
  g_assert_false (db->ops->find_photo (db, &actor, first_other (second, "D2_other_student")->photo, &photo, NULL));
  rows = db->ops->lease (db, &actor, 4, &filter, &pending, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const LkSubmissionRow *row = rows->pdata[i];
      g_autoptr (cJSON) json = lk_submission_row_to_json (row);
      g_autofree char *text = lk_json_print (json);
      g_autoptr (cJSON) read = lk_json_parse (text, -1, LK_ERROR_CORRUPT, &error);
      g_autoptr (LkSubmission) submission = lk_submission_from_json (read, &error);
      const LkOther *other;

      g_assert_no_error (error);
      if (!g_str_equal (row->student_no, "2021210001"))
        continue;
      found = TRUE;
      g_assert_true (lk_submission_get_identity_flag (submission));
      other = first_other (lk_submission_get_checks (submission), "D2_other_student");
      g_assert_cmpstr (other->student_no, ==, "2021****02");
      assert_picture (other);
      g_assert_true (db->ops->find_photo (db, &actor, other->photo, &photo, NULL));
    }
  g_assert_true (found);
}

/* What was found is found again by the next process; nothing readable lies in the database. */
static void
test_restart (Fixture *f, gconstpointer unused)
{
  g_autofree char *key = g_build_filename (f->campus->folder, "search.key", NULL);
  g_autoptr (LkTrace) shot = make_trace (9, 0);
  g_autoptr (GPtrArray) first = NULL, second = NULL;
  g_autofree char *magic = NULL;
  struct stat info;

  send_back (f);
  first = submit (f, "2021210001", "one", shot);
  g_assert_cmpint (stat (key, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM trace WHERE instr (sealed, 'LKTRACE') > 0"), ==, 0);
  g_clear_pointer (&f->search, lk_search_free);
  open_search (f);
  g_assert_cmpuint (lk_search_get_size (f->search), ==, 1);
  second = submit (f, "2021210002", "two", shot);
  g_assert_cmpint (outcome (second, "D2_other_student"), ==, LK_OUTCOME_WARN);
}

static void
assert_locked (Fixture *f)
{
  const char *const serve[] = { "serve", "--data", f->campus->folder, "--port", "0", NULL };
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (lk_search_new (f->campus->service, f->spec, f->checker, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_LOCKED);
  g_assert_cmpint (lk_test_run (serve, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "The key file search.key in"));
  g_assert_nonnull (strstr (err, "is missing or belongs to another campus"));
}

static void
test_wrong_key (Fixture *f, gconstpointer unused)
{
  g_autofree char *key = g_build_filename (f->campus->folder, "search.key", NULL);
  g_autoptr (LkTrace) shot = make_trace (9, 0);
  g_autoptr (GPtrArray) checks = NULL;

  send_back (f);
  checks = submit (f, "2021210001", "one", shot);
  g_clear_pointer (&f->search, lk_search_free);
  g_assert_true (g_file_set_contents (key, "0123456789abcdef0123456789abcdef", 32, NULL));
  assert_locked (f);
  g_assert_true (g_file_set_contents (key, "short", 5, NULL));
  assert_locked (f);
  g_assert_cmpint (g_unlink (key), ==, 0);
  assert_locked (f);
  /* and no new key is put in place of a lost one */
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
}

/* -- with the models: the whole import -- */

static void
write_portrait (const char *folder, const char *name, const LkPortraitParams *params)
{
  g_autoptr (LkPortrait) portrait = lk_portrait_render (params, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  lk_portrait_write (portrait, params, path, &error);
  g_assert_no_error (error);
}

static char *
check_member (const char *campus, int student, const char *id, const char *path)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT json_extract (c.value, '%s') FROM report r JOIN submission s ON s.id = r.submission JOIN student t ON t.id = s.student,"
    " json_each (r.checks) c WHERE t.student_no = '%d' AND json_extract (c.value, '$.id') = '%s'", path, student, id);

  return lk_test_query (campus, sql);
}

static void
assert_member (const char *campus, int student, const char *id, const char *path, const char *expected)
{
  g_autofree char *found = check_member (campus, student, id, path);

  g_assert_cmpstr (found, ==, expected);
}

/* Drawn strangers are more alike than real ones: the campus has a list of models of its own. */
static void
raise_search (const char *campus)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("LIKENESS_DATA_DIR"), "models.json", NULL);
  g_autofree char *own = g_build_filename (campus, "models.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (shipped, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "\"search\": 1.30", "\"search\": 1.60", 1), ==, 1);
  g_assert_true (g_file_set_contents (own, changed->str, -1, NULL));
}

/* One person twice under other names, in another shot; somebody else; and a diploma photo of somebody else. */
static void
test_import (void)
{
  g_autofree char *folder = lk_test_temporary_folder ();
  g_autofree char *campus = g_build_filename (folder, "campus", NULL);
  g_autofree char *photos = g_build_filename (folder, "photos", NULL);
  g_autofree char *roster = g_build_filename (folder, "roster.csv", NULL);
  const char *const init[] = { "init", "--data", campus, NULL };
  const char *const import[] = { "import", "--data", campus, "--roster", roster, "--photos", photos, NULL };
  g_autoptr (LkPortraitParams) person = lk_portrait_params_random (20001);
  g_autoptr (LkPortraitParams) other = lk_portrait_params_random (20002);
  g_autoptr (LkPortraitParams) again = lk_portrait_id_card (person, TRUE);
  g_autoptr (LkPortraitParams) diploma = lk_portrait_id_card (other, FALSE);

  again->yaw = 9;
  again->pitch = 4;
  g_assert_cmpint (g_mkdir (photos, 0700), ==, 0);
  write_portrait (photos, "1.jpg", person);
  write_portrait (photos, "2.jpg", other);
  write_portrait (photos, "2.diploma.jpg", diploma);
  write_portrait (photos, "3.jpg", again);
  g_assert_true (g_file_set_contents (roster, "student_no,name\n1,A\n2,B\n3,C\n", -1, NULL));
  g_assert_cmpint (lk_test_run (init, NULL, NULL, NULL), ==, 0);
  raise_search (campus);
  g_assert_cmpint (lk_test_run (import, NULL, NULL, NULL), ==, 0);
  assert_member (campus, 1, "D2_other_student", "$.high", "1.6");
  assert_member (campus, 1, "D2_other_student", "$.outcome", "pass");
  assert_member (campus, 2, "D2_other_student", "$.outcome", "pass");
  assert_member (campus, 3, "D2_other_student", "$.outcome", "warn");
  assert_member (campus, 3, "D2_other_student", "$.others[0].likeness", "same-face");
  assert_member (campus, 2, "I2_similarity", "$.reason", "R703");
  assert_member (campus, 2, "I2_similarity", "$.others[0].why", "no-reference");
  assert_member (campus, 2, "I2_similarity", "$.others[1].likeness", "different");
  assert_member (campus, 1, "I2_similarity", "$.why", "no-reference");
  lk_test_remove_folder (folder);
}

static gboolean
has_models (void)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (LkChecker) checker = lk_checker_new (spec, NULL);

  return lk_checker_get_problem (checker) == NULL;
}

#define ADD(path, func) g_test_add ("/service/search/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("other-student", test_other_student);
  ADD ("nothing-to-see", test_nothing_to_see);
  ADD ("resubmitted", test_resubmitted);
  ADD ("two-at-once", test_two_at_once);
  ADD ("codes", test_codes);
  ADD ("later", test_later);
  ADD ("restart", test_restart);
  ADD ("wrong-key", test_wrong_key);
  if (has_models ())
    g_test_add_func ("/service/search/import", test_import);
  return g_test_run ();
}
