/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/account.h"
#include "flow/keep.h"
#include "net/campus-client.h"

G_BEGIN_DECLS

/* The client with this session's token; NULL before the first sign-in. It stays the same when the same person signs in
 * again. Borrowed. */
LkCampusClient *lk_account_get_client (LkAccount *self);

/* The service's limits, as it said at sign-in; NULL before. Borrowed. */
const LkCampusMeta *lk_account_get_meta (LkAccount *self);

/* The service's id of who is signed in, or was last; NULL before. */
const char *lk_account_get_id (LkAccount *self);

/* The file of this person's outbox at this service, its folder made (0700). LK_ERROR_STORE. */
char *lk_account_make_outbox_path (LkAccount *self, GError **error);

/* What is kept of this person here; NULL before the first sign-in. Borrowed. */
LkKeep *lk_account_get_keep (LkAccount *self);

/* What a sign-in has found; borrowed but for what meta points to, which is taken. */
typedef struct
{
  const char *service; /* base URL */
  LkCampusClient *client;
  LkCampusMeta **meta;
  LkKeep *keep; /* open */
  const LkCampusSession *session;
} LkAccountStart;

/* Somebody has signed in, in whatever way. */
void lk_account_begin_work (LkAccount *self, const LkAccountStart *start);

/* What is kept in a folder; one that was unlocked stays so. */
LkKeep *lk_account_make_keep (LkAccount *self, const char *dir);

const char *lk_account_get_data_dir (LkAccount *self);

/* How many entries of the outbox are still to be sent or read: the key is kept for them over a sign-out. */
void lk_account_set_n_unsent (LkAccount *self, guint n_unsent);

/* The service does not know the session any more. */
void lk_account_session_ended (LkAccount *self);

G_END_DECLS
