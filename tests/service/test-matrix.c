/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "core/key.h"
#include "fixture.h"
#include "service/clock.h"
#include "service/routes.h"
#include "service/steady.h"

/* Every call with every kind of token. What is expected is written down here once more, by hand, from rules.md section 6: a new call
 * without a line here fails the test, and so does a line without a call. */

#define ANYBODY (1u << 31)
#define R LK_ROLE_REVIEWER
#define L LK_ROLE_LEAD
#define A LK_ROLE_ADVISER
#define D LK_ROLE_DESK
#define G LK_ROLE_REGISTRAR
#define U LK_ROLE_AUDITOR
#define S LK_ROLE_STUDENT

static const struct
{
  const char *call;
  guint who;
} expected[] = {
  { "GET /", ANYBODY },
  { "GET /web/{path}", ANYBODY },
  { "GET /metrics", ANYBODY },                  /* by address */
  { "GET /v1/meta", ANYBODY },
  { "GET /v1/healthz", ANYBODY },
  { "GET /v1/readyz", ANYBODY },
  { "GET /v1/rules", R | L | A | D | G | U },

  { "POST /v1/sessions", ANYBODY },
  { "POST /v1/sessions/college", ANYBODY },
  { "POST /v1/sessions/college/{id}", ANYBODY },
  { "DELETE /v1/sessions/current", R | L | A | D | G | U },

  { "POST /v1/leases", R | L },
  { "PUT /v1/leases/{id}", R | L },
  { "DELETE /v1/leases/{id}", R | L },
  { "POST /v1/leases/{id}/skip", R | L },
  { "POST /v1/decisions", R | L },
  { "POST /v1/decisions/{id}/revert", R | L },
  { "GET /v1/changes", R | L | A | D | G | U },
  { "GET /v1/submissions/{id}/earlier", R | L },
  { "GET /v1/images/{id}", R | L | A | D | G | U },       /* which, is in the statement */
  { "GET /v1/queue/stats", R | L },
  { "GET /v1/queue/facets", R | L },
  { "GET /v1/agreement", L },
  { "GET /v1/agreement/own", R | L },

  { "GET /v1/tickets", L | A | D | G | U },
  { "POST /v1/tickets", L | A | D | G },
  { "GET /v1/tickets/{id}", L | A | D | G | U },
  { "POST /v1/tickets/{id}/steps", L | D | G },
  { "GET /v1/students", L | A | D | G | U },
  { "GET /v1/classes", L | A | G | U },
  { "POST /v1/students/{id}/tries", D | G },
  { "POST /v1/students/{id}/attachments", A | D | G },
  { "POST /v1/students/{id}/unmask", L | A | D | G },
  { "POST /v1/submissions/{id}/reopen", L },
  { "GET /v1/audit", R | L | D | G | U },
  { "GET /v1/audit/head", L | G | U },

  { "GET /v1/student/notice", ANYBODY },
  { "POST /v1/student/sessions", ANYBODY },
  { "DELETE /v1/student/sessions/current", S },
  { "GET /v1/student/record", S },
  { "POST /v1/student/photos", S },
  { "GET /v1/student/photos/{id}", S },
  { "POST /v1/student/photos/{id}/check", S },
  { "POST /v1/student/photos/{id}/redo", S },
  { "POST /v1/student/photos/{id}/submit", S },
  { "GET /v1/student/photos/{id}/images/original", S },
  { "GET /v1/student/photos/{id}/images/cropped", S },
  { "GET /v1/student/photos/{id}/images/blue", S },
  { "GET /v1/student/approved", S },
  { "POST /v1/student/attachments", S },
  { "POST /v1/student/tickets", S },
  { "GET /v1/student/tickets", S },
};

static const LkRoute *const tables[] = { lk_review_routes, lk_student_routes, lk_account_routes, lk_desk_routes, lk_operation_routes };
static const LkRole roles[] = { R, L, A, D, G, U };

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *client;
  guint n_calls;
} Fixture;

/* -- tokens -- */

static char *
hash_of (const char *token)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  char text[2 * sizeof hash + 1];

  crypto_hash_sha256 (hash, (const guint8 *) token, strlen (token));
  return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

static void
add_session (const char *folder, const char *token, const char *user, gint64 expires_at)
{
  g_autofree char *hash = hash_of (token), *device = lk_key_new ();
  g_autofree char *sql = g_strdup_printf ("INSERT INTO session (token, staff, device, expires_at) SELECT x'%s', id, '%s', %" G_GINT64_FORMAT
                                          " FROM staff WHERE user = '%s'", hash, device, expires_at, user);

  g_free (lk_test_query (folder, sql));
}

static void
add_student_session (const char *folder, const char *token, gint64 expires_at)
{
  g_autofree char *hash = hash_of (token);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO student_session (token, student, expires_at) VALUES (x'%s', 1, %" G_GINT64_FORMAT ")",
                                          hash, expires_at);

  g_free (lk_test_query (folder, sql));
}

static void
add_tokens (const char *folder)
{
  gint64 later = lk_steady_now () + G_TIME_SPAN_HOUR, student_later = lk_clock_now () + G_TIME_SPAN_HOUR;

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const char *word = lk_role_to_word (roles[i]);
      g_autofree char *leaving = g_strconcat ("leaving-", word, NULL), *expired = g_strconcat ("expired-", word, NULL);

      add_session (folder, word, word, later);
      add_session (folder, leaving, word, later);
      add_session (folder, expired, word, 1);
    }
  add_session (folder, "ended", "lead", later);
  add_student_session (folder, "student", student_later);
  add_student_session (folder, "leaving-student", student_later);
  add_student_session (folder, "ended-student", student_later);
  add_student_session (folder, "expired-student", 1);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->campus = lk_test_campus_new (1);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    lk_test_add_staff (f->campus->service, lk_role_to_word (roles[i]), "某", roles[i]);
  lk_test_campus_close (f->campus);
  add_tokens (f->campus->folder);
  f->server = lk_test_server_start (f->campus->folder, NULL);
  f->client = lk_test_client_new (f->server->port);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  lk_test_client_free (f->client);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
}

/* -- calls -- */

static char *
fill (const char *path)
{
  g_autoptr (GString) text = g_string_new (path);

  g_string_replace (text, "{id}", "0192f0c0-0000-7000-8000-00000000ffff", 0);
  g_string_replace (text, "{path}", "nothing.js", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static LkTestAnswer *
call (Fixture *f, const LkRoute *route, const char *authorization)
{
  g_autofree char *path = fill (route->path), *key = lk_key_new ();
  g_autofree char *extra = g_strdup_printf ("Idempotency-Key: %s\r\n%s%s%s", key, authorization != NULL ? "Authorization: " : "",
                                            authorization != NULL ? authorization : "", authorization != NULL ? "\r\n" : "");
  gboolean sends = strcmp (route->method, "GET") != 0 && strcmp (route->method, "DELETE") != 0;

  f->n_calls++;
  return lk_test_call (f->client, route->method, path, sends ? "{}" : NULL, extra);
}

static LkTestAnswer *
call_with (Fixture *f, const LkRoute *route, const char *token)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);

  return call (f, route, authorization);
}

/* A refusal by role, by token, or none of the two. */
static void
assert_answer (const LkRoute *route, const char *who, LkTestAnswer *answer, int refused)
{
  gboolean is_refusal = answer->status == 401 || strcmp (lk_test_answer_code (answer), "forbidden") == 0;

  if (refused != 0 ? answer->status == refused : answer->status != 0 && !is_refusal)
    return;
  g_error ("%s %s as %s: %d %s", route->method, route->path, who, answer->status, lk_test_answer_code (answer));
}

static guint
expectation (const LkRoute *route)
{
  g_autofree char *name = g_strdup_printf ("%s %s", route->method, route->path);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strcmp (expected[i].call, name) == 0)
      return expected[i].who;
  g_error ("nobody has written down who may do %s", name);
}

/* The call that ends a session gets one of its own. */
static char *
token_for (const LkRoute *route, const char *word)
{
  return g_str_has_suffix (route->path, "sessions/current") ? g_strconcat ("leaving-", word, NULL) : g_strdup (word);
}

static void
try_roles (Fixture *f, const LkRoute *route, guint who)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const char *word = lk_role_to_word (roles[i]);
      g_autofree char *token = token_for (route, (who & roles[i]) != 0 ? word : "none");
      g_autoptr (LkTestAnswer) answer = call_with (f, route, (who & roles[i]) != 0 ? token : word);

      assert_answer (route, word, answer, (who & (roles[i] | ANYBODY)) != 0 ? 0 : 403);
    }
  {
    g_autofree char *token = token_for (route, "student");
    g_autoptr (LkTestAnswer) answer = call_with (f, route, (who & S) != 0 ? token : "student");

    assert_answer (route, "student", answer, (who & (S | ANYBODY)) != 0 ? 0 : 401);
  }
}

static void
try_tokens (Fixture *f, const LkRoute *route, guint who)
{
  static const char *const bad[] = {
    "Bearer ended", "Bearer ended-student", "Bearer expired-student", "Bearer expired-lead", "Bearer expired-reviewer", "Bearer expired-desk",
    "Bearer expired-adviser", "Bearer expired-registrar", "Bearer expired-auditor", "Bearer leae", "Bearer lead ", "Bearer Lead",
    "Bearer studens", "Bearer lead,student", "Bearer", "Bearer ", "Basic bGVhZDpsZWFk", "lead", "Bearer ' OR 1=1 --",
  };
  g_autoptr (LkTestAnswer) none = call (f, route, NULL);

  assert_answer (route, "nobody", none, (who & ANYBODY) != 0 ? 0 : 401);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (LkTestAnswer) answer = call (f, route, bad[i]);

      /* newer HTTP libraries take the space off, and then the head is not as long as what is in it */
      if (g_str_has_suffix (bad[i], " ") && answer->status == 400)
        continue;
      assert_answer (route, bad[i], answer, (who & ANYBODY) != 0 ? 0 : 401);
    }
}

static void
end_sessions (Fixture *f)
{
  static const LkRoute staff = { .method = "DELETE", .path = "/v1/sessions/current" };
  static const LkRoute student = { .method = "DELETE", .path = "/v1/student/sessions/current" };
  g_autoptr (LkTestAnswer) first = call_with (f, &staff, "ended");
  g_autoptr (LkTestAnswer) second = call_with (f, &student, "ended-student");

  g_assert_cmpint (first->status, ==, 204);
  g_assert_cmpint (second->status, ==, 204);
}

static void
test_matrix (Fixture *f, gconstpointer unused)
{
  guint n = 0;

  end_sessions (f);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const LkRoute *route = tables[i]; route->method != NULL; route++, n++)
      {
        guint who = expectation (route);

        try_tokens (f, route, who);
        try_roles (f, route, who);
      }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  g_test_message ("%u calls, %u requests", n, f->n_calls);
}

/* Whoever loses an account loses the sessions, also in a server that runs. */
static void
test_disabled (Fixture *f, gconstpointer unused)
{
  static const LkRoute stats = { .method = "GET", .path = "/v1/queue/stats" };
  const char *const words[] = { "account", "disable", "lead", "--data", f->campus->folder, NULL };
  const char *const change[] = { "account", "change", "reviewer", "--role", "auditor", "--data", f->campus->folder, NULL };
  int left = 100;
  g_autoptr (LkTestAnswer) before = call_with (f, &stats, "lead");

  g_assert_cmpint (before->status, ==, 200);
  g_assert_cmpint (lk_test_run (words, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (lk_test_run (change, NULL, NULL, NULL), ==, 0);
  for (;;)
    {
      g_autoptr (LkTestAnswer) lead = call_with (f, &stats, "lead");
      g_autoptr (LkTestAnswer) reviewer = call_with (f, &stats, "reviewer");
      g_autoptr (LkTestAnswer) other = call_with (f, &stats, "auditor");

      g_assert_cmpint (other->status, ==, 403);
      if (lead->status == 401 && reviewer->status == 401)
        break;
      g_assert_cmpint (left--, >, 0);
      g_usleep (100000);
    }
}

#define ADD(path, func) g_test_add ("/service/matrix/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all", test_matrix);
  ADD ("disabled", test_disabled);
  return g_test_run ();
}
