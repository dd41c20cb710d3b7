/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "core/data.h"
#include "make-heic.h"
#include "photo/decode.h"
#include "student-stage.h"

/* A student's way by HTTP, from the collection code to the approved photo, and everything that can go wrong on it. Photos are really
 * looked at and checked, so most of it needs the models. */

#define DEVICE "0192f0c0-0000-7000-8000-000000000001"

typedef struct
{
  LkStage *stage;
} Fixture;

static void
set_up (Fixture *f, gconstpointer limits)
{
  f->stage = lk_stage_new (5);
  lk_stage_start (f->stage, limits);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_stage_free (f->stage);
}

/* One campus for those that leave clock and limits alone; each has students of its own. */
static LkStage *shared;

static void
share (Fixture *f, gconstpointer unused)
{
  if (shared == NULL)
    {
      shared = lk_stage_new (12);
      lk_stage_start (shared, NULL);
    }
  f->stage = shared;
}

static gboolean
has_models (void)
{
  g_autofree char *folder = lk_models_dir ();

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_test_skip ("set-up has not fetched the models");
  return FALSE;
}

/* -- short words for calls -- */

/* Uploaded and looked at. */
static char *
upload (LkTestClient *client, guint seed)
{
  g_autoptr (GBytes) original = lk_stage_original (seed, 900, 1200);
  g_autoptr (LkTestAnswer) answer = lk_stage_upload (client, original);
  g_autoptr (LkTestAnswer) looked = NULL;

  g_assert_cmpint (answer->status, ==, 202);
  lk_stage_assert_state (answer, "DRAFT");
  looked = lk_stage_settle (client, lk_json_string (answer->json, "id"));
  g_assert_cmpint (lk_json_int (lk_json_object (looked->json, "original"), "width", 0), ==, 900);
  g_assert_nonnull (lk_json_object (looked->json, "proposal"));
  return g_strdup (lk_json_string (answer->json, "id"));
}

/* The checks are asked for with the proposed crop. */
static LkTestAnswer *
ask_check (LkTestClient *client, const char *photo)
{
  g_autoptr (LkTestAnswer) looked = lk_stage_settle (client, photo);
  g_autofree char *crop = lk_stage_crop (looked->json);

  return lk_stage_photo_post (client, photo, "check", crop);
}

static LkTestAnswer *
check (LkTestClient *client, const char *photo)
{
  g_autoptr (LkTestAnswer) answer = ask_check (client, photo);

  g_assert_cmpint (answer->status, ==, 202);
  g_assert_cmpstr (lk_json_string (lk_json_object (answer->json, "job"), "kind"), ==, "check");
  g_assert_cmpint (lk_json_int (lk_json_object (answer->json, "job"), "wait_seconds", 0), >=, 1);
  return lk_stage_settle (client, photo);
}

static int
tries_used (LkTestClient *client)
{
  g_autoptr (LkTestAnswer) record = lk_stage_get (client, "/v1/student/record");

  g_assert_cmpint (record->status, ==, 200);
  return (int) lk_json_int (lk_json_object (record->json, "tries"), "used", -1);
}

/* Photo number seed of this student, in the review queue. */
static char *
send (LkTestClient *client, guint seed)
{
  char *photo = upload (client, seed);
  g_autoptr (LkTestAnswer) checked = check (client, photo);
  g_autoptr (LkTestAnswer) sent = NULL;

  lk_stage_assert_state (checked, "CHECK_PASSED");
  sent = lk_stage_photo_post (client, photo, "submit", NULL);
  g_assert_cmpint (sent->status, ==, 200);
  lk_stage_assert_state (sent, "PENDING");
  g_assert_true (lk_json_boolean (sent->json, "final", FALSE));
  return photo;
}

/* A reviewer leases what waits and decides so. */
static void
review (Fixture *f, const char *verdict, const char *reason)
{
  g_autoptr (LkTestClient) reviewer = lk_test_client_new (f->stage->server->port);
  g_autoptr (LkTestAnswer) leases = NULL;
  g_autoptr (LkTestAnswer) answer = NULL;

  lk_test_sign_in (reviewer, "lin", DEVICE);
  leases = lk_test_lease (reviewer, 1);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (leases->json, "leases")), ==, 1);
  answer = lk_test_decide (reviewer, lk_test_decision (cJSON_GetArrayItem (lk_json_array (leases->json, "leases"), 0), NULL, verdict,
                                                       reason));
  g_assert_cmpstr (lk_json_string (lk_test_result (answer, 0), "status"), ==, "accepted");
}

static const cJSON *
first_submission (LkTestAnswer *record)
{
  return cJSON_GetArrayItem (lk_json_array (record->json, "submissions"), 0);
}

/* The counter is what the log of tries says, for everybody. */
static void
assert_books (Fixture *f)
{
  const char *words[] = { "audit", "verify", "--data", f->stage->campus->folder, NULL };

  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder,
                                      "SELECT count(*) FROM record r WHERE r.tries_used <>"
                                      " (SELECT count(*) FROM try t WHERE t.record = r.id AND t.given_back = 0)"), ==, 0);
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM try WHERE ended_at IS NULL"), ==, 0);
  g_assert_cmpint (lk_test_run (words, NULL, NULL, NULL), ==, 0);
}

/* -- the way -- */

/* Some day later the student comes again: what was signed in has ended. */
static void
come_back (Fixture *f, LkTestClient **client, const char *time)
{
  lk_stage_set_time (f->stage, time);
  g_clear_pointer (client, lk_test_client_free);
  *client = lk_stage_enter (f->stage, 1);
}

static void
look_at_result (Fixture *f)
{
  g_autoptr (LkTestClient) client = lk_stage_enter (f->stage, 1);
  g_autoptr (LkTestAnswer) early = lk_stage_get (client, "/v1/student/record");
  g_autoptr (LkTestAnswer) record = NULL;
  g_autoptr (LkTestAnswer) photo = NULL;

  g_assert_true (cJSON_IsNull (cJSON_GetObjectItem (first_submission (early), "decision")));
  lk_stage_assert_refused (lk_stage_get (client, "/v1/student/approved"), 404, "not-found");
  come_back (f, &client, "2025-06-17T09:30:00");
  record = lk_stage_get (client, "/v1/student/record");
  lk_stage_assert_state (record, "DONE");
  g_assert_cmpstr (lk_json_string (lk_json_object (first_submission (record), "decision"), "verdict"), ==, "approve");
  g_assert_nonnull (lk_json_object (record->json, "approved"));
  photo = lk_stage_get (client, "/v1/student/approved");
  g_assert_cmpint (photo->status, ==, 200);
  g_assert_nonnull (strstr (photo->head, "Content-Disposition: attachment; filename=\"2025000001.jpg\""));
  g_assert_true (memcmp (photo->body, "\xff\xd8\xff", 3) == 0);
}

static void
test_way (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = NULL;
  g_autofree char *photo = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;
  g_autoptr (LkTestAnswer) redone = NULL;
  g_autoptr (LkTestAnswer) again = NULL;
  g_autoptr (GBytes) other = lk_stage_original (8, 600, 800);

  if (!has_models ())
    return;
  client = lk_stage_enter (f->stage, 1);
  photo = upload (client, 7);
  lk_stage_assert_image (client, photo, "original", 200);
  lk_stage_assert_image (client, photo, "blue", 404);
  checked = check (client, photo);
  lk_stage_assert_state (checked, "CHECK_PASSED");
  g_assert_true (lk_json_boolean (checked->json, "blue", FALSE));
  lk_stage_assert_image (client, photo, "cropped", 200);
  lk_stage_assert_image (client, photo, "blue", 200);
  redone = lk_stage_photo_post (client, photo, "redo", NULL);
  lk_stage_assert_state (redone, "DRAFT");
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (redone->json, "checks")), ==, 0);
  again = check (client, photo);
  lk_stage_assert_state (again, "CHECK_PASSED");
  lk_test_answer_free (lk_stage_photo_post (client, photo, "submit", NULL));
  lk_stage_assert_refused (lk_stage_photo_post (client, photo, "redo", NULL), 409, "state");
  lk_stage_assert_refused (lk_stage_upload (client, other), 409, "state");
  g_assert_cmpint (tries_used (client), ==, 2);
  review (f, "approve", NULL);
  look_at_result (f);
  assert_books (f);
}

/* -- sent back -- */

static void
test_right (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (LkTestAnswer) record = NULL;
  g_autoptr (LkTestAnswer) refused = NULL;
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GBytes) other = NULL;
  const cJSON *reason;

  if (!has_models ())
    return;
  come_back (f, &client, "2025-06-19T16:30:00");
  first = send (client, 7);
  review (f, "return", "R203");
  come_back (f, &client, "2025-06-20T16:31:00");          /* a Friday; the window has closed */
  record = lk_stage_get (client, "/v1/student/record");
  lk_stage_assert_state (record, "NEEDS_ACTION");
  g_assert_true (lk_json_boolean (record->json, "may_send", FALSE));
  g_assert_cmpstr (lk_json_string (lk_json_object (record->json, "window"), "right_until"), ==, "2025-06-24T16:00:00Z");
  reason = cJSON_GetArrayItem (lk_json_array (lk_json_object (first_submission (record), "decision"), "reasons"), 0);
  g_assert_cmpstr (lk_json_string (reason, "code"), ==, "R203");
  g_assert_nonnull (lk_json_string (reason, "todo_zh"));
  come_back (f, &client, "2025-06-24T23:00:00");
  second = send (client, 9);
  come_back (f, &client, "2025-06-25T00:30:00");
  other = lk_stage_original (8, 600, 800);
  lk_stage_assert_refused (lk_stage_upload (client, other), 409, "state");       /* one waits */
  review (f, "return", "R203");
  come_back (f, &client, "2025-07-01T00:30:00");          /* told on the 25th, two working days later it is over */
  refused = lk_stage_upload (client, other);
  g_assert_cmpint (refused->status, ==, 403);
  g_assert_cmpstr (lk_test_answer_code (refused), ==, "window-closed");
  g_assert_true (cJSON_HasObjectItem (refused->json, "closes_at"));
  g_assert_true (cJSON_HasObjectItem (refused->json, "desk"));
  assert_books (f);
}

/* -- what can be wrong with an upload -- */

static LkTestAnswer *
look_at (LkTestClient *client, GBytes *bytes)
{
  g_autoptr (LkTestAnswer) answer = lk_stage_upload (client, bytes);

  g_assert_cmpint (answer->status, ==, 202);
  return lk_stage_settle (client, lk_json_string (answer->json, "id"));
}

static void
assert_problem (LkTestAnswer *photo, const char *code, gboolean blocks)
{
  const cJSON *problem = lk_json_object (photo->json, "problem");

  g_assert_cmpstr (lk_json_string (problem, "code"), ==, code);
  g_assert_cmpint (lk_json_boolean (problem, "blocks", !blocks), ==, blocks);
  g_assert_nonnull (lk_json_string (problem, "title"));
}

static void
test_uploads (Fixture *f, gconstpointer unused)
{
  static const char *const crops[] = {
    "{\"crop\":{\"x\":0,\"y\":0,\"width\":1,\"height\":0.5}}", "{\"crop\":{\"x\":0.5,\"y\":0,\"width\":1,\"height\":1}}",
    "{\"crop\":{\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"roll\":3}}", "{\"crop\":{}}", "[]",
  };
  g_autoptr (LkTestClient) client = lk_stage_enter (f->stage, 5);
  g_autoptr (GBytes) words = g_bytes_new_static ("no picture at all, but long enough", 34);
  g_autoptr (GBytes) whole = lk_stage_original (7, 600, 800);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autoptr (GBytes) nobody = lk_stage_nobody (600, 800);
  g_autoptr (LkTestAnswer) cut = NULL;
  g_autoptr (LkTestAnswer) faceless = NULL;

  lk_stage_assert_refused (lk_stage_upload (client, words), 422, "not-picture");
  cut = look_at (client, half);
  assert_problem (cut, "picture-cut-off", TRUE);
  lk_stage_assert_refused (lk_stage_photo_post (client, lk_json_string (cut->json, "id"), "check", "{\"crop\":null}"), 409, "state");
  if (!has_models ())
    return;
  faceless = look_at (client, nobody);
  assert_problem (faceless, "no-face", FALSE);
  g_assert_true (cJSON_IsNull (cJSON_GetObjectItem (faceless->json, "proposal")));
  for (gsize i = 0; i < G_N_ELEMENTS (crops); i++)
    lk_stage_assert_refused (lk_stage_photo_post (client, lk_json_string (faceless->json, "id"), "check", crops[i]), 400, "bad-request");
  lk_stage_assert_refused (lk_stage_photo_post (client, lk_json_string (faceless->json, "id"), "submit", NULL), 409, "state");
  g_assert_cmpint (tries_used (client), ==, 0);
}

/* What the studio has cropped is taken as it is, also when a row too many came with it. */
static void
test_ready (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (GBytes) crop = NULL;
  g_autoptr (LkTestAnswer) looked = NULL;
  g_autoptr (LkTestAnswer) asked = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;
  g_autoptr (LkTestAnswer) blue = NULL;
  g_autofree char *path = NULL;
  const char *photo;

  if (!has_models ())
    return;
  client = lk_stage_enter (f->stage, 2);
  crop = lk_stage_ready (7, 721, 960);
  looked = look_at (client, crop);
  photo = lk_json_string (looked->json, "id");
  asked = lk_stage_photo_post (client, photo, "check", "{\"crop\":null}");
  g_assert_cmpint (asked->status, ==, 202);
  checked = lk_stage_settle (client, photo);
  lk_stage_assert_state (checked, "CHECK_PASSED");
  g_assert_cmpint (tries_used (client), ==, 1);
  path = g_strdup_printf ("/v1/student/photos/%s/images/blue", photo);
  blue = lk_stage_get (client, path);
  g_assert_cmpint (blue->status, ==, 200);
}

/* A telephone's own format goes all the way; pages get JPEG. */
static void
test_heic (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (GBytes) jpeg = lk_stage_original (7, 900, 1200);
  g_autoptr (LkPixels) pixels = lk_decode (jpeg, spec, NULL, NULL);
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (GBytes) heic = NULL;
  g_autoptr (LkTestAnswer) looked = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;
  const char *photo;

  if (!can_make_heic ())
    {
      g_test_skip ("libheif has no encoder here");
      return;
    }
  client = lk_stage_enter (f->stage, 11);
  heic = make_heic (pixels);
  looked = look_at (client, heic);
  photo = lk_json_string (looked->json, "id");
  g_assert_cmpint (lk_json_int (lk_json_object (looked->json, "original"), "width", 0), ==, 900);
  lk_stage_assert_image (client, photo, "original", 200);
  if (!has_models ())
    return;
  checked = check (client, photo);
  lk_stage_assert_state (checked, "CHECK_PASSED");
}

/* At the end of the window nothing more is taken, however far a photo is. */
static void
test_closing (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (GBytes) other = lk_stage_original (8, 600, 800);
  g_autofree char *photo = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;
  g_autoptr (LkTestAnswer) refused = NULL;

  if (!has_models ())
    return;
  lk_stage_set_time (f->stage, "2025-06-19T16:30:00");
  client = lk_stage_enter (f->stage, 10);
  photo = upload (client, 7);
  checked = check (client, photo);
  lk_stage_assert_state (checked, "CHECK_PASSED");
  lk_stage_set_time (f->stage, "2025-06-19T17:00:00");
  refused = lk_stage_photo_post (client, photo, "submit", NULL);
  g_assert_cmpint (refused->status, ==, 403);
  g_assert_cmpstr (lk_test_answer_code (refused), ==, "window-closed");
  g_assert_cmpstr (lk_json_string (refused->json, "closes_at"), ==, "2025-06-19T09:00:00Z");
  g_assert_false (lk_json_boolean (refused->json, "open", TRUE));
  lk_stage_assert_refused (lk_stage_upload (client, other), 403, "window-closed");
  lk_test_answer_free (lk_stage_photo_post (client, photo, "redo", NULL));
  lk_stage_assert_refused (lk_stage_photo_post (client, photo, "check", "{\"crop\":null}"), 403, "window-closed");
  g_assert_cmpint (tries_used (client), ==, 1);
}

/* The checks tell what is wrong; when the tries are used up it is for the desk. */
static void
test_tries (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (GBytes) nobody = lk_stage_nobody (600, 800);
  g_autoptr (LkTestAnswer) looked = NULL;
  g_autoptr (LkTestAnswer) asked = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;
  g_autoptr (LkTestAnswer) again = NULL;
  g_autoptr (LkTestAnswer) refused = NULL;
  const char *photo;

  if (!has_models ())
    return;
  g_free (lk_test_query (f->stage->campus->folder, "UPDATE round SET tries_allowed = 2"));
  client = lk_stage_enter (f->stage, 1);
  looked = look_at (client, nobody);
  photo = lk_json_string (looked->json, "id");
  asked = lk_stage_photo_post (client, photo, "check", "{\"crop\":null}");
  g_assert_cmpint (asked->status, ==, 202);
  checked = lk_stage_settle (client, photo);
  lk_stage_assert_state (checked, "CHECK_FAILED");
  g_assert_nonnull (strstr (checked->body, "G1_face_count"));
  g_assert_nonnull (strstr (checked->body, "todo_zh"));
  g_assert_false (lk_json_boolean (checked->json, "desk_offered", TRUE));
  lk_test_answer_free (lk_stage_photo_post (client, photo, "redo", NULL));
  lk_test_answer_free (lk_stage_photo_post (client, photo, "check", "{\"crop\":null}"));
  again = lk_stage_settle (client, photo);
  lk_stage_assert_state (again, "CHECK_FAILED");
  g_assert_true (lk_json_boolean (again->json, "desk_offered", FALSE));
  g_assert_cmpint (tries_used (client), ==, 2);
  refused = lk_stage_upload (client, nobody);
  g_assert_cmpint (refused->status, ==, 409);
  g_assert_cmpstr (lk_test_answer_code (refused), ==, "no-tries");
  g_assert_true (cJSON_HasObjectItem (refused->json, "desk"));
  lk_stage_assert_refused (lk_stage_photo_post (client, photo, "redo", NULL), 409, "no-tries");
  assert_books (f);
}

/* -- our own failures -- */

/* No background is ever good enough: the try is given back, and the alarm is raised. */
static void
test_background (Fixture *f, gconstpointer limits)
{
  g_autofree char *shipped = lk_data_find ("photo-spec.json", NULL);
  g_autofree char *path = g_build_filename (f->stage->campus->folder, "photo-spec.json", NULL);
  g_autoptr (cJSON) spec = lk_json_load (shipped, 0, NULL);
  g_autofree char *text = NULL, *photo = NULL, *log = NULL;
  cJSON *person;
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;

  if (!has_models ())
    return;
  lk_stage_stop (f->stage);
  person = lk_json_object (lk_json_object (spec, "checks"), "B2_all_blue");
  cJSON_SetNumberValue (cJSON_GetObjectItem (person, "low"), 95);
  cJSON_SetNumberValue (cJSON_GetObjectItem (lk_json_object (person, "score"), "best_low"), 98);
  text = lk_json_print (spec);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  lk_stage_start (f->stage, limits);
  client = lk_stage_enter (f->stage, 1);
  photo = upload (client, 7);
  checked = check (client, photo);
  lk_stage_assert_state (checked, "CHECK_FAILED");
  g_assert_nonnull (strstr (checked->body, "R602"));
  g_assert_cmpint (tries_used (client), ==, 0);
  g_assert_true (g_file_get_contents (f->stage->server->log, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "event=alarm what=student-photos"));
  assert_books (f);
}

/* Killed in the middle of a check: it runs again by itself and counts once. */
static void
test_restart (Fixture *f, gconstpointer limits)
{
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (LkTestClient) later = NULL;
  g_autoptr (LkTestAnswer) asked = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;
  g_autofree char *photo = NULL;

  if (!has_models ())
    return;
  client = lk_stage_enter (f->stage, 1);
  photo = upload (client, 7);
  asked = ask_check (client, photo);
  g_assert_cmpint (asked->status, ==, 202);
  while (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM try") == 0)
    g_usleep (2000);
  lk_stage_kill (f->stage);
  lk_stage_start (f->stage, limits);
  later = lk_test_client_new (f->stage->server->port);
  later->token = g_strdup (client->token);
  checked = lk_stage_settle (later, photo);
  lk_stage_assert_state (checked, "CHECK_PASSED");
  g_assert_cmpint (tries_used (later), ==, 1);
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM try"), ==, 2);
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM try WHERE given_back = 1"), ==, 1);
  assert_books (f);
}

enum { CROWD = 4 };

/* Asks for the checks until the queue takes them; whether it was full at first. */
static gboolean
check_at_last (LkTestClient *client, const char *photo)
{
  gboolean was_full = FALSE;

  for (;;)
    {
      g_autoptr (LkTestAnswer) answer = lk_stage_photo_post (client, photo, "check", "{\"crop\":null}");
      g_autoptr (LkTestAnswer) kept = NULL;

      if (answer->status == 202)
        return was_full;
      was_full = TRUE;
      g_assert_cmpint (answer->status, ==, 503);
      g_assert_cmpstr (lk_test_answer_code (answer), ==, "queue-full");
      g_assert_cmpint (lk_json_int (answer->json, "retry_after", 0), >=, 1);
      g_assert_cmpint (lk_json_int (answer->json, "wait_seconds", 0), >=, 1);
      kept = lk_stage_settle (client, photo);
      lk_stage_assert_state (kept, "DRAFT");
      g_usleep (50000);
    }
}

/* More come than the queue takes: told so, and for how long; what they have stays. */
static void
test_full (Fixture *f, gconstpointer unused)
{
  LkTestClient *clients[CROWD];
  char *photos[CROWD];
  gboolean was_full = FALSE;

  if (!has_models ())
    return;
  for (guint i = 0; i < CROWD; i++)
    {
      clients[i] = lk_stage_enter (f->stage, i + 1);
      photos[i] = upload (clients[i], 7 + i);
    }
  for (guint i = 0; i < CROWD; i++)     /* one in work, one waits, the others must come again */
    was_full |= check_at_last (clients[i], photos[i]);
  g_assert_true (was_full);
  for (guint i = 0; i < CROWD; i++)
    {
      lk_test_answer_free (lk_stage_settle (clients[i], photos[i]));
      g_assert_cmpint (tries_used (clients[i]), ==, 1);
      lk_test_client_free (clients[i]);
      g_free (photos[i]);
    }
  assert_books (f);
}

/* -- other things -- */

/* Without agreement no face is compared, and nothing is kept to compare it with. */
static void
test_no_face_comparison (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (f->stage->server->port);
  g_autoptr (GBytes) code = lk_stage_code (f->stage, 6);
  g_autoptr (LkTestAnswer) entered = lk_stage_come (client, NULL, "2025000006", "image/png", code);
  g_autofree char *photo = NULL;

  g_assert_cmpint (entered->status, ==, 201);
  g_assert_false (lk_json_boolean (lk_json_object (entered->json, "record"), "face_comparison", TRUE));
  client->token = g_strdup (lk_json_string (entered->json, "token"));
  if (!has_models ())
    return;
  photo = send (client, 7);
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM trace"), ==, 0);
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder,
                                      "SELECT count(*) FROM report WHERE checks LIKE '%I2_similarity%no-consent%'"), ==, 1);
}

int
main (int argc, char **argv)
{
  static const char narrow[] = "{\"jobs\":{\"workers\":1,\"waiting_max\":1}}", alarm[] = "{\"jobs\":{\"faults\":1}}";
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/student/uploads", Fixture, NULL, share, test_uploads, NULL);
  g_test_add ("/student/ready", Fixture, NULL, share, test_ready, NULL);
  g_test_add ("/student/heic", Fixture, NULL, share, test_heic, NULL);
  g_test_add ("/student/no-face-comparison", Fixture, NULL, share, test_no_face_comparison, NULL);
  g_test_add ("/student/closing", Fixture, NULL, share, test_closing, NULL);        /* moves the clock: the last of these */
  g_test_add ("/student/way", Fixture, NULL, set_up, test_way, tear_down);
  g_test_add ("/student/right", Fixture, NULL, set_up, test_right, tear_down);
  g_test_add ("/student/tries", Fixture, NULL, set_up, test_tries, tear_down);
  g_test_add ("/student/background", Fixture, alarm, set_up, test_background, tear_down);
  g_test_add ("/student/restart", Fixture, NULL, set_up, test_restart, tear_down);
  g_test_add ("/student/full", Fixture, narrow, set_up, test_full, tear_down);
  status = g_test_run ();
  g_clear_pointer (&shared, lk_stage_free);
  return status;
}
