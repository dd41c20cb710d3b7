/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LkHttp:
 *
 * HTTP to one server, with connections kept open between requests. Reference counted; used from any number of threads.
 * Certificates are always checked, against those of the system and of the college itself: the file LIKENESS_CA_FILE, or else
 * likeness/ca.pem in the user's configuration. Redirects are not followed.
 */
typedef struct _LkHttp LkHttp;

LkHttp *lk_http_new (const char *base_url); /* as lk_service_url_parse() gives it */
LkHttp *lk_http_ref (LkHttp *self);
void lk_http_unref (LkHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkHttp, lk_http_unref)

typedef struct
{
  const char *method; /* "GET", "POST", "PUT", "DELETE" */
  const char *path;   /* from the base URL: "/v1/meta" */
  const char *token;  /* bearer token, or NULL */
  const char *body;   /* JSON text, or NULL for none */
  const char *key;    /* Idempotency-Key, or NULL */
  guint timeout;      /* seconds for the whole exchange */
} LkHttpRequest;

typedef struct
{
  guint status;
  GBytes *body;       /* never NULL */
  char *content_type; /* "" when the answer has none */
  guint retry_after;  /* seconds; 0 when the answer does not say */
} LkHttpResponse;

void lk_http_response_free (LkHttpResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkHttpResponse, lk_http_response_free)

/**
 * lk_http_perform:
 *
 * One exchange; blocks, so for workers only. An answer of any status is a response, not an error (problem.h judges it).
 *
 * Errors: %LK_ERROR_OFFLINE (no whole answer came), %LK_ERROR_UNTRUSTED (certificate), %G_IO_ERROR_CANCELLED.
 */
LkHttpResponse *lk_http_perform (LkHttp *self, const LkHttpRequest *request, GCancellable *cancellable, GError **error);

G_END_DECLS
