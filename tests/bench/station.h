/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "campus-stage.h"
#include "screen.h"

G_BEGIN_DECLS

enum { LK_GIVE_UP_SECONDS = 3 };        /* a photo not seen by then is missed */

/* Waits until the photo with this code is painted and stays where it is, and keeps its place; FALSE after half a minute. */
gboolean lk_station_wait_photo (LkScreen *screen, int code);

/* Starts the workstation of a stage, takes its window and waits for the first photo. NULL with error. */
GSubprocess *lk_station_start (LkCampusStage *stage, LkScreen *screen, int width, int height, GError **error);

/* After an approval that one key could not do: leaves the photo undecided and goes on. FALSE when the next one is not seen either. */
gboolean lk_station_pass_over (LkScreen *screen, int next_code);

G_END_DECLS
