/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/error.h"
#include "fixture.h"
#include "service/blobs.h"
#include "service/http.h"
#include "service/problem.h"

/* Bodies that go to a file, at a server of this process with one path for them and one for small ones. */

enum { LIMIT = 8 * 1024 * 1024 };

typedef struct
{
  char *folder;
  LkServiceConfig config;
  LkHttpServer *server;
  LkBlobs *blobs;
  gint n_handled;
} Fixture;

static LkResponse *
admit (LkRequest *request, LkBodyPlan *plan, gpointer data)
{
  if (strcmp (lk_request_get_path (request), "/small") == 0)
    return NULL;
  *plan = (LkBodyPlan) { LIMIT, TRUE };
  return lk_request_get_header (request, "Authorization") != NULL ? NULL : lk_problem_new (request, LK_ERROR_SIGNED_OUT);
}

static cJSON *
describe (Fixture *f, LkRequest *request)
{
  const LkBodyFile *file = lk_request_get_body_file (request);
  g_autoptr (GError) error = NULL;
  cJSON *json = cJSON_CreateObject ();
  gsize length;

  lk_request_get_body (request, &length);
  lk_json_add_int (json, "in_memory", (gint64) length);
  if (file == NULL)
    return json;
  lk_json_add_int (json, "size", (gint64) file->size);
  lk_json_add_string (json, "sha256", file->sha256);
  g_assert_true (lk_blobs_put_file (f->blobs, file->fd, file->sha256, &error));
  g_assert_no_error (error);
  return json;
}

static void
handle (LkRequest *request, gpointer data)
{
  Fixture *f = data;
  g_autoptr (cJSON) json = describe (f, request);

  g_atomic_int_inc (&f->n_handled);
  lk_request_reply (request, lk_response_new_text (200, "application/json", lk_json_print (json)));
}

static void
start (Fixture *f)
{
  LkHttpOptions options = { .address = "127.0.0.1", .upload_folder = f->folder, .admit = admit, .handle = handle, .data = f };
  g_autoptr (GError) error = NULL;

  f->server = lk_http_server_new (&f->config, &options, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *photos = NULL;

  f->folder = lk_test_temporary_folder ();
  photos = g_build_filename (f->folder, "photos", NULL);
  f->blobs = lk_blobs_new (photos);
  lk_service_config_load (&f->config, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->server, lk_http_server_free);
  lk_blobs_free (f->blobs);
  lk_test_remove_folder (f->folder);
  g_free (f->folder);
}

static int
reach (Fixture *f)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (lk_http_server_get_port (f->server)) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static void
send_head (int fd, const char *path, gsize length, gboolean signed_in)
{
  g_autofree char *head = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: %zu\r\n\r\n", path,
                                           signed_in ? "Authorization: Bearer x\r\n" : "", length);

  g_assert_cmpint (send (fd, head, strlen (head), MSG_NOSIGNAL), ==, strlen (head));
}

static gsize
send_bytes (int fd, const char *bytes, gsize size)
{
  gsize sent = 0;
  ssize_t n;

  while (sent < size && (n = send (fd, bytes + sent, size - sent, MSG_NOSIGNAL)) > 0)
    sent += (gsize) n;
  return sent;
}

/* What comes until the service closes or nothing came for so long; the status, 0 for none. */
static int
receive (int fd, int milliseconds, char **body)
{
  g_autoptr (GString) data = g_string_new (NULL);
  struct pollfd wait = { fd, POLLIN, 0 };
  char chunk[4096];
  const char *end;
  ssize_t n;

  while (poll (&wait, 1, milliseconds) == 1 && (n = recv (fd, chunk, sizeof chunk, 0)) > 0)
    {
      g_string_append_len (data, chunk, n);
      if (strstr (data->str, "}") != NULL)
        break;
    }
  end = strstr (data->str, "\r\n\r\n");
  if (body != NULL)
    *body = g_strdup (end != NULL ? end + 4 : "");
  return g_str_has_prefix (data->str, "HTTP/1.1 ") ? atoi (data->str + strlen ("HTTP/1.1 ")) : 0;
}

static char *
make_body (gsize size)
{
  char *body = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    body[i] = (char) (i * 31 + i / 251);
  return body;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_large_body (Fixture *f, gconstpointer unused)
{
  g_autofree char *body = make_body (LIMIT), *answer = NULL;
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) body, LIMIT);
  g_autoptr (cJSON) json = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GError) error = NULL;

  start (f);
  for (int round = 0; round < 2; round++)
    {
      int fd = reach (f);

      send_head (fd, "/large", LIMIT, TRUE);
      g_assert_cmpuint (send_bytes (fd, body, LIMIT), ==, LIMIT);
      g_clear_pointer (&answer, g_free);
      g_assert_cmpint (receive (fd, 10000, &answer), ==, 200);
      close (fd);
    }
  json = lk_json_parse (answer, -1, 0, NULL);
  g_assert_cmpint (lk_json_int (json, "size", 0), ==, LIMIT);
  g_assert_cmpint (lk_json_int (json, "in_memory", -1), ==, 0);
  g_assert_cmpstr (lk_json_string (json, "sha256"), ==, sha256);
  stored = lk_blobs_read (f->blobs, sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (stored, NULL), g_bytes_get_size (stored), body, LIMIT);
  g_assert_cmpuint (count_files (f->folder), ==, 1);    /* the store alone */
}

/* A body that is cut off leaves nothing behind, and nobody handles it. */
static void
test_cut_off (Fixture *f, gconstpointer unused)
{
  g_autofree char *body = make_body (100000);
  int fd;

  start (f);
  fd = reach (f);
  send_head (fd, "/large", 200000, TRUE);
  send_bytes (fd, body, 100000);
  close (fd);
  g_clear_pointer (&f->server, lk_http_server_free);
  g_assert_cmpint (f->n_handled, ==, 0);
  g_assert_cmpuint (count_files (f->folder), ==, 0);
}

static void
test_refused_before_the_body (Fixture *f, gconstpointer unused)
{
  int fd;

  start (f);
  fd = reach (f);
  send_head (fd, "/large", LIMIT, FALSE);
  g_assert_cmpint (receive (fd, 10000, NULL), ==, 401);
  close (fd);
  fd = reach (f);
  send_head (fd, "/large", LIMIT + 1, TRUE);
  g_assert_cmpint (receive (fd, 10000, NULL), ==, 413);
  close (fd);
  fd = reach (f);
  send_head (fd, "/small", f->config.body_bytes + 1, TRUE);
  g_assert_cmpint (receive (fd, 10000, NULL), ==, 413);
  close (fd);
  g_assert_cmpint (f->n_handled, ==, 0);
}

/* A refused small body is passed over, so that the next request can come on the same connection. */
static void
test_connection_goes_on (Fixture *f, gconstpointer unused)
{
  int fd;

  start (f);
  fd = reach (f);
  send_head (fd, "/large", 3, FALSE);
  send_bytes (fd, "abc", 3);
  g_assert_cmpint (receive (fd, 10000, NULL), ==, 401);
  send_head (fd, "/small", 3, FALSE);
  send_bytes (fd, "abc", 3);
  g_assert_cmpint (receive (fd, 10000, NULL), ==, 200);
  close (fd);
}

/* Bytes that came earn the time for those that follow. */
static void
test_slow_link (Fixture *f, gconstpointer unused)
{
  g_autofree char *body = make_body (200000);
  int fd;

  f->config.request_seconds = 1;
  f->config.bytes_per_second = 10000;
  start (f);
  fd = reach (f);
  send_head (fd, "/large", 200000, TRUE);
  send_bytes (fd, body, 199990);
  g_usleep (3 * G_USEC_PER_SEC);
  send_bytes (fd, body + 199990, 10);
  g_assert_cmpint (receive (fd, 10000, NULL), ==, 200);
  close (fd);
}

/* Who sends a byte now and then is cut off, however long that could go on. */
static void
test_slow_sender (Fixture *f, gconstpointer unused)
{
  int fd;
  gsize sent = 0;

  f->config.request_seconds = 1;
  start (f);
  fd = reach (f);
  send_head (fd, "/large", LIMIT, TRUE);
  while (sent < 1000 && send_bytes (fd, "x", 1) == 1)
    {
      sent++;
      g_usleep (100000);
    }
  g_assert_cmpuint (sent, <, 1000);
  close (fd);
  g_assert_cmpint (f->n_handled, ==, 0);
}

static void
test_too_much_at_a_time (Fixture *f, gconstpointer unused)
{
  g_autofree char *body = make_body (100000);
  int first, second, third;

  f->config.uploads_bytes = 100001;     /* each counts one more than it has */
  start (f);
  first = reach (f);
  send_head (first, "/large", 200000, TRUE);
  send_bytes (first, body, 99999);
  g_usleep (200000);
  /* one byte of room, which a waiting one takes; nothing for the next */
  second = reach (f);
  send_head (second, "/large", 100000, TRUE);
  g_usleep (200000);
  third = reach (f);
  send_head (third, "/large", 100000, TRUE);
  g_assert_cmpint (receive (third, 10000, NULL), ==, 503);
  close (third);
  /* and no room for what comes further: the connection ends */
  send_bytes (second, "x", 1);
  g_assert_cmpint (receive (second, 10000, NULL), ==, 0);
  close (second);
  close (first);
  /* the place is free again */
  for (int i = 0, status = 503; status == 503; i++)
    {
      g_assert_cmpint (i, <, 100);
      g_usleep (50000);
      second = reach (f);
      send_head (second, "/large", 3, TRUE);
      send_bytes (second, "abc", 3);
      status = receive (second, 10000, NULL);
      close (second);
    }
}

static void
test_no_room (Fixture *f, gconstpointer unused)
{
  g_autofree char *good = f->folder, *answer = NULL;
  g_autoptr (cJSON) json = NULL;
  int fd;

  f->folder = g_build_filename (good, "missing", NULL);
  start (f);
  g_free (f->folder);
  f->folder = g_steal_pointer (&good);
  fd = reach (f);
  send_head (fd, "/large", 3, TRUE);
  send_bytes (fd, "abc", 3);
  g_assert_cmpint (receive (fd, 10000, &answer), ==, 503);
  json = lk_json_parse (answer, -1, 0, NULL);
  g_assert_cmpstr (lk_json_string (json, "code"), ==, "storage");
  close (fd);
  g_assert_cmpint (f->n_handled, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/service/upload/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("large-body", test_large_body);
  ADD ("cut-off", test_cut_off);
  ADD ("refused-before-the-body", test_refused_before_the_body);
  ADD ("connection-goes-on", test_connection_goes_on);
  ADD ("slow-link", test_slow_link);
  ADD ("slow-sender", test_slow_sender);
  ADD ("too-much-at-a-time", test_too_much_at_a_time);
  ADD ("no-room", test_no_room);
  return g_test_run ();
}
