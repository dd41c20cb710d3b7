/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campus-stage.h"
#include "screen.h"

G_BEGIN_DECLS

enum { LK_GIVE_UP_SECONDS = 3 };        /* a photo not seen by then is missed */

/* Waits until photo 0 is painted in the window taken, and keeps its place; who: for the error. */
gboolean lk_station_wait_first (LkScreen *screen, const char *who, GError **error);

/* Starts the workstation of a stage, takes its window and waits for the first photo. NULL with error. */
GSubprocess *lk_station_start (LkCampusStage *stage, LkScreen *screen, int width, int height, GError **error);

/* After an approval that one key could not do: leaves the photo undecided and goes on. FALSE when the next one is not seen either. */
gboolean lk_station_pass_over (LkScreen *screen, int next_code);

G_END_DECLS
