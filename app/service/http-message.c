/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-private.h"

#include <string.h>
#include <unistd.h>

#include "service/http-range.h"
#include "service/problem.h"

struct _LkResponse
{
  guint status;
  guint64 size;
  const char *text;             /* the library's, as long as the response is ours */
  struct MHD_Response *mhd;
};

/* All headers that the service reads. */
static const char *const header_names[LK_N_REQUEST_HEADERS] = {
  "Authorization", "If-None-Match", "Idempotency-Key", "Student-Number", "Accept-Language", "Content-Type", "Range",
  "X-Forwarded-For", "Forwarded", "If-Range",
};

/* -- request -- */

/* Different over restarts, too. */
static void
make_id (char id[17])
{
  static guint32 start;
  static int counter;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      start = g_random_int ();
      g_once_init_leave (&ready, 1);
    }
  g_snprintf (id, 17, "%08x%08x", start, (guint) g_atomic_int_add (&counter, 1));
}

LkRequest *
lk_request_new (LkHttpServer *server, struct MHD_Connection *connection, const char *target)
{
  LkRequest *self = g_new0 (LkRequest, 1);

  self->server = server;
  self->connection = connection;
  self->target = g_strdup (target);
  self->since = g_get_monotonic_time ();
  make_id (self->id);
  return self;
}

void
lk_request_free (LkRequest *self)
{
  g_free (self->target);
  g_free (self->method);
  g_free (self->path);
  g_free (self->peer);
  for (gsize i = 0; i < LK_N_REQUEST_HEADERS; i++)
    g_free (self->headers[i]);
  g_clear_pointer (&self->body, lk_http_body_free);
  g_clear_pointer (&self->data, self->free_data);
  g_clear_pointer (&self->response, lk_response_free);
  g_clear_pointer (&self->refusal, lk_response_free);
  g_free (self);
}

void
lk_request_keep_headers (LkRequest *self)
{
  for (gsize i = 0; i < LK_N_REQUEST_HEADERS; i++)
    self->headers[i] = g_strdup (MHD_lookup_connection_value (self->connection, MHD_HEADER_KIND, header_names[i]));
}

const char *
lk_request_get_id (LkRequest *self)
{
  return self->id;
}

void
lk_request_set_route (LkRequest *self, const char *route)
{
  self->route = route;
}

const char *
lk_request_get_method (LkRequest *self)
{
  return self->method;
}

const char *
lk_request_get_path (LkRequest *self)
{
  return self->path;
}

const char *
lk_request_get_target (LkRequest *self)
{
  return self->target;
}

const char *
lk_request_get_query (LkRequest *self, const char *name)
{
  return MHD_lookup_connection_value (self->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *
lk_request_get_header (LkRequest *self, const char *name)
{
  for (gsize i = 0; i < LK_N_REQUEST_HEADERS; i++)
    if (strcmp (name, header_names[i]) == 0)
      return self->headers[i];
  g_return_val_if_reached (NULL);
}

const char *
lk_request_get_body (LkRequest *self, gsize *length)
{
  if (self->body != NULL)
    return lk_http_body_get_text (self->body, length);
  if (length != NULL)
    *length = 0;
  return "";
}

const LkBodyFile *
lk_request_get_body_file (LkRequest *self)
{
  return self->body != NULL ? lk_http_body_get_file (self->body) : NULL;
}

LkLanguage
lk_request_get_language (LkRequest *self)
{
  return lk_language_from_header (lk_request_get_header (self, "Accept-Language"));
}

void
lk_request_set_data (LkRequest *self, gpointer data, GDestroyNotify free_data)
{
  self->data = data;
  self->free_data = free_data;
}

gpointer
lk_request_steal_data (LkRequest *self)
{
  return g_steal_pointer (&self->data);
}

const char *
lk_request_get_peer (LkRequest *self)
{
  return self->peer;
}

void
lk_request_reply (LkRequest *self, LkResponse *response)
{
  self->response = response;
  MHD_resume_connection (self->connection);
}

/* -- response -- */

static LkResponse *
response_new (guint status, struct MHD_Response *mhd, guint64 size)
{
  LkResponse *self = g_new0 (LkResponse, 1);

  self->status = status;
  self->size = size;
  self->mhd = mhd;
  lk_response_add_header (self, "X-Content-Type-Options", "nosniff");
  lk_response_add_header (self, "Referrer-Policy", "no-referrer");
  lk_response_add_header (self, "Cache-Control", "no-store");
  lk_response_add_header (self, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  return self;
}

LkResponse *
lk_response_new (guint status)
{
  return response_new (status, MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT), 0);
}

LkResponse *
lk_response_new_text (guint status, const char *type, char *text)
{
  gsize size = strlen (text);
  LkResponse *self = response_new (status, MHD_create_response_from_buffer_with_free_callback (size, text, g_free), size);

  self->text = text;
  lk_response_add_header (self, "Content-Type", type);
  return self;
}

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

LkResponse *
lk_response_new_bytes (guint status, const char *type, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  struct MHD_Response *mhd = MHD_create_response_from_buffer_with_free_callback_cls (size, (void *) (data != NULL ? data : ""),
                                                                                     unref_bytes, g_bytes_ref (bytes));
  LkResponse *self = response_new (status, mhd, size);

  lk_response_add_header (self, "Content-Type", type);
  return self;
}

LkResponse *
lk_response_new_file (guint status, const char *type, int fd, guint64 size)
{
  LkResponse *self = response_new (status, MHD_create_response_from_fd64 (size, fd), size);

  lk_response_add_header (self, "Content-Type", type);
  return self;
}

/* Where only a part is wanted of what is still the same, the whole is right, too. */
static LkRange
wanted_range (LkRequest *request, guint64 size, guint64 *first, guint64 *length)
{
  if (lk_request_get_header (request, "If-Range") != NULL)
    return LK_RANGE_WHOLE;
  return lk_http_range_parse (lk_request_get_header (request, "Range"), size, first, length);
}

LkResponse *
lk_response_new_part (LkRequest *request, const char *type, int fd, guint64 size)
{
  guint64 first = 0, length = size;
  LkRange range = wanted_range (request, size, &first, &length);
  g_autofree char *place = NULL;
  LkResponse *self;

  if (range == LK_RANGE_OUTSIDE)
    {
      close (fd);
      self = lk_problem_new_status (request, 416);
      place = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, size);
    }
  else if (range == LK_RANGE_PART)
    {
      self = response_new (206, MHD_create_response_from_fd_at_offset64 (length, fd, first), length);
      lk_response_add_header (self, "Content-Type", type);
      place = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, first, first + length - 1, size);
    }
  else
    self = lk_response_new_file (200, type, fd, size);
  lk_response_add_header (self, "Accept-Ranges", "bytes");
  if (place != NULL)
    lk_response_add_header (self, "Content-Range", place);
  return self;
}

void
lk_response_add_header (LkResponse *self, const char *name, const char *value)
{
  const char *old = MHD_get_response_header (self->mhd, name);
  g_autofree char *copy = g_strdup (old);

  if (copy != NULL)
    MHD_del_response_header (self->mhd, name, copy);
  MHD_add_response_header (self->mhd, name, value);
}

guint
lk_response_get_status (LkResponse *self)
{
  return self->status;
}

guint64
lk_response_get_size (LkResponse *self)
{
  return self->size;
}

const char *
lk_response_get_text (LkResponse *self)
{
  return self->text;
}

void
lk_response_free (LkResponse *self)
{
  MHD_destroy_response (self->mhd);
  g_free (self);
}

enum MHD_Result
lk_response_queue (LkResponse *self, struct MHD_Connection *connection)
{
  enum MHD_Result result = MHD_queue_response (connection, self->status, self->mhd);

  lk_response_free (self);
  return result;
}
