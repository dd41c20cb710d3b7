/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fixture.h"

/* Requests of no good will, byte for byte; after each the service still answers others. */

static LkTestCampus *campus;
static LkTestServer *server;

static int
reach (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (server->port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

/* Everything the service says until it closes or is silent; the status of the first answer, and how many say that something worked. */
static int
talk (const char *bytes, gsize size, int *n_successes)
{
  g_autoptr (GString) data = g_string_new (NULL);
  int fd = reach ();
  struct pollfd wait = { fd, POLLIN, 0 };
  char chunk[4096];
  ssize_t n;

  for (gsize sent = 0; sent < size; sent += (gsize) n)
    if ((n = send (fd, bytes + sent, size - sent, MSG_NOSIGNAL)) <= 0)
      break;
  while (poll (&wait, 1, data->len > 0 ? 300 : 3000) == 1 && (n = recv (fd, chunk, sizeof chunk, 0)) > 0)
    g_string_append_len (data, chunk, n);
  close (fd);
  *n_successes = 0;
  for (const char *p = data->str; (p = strstr (p, "HTTP/1.1 2")) != NULL; p++)
    ++*n_successes;
  return g_str_has_prefix (data->str, "HTTP/1.1 ") ? atoi (data->str + strlen ("HTTP/1.1 ")) : 0;
}

static void
assert_alive (void)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (server->port);
  g_autoptr (LkTestAnswer) answer = lk_test_call (client, "GET", "/v1/healthz", NULL, NULL);

  g_assert_cmpint (answer->status, ==, 200);
}

typedef struct
{
  const char *what;
  const char *bytes;
  gsize size;
  int status;                   /* 0: closed without an answer will do too */
} Case;

#define CASE(what, bytes, status) { what, bytes, sizeof bytes - 1, status }
#define BEHIND "GET /v1/healthz HTTP/1.1\r\nHost: a\r\n\r\n"

static const Case cases[] = {
  CASE ("length and coding", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" BEHIND,
        400),
  CASE ("two lengths", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde" BEHIND, 400),
  CASE ("two equal lengths", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc" BEHIND, 400),
  CASE ("negative length", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
  CASE ("length overflows", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 0),
  CASE ("length of a terabyte", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: 1099511627776\r\n\r\n", 413),
  CASE ("length just too large", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", 413),
  CASE ("chunked", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" BEHIND, 411),
  CASE ("bad chunk size", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n", 411),
  /* 411 is ours; libmicrohttpd 1.0 refuses it before us, with 400 */
  CASE ("unknown coding", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 0),
  CASE ("no Host", "GET /v1/healthz HTTP/1.1\r\n\r\n" BEHIND, 400),
  CASE ("two Hosts", "GET /v1/healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" BEHIND, 400),
  CASE ("NUL in a header", "GET /v1/healthz HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n" BEHIND, 400),
  CASE ("control byte in a header", "GET /v1/healthz HTTP/1.1\r\nHost: a\r\nX: a\1b\r\n\r\n" BEHIND, 400),
  CASE ("bare line feeds", "GET /v1/healthz HTTP/1.1\nHost: a\n\n", 400),
  CASE ("bare line feeds, more headers", "GET /v1/healthz HTTP/1.1\nHost: a\nAccept: *\nX-Y: z\n\n", 400),
  CASE ("space before the colon", "GET /v1/healthz HTTP/1.1\r\nHost : a\r\n\r\n" BEHIND, 400),
  CASE ("folded line", "GET /v1/healthz HTTP/1.1\r\nHost: a\r\nX: 1\r\n  2\r\n\r\n" BEHIND, 400),
  CASE ("folded length", "POST /v1/leases HTTP/1.1\r\nHost: a\r\nX: 1\r\n Content-Length: 5\r\n\r\n", 400),
  CASE ("dots in the path", "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 404),
  CASE ("absolute target", "GET http://other/v1/healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
  CASE ("bytes above ASCII in the target", "GET /v1/\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
  CASE ("old version", "GET /v1/healthz HTTP/0.9\r\nHost: a\r\n\r\n", 0),
  CASE ("escapes in the path", "GET /v1/%68ealthz HTTP/1.1\r\nHost: a\r\n\r\n", 404),
  CASE ("escaped line end in the path", "GET /v1/healthz%0d%0aX:%20y HTTP/1.1\r\nHost: a\r\n\r\n", 404),
  CASE ("length and coding of an upload", "POST /v1/student/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n"
        "\r\n0\r\n\r\n" BEHIND, 400),
  CASE ("chunked upload", "POST /v1/student/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4000000\r\nxxxx" BEHIND, 411),
  CASE ("upload without rights", "POST /v1/student/photos HTTP/1.1\r\nHost: a\r\nContent-Length: 31457280\r\n\r\n" BEHIND, 401),
  CASE ("upload too large", "POST /v1/student/photos HTTP/1.1\r\nHost: a\r\nContent-Length: 31457281\r\n\r\n" BEHIND, 413),
  CASE ("upload of a code too large", "POST /v1/student/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 8388609\r\n\r\n" BEHIND, 413),
  CASE ("body of a page", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n" BEHIND, 413),
  CASE ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0),
  CASE ("unknown method", "BREW /v1/meta HTTP/1.1\r\nHost: a\r\n\r\n", 405),
  CASE ("no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 0),
  CASE ("empty lines", "\r\n\r\n\r\n\r\n", 0),
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  int n_successes;
  int status = talk (c->bytes, c->size, &n_successes);

  if (c->status != 0)
    g_assert_cmpint (status, ==, c->status);
  else
    g_assert_true (status == 0 || status >= 400);
  /* what was hidden behind a bad head is not taken for a request */
  g_assert_cmpint (n_successes, ==, 0);
  assert_alive ();
}

static void
test_huge_header (void)
{
  g_autofree char *value = g_strnfill (65536, 'a');
  g_autofree char *text = g_strdup_printf ("GET /v1/healthz HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n", value);
  int n_successes;
  int status = talk (text, strlen (text), &n_successes);

  g_assert_true (status == 0 || status == 431 || status == 413);
  assert_alive ();
}

static void
test_many_headers (void)
{
  g_autoptr (GString) text = g_string_new ("GET /v1/healthz HTTP/1.1\r\nHost: a\r\n");
  int n_successes;

  for (int i = 0; i < 100; i++)
    g_string_append_printf (text, "X-%d: 1\r\n", i);
  g_string_append (text, "\r\n");
  g_assert_cmpint (talk (text->str, text->len, &n_successes), ==, 431);
}

/* The answer comes before the body does, and the connection ends: nothing of it is read. */
static void
test_large_body_is_not_read (gconstpointer path)
{
  g_autofree char *head = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n", (const char *) path);
  g_autofree char *block = g_malloc0 (65536);
  int fd = reach ();
  gsize sent = 0;
  ssize_t n;

  send (fd, head, strlen (head), MSG_NOSIGNAL);
  while (sent < 67108864 && (n = send (fd, block, 65536, MSG_NOSIGNAL)) > 0)
    sent += (gsize) n;
  close (fd);
  g_assert_cmpuint (sent, <, 33554432);
  assert_alive ();
}

static const char *const path_starts[] = { "/", "/web/", "/web/pages/", "/v1/", "/v1/images/", "/v1/submissions/", "/v1/student/photos/" };
static const char *const path_steps[] = {
  "..", "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e/", "..\\", "..%5c", "%c0%ae%c0%ae/", "..;/", "..%00/", "./", "//",
  ".../", "..%0d/", "/etc/passwd%00", "web/", "photos/", "%u002e%u002e/",
};
static const char *const path_ends[] = {
  "", "campus.db", "search.key", "etc/passwd", "proc/self/environ", "log", "port", "index.html%00.js", "campus.db-wal", "serve.lock",
};

static char *
make_path (void)
{
  GString *path = g_string_new (path_starts[g_test_rand_int_range (0, G_N_ELEMENTS (path_starts))]);
  int n_steps = g_test_rand_int_range (1, 9);

  while (n_steps-- > 0)
    g_string_append (path, path_steps[g_test_rand_int_range (0, G_N_ELEMENTS (path_steps))]);
  g_string_append (path, path_ends[g_test_rand_int_range (0, G_N_ELEMENTS (path_ends))]);
  return g_string_free (path, FALSE);
}

/* Whatever a path is made of, it leads to nothing outside the tables: no answer is a success. */
static void
test_paths_outside (void)
{
  g_autoptr (LkTestClient) client = lk_test_client_new (server->port);

  lk_test_sign_in (client, "zhao", "0192f0c0-0000-7000-8000-000000000009");
  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *path = make_path ();
      g_autoptr (LkTestAnswer) answer = lk_test_call (client, "GET", path, NULL, NULL);

      if (answer->status < 400 || answer->status >= 500)
        g_error ("%s: %d", path, answer->status);
    }
  assert_alive ();
}

/* Half-open connections keep nobody out. */
static void
test_slow_heads (void)
{
  int fds[200];

  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = reach ();
      send (fds[i], "GET /v1/healthz HT", 18, MSG_NOSIGNAL);
    }
  assert_alive ();
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  assert_alive ();
}

/* Random bytes and random changes of a good request: any answer but a success of something else, and never the end. */
static void
test_random (void)
{
  static const char good[] = "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *bytes = g_memdup2 (good, sizeof good);
      int n_changes = g_test_rand_int_range (1, 6);
      int fd = reach ();

      while (n_changes-- > 0)
        bytes[g_test_rand_int_range (0, sizeof good - 1)] = (char) g_test_rand_int_range (0, 256);
      send (fd, bytes, sizeof good - 1, MSG_NOSIGNAL);
      close (fd);
    }
  assert_alive ();
}

static gint storm_ends;

static gpointer
storm_main (gpointer unused)
{
  static const char bad[] = "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n";

  while (!g_atomic_int_get (&storm_ends))
    {
      struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (server->port) };
      int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

      address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
      if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
        send (fd, bad, sizeof bad - 1, MSG_NOSIGNAL);
      close (fd);
    }
  return NULL;
}

/* Stopping while malformed requests pour in ends well. */
static void
test_stop_in_storm (void)
{
  for (int round = 0; round < 5; round++)
    {
      GThread *threads[4];

      g_atomic_int_set (&storm_ends, 0);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("storm", storm_main, NULL);
      g_usleep (50000);
      g_assert_cmpint (lk_test_server_stop (server), ==, 0);
      g_atomic_int_set (&storm_ends, 1);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
      lk_test_server_free (server);
      server = lk_test_server_start (campus->folder, NULL);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  campus = lk_test_campus_new (1);
  lk_test_campus_close (campus);
  server = lk_test_server_start (campus->folder, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/hostile/%s", cases[i].what);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/service/hostile/huge-header", test_huge_header);
  g_test_add_func ("/service/hostile/many-headers", test_many_headers);
  g_test_add_data_func ("/service/hostile/large-body", "/v1/sessions", test_large_body_is_not_read);
  g_test_add_data_func ("/service/hostile/large-photo", "/v1/student/photos", test_large_body_is_not_read);
  g_test_add_data_func ("/service/hostile/large-code", "/v1/student/sessions", test_large_body_is_not_read);
  g_test_add_func ("/service/hostile/paths-outside", test_paths_outside);
  g_test_add_func ("/service/hostile/slow-heads", test_slow_heads);
  g_test_add_func ("/service/hostile/random", test_random);
  g_test_add_func ("/service/hostile/stop-in-storm", test_stop_in_storm);
  result = g_test_run ();
  g_assert_cmpint (lk_test_server_stop (server), ==, 0);
  lk_test_server_free (server);
  lk_test_campus_free (campus);
  return result;
}
