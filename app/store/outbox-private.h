/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/outbox.h"
#include "store/store-private.h"

G_BEGIN_DECLS

LkEntry *lk_entry_new_decision (LkDecision *decision, LkSubmission *submission);
LkEntry *lk_entry_new_revert (const LkEntry *target);
void lk_entry_free (LkEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkEntry, lk_entry_free)

/* Personal values are sealed with seal, or written as they are when it is NULL. */

/* Entries of the last day, those waiting and conflicts not dismissed, oldest first, added to entries (of LkEntry).
 * Those that are still to be sent or read and do not open with the seal are left where they are and counted. */
gboolean lk_outbox_sql_load (sqlite3 *db, gint64 since, LkSeal *seal, GPtrArray *entries, guint *n_locked,
                             GError **error);

/* Inserts an entry and fills in its seq and state; seq stays 0 when the key is there already. */
gboolean lk_outbox_sql_insert (sqlite3 *db, LkEntry *entry, LkSeal *seal, GError **error);

/* What became of an entry. An undo of a decision that was not taken is done with it. */
gboolean lk_outbox_sql_mark (sqlite3 *db, const LkEntryResult *result, LkSeal *seal, GError **error);

gboolean lk_outbox_sql_dismiss (sqlite3 *db, const char *key, GError **error);

G_END_DECLS
