/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "store/store.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* Work of one transaction, in the writer thread: it may touch db and its own data, nothing else. FALSE rolls back. */
typedef gboolean (*LkStoreFunc) (sqlite3 *db, gpointer data, GError **error);

typedef enum
{
  LK_STORE_DURABLE, /* on the disk before the callback */
  LK_STORE_RELAXED, /* in order, but may be lost with the power: for what a repeat finds out again */
  LK_STORE_CARELESS, /* never synced; the power may take the whole file with it: for copies only */
} LkStoreSync;

/* Runs func in the writer thread inside a transaction. data belongs to the job, and goes in the caller's context.
 * There is no cancelling: what was asked to be stored is stored. */
void lk_store_run_async (LkStore *self, LkStoreSync sync, LkStoreFunc func, gpointer data, GDestroyNotify free_data,
                         GAsyncReadyCallback callback, gpointer user_data);

/* TRUE when committed; data (optional) gets the job's data, borrowed from result. */
gboolean lk_store_run_finish (LkStore *self, GAsyncResult *result, gpointer *data, GError **error);

/* lk_store_open() for a database with tables of its own. */
LkStore *lk_store_open_steps (const char *path, const char *const *steps, guint n_steps, GError **error);

/* Reads once in the calling thread; only between opening and the first job. */
gboolean lk_store_load (LkStore *self, LkStoreFunc func, gpointer data, GError **error);

/* Sets the error that fits the last SQLite result of db; always FALSE. */
gboolean lk_store_set_error (sqlite3 *db, const char *doing, GError **error);

/* One statement without results, for which there is nothing to bind. */
gboolean lk_store_exec (sqlite3 *db, const char *sql, GError **error);

G_END_DECLS
