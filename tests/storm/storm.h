/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many workstations decide at once at a real service, and both are killed (SIGKILL) again and again meanwhile. Afterwards what each
 * reviewer was told is compared with what the campus has. */

typedef struct
{
  int n_stations, n_items;      /* items: submissions for each station */
  int n_kills;                  /* spread over the whole storm */
  int service_percent;          /* so many of the kills hit the service, the others a workstation */
  int seed;
} LkStormOptions;

typedef struct
{
  int n_submissions;
  int n_station_kills, n_service_kills;
  int n_decided, n_undone;      /* said to a reviewer as kept */
  int n_lost;                   /* of these, not at the campus, or there with another verdict */
  int n_doubled;                /* decisions written into the audit twice, or two that stand for one submission */
  int n_undecided;              /* submissions without a standing decision */
  int n_conflicts;              /* decisions that the campus did not take because somebody else was first */
  int n_unsaid;                 /* kept, but the reviewer was not told: a kill came in between */
  int n_bad_ends;               /* workstations that ended by themselves with an error */
  gboolean is_whole;            /* the database and its audit */
  double seconds;
  GArray *ready_ms;             /* of double: from a start of the service after a kill until it is ready */
} LkStormResult;

/* Blocks until everything has arrived. station: the program storm-station. */
void lk_storm_run (const LkStormOptions *options, const char *station, LkStormResult *result);
void lk_storm_result_clear (LkStormResult *result);

G_END_DECLS
