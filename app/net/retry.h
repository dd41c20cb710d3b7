/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long to wait before the next try, in ms, after n_failures (>= 1) in a row: half a second, doubled each time up
 * to 15 s, a fifth of it spread by random so that the workstations of a room do not come back all at once; never
 * sooner than retry_after seconds, when the service has said so (0: it has not). */
guint lk_retry_delay (guint n_failures, guint retry_after, guint32 random);

G_END_DECLS
