/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/review-actions.h"

G_BEGIN_DECLS

/**
 * LkKeyMap:
 *
 * The keys of the review page as this user has them: those of review-actions.h, and what was changed, which is kept in
 * the settings.
 *
 * Signal "changed" ().
 */
#define LK_TYPE_KEY_MAP (lk_key_map_get_type ())
G_DECLARE_FINAL_TYPE (LkKeyMap, lk_key_map, LK, KEY_MAP, GObject)

/* The one of the program; borrowed. */
LkKeyMap *lk_key_map_get_default (void);

/* Where changes are kept, and were; NULL: nowhere. */
void lk_key_map_set_settings (LkKeyMap *self, GSettings *settings);

/* Every key as it is now, in the order of lk_review_keys(); borrowed until the next change. */
const LkReviewKey *lk_key_map_list (LkKeyMap *self, gsize *n_keys);
gboolean lk_key_map_is_changed (LkKeyMap *self, gsize index);

/* Gives key number index another keyval. Refused, with its title, when the keys of another line have it, or (empty
 * title) when it is one that the page needs for itself. */
gboolean lk_key_map_change (LkKeyMap *self, gsize index, guint keyval, GdkModifierType modifiers, const char **taken_by);
void lk_key_map_reset (LkKeyMap *self);

/* How the first key of an action is written: "A", "Ctrl+Z", "→"; NULL when it has none. */
char *lk_key_map_dup_text (LkKeyMap *self, const char *action);
/* A text with the keys of actions in it, "{review.undo} takes it back", as these are now. */
char *lk_key_map_fill (LkKeyMap *self, const char *text);
char *lk_key_text (guint keyval, GdkModifierType modifiers);

/* The keys fire their actions while widget or something in it has the focus. On a widget and not on the application: an
 * application's accelerator would take the letters out of what somebody types. A key that is held down decides once. */
void lk_key_map_attach (LkKeyMap *self, GtkWidget *widget);

G_END_DECLS
