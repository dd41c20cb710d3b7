/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server on loopback that says just what a test wants to hear, also what no real service would say: broken answers,
 * none at all. */
typedef struct _TinyServer TinyServer;

typedef struct
{
  char *method, *path; /* path with its query */
  char *headers;       /* all lines, as they came */
  char *body;          /* "" when there is none */
} TinyRequest;

typedef struct
{
  guint status;             /* 0: close the connection without a word */
  const char *content_type; /* NULL: application/json */
  const char *more_headers; /* NULL, or whole lines, each with \r\n */
  GBytes *body;             /* is unreffed; NULL for none */
  guint cut_after;          /* bytes of the body that are sent before the connection is closed; 0: all */
} TinyAnswer;

/* Called in a thread of the connection. */
typedef void (*TinyHandler) (const TinyRequest *request, TinyAnswer *answer, gpointer user_data);

TinyServer *tiny_server_new (TinyHandler handler, gpointer user_data);
void tiny_server_free (TinyServer *self);
char *tiny_server_dup_url (TinyServer *self);         /* "http://127.0.0.1:PORT" */
int tiny_server_count_connections (TinyServer *self); /* so far */

/* Text as an answer's body. */
GBytes *tiny_text (const char *text);

G_END_DECLS
