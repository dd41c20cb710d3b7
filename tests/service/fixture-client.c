/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-exchange.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/key.h"

enum { ANSWER_SECONDS = 60 };

LkTestClient *
lk_test_client_new (guint16 port)
{
  LkTestClient *client = g_new0 (LkTestClient, 1);

  client->port = port;
  client->fd = -1;
  return client;
}

static void
disconnect (LkTestClient *client)
{
  if (client->fd >= 0)
    close (client->fd);
  client->fd = -1;
}

void
lk_test_client_free (LkTestClient *client)
{
  disconnect (client);
  g_free (client->token);
  g_free (client);
}

/* A kept connection that was silent for long is closed by the service, as a browser would notice. */
static void
drop_if_ended (LkTestClient *client)
{
  char byte;

  if (client->fd >= 0 && recv (client->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
    disconnect (client);
}

static gboolean
reach (LkTestClient *client)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (client->port) };
  struct timeval limit = { ANSWER_SECONDS, 0 };
  int on = 1;

  drop_if_ended (client);
  if (client->fd >= 0)
    return TRUE;
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  client->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (client->fd, >=, 0);
  setsockopt (client->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt (client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect (client->fd, (struct sockaddr *) &address, sizeof address) == 0)
    return TRUE;
  disconnect (client);
  return FALSE;
}

static gboolean
send_all (int fd, const char *bytes, gsize size)
{
  while (size > 0)
    {
      ssize_t n = send (fd, bytes, size, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* type NULL: without a body. */
static gboolean
send_request (LkTestClient *client, const char *method, const char *path, const char *type, const char *body, gsize size,
              const char *extra)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, path);
  if (client->token != NULL)
    g_string_append_printf (text, "Authorization: Bearer %s\r\n", client->token);
  if (type != NULL)
    g_string_append_printf (text, "Content-Type: %s\r\nContent-Length: %zu\r\n", type, size);
  g_string_append_printf (text, "%s\r\n", extra != NULL ? extra : "");
  g_string_append_len (text, body, (gssize) size);
  return send_all (client->fd, text->str, text->len);
}

/* Reads a head and as much body as it announces. */
static gboolean
receive (LkTestClient *client, LkTestAnswer *answer)
{
  g_autoptr (GString) data = g_string_new (NULL);
  char chunk[16384];
  const char *end = NULL, *field;
  gsize head = 0, length = 0;

  while (end == NULL || data->len < head + length)
    {
      ssize_t n = recv (client->fd, chunk, sizeof chunk, 0);

      if (n <= 0)
        return FALSE;
      g_string_append_len (data, chunk, n);
      if (end != NULL || (end = strstr (data->str, "\r\n\r\n")) == NULL)
        continue;
      head = (gsize) (end - data->str) + 4;
      answer->head = g_strndup (data->str, head);
      answer->status = atoi (data->str + strlen ("HTTP/1.1 "));
      field = strcasestr (answer->head, "\r\nContent-Length: ");
      length = field != NULL && answer->status != 304 ? (gsize) g_ascii_strtoull (field + 18, NULL, 10) : 0;
    }
  answer->body = g_memdup2 (data->str + head, length + 1);
  answer->body[length] = '\0';
  answer->length = length;
  return TRUE;
}

static LkTestAnswer *
exchange (LkTestClient *client, const char *method, const char *path, const char *type, const char *body, gsize size, const char *extra)
{
  LkTestAnswer *answer = g_new0 (LkTestAnswer, 1);

  if (!reach (client))
    return answer;
  /* a body that is refused is not read: the answer is there all the same */
  send_request (client, method, path, type, body, size, extra);
  if (!receive (client, answer))
    {
      disconnect (client);
      answer->status = 0;
      return answer;
    }
  if (strcasestr (answer->head, "\r\nConnection: close") != NULL)
    disconnect (client);
  if (strcasestr (answer->head, "json") != NULL)
    answer->json = lk_json_parse (answer->body, -1, 0, NULL);
  lk_test_keep_exchange (method, path, answer);
  return answer;
}

LkTestAnswer *
lk_test_call (LkTestClient *client, const char *method, const char *path, const char *body, const char *extra)
{
  return exchange (client, method, path, body != NULL ? "application/json" : NULL, body != NULL ? body : "",
                   body != NULL ? strlen (body) : 0, extra);
}

LkTestAnswer *
lk_test_post (LkTestClient *client, const char *path, const char *type, GBytes *body, const char *extra)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);

  return exchange (client, "POST", path, type, bytes, size, extra);
}

void
lk_test_answer_free (LkTestAnswer *answer)
{
  g_free (answer->head);
  g_free (answer->body);
  cJSON_Delete (answer->json);
  g_free (answer);
}

const char *
lk_test_answer_code (LkTestAnswer *answer)
{
  const char *code = answer->json != NULL ? lk_json_string (answer->json, "code") : NULL;

  return code != NULL ? code : "";
}

void
lk_test_sign_in (LkTestClient *client, const char *user, const char *device)
{
  g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"%s\",\"device\":\"%s\"}", user, LK_TEST_PASSWORD, device);
  g_autoptr (LkTestAnswer) answer = lk_test_call (client, "POST", "/v1/sessions", body, NULL);

  g_assert_cmpint (answer->status, ==, 201);
  g_free (client->token);
  client->token = g_strdup (lk_json_string (answer->json, "token"));
}

LkTestAnswer *
lk_test_lease (LkTestClient *client, int count)
{
  g_autofree char *body = g_strdup_printf ("{\"count\":%d}", count);

  return lk_test_call (client, "POST", "/v1/leases", body, NULL);
}

cJSON *
lk_test_decision (const cJSON *lease, const char *key, const char *verdict, const char *reason)
{
  const cJSON *submission = lk_json_object (lease, "submission");
  g_autofree char *new_key = lk_key_new ();
  cJSON *decision = cJSON_CreateObject ();
  const char *const reasons[] = { reason, NULL };

  lk_json_add_string (decision, "key", key != NULL ? key : new_key);
  lk_json_add_string (decision, "submission", lk_json_string (submission, "id"));
  lk_json_add_string (decision, "lease", lk_json_string (lease, "id"));
  lk_json_add_string (decision, "photo", lk_json_string (lk_json_object (submission, "photo"), "sha256"));
  lk_json_add_string (decision, "verdict", verdict);
  lk_json_add_strv (decision, "reasons", reasons);
  lk_json_add_string (decision, "note", "");
  lk_json_add_string (decision, "decided_at", "2025-06-16T01:10:00Z");
  lk_json_add_int (decision, "shown_ms", 1500);
  lk_json_add_string (decision, "input", "key");
  return decision;
}

LkTestAnswer *
lk_test_decide (LkTestClient *client, cJSON *decision)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *body = NULL;

  cJSON_AddItemToArray (cJSON_AddArrayToObject (json, "decisions"), decision);
  body = lk_json_print (json);
  return lk_test_call (client, "POST", "/v1/decisions", body, NULL);
}

const cJSON *
lk_test_result (LkTestAnswer *answer, int index)
{
  return cJSON_GetArrayItem (lk_json_array (answer->json, "results"), index);
}
