/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkPhotoCache:
 *
 * Photo files of the leased submissions by hash, in memory only; what is on the disk is sealed (store/cache.h). A file
 * is kept as long as somebody holds its hash, and of those at most max_bytes, the least recently used going first. A
 * comparison photo is held while its submission is leased and gone with the lease (rules.md section 9, rule 3).
 */
typedef struct _LkPhotoCache LkPhotoCache;

LkPhotoCache *lk_photo_cache_new (gsize max_bytes);
void lk_photo_cache_free (LkPhotoCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPhotoCache, lk_photo_cache_free)

/* Holds are counted. Release is TRUE when it was the last one: the file is forgotten then. */
void lk_photo_cache_hold (LkPhotoCache *self, const char *hash);
gboolean lk_photo_cache_release (LkPhotoCache *self, const char *hash);
gboolean lk_photo_cache_is_held (LkPhotoCache *self, const char *hash);

/* Keeps the file of a held hash; does nothing for another. */
void lk_photo_cache_put (LkPhotoCache *self, const char *hash, GBytes *file);

/* The file, borrowed, or NULL; it counts as used just now. */
GBytes *lk_photo_cache_get (LkPhotoCache *self, const char *hash);
gboolean lk_photo_cache_has (LkPhotoCache *self, const char *hash);

G_END_DECLS
