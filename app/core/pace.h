/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a reviewer works: figures for this person, and when a gentle word is due. */

typedef enum
{
  LK_PACE_FINE,
  LK_PACE_PAUSE,                /* long without a pause */
  LK_PACE_HASTE,                /* questions of identity are decided very fast */
} LkPaceNotice;

/* data/pace.json */
typedef struct
{
  gint64 pause_after, pause_length;     /* µs */
  int identity_ms, identity_items;
  gint64 repeat;                        /* µs, before the same is said again */
} LkPaceLimits;

gboolean lk_pace_limits_load (LkPaceLimits *limits, GError **error);     /* LK_ERROR_BAD_SPEC */

typedef struct _LkPace LkPace;

LkPace *lk_pace_new  (const LkPaceLimits *limits);
void    lk_pace_free (LkPace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPace, lk_pace_free)

/* A decision at a time (µs, of any clock that only goes on), its photo shown for shown_ms after waiting waited_ms for it; identity:
 * a check of the person's identity was open. What is to be said now. */
LkPaceNotice lk_pace_decided (LkPace *self, gint64 at, int shown_ms, int waited_ms, gboolean identity);

/* Share of the time that was spent waiting for photos, 0 to 1. */
double lk_pace_get_waiting (LkPace *self);

/* The middle value of a list of milliseconds (int); 0 when it is empty. Sorts the list. */
int lk_pace_median (GArray *ms);

/* Whether a check of identity warns or failed; checks is of LkCheck. */
gboolean lk_checks_ask_identity (GPtrArray *checks);

G_END_DECLS
