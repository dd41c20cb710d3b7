/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/key.h"
#include "core/round.h"
#include "fixture.h"
#include "service/campus-db-student.h"

/* A morning of a college's staff, one good answer of each of their calls: with the students' and the college's sign-in, which have tests
 * of their own, this is all that docs/openapi.json has. */

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *lin, *zhao, *qian, *sun;        /* reviewer, lead, desk, registrar */
} Fixture;

static const char *const devices[] = {
  "0192f0c0-0000-7000-8000-000000000001", "0192f0c0-0000-7000-8000-000000000002", "0192f0c0-0000-7000-8000-000000000003",
  "0192f0c0-0000-7000-8000-000000000004",
};

static char *
day (int offset)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, offset);

  return g_date_time_format (then, "%Y-%m-%d");
}

static void
add_round (LkService *service)
{
  g_autofree char *from = day (-2), *to = day (2);
  g_autofree char *json = g_strdup_printf ("{\"name\": \"届\", \"kind\": \"regular\", \"windows\": [{\"site\": \"*\", \"from\": \"%s\","
                                           " \"to\": \"%s\", \"opens\": \"00:00\", \"closes\": \"23:59\"}]}", from, to);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkRound) round = lk_round_parse (json, -1, &error);

  g_assert_no_error (error);
  g_assert_true (service->db->students->add_round (service->db, round, NULL, &error));
  g_assert_no_error (error);
}

static LkTestClient *
come (Fixture *f, const char *user, int device)
{
  LkTestClient *client = lk_test_client_new (f->server->port);

  lk_test_sign_in (client, user, devices[device]);
  return client;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->campus = lk_test_campus_new (3);
  lk_test_add_staff (f->campus->service, "qian", "钱老师", LK_ROLE_DESK);
  lk_test_add_staff (f->campus->service, "sun", "孙老师", LK_ROLE_REGISTRAR);
  add_round (f->campus->service);
  lk_test_campus_close (f->campus);
  f->server = lk_test_server_start (f->campus->folder, NULL);
  f->lin = come (f, "lin", 0);
  f->zhao = come (f, "zhao", 1);
  f->qian = come (f, "qian", 2);
  f->sun = come (f, "sun", 3);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_client_free (f->lin);
  lk_test_client_free (f->zhao);
  lk_test_client_free (f->qian);
  lk_test_client_free (f->sun);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
}

static LkTestAnswer *
get (LkTestClient *client, const char *path)
{
  LkTestAnswer *answer = lk_test_call (client, "GET", path, NULL, NULL);

  if (answer->status != 200)
    g_error ("GET %s: %d %s", path, answer->status, answer->body);
  return answer;
}

static void
look (LkTestClient *client, const char *path)
{
  lk_test_answer_free (get (client, path));
}

/* With a key, twice: the second answer is the first, word for word. */
static LkTestAnswer *
post (LkTestClient *client, const char *path, const char *body, int status)
{
  g_autofree char *key = lk_key_new ();
  g_autofree char *extra = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  LkTestAnswer *answer = lk_test_call (client, "POST", path, body, extra);
  g_autoptr (LkTestAnswer) again = lk_test_call (client, "POST", path, body, extra);

  if (answer->status != status)
    g_error ("POST %s: %d %s", path, answer->status, answer->body);
  g_assert_cmpint (again->status, ==, status);
  g_assert_cmpstr (again->body, ==, answer->body);
  g_assert_nonnull (strcasestr (again->head, "\r\nIdempotency-Replayed: true\r\n"));
  return answer;
}

static void
test_review (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->lin, 3);
  const cJSON *leases = lk_json_array (leased->json, "leases"), *first = cJSON_GetArrayItem (leases, 0);
  g_autofree char *skip = g_strdup_printf ("/v1/leases/%s/skip", lk_json_string (cJSON_GetArrayItem (leases, 1), "id"));
  g_autofree char *reopen = g_strdup_printf ("/v1/submissions/%s/reopen", lk_json_string (lk_json_object (first, "submission"), "id"));
  g_autoptr (LkTestAnswer) decided = lk_test_decide (f->lin, lk_test_decision (first, NULL, "approve", NULL));

  g_assert_cmpstr (lk_json_string (lk_test_result (decided, 0), "status"), ==, "accepted");
  lk_test_answer_free (post (f->lin, skip, NULL, 204));
  lk_test_answer_free (post (f->zhao, reopen, "{\"reason\": \"再看一次\"}", 204));
  look (f->lin, "/v1/rules");
  look (f->lin, "/v1/agreement/own");
  look (f->zhao, "/v1/agreement");
  look (f->zhao, "/v1/queue/facets?queue=second");
}

static void
test_desk (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) ticket = post (f->qian, "/v1/tickets", "{\"student\": 1, \"type\": \"OTHER\", \"text\": \"来电咨询\"}", 201);
  g_autoptr (LkTestAnswer) tickets = NULL;
  g_autofree char *path = g_strconcat ("/v1/tickets/", lk_json_string (ticket->json, "id"), NULL);
  g_autofree char *steps = g_strconcat (path, "/steps", NULL);

  tickets = get (f->qian, "/v1/tickets?state=open");
  g_assert_cmpint (cJSON_GetArraySize (lk_json_array (tickets->json, "tickets")), ==, 1);
  lk_test_answer_free (post (f->qian, steps, "{\"step\": \"answer\", \"text\": \"已答复\"}", 200));
  look (f->qian, path);
  look (f->qian, "/v1/students?number=001");
  look (f->sun, "/v1/classes");
  look (f->sun, "/v1/audit?cursor=0");
  look (f->sun, "/v1/audit/head");
}

static void
test_student (Fixture *f, gconstpointer unused)
{
  g_autoptr (LkTestAnswer) given = post (f->sun, "/v1/students/1/tries", "{\"tries\": 2, \"reason\": \"现场核实\"}", 200);
  g_autoptr (LkTestAnswer) unmasked = lk_test_call (f->sun, "POST", "/v1/students/1/unmask",
                                                    "{\"field\": \"name\", \"reason\": \"核对身份\"}", NULL);

  g_assert_cmpint (lk_json_int (given->json, "allowed", 0), ==, 12);     /* not 14: twice is once */
  g_assert_cmpint (unmasked->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/service/calls/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("review", test_review);
  ADD ("desk", test_desk);
  ADD ("student", test_student);
  return g_test_run ();
}
