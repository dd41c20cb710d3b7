/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cjose/cjose.h>
#include <stdlib.h>
#include <string.h>

#include "college.h"
#include "core/error.h"
#include "fixture.h"
#include "service/campus-db-account.h"
#include "service/college-private.h"
#include "service/id-token.h"

/* Signing in through the college: what a good answer opens, and that no bad one opens anything. */

#define DEVICE "0192f0c0-0000-7000-8000-00000000000a"
#define OTHER_DEVICE "0192f0c0-0000-7000-8000-00000000000b"
#define BACK "http://127.0.0.1:40123/signed-in"

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *client;
  College *college;
} Fixture;

static void
write_settings (Fixture *f, const char *kind)
{
  g_autofree char *url = college_dup_url (f->college);
  g_autofree char *path = g_build_filename (f->campus->folder, "likenessd.conf", NULL);
  g_autofree char *text = NULL;
  gboolean cas = g_str_has_prefix (kind, "cas");

  if (cas)
    text = g_strdup_printf ("[college_sign_in]\nkind=cas\ncas_url=%s/cas\n%s", url,
                            strcmp (kind, "cas-attribute") == 0 ? "attribute=employee_number\n" : "");
  else
    text = g_strdup_printf ("[college_sign_in]\nkind=oidc\nissuer=%s\nclient_id=likeness\n%s%s", url,
                            strcmp (kind, "oidc-attribute") == 0 ? "attribute=employee_number\n" : "",
                            strcmp (kind, "oidc-secret") == 0 ? "client_secret=hush hush&\n" : "");
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *f, gconstpointer kind)
{
  LkAccountChange change = { .outside = g_str_has_suffix (kind, "attribute") ? "20230001" : "t1001" };
  g_autoptr (GError) error = NULL;

  f->college = college_new ();
  f->campus = lk_test_campus_new (1);
  f->campus->service->db->accounts->change (f->campus->service->db, "lin", &change, &error);
  g_assert_no_error (error);
  lk_test_campus_close (f->campus);
  if (strcmp (kind, "none") != 0)
    write_settings (f, kind);
  f->server = lk_test_server_start (f->campus->folder, NULL);
  f->client = lk_test_client_new (f->server->port);
}

static void
tear_down (Fixture *f, gconstpointer kind)
{
  lk_test_client_free (f->client);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
  college_free (f->college);
}

static LkTestAnswer *
begin (Fixture *f, const char *back)
{
  g_autofree char *body = g_strdup_printf ("{\"device\":\"%s\",\"back\":\"%s\"}", DEVICE, back);

  return lk_test_call (f->client, "POST", "/v1/sessions/college", body, NULL);
}

/* The address the browser is sent back to, and the id of the sign-in. */
static char *
walk (Fixture *f, char **id)
{
  g_autoptr (LkTestAnswer) answer = begin (f, BACK);
  char *back;

  g_assert_cmpint (answer->status, ==, 201);
  *id = g_strdup (lk_json_string (answer->json, "id"));
  back = college_browse (lk_json_string (answer->json, "url"));
  g_assert_nonnull (back);
  g_assert_true (g_str_has_prefix (back, BACK "?"));
  return back;
}

static LkTestAnswer *
finish (Fixture *f, const char *id, const char *device, const char *back)
{
  static const char *const names[] = { "state", "code", "ticket" };
  g_autofree char *path = g_strconcat ("/v1/sessions/college/", id, NULL), *body = NULL;
  g_autoptr (cJSON) json = cJSON_CreateObject ();

  lk_json_add_string (json, "device", device);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = college_query (back, names[i]);

      lk_json_add_string (json, names[i], value);
    }
  body = lk_json_print (json);
  return lk_test_call (f->client, "POST", path, body, NULL);
}

static LkTestAnswer *
sign_in (Fixture *f)
{
  g_autofree char *id = NULL, *back = walk (f, &id);

  return finish (f, id, DEVICE, back);
}

static void
assert_problem (LkTestAnswer *answer, int status, const char *code)
{
  g_assert_cmpstr (lk_test_answer_code (answer), ==, code);
  g_assert_cmpint (answer->status, ==, status);
}

static void
test_good (Fixture *f, gconstpointer kind)
{
  g_autoptr (LkTestAnswer) meta = lk_test_call (f->client, "GET", "/v1/meta", NULL, NULL);
  g_autoptr (LkTestAnswer) answer = NULL;
  g_autoptr (LkTestAnswer) work = NULL;

  g_assert_nonnull (lk_json_string (meta->json, "college_sign_in"));
  if (g_str_has_suffix (kind, "es256"))
    college_set_elliptic (f->college, TRUE);
  answer = sign_in (f);
  g_assert_cmpint (answer->status, ==, 201);
  g_assert_cmpstr (lk_json_string (lk_json_object (answer->json, "account"), "user"), ==, "lin");
  f->client->token = g_strdup (lk_json_string (answer->json, "token"));
  work = lk_test_lease (f->client, 1);
  g_assert_cmpint (work->status, ==, 200);
}

/* Known to the college, but nobody here: one clear sentence, and a line in the audit. */
static void
test_stranger (Fixture *f, gconstpointer kind)
{
  g_autoptr (LkTestAnswer) answer = NULL;

  college_set_person (f->college, "t2002", "20230002");
  answer = sign_in (f);
  assert_problem (answer, 401, "no-account");
  g_assert_nonnull (lk_json_string (answer->json, "title"));
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM audit WHERE action = 'sign-in-refused'"), ==, 1);
}

/* A sign-in belongs to the workstation and the browser walk it began with, and ends once. */
static void
test_mixed_up (Fixture *f, gconstpointer kind)
{
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_autofree char *back = walk (f, &first), *other = walk (f, &second), *again = walk (f, &third);
  g_autoptr (LkTestAnswer) mixed = finish (f, first, DEVICE, other);
  g_autoptr (LkTestAnswer) used = finish (f, first, DEVICE, back);
  g_autoptr (LkTestAnswer) device = finish (f, second, OTHER_DEVICE, other);
  g_autoptr (LkTestAnswer) unknown = finish (f, "nothing", DEVICE, again);
  g_autoptr (LkTestAnswer) good = finish (f, third, DEVICE, again);
  g_autoptr (LkTestAnswer) twice = finish (f, third, DEVICE, again);

  assert_problem (mixed, 401, "college-refused");
  assert_problem (used, 401, "college-refused");
  assert_problem (device, 401, "college-refused");
  assert_problem (unknown, 401, "college-refused");
  g_assert_cmpint (good->status, ==, 201);
  assert_problem (twice, 401, "college-refused");
}

static void
test_ways_back (Fixture *f, gconstpointer kind)
{
  static const char *const bad[] = {
    "https://127.0.0.1:1/signed-in", "http://127.0.0.1/signed-in", "http://127.0.0.1:1/", "http://127.0.0.1:1/signed-in?x",
    "http://127.0.0.1:1@evil.test/signed-in", "http://127.0.0.1.evil.test:1/signed-in", "http://localhost:1/signed-in", "",
    "http://127.0.0.1:123456/signed-in",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (LkTestAnswer) answer = begin (f, bad[i]);

      assert_problem (answer, 400, "bad-request");
    }
}

static void
test_cancelled (Fixture *f, gconstpointer kind)
{
  g_autoptr (LkTestAnswer) answer = NULL;

  college_set_fault (f->college, COLLEGE_DENIES);
  answer = sign_in (f);
  assert_problem (answer, 401, "college-refused");
}

static void
test_away (Fixture *f, gconstpointer kind)
{
  gboolean cas = g_str_has_prefix (kind, "cas");
  g_autofree char *id = NULL, *back = cas ? walk (f, &id) : NULL;
  g_autoptr (LkTestAnswer) answer = NULL;

  college_set_fault (f->college, COLLEGE_AWAY);
  answer = cas ? finish (f, id, DEVICE, back) : begin (f, BACK);
  assert_problem (answer, 503, "college-away");
}

/* Every token that is not in order in one way. */
static void
test_bad_tokens (Fixture *f, gconstpointer kind)
{
  for (CollegeFault fault = COLLEGE_OTHER_ISSUER; fault <= COLLEGE_NO_TOKEN; fault++)
    {
      g_autoptr (LkTestAnswer) answer = NULL;

      college_set_fault (f->college, fault);
      answer = sign_in (f);
      g_test_message ("fault %d", fault);
      assert_problem (answer, 401, "college-refused");
    }
  g_assert_cmpint (lk_test_query_int (f->campus->folder, "SELECT count(*) FROM session"), ==, 0);
}

/* An issuer changes its keys: the first token under the new ones makes the service fetch them, once a minute. */
static void
test_new_keys (Fixture *f, gconstpointer kind)
{
  g_autoptr (LkTestAnswer) first = NULL;
  g_autoptr (LkTestAnswer) second = NULL;

  college_change_keys (f->college);
  first = sign_in (f);
  g_assert_cmpint (first->status, ==, 201);
  college_change_keys (f->college);
  second = sign_in (f);
  assert_problem (second, 401, "college-refused");      /* within the minute the old ones are kept */
}

static void
test_none (Fixture *f, gconstpointer kind)
{
  g_autoptr (LkTestAnswer) answer = begin (f, BACK);
  g_autoptr (LkTestAnswer) meta = lk_test_call (f->client, "GET", "/v1/meta", NULL, NULL);

  assert_problem (answer, 404, "not-found");
  g_assert_null (lk_json_string (meta->json, "college_sign_in"));
}

#define RESPONSE(inner) "<?xml version='1.0'?><cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>" inner "</cas:serviceResponse>"
#define SUCCESS(inner) RESPONSE ("<cas:authenticationSuccess>" inner "</cas:authenticationSuccess>")

static void
test_xml (void)
{
  static const struct
  {
    const char *xml, *attribute, *who;
  } cases[] = {
    { SUCCESS ("<cas:user>t1001</cas:user>"), NULL, "t1001" },
    { SUCCESS ("<cas:user>\n  t1001 </cas:user>"), NULL, "t1001" },
    { "<r><authenticationSuccess><user>t1</user></authenticationSuccess></r>", NULL, "t1" },
    { SUCCESS ("<cas:user>a&amp;b</cas:user>"), NULL, "a&b" },
    { SUCCESS ("<cas:user>t</cas:user><cas:attributes><cas:no>7</cas:no></cas:attributes>"), "no", "7" },
    { SUCCESS ("<cas:user>t</cas:user><cas:attributes><cas:no>7</cas:no><cas:no>8</cas:no></cas:attributes>"), "no", NULL },
    { SUCCESS ("<cas:user>t</cas:user>"), "no", NULL },
    { SUCCESS ("<cas:user></cas:user>"), NULL, NULL },
    { SUCCESS ("<x><cas:user>t</cas:user></x>"), NULL, NULL },
    { SUCCESS ("<cas:user>t</cas:user><cas:user>u</cas:user>"), NULL, NULL },
    { RESPONSE ("<cas:authenticationFailure><cas:user>t</cas:user></cas:authenticationFailure>"), NULL, NULL },
    { RESPONSE ("<cas:authenticationFailure code='X'>t</cas:authenticationFailure><cas:user>t</cas:user>"), NULL, NULL },
    { RESPONSE ("<a><cas:authenticationSuccess><cas:user>t</cas:user></cas:authenticationSuccess></a>"), NULL, NULL },
    { "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><r><authenticationSuccess><user>&e;</user></authenticationSuccess></r>", NULL,
      NULL },
    { "<r><authenticationSuccess><user>t</user></authenticationSuccess>", NULL, NULL },
    { "", NULL, NULL },
    { "{}", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *who = lk_cas_read (cases[i].xml, cases[i].attribute, &error);

      g_assert_cmpstr (who, ==, cases[i].who);
      if (who == NULL)
        g_assert_error (error, LK_ERROR, LK_ERROR_COLLEGE_REFUSED);
    }
}

/* Whatever is changed in an answer: it names somebody or is refused, and nothing else happens. */
static void
test_changed_xml (void)
{
  static const char good[] = SUCCESS ("<cas:user>t1001</cas:user><cas:attributes><cas:no>7</cas:no></cas:attributes>");
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *xml = g_strdup (good);
      g_autoptr (GError) error = NULL;
      g_autofree char *who = NULL;

      for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        xml[g_rand_int_range (rand, 0, sizeof good - 1)] = (char) g_rand_int_range (rand, 1, 256);
      who = lk_cas_read (xml, i % 2 == 0 ? NULL : "no", &error);
      g_assert_true ((who != NULL) == (error == NULL));
      g_assert_true (who == NULL || *who != '\0');
    }
}

static char *
sign_claims (cjose_jwk_t *key, const char *claims)
{
  cjose_err error;
  cjose_header_t *header = cjose_header_new (&error);
  cjose_jws_t *jws;
  const char *compact = NULL;
  char *token;

  cjose_header_set (header, CJOSE_HDR_ALG, CJOSE_HDR_ALG_RS256, &error);
  jws = cjose_jws_sign (key, header, (const uint8_t *) claims, strlen (claims), &error);
  cjose_jws_export (jws, &compact, &error);
  token = g_strdup (compact);
  cjose_jws_release (jws);
  cjose_header_release (header);
  return token;
}

static cJSON *
publish (cjose_jwk_t *key)
{
  cjose_err error;
  char *json = cjose_jwk_to_json (key, false, &error);
  g_autofree char *set = g_strdup_printf ("{\"keys\":[{\"kty\":\"RSA\"},7,%s]}", json);

  free (json);
  return lk_json_parse (set, -1, 0, NULL);
}

/* No sign of a token can be another one. */
static void
test_changed_token (void)
{
  const LkIdTokenRules rules = { "https://id.test", "likeness", "n", 1000 };
  cjose_err failure;
  cjose_jwk_t *key = cjose_jwk_create_RSA_random (2048, NULL, 0, &failure);
  g_autoptr (cJSON) keys = publish (key);
  g_autofree char *token = sign_claims (key, "{\"iss\":\"https://id.test\",\"aud\":[\"likeness\"],\"sub\":\"t1\",\"nonce\":\"n\",\"iat\":990,"
                                             "\"exp\":1300}");
  g_autoptr (GError) error = NULL;
  gboolean unknown;
  g_autoptr (cJSON) claims = lk_id_token_read (token, keys, &rules, &unknown, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lk_json_string (claims, "sub"), ==, "t1");
  /* the last sign has bits that stand for nothing */
  for (gsize i = 0; i + 1 < strlen (token); i++)
    {
      g_autofree char *changed = g_strdup (token);
      g_autoptr (GError) refusal = NULL;

      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_assert_null (lk_id_token_read (changed, keys, &rules, &unknown, &refusal));
      g_assert_error (refusal, LK_ERROR, LK_ERROR_COLLEGE_REFUSED);
    }
  cjose_jwk_release (key);
}

#define ADD(path, kind, func) g_test_add ("/service/college/" path, Fixture, kind, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/college/xml", test_xml);
  g_test_add_func ("/service/college/changed-xml", test_changed_xml);
  g_test_add_func ("/service/college/changed-token", test_changed_token);
  ADD ("cas/good", "cas", test_good);
  ADD ("cas/attribute", "cas-attribute", test_good);
  ADD ("cas/stranger", "cas", test_stranger);
  ADD ("cas/mixed-up", "cas", test_mixed_up);
  ADD ("cas/cancelled", "cas", test_cancelled);
  ADD ("cas/away", "cas", test_away);
  ADD ("oidc/good", "oidc", test_good);
  ADD ("oidc/es256", "oidc-es256", test_good);
  ADD ("oidc/attribute", "oidc-attribute", test_good);
  ADD ("oidc/secret", "oidc-secret", test_good);
  ADD ("oidc/stranger", "oidc", test_stranger);
  ADD ("oidc/mixed-up", "oidc", test_mixed_up);
  ADD ("oidc/cancelled", "oidc", test_cancelled);
  ADD ("oidc/away", "oidc", test_away);
  ADD ("oidc/bad-tokens", "oidc", test_bad_tokens);
  ADD ("oidc/new-keys", "oidc", test_new_keys);
  ADD ("ways-back", "oidc", test_ways_back);
  ADD ("none", "none", test_none);
  return g_test_run ();
}
