/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/reason.h"

G_BEGIN_DECLS

/**
 * LkOwnList:
 *
 * What no check can see and the reviewer has to look for, one short word each: those of data/reasons.json that have one. It is no result
 * of anything, and so has no marks. A word fires "review.own-reason" with the reason's code. Arrow keys go from word to word.
 */
#define LK_TYPE_OWN_LIST (lk_own_list_get_type ())
G_DECLARE_FINAL_TYPE (LkOwnList, lk_own_list, LK, OWN_LIST, GtkWidget)

/* Hidden while there are none; NULL for none. */
void lk_own_list_set_reasons (LkOwnList *self, LkReasonCatalogue *reasons);

G_END_DECLS
