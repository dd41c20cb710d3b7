/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "student-stage.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/key.h"
#include "service/campus-db-student.h"
#include "service/clock.h"
#include "service/code-issue.h"
#include "tools/portrait/write.h"

/* -- the campus -- */

static gint64
time_of (const char *local)
{
  g_autofree char *text = g_strconcat (local, "+08:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

char *
lk_stage_number (guint student)
{
  return g_strdup_printf ("2025%06u", student);
}

static LkRoster *
make_roster (guint n_students)
{
  g_autoptr (GString) csv = g_string_new ("student_no,name,id_number,class,site,unique_no\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  LkRoster *roster;

  for (guint i = 1; i <= n_students; i++)
    g_string_append_printf (csv, "2025%06u,李小明,990101199903150010,会计学2班,%s,U%u\n", i,
                            i < n_students ? LK_STAGE_SITE : LK_STAGE_POINT, i);
  bytes = g_bytes_new (csv->str, csv->len);
  roster = lk_roster_parse (bytes, &error);
  g_assert_no_error (error);
  return roster;
}

static void
add_round (LkService *service)
{
  static const char text[] =
    "{\"name\": \"2025届\", \"kind\": \"regular\", \"windows\": ["
    " {\"site\": \"" LK_STAGE_POINT "\", \"from\": \"2025-06-23\", \"to\": \"2025-06-26\", \"opens\": \"08:00\", \"closes\": \"17:00\"},"
    " {\"site\": \"" LK_STAGE_SITE "\", \"from\": \"2025-06-16\", \"to\": \"2025-06-19\", \"opens\": \"08:00\", \"closes\": \"17:00\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRound) round = lk_round_parse (text, -1, &error);

  g_assert_no_error (error);
  service->db->students->add_round (service->db, round, NULL, &error);
  g_assert_no_error (error);
}

static void
issue_codes (LkStage *self, LkRoster *roster)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCodeKey) key = lk_code_key_make (lk_code_suite_find ('A'), &error);
  const LkCodeIssue issue = { .key = key, .last_day = (int) (time_of ("2025-12-31T00:00:00") / G_TIME_SPAN_DAY) };

  g_assert_no_error (error);
  lk_code_key_save (key, self->campus->folder, &error);
  g_assert_no_error (error);
  lk_code_issue_all (&issue, roster, self->codes, &error);
  g_assert_no_error (error);
}

LkStage *
lk_stage_new (guint n_students)
{
  LkStage *self = g_new0 (LkStage, 1);
  g_autoptr (LkRoster) roster = make_roster (n_students);
  g_autoptr (GError) error = NULL;

  lk_clock_set (time_of ("2025-06-16T09:00:00"));
  self->campus = lk_test_campus_new (0);
  self->n_students = n_students;
  self->codes = g_build_filename (self->campus->folder, "issued", NULL);
  self->clock = g_build_filename (self->campus->folder, "clock", NULL);
  self->campus->service->db->ops->put_roster (self->campus->service->db, roster->rows, NULL, &error);
  g_assert_no_error (error);
  add_round (self->campus->service);
  issue_codes (self, roster);
  lk_test_campus_close (self->campus);
  lk_clock_set (0);
  lk_stage_set_time (self, "2025-06-16T09:00:00");
  return self;
}

void
lk_stage_free (LkStage *self)
{
  if (self->server != NULL)
    lk_stage_stop (self);
  lk_test_campus_free (self->campus);
  g_free (self->codes);
  g_free (self->clock);
  g_free (self);
}

/* Lays one object over another, groups over groups. */
static void
lay_over (cJSON *limits, const cJSON *over)
{
  const cJSON *group, *member;

  cJSON_ArrayForEach (group, over)
    cJSON_ArrayForEach (member, group)
      {
        cJSON *below = lk_json_object (limits, group->string);

        g_assert_true (cJSON_ReplaceItemInObjectCaseSensitive (below, member->string, cJSON_Duplicate (member, TRUE)));
      }
}

static void
write_limits (LkStage *self, const char *over)
{
  g_autofree char *path = g_build_filename (self->campus->folder, "service.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) limits = NULL;
  g_autoptr (cJSON) json = lk_json_parse (over, -1, 0, &error);

  g_assert_no_error (error);
  lk_test_set_second_review (self->campus->folder, LK_TEST_NO_SECOND_REVIEW);
  limits = lk_json_load (path, 0, &error);
  g_assert_no_error (error);
  lay_over (limits, json);
  text = lk_json_print (limits);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

LkService *
lk_stage_open (LkStage *self)
{
  g_autoptr (GError) error = NULL;
  LkServiceConfig config;
  LkService *service;

  lk_service_config_load (&config, &error);
  g_assert_no_error (error);
  service = lk_service_open (self->campus->folder, FALSE, &config, &error);
  g_assert_no_error (error);
  return service;
}

void
lk_stage_start (LkStage *self, const char *limits)
{
  const char *const arguments[] = { "--clock-file", self->clock, NULL };

  write_limits (self, limits != NULL ? limits : "{}");
  self->server = lk_test_server_start (self->campus->folder, arguments);
}

void
lk_stage_stop (LkStage *self)
{
  int status = lk_test_server_stop (self->server);
  g_autofree char *log = NULL;

  if (status != 0 && g_file_get_contents (self->server->log, &log, NULL, NULL))
    g_printerr ("%s", log);
  g_assert_cmpint (status, ==, 0);
  g_clear_pointer (&self->server, lk_test_server_free);
}

void
lk_stage_kill (LkStage *self)
{
  lk_test_server_kill (self->server);
  g_clear_pointer (&self->server, lk_test_server_free);
}

void
lk_stage_set_time (LkStage *self, const char *local)
{
  g_autofree char *text = lk_time_to_text (time_of (local));

  g_assert_true (g_file_set_contents (self->clock, text, -1, NULL));
}

/* -- what students have -- */

GBytes *
lk_stage_code (LkStage *self, guint student)
{
  g_autofree char *path = g_strdup_printf ("%s/2025%06u.png", self->codes, student);
  char *data;
  gsize size;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* A studio's finished crop, background not replaced. */
GBytes *
lk_stage_ready (guint seed, int width, int height)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);
  g_autoptr (LkPortrait) portrait = NULL;

  params->background = LK_BACKGROUND_WHITE;
  lk_portrait_params_set_size (params, width, height);
  portrait = lk_portrait_render (params, NULL);
  return lk_portrait_encode_jpeg (portrait, 92);
}

static GBytes *
draw (guint seed, int width, int height, gboolean no_face)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);
  g_autoptr (LkPortrait) portrait = NULL;

  params->background = LK_BACKGROUND_WHITE;
  params->no_face = no_face;
  lk_portrait_params_uncrop (params, width, height);
  portrait = lk_portrait_render (params, NULL);
  return lk_portrait_encode_jpeg (portrait, 92);
}

GBytes *
lk_stage_original (guint seed, int width, int height)
{
  return draw (seed, width, height, FALSE);
}

GBytes *
lk_stage_nobody (int width, int height)
{
  return draw (1, width, height, TRUE);
}

/* -- the calls -- */

LkTestAnswer *
lk_stage_sign_in (LkTestClient *client, const char *consent, const char *face, const char *number, const char *type, GBytes *code)
{
  g_autofree char *path = g_strdup_printf ("/v1/student/sessions?consent=%s&face=%s", consent, face);
  g_autofree char *header = g_strdup_printf ("Student-Number: %s\r\n", number);

  return lk_test_post (client, path, type, code, header);
}

LkTestClient *
lk_stage_enter (LkStage *self, guint student)
{
  LkTestClient *client = lk_test_client_new (self->server->port);
  g_autoptr (LkTestAnswer) notice = lk_stage_get (client, "/v1/student/notice");
  g_autofree char *number = lk_stage_number (student);
  g_autoptr (GBytes) code = lk_stage_code (self, student);
  g_autoptr (LkTestAnswer) answer = lk_stage_sign_in (client, lk_json_string (notice->json, "version"), "yes", number, "image/png", code);

  g_assert_cmpint (answer->status, ==, 201);
  client->token = g_strdup (lk_json_string (answer->json, "token"));
  return client;
}

static char *
key_header (void)
{
  g_autofree char *key = lk_key_new ();

  return g_strdup_printf ("Idempotency-Key: %s\r\n", key);
}

LkTestAnswer *
lk_stage_post (LkTestClient *client, const char *path, const char *body)
{
  g_autofree char *header = key_header ();

  return lk_test_call (client, "POST", path, body != NULL ? body : "{}", header);
}

LkTestAnswer *
lk_stage_upload (LkTestClient *client, GBytes *photo)
{
  g_autofree char *header = key_header ();

  return lk_test_post (client, "/v1/student/photos", "image/jpeg", photo, header);
}

LkTestAnswer *
lk_stage_get (LkTestClient *client, const char *path)
{
  return lk_test_call (client, "GET", path, NULL, NULL);
}

LkTestAnswer *
lk_stage_settle (LkTestClient *client, const char *photo)
{
  g_autofree char *seen = g_strdup ("");

  for (;;)
    {
      g_autofree char *path = g_strdup_printf ("/v1/student/photos/%s?wait=25&seen=%s", photo, seen);
      LkTestAnswer *answer = lk_stage_get (client, path);

      g_assert_cmpint (answer->status, ==, 200);
      if (lk_json_object (answer->json, "job") == NULL)
        return answer;
      g_free (seen);
      seen = g_strdup (lk_json_string (answer->json, "version"));
      lk_test_answer_free (answer);
    }
}

char *
lk_stage_crop (const cJSON *photo)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  const cJSON *proposal = lk_json_object (photo, "proposal");

  cJSON_AddItemToObject (json, "crop", proposal != NULL ? cJSON_Duplicate (proposal, TRUE) : cJSON_CreateNull ());
  return lk_json_print (json);
}

LkTestAnswer *
lk_stage_photo_post (LkTestClient *client, const char *photo, const char *what, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/student/photos/%s/%s", photo, what);

  return lk_stage_post (client, path, body);
}

void
lk_stage_assert_refused (LkTestAnswer *answer, int status, const char *code)
{
  g_assert_cmpint (answer->status, ==, status);
  g_assert_cmpstr (lk_test_answer_code (answer), ==, code);
  lk_test_answer_free (answer);
}

void
lk_stage_assert_state (LkTestAnswer *answer, const char *state)
{
  g_assert_cmpstr (lk_json_string (answer->json, "state"), ==, state);
}

void
lk_stage_assert_image (LkTestClient *client, const char *photo, const char *which, int status)
{
  g_autofree char *path = g_strdup_printf ("/v1/student/photos/%s/images/%s", photo, which);
  g_autoptr (LkTestAnswer) answer = lk_stage_get (client, path);

  g_assert_cmpint (answer->status, ==, status);
  g_assert_true (status != 200 || memcmp (answer->body, "\xff\xd8\xff", 3) == 0);
}

LkTestAnswer *
lk_stage_come (LkTestClient *client, const char *consent, const char *number, const char *type, GBytes *code)
{
  g_autoptr (LkTestAnswer) notice = lk_stage_get (client, "/v1/student/notice");

  return lk_stage_sign_in (client, consent != NULL ? consent : lk_json_string (notice->json, "version"), "no", number, type, code);
}
