/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/campus-db.h"
#include "service/config.h"

G_BEGIN_DECLS

/**
 * LkAuth:
 *
 * Who is signed in. Tokens are 256 random bits; only their hash is kept, in memory and in the database, so that a restart signs
 * nobody out. A session belongs to one person on one device. Any thread.
 */
typedef struct _LkAuth LkAuth;

LkAuth *lk_auth_new  (LkCampusDb *db, const LkServiceConfig *config, GError **error);
void    lk_auth_free (LkAuth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkAuth, lk_auth_free)

/* A person in a session, for as long as the request needs it. */
typedef struct
{
  guint8 token[32];             /* hash */
  char *uuid, *device;
  LkActor actor;                /* from: borrowed from the caller of lk_auth_find() */
} LkSignedIn;

void lk_signed_in_free (LkSignedIn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSignedIn, lk_signed_in_free)

/* Whose token it is; NULL when unknown or ended. */
LkSignedIn *lk_auth_find (LkAuth *self, const char *token, const char *from);

/**
 * lk_auth_sign_in:
 * @token: (out): the new token, the only time it is seen; free with g_free
 * @staff: (out): who it is
 * @wait: (out): for LK_ERROR_TOO_MANY_TRIES, seconds until the next try
 *
 * Slow by purpose (one Argon2id hash); the caller bounds how many run at once.
 *
 * Errors: LK_ERROR_WRONG_PASSWORD, _TOO_MANY_TRIES, those of the database.
 */
gboolean lk_auth_sign_in (LkAuth *self, const char *user, const char *password, const char *device, const char *from,
                          char **token, LkStaff **staff, int *wait, GError **error);

/* Ends the session and gives back its leases. */
gboolean lk_auth_sign_out (LkAuth *self, const LkSignedIn *who, GError **error);

G_END_DECLS
