/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/account.h"

G_BEGIN_DECLS

/**
 * LkSignInPage:
 *
 * Address of the campus service, user name and password, and the code of the second factor once that was asked for; or the
 * college's own sign-in in the browser, which can be cancelled and is offered only where the campus at this address has one.
 * Says in one sentence why it did not work.
 *
 * Signal "signed-in" ().
 * Signal "locked" (): the service is away, and what is kept here needs its passphrase (lk_account_unlock_async()); then
 * lk_sign_in_page_sign_in() again.
 */
#define LK_TYPE_SIGN_IN_PAGE (lk_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LkSignInPage, lk_sign_in_page, LK, SIGN_IN_PAGE, GtkWidget)

void       lk_sign_in_page_set_account (LkSignInPage *self, LkAccount *account);

/* Fills the fields; NULL leaves one as it is. */
void lk_sign_in_page_fill (LkSignInPage *self, const char *service, const char *user, const char *password);

/* What the fields hold; borrowed. */
const char *lk_sign_in_page_get_service (LkSignInPage *self);
const char *lk_sign_in_page_get_user    (LkSignInPage *self);

/* Signs in with what the fields hold. */
void lk_sign_in_page_sign_in (LkSignInPage *self);

/* A sentence above the fields: why one is here, or what went wrong; NULL for none. */
void        lk_sign_in_page_say         (LkSignInPage *self, const char *text, gboolean is_warning);

G_END_DECLS
