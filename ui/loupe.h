/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/photo-info.h"

G_BEGIN_DECLS

/* Both eyes at one or more device px for one photo px, as many as there is room for, one above the other in the free strip left of the photo: where the panel is not,
 * under the labels of the grid, never on the photo itself. */

/**
 * lk_loupe_get_boxes:
 * @photo: how the whole photo lies, widget px
 * @boxes: (out): where the left and the right eye are shown, widget px at whole device px
 *
 * Returns: device px for one photo px, a whole number; 0 when the eyes are not known or there is no room
 */
int lk_loupe_get_boxes (const LkPhotoInfo *info, const graphene_rect_t *photo, int scale_factor, graphene_rect_t boxes[2]);

/* Draws them from a texture of the whole photo, best one of its own px. */
void lk_loupe_snapshot (GtkWidget *widget, GtkSnapshot *snapshot, const LkPhotoInfo *info, GdkTexture *texture,
                        const graphene_rect_t *photo);

G_END_DECLS
