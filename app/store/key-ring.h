/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/seal.h"

G_BEGIN_DECLS

/* Keys in the desktop's password store (the Secret Service), one a place: a folder of this workstation. */

/* The key of a place, made when there is none yet. Errors (all LK_ERROR_NOT_FOUND): there is no such service, it stays
 * locked, or it keeps nothing. */
void lk_key_ring_get_async (const char *place, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
LkSeal *lk_key_ring_get_finish (GAsyncResult *result, GError **error);

/* Takes the key out; what was sealed with it stays closed for ever. Nothing waits for it. */
void lk_key_ring_forget (const char *place);

G_END_DECLS
