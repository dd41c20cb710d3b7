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

/* How somebody says who they are. */
typedef struct
{
  const char *user, *password;
  const char *code;             /* of the second factor, or a recovery code; NULL when none was asked for yet */
  const char *device, *from;
} LkCredentials;

/**
 * lk_auth_sign_in:
 * @token: (out): the new token, the only time it is seen; free with g_free
 * @staff: (out): who it is
 * @wait: (out): for LK_ERROR_TOO_MANY_TRIES, seconds until the next try
 *
 * Slow by purpose (one Argon2id hash); the caller bounds how many run at once.
 *
 * Errors: LK_ERROR_WRONG_PASSWORD, _TOO_MANY_TRIES, _FACTOR_NEEDED (the password is right), _WRONG_FACTOR, those of the database.
 */
gboolean lk_auth_sign_in (LkAuth *self, const LkCredentials *credentials, char **token, LkStaff **staff, int *wait, GError **error);

/* A session for somebody whose identity the college's own sign-in has proved. */
gboolean lk_auth_open (LkAuth *self, const LkStaff *staff, const char *device, const char *from, char **token, GError **error);

/* Seconds until somebody from this address may try again; 0: now. And that a try has failed. */
int  lk_auth_wait   (LkAuth *self, const char *from);
void lk_auth_failed (LkAuth *self, const char *from);

/* Ends the sessions that changes of accounts have ended, by whichever process. To be called every second. */
gboolean lk_auth_follow (LkAuth *self, GError **error);

/* Ends the session and gives back its leases. */
gboolean lk_auth_sign_out (LkAuth *self, const LkSignedIn *who, GError **error);

G_END_DECLS
