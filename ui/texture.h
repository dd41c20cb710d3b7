/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "flow/photo-loader.h"

G_BEGIN_DECLS

/* Where pictures come from: those fitting a box of device px when scale is 0, else those at this scale (device px per photo px).
 * New reference, or NULL while it is not there; then lk_textures_ready() is called when it is. */
typedef LkPicture *(*LkPictureFunc) (const char *hash, int box_width, int box_height, double scale, gpointer user_data);

/**
 * LkTextures:
 *
 * Finished pictures as textures for widgets, kept so that a thumbnail or a photo looked at again costs nothing. Bounded in
 * bytes; what was used longest ago goes first. Main thread only.
 *
 * Signal "ready" (hash): a picture of this photo is there now.
 * Signal "failed" (hash, code): it cannot be had (LkError code).
 * Signal "quiet": for a moment none has come.
 */
#define LK_TYPE_TEXTURES (lk_textures_get_type ())
G_DECLARE_FINAL_TYPE (LkTextures, lk_textures, LK, TEXTURES, GObject)

LkTextures *lk_textures_new            (LkPictureFunc func, gpointer user_data);
LkTextures *lk_textures_new_for_loader (LkPhotoLoader *loader);

/* Borrowed; NULL while it is not there. */
GdkTexture *lk_textures_get        (LkTextures *self, const char *hash, int box_width, int box_height);
GdkTexture *lk_textures_get_scaled (LkTextures *self, const char *hash, double scale);

/* The largest that is kept of this photo, borrowed; NULL when there is none. Nothing is asked for. */
GdkTexture *lk_textures_peek (LkTextures *self, const char *hash);

/* Draws a texture of these into a place of the widget. With the software renderer this takes a third of the time that GTK 4.8 takes
 * for three bytes a pixel (504 x 672: 0.18 ms against 0.49 ms), and a twentieth of that for four, which goes through floating point. */
void lk_texture_append (GtkWidget *widget, GtkSnapshot *snapshot, GdkTexture *texture, const graphene_rect_t *place);

/* What should be ready soon, most urgent first; what is kept here is left out. Does nothing without a loader. */
void lk_textures_prefetch (LkTextures *self, const char *const *hashes, int box_width, int box_height);

void lk_textures_ready  (LkTextures *self, const char *hash);
void lk_textures_failed (LkTextures *self, const char *hash, int code);

/* Forgets all pictures (sign-out). */
void lk_textures_clear (LkTextures *self);

G_END_DECLS
