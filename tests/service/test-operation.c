/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gunixsocketaddress.h>
#include <stdlib.h>
#include <string.h>

#include "core/key.h"
#include "fixture.h"
#include "service/log.h"

#define DEVICE "0192f0c0-0000-7000-8000-0000000000d1"

typedef struct
{
  LkTestCampus *campus;
  LkTestServer *server;
  LkTestClient *client;
} Fixture;

static void
start (Fixture *f, const char *const *arguments)
{
  f->server = lk_test_server_start (f->campus->folder, arguments);
  f->client = lk_test_client_new (f->server->port);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->campus = lk_test_campus_new (6);
  lk_test_campus_close (f->campus);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  lk_test_client_free (f->client);
  lk_test_server_free (f->server);
  lk_test_campus_free (f->campus);
}

static void
configure (Fixture *f, const char *text)
{
  g_autofree char *path = g_build_filename (f->campus->folder, "likenessd.conf", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
decide_one (Fixture *f)
{
  g_autoptr (LkTestAnswer) leased = lk_test_lease (f->client, 1);
  cJSON *decision = lk_test_decision (cJSON_GetArrayItem (lk_json_array (leased->json, "leases"), 0), NULL, "return", "R203");
  g_autoptr (LkTestAnswer) decided = NULL;

  cJSON_ReplaceItemInObject (decision, "note", cJSON_CreateString ("李小明的眼镜反光"));
  decided = lk_test_decide (f->client, decision);
  g_assert_cmpstr (lk_json_string (lk_test_result (decided, 0), "status"), ==, "accepted");
}

/* -- the log -- */

static char *
read_log (Fixture *f)
{
  char *log = NULL;

  g_assert_true (g_file_get_contents (f->server->log, &log, NULL, NULL));
  return log;
}

/* The value of "key=" in the last line that has this in it. */
static char *
last_value (const char *log, const char *in_line, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  char *value = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *at = strstr (lines[i], in_line) != NULL ? strstr (lines[i], key) : NULL;

      if (at == NULL)
        continue;
      g_free (value);
      value = g_strndup (at + strlen (key), strcspn (at + strlen (key), " "));
    }
  return value;
}

/* Whatever people send, and on whatever path, no name, number, note or secret gets into the log, even when it says most. */
static void
test_no_personal_data (Fixture *f, gconstpointer data)
{
  static const char *const targets[] = {
    "/v1/students/2021210001", "/v1/students?name=%E6%9D%8E%E5%B0%8F%E6%98%8E", "/2021210001.jpg", "/v1/leases/2021210001/skip",
    "/v1/images/2021210001", "/v1/submissions/2021210001/earlier",
  };
  static const char *const secrets[] = {
    "2021210", "李小明", "%E6%9D%8E", "林老师", "王芳", "反光", LK_TEST_PASSWORD, "correct%20horse", "\"lin\"", "会计学", "wrong-one",
  };
  const char *const words[] = { "--verbose", NULL };
  g_autofree char *log = NULL;

  start (f, words);
  lk_test_sign_in (f->client, "lin", DEVICE);
  decide_one (f);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      lk_test_answer_free (lk_test_call (f->client, "GET", targets[i], NULL, NULL));
      lk_test_answer_free (lk_test_call (f->client, "POST", targets[i], "{\"student_no\":\"2021210001\"}", NULL));
      lk_test_answer_free (lk_test_call (f->client, "李小明", targets[i], NULL, NULL));
    }
  lk_test_answer_free (lk_test_call (f->client, "POST", "/v1/sessions",
                                     "{\"user\":\"李小明\",\"password\":\"wrong-one\",\"device\":\"" DEVICE "\"}", NULL));
  lk_test_answer_free (lk_test_call (f->client, "GET", "/v1/meta", NULL, "Student-Number: 2021210001\r\nHost: 2021210001\r\n"));
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  log = read_log (f);
  g_assert_nonnull (strstr (log, "path=/v1/decisions status=200"));
  g_assert_nonnull (strstr (log, "path=/v1/images/{id}"));
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (log, secrets[i]) != NULL)
      g_error ("the log has “%s” in it:\n%s", secrets[i], log);
  if (strstr (log, f->client->token) != NULL)
    g_error ("the log has a token in it");
}

/* Each line has a time, a level and an event; the answer and the log have the same number of a request. */
static void
test_lines (Fixture *f, gconstpointer data)
{
  g_autoptr (LkTestAnswer) answer = NULL;
  g_autofree char *log = NULL, *id = NULL, *header = NULL;
  g_auto (GStrv) lines = NULL;

  configure (f, "[log]\nlevel=debug\n");
  start (f, NULL);
  answer = lk_test_call (f->client, "GET", "/v1/healthz", NULL, NULL);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  log = read_log (f);
  id = last_value (log, "path=/v1/healthz", "request=");
  g_assert_nonnull (id);
  g_assert_cmpint (strlen (id), ==, 16);
  header = g_strdup_printf ("\r\nX-Request-Id: %s\r\n", id);
  g_assert_nonnull (strcasestr (answer->head, header));
  lines = g_strsplit (g_strchomp (log), "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z level=(error|warning|info|debug) event=[a-z-]+ ", lines[i], 0, 0));
}

static void
test_levels (Fixture *f, gconstpointer data)
{
  g_autofree char *log = NULL;
  LkLogLevel level;

  configure (f, "[log]\nlevel=error\n");
  start (f, NULL);
  lk_test_answer_free (lk_test_call (f->client, "GET", "/v1/healthz", NULL, NULL));
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  log = read_log (f);
  g_assert_cmpstr (log, ==, "");
  g_assert_true (lk_log_level_from_word ("warning", &level));
  g_assert_cmpint (level, ==, LK_LOG_WARNING);
  g_assert_false (lk_log_level_from_word ("loud", &level));
}

/* -- figures -- */

static double
figure (const char *text, const char *name)
{
  g_autofree char *line = g_strdup_printf ("\nlikeness_%s ", name);
  const char *at = strstr (text, line);

  if (at == NULL)
    g_error ("no %s in:\n%s", name, text);
  return g_ascii_strtod (at + strlen (line), NULL);
}

/* Every line is a comment or a name with a number, and each name is told of before. */
static void
check_format (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *typed = g_strdup ("?");

  g_assert_true (g_str_has_suffix (text, "\n"));
  for (gsize i = 0; lines[i + 1] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "# TYPE "))
        {
          g_free (typed);
          typed = g_strndup (lines[i] + 7, strcspn (lines[i] + 7, " "));
        }
      else if (lines[i][0] != '#')
        {
          g_assert_true (g_regex_match_simple ("^[a-z_]+(\\{[a-z]+=\"[^\"]*\"\\})? [0-9.e+-]+$", lines[i], 0, 0));
          g_assert_true (g_str_has_prefix (lines[i], typed));
        }
    }
}

static void
test_metrics (Fixture *f, gconstpointer data)
{
  g_autoptr (LkTestAnswer) answer = NULL, post = NULL;
  g_autofree char *text = NULL;

  start (f, NULL);
  lk_test_sign_in (f->client, "lin", DEVICE);
  decide_one (f);
  lk_test_answer_free (lk_test_call (f->client, "GET", "/nothing", NULL, NULL));
  answer = lk_test_call (f->client, "GET", "/metrics", NULL, NULL);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_nonnull (strcasestr (answer->head, "\r\nContent-Type: text/plain; version=0.0.4"));
  text = g_strconcat ("\n", answer->body, NULL);
  check_format (answer->body);
  g_assert_cmpfloat (figure (text, "requests_total{status=\"2xx\"}"), ==, 3);
  g_assert_cmpfloat (figure (text, "requests_total{status=\"4xx\"}"), ==, 1);
  g_assert_cmpfloat (figure (text, "requests_total{status=\"5xx\"}"), ==, 0);
  g_assert_cmpfloat (figure (text, "request_seconds_bucket{le=\"+Inf\"}"), ==, 4);
  g_assert_cmpfloat (figure (text, "request_seconds_count"), ==, 4);
  g_assert_cmpfloat (figure (text, "commit_seconds_count"), >=, 3);
  g_assert_cmpfloat (figure (text, "commit_seconds_sum"), >, 0);
  g_assert_cmpfloat (figure (text, "decisions_total{verdict=\"return\"}"), ==, 1);
  g_assert_cmpfloat (figure (text, "decisions_total{verdict=\"approve\"}"), ==, 0);
  g_assert_cmpfloat (figure (text, "queue_submissions{state=\"pending\"}"), ==, 5);
  g_assert_cmpfloat (figure (text, "decided_today"), ==, 1);
  g_assert_cmpfloat (figure (text, "jobs_waiting"), ==, 0);
  g_assert_cmpfloat (figure (text, "jobs_total{kind=\"check\"}"), ==, 0);
  g_assert_cmpfloat (figure (text, "resident_bytes"), >, 1e6);
  post = lk_test_call (f->client, "POST", "/metrics", "{}", NULL);
  g_assert_cmpint (post->status, ==, 405);
}

/* Nothing is told to other addresses, nor to this one when a proxy stands before it. */
static void
test_metrics_for_whom (Fixture *f, gconstpointer data)
{
  g_autoptr (LkTestAnswer) answer = NULL, proxied = NULL;
  const char *allow = data;

  configure (f, allow);
  start (f, NULL);
  answer = lk_test_call (f->client, "GET", "/metrics", NULL, NULL);
  g_assert_cmpint (answer->status, ==, strstr (allow, "127.0.0.1") != NULL ? 200 : 404);
  proxied = lk_test_call (f->client, "GET", "/metrics", NULL, "X-Forwarded-For: 10.1.2.3\r\n");
  g_assert_cmpint (proxied->status, ==, 404);
}

/* -- systemd -- */

static char *
hear (GSocket *socket)
{
  char word[64] = "";
  g_autoptr (GError) error = NULL;

  g_socket_receive (socket, word, sizeof word - 1, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (word);
}

/* It is told when the service answers, and when it ends. */
static void
test_notify (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->campus->folder, "notify", NULL), *ready = NULL, *stopping = NULL;
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_true (g_socket_bind (socket, address, TRUE, &error));
  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  start (f, NULL);
  g_unsetenv ("NOTIFY_SOCKET");
  ready = hear (socket);
  g_assert_cmpstr (ready, ==, "READY=1");
  g_assert_cmpint (lk_test_server_stop (f->server), ==, 0);
  stopping = hear (socket);
  g_assert_cmpstr (stopping, ==, "STOPPING=1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/operation/no-personal-data", Fixture, NULL, set_up, test_no_personal_data, tear_down);
  g_test_add ("/service/operation/log-lines", Fixture, NULL, set_up, test_lines, tear_down);
  g_test_add ("/service/operation/log-levels", Fixture, NULL, set_up, test_levels, tear_down);
  g_test_add ("/service/operation/metrics", Fixture, NULL, set_up, test_metrics, tear_down);
  g_test_add ("/service/operation/metrics-here", Fixture, "[metrics]\nallow=::1;127.0.0.1\n", set_up, test_metrics_for_whom, tear_down);
  g_test_add ("/service/operation/metrics-elsewhere", Fixture, "[metrics]\nallow=10.1.2.3\n", set_up, test_metrics_for_whom, tear_down);
  g_test_add ("/service/operation/notify", Fixture, NULL, set_up, test_notify, tear_down);
  return g_test_run ();
}
