/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-proxy.h"

#include <string.h>

enum
{
  MAX_THREADS = 32,
  BUFFER = 64 * 1024,
  LOOK_MS = 10, /* how often an idle connection looks for a new fault */
};

struct _FaultProxy
{
  GSocketService *service;
  guint16 port;
  int target;    /* atomic */
  int fault;     /* atomic, Fault */
  int stop;      /* atomic */
  int n_running; /* atomic */
  int distance;  /* atomic, ms */
};

typedef struct
{
  FaultProxy *proxy;
  GSocket *client, *server;
  gboolean lose_answer;
  gboolean asked; /* what comes next from the server begins an answer */
} Pipe;

static gboolean
sends_decision (const char *data, gsize size)
{
  return g_strstr_len (data, (gssize) size, "POST /v1/decisions") != NULL;
}

static gboolean
send_all (GSocket *to, const char *data, gssize size)
{
  while (size > 0)
    {
      gssize n = g_socket_send (to, data, (gsize) size, NULL, NULL);

      if (n <= 0)
        return FALSE;
      data += n;
      size -= n;
    }
  return TRUE;
}

static gboolean
pass_request (Pipe *pipe)
{
  g_autofree char *data = g_malloc (BUFFER);
  gssize n = g_socket_receive (pipe->client, data, BUFFER, NULL, NULL);
  Fault fault = g_atomic_int_get (&pipe->proxy->fault);

  if (n <= 0 || (fault == FAULT_CUT_DECISIONS && sends_decision (data, (gsize) n)))
    return FALSE;
  if (fault == FAULT_LOSE_ANSWER && sends_decision (data, (gsize) n))
    pipe->lose_answer = TRUE;
  pipe->asked = TRUE;
  return send_all (pipe->server, data, n);
}

/* An answer that has begun to come was committed before. */
static gboolean
pass_answer (Pipe *pipe)
{
  g_autofree char *data = g_malloc (BUFFER);
  gssize n = g_socket_receive (pipe->server, data, BUFFER, NULL, NULL);

  if (pipe->asked)
    g_usleep ((gulong) g_atomic_int_get (&pipe->proxy->distance) * 1000);
  pipe->asked = FALSE;
  if (n > 0 && pipe->lose_answer)
    g_atomic_int_set (&pipe->proxy->fault, FAULT_NONE);
  return n > 0 && !pipe->lose_answer && send_all (pipe->client, data, n);
}

static void
run_pipe (Pipe *pipe)
{
  GPollFD fds[] = { { g_socket_get_fd (pipe->client), G_IO_IN, 0 }, { g_socket_get_fd (pipe->server), G_IO_IN, 0 } };
  gboolean open = TRUE;

  while (open && !g_atomic_int_get (&pipe->proxy->stop) && g_atomic_int_get (&pipe->proxy->fault) != FAULT_CUT)
    {
      g_poll (fds, 2, LOOK_MS);
      if (g_atomic_int_get (&pipe->proxy->fault) == FAULT_CUT)
        open = FALSE;
      if (open && (fds[0].revents & (G_IO_IN | G_IO_HUP | G_IO_ERR)))
        open = pass_request (pipe);
      if (open && (fds[1].revents & (G_IO_IN | G_IO_HUP | G_IO_ERR)))
        open = pass_answer (pipe);
    }
}

static gboolean
on_connection (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  FaultProxy *self = user_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) onward = NULL;

  g_atomic_int_inc (&self->n_running);
  if (g_atomic_int_get (&self->fault) != FAULT_CUT && g_atomic_int_get (&self->target) != 0)
    onward =
      g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_atomic_int_get (&self->target), NULL, NULL);
  g_usleep ((gulong) g_atomic_int_get (&self->distance) * 1000);
  if (onward != NULL)
    {
      Pipe pipe = { .proxy = self,
                    .client = g_socket_connection_get_socket (connection),
                    .server = g_socket_connection_get_socket (onward) };

      run_pipe (&pipe);
      g_io_stream_close (G_IO_STREAM (onward), NULL, NULL);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_atomic_int_add (&self->n_running, -1);
  return TRUE;
}

FaultProxy *
fault_proxy_new (void)
{
  FaultProxy *self = g_new0 (FaultProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_threaded_socket_service_new (MAX_THREADS);
  g_signal_connect (self->service, "run", G_CALLBACK (on_connection), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return self;
}

void
fault_proxy_free (FaultProxy *self)
{
  g_atomic_int_set (&self->stop, TRUE);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  while (g_atomic_int_get (&self->n_running) > 0)
    g_usleep (1000);
  g_object_unref (self->service);
  g_free (self);
}

void
fault_proxy_set_target (FaultProxy *self, guint16 port)
{
  g_atomic_int_set (&self->target, port);
}

void
fault_proxy_set_fault (FaultProxy *self, Fault fault)
{
  g_atomic_int_set (&self->fault, fault);
}

void
fault_proxy_set_distance (FaultProxy *self, guint milliseconds)
{
  g_atomic_int_set (&self->distance, (int) milliseconds);
}

Fault
fault_proxy_get_fault (FaultProxy *self)
{
  return (Fault) g_atomic_int_get (&self->fault);
}

char *
fault_proxy_dup_url (FaultProxy *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}
