/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/check.h"

G_BEGIN_DECLS

/* A word for people, translated: "Failed", "Attention", "Not measured", "Passed". */
const char *lk_outcome_get_title (LkOutcome outcome);

/* The style class that colours an outcome; colour is never the only sign. */
const char *lk_outcome_get_style_class (LkOutcome outcome);

/* Takes the style class of any other outcome off the widget and puts this one on. */
void lk_outcome_style_widget (GtkWidget *widget, LkOutcome outcome);

/**
 * LkOutcomeMark:
 *
 * The shape of an outcome, drawn so that it needs no font: cross, triangle, open circle, tick.
 * Purely decorative: the word beside it is what a screen reader says.
 */
#define LK_TYPE_OUTCOME_MARK (lk_outcome_mark_get_type ())
G_DECLARE_FINAL_TYPE (LkOutcomeMark, lk_outcome_mark, LK, OUTCOME_MARK, GtkWidget)

void       lk_outcome_mark_set_outcome (LkOutcomeMark *self, LkOutcome outcome);

/* Draws the same shape into a square of this size at (x, y). */
void lk_outcome_draw (cairo_t *cr, LkOutcome outcome, double x, double y, double size);

G_END_DECLS
