/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* µs UTC as the wall clock had it when the program started, carried on by the monotonic clock: leases and sessions neither end nor
 * live on when somebody sets the clock, and yet their ends can be stored and compared after a restart. */
gint64 lk_steady_now (void);

G_END_DECLS
