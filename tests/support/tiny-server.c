/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tiny-server.h"

#include <stdlib.h>
#include <string.h>

enum
{
  MAX_THREADS = 8
};

struct _TinyServer
{
  GSocketService *service;
  GCancellable *stop;
  TinyHandler handler;
  gpointer user_data;
  guint16 port;
  int n_connections; /* atomic */
  int n_running;     /* atomic */
};

GBytes *
tiny_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static gsize
content_length (const char *headers)
{
  g_autofree char *lower = g_ascii_strdown (headers, -1);
  const char *line = strstr (lower, "\ncontent-length:");

  return line != NULL ? (gsize) strtoul (line + strlen ("\ncontent-length:"), NULL, 10) : 0;
}

static char *
read_headers (GDataInputStream *in, GCancellable *stop)
{
  g_autoptr (GString) headers = g_string_new (NULL);

  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, stop, NULL);

      if (line == NULL)
        return NULL;
      if (*g_strchomp (line) == '\0')
        return g_strdup (headers->str);
      g_string_append_printf (headers, "%s\n", line);
    }
}

static gboolean
read_request (GDataInputStream *in, TinyRequest *request, GCancellable *stop)
{
  g_auto (GStrv) words = NULL;
  gsize length;

  request->headers = read_headers (in, stop);
  if (request->headers == NULL)
    return FALSE;
  words = g_strsplit (request->headers, " ", 3);
  request->method = g_strdup (words[0]);
  request->path = g_strdup (words[1]);
  length = content_length (request->headers);
  request->body = g_malloc0 (length + 1);
  return g_input_stream_read_all (G_INPUT_STREAM (in), request->body, length, NULL, stop, NULL);
}

static void
clear_request (TinyRequest *request)
{
  g_free (request->method);
  g_free (request->path);
  g_free (request->headers);
  g_free (request->body);
}

static gboolean
send_answer (GOutputStream *out, const TinyAnswer *answer, GCancellable *stop)
{
  gsize size = 0;
  const char *body = answer->body != NULL ? g_bytes_get_data (answer->body, &size) : "";
  g_autofree char *head =
    g_strdup_printf ("HTTP/1.1 %u Said\r\nContent-Type: %s\r\n%sContent-Length: %zu\r\n\r\n", answer->status,
                     answer->content_type != NULL ? answer->content_type : "application/json",
                     answer->more_headers != NULL ? answer->more_headers : "", size);
  gsize sent = answer->cut_after > 0 ? MIN (size, answer->cut_after) : size;

  return g_output_stream_write_all (out, head, strlen (head), NULL, stop, NULL)
         && g_output_stream_write_all (out, body, sent, NULL, stop, NULL) && sent == size;
}

static gboolean
on_connection (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  TinyServer *self = user_data;
  g_autoptr (GDataInputStream) in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  gboolean open = TRUE;

  g_atomic_int_inc (&self->n_connections);
  g_atomic_int_inc (&self->n_running);
  while (open)
    {
      TinyRequest request = { NULL };
      TinyAnswer answer = { .status = 200 };

      open = read_request (in, &request, self->stop);
      if (open)
        {
          self->handler (&request, &answer, self->user_data);
          open = answer.status != 0
                 && send_answer (g_io_stream_get_output_stream (G_IO_STREAM (connection)), &answer, self->stop);
        }
      g_clear_pointer (&answer.body, g_bytes_unref);
      clear_request (&request);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_atomic_int_add (&self->n_running, -1);
  return TRUE;
}

TinyServer *
tiny_server_new (TinyHandler handler, gpointer user_data)
{
  TinyServer *self = g_new0 (TinyServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  self->handler = handler;
  self->user_data = user_data;
  self->stop = g_cancellable_new ();
  self->service = g_threaded_socket_service_new (MAX_THREADS);
  g_signal_connect (self->service, "run", G_CALLBACK (on_connection), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return self;
}

void
tiny_server_free (TinyServer *self)
{
  g_cancellable_cancel (self->stop);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  while (g_atomic_int_get (&self->n_running) > 0)
    g_usleep (1000);
  g_object_unref (self->service);
  g_object_unref (self->stop);
  g_free (self);
}

char *
tiny_server_dup_url (TinyServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

int
tiny_server_count_connections (TinyServer *self)
{
  return g_atomic_int_get (&self->n_connections);
}
