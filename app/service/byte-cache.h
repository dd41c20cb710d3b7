/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes by name, in memory, up to a sum; what was asked for least lately goes first. Any thread. */
typedef struct _LkByteCache LkByteCache;

LkByteCache *lk_byte_cache_new  (gsize most);
void         lk_byte_cache_free (LkByteCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkByteCache, lk_byte_cache_free)

void    lk_byte_cache_put (LkByteCache *self, const char *name, GBytes *bytes);
GBytes *lk_byte_cache_get (LkByteCache *self, const char *name);         /* a reference; NULL when it is not there */

G_END_DECLS
