/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LkCampusStage:
 *
 * A real campus service on loopback with marked photos in its queue, in a temporary folder, and workstations in front of it.
 * Freeing it ends the service and removes the folder. Programs come from the build this benchmark is part of.
 */
typedef struct _LkCampusStage LkCampusStage;

/* Draws the photos, imports them (with every check) and starts the service: takes about a quarter second a photo. */
LkCampusStage *lk_campus_stage_open (int n_photos, int width, int height, GError **error);
void           lk_campus_stage_free (LkCampusStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkCampusStage, lk_campus_stage_free)

/* From now on the service is this far away, there and back, for workstations started afterwards. */
void lk_campus_stage_set_distance (LkCampusStage *self, guint milliseconds);

/* The service is gone from now on. */
void lk_campus_stage_stop_service (LkCampusStage *self);

/* A folder with the same photos and nothing else, in the order of the queue; NULL with error. Free with g_free. */
char *lk_campus_stage_dup_photo_folder (LkCampusStage *self, GError **error);

/* Starts the workstation, signed in without a question; name: of its data folder, made when it is not there. */
GSubprocess *lk_campus_stage_start_workstation (LkCampusStage *self, const char *name, GError **error);

/* Ends a program at once and waits for that. */
void lk_campus_stage_end (GSubprocess *program);

/* Resident memory of a program in MB, NAN when it cannot be read. */
double lk_campus_stage_resident_mb (GSubprocess *program);

/* That of the programs it has started itself, together; what they share is counted in each. */
double lk_campus_stage_helpers_mb (GSubprocess *program);

G_END_DECLS
