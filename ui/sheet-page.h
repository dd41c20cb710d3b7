/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow/review.h"
#include "ui/side-page.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkSheetPage:
 *
 * A contact sheet of photos of which every check passed, at most 24, large enough to be looked at. Each can be taken out; one key
 * approves the rest, each by a decision of its own.
 *
 * Keys: arrows move, Space takes out or back in, A approves, Escape goes back.
 */
#define LK_TYPE_SHEET_PAGE (lk_sheet_page_get_type ())
G_DECLARE_FINAL_TYPE (LkSheetPage, lk_sheet_page, LK, SHEET_PAGE, LkSidePage)

void  lk_sheet_page_set_review (LkSheetPage *self, LkReview *review, LkTextures *textures);      /* NULL for none */

/* Lays out what fits now. */
void  lk_sheet_page_refresh    (LkSheetPage *self);

/* For tests: how many stand on it, and how many of these would be approved. */
guint lk_sheet_page_get_n_items  (LkSheetPage *self);
guint lk_sheet_page_get_n_chosen (LkSheetPage *self);

/* The undecided submissions of a queue that may stand on a sheet, in the order of the queue; of LkSubmission. */
GPtrArray *lk_sheet_list (GListModel *queue);

G_END_DECLS
