/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the network from a program that is about to be started, and the ways to borrow it from another process: it can open no socket of
 * any kind, whatever it runs. Nothing else is taken. */
typedef struct _LkNoNetwork LkNoNetwork;

/* Made before the process is split. LK_ERROR_FAILED where the system cannot do this. */
LkNoNetwork *lk_no_network_new  (GError **error);
void         lk_no_network_free (LkNoNetwork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkNoNetwork, lk_no_network_free)

/* For good, for the calling process and all it starts. Safe between fork() and exec(): two system calls and no memory. */
gboolean lk_no_network_apply (const LkNoNetwork *self);

G_END_DECLS
