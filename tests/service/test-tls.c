/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <signal.h>
#include <string.h>

#include "core/error.h"
#include "fixture.h"
#include "make-certificate.h"
#include "net/http.h"
#include "service/http-peer.h"

/* TLS of the service's own: the workstation's client with the college's own authority, and who stands behind a proxy. */

static LkTestCampus *campus;
static LkTestServer *server;

static char *
path_of (const char *name)
{
  return g_build_filename (campus->folder, name, NULL);
}

static void
copy (const char *from, const char *to)
{
  g_autofree char *source = path_of (from), *target = path_of (to), *text = NULL;

  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (target, text, -1, NULL));
}

/* GET /v1/meta as the workstation does it; the status, or 0 with the error. */
static guint
ask (const char *authority, GError **error)
{
  g_autofree char *path = authority != NULL ? path_of (authority) : NULL;
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", server->port);
  const LkHttpRequest request = { .method = "GET", .path = "/v1/meta", .timeout = 20 };
  g_autoptr (LkHttp) http = NULL;
  g_autoptr (LkHttpResponse) response = NULL;

  if (path != NULL)
    g_setenv ("LIKENESS_CA_FILE", path, TRUE);
  else
    g_unsetenv ("LIKENESS_CA_FILE");
  http = lk_http_new (url);
  response = lk_http_perform (http, &request, NULL, error);
  return response != NULL ? response->status : 0;
}

static void
test_workstation (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ask ("first-ca.pem", &error), ==, 200);
  g_assert_no_error (error);
}

/* Without the college's authority, or with another's, nothing is sent. */
static void
test_untrusted (void)
{
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_cmpuint (ask (NULL, &unknown), ==, 0);
  g_assert_error (unknown, LK_ERROR, LK_ERROR_UNTRUSTED);
  g_assert_cmpuint (ask ("second-ca.pem", &other), ==, 0);
  g_assert_error (other, LK_ERROR, LK_ERROR_UNTRUSTED);
}

/* One handshake with such versions; the code of GnuTLS. */
static int
shake_hands (const char *priorities)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", server->port, NULL, NULL);
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t session;
  int code;

  g_assert_nonnull (connection);
  g_assert_cmpint (gnutls_certificate_allocate_credentials (&credentials), ==, 0);
  g_assert_cmpint (gnutls_init (&session, GNUTLS_CLIENT), ==, 0);
  g_assert_cmpint (gnutls_priority_set_direct (session, priorities, NULL), ==, 0);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_int (session, g_socket_get_fd (g_socket_connection_get_socket (connection)));
  g_socket_set_blocking (g_socket_connection_get_socket (connection), TRUE);
  gnutls_handshake_set_timeout (session, 20000);
  do
    code = gnutls_handshake (session);
  while (code < 0 && gnutls_error_is_fatal (code) == 0);
  gnutls_deinit (session);
  gnutls_certificate_free_credentials (credentials);
  return code;
}

static void
test_versions (void)
{
  g_assert_cmpint (shake_hands ("NORMAL:-VERS-ALL:+VERS-TLS1.3"), ==, 0);
  g_assert_cmpint (shake_hands ("NORMAL:-VERS-ALL:+VERS-TLS1.2"), ==, 0);
  g_assert_cmpint (shake_hands ("NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0"), <, 0);
}

/* Plain HTTP to the TLS port gets no answer of the service. */
static void
test_plain (void)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (server->port);
  g_autoptr (LkTestAnswer) answer = lk_test_call (client, "GET", "/v1/meta", NULL, NULL);

  g_assert_cmpint (answer->status, ==, 0);
}

static void
wait_for_log (const char *text, int times)
{
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *log = NULL;
      int n = 0;

      g_assert_true (g_file_get_contents (server->log, &log, NULL, NULL));
      for (const char *at = log; (at = strstr (at, text)) != NULL; at++)
        n++;
      if (n >= times)
        return;
      g_usleep (20000);
    }
  g_error ("the service's log does not have “%s”", text);
}

/* A new certificate counts at SIGHUP; one that does not fit its key leaves the old one. */
static void
test_reload (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) old = NULL;

  copy ("second.pem", "server.pem");
  kill (server->pid, SIGHUP);
  wait_for_log ("what=certificate", 1);
  g_assert_cmpuint (ask ("first-ca.pem", &error), ==, 200);
  g_assert_no_error (error);
  copy ("second.key", "server.key");
  kill (server->pid, SIGHUP);
  wait_for_log ("event=certificate", 2);
  g_assert_cmpuint (ask ("second-ca.pem", &error), ==, 200);
  g_assert_no_error (error);
  g_assert_cmpuint (ask ("first-ca.pem", &old), ==, 0);
  g_assert_error (old, LK_ERROR, LK_ERROR_UNTRUSTED);
}

static void
test_bad_files (void)
{
  g_autofree char *crt = path_of ("first.pem"), *key = path_of ("second.key"), *err = NULL, *usage = NULL;
  const char *const mixed[] = { "serve", "--data", campus->folder, "--port", "0", "--tls-cert", crt, "--tls-key", key, NULL };
  const char *const half[] = { "serve", "--data", campus->folder, "--port", "0", "--tls-cert", crt, NULL };

  lk_test_server_stop (server);
  g_assert_cmpint (lk_test_run (mixed, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "second.key"));
  g_assert_cmpint (lk_test_run (half, NULL, NULL, &usage), ==, 2);
}

static void
test_behind_proxies (void)
{
  const char *const trusted[] = { "127.0.0.1", "::1", "10.0.0.2", NULL };
  static const struct
  {
    const char *peer, *forwarded, *expected;
  } cases[] = {
    { "127.0.0.1", NULL, "127.0.0.1" },
    { "127.0.0.1", "", "127.0.0.1" },
    { "127.0.0.1", "192.0.2.7", "192.0.2.7" },
    { "::1", " 2001:DB8::7 ", "2001:db8::7" },
    { "127.0.0.1", "198.51.100.1, 192.0.2.7", "192.0.2.7" },
    { "127.0.0.1", "192.0.2.7,10.0.0.2", "192.0.2.7" },
    { "127.0.0.1", "10.0.0.2", "10.0.0.2" },
    { "127.0.0.1", "192.0.2.7, nonsense", "127.0.0.1" },
    { "127.0.0.1", "192.0.2.7,", "127.0.0.1" },
    { "192.0.2.9", "198.51.100.1", "192.0.2.9" },
    { "127.0.0.1", "192.0.2.7:4000", "127.0.0.1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *peer = lk_http_peer_behind (cases[i].peer, cases[i].forwarded, trusted);
      g_autofree char *direct = lk_http_peer_behind (cases[i].peer, cases[i].forwarded, NULL);

      g_assert_cmpstr (peer, ==, cases[i].expected);
      g_assert_cmpstr (direct, ==, cases[i].peer);
    }
}

/* A failed sign-in is laid to the one behind the proxy that is trusted, and to the peer itself otherwise. */
static void
test_forwarded_over_http (gconstpointer data)
{
  gboolean trusted = GPOINTER_TO_INT (data);
  g_autoptr (LkTestServer) plain = NULL;
  g_autoptr (LkTestClient) client = NULL;
  g_autoptr (LkTestAnswer) answer = NULL;
  g_autofree char *conf = path_of ("likenessd.conf"), *log = NULL, *log_path = path_of ("log");

  g_unlink (log_path);
  g_assert_true (g_file_set_contents (conf, trusted ? "[server]\ntrusted_proxies=127.0.0.1\n" : "[server]\n", -1, NULL));
  plain = lk_test_server_start (campus->folder, NULL);
  client = lk_test_client_new (plain->port);
  answer = lk_test_call (client, "POST", "/v1/sessions",
                         "{\"user\":\"lin\",\"password\":\"wrong\",\"device\":\"0192f0c0-0000-7000-8000-000000000001\"}",
                         "X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 192.0.2.7\r\n");
  g_assert_cmpint (answer->status, ==, 401);
  lk_test_server_stop (plain);
  g_assert_true (g_file_get_contents (plain->log, &log, NULL, NULL));
  g_assert_true ((strstr (log, "from=192.0.2.7") != NULL) == trusted);
  g_assert_true ((strstr (log, "from=127.0.0.1") != NULL) == !trusted);
}

int
main (int argc, char **argv)
{
  g_autofree char *crt = NULL, *key = NULL;
  const char *arguments[] = { "--tls-cert", NULL, "--tls-key", NULL, NULL };
  int result;

  g_test_init (&argc, &argv, NULL);
  campus = lk_test_campus_new (1);
  lk_test_campus_close (campus);
  make_certificate (campus->folder, "first", 2);
  make_certificate (campus->folder, "second", 3);
  copy ("first.pem", "server.pem");
  copy ("first.key", "server.key");
  arguments[1] = crt = path_of ("server.pem");
  arguments[3] = key = path_of ("server.key");
  server = lk_test_server_start (campus->folder, arguments);
  g_test_add_func ("/service/tls/workstation", test_workstation);
  g_test_add_func ("/service/tls/untrusted", test_untrusted);
  g_test_add_func ("/service/tls/versions", test_versions);
  g_test_add_func ("/service/tls/plain", test_plain);
  g_test_add_func ("/service/tls/reload", test_reload);
  g_test_add_func ("/service/tls/bad-files", test_bad_files);
  g_test_add_func ("/service/tls/behind-proxies", test_behind_proxies);
  g_test_add_data_func ("/service/tls/forwarded-trusted", GINT_TO_POINTER (TRUE), test_forwarded_over_http);
  g_test_add_data_func ("/service/tls/forwarded-not-trusted", GINT_TO_POINTER (FALSE), test_forwarded_over_http);
  result = g_test_run ();
  lk_test_server_free (server);
  lk_test_campus_free (campus);
  return result;
}
