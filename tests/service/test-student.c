/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "core/data.h"
#include "student-stage.h"

/* A student's way by HTTP, from the collection code to the approved photo. Photos are really looked at and checked, so most of it needs
 * the models. */

typedef struct
{
  LkStage *stage;
} Fixture;

static void
set_up (Fixture *f, gconstpointer limits)
{
  f->stage = lk_stage_new (4);
  lk_stage_start (f->stage, limits);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_stage_free (f->stage);
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

static LkTestAnswer *
photo_post (LkTestClient *client, const char *photo, const char *what, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/student/photos/%s/%s", photo, what);

  return lk_stage_post (client, path, body);
}

/* Uploaded and looked at. */
static char *
upload (LkTestClient *client, guint seed)
{
  g_autoptr (GBytes) original = lk_stage_original (seed, 900, 1200);
  g_autoptr (LkTestAnswer) answer = lk_stage_upload (client, original);
  g_autoptr (LkTestAnswer) looked = NULL;

  g_assert_cmpint (answer->status, ==, 202);
  g_assert_cmpstr (lk_json_string (answer->json, "state"), ==, "DRAFT");
  looked = lk_stage_settle (client, lk_json_string (answer->json, "id"));
  g_assert_cmpint (lk_json_int (lk_json_object (looked->json, "original"), "width", 0), ==, 900);
  return g_strdup (lk_json_string (answer->json, "id"));
}

/* Checked with the proposed crop. */
static LkTestAnswer *
check (LkTestClient *client, const char *photo)
{
  g_autoptr (LkTestAnswer) looked = lk_stage_settle (client, photo);
  g_autofree char *crop = lk_stage_crop (looked->json);
  g_autoptr (LkTestAnswer) answer = photo_post (client, photo, "check", crop);

  g_assert_cmpint (answer->status, ==, 202);
  g_assert_nonnull (lk_json_object (answer->json, "job"));
  return lk_stage_settle (client, photo);
}

static void
test_way (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestClient) client = NULL;
  g_autofree char *photo = NULL;
  g_autoptr (LkTestAnswer) checked = NULL;

  if (!has_models ())
    return;
  client = lk_stage_enter (f->stage, 1);
  photo = upload (client, 7);
  checked = check (client, photo);
  g_print ("# %s\n", checked->body);
  g_assert_cmpstr (lk_json_string (checked->json, "state"), ==, "CHECK_PASSED");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/student/way", Fixture, NULL, set_up, test_way, tear_down);
  return g_test_run ();
}
