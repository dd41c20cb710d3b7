/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/submission.h"
#include "store/seal.h"

G_BEGIN_DECLS

/**
 * LkCache:
 *
 * What a reviewer needs to go on when the workstation starts and the campus service is away: her session, the
 * submissions leased to her, their photos. Every value is sealed, and names say nothing without the key. What is put or
 * dropped is written in that order by a thread; nothing waits for it.
 */
#define LK_TYPE_CACHE (lk_cache_get_type ())
G_DECLARE_FINAL_TYPE (LkCache, lk_cache, LK, CACHE, GObject)

/* Opens the cache of a folder, or makes one. LK_ERROR_CORRUPT: it was sealed with another key, or is damaged;
 * LK_ERROR_STORE, _DISK_FULL. */
LkCache *lk_cache_open (const char *dir, LkSeal *seal, GError **error);

/* Whether there is one, and taking away without opening; older_s: only what was not written to for so many seconds. */
gboolean lk_cache_exists (const char *dir);
void lk_cache_remove (const char *dir, gint64 older_s);

/* The session as a text of the caller's; NULL when none was put. */
const char *lk_cache_get_session (LkCache *self);
void lk_cache_put_session (LkCache *self, const char *text);

/* What was leased when it was opened, in the order it came; of LkSubmission with their leases. */
GPtrArray *lk_cache_get_submissions (LkCache *self);
void lk_cache_put_submission (LkCache *self, LkSubmission *submission); /* also again, with another lease */
void lk_cache_drop_submission (LkCache *self, const char *id);

/* Photo files by hash. A file that is there already is not written again. */
gboolean lk_cache_has_photo (LkCache *self, const char *hash);
void lk_cache_put_photo (LkCache *self, const char *hash, GBytes *file);
void lk_cache_drop_photo (LkCache *self, const char *hash);
void lk_cache_get_photo_async (LkCache *self, const char *hash, GAsyncReadyCallback callback, gpointer user_data);
GBytes *lk_cache_get_photo_finish (LkCache *self, GAsyncResult *result, GError **error);

/* Takes everything away, from the disk too; what is put afterwards is not kept. */
void lk_cache_wipe (LkCache *self);

/* Waits until what was put is in the file. */
void lk_cache_flush_async (LkCache *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_cache_flush_finish (LkCache *self, GAsyncResult *result, GError **error);

G_END_DECLS
