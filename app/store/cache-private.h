/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/seal.h"
#include "store/store-private.h"

G_BEGIN_DECLS

/* The tables of the cache, for lk_schema_migrate(). */
extern const char *const lk_cache_steps[];
extern const guint lk_cache_n_steps;

typedef enum
{
  LK_CACHE_GET_SESSION,
  LK_CACHE_PUT_SESSION,
  LK_CACHE_LIST_SUBMISSIONS,
  LK_CACHE_PUT_SUBMISSION,
  LK_CACHE_DROP_SUBMISSION,
  LK_CACHE_LIST_PHOTOS,
  LK_CACHE_GET_PHOTO,
  LK_CACHE_PUT_PHOTO,
  LK_CACHE_DROP_PHOTO,
  LK_CACHE_WIPE,
} LkCacheStatement;

/* A statement with the name, if any, bound to ?1; NULL and an error when it cannot be made. */
sqlite3_stmt *lk_cache_sql (sqlite3 *db, LkCacheStatement statement, const char *name, GError **error);

/* One statement with all it needs, for the writer thread. plain is sealed there for its place. */
typedef struct _LkCacheJob LkCacheJob;

LkCacheJob *lk_cache_job_new (LkCacheStatement statement, const char *name, const char *place, GBytes *plain,
                              LkSeal *seal);
void lk_cache_job_free (gpointer job);
gboolean lk_cache_job_run (sqlite3 *db, gpointer job, GError **error); /* an LkStoreFunc */

/* What LK_CACHE_GET_PHOTO has found and opened. */
GBytes *lk_cache_job_steal_found (LkCacheJob *job);

G_END_DECLS
