/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/service.h"

G_BEGIN_DECLS

/* A backup is a folder like that of a campus, of one moment: campus.db, the photo files its rows name, the college's own settings, and
 * backup.json, which is written last and says what there must be. A folder without backup.json is no backup. */

typedef struct
{
  gboolean keys;                /* the key files too: search.key and codes/ */
  gboolean copy;                /* photo files are never hard links to those of the campus */
} LkBackupOptions;

typedef struct
{
  gint64 photos, bytes;         /* photo files, and what they hold together */
  gint64 linked;                /* of them hard links */
  gint64 missing;               /* named by a row, but not in the campus any more */
  gboolean has_keys;
  LkAuditReport audit;
} LkBackupReport;

/* Makes a backup of a campus, which may be served meanwhile, in a folder that is not there yet, and reads it again: every photo file
 * has the hash that is its name, the database is whole and the audit fits. LK_ERROR_STATE: the folder is there already;
 * LK_ERROR_CORRUPT: something does not fit, and the folder is no backup. */
gboolean lk_backup_make    (LkService *service, const char *folder, const LkBackupOptions *options, LkBackupReport *report,
                            GError **error);

/* Makes a campus out of a backup, in a folder that is empty or not there; it appears there when all of it is read and right.
 * LK_ERROR_STATE: there is something in the folder; LK_ERROR_NOT_FOUND: no backup; LK_ERROR_CORRUPT: a damaged one. */
gboolean lk_backup_restore (const char *folder, const char *campus, LkBackupReport *report, GError **error);

G_END_DECLS
