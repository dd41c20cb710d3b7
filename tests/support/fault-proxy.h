/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A network with faults between a workstation and the service, on loopback. Its own port stays the same when the
 * service comes back at another one. */
typedef struct _FaultProxy FaultProxy;

typedef enum
{
  FAULT_NONE,
  FAULT_CUT,                    /* no connection is taken, open ones are closed */
  FAULT_CUT_DECISIONS,          /* only what sends decisions is cut, before it arrives */
  FAULT_LOSE_ANSWER,            /* once: decisions (or an undo) arrive, their answer does not; then none */
} Fault;

FaultProxy *fault_proxy_new  (void);
void        fault_proxy_free (FaultProxy *self);

/* The service's port from now on. */
void  fault_proxy_set_target (FaultProxy *self, guint16 port);
void  fault_proxy_set_fault  (FaultProxy *self, Fault fault);
Fault fault_proxy_get_fault  (FaultProxy *self);
/* How long a message takes there and back: every answer and every new connection comes that much later. 0 at first. */
void  fault_proxy_set_distance (FaultProxy *self, guint milliseconds);
char *fault_proxy_dup_url    (FaultProxy *self);

G_END_DECLS
