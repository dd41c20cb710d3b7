/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Photo files named by the SHA-256 of their bytes, in folders of the first four digits: ab/cd/abcd... Storing one twice is harmless. */
typedef struct _LkBlobs LkBlobs;

LkBlobs *lk_blobs_new  (const char *folder);             /* made when first needed, for the owner alone */
void     lk_blobs_free (LkBlobs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkBlobs, lk_blobs_free)

/* Returns when file and folder are durable: only then may a row name it. sha256 gets 64 hex digits and a NUL.
 * LK_ERROR_STORE, _DISK_FULL. Any thread. */
gboolean lk_blobs_put (LkBlobs *self, GBytes *bytes, char sha256[65], GError **error);

/* The same for a file without a name (LkBodyFile) whose hash is known; it is left as it is. */
gboolean lk_blobs_put_file (LkBlobs *self, int fd, const char *sha256, GError **error);

/* A descriptor to read it, -1 with LK_ERROR_NOT_FOUND. */
int      lk_blobs_open (LkBlobs *self, const char *sha256, guint64 *size, GError **error);
GBytes  *lk_blobs_read (LkBlobs *self, const char *sha256, GError **error);

/* TRUE for 64 lower-case hex digits. */
gboolean lk_sha256_is_valid (const char *text);

G_END_DECLS
