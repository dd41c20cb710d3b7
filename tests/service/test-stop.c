/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>

#include "core/key.h"
#include "student-stage.h"

/* SIGTERM in the middle of everything: what was taken is finished and answered, what was not whole leaves nothing behind. */

typedef struct
{
  LkStage *stage;
  LkTestClient *waiting, *sending, *checked;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->stage = lk_stage_new (3);
  lk_stage_start (f->stage, NULL);
  f->waiting = lk_test_client_new (f->stage->server->port);
  lk_test_sign_in (f->waiting, "lin", "0192f0c0-0000-7000-8000-0000000000d1");
  f->sending = lk_stage_enter (f->stage, 1);
  f->checked = lk_stage_enter (f->stage, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  lk_test_client_free (f->waiting);
  lk_test_client_free (f->sending);
  lk_test_client_free (f->checked);
  lk_stage_free (f->stage);
}

/* A body of which half has come. */
static void
send_half (LkTestClient *client)
{
  g_autofree char *key = lk_key_new ();
  g_autofree char *text = g_strdup_printf ("POST /v1/student/photos HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
                                           "Idempotency-Key: %s\r\nContent-Type: image/jpeg\r\nContent-Length: 200000\r\n\r\n\xff\xd8\xff%0*d",
                                           client->token, key, 100000, 0);

  g_assert_cmpint (send (client->fd, text, strlen (text), MSG_NOSIGNAL), ==, (gssize) strlen (text));
}

static gpointer
poll_changes (gpointer client)
{
  return lk_test_call (client, "GET", "/v1/changes?cursor=0&wait=25", NULL, NULL);
}

/* An upload whose picture is being looked at. */
static char *
start_job (LkTestClient *client)
{
  g_autoptr (GBytes) original = lk_stage_original (7, 1500, 2000);
  g_autoptr (LkTestAnswer) answer = lk_stage_upload (client, original);

  g_assert_cmpint (answer->status, ==, 202);
  return g_strdup (lk_json_string (answer->json, "id"));
}

static void
assert_no_rest (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "upload."));
}

static void
test_all (Fixture *f, gconstpointer data)
{
  const char *folder = f->stage->campus->folder;
  g_autofree char *photo = start_job (f->checked);
  g_autoptr (LkTestAnswer) polled = NULL;
  g_autoptr (LkTestAnswer) settled = NULL;
  g_autoptr (LkTestClient) later = NULL;
  GThread *poll;

  lk_test_answer_free (lk_stage_get (f->sending, "/v1/student/record"));        /* connected */
  send_half (f->sending);
  poll = g_thread_new ("poll", poll_changes, f->waiting);
  g_usleep (100000);
  lk_stage_stop (f->stage);
  polled = g_thread_join (poll);
  g_assert_cmpint (polled->status, ==, 200);
  assert_no_rest (folder);
  g_assert_cmpint (lk_test_query_int (folder, "SELECT count(*) FROM draft"), ==, 1);
  g_assert_cmpint (lk_test_query_int (folder, "SELECT count(*) FROM try WHERE ended_at IS NULL"), ==, 0);

  /* what waited is taken up again by itself */
  lk_stage_start (f->stage, NULL);
  later = lk_test_client_new (f->stage->server->port);
  later->token = g_strdup (f->checked->token);
  settled = lk_stage_settle (later, photo);
  g_assert_cmpint (settled->status, ==, 200);
  g_assert_true (cJSON_IsNull (cJSON_GetObjectItem (settled->json, "problem")));
  g_assert_cmpint (lk_json_int (lk_json_object (settled->json, "original"), "width", 0), ==, 1500);
  lk_stage_stop (f->stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/stop/all", Fixture, NULL, set_up, test_all, tear_down);
  return g_test_run ();
}
