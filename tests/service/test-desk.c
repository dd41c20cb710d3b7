/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "fixture.h"

/* The calls of the desk, advisers, registrars and auditors over HTTP: what they answer, masked, and what a repeated one does. */

#define DEVICE "0192f0c0-0000-7000-8000-00000000000a"

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *desk, *lead, *auditor, *lin;
} Fixture;

static LkTestClient *
client_of (Fixture *f, const char *user)
{
  LkTestClient *client = lk_test_client_new (f->server->port);

  lk_test_sign_in (client, user, DEVICE);
  return client;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->campus = lk_test_campus_new (60);
  lk_test_add_staff (f->campus->service, "desk", "周老师", LK_ROLE_DESK);
  lk_test_add_staff (f->campus->service, "shen", "吴老师", LK_ROLE_AUDITOR);
  lk_test_campus_close (f->campus);
  f->server = lk_test_server_start (f->campus->folder, NULL);
  f->desk = client_of (f, "desk");
  f->lead = client_of (f, "zhao");
  f->auditor = client_of (f, "shen");
  f->lin = client_of (f, "lin");
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_client_free (f->desk);
  lk_test_client_free (f->lead);
  lk_test_client_free (f->auditor);
  lk_test_client_free (f->lin);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
}

static LkTestAnswer *
post_under (LkTestClient *client, const char *path, const char *body, const char *key)
{
  g_autofree char *extra = g_strdup_printf ("Idempotency-Key: %s\r\n", key);

  return lk_test_call (client, "POST", path, body, extra);
}

static LkTestAnswer *
post (LkTestClient *client, const char *path, const char *body)
{
  g_autofree char *key = lk_key_new ();

  return post_under (client, path, body, key);
}

static LkTestAnswer *
get (LkTestClient *client, const char *path)
{
  return lk_test_call (client, "GET", path, NULL, NULL);
}

/* lin sends the first photo back; the submission. */
static char *
reject_one (Fixture *f)
{
  g_autoptr (LkTestAnswer) leases = lk_test_lease (f->lin, 1);
  const cJSON *lease = cJSON_GetArrayItem (lk_json_array (leases->json, "leases"), 0);
  char *id = g_strdup (lk_json_string (lk_json_object (lease, "submission"), "id"));
  g_autoptr (LkTestAnswer) answer = lk_test_decide (f->lin, lk_test_decision (lease, NULL, "return", "R203"));

  g_assert_cmpstr (lk_json_string (lk_test_result (answer, 0), "status"), ==, "accepted");
  return id;
}

static void
test_appeal (Fixture *f, gconstpointer unused)
{
  g_autofree char *submission = reject_one (f), *key = lk_key_new (), *path = NULL, *one = NULL, *step = NULL, *decision = lk_key_new ();
  g_autofree char *body = g_strdup_printf ("{\"student\":1,\"type\":\"APPEAL\",\"submission\":\"%s\",\"text\":\"申请复核\"}", submission);
  g_autoptr (LkTestAnswer) made = post_under (f->desk, "/v1/tickets", body, key);
  g_autoptr (LkTestAnswer) again = post_under (f->desk, "/v1/tickets", body, key);
  g_autoptr (LkTestAnswer) other = post (f->desk, "/v1/tickets", body);
  g_autoptr (LkTestAnswer) waiting = NULL;
  g_autoptr (LkTestAnswer) refused = NULL;
  g_autoptr (LkTestAnswer) decided = NULL;
  g_autoptr (LkTestAnswer) whole = NULL;
  g_autoptr (LkTestAnswer) list = NULL;
  g_autoptr (LkTestAnswer) none = NULL;
  const char *ticket;

  g_assert_cmpint (made->status, ==, 201);
  ticket = lk_json_string (made->json, "id");
  g_assert_cmpint (again->status, ==, 201);
  g_assert_cmpstr (lk_json_string (again->json, "id"), ==, ticket);     /* done once */
  g_assert_cmpstr (lk_test_answer_code (other), ==, "state");
  g_assert_cmpstr (lk_json_string (lk_json_object (made->json, "student"), "name"), ==, "李*明");
  path = g_strdup_printf ("/v1/tickets/%s/steps", ticket);
  one = g_strdup_printf ("/v1/tickets/%s", ticket);
  waiting = post (f->desk, path, "{\"step\":\"wait\",\"text\":\"请补充截图\"}");
  g_assert_cmpstr (lk_json_string (waiting->json, "state"), ==, "WAITING_STUDENT");
  g_assert_false (lk_json_boolean (waiting->json, "clock_runs", TRUE));
  step = g_strdup_printf ("{\"step\":\"decide\",\"to\":\"APPROVED\",\"text\":\"照片符合要求\",\"key\":\"%s\"}", decision);
  refused = post (f->desk, path, step);
  g_assert_cmpint (refused->status, ==, 403);
  decided = post (f->lead, path, step);
  g_assert_cmpint (decided->status, ==, 200);
  g_assert_cmpstr (lk_json_string (decided->json, "state"), ==, "RESOLVED");
  g_assert_cmpstr (lk_json_string (decided->json, "submission_state"), ==, "APPROVED");
  whole = get (f->auditor, one);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (whole->json, "entries")), ==, 3);
  list = get (f->lead, "/v1/tickets?type=APPEAL&state=RESOLVED");
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (list->json, "tickets")), ==, 1);
  none = get (f->lead, "/v1/tickets?state=WAITING_STUDENT");
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (none->json, "tickets")), ==, 0);
}

static void
test_lists (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) first = get (f->lead, "/v1/students");
  g_autoptr (LkTestAnswer) second = NULL;
  g_autoptr (LkTestAnswer) classes = get (f->lead, "/v1/classes");
  g_autoptr (LkTestAnswer) desk = get (f->desk, "/v1/students?number=2021210002");
  g_autoptr (LkTestAnswer) bad = get (f->lead, "/v1/students?state=x");
  g_autofree char *next = NULL;
  const cJSON *student = cJSON_GetArrayItem (lk_json_array (desk->json, "students"), 0);

  /* pages of fifty */
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (first->json, "students")), ==, 50);
  next = g_strdup_printf ("/v1/students?cursor=%s", lk_json_string (first->json, "cursor"));
  second = get (f->lead, next);
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (second->json, "students")), ==, 10);
  g_assert_null (lk_json_string (second->json, "cursor"));
  g_assert_cmpint (lk_json_int (cJSON_GetArrayItem (lk_json_array (classes->json, "classes"), 0), "waiting", 0), ==, 60);
  g_assert_cmpstr (lk_json_string (student, "name"), ==, "李*明");
  g_assert_cmpint (bad->status, ==, 400);
}

static void
test_unmask (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) shown = post (f->lead, "/v1/students/1/unmask", "{\"field\":\"name\",\"reason\":\"核实\"}");
  g_autoptr (LkTestAnswer) no_ticket = post (f->desk, "/v1/students/1/unmask", "{\"field\":\"name\",\"reason\":\"核实\"}");
  g_autoptr (LkTestAnswer) nobody = post (f->lead, "/v1/students/999/unmask", "{\"field\":\"name\",\"reason\":\"核实\"}");
  g_autoptr (LkTestAnswer) malformed = post (f->lead, "/v1/students/x/unmask", "{\"field\":\"name\",\"reason\":\"核实\"}");

  g_assert_cmpstr (lk_json_string (shown->json, "name"), ==, "李小明");
  g_assert_cmpint (lk_json_int (shown->json, "expires_in", 0), ==, 30);
  g_assert_nonnull (strcasestr (shown->head, "no-store"));
  g_assert_cmpint (no_ticket->status, ==, 403);
  g_assert_cmpint (nobody->status, ==, 404);
  g_assert_cmpint (malformed->status, ==, 404);
}

static void
test_reopen_and_audit (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) leases = lk_test_lease (f->lin, 1);
  g_autoptr (LkTestAnswer) decided = NULL;
  g_autoptr (LkTestAnswer) reopened = NULL;
  g_autoptr (LkTestAnswer) own = NULL;
  g_autoptr (LkTestAnswer) all = NULL;
  g_autoptr (LkTestAnswer) head = NULL;
  const cJSON *lease = cJSON_GetArrayItem (lk_json_array (leases->json, "leases"), 0), *last;
  g_autofree char *path = g_strdup_printf ("/v1/submissions/%s/reopen", lk_json_string (lk_json_object (lease, "submission"), "id"));

  decided = lk_test_decide (f->lin, lk_test_decision (lease, NULL, "approve", NULL));
  reopened = post (f->lead, path, "{\"reason\":\"与本人不符\"}");
  g_assert_cmpint (reopened->status, ==, 204);
  own = get (f->lin, "/v1/audit");
  all = get (f->auditor, "/v1/audit");
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (own->json, "lines")), <, cJSON_GetArraySize (lk_json_array (all->json, "lines")));
  head = get (f->auditor, "/v1/audit/head");
  last = cJSON_GetArrayItem (lk_json_array (all->json, "lines"), cJSON_GetArraySize (lk_json_array (all->json, "lines")) - 1);
  g_assert_cmpstr (lk_json_string (head->json, "hash"), ==, lk_json_string (last, "hash"));
  g_assert_cmpstr (lk_json_string (last, "action"), ==, "reopened");
}

/* No list and no log line has a whole name or number in it. */
static void
test_nothing_personal (Fixture *f, gconstpointer unused)
{
  static const char *const paths[] = { "/v1/students", "/v1/tickets", "/v1/classes", "/v1/audit" };
  g_autofree char *log = NULL;

  g_free (reject_one (f));
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (LkTestAnswer) answer = get (f->lead, paths[i]);

      g_assert_cmpint (answer->status, ==, 200);
      g_assert_null (strstr (answer->body, "李小明"));
    }
  g_assert_true (g_file_get_contents (f->server->log, &log, NULL, NULL));
  g_assert_null (strstr (log, "李小明"));
  g_assert_null (strstr (log, "2021210001"));
}

#define ADD(path, func) g_test_add ("/service/desk/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("appeal", test_appeal);
  ADD ("lists", test_lists);
  ADD ("unmask", test_unmask);
  ADD ("reopen-and-audit", test_reopen_and_audit);
  ADD ("nothing-personal", test_nothing_personal);
  return g_test_run ();
}
