/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/seal.h"

G_BEGIN_DECLS

typedef enum
{
  LK_VAULT_CLOSED, /* not looked for yet */
  LK_VAULT_OPEN,   /* the key is here */
  LK_VAULT_LOCKED, /* there is no password store; the passphrase chosen earlier opens it */
  LK_VAULT_NEW,    /* there is no password store, and no passphrase was chosen yet */
} LkVaultState;

/**
 * LkVault:
 *
 * The key for what one user keeps in one folder of this workstation: in the desktop's password store, or made of a
 * passphrase where there is none.
 */
#define LK_TYPE_VAULT (lk_vault_get_type ())
G_DECLARE_FINAL_TYPE (LkVault, lk_vault, LK, VAULT, GObject)

/* dir exists and belongs to the user alone; the passphrase's salt lies in it. */
LkVault *lk_vault_new (const char *dir);

LkVaultState lk_vault_get_state (LkVault *self);
const char *lk_vault_get_dir (LkVault *self);

/* The key; NULL unless open. Borrowed. */
LkSeal *lk_vault_get_seal (LkVault *self);

/* Looks for the key; afterwards the state is another one. Fails only when cancelled. */
void lk_vault_open_async (LkVault *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_vault_open_finish (LkVault *self, GAsyncResult *result, GError **error);

/* Opens it with a passphrase: chosen now when NEW, checked when LOCKED. LK_ERROR_WRONG_PASSPHRASE, _STORE, _DISK_FULL,
 * _CORRUPT. */
void lk_vault_unlock_async (LkVault *self, const char *passphrase, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_vault_unlock_finish (LkVault *self, GAsyncResult *result, GError **error);

/* Throws the key away: what was sealed with it stays closed for ever. */
void lk_vault_forget (LkVault *self);

G_END_DECLS
