/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "service/config.h"

G_BEGIN_DECLS

/* Our own request and response over the HTTP library, which nothing but http*.c sees. */

/* A whole request whose framing was in order and whose body is within the limit. Lives until it is replied to. */
typedef struct _LkRequest LkRequest;

const char *lk_request_get_method (LkRequest *self);
const char *lk_request_get_path   (LkRequest *self);                      /* "/v1/leases"; no escapes, plain ASCII */
const char *lk_request_get_query  (LkRequest *self, const char *name);    /* NULL when absent */
const char *lk_request_get_header (LkRequest *self, const char *name);    /* Authorization and If-None-Match only; NULL when absent */
const char *lk_request_get_body   (LkRequest *self, gsize *length);       /* ends with a NUL that is not counted */
const char *lk_request_get_peer   (LkRequest *self);                      /* network address, text */

typedef struct _LkResponse LkResponse;

LkResponse *lk_response_new      (guint status);                          /* without a body */
LkResponse *lk_response_new_text (guint status, const char *type, char *text);        /* takes text */
LkResponse *lk_response_new_file (guint status, const char *type, int fd, guint64 size);      /* takes fd */
void        lk_response_add_header (LkResponse *self, const char *name, const char *value);  /* values are the program's own */
guint       lk_response_get_status (LkResponse *self);
void        lk_response_free     (LkResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkResponse, lk_response_free)

/* Answers, once, from any thread; takes response. The request is gone afterwards. */
void lk_request_reply (LkRequest *self, LkResponse *response);

/* Called on a thread of the server, which it must not hold up: quick answers are given at once, others from elsewhere. */
typedef void (*LkHttpHandler) (LkRequest *request, gpointer data);

typedef struct _LkHttpServer LkHttpServer;

/**
 * lk_http_server_new:
 * @address: IPv4 or IPv6 address to listen on
 * @port: 0 for any free one
 *
 * Errors: LK_ERROR_BAD_REQUEST (no address), G_IO_ERROR (in use, not allowed).
 */
LkHttpServer *lk_http_server_new (const LkServiceConfig *config, const char *address, guint16 port, LkHttpHandler handler,
                                  gpointer data, GError **error);
guint16       lk_http_server_get_port (LkHttpServer *self);

/* Takes no new connections. Requests in work are still answered. */
void lk_http_server_quiesce (LkHttpServer *self);

/* Quiesces, waits until what is in work is answered, then closes. Everybody who holds a request must have been told to reply. */
void lk_http_server_free (LkHttpServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkHttpServer, lk_http_server_free)

G_END_DECLS
