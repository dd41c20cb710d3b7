/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <microhttpd.h>

#include "service/http.h"
#include "service/http-body.h"
#include "service/http-guard.h"

G_BEGIN_DECLS

enum { LK_N_REQUEST_HEADERS = 10 };

struct _LkRequest
{
  LkHttpServer *server;
  struct MHD_Connection *connection;
  char id[17];                  /* of this request, in the log and in its answer */
  const char *route;            /* the pattern of its path, for the log; NULL: none of ours */
  char *target;                 /* as it came */
  char *method, *path, *peer;
  char *headers[LK_N_REQUEST_HEADERS];  /* those that are ever asked for, NULL when absent */
  LkBodyPlan plan;
  LkHttpBody *body;             /* NULL when there is none */
  gpointer data;                /* of who handles requests */
  GDestroyNotify free_data;
  gsize uploaded;               /* bytes of a body that goes to a file */
  gboolean started;             /* the head was looked at */
  gboolean dispatched;          /* the handler has it or had it */
  LkResponse *response, *refusal;       /* refusal: given when the small body has come, so that the connection can be kept */
  guint status;                 /* of the answer, for the log */
  gint64 since;                 /* monotonic µs */
};

struct _LkHttpServer
{
  const LkServiceConfig *config;
  struct MHD_Daemon *daemon;
  LkHttpGuard *guard;
  LkHttpOptions options;
  char *upload_folder;
  guint16 port;
  int listen_fd;                /* once nobody comes in any more; -1 before */

  GMutex mutex;
  GCond idle;
  guint n_held;                 /* the handler has them */
  guint n_working;              /* those, and others whose answer is not wholly sent */
  gsize uploaded;               /* bytes of bodies that go to files and are not done with */
};

LkRequest *lk_request_new  (LkHttpServer *server, struct MHD_Connection *connection, const char *target);
void       lk_request_free (LkRequest *self);
void       lk_request_keep_headers (LkRequest *self);

guint64    lk_response_get_size (LkResponse *self);     /* of the body */

/* Hands the response to the library; takes it. */
enum MHD_Result lk_response_queue (LkResponse *self, struct MHD_Connection *connection);

G_END_DECLS
