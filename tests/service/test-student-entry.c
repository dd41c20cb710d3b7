/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "student-stage.h"

/* Students come in with their collection codes, and what calls are refused to whom. Needs no models. */

#define DEVICE "0192f0c0-0000-7000-8000-000000000001"

/* One campus for all; each test has students of its own. */
typedef struct
{
  LkStage *stage;
} Fixture;

static LkStage *shared;

static void
share (Fixture *f, gconstpointer unused)
{
  f->stage = shared;
}

static void
test_entry (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (f->stage->server->port);
  g_autoptr (GBytes) own = lk_stage_code (f->stage, 1);
  g_autoptr (GBytes) others = lk_stage_code (f->stage, 2);
  g_autoptr (GBytes) points = lk_stage_code (f->stage, 12);
  g_autoptr (GBytes) face = lk_stage_original (3, 300, 400);
  g_autoptr (GBytes) words = g_bytes_new_static ("CC1.A.what", 10);
  g_autoptr (LkTestAnswer) closed = NULL;

  lk_stage_assert_refused (lk_stage_come (client, "2001-1", "2025000001", "image/png", own), 409, "consent-needed");
  lk_stage_assert_refused (lk_stage_come (client, NULL, "20 25", "image/png", own), 400, "bad-request");
  lk_stage_assert_refused (lk_stage_come (client, NULL, "2025000001", "image/jpeg", face), 422, "code-unreadable");
  lk_stage_assert_refused (lk_stage_come (client, NULL, "2025000001", "image/jpeg", words), 422, "code-unreadable");
  lk_stage_assert_refused (lk_stage_come (client, NULL, "2025000001", "text/plain", words), 422, "code-refused");
  lk_stage_assert_refused (lk_stage_come (client, NULL, "2025009999", "image/png", own), 404, "not-in-roster");
  lk_stage_assert_refused (lk_stage_come (client, NULL, "2025000001", "image/png", others), 409, "code-conflict");
  closed = lk_stage_come (client, NULL, "2025000012", "image/png", points);
  g_assert_cmpint (closed->status, ==, 403);
  g_assert_cmpstr (lk_test_answer_code (closed), ==, "window-closed");
  g_assert_cmpstr (lk_json_string (closed->json, "opens_at"), ==, "2025-06-23T00:00:00Z");
  /* nothing of it was agreed to or kept but what the desk needs */
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM consent"), ==, 0);
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM ticket WHERE type = 'IDENTITY'"), ==, 1);
  for (int i = 0; i < 20; i++)
    lk_test_answer_free (lk_stage_come (client, NULL, "2025000001", "text/plain", words));
  lk_stage_assert_refused (lk_stage_come (client, NULL, "2025000001", "image/png", own), 429, "too-many-tries");
}

/* Where the roster has no unique numbers, a code belongs to whoever came with it first. */
static void
test_held (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (f->stage->server->port);
  g_autoptr (GBytes) code = lk_stage_code (f->stage, 2);
  g_autoptr (LkTestAnswer) first = NULL;
  g_autoptr (LkTestAnswer) held = NULL;

  g_free (lk_test_query (f->stage->campus->folder, "UPDATE student SET unique_no = NULL WHERE student_no IN ('2025000002', '2025000011')"));
  first = lk_stage_come (client, NULL, "2025000002", "image/png", code);
  g_assert_cmpint (first->status, ==, 201);
  held = lk_stage_come (client, NULL, "2025000011", "image/png", code);
  g_assert_cmpint (held->status, ==, 409);
  g_assert_cmpstr (lk_test_answer_code (held), ==, "code-held");
  g_assert_true (cJSON_HasObjectItem (held->json, "desk"));
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM ticket t JOIN student s ON s.id = t.student"
                                                                " WHERE t.type = 'IDENTITY' AND s.student_no = '2025000011'"), ==, 1);
}

static void
test_notice (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (f->stage->server->port);
  g_autoptr (LkTestAnswer) notice = lk_stage_get (client, "/v1/student/notice");
  const cJSON *standard = lk_json_object (notice->json, "standard"), *sites = NULL;

  g_assert_cmpint (notice->status, ==, 200);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (notice->json, "zh")), ==, cJSON_GetArraySize (lk_json_array (notice->json, "en")));
  g_assert_cmpfloat (lk_json_number (lk_json_object (standard, "eye_line"), "low", 0), ==, 200);
  g_assert_cmpfloat (lk_json_number (lk_json_object (standard, "face_width"), "target", 0), ==, 240);
  g_assert_cmpint (lk_json_int (lk_json_object (notice->json, "limits"), "tries", 0), ==, 10);
  sites = lk_json_array (lk_json_object (notice->json, "round"), "sites");
  g_assert_cmpint (cJSON_GetArraySize (sites), ==, 2);
  for (int i = 0; i < 2; i++)
    {
      const cJSON *site = cJSON_GetArrayItem (sites, i);

      g_assert_cmpint (cJSON_GetArraySize (lk_json_array (site, "windows")), ==, 4);
      g_assert_cmpint (lk_json_boolean (site, "open", FALSE), ==, g_str_equal (lk_json_string (site, "site"), LK_STAGE_SITE));
    }
}

/* Tokens are good for their own calls, and photos for their own student. */
static void
test_rights (Fixture *f, gconstpointer unused)
{
  static const char *const posts[] = { "check", "redo", "submit" }, *const images[] = { "original", "cropped", "blue" };
  g_autoptr (LkTestClient) nobody = lk_test_client_new (f->stage->server->port);
  g_autoptr (LkTestClient) staff = lk_test_client_new (f->stage->server->port);
  g_autoptr (LkTestClient) student = lk_stage_enter (f->stage, 3);
  g_autoptr (LkTestClient) other = lk_stage_enter (f->stage, 4);
  g_autoptr (GBytes) original = lk_stage_original (7, 600, 800);
  g_autoptr (LkTestAnswer) uploaded = lk_stage_upload (student, original);
  g_autoptr (LkTestAnswer) mine = NULL;
  const char *photo = lk_json_string (uploaded->json, "id");
  g_autofree char *path = g_strdup_printf ("/v1/student/photos/%s", photo);

  g_assert_cmpint (uploaded->status, ==, 202);
  lk_test_sign_in (staff, "lin", DEVICE);
  lk_stage_assert_refused (lk_stage_get (nobody, "/v1/student/record"), 401, "signed-out");
  lk_stage_assert_refused (lk_stage_upload (nobody, original), 401, "signed-out");
  lk_stage_assert_refused (lk_stage_get (staff, "/v1/student/record"), 403, "forbidden");
  lk_stage_assert_refused (lk_stage_get (staff, path), 403, "forbidden");
  lk_stage_assert_refused (lk_test_lease (student, 1), 401, "signed-out");
  lk_stage_assert_refused (lk_stage_get (student, "/v1/queue/stats"), 401, "signed-out");
  lk_stage_assert_refused (lk_stage_get (other, path), 404, "not-found");
  for (gsize i = 0; i < G_N_ELEMENTS (posts); i++)
    lk_stage_assert_refused (lk_stage_photo_post (other, photo, posts[i], "{\"crop\":null}"), 404, "not-found");
  for (gsize i = 0; i < G_N_ELEMENTS (images); i++)
    lk_stage_assert_image (other, photo, images[i], 404);
  mine = lk_stage_get (student, path);
  g_assert_cmpint (mine->status, ==, 200);
  g_assert_null (strstr (mine->body, "2025000003"));
  lk_test_answer_free (lk_test_call (student, "DELETE", "/v1/student/sessions/current", NULL, NULL));
  lk_stage_assert_refused (lk_stage_get (student, "/v1/student/record"), 401, "signed-out");
}

/* Who waits is answered when something changes, and after the time when nothing does. */
static void
test_wait (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = lk_stage_enter (f->stage, 7);
  g_autoptr (GBytes) original = lk_stage_original (7, 600, 800);
  g_autoptr (LkTestAnswer) first = lk_stage_get (client, "/v1/student/record");
  g_autofree char *same = g_strdup_printf ("/v1/student/record?wait=1&seen=%s", lk_json_string (first->json, "version"));
  g_autofree char *longer = g_strdup_printf ("/v1/student/record?wait=25&seen=%s", lk_json_string (first->json, "version"));
  g_autoptr (LkTestAnswer) unchanged = lk_stage_get (client, same);
  g_autoptr (LkTestAnswer) uploaded = lk_stage_upload (client, original);
  g_autoptr (LkTestAnswer) changed = lk_stage_get (client, longer);

  g_assert_cmpstr (lk_json_string (unchanged->json, "version"), ==, lk_json_string (first->json, "version"));
  g_assert_cmpint (uploaded->status, ==, 202);
  g_assert_cmpstr (lk_json_string (changed->json, "version"), !=, lk_json_string (first->json, "version"));
  lk_stage_assert_state (changed, "TRYING");
}

/* The same key twice is one upload. */
static void
test_repeat (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = lk_stage_enter (f->stage, 8);
  g_autoptr (GBytes) original = lk_stage_original (7, 600, 800);
  g_autofree char *key = lk_key_new ();
  g_autofree char *header = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  g_autoptr (LkTestAnswer) first = lk_test_post (client, "/v1/student/photos", "image/jpeg", original, header);
  g_autoptr (LkTestAnswer) second = lk_test_post (client, "/v1/student/photos", "image/jpeg", original, header);

  g_assert_cmpint (first->status, ==, 202);
  g_assert_cmpint (second->status, ==, 202);
  g_assert_cmpstr (lk_json_string (second->json, "id"), ==, lk_json_string (first->json, "id"));
  g_assert_cmpint (lk_test_query_int (f->stage->campus->folder, "SELECT count(*) FROM draft d JOIN record r ON r.id = d.record"
                                      " JOIN student s ON s.id = r.student WHERE s.student_no = '2025000008'"), ==, 1);
}

static char *
attach_at (LkTestClient *client, const char *path, GBytes *picture)
{
  g_autofree char *key = lk_key_new ();
  g_autofree char *header = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  g_autoptr (LkTestAnswer) answer = lk_test_post (client, path, "image/jpeg", picture, header);

  g_assert_cmpint (answer->status, ==, 201);
  return g_strdup (lk_json_string (answer->json, "id"));
}

static char *
attach (LkTestClient *client, GBytes *picture)
{
  return attach_at (client, "/v1/student/attachments", picture);
}

/* What a student brings to the desk on paper goes into the same place. */
static void
test_desk_attaches (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) desk = lk_test_client_new (f->stage->server->port);
  g_autoptr (GBytes) picture = lk_stage_original (7, 300, 400);
  g_autofree char *id = NULL, *body = NULL;
  g_autoptr (LkTestAnswer) ticket = NULL;

  lk_test_sign_in (desk, "qian", "0192f0c0-0000-7000-8000-0000000000e1");
  id = attach_at (desk, "/v1/students/11/attachments", picture);
  body = g_strdup_printf ("{\"type\":\"OTHER\",\"student\":11,\"text\":\"学生到现场\",\"attachments\":[{\"kind\":\"other\",\"id\":\"%s\"}]}",
                          id);
  ticket = lk_stage_post (desk, "/v1/tickets", body);
  g_assert_cmpint (ticket->status, ==, 201);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (ticket->json, "attachments")), ==, 1);
}

static void
test_tickets (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = lk_stage_enter (f->stage, 9);
  g_autoptr (LkTestClient) other = lk_stage_enter (f->stage, 10);
  g_autoptr (GBytes) picture = lk_stage_original (7, 300, 400);
  g_autofree char *feedback = attach (client, picture), *crop = attach (client, picture), *original = attach (client, picture);
  g_autofree char *body = g_strdup_printf ("{\"type\":\"CROP_HELP\",\"text\":\"请帮忙裁剪\",\"attachments\":[{\"kind\":\"feedback\",\"id\":\"%s\"},"
                                           "{\"kind\":\"crop\",\"id\":\"%s\"},{\"kind\":\"original\",\"id\":\"%s\"}]}",
                                           feedback, crop, original);
  g_autoptr (LkTestAnswer) asked = NULL;
  g_autoptr (LkTestAnswer) list = NULL;
  g_autoptr (LkTestAnswer) others = NULL;

  lk_stage_assert_refused (lk_stage_post (client, "/v1/student/tickets", "{\"type\":\"CROP_HELP\",\"text\":\"请帮忙裁剪\",\"attachments\":[]}"), 422,
                  "attachments-missing");
  lk_stage_assert_refused (lk_stage_post (client, "/v1/student/tickets", "{\"type\":\"CORRECTION\",\"text\":\"x\"}"), 400, "bad-request");
  lk_stage_assert_refused (lk_stage_post (other, "/v1/student/tickets", body), 404, "not-found");        /* somebody else's files */
  asked = lk_stage_post (client, "/v1/student/tickets", body);
  g_assert_cmpint (asked->status, ==, 201);
  lk_stage_assert_state (asked, "NEW");
  list = lk_stage_get (client, "/v1/student/tickets");
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (list->json, "tickets")), ==, 1);
  others = lk_stage_get (other, "/v1/student/tickets");
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (others->json, "tickets")), ==, 0);
}

int
main (int argc, char **argv)
{
  LkService *service;
  int status;

  g_test_init (&argc, &argv, NULL);
  shared = lk_stage_new (12);
  service = lk_stage_open (shared);
  lk_test_add_staff (service, "qian", "钱老师", LK_ROLE_DESK);
  lk_service_close (service);
  lk_stage_start (shared, NULL);
  g_test_add ("/student-entry/entry", Fixture, NULL, share, test_entry, NULL);
  g_test_add ("/student-entry/held", Fixture, NULL, share, test_held, NULL);
  g_test_add ("/student-entry/notice", Fixture, NULL, share, test_notice, NULL);
  g_test_add ("/student-entry/rights", Fixture, NULL, share, test_rights, NULL);
  g_test_add ("/student-entry/wait", Fixture, NULL, share, test_wait, NULL);
  g_test_add ("/student-entry/repeat", Fixture, NULL, share, test_repeat, NULL);
  g_test_add ("/student-entry/tickets", Fixture, NULL, share, test_tickets, NULL);
  g_test_add ("/student-entry/desk-attaches", Fixture, NULL, share, test_desk_attaches, NULL);
  status = g_test_run ();
  lk_stage_free (shared);
  return status;
}
