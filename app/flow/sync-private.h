/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/account-private.h"
#include "flow/photo-source.h"
#include "flow/review-queue.h"
#include "flow/sync.h"
#include "store/outbox.h"

G_BEGIN_DECLS

/* The insides of LkSync, shared by its three files: sync.c decides what is done next and when, sync-outbox.c sends,
 * sync-lease.c leases and renews. One operation runs at a time, so the answer of a lease is never older than what has
 * been sent. */
struct _LkSync
{
  GObject parent_instance;

  LkAccount *account;
  LkCampusClient *client;
  LkOutbox *outbox;
  LkReviewQueue *queue;
  LkPhotoSource *source;
  LkCache *cache; /* or NULL */
  GCancellable *cancellable;
  GListStore *conflicts; /* of LkConflict */

  LkQueueFilter *filter; /* what is leased */
  guint filter_serial;   /* grows with each other filter: an answer to an older one is not wanted any more */
  gboolean want_own;     /* something is held that is not in the queue: ask for it */
  GPtrArray *returns;    /* of LkReturn: leases to be given back */
  LkQueueFigures figures;

  gboolean running, stopped;
  guint timer;      /* of the next try or the next thing that falls due */
  gboolean waiting; /* the timer is a pause after a failure */
  guint n_failures;
  int problem; /* LkError of the last failure, 0 after a success */

  LkSyncState state;
  guint n_waiting;
  gint64 offline_since;
  int pending;

  GHashTable *leases; /* submission id -> LkHeldLease */
  guint lease_limit; /* the service's */
  guint lease_max;   /* how many to hold */
  gint64 next_refill, next_count; /* monotonic µs; not before */
  gboolean sent_last;             /* sending and leasing take turns */
  gboolean send_singly;           /* the service refused a whole batch: find out which */
};

/* A lease this workstation holds. */
typedef struct
{
  char *lease;
  gint64 renew_at;          /* monotonic µs */
  LkSubmission *submission; /* whose comparison photos are held */
} LkHeldLease;

void lk_held_lease_free (gpointer lease);

/* A lease on its way back. */
typedef struct
{
  char *lease;
  gboolean skip; /* last in the queue for this person */
} LkReturn;

void lk_return_free (gpointer data);

LkSync *lk_sync_new (LkAccount *account, LkOutbox *outbox, LkReviewQueue *queue, LkPhotoSource *source);
void lk_sync_stop (LkSync *self); /* for good */

LkConflict *lk_conflict_new (const LkEntry *entry);

/* Does the next thing, unless one is being done. */
void lk_sync_step (LkSync *self);

/* Every operation ends with this: error is what went wrong and still is, NULL when nothing. Takes the reference the
 * operation held. */
void lk_sync_done (LkSync *self, const GError *error);

/* Each starts one operation when there is something to do, and says so. */
gboolean lk_sync_send (LkSync *self);
gboolean lk_sync_give_back (LkSync *self);
gboolean lk_sync_renew (LkSync *self);
gboolean lk_sync_refill (LkSync *self);
gboolean lk_sync_count (LkSync *self);

/* When the next renewal, refill or count falls due, monotonic µs; G_MAXINT64 for never. */
gint64 lk_sync_next_due (LkSync *self);

/* Begins with what the cache holds: the work of before, when the workstation was started anew. */
void lk_sync_restore (LkSync *self);

/* The lease of a submission is held from now on: its comparison photos may be kept, and are fetched. */
void lk_sync_hold_lease (LkSync *self, LkSubmission *submission, const char *lease, int expires_in);

/* The lease is over: its comparison photos are forgotten. */
void lk_sync_drop_lease (LkSync *self, const char *submission_id);

/* Takes a submission out of the queue: without a word, or telling ("lost"). */
void lk_sync_let_go (LkSync *self, const char *submission_id);
void lk_sync_lose (LkSync *self, const char *submission_id);

/* Gives a lease back as soon as the service is there. */
void lk_sync_return (LkSync *self, const char *lease, gboolean skip);

/* Wants what of the leased photos is not there yet. */
void lk_sync_want_photos (LkSync *self);

G_END_DECLS
