/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair-clients.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/key.h"

enum { ANSWER_MAX = 65536, STALL_MS = 60000 };

typedef struct
{
  char *token;
  gboolean decides;             /* what is on the way is a decision */
  gint64 sent;                  /* monotonic µs; 0: nothing is on the way */
  char answer[ANSWER_MAX];
  gsize length;
} Client;

struct _LkPairClients
{
  guint16 port;
  Client *clients;
  struct pollfd *polls;         /* as clients */
  guint n_clients;
};

static int
reach (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("connect: %s", g_strerror (errno));
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

LkPairClients *
lk_pair_clients_new (guint16 port, char **tokens)
{
  LkPairClients *self = g_new0 (LkPairClients, 1);

  self->port = port;
  self->n_clients = g_strv_length (tokens);
  self->clients = g_new0 (Client, self->n_clients);
  self->polls = g_new0 (struct pollfd, self->n_clients);
  for (guint i = 0; i < self->n_clients; i++)
    self->clients[i].token = g_strdup (tokens[i]);
  return self;
}

void
lk_pair_clients_free (LkPairClients *self)
{
  for (guint i = 0; i < self->n_clients; i++)
    g_free (self->clients[i].token);
  g_free (self->clients);
  g_free (self->polls);
  g_free (self);
}

static void
post (LkPairClients *self, guint i, const char *path, const char *body)
{
  Client *c = &self->clients[i];
  char text[2048];
  int length = g_snprintf (text, sizeof text,
                           "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                           "Content-Length: %zu\r\n\r\n%s", path, c->token, strlen (body), body);

  c->length = 0;
  c->sent = g_get_monotonic_time ();
  if (send (self->polls[i].fd, text, (gsize) length, MSG_NOSIGNAL) != length)
    g_error ("send: %s", g_strerror (errno));
}

static void
lease (LkPairClients *self, guint i)
{
  self->clients[i].decides = FALSE;
  post (self, i, "/v1/leases", "{\"count\":1}");
}

/* Copies what stands between quotes after the next name from *at on, and moves *at behind it. */
static void
copy_next (const char **at, const char *name, char *text, gsize size)
{
  const char *start = strstr (*at, name), *end;

  if (start == NULL || (end = strchr (start + strlen (name), '"')) == NULL)
    g_error ("no lease in the answer; is the queue empty? (--rows) %s", *at);
  start += strlen (name);
  g_strlcpy (text, start, MIN (size, (gsize) (end - start) + 1));
  *at = end;
}

static void
decide (LkPairClients *self, guint i)
{
  Client *c = &self->clients[i];
  g_autofree char *key = lk_key_new ();
  char lease_id[64], submission[64], photo[80], body[1024];
  const char *at = c->answer;

  copy_next (&at, "\"leases\":[{\"id\":\"", lease_id, sizeof lease_id);
  copy_next (&at, "\"submission\":{\"id\":\"", submission, sizeof submission);
  copy_next (&at, "\"sha256\":\"", photo, sizeof photo);
  g_snprintf (body, sizeof body,
              "{\"decisions\":[{\"key\":\"%s\",\"submission\":\"%s\",\"lease\":\"%s\",\"photo\":\"%s\",\"verdict\":\"return\","
              "\"reasons\":[\"R203\"],\"note\":\"\",\"decided_at\":\"2025-06-16T01:10:00Z\",\"shown_ms\":1500,\"input\":\"key\"}]}",
              key, submission, lease_id, photo);
  c->decides = TRUE;
  post (self, i, "/v1/decisions", body);
}

/* Whether the answer is there whole. */
static gboolean
receive (LkPairClients *self, guint i)
{
  Client *c = &self->clients[i];
  ssize_t n = recv (self->polls[i].fd, c->answer + c->length, sizeof c->answer - 1 - c->length, 0);
  const char *end, *field;

  if (n <= 0)
    g_error ("recv: %s", n == 0 ? "the service hung up" : g_strerror (errno));
  c->length += (gsize) n;
  c->answer[c->length] = '\0';
  end = strstr (c->answer, "\r\n\r\n");
  field = strstr (c->answer, "Content-Length: ");
  return end != NULL && field != NULL && c->length == (gsize) (end + 4 - c->answer) + strtoul (field + 16, NULL, 10);
}

/* Takes a whole answer and sends what comes next. */
static void
go_on (LkPairClients *self, guint i, guint *n_left, GArray *lease_ms, GArray *decide_ms)
{
  Client *c = &self->clients[i];
  double ms = (g_get_monotonic_time () - c->sent) / 1e3;

  c->sent = 0;
  if (c->decides && strstr (c->answer, "\"status\":\"accepted\"") == NULL)
    g_error ("a decision was not accepted: %s", c->answer);
  g_array_append_val (c->decides ? decide_ms : lease_ms, ms);
  if (!c->decides)
    decide (self, i);
  else if (*n_left > 0)
    {
      (*n_left)--;
      lease (self, i);
    }
}

void
lk_pair_clients_run (LkPairClients *self, guint n_pairs, GArray *lease_ms, GArray *decide_ms)
{
  guint n_away = MIN (n_pairs, self->n_clients), n_left = n_pairs - n_away;

  /* anew each time: the service closes what is quiet for long */
  for (guint i = 0; i < self->n_clients; i++)
    self->polls[i] = (struct pollfd) { reach (self->port), POLLIN, 0 };
  for (guint i = 0; i < n_away; i++)
    lease (self, i);
  while (n_away > 0)
    {
      if (poll (self->polls, self->n_clients, STALL_MS) <= 0)
        g_error ("no answer within a minute");
      for (guint i = 0; i < self->n_clients; i++)
        if (self->polls[i].revents != 0 && receive (self, i))
          {
            go_on (self, i, &n_left, lease_ms, decide_ms);
            n_away -= self->clients[i].sent == 0;
          }
    }
  for (guint i = 0; i < self->n_clients; i++)
    close (self->polls[i].fd);
}
