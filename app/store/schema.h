/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The steps that lead from an empty file to today's tables; PRAGMA user_version counts those taken. A step is never
 * changed once it was released: a change of the tables is a further step. */
extern const char *const lk_schema_steps[];
extern const guint lk_schema_n_steps;

/**
 * lk_schema_migrate:
 * @steps: SQL of each step, in order
 *
 * Takes the steps the file lacks, each in one transaction that is rolled back whole when it fails.
 *
 * Errors: %LK_ERROR_STORE (also for a file that a newer version has written), %LK_ERROR_DISK_FULL, %LK_ERROR_CORRUPT.
 */
gboolean lk_schema_migrate (sqlite3 *db, const char *const *steps, guint n_steps, GError **error);

G_END_DECLS
