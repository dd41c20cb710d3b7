/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files that are durable when a call returns. LK_ERROR_NOT_FOUND (nothing to copy), _DISK_FULL, _STORE. sha256 gets 64 hex digits and a
 * NUL; it and size may be NULL. */

/* Copies a file to a name that is not there yet, for the owner alone. */
gboolean lk_file_copy (const char *from, const char *to, char sha256[65], gint64 *size, GError **error);

gboolean lk_file_digest (const char *path, char sha256[65], gint64 *size, GError **error);

/* All of it, however many calls that takes. FALSE with errno. */
gboolean lk_file_write_all (int fd, const guint8 *bytes, gsize size);

/* The names in a folder are durable. */
gboolean lk_folder_sync (const char *path, GError **error);

/* A folder and what is missing above it, for the owner alone. */
gboolean lk_folder_make (const char *path, GError **error);

G_END_DECLS
