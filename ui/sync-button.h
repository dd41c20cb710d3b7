/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/sync.h"

G_BEGIN_DECLS

/**
 * LkSyncButton:
 *
 * A quiet word in the header: everything sent, sending, or offline since when. Pressed, it explains in a sentence and offers to
 * try now.
 */
#define LK_TYPE_SYNC_BUTTON (lk_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (LkSyncButton, lk_sync_button, LK, SYNC_BUTTON, GtkWidget)

GtkWidget *lk_sync_button_new (void);

/* Follows this sync; NULL for none. */
void lk_sync_button_set_sync (LkSyncButton *self, LkSync *sync);

/* What it says for a state; offline_since in µs UTC. */
void        lk_sync_button_show     (LkSyncButton *self, LkSyncState state, guint n_waiting, gint64 offline_since);
const char *lk_sync_button_get_text (LkSyncButton *self);

G_END_DECLS
