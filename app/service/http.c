/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-private.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/error.h"
#include "service/framing.h"
#include "service/http-peer.h"
#include "service/http-tls.h"
#include "service/log.h"
#include "service/metrics.h"
#include "service/problem.h"

enum
{
  MAX_FIELDS = 64,
  SLOW_US = 1000000,            /* requests that took longer are logged */
  STOP_SECONDS = 5,             /* how long unsent answers hold up the end */
};

/* -- the head -- */

typedef struct
{
  LkHeaderField fields[MAX_FIELDS];
  gsize n_fields;
  gboolean too_many;
} Fields;

static enum MHD_Result
add_field (void *data, enum MHD_ValueKind kind, const char *name, size_t name_size, const char *value, size_t value_size)
{
  Fields *fields = data;

  if (fields->n_fields == MAX_FIELDS)
    {
      fields->too_many = TRUE;
      return MHD_NO;
    }
  fields->fields[fields->n_fields++] = (LkHeaderField) { name, value != NULL ? value : "", name_size, value_size };
  return MHD_YES;
}

static gsize
get_head_size (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

  return info != NULL ? info->header_size : 0;
}

static char *
get_peer (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  char text[INET6_ADDRSTRLEN] = "?";

  if (info != NULL && info->client_addr->sa_family == AF_INET)
    inet_ntop (AF_INET, &((struct sockaddr_in *) (gpointer) info->client_addr)->sin_addr, text, sizeof text);
  else if (info != NULL && info->client_addr->sa_family == AF_INET6)
    {
      const struct in6_addr *address = &((struct sockaddr_in6 *) (gpointer) info->client_addr)->sin6_addr;

      /* IPv4 on a socket for both */
      if (IN6_IS_ADDR_V4MAPPED (address))
        inet_ntop (AF_INET, &address->s6_addr[12], text, sizeof text);
      else
        inet_ntop (AF_INET6, address, text, sizeof text);
    }
  return g_strdup (text);
}

static enum MHD_Result
add_forwarded (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  GString *text = data;

  if (g_ascii_strcasecmp (name, "X-Forwarded-For") == 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", value != NULL ? value : "");
  return MHD_YES;
}

static void
look_behind_proxies (LkRequest *request)
{
  g_autoptr (GString) forwarded = g_string_new (NULL);
  char *peer = request->peer;

  if (request->server->options.proxies == NULL)
    return;
  MHD_get_connection_values (request->connection, MHD_HEADER_KIND, add_forwarded, forwarded);
  request->peer = lk_http_peer_behind (peer, forwarded->str, request->server->options.proxies);
  g_free (peer);
}

static LkHttpWatch *
get_watch (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

  return info != NULL ? info->socket_context : NULL;
}

static void
set_time (LkRequest *request, int seconds)
{
  LkHttpWatch *watch = get_watch (request->connection);

  if (watch != NULL)
    lk_http_watch_set (watch, seconds);
}

/* A refusal before the body is read ends the connection: what follows on it cannot be trusted. */
static LkResponse *
refuse_head (LkRequest *request, guint status)
{
  LkResponse *response = lk_problem_new_status (request, status);

  lk_response_add_header (response, "Connection", "close");
  return response;
}

static LkResponse *
check_head (LkRequest *request, const char *method, const char *version)
{
  Fields fields = { .n_fields = 0 };
  LkHead head = { method, request->target, version, fields.fields, 0, get_head_size (request->connection) };
  const char *reason = NULL;
  LkFraming framing;

  MHD_get_connection_values_n (request->connection, MHD_HEADER_KIND, add_field, &fields);
  if (fields.too_many)
    return refuse_head (request, 431);
  head.n_fields = fields.n_fields;
  framing = lk_framing_check (&head, &reason);
  if (framing == LK_FRAMING_GOOD)
    return NULL;
  lk_log_warning ("framing", "request=%s from=%s reason=\"%s\"", request->id, request->peer, reason);
  return refuse_head (request, framing == LK_FRAMING_NO_LENGTH ? 411 : 400);
}

/* What lies on the disk counts, not how many send: those who send next to nothing keep nobody from it. FALSE: there is no room. */
static gboolean
count_upload (LkRequest *request, gsize size)
{
  LkHttpServer *server = request->server;
  gboolean ok;

  g_mutex_lock (&server->mutex);
  ok = size <= server->config->uploads_bytes && server->uploaded <= server->config->uploads_bytes - size;
  if (ok)
    server->uploaded += size;
  g_mutex_unlock (&server->mutex);
  if (ok)
    request->uploaded += size;
  return ok;
}

static void
uncount_upload (LkRequest *request)
{
  LkHttpServer *server = request->server;

  g_mutex_lock (&server->mutex);
  server->uploaded -= request->uploaded;
  g_mutex_unlock (&server->mutex);
  request->uploaded = 0;
}

static LkResponse *
start_body (LkRequest *request, guint64 length)
{
  LkHttpServer *server = request->server;

  if (length == 0)
    return NULL;
  if (request->plan.to_file && !count_upload (request, 1))
    return lk_problem_new (request, LK_ERROR_OFFLINE);
  request->body = lk_http_body_new (request->plan.to_file ? server->upload_folder : NULL, request->plan.limit);
  return NULL;
}

/* The library gives the path decoded; ours need no escapes, and what two programs could decode differently names nothing. */
static gboolean
has_escapes (const LkRequest *request)
{
  gsize size = strcspn (request->target, "?");

  return strlen (request->path) != size || memcmp (request->path, request->target, size) != 0;
}

/* Asks whether the request is welcome and where its body goes. A refusal ends the connection before a large body; a small one is
 * passed over, which costs less than a new connection. */
static LkResponse *
admit (LkRequest *request)
{
  LkHttpServer *server = request->server;
  const char *text = MHD_lookup_connection_value (request->connection, MHD_HEADER_KIND, "Content-Length");
  guint64 length = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  LkResponse *refusal;

  request->plan = (LkBodyPlan) { server->config->body_bytes, FALSE };
  refusal = has_escapes (request) ? lk_problem_new_status (request, 404)
                                  : server->options.admit (request, &request->plan, server->options.data);
  if (length > request->plan.limit)
    {
      g_clear_pointer (&refusal, lk_response_free);
      return refuse_head (request, 413);
    }
  if (refusal == NULL)
    refusal = start_body (request, length);
  if (refusal == NULL)
    return NULL;
  if (length > server->config->body_bytes)
    {
      lk_response_add_header (refusal, "Connection", "close");
      return refusal;
    }
  request->refusal = refusal;
  return NULL;
}

static enum MHD_Result
answer (LkRequest *request, LkResponse *response)
{
  const LkServiceConfig *config = request->server->config;
  guint64 transfer = lk_response_get_size (response) / (guint64) config->bytes_per_second;

  request->status = lk_response_get_status (response);
  lk_response_add_header (response, "X-Request-Id", request->id);
  set_time (request, 2 * config->request_seconds + (int) MIN (transfer, G_MAXINT / 2));
  return lk_response_queue (response, request->connection);
}

static enum MHD_Result
start_request (LkRequest *request, const char *path, const char *method, const char *version)
{
  LkResponse *refusal;

  request->started = TRUE;
  request->method = g_strdup (method);
  request->path = g_strdup (path);
  request->peer = get_peer (request->connection);
  refusal = check_head (request, method, version);
  if (refusal == NULL)
    {
      look_behind_proxies (request);
      lk_request_keep_headers (request);
      refusal = admit (request);
    }
  return refusal != NULL ? answer (request, refusal) : MHD_YES;
}

/* -- body, work, answer -- */

/* MHD_NO: nothing more is read, and the connection is closed. */
static enum MHD_Result
take_body (LkRequest *request, const char *bytes, size_t *size)
{
  LkHttpWatch *watch = get_watch (request->connection);

  if (request->refusal == NULL && (request->body == NULL || !lk_http_body_append (request->body, bytes, *size)))
    return MHD_NO;
  if (request->uploaded > 0 && !count_upload (request, *size))
    return MHD_NO;
  if (request->uploaded > 0 && watch != NULL)
    lk_http_watch_add (watch, (gint64) *size * G_TIME_SPAN_SECOND / request->server->config->bytes_per_second);
  *size = 0;
  return MHD_YES;
}

static void
count (LkHttpServer *server, int held, int working)
{
  g_mutex_lock (&server->mutex);
  server->n_held += (guint) held;
  server->n_working += (guint) working;
  if (held < 0 || working < 0)
    g_cond_broadcast (&server->idle);
  g_mutex_unlock (&server->mutex);
}

/* The refusal of a body that has come whole: of its request, or because it could not be written. */
static LkResponse *
take_refusal (LkRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (request->refusal == NULL && request->body != NULL && !lk_http_body_finish (request->body, &error))
    {
      lk_log_error ("failure", "request=%s message=\"%s\"", request->id, error->message);
      return lk_problem_from_error (request, error);
    }
  return g_steal_pointer (&request->refusal);
}

static enum MHD_Result
dispatch (LkRequest *request)
{
  LkHttpServer *server = request->server;
  LkResponse *refusal = take_refusal (request);

  if (refusal != NULL)
    return answer (request, refusal);
  request->dispatched = TRUE;
  set_time (request, 0);
  count (server, 1, 1);
  MHD_suspend_connection (request->connection);
  server->options.handle (request, server->options.data);
  return MHD_YES;
}

static enum MHD_Result
handle_access (void *data, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
               const char *upload, size_t *upload_size, void **context)
{
  LkRequest *request = *context;

  if (!request->started)
    return start_request (request, path, method, version);
  if (*upload_size > 0)
    return take_body (request, upload, upload_size);
  if (request->response != NULL)
    {
      count (request->server, -1, 0);
      return answer (request, g_steal_pointer (&request->response));
    }
  return request->dispatched ? MHD_YES : dispatch (request);
}

static void *
handle_target (void *data, const char *target, struct MHD_Connection *connection)
{
  return lk_request_new (data, connection, target);
}

/* One that waits for news is slow by its nature. */
static gboolean
is_long_poll (LkRequest *request)
{
  return MHD_lookup_connection_value (request->connection, MHD_GET_ARGUMENT_KIND, "wait") != NULL;
}

static void
note_request (LkRequest *request)
{
  gint64 us = g_get_monotonic_time () - request->since;
  gboolean waited = is_long_poll (request), slow = us >= SLOW_US && !waited;
  LkLogLevel level = request->status >= 500 ? LK_LOG_ERROR : slow ? LK_LOG_WARNING : LK_LOG_DEBUG;

  lk_metrics_count_request (request->status, waited ? -1 : us);
  if (lk_log_shows (level))
    lk_log_at (level, "request", "request=%s method=%s path=%s status=%u ms=%" G_GINT64_FORMAT " from=%s", request->id,
               request->route != NULL ? request->method : "-", request->route != NULL ? request->route : "-", request->status,
               us / 1000, request->peer);
}

static void
handle_completed (void *data, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
  LkHttpServer *server = data;
  LkRequest *request = *context;

  if (request == NULL)
    return;
  set_time (request, server->config->request_seconds);
  if (request->started)
    note_request (request);
  if (request->dispatched)
    count (server, request->response != NULL ? -1 : 0, -1);
  if (request->uploaded > 0)
    uncount_upload (request);
  lk_request_free (request);
  *context = NULL;
}

static void
handle_connection (void *data, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode code)
{
  LkHttpServer *server = data;
  const union MHD_ConnectionInfo *info;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
      *context = info != NULL ? lk_http_guard_watch (server->guard, info->connect_fd, server->config->request_seconds) : NULL;
    }
  else if (*context != NULL)
    {
      lk_http_watch_end (*context);
      *context = NULL;
    }
}

/* -- the server -- */

static GSocket *
listen_on (const char *address, guint16 port, guint16 *bound, GError **error)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  g_autoptr (GSocketAddress) name = NULL;
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (inet == NULL)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "%s is no network address", address);
      return NULL;
    }
  name = g_inet_socket_address_new (inet, port);
  socket = g_socket_new (g_inet_address_get_family (inet), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL || !g_socket_bind (socket, name, TRUE, error))
    return NULL;
  g_socket_set_listen_backlog (socket, 512);
  if (!g_socket_listen (socket, error) || (local = g_socket_get_local_address (socket, error)) == NULL)
    return NULL;
  *bound = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
  return g_steal_pointer (&socket);
}

static struct MHD_Daemon *
start_daemon (LkHttpServer *self, int fd)
{
  const LkServiceConfig *config = self->config;
  unsigned threads = (unsigned) CLAMP ((int) g_get_num_processors (), 2, config->http_threads);
  /* behind a proxy all connections are of one address */
  int per_address = self->options.proxies != NULL ? config->connections : config->connections_per_address;
  struct MHD_OptionItem tls[3] = { { MHD_OPTION_END, 0, NULL } };

  if (self->options.tls)
    lk_http_tls_options (tls);
  return MHD_start_daemon (MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (self->options.tls ? MHD_USE_TLS : 0), 0,
                           NULL, NULL, handle_access, self,
                           MHD_OPTION_ARRAY, tls,
                           MHD_OPTION_LISTEN_SOCKET, fd,
                           MHD_OPTION_THREAD_POOL_SIZE, threads,
                           MHD_OPTION_STRICT_FOR_CLIENT, 1,
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT, config->connection_bytes,
                           MHD_OPTION_CONNECTION_LIMIT, (unsigned) config->connections,
                           MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned) per_address,
                           MHD_OPTION_CONNECTION_TIMEOUT, (unsigned) config->idle_seconds,
                           MHD_OPTION_URI_LOG_CALLBACK, handle_target, self,
                           MHD_OPTION_NOTIFY_COMPLETED, handle_completed, self,
                           MHD_OPTION_NOTIFY_CONNECTION, handle_connection, self,
                           MHD_OPTION_END);
}

LkHttpServer *
lk_http_server_new (const LkServiceConfig *config, const LkHttpOptions *options, GError **error)
{
  LkHttpServer *self;
  guint16 bound = 0;
  g_autoptr (GSocket) socket = listen_on (options->address, options->port, &bound, error);
  int fd;

  if (socket == NULL)
    return NULL;
  self = g_new0 (LkHttpServer, 1);
  self->listen_fd = -1;
  self->config = config;
  self->options = *options;
  self->upload_folder = g_strdup (options->upload_folder);
  self->port = bound;
  self->guard = lk_http_guard_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  fd = dup (g_socket_get_fd (socket));          /* the library closes its own */
  self->daemon = fd >= 0 ? start_daemon (self, fd) : NULL;
  if (self->daemon != NULL)
    return self;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the HTTP server cannot be started");
  lk_http_server_free (self);
  return NULL;
}

guint16
lk_http_server_get_port (LkHttpServer *self)
{
  return self->port;
}

/* Nobody comes in from here on. The descriptor stays until the library's threads have ended: one of them may be about to take it out of
 * its epoll set, and gives up the whole process when it is closed (0.9.75, "Failed to remove listen FD from epoll set"). */
void
lk_http_server_quiesce (LkHttpServer *self)
{
  if (self->listen_fd >= 0 || self->daemon == NULL)
    return;
  self->listen_fd = MHD_quiesce_daemon (self->daemon);
  shutdown (self->listen_fd, SHUT_RDWR);
}

void
lk_http_server_free (LkHttpServer *self)
{
  gint64 deadline;

  lk_http_server_quiesce (self);
  g_mutex_lock (&self->mutex);
  while (self->n_held > 0)
    g_cond_wait (&self->idle, &self->mutex);
  deadline = g_get_monotonic_time () + STOP_SECONDS * G_TIME_SPAN_SECOND;
  while (self->n_working > 0 && g_cond_wait_until (&self->idle, &self->mutex, deadline))
    ;
  g_mutex_unlock (&self->mutex);
  /* A malformed head that the library still reads while it stops makes it crash (0.9.75): it wants to answer, but a stopping daemon
   * takes no answer, and it goes on as if there were one. So it is stopped without connections. */
  lk_http_guard_close_all (self->guard, STOP_SECONDS);
  if (self->daemon != NULL)
    MHD_stop_daemon (self->daemon);
  if (self->listen_fd >= 0)
    close (self->listen_fd);
  lk_http_guard_free (self->guard);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_free (self->upload_folder);
  g_free (self);
}
