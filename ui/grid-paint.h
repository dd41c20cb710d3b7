/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/grid-overlay.h"

G_BEGIN_DECLS

/* The strokes of the overlay; photo is where the photo lies, widget px. */
void lk_grid_paint_lines   (GtkSnapshot *snapshot, const GArray *lines, const graphene_rect_t *photo);
/* pointed: the check whose own label takes its place on the right, or NULL. */
void lk_grid_paint_labels  (GtkWidget *widget, GtkSnapshot *snapshot, const GArray *labels, const graphene_rect_t *photo,
                            LkCheck *pointed);

/* Where a check was measured: an outline around the place and its value beside the photo, joined by a line. */
void lk_grid_paint_pointed (GtkWidget *widget, GtkSnapshot *snapshot, LkCheck *check, const graphene_rect_t *photo);

G_END_DECLS
