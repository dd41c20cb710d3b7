/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LkLoopback:
 *
 * A port of this workstation at which the browser brings the answer of a sign-in elsewhere (RFC 8252, section 7.3). It
 * is open only as long as the object lives, takes connections from this workstation only, and tells everybody but the
 * one with the right state that there is nothing here.
 */
#define LK_TYPE_LOOPBACK (lk_loopback_get_type ())
G_DECLARE_FINAL_TYPE (LkLoopback, lk_loopback, LK, LOOPBACK, GObject)

/* page: HTML that the browser shows when the answer has come. G_IO_ERROR when no port can be had. */
LkLoopback *lk_loopback_new (const char *page, GError **error);

/* "http://127.0.0.1:PORT/signed-in" */
const char *lk_loopback_get_address (LkLoopback *self);

/* Waits for the answer that carries this state, but no longer than some seconds (G_IO_ERROR_TIMED_OUT). The result is
 * its query, name to value; free with g_hash_table_unref(). */
void lk_loopback_wait_async (LkLoopback *self, const char *state, guint seconds, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
GHashTable *lk_loopback_wait_finish (LkLoopback *self, GAsyncResult *result, GError **error);

G_END_DECLS
