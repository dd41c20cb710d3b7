/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* This workstation's id, made once: the service gives a workstation that was killed its own leases again. Reads the disk.
 * LK_ERROR_STORE. */
char *lk_device_load (const char *data_dir, GError **error);

/* A folder for its owner alone. LK_ERROR_STORE. */
gboolean lk_device_make_folder (const char *path, GError **error);

G_END_DECLS
