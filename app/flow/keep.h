/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/campus-answer.h"
#include "store/cache.h"
#include "store/vault.h"

G_BEGIN_DECLS

/**
 * LkKeep:
 *
 * What this workstation keeps sealed of one person at one service, so that work can begin without the service: the
 * key, the cache, and the session with a print of the password it was opened with.
 */
#define LK_TYPE_KEEP (lk_keep_get_type ())
G_DECLARE_FINAL_TYPE (LkKeep, lk_keep, LK, KEEP, GObject)

/* The folder is made (0700); what nobody came back for within a day is taken away. LK_ERROR_STORE. */
char *lk_keep_make_dir (const char *data_dir, const char *service, const char *user, GError **error);

LkKeep *lk_keep_new (const char *dir);
const char *lk_keep_get_dir (LkKeep *self);

/* Looks for the key. Never fails but when cancelled; the state tells. */
void lk_keep_open_async (LkKeep *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_keep_open_finish (LkKeep *self, GAsyncResult *result, GError **error);
LkVaultState lk_keep_get_state (LkKeep *self);

/* LK_ERROR_WRONG_PASSPHRASE, and those of lk_vault_unlock_async(). */
void lk_keep_unlock_async (LkKeep *self, const char *passphrase, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_keep_unlock_finish (LkKeep *self, GAsyncResult *result, GError **error);

/* Both NULL while it is locked; borrowed. A cache that cannot be opened is begun anew. */
LkSeal *lk_keep_get_seal (LkKeep *self);
LkCache *lk_keep_get_cache (LkKeep *self);

/* Keeps a session that the service has just opened, now or as soon as it is unlocked. */
void lk_keep_remember (LkKeep *self, const LkCampusSession *session, const LkCampusMeta *meta, const char *password);
/* Whether one is still made ready for that, which takes a moment; until then the one before is kept. */
gboolean lk_keep_is_remembering (LkKeep *self);

/* The session that was kept, for who knows its password. LK_ERROR_NOT_FOUND: none; _LOCKED; _WRONG_PASSWORD. */
void lk_keep_recall_async (LkKeep *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
LkCampusSession *lk_keep_recall_finish (LkKeep *self, GAsyncResult *result, LkCampusMeta **meta, GError **error);

/* Takes the cache away; the key too, unless decisions wait that are sealed with it. */
void lk_keep_end (LkKeep *self, gboolean forget_key);

G_END_DECLS
