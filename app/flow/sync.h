/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/decision.h"
#include "core/queue-filter.h"
#include "core/submission.h"

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
 * "pending": int, submissions still in the campus queue beyond this lease that the filter wants (-1 unknown).
 * "figures": LkQueueFigures (pointer), how the campus queue stands.
 * Signal "filter-changed" (): the queue is filled by another filter from now on.
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

/* How the campus queue stands, as far as is known. */
typedef struct
{
  int pending;       /* waiting for a first decision, all of them; -1 unknown */
  int held;          /* put on hold */
  int second_review; /* waiting for a second person; of a lead: those that this lead may look at */
  gint64 next_due;   /* µs UTC, the earliest of what waits; 0 when nothing does */
  gint64 closes_at, opens_at; /* µs UTC: until when students can send photos, else from when on; 0 when it is not known */
} LkQueueFigures;

const LkQueueFigures *lk_sync_get_figures (LkSync *self); /* borrowed */
GListModel *lk_sync_get_queue (LkSync *self);             /* borrowed: what it fills, of LkSubmission */

/* Whether who is signed in has the right to a second look (rules.md section 6). */
gboolean lk_sync_may_look_second (LkSync *self);

/* Fills the queue by another filter: what is not decided goes back to the campus queue, what fits comes. */
void lk_sync_set_filter (LkSync *self, const LkQueueFilter *filter);
const LkQueueFilter *lk_sync_get_filter (LkSync *self); /* borrowed, never NULL */

/* Puts a submission off: it leaves the queue, and comes again when nothing else is left. */
void lk_sync_skip (LkSync *self, LkSubmission *submission);

/* How what waits in the queue of the filter ("second" or not) is spread. The callback's source object is not the sync. */
void lk_sync_facets_async (LkSync *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LkQueueFacets *lk_sync_facets_finish (LkSync *self, GAsyncResult *result, GError **error);

/* Try now (user pressed "try again"). */
void lk_sync_poke (LkSync *self);

G_END_DECLS
