/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/key.h"
#include "service/password.h"

char *
lk_test_temporary_folder (void)
{
  GError *error = NULL;
  char *folder = g_dir_make_tmp ("likeness-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static int
remove_entry (const char *path, const struct stat *info, int kind, struct FTW *place)
{
  return remove (path);
}

void
lk_test_remove_folder (const char *folder)
{
  nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

void
lk_test_add_staff (LkService *service, const char *user, const char *name, LkRole role)
{
  /* the cheapest hash there is; what it cost stands in the hash, so that the service checks it as cheaply */
  const LkServiceConfig cheap = { .password_passes = 1, .password_memory = 8192 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LkStaff) staff = g_new0 (LkStaff, 1);

  staff->uuid = lk_key_new ();
  staff->user = g_strdup (user);
  staff->name = g_strdup (name);
  staff->role = role;
  staff->password = lk_password_hash (&cheap, LK_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  service->db->ops->add_staff (service->db, staff, &error);
  g_assert_no_error (error);
}

static void
put_file (LkService *service, const char *text, LkPhotoFile *file)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  lk_blobs_put (service->blobs, bytes, file->sha256, &error);
  g_assert_no_error (error);
  file->type = "image/jpeg";
  file->width = 480;
  file->height = 640;
  file->bytes = (gint64) strlen (text);
}

static void
submit_student (LkService *service, guint number)
{
  g_autofree char *student_no = g_strdup_printf ("202121%04u", number);
  g_autofree char *photo_text = g_strdup_printf ("photo %u", number);
  g_autofree char *id_text = g_strdup_printf ("id card %u", number);
  g_autoptr (GError) error = NULL;
  gboolean hard_failed = number % 5 == 0;
  LkPhotoFile photo = { 0 }, id_card = { 0 };
  LkSubmitResult result;
  LkNewSubmission submission = {
    .student_no = student_no, .photo = &photo, .submitted_at = number, .due_at = 1000000 + number, .tries_used = 1,
    .tries_allowed = 10, .hard_failed = hard_failed, .spec_version = 1,
    .checks = hard_failed ? "[{\"id\":\"G3_eye_line\",\"version\":1,\"kind\":\"hard\",\"outcome\":\"fail\",\"value\":310,\"reason\":\"R203\"}]"
                          : "[{\"id\":\"G3_eye_line\",\"version\":1,\"kind\":\"hard\",\"outcome\":\"pass\",\"value\":250}]",
    .brief = hard_failed ? "[[\"G3_eye_line\",1,\"fail\",310]]" : "[[\"G3_eye_line\",1,\"pass\",250]]",
  };

  put_file (service, photo_text, &photo);
  if (number % 3 == 0)
    {
      put_file (service, id_text, &id_card);
      submission.id_card = &id_card;
    }
  service->db->ops->submit (service->db, &submission, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, LK_SUBMIT_TAKEN);
}

void
lk_test_add_students (LkService *service, guint first, guint n_students)
{
  g_autoptr (GString) csv = g_string_new ("student_no,name,class,site\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LkRoster) roster = NULL;
  g_autoptr (GError) error = NULL;

  if (n_students == 0)
    return;
  for (guint i = first; i < first + n_students; i++)
    g_string_append_printf (csv, "202121%04u,李小明,会计学2班,合肥校本部\n", i);
  bytes = g_bytes_new (csv->str, csv->len);
  roster = lk_roster_parse (bytes, &error);
  g_assert_no_error (error);
  service->db->ops->put_roster (service->db, roster->rows, NULL, &error);
  g_assert_no_error (error);
  for (guint i = first; i < first + n_students; i++)
    submit_student (service, i);
}

void
lk_test_set_second_review (const char *folder, const char *json)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("LIKENESS_DATA_DIR"), "service.json", NULL);
  g_autofree char *path = g_build_filename (folder, "service.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) limits = lk_json_load (shipped, 0, &error);

  g_assert_no_error (error);
  cJSON_SetNumberValue (cJSON_GetObjectItem (lk_json_object (limits, "lease"), "max"), 20);      /* fewer than there are students */
  cJSON_ReplaceItemInObjectCaseSensitive (limits, "second_review", lk_json_parse (json, -1, 0, &error));
  g_assert_no_error (error);
  text = lk_json_print (limits);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

LkTestCampus *
lk_test_campus_new (guint n_students)
{
  LkTestCampus *campus = g_new0 (LkTestCampus, 1);
  g_autoptr (GError) error = NULL;
  LkServiceConfig config;

  campus->folder = lk_test_temporary_folder ();
  lk_service_config_load (&config, &error);
  g_assert_no_error (error);
  config.second = (LkSecondReview) { 0 };
  lk_test_set_second_review (campus->folder, LK_TEST_NO_SECOND_REVIEW);
  campus->service = lk_service_open (campus->folder, TRUE, &config, &error);
  g_assert_no_error (error);
  lk_test_add_staff (campus->service, "lin", "林老师", LK_ROLE_REVIEWER);
  lk_test_add_staff (campus->service, "wang", "王芳", LK_ROLE_REVIEWER);
  lk_test_add_staff (campus->service, "zhao", "赵组长", LK_ROLE_LEAD);
  lk_test_add_students (campus->service, 1, n_students);
  return campus;
}

void
lk_test_campus_close (LkTestCampus *campus)
{
  g_clear_pointer (&campus->service, lk_service_close);
}

void
lk_test_campus_free (LkTestCampus *campus)
{
  lk_test_campus_close (campus);
  lk_test_remove_folder (campus->folder);
  g_free (campus->folder);
  g_free (campus);
}

char *
lk_test_query (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "campus.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return text;
}

int
lk_test_query_int (const char *folder, const char *sql)
{
  g_autofree char *text = lk_test_query (folder, sql);

  return text != NULL ? atoi (text) : -1;
}

void
lk_test_add_rows (const char *folder, guint n_rows)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO submission (uuid, student, photo, state, submitted_at, due_at, tries_used, tries_allowed, hard_failed)"
    " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    " SELECT printf ('0192f0c0-0000-7000-9000-%%012x', i), s.student, s.photo, 'PENDING', i, 2000000 + i, 1, 10, 0 FROM n,"
    " (SELECT student, photo FROM submission LIMIT 1) s", n_rows);

  g_free (lk_test_query (folder, sql));
  g_free (lk_test_query (folder, "INSERT INTO report SELECT s.id, 1, r.checks, r.brief FROM submission s,"
                                 " (SELECT checks, brief FROM report LIMIT 1) r WHERE s.id NOT IN (SELECT submission FROM report)"));
}
