/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LkStore:
 *
 * One user's SQLite database: write-ahead log, synced at each decision, readable by this account only (0600). All work
 * is done by one writer thread, in the order it was asked for; results come back in the main context of who asked.
 * What is stored is the affair of the other files of this folder (outbox.h).
 */
#define LK_TYPE_STORE (lk_store_get_type ())
G_DECLARE_FINAL_TYPE (LkStore, lk_store, LK, STORE, GObject)

/* Opens or makes the database and brings it up to date; blocks for some milliseconds, so once at sign-in.
 * LK_ERROR_STORE, _DISK_FULL, _CORRUPT (no database at all, or damaged). */
LkStore *lk_store_open (const char *path, GError **error);

G_END_DECLS
