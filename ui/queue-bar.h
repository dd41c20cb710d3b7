/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/reason.h"
#include "flow/sync.h"

G_BEGIN_DECLS

/**
 * LkQueueBar:
 *
 * Above the filmstrip: which part of the queue is worked on. Its popover searches by student number, and chooses by site, class,
 * outcome, age, suggested reason and whether an earlier photo was sent back; for a lead also between first and second review.
 * A choice counts at once.
 */
#define LK_TYPE_QUEUE_BAR (lk_queue_bar_get_type ())
G_DECLARE_FINAL_TYPE (LkQueueBar, lk_queue_bar, LK, QUEUE_BAR, GtkWidget)

void lk_queue_bar_set_sync (LkQueueBar *self, LkSync *sync, LkReasonCatalogue *reasons);  /* NULL for none */

/* Opens the popover, to search or to choose. */
void lk_queue_bar_open (LkQueueBar *self, gboolean search);

/* From what waits for a first decision to what waits for a second person, and back; a lead's only. */
void lk_queue_bar_toggle_second (LkQueueBar *self);

/* Everything of the queue in hand again. */
void lk_queue_bar_show_all (LkQueueBar *self);

G_END_DECLS
