/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/earlier.h"
#include "core/reason.h"
#include "core/submission.h"
#include "ui/compare-view.h"

G_BEGIN_DECLS

/**
 * LkComparePanel:
 *
 * Comparing in the photo's place: a strip of what there is to compare with (ID photo, diploma photo, earlier photos with what became of
 * them, photos that a check found to be like this one), the compared photos, and how they are laid. The chosen picture is the one laid over the photo.
 *
 * Property "mode": int (LkCompareMode), notifies; action "compare.mode".
 */
#define LK_TYPE_COMPARE_PANEL (lk_compare_panel_get_type ())
G_DECLARE_FINAL_TYPE (LkComparePanel, lk_compare_panel, LK, COMPARE_PANEL, GtkWidget)

void lk_compare_panel_set_textures (LkComparePanel *self, LkTextures *textures);  /* NULL for none */
void lk_compare_panel_set_reasons  (LkComparePanel *self, LkReasonCatalogue *reasons);    /* for their words; NULL for none */

/* Compares this submission's photo; NULL lets go of everything. */
void lk_compare_panel_set_submission (LkComparePanel *self, LkSubmission *submission);

/* What the student sent before: array of LkEarlier; a reference is taken. */
void lk_compare_panel_set_earlier (LkComparePanel *self, GPtrArray *earlier);

/* Chooses the picture with this SHA-256, if it is there. */
void lk_compare_panel_choose_photo (LkComparePanel *self, const char *hash);

/* Chooses the next picture of the strip, the first again after the last. */
void lk_compare_panel_choose_next (LkComparePanel *self);

LkCompareView *lk_compare_panel_get_view (LkComparePanel *self);
guint          lk_compare_panel_get_n_choices (LkComparePanel *self);

G_END_DECLS
