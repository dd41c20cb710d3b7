/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/http-private.h"

#include <string.h>
#include <unistd.h>

struct _LkResponse
{
  guint status;
  struct MHD_Response *mhd;
};

/* -- request -- */

LkRequest *
lk_request_new (LkHttpServer *server, struct MHD_Connection *connection, const char *target)
{
  LkRequest *self = g_new0 (LkRequest, 1);

  self->server = server;
  self->connection = connection;
  self->target = g_strdup (target);
  self->since = g_get_monotonic_time ();
  return self;
}

void
lk_request_free (LkRequest *self)
{
  g_free (self->target);
  g_free (self->method);
  g_free (self->path);
  g_free (self->peer);
  g_free (self->authorization);
  g_free (self->if_none_match);
  if (self->body != NULL)
    {
      explicit_bzero (self->body->str, self->body->len);        /* it may have held a password */
      g_string_free (self->body, TRUE);
    }
  g_clear_pointer (&self->response, lk_response_free);
  g_free (self);
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
lk_request_get_query (LkRequest *self, const char *name)
{
  return MHD_lookup_connection_value (self->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *
lk_request_get_header (LkRequest *self, const char *name)
{
  if (strcmp (name, "Authorization") == 0)
    return self->authorization;
  return strcmp (name, "If-None-Match") == 0 ? self->if_none_match : NULL;
}

const char *
lk_request_get_body (LkRequest *self, gsize *length)
{
  if (length != NULL)
    *length = self->body != NULL ? self->body->len : 0;
  return self->body != NULL ? self->body->str : "";
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
response_new (guint status, struct MHD_Response *mhd)
{
  LkResponse *self = g_new0 (LkResponse, 1);

  self->status = status;
  self->mhd = mhd;
  lk_response_add_header (self, "X-Content-Type-Options", "nosniff");
  return self;
}

LkResponse *
lk_response_new (guint status)
{
  return response_new (status, MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT));
}

LkResponse *
lk_response_new_text (guint status, const char *type, char *text)
{
  LkResponse *self = response_new (status, MHD_create_response_from_buffer_with_free_callback (strlen (text), text, g_free));

  lk_response_add_header (self, "Content-Type", type);
  lk_response_add_header (self, "Cache-Control", "no-store");
  return self;
}

LkResponse *
lk_response_new_file (guint status, const char *type, int fd, guint64 size)
{
  LkResponse *self = response_new (status, MHD_create_response_from_fd64 (size, fd));

  lk_response_add_header (self, "Content-Type", type);
  return self;
}

void
lk_response_add_header (LkResponse *self, const char *name, const char *value)
{
  MHD_add_response_header (self->mhd, name, value);
}

guint
lk_response_get_status (LkResponse *self)
{
  return self->status;
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
