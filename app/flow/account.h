/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/state.h"

G_BEGIN_DECLS

/**
 * LkAccount:
 *
 * Who is signed in at which campus service. Holds the session token; nobody above flow sees it.
 *
 * Properties (notify): "signed-in" boolean, "name" string, "user" string, "role" string, "service" string (base URL).
 * It becomes signed out by itself when the service says the session has ended.
 */
#define LK_TYPE_ACCOUNT (lk_account_get_type ())
G_DECLARE_FINAL_TYPE (LkAccount, lk_account, LK, ACCOUNT, GObject)

/* data_dir: where the device id and the stores of this user live (created 0700). */
LkAccount *lk_account_new (const char *data_dir);

/* Whether there is a campus service at an address; gives the address as it is to be kept, and in *college (NULL: not asked)
 * what the button for the college's own sign-in says, NULL where there is none. Errors: LK_ERROR_OFFLINE, _UNTRUSTED,
 * _BAD_REQUEST as below. */
void     lk_account_find_service_async  (LkAccount *self, const char *address, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
char    *lk_account_find_service_finish (LkAccount *self, GAsyncResult *result, char **college, GError **error);

/* When the service cannot be reached and this workstation has kept the session of this user, work begins without it
 * (LK_ERROR_WRONG_PASSWORD when it is not the password of that session; LK_ERROR_LOCKED: lk_account_unlock_async() first,
 * then again).
 * Errors: LK_ERROR_OFFLINE, _UNTRUSTED, _WRONG_PASSWORD, _TOO_MANY_TRIES, _FACTOR_NEEDED (once more, with
 * lk_account_set_code() before), _WRONG_FACTOR, _BAD_REQUEST (address is no http(s) URL; plain http is taken for loopback
 * only). */
void     lk_account_sign_in_async  (LkAccount *self, const char *service, const char *user, const char *password,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_account_sign_in_finish (LkAccount *self, GAsyncResult *result, GError **error);

/* The code of the second factor, or a recovery code, for the next sign-in, which uses it up; NULL for none. */
void     lk_account_set_code       (LkAccount *self, const char *code);

/* Opens an address in the browser. */
typedef void (*LkAccountOpen) (const char *url, gpointer user_data);

/* Signs in through the college, in the browser: open is called when there is an address to show, and the call waits until
 * the person comes back from there. page: HTML that the browser shows then. Nothing is remembered for a start without the
 * service: there is no password for that.
 * Errors: LK_ERROR_NOT_FOUND (this campus has no such sign-in), _COLLEGE_REFUSED, _COLLEGE_AWAY, _NO_ACCOUNT, _OFFLINE,
 * _UNTRUSTED, _TOO_MANY_TRIES, _BAD_REQUEST, _STORE; G_IO_ERROR_TIMED_OUT: nobody came back, G_IO_ERROR_CANCELLED. */
void     lk_account_college_sign_in_async  (LkAccount *self, const char *service, const char *page, LkAccountOpen open,
                                            gpointer open_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean lk_account_college_sign_in_finish (LkAccount *self, GAsyncResult *result, GError **error);

/* Whether a passphrase is needed to keep anything here: there is no password store on this desktop. Known once a sign-in
 * has ended. */
typedef enum
{
  LK_ACCOUNT_LOCK_NONE,         /* no */
  LK_ACCOUNT_LOCK_NEW,          /* one may be chosen */
  LK_ACCOUNT_LOCK_LOCKED,       /* the one chosen earlier is needed */
} LkAccountLock;
LkAccountLock lk_account_get_lock (LkAccount *self);

/* LK_ERROR_WRONG_PASSPHRASE, _STORE, _DISK_FULL, _CORRUPT. */
void     lk_account_unlock_async  (LkAccount *self, const char *passphrase, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_account_unlock_finish (LkAccount *self, GAsyncResult *result, GError **error);

/* Takes the photos kept here away, gives leases back and ends the session; what waits in the outbox stays for the next sign-in of the same user. */
void     lk_account_sign_out_async  (LkAccount *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lk_account_sign_out_finish (LkAccount *self, GAsyncResult *result, GError **error);

gboolean    lk_account_get_signed_in (LkAccount *self);
const char *lk_account_get_name      (LkAccount *self);
const char *lk_account_get_user      (LkAccount *self);
LkRole      lk_account_get_role      (LkAccount *self);          /* 0 before the first sign-in */

G_END_DECLS
