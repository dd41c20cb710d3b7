/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "service/config.h"
#include "service/language.h"

G_BEGIN_DECLS

/* Our own request and response over the HTTP library, which nothing but http*.c sees. */

/* A whole request whose framing was in order and whose body is within the limit. Lives until it is replied to. */
typedef struct _LkRequest LkRequest;

const char *lk_request_get_method (LkRequest *self);
const char *lk_request_get_path   (LkRequest *self);                      /* "/v1/leases"; no escapes, plain ASCII */
const char *lk_request_get_target (LkRequest *self);                      /* path and query as they came */
const char *lk_request_get_query  (LkRequest *self, const char *name);    /* NULL when absent */
const char *lk_request_get_header (LkRequest *self, const char *name);    /* of the list in http-message.c; NULL when absent */
const char *lk_request_get_body   (LkRequest *self, gsize *length);       /* ends with a NUL that is not counted */
const char *lk_request_get_id     (LkRequest *self);                      /* 16 hexadecimal digits, for the log */
const char *lk_request_get_peer   (LkRequest *self);                      /* network address, text; not that of a proxy of ours */
LkLanguage  lk_request_get_language (LkRequest *self);                    /* for what a person reads in the answer */

/* A body that went to a file, which has no name and ends with the request. */
typedef struct
{
  int fd;                       /* to read by offset; the request's own */
  guint64 size;
  char sha256[65];
} LkBodyFile;

/* NULL when the body was kept in memory. lk_blobs_put_file() takes it into the store. */
const LkBodyFile *lk_request_get_body_file (LkRequest *self);

/* Something of the caller's that goes with the request: freed with it, unless stolen. */
void     lk_request_set_data   (LkRequest *self, gpointer data, GDestroyNotify free_data);
gpointer lk_request_steal_data (LkRequest *self);

typedef struct _LkResponse LkResponse;

LkResponse *lk_response_new      (guint status);                          /* without a body */
LkResponse *lk_response_new_text (guint status, const char *type, char *text);        /* takes text */
LkResponse *lk_response_new_bytes (guint status, const char *type, GBytes *bytes);
LkResponse *lk_response_new_file (guint status, const char *type, int fd, guint64 size);      /* takes fd */
/* 200 with the whole file, 206 with the part that the request's Range asks for, or 416. Takes fd. */
LkResponse *lk_response_new_part (LkRequest *request, const char *type, int fd, guint64 size);
/* In place of one of this name. Values are the program's own. Every answer has nosniff, no-referrer, no-store and a policy under which
 * a browser does nothing with it. */
void        lk_response_add_header (LkResponse *self, const char *name, const char *value);
guint       lk_response_get_status (LkResponse *self);
const char *lk_response_get_text (LkResponse *self);                     /* NULL for one that is no text */
void        lk_response_free     (LkResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkResponse, lk_response_free)

/* What stands for the path in the log and is kept as it is: a path itself may have the number of a student in it. */
void        lk_request_set_route  (LkRequest *self, const char *route);

/* Answers, once, from any thread; takes response. The request is gone afterwards. */
void lk_request_reply (LkRequest *self, LkResponse *response);

/* Where a request's body goes. */
typedef struct
{
  gsize limit;                  /* bytes; a longer one is refused and not read */
  gboolean to_file;
} LkBodyPlan;

/* Called when the head has come and before anything of the body is read, on a thread of the server, which it must not hold up. A
 * response refuses the request. The plan is for a small body in memory at first, and counts for a refused request, too. */
typedef LkResponse *(*LkHttpAdmit) (LkRequest *request, LkBodyPlan *plan, gpointer data);

/* Called with the whole request on a thread of the server, which it must not hold up: quick answers are given at once, others from
 * elsewhere. */
typedef void (*LkHttpHandler) (LkRequest *request, gpointer data);

typedef struct
{
  const char *address;          /* IPv4 or IPv6 address to listen on */
  guint16 port;                 /* 0 for any free one */
  const char *upload_folder;    /* where the files of bodies lie while they come in */
  gboolean tls;                 /* with what lk_http_tls_load() has read */
  const char *const *proxies;   /* addresses whose X-Forwarded-For is believed; NULL for none; the caller's */
  LkHttpAdmit admit;
  LkHttpHandler handle;
  gpointer data;                /* of both */
} LkHttpOptions;

typedef struct _LkHttpServer LkHttpServer;

/* The texts of the options are copied. LK_ERROR_BAD_REQUEST (no address), G_IO_ERROR (in use, not allowed). */
LkHttpServer *lk_http_server_new (const LkServiceConfig *config, const LkHttpOptions *options, GError **error);
guint16       lk_http_server_get_port (LkHttpServer *self);

/* Takes no new connections. Requests in work are still answered. */
void lk_http_server_quiesce (LkHttpServer *self);

/* Quiesces, waits until what is in work is answered, then closes. Everybody who holds a request must have been told to reply. */
void lk_http_server_free (LkHttpServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkHttpServer, lk_http_server_free)

G_END_DECLS
