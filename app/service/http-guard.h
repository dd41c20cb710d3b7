/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkHttpGuard:
 *
 * Closes connections that take too long. The library's own time-out starts again with every byte, so that a peer who sends one now
 * and then could hold a connection for ever; here a request has to arrive whole, and an answer to be taken whole, in a fixed time. A
 * large body earns more time with its bytes, and so has to come at a least rate.
 */
typedef struct _LkHttpGuard LkHttpGuard;
typedef struct _LkHttpWatch LkHttpWatch;

LkHttpGuard *lk_http_guard_new  (void);
void         lk_http_guard_free (LkHttpGuard *self);

/* One watch a connection; seconds = 0 for no limit. */
LkHttpWatch *lk_http_guard_watch (LkHttpGuard *self, int fd, int seconds);
void         lk_http_watch_set   (LkHttpWatch *watch, int seconds);
void         lk_http_watch_add   (LkHttpWatch *watch, gint64 microseconds);      /* to a limit that is set */
void         lk_http_watch_end   (LkHttpWatch *watch);                   /* before the socket is closed */

/* Ends every connection and waits until the library has closed them all, at most so many seconds. */
void lk_http_guard_close_all (LkHttpGuard *self, int seconds);

G_END_DECLS
