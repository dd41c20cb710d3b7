/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/check.h"

G_BEGIN_DECLS

/**
 * LkQueueState:
 *
 * What a row of the queue says below the name: the worst outcome with its mark, or in their place the verdict. Its size never
 * changes, so that a decision lays out nothing.
 */
#define LK_TYPE_QUEUE_STATE (lk_queue_state_get_type ())
G_DECLARE_FINAL_TYPE (LkQueueState, lk_queue_state, LK, QUEUE_STATE, GtkWidget)

/* The mark and the text beside it; without a mark the text stands in the middle. */
void lk_queue_state_show (LkQueueState *self, LkOutcome outcome, gboolean marked, const char *text);

G_END_DECLS
