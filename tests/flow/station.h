/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campus.h"
#include "fault-proxy.h"
#include "flow/review.h"

G_BEGIN_DECLS

/* A workstation without its windows: account and review over a folder of their own, the real service behind a network
 * that can fail. */
typedef struct
{
  char *dir;
  LkAccount *account;
  LkReview *review;

  guint n_decided, n_undone, n_failed, n_lost;
  gboolean current_was_notified; /* before the last "decided" */
  int code;                      /* of the last "failed" */
} Station;

Station *station_new (void);       /* not signed in */
void station_free (Station *self); /* with its folder */

gboolean station_sign_in (Station *self, const char *url, const char *user, const char *password, GError **error);

/* Signs in and opens the review; asserts that both work. */
void station_start (Station *self, const char *url, const char *user);

/* The program ends; the folder stays. */
void station_end (Station *self);

LkReviewQueue *station_queue (Station *self);
LkSync *station_sync (Station *self);

/* Waits until so many are in the queue undecided. */
void station_wait_undecided (Station *self, guint n);

/* Decides on the current submission and waits until that is kept; gives the submission's id. */
char *station_decide (Station *self, LkVerdict verdict);
void station_undo (Station *self);

/* Waits until the outbox is empty and the state is "synced". */
void station_wait_synced (Station *self);
void station_wait_offline (Station *self);

G_END_DECLS
