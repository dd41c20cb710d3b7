/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/sync.h"
#include "ui/side-page.h"

G_BEGIN_DECLS

/* What happened to a decision that the service did not take, in one sentence; newly allocated. */
char *lk_conflict_text (LkConflict *conflict);

/**
 * LkConflictsPage:
 *
 * Decisions of this reviewer that the service did not take because something else happened first. Each stays until it was read.
 */
#define LK_TYPE_CONFLICTS_PAGE (lk_conflicts_page_get_type ())
G_DECLARE_FINAL_TYPE (LkConflictsPage, lk_conflicts_page, LK, CONFLICTS_PAGE, LkSidePage)

void       lk_conflicts_page_set_sync (LkConflictsPage *self, LkSync *sync);      /* NULL for none */

G_END_DECLS
