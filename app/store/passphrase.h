/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/seal.h"

G_BEGIN_DECLS

/* Keys that a person remembers. Each call takes about a tenth of a second and 64 MiB (Argon2id): for a worker. */

/* Whether a passphrase was chosen in this folder. */
gboolean lk_passphrase_is_set (const char *dir);

/* Chooses one: writes the salt and a proof (no key) to a file of the folder. LK_ERROR_STORE, _DISK_FULL. */
LkSeal *lk_passphrase_set (const char *dir, const char *passphrase, GError **error);

/* The key again. LK_ERROR_WRONG_PASSPHRASE, _CORRUPT (the file cannot be used), _STORE. */
LkSeal *lk_passphrase_unlock (const char *dir, const char *passphrase, GError **error);

/* Forgets that one was chosen: what was sealed with it stays closed for ever. */
void lk_passphrase_forget (const char *dir);

/* A password in a form that shows nothing of it, and whether one is that. */
char *lk_password_print (const char *password, GError **error);
gboolean lk_password_fits (const char *print, const char *password);

G_END_DECLS
