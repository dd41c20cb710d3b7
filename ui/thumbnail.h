/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkThumbnail:
 *
 * A small photo in a box of fixed size (set with width-request and height-request), drawn one to one. Empty until the
 * picture is there.
 */
#define LK_TYPE_THUMBNAIL (lk_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (LkThumbnail, lk_thumbnail, LK, THUMBNAIL, GtkWidget)

/* hash: NULL for an empty box. label: what a screen reader says. */
void lk_thumbnail_set_photo (LkThumbnail *self, LkTextures *textures, const char *hash, const char *label);

G_END_DECLS
