/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/campus-client.h"
#include "store/cache.h"

G_BEGIN_DECLS

/* How soon a photo file is needed; smaller is sooner. */
typedef enum
{
  LK_URGENCY_NOW,   /* somebody looks at its place: the newest such wish first */
  LK_URGENCY_SOON,  /* the next few key presses, in order */
  LK_URGENCY_LATER, /* while the lease lasts: so that work goes on when the service is gone */
} LkUrgency;
#define LK_N_URGENCIES (LK_URGENCY_LATER + 1)

/**
 * LkPhotoSource:
 *
 * Photo files by hash: those held are in memory once they came, others are read from the disk or fetched from the service. Equal wishes are
 * one, few run at a time, the most urgent first. Signals in the context of its owner only.
 *
 * Signal "arrived" (hash, file): a wanted file is there.
 * Signal "failed" (hash, code): it cannot be had now (LkError, int); wanting it again tries again.
 * Signal "dropped" (hash): nobody holds it any more; what was made from it is to be forgotten.
 */
#define LK_TYPE_PHOTO_SOURCE (lk_photo_source_get_type ())
G_DECLARE_FINAL_TYPE (LkPhotoSource, lk_photo_source, LK, PHOTO_SOURCE, GObject)

/* disk: where files are kept for a start without the service; NULL for nowhere. */
LkPhotoSource *lk_photo_source_new (LkCampusClient *client, LkCache *disk);

/* The file when it is in memory; borrowed, NULL when not. */
GBytes *lk_photo_source_peek (LkPhotoSource *self, const char *hash);

/* Fetches what is not in memory; "arrived" or "failed" follows. A wish that waits already becomes as urgent as this
 * one, if more. */
void lk_photo_source_want (LkPhotoSource *self, const char *hash, LkUrgency urgency);

/* Not urgent any more: a held file waits for its turn, another is not fetched at all. */
void lk_photo_source_unwant (LkPhotoSource *self, const char *hash);

/* Counted: a held file stays in memory. */
void lk_photo_source_hold (LkPhotoSource *self, const char *hash);
void lk_photo_source_release (LkPhotoSource *self, const char *hash);

/* Counted: a kept file is on the disk too, sealed, once it came; gone from there with the last one who wanted that. */
void lk_photo_source_keep (LkPhotoSource *self, const char *hash);
void lk_photo_source_unkeep (LkPhotoSource *self, const char *hash);

/* How many wishes wait or are being fetched. */
guint lk_photo_source_get_n_wanted (LkPhotoSource *self);

/* Cancels all fetching for good. */
void lk_photo_source_stop (LkPhotoSource *self);

G_END_DECLS
