/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/service.h"

G_BEGIN_DECLS

typedef struct
{
  const char *address;
  guint16 port;                 /* 0: any free one */
  const char *certificate, *key;        /* PEM files; NULL: no TLS */
  const char *port_file;        /* NULL for none; written whole when the service answers */
} LkServeOptions;

/* Serves until SIGTERM or SIGINT, then answers what is in work and returns TRUE. SIGHUP makes it read the rules and the certificate again.
 * LK_ERROR_STATE when another process serves this campus; errors of the server and the database. */
gboolean lk_serve (LkService *service, const LkServeOptions *options, GError **error);

G_END_DECLS
