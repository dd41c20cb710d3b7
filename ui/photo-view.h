/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/fit.h"
#include "core/photo-info.h"
#include "core/spec.h"
#include "core/submission.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkPhotoView:
 *
 * One photo, drawn one to one at whole device pixels from a picture scaled in a worker, with the crop grid over it.
 * It never shows the photo of another student while its own is not there yet.
 *
 * Properties: "show-grid", "show-loupe" boolean; "zoom" double (device px per photo px, notifies; 0 while there is no photo).
 * Signal "painted" (): the photo set last is on the screen now; once for each photo.
 */
#define LK_TYPE_PHOTO_VIEW (lk_photo_view_get_type ())
G_DECLARE_FINAL_TYPE (LkPhotoView, lk_photo_view, LK, PHOTO_VIEW, GtkWidget)

GtkWidget *lk_photo_view_new (void);

/* Both are kept; the grid is not drawn before it has a spec. */
void lk_photo_view_set_textures (LkPhotoView *self, LkTextures *textures);
void lk_photo_view_set_spec     (LkPhotoView *self, const LkSpec *spec);  /* borrowed, outlives the view */

/* Shows the submission's photo, whole; NULL for none. */
void lk_photo_view_set_submission (LkPhotoView *self, LkSubmission *submission);

/* Shows one of the submission's variants in the photo's place, whole; what covers another part has no grid. Set with every submission;
 * LK_N_PHOTO_KINDS: the photo itself. */
void lk_photo_view_set_variant (LkPhotoView *self, LkPhotoKind variant);

void     lk_photo_view_set_show_grid (LkPhotoView *self, gboolean show_grid);
gboolean lk_photo_view_get_show_grid (LkPhotoView *self);

/* The eyes enlarged beside the photo while it is seen whole. */
void     lk_photo_view_set_show_loupe (LkPhotoView *self, gboolean show_loupe);
gboolean lk_photo_view_get_show_loupe (LkPhotoView *self);

/* The check pointed at in the list, shown on the photo; NULL for none. */
void lk_photo_view_set_pointed (LkPhotoView *self, LkCheck *check);

void     lk_photo_view_zoom_fit    (LkPhotoView *self);
void     lk_photo_view_zoom_actual (LkPhotoView *self);                   /* one device px for one photo px */
void     lk_photo_view_zoom_by     (LkPhotoView *self, double factor);    /* around the middle of the view */
void     lk_photo_view_pan         (LkPhotoView *self, double x, double y);  /* widget px; does nothing when the whole photo is seen */
gboolean lk_photo_view_is_zoomed   (LkPhotoView *self);                   /* part of the photo is outside the view */
double   lk_photo_view_get_zoom    (LkPhotoView *self);

/* The box, device px, into which a whole photo is fitted: what to prefetch. */
void lk_photo_view_get_box (LkPhotoView *self, int *width, int *height);

/* How the photo lies now, in device px; FALSE while there is none. */
gboolean lk_photo_view_get_fit (LkPhotoView *self, LkFit *fit);

G_END_DECLS
