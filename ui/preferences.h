/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LkPreferences:
 *
 * How this user wants the workstation: looks and language, work, keys. Every change holds at once.
 */
#define LK_TYPE_PREFERENCES (lk_preferences_get_type ())
G_DECLARE_FINAL_TYPE (LkPreferences, lk_preferences, LK, PREFERENCES, AdwPreferencesWindow)

/* A window that is hidden when it is closed and goes with its parent: libadwaita 1.2 keeps the groups of each new one for ever.
 * settings is borrowed and outlives the window. */
GtkWindow *lk_preferences_new (GtkWindow *parent, GSettings *settings);

G_END_DECLS
