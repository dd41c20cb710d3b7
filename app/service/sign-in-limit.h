/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LkSignInLimit:
 *
 * Counts failed sign-ins of a user name or of a network address, in a window of time that starts with the first failure. Any thread.
 */
typedef struct _LkSignInLimit LkSignInLimit;

LkSignInLimit *lk_sign_in_limit_new  (int tries, int seconds);
void           lk_sign_in_limit_free (LkSignInLimit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSignInLimit, lk_sign_in_limit_free)

/* Seconds until the next try is allowed; 0 when it is allowed now. now: monotonic µs. */
int  lk_sign_in_limit_wait    (LkSignInLimit *self, const char *who, gint64 now);
void lk_sign_in_limit_failed  (LkSignInLimit *self, const char *who, gint64 now);
void lk_sign_in_limit_succeeded (LkSignInLimit *self, const char *who);

G_END_DECLS
