/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Workstations that lease one submission and decide on it, again and again, each on a connection of its own. All of them are one
 * thread that parses as little as it can: they share the processor with the service that is measured. */
typedef struct _LkPairClients LkPairClients;

/* For a service that listens on this port; tokens of sessions, one a client. */
LkPairClients *lk_pair_clients_new  (guint16 port, char **tokens);
void           lk_pair_clients_free (LkPairClients *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPairClients, lk_pair_clients_free)

/* Does so many pairs; milliseconds of each lease and decision are appended (of double). Ends the program when one is refused. */
void lk_pair_clients_run (LkPairClients *self, guint n_pairs, GArray *lease_ms, GArray *decide_ms);

G_END_DECLS
