/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/account.h"

G_BEGIN_DECLS

/**
 * LkPassphrasePage:
 *
 * Where the desktop has no password store: asks for the passphrase that keeps photos and decisions on this computer
 * sealed, or, the first time, offers to choose one.
 *
 * Signal "done" (): it is open, or the reviewer goes on without.
 */
#define LK_TYPE_PASSPHRASE_PAGE (lk_passphrase_page_get_type ())
G_DECLARE_FINAL_TYPE (LkPassphrasePage, lk_passphrase_page, LK, PASSPHRASE_PAGE, GtkWidget)

/* Asks; the account's lock tells for what. needed: there is no going on without. */
void lk_passphrase_page_ask (LkPassphrasePage *self, LkAccount *account, gboolean needed);

/* Whether the last "done" came from an open lock. */
gboolean lk_passphrase_page_get_opened (LkPassphrasePage *self);

G_END_DECLS
