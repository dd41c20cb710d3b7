/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/check.h"
#include "core/reason.h"

G_BEGIN_DECLS

/**
 * LkCheckPanel:
 *
 * The checks of one photo: failed first, then attention, not measured, passed. As many as fit are shown; what passed or
 * was not measured and does not fit is behind "show N more". Below them are the measures of image quality, folded: they are
 * information, and nothing of them is seen without asking for it. Pointing at a row or focusing it tells which check it is; activating one
 * that found another photo fires "review.compare-with" with that photo's SHA-256. Under the checks, always in sight, is what none of
 * them can see: the reviewer's own list.
 *
 * Property "pointed": the LkCheck pointed at or focused, or NULL; notifies.
 */
#define LK_TYPE_CHECK_PANEL (lk_check_panel_get_type ())
G_DECLARE_FINAL_TYPE (LkCheckPanel, lk_check_panel, LK, CHECK_PANEL, GtkWidget)

GtkWidget *lk_check_panel_new        (void);
void       lk_check_panel_set_checks (LkCheckPanel *self, GPtrArray *checks);    /* of LkCheck; NULL for none */
void       lk_check_panel_set_measures (LkCheckPanel *self, GPtrArray *measures);       /* of LkCheck; NULL for none */
LkCheck   *lk_check_panel_get_pointed (LkCheckPanel *self);
void       lk_check_panel_set_reasons (LkCheckPanel *self, LkReasonCatalogue *reasons);         /* for the own list; NULL for none */
void       lk_check_panel_focus_own_list (LkCheckPanel *self);
void       lk_check_panel_set_expanded (LkCheckPanel *self, gboolean expanded);

G_END_DECLS
