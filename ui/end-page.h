/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/sync.h"

G_BEGIN_DECLS

/* What an empty place for the photo has to say. */
typedef enum
{
  LK_END_FETCHING,              /* the first photos are on their way */
  LK_END_OFFLINE,               /* the service cannot be reached and nothing is here */
  LK_END_MORE_COMING,           /* this batch is done, the next one is on its way */
  LK_END_DONE,                  /* nothing waits in the campus queue */
  LK_END_NO_MATCH,              /* nothing that waits fits the part of the queue chosen */
  LK_END_LOOK_BACK,             /* at the end of the queue with undecided photos further up */
} LkEndKind;

/* Figures of an end page. */
typedef struct
{
  guint n_today;                /* decided today here */
  int median_ms;                /* a photo, from shown to decided; 0 unknown */
  guint n_waiting;              /* not sent yet */
  guint n_undecided;            /* still undecided in the queue */
  int pending;                  /* in the campus queue, of the part chosen; -1 unknown */
  gboolean is_part;             /* only a part of the queue was chosen */
  gboolean second;              /* the second review */
  int held, second_review;      /* at the campus: put on hold, waiting for a second person */
  gint64 next_due;              /* µs UTC, the earliest of all that wait; 0 when nothing does */
  gint64 closes_at, opens_at;   /* µs UTC: until when students can send photos, else from when on; 0 when it is not known */
} LkEndFigures;

/* Which of them it is. */
LkEndKind lk_end_kind (LkSyncState state, const LkEndFigures *figures);

/**
 * LkEndPage:
 *
 * In the place of the photo when there is none: how the work stands and what comes next.
 */
#define LK_TYPE_END_PAGE (lk_end_page_get_type ())
G_DECLARE_FINAL_TYPE (LkEndPage, lk_end_page, LK, END_PAGE, GtkWidget)

void        lk_end_page_clear     (LkEndPage *self);                   /* says nothing */
void        lk_end_page_show      (LkEndPage *self, LkEndKind kind, const LkEndFigures *figures);
const char *lk_end_page_get_title (LkEndPage *self);

G_END_DECLS
