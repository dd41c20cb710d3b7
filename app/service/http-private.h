/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <microhttpd.h>

#include "service/http.h"
#include "service/http-guard.h"

G_BEGIN_DECLS

struct _LkRequest
{
  LkHttpServer *server;
  struct MHD_Connection *connection;
  char *target;                 /* as it came */
  char *method, *path, *peer;
  char *authorization, *if_none_match;
  GString *body;
  gboolean started;             /* the head was looked at */
  gboolean dispatched;          /* the handler has it or had it */
  LkResponse *response;
  guint status;                 /* of the answer, for the log */
  gint64 since;                 /* monotonic µs */
};

struct _LkHttpServer
{
  const LkServiceConfig *config;
  struct MHD_Daemon *daemon;
  LkHttpGuard *guard;
  LkHttpHandler handler;
  gpointer data;
  guint16 port;
  gboolean quiesced;

  GMutex mutex;
  GCond idle;
  guint n_held;                 /* the handler has them */
  guint n_working;              /* those, and others whose answer is not wholly sent */
};

LkRequest *lk_request_new  (LkHttpServer *server, struct MHD_Connection *connection, const char *target);
void       lk_request_free (LkRequest *self);

/* Hands the response to the library; takes it. */
enum MHD_Result lk_response_queue (LkResponse *self, struct MHD_Connection *connection);

G_END_DECLS
