/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/decision.h"

G_BEGIN_DECLS

typedef enum
{
  LK_SYNC_SYNCED,               /* everything decided is at the service */
  LK_SYNC_SENDING,              /* "n-waiting" decisions are on their way */
  LK_SYNC_OFFLINE,              /* the service is not reached since "offline-since"; work goes on */
  LK_SYNC_SIGNED_OUT,           /* the session ended: sign in again; nothing is lost */
} LkSyncState;

/* A decision (or undo) that the service did not take because something else happened first; kept until the reviewer
 * has seen it. */
#define LK_TYPE_CONFLICT (lk_conflict_get_type ())
G_DECLARE_FINAL_TYPE (LkConflict, lk_conflict, LK, CONFLICT, GObject)
const char *lk_conflict_get_key          (LkConflict *self);
gboolean    lk_conflict_get_is_undo      (LkConflict *self);
int         lk_conflict_get_code         (LkConflict *self);     /* LkError */
LkVerdict   lk_conflict_get_verdict      (LkConflict *self);     /* what this reviewer had said */
const char *lk_conflict_get_name         (LkConflict *self);     /* masked student */
const char *lk_conflict_get_student_no   (LkConflict *self);     /* masked */
const char *lk_conflict_get_winner       (LkConflict *self);     /* masked name of who was first, or NULL */
gint64      lk_conflict_get_at           (LkConflict *self);     /* µs UTC of this reviewer's decision */

/**
 * LkSync:
 *
 * Sends the outbox in order, keeps leases alive, and fills the queue. Retries with growing pauses while offline, tries
 * at once when the network comes back.
 *
 * Properties (notify): "state" LkSyncState (int), "n-waiting" uint, "offline-since" int64 (µs UTC, 0 when online).
 * "conflicts": GListModel of LkConflict (constant object).
 * "pending": int, submissions still in the campus queue beyond this lease (-1 unknown).
 * Signal "lost" (LkSubmission): somebody else holds or has decided it now; it has left the queue. A decision about it
 * is in "conflicts".
 */
#define LK_TYPE_SYNC (lk_sync_get_type ())
G_DECLARE_FINAL_TYPE (LkSync, lk_sync, LK, SYNC, GObject)

LkSyncState lk_sync_get_state         (LkSync *self);
guint       lk_sync_get_n_waiting     (LkSync *self);
gint64      lk_sync_get_offline_since (LkSync *self);
int         lk_sync_get_pending       (LkSync *self);
GListModel *lk_sync_get_conflicts     (LkSync *self);            /* borrowed */

/* What went wrong with the last try (LkError), 0 when nothing did. After LK_ERROR_UNTRUSTED nothing is tried until
 * lk_sync_poke(). */
int lk_sync_get_problem (LkSync *self);

/* The reviewer has read it: it leaves the list as soon as that is kept (and stays in the store's history). */
void lk_sync_dismiss_conflict (LkSync *self, LkConflict *conflict);

/* How many submissions to have here ahead of the work: a shift's worth when the network is not to be relied on. The
 * service may give fewer. */
void lk_sync_set_lease_size (LkSync *self, guint size);

/* Try now (user pressed "try again"). */
void lk_sync_poke (LkSync *self);

G_END_DECLS
