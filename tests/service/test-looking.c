/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to see beside the photo of a submission, and who may see it. */
#include <string.h>

#include "fixture.h"

#define DEVICE_A "11111111-1111-4111-8111-111111111111"
#define DEVICE_B "22222222-2222-4222-8222-222222222222"

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *lin, *wang;
} Fixture;

static void
put_photo (Fixture *f, const char *text, int width, int height, LkPhotoFile *file)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  lk_blobs_put (f->campus->service->blobs, bytes, file->sha256, &error);
  g_assert_no_error (error);
  file->type = "image/jpeg";
  file->width = width;
  file->height = height;
  file->bytes = (gint64) g_bytes_get_size (bytes);
  file->eyes = (LkEyes) { TRUE, 0.4, 0.39, 0.6, 0.4 };
}

static LkSubmitResult
submit (Fixture *f, const LkPhotoFile *photo, const LkPhotoFile *id_card, const LkPhotoFile *original, const LkPhotoFile *blue)
{
  LkCampusDb *db = f->campus->service->db;
  LkNewSubmission submission = {
    .student_no = "2021210001", .photo = photo, .id_card = id_card, .original = original, .blue = blue, .submitted_at = 2,
    .due_at = 2, .tries_used = 2, .tries_allowed = 10, .checks = "[]", .brief = "[]",
  };
  g_autoptr (GError) error = NULL;
  LkSubmitResult result;

  db->ops->submit (db, &submission, &result, &error);
  g_assert_no_error (error);
  return result;
}

/* Returns the first photo, as wang. */
static void
return_first (Fixture *f)
{
  LkCampusDb *db = f->campus->service->db;
  const char *const reasons[] = { "R203", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (LkStaff) wang = db->ops->find_staff (db, "wang", &error);
  LkActor actor = { wang->row, wang->uuid, LK_ROLE_REVIEWER, DEVICE_B, "127.0.0.1" };
  gint64 pending;
  g_autoptr (GPtrArray) rows = db->ops->lease (db, &actor, 1, NULL, &pending, &error);
  const LkSubmissionRow *row = rows->pdata[0];
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  LkDecisionAnswer answer;

  g_ptr_array_add (decisions, lk_decision_new (&(LkDecisionDescription) {
    .submission = row->uuid, .lease = row->lease, .photo = row->photo, .verdict = LK_VERDICT_RETURN, .reasons = reasons,
    .note = "眼睛偏低", .decided_at = 1, .shown_ms = 5, .input = "key" }));
  db->ops->decide (db, &actor, decisions, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, LK_ANSWER_ACCEPTED);
  lk_decision_answer_clear (&answer);
}

/* The first of two students has sent a second photo, with everything that can come with one. */
static void
set_up (Fixture *f, gconstpointer unused)
{
  LkPhotoFile photo, id_card, original, blue;

  f->campus = lk_test_campus_new (2);
  return_first (f);
  put_photo (f, "second photo", 480, 640, &photo);
  put_photo (f, "id card", 358, 441, &id_card);
  put_photo (f, "uncropped", 3000, 4000, &original);
  put_photo (f, "on blue", 480, 640, &blue);
  g_assert_cmpint (submit (f, &photo, &id_card, NULL, NULL), ==, LK_SUBMIT_TAKEN);
  /* a second import brings what was missing */
  g_assert_cmpint (submit (f, &photo, &id_card, &original, &blue), ==, LK_SUBMIT_KNOWN);
  lk_test_campus_close (f->campus);
  f->server = lk_test_server_start (f->campus->folder, NULL);
  f->lin = lk_test_client_new (f->server->port);
  f->wang = lk_test_client_new (f->server->port);
  lk_test_sign_in (f->lin, "lin", DEVICE_A);
  lk_test_sign_in (f->wang, "wang", DEVICE_B);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_client_free (f->lin);
  lk_test_client_free (f->wang);
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
}

static const cJSON *
leased (LkTestAnswer *answer)
{
  return cJSON_GetArrayItem (lk_json_array (answer->json, "leases"), 0);
}

static int
image_status (LkTestClient *client, const cJSON *picture)
{
  g_autofree char *path = g_strdup_printf ("/v1/images/%s", lk_json_string (picture, "sha256"));
  g_autoptr (LkTestAnswer) answer = lk_test_call (client, "GET", path, NULL, NULL);

  return answer->status;
}

/* All pictures come with size and eyes and can be fetched by who holds the submission, and by nobody else. */
static void
test_pictures (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) answer = lk_test_lease (f->lin, 1);
  const cJSON *pictures = lk_json_object (lk_json_object (leased (answer), "submission"), "pictures");
  const char *const kinds[] = { "id_card", "original", "blue" };

  g_assert_null (lk_json_object (pictures, "diploma"));
  g_assert_cmpint (lk_json_int (lk_json_object (pictures, "id_card"), "width", 0), ==, 358);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (lk_json_object (pictures, "id_card"), "eyes")), ==, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_cmpint (image_status (f->lin, lk_json_object (pictures, kinds[i])), ==, 200);
      /* wang decided on an earlier photo of the student and sees that and what it was compared with, nothing of this one */
      if (i > 0)
        g_assert_cmpint (image_status (f->wang, lk_json_object (pictures, kinds[i])), ==, 404);
    }
}

/* What the student sent before is seen with its decision while the submission is leased, no longer and by no other. */
static void
test_earlier (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) lease = lk_test_lease (f->lin, 1);
  const char *id = lk_json_string (lk_json_object (leased (lease), "submission"), "id");
  g_autofree char *path = g_strdup_printf ("/v1/submissions/%s/earlier", id);
  g_autofree char *lease_path = g_strdup_printf ("/v1/leases/%s", lk_json_string (leased (lease), "id"));
  g_autoptr (LkTestAnswer) answer = lk_test_call (f->lin, "GET", path, NULL, NULL);
  const cJSON *entry = cJSON_GetArrayItem (lk_json_array (answer->json, "earlier"), 0);
  const cJSON *decision = lk_json_object (entry, "decision");
  g_auto (GStrv) reasons = lk_json_strv (decision, "reasons");

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (answer->json, "earlier")), ==, 1);
  g_assert_cmpstr (lk_json_string (entry, "state"), ==, "SUPERSEDED");
  g_assert_cmpstr (lk_json_string (decision, "verdict"), ==, "return");
  g_assert_cmpstr (reasons[0], ==, "R203");
  g_assert_cmpstr (lk_json_string (decision, "note"), ==, "眼睛偏低");
  g_assert_cmpstr (lk_json_string (decision, "by"), ==, "王*");
  g_assert_cmpint (image_status (f->lin, lk_json_object (entry, "photo")), ==, 200);

  for (int given_back = 0; given_back < 2; given_back++)
    {
      g_autoptr (LkTestAnswer) refused = lk_test_call (given_back ? f->lin : f->wang, "GET", path, NULL, NULL);

      g_assert_cmpint (refused->status, ==, 404);
      lk_test_answer_free (lk_test_call (f->lin, "DELETE", lease_path, NULL, NULL));
    }
  g_assert_cmpint (image_status (f->lin, lk_json_object (entry, "photo")), ==, 404);
}

static void
test_nothing_earlier (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) lease = lk_test_lease (f->lin, 2);
  const cJSON *second = cJSON_GetArrayItem (lk_json_array (lease->json, "leases"), 1);
  g_autofree char *path = g_strdup_printf ("/v1/submissions/%s/earlier",
                                           lk_json_string (lk_json_object (second, "submission"), "id"));
  g_autoptr (LkTestAnswer) answer = lk_test_call (f->lin, "GET", path, NULL, NULL);
  g_autoptr (LkTestAnswer) nonsense = lk_test_call (f->lin, "GET", "/v1/submissions/x/earlier", NULL, NULL);

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (answer->json, "earlier")), ==, 0);
  g_assert_cmpint (nonsense->status, ==, 404);
}

#define ADD(path, func) g_test_add ("/service/looking/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pictures", test_pictures);
  ADD ("earlier", test_earlier);
  ADD ("nothing-earlier", test_nothing_earlier);
  return g_test_run ();
}
