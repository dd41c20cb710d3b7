/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "likeness-flow"

#include "flow/loopback.h"

#include <string.h>

enum
{
  HEAD_MAX = 8192,
  SILENT_S = 10, /* a connection that says nothing */
};

struct _LkLoopback
{
  GObject parent_instance;

  GSocketService *service;
  char *page, *address;
  char *state;
  GTask *waiting; /* NULL when nobody waits */
  guint timer;
  GCancellable *cancellable;
  gulong cancelled_id;
};

G_DEFINE_FINAL_TYPE (LkLoopback, lk_loopback, G_TYPE_OBJECT)

/* One browser's connection. */
typedef struct
{
  LkLoopback *self; /* a reference */
  GSocketConnection *connection;
  char head[HEAD_MAX + 1];
  gsize length;
  char *answer;
} Visit;

static void
visit_free (Visit *visit)
{
  g_object_unref (visit->self);
  g_object_unref (visit->connection);
  g_free (visit->answer);
  g_free (visit);
}

/* The end of the wait: query (taken) or error (taken). */
static void
finish_wait (LkLoopback *self, GHashTable *query, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

  if (task == NULL)
    {
      g_clear_pointer (&query, g_hash_table_unref);
      g_clear_error (&error);
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_signal_handler_disconnect (self->cancellable, self->cancelled_id);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->state, g_free);
  if (query != NULL)
    g_task_return_pointer (task, query, (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (visit->connection), NULL, NULL);
  visit_free (visit);
}

static void
reply (Visit *visit, const char *status, const char *page)
{
  visit->answer = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n"
                                   "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
                                   "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
                                   "Connection: close\r\n\r\n%s",
                                   status, strlen (page), page);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (visit->connection)), visit->answer,
                                   strlen (visit->answer), G_PRIORITY_DEFAULT, NULL, on_written, visit);
}

/* The query of the answer that is waited for; NULL for anything else. */
static GHashTable *
read_answer (LkLoopback *self, const char *head)
{
  static const char path[] = "GET /signed-in?";
  const char *end = strchr (head, ' ') != NULL ? strchr (strchr (head, ' ') + 1, ' ') : NULL;
  g_autoptr (GHashTable) query = NULL;
  g_autofree char *text = NULL;

  if (self->state == NULL || end == NULL || !g_str_has_prefix (head, path))
    return NULL;
  text = g_strndup (head + strlen (path), (gsize) (end - head) - strlen (path));
  query = g_uri_parse_params (text, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (query == NULL || g_strcmp0 (g_hash_table_lookup (query, "state"), self->state) != 0)
    return NULL;
  return g_steal_pointer (&query);
}

static void
on_head (Visit *visit)
{
  g_autoptr (LkLoopback) self = g_object_ref (visit->self);
  GHashTable *query = read_answer (self, visit->head);

  if (query == NULL)
    {
      reply (visit, "404 Not Found", "");
      return;
    }
  reply (visit, "200 OK", self->page);
  finish_wait (self, query, NULL);
}

static void read_more (Visit *visit);

static void
on_read (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, NULL);

  if (n <= 0)
    {
      visit_free (visit);
      return;
    }
  visit->length += (gsize) n;
  visit->head[visit->length] = '\0';
  if (strstr (visit->head, "\r\n\r\n") != NULL)
    on_head (visit);
  else if (visit->length < HEAD_MAX)
    read_more (visit);
  else
    reply (visit, "431 Request Header Fields Too Large", "");
}

static void
read_more (Visit *visit)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (visit->connection)),
                             visit->head + visit->length, HEAD_MAX - visit->length, G_PRIORITY_DEFAULT, NULL, on_read,
                             visit);
}

static gboolean
on_incoming (LkLoopback *self, GSocketConnection *connection)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->self = g_object_ref (self);
  visit->connection = g_object_ref (connection);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), SILENT_S);
  read_more (visit);
  return TRUE;
}

static void
lk_loopback_dispose (GObject *object)
{
  LkLoopback *self = LK_LOOPBACK (object);

  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  g_clear_object (&self->service);

  G_OBJECT_CLASS (lk_loopback_parent_class)->dispose (object);
}

static void
lk_loopback_finalize (GObject *object)
{
  LkLoopback *self = LK_LOOPBACK (object);

  g_free (self->page);
  g_free (self->address);
  g_free (self->state);

  G_OBJECT_CLASS (lk_loopback_parent_class)->finalize (object);
}

static void
lk_loopback_class_init (LkLoopbackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lk_loopback_dispose;
  object_class->finalize = lk_loopback_finalize;
}

static void
lk_loopback_init (LkLoopback *self)
{
}

LkLoopback *
lk_loopback_new (const char *page, GError **error)
{
  g_autoptr (LkLoopback) self = g_object_new (LK_TYPE_LOOPBACK, NULL);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) got = NULL;

  self->page = g_strdup (page);
  self->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
    return NULL;
  self->address = g_strdup_printf ("http://127.0.0.1:%u/signed-in",
                                   g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (on_incoming), self, G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

const char *
lk_loopback_get_address (LkLoopback *self)
{
  return self->address;
}

static gboolean
on_timeout (gpointer user_data)
{
  LkLoopback *self = user_data;

  self->timer = 0;
  finish_wait (self, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "nobody came back from the browser"));
  return G_SOURCE_REMOVE;
}

/* Disconnecting from inside the handler would wait for it; so the end comes from the main loop. */
static gboolean
end_cancelled (gpointer user_data)
{
  finish_wait (LK_LOOPBACK (user_data), NULL,
               g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the sign-in was cancelled"));
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, end_cancelled, g_object_ref (user_data), g_object_unref);
}

void
lk_loopback_wait_async (LkLoopback *self, const char *state, guint seconds, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->waiting, lk_loopback_wait_async);
  self->state = g_strdup (state);
  self->timer = g_timeout_add_seconds (seconds, on_timeout, self);
  if (cancellable != NULL)
    {
      self->cancellable = g_object_ref (cancellable);
      self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);
    }
}

GHashTable *
lk_loopback_wait_finish (LkLoopback *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
