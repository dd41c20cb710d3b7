/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies of all calls that take JSON, sent to the service in this process by each kind of caller: the first byte chooses the call, the
 * second who sends it. Nothing makes the service fail, and what is no JSON object is never done. */
#include <arpa/inet.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/key.h"
#include "fixture.h"
#include "fuzz.h"
#include "service/clock.h"
#include "service/routes.h"
#include "service/serve.h"
#include "service/steady.h"

enum { N_ROLES = 7 };

static const char *const users[N_ROLES] = { "lin", "zhao", "adviser", "desk", "registrar", "auditor", "student" };

static const LkRoute *const tables[] = { lk_review_routes, lk_student_routes, lk_account_routes, lk_desk_routes };
static GPtrArray *routes;       /* those that read a body */
static LkTestClient *clients[N_ROLES];
static char *submission;
static LkTestCampus *campus;
static GThread *server;
int LLVMFuzzerInitialize (int *argc, char ***argv);
const char *__asan_default_options (void);

/* The service's threads are in the middle of something whenever an input is done: what they hold just then is no leak. The tests of the
 * service look for those. */
const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

static void
add_token (const char *folder, const char *user)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  char hex[2 * sizeof hash + 1];
  g_autofree char *device = lk_key_new (), *sql = NULL;

  crypto_hash_sha256 (hash, (const guint8 *) user, strlen (user));
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  if (strcmp (user, "student") == 0)
    sql = g_strdup_printf ("INSERT INTO student_session (token, student, expires_at) VALUES (x'%s', 1, %" G_GINT64_FORMAT ")", hex,
                           lk_clock_now () + G_TIME_SPAN_DAY);
  else
    sql = g_strdup_printf ("INSERT INTO session (token, staff, device, expires_at) SELECT x'%s', id, '%s', %" G_GINT64_FORMAT
                           " FROM staff WHERE user = '%s'", hex, device, lk_steady_now () + G_TIME_SPAN_DAY, user);
  g_free (lk_test_query (folder, sql));
}

static gpointer
serve_main (gpointer data)
{
  const LkServeOptions *options = ((gpointer *) data)[1];
  g_autoptr (GError) error = NULL;

  if (!lk_serve (((gpointer *) data)[0], options, &error))
    g_error ("%s", error->message);
  return NULL;
}

static guint16
start_service (const char *folder)
{
  static gpointer data[2];
  static LkServeOptions options = { .address = "127.0.0.1" };
  LkServiceConfig config;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  options.port_file = g_build_filename (folder, "port", NULL);
  if (!lk_service_config_load (&config, &error) || (data[0] = lk_service_open (folder, FALSE, &config, &error)) == NULL)
    g_error ("%s", error->message);
  data[1] = &options;
  server = g_thread_new ("serve", serve_main, data);
  while (!g_file_get_contents (options.port_file, &text, NULL, NULL))
    g_usleep (10000);
  return (guint16) atoi (text);
}

static void
collect_routes (void)
{
  routes = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const LkRoute *route = tables[i]; route->method != NULL; route++)
      if (strcmp (route->method, "POST") == 0 && route->body == LK_BODY_SMALL && route->place != LK_PLACE_HASHER)
        g_ptr_array_add (routes, (gpointer) route);
}

static void
remove_campus (void)
{
  lk_test_remove_folder (campus->folder);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  guint16 port;

  campus = lk_test_campus_new (20);
  atexit (remove_campus);
  lk_test_add_staff (campus->service, "adviser", "某", LK_ROLE_ADVISER);
  lk_test_add_staff (campus->service, "desk", "某", LK_ROLE_DESK);
  lk_test_add_staff (campus->service, "registrar", "某", LK_ROLE_REGISTRAR);
  lk_test_add_staff (campus->service, "auditor", "某", LK_ROLE_AUDITOR);
  lk_test_campus_close (campus);
  for (int i = 0; i < N_ROLES; i++)
    add_token (campus->folder, users[i]);
  submission = lk_test_query (campus->folder, "SELECT uuid FROM submission LIMIT 1");
  port = start_service (campus->folder);
  for (int i = 0; i < N_ROLES; i++)
    {
      clients[i] = lk_test_client_new (port);
      clients[i]->token = g_strdup (users[i]);
    }
  collect_routes ();
  return 0;
}

static char *
fill (const char *path)
{
  g_autoptr (GString) text = g_string_new (path);

  g_string_replace (text, "{id}", g_str_has_prefix (path, "/v1/students/") ? "1" : submission, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
reads_its_body (const LkRoute *route)
{
  return !g_str_has_suffix (route->path, "/skip") && !g_str_has_suffix (route->path, "/redo") &&
         !g_str_has_suffix (route->path, "/submit");
}

static gboolean
is_object (const char *body, gsize size)
{
  g_autoptr (cJSON) json = g_utf8_validate (body, (gssize) size, NULL) ? lk_json_parse (body, (gssize) size, 0, NULL) : NULL;

  return json != NULL && cJSON_IsObject (json);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const LkRoute *route;
  LkTestClient *client;
  g_autofree char *path = NULL, *key = NULL, *extra = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (LkTestAnswer) answer = NULL;

  if (size < 2)
    return 0;
  route = routes->pdata[data[0] % routes->len];
  client = clients[data[1] % N_ROLES];
  path = fill (route->path);
  key = lk_key_new ();
  extra = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  body = g_bytes_new (data + 2, size - 2);
  answer = lk_test_post (client, path, "application/json", body, extra);
  if (answer->status >= 500 && answer->status != 503)
    g_error ("%s answers %d: %s", path, answer->status, answer->body);
  if (answer->status >= 200 && answer->status < 300 && reads_its_body (route) && !is_object ((const char *) data + 2, size - 2))
    g_error ("%s did something for what is no JSON object", path);
  return 0;
}
