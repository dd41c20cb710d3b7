/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/routes.h"

G_BEGIN_DECLS

/**
 * LkChangeFeed:
 *
 * Calls that wait for something to change. One thread sleeps until a commit or the first deadline, asks the database once for each
 * waiting call and answers those that have something; no thread is held by a call that waits.
 */
LkChangeFeed *lk_change_feed_new  (LkService *service);
void          lk_change_feed_stop (LkChangeFeed *self);                  /* answers everybody; nobody can wait any more */
void          lk_change_feed_free (LkChangeFeed *self);

/* Takes the call: answers it when there is a change after the cursor or the seconds are over. FALSE when too many wait already or
 * it was stopped. */
gboolean lk_change_feed_wait (LkChangeFeed *self, LkCall *call, gint64 cursor, int seconds);

/* Something was committed; any thread, quick. */
void lk_change_feed_notify (gpointer self);

/* The answer to a call: changes after the cursor that this role may know of. *n_changes: how many; *last: the cursor from which to go
 * on. */
LkResponse *lk_changes_response (LkService *service, LkRole role, gint64 cursor, guint *n_changes, gint64 *last,
                                 GError **error);

G_END_DECLS
