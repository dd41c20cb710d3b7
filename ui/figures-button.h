/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/review.h"

G_BEGIN_DECLS

/**
 * LkFiguresButton:
 *
 * In the header: how many were decided today; its popover shows this reviewer's own figures. For this person only, and never a
 * measure to be reached.
 */
#define LK_TYPE_FIGURES_BUTTON (lk_figures_button_get_type ())
G_DECLARE_FINAL_TYPE (LkFiguresButton, lk_figures_button, LK, FIGURES_BUTTON, GtkWidget)

void lk_figures_button_set_review (LkFiguresButton *self, LkReview *review);      /* NULL for none */

/* The four lines of the popover, joined; for tests. Newly allocated. */
char *lk_figures_text (const LkOwnFigures *figures, const LkAgreementFigure *agreement);

G_END_DECLS
