/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/earlier.h"
#include "core/reason.h"
#include "core/spec.h"
#include "flow/review-queue.h"
#include "ui/photo-view.h"
#include "ui/texture.h"

G_BEGIN_DECLS

/**
 * LkPhotoArea:
 *
 * The middle of the review page: the photo, or what it is compared with, and the bar under it. What its buttons and keys fire are actions of the page around it;
 * review-looking.h carries those about looking back to here.
 *
 * Properties: "show-grid", "show-loupe", "comparing": boolean, notify. The next photo is seen alone again.
 * Signal "painted" (): the photo set last is on the screen now; once for each photo.
 * Signal "earlier-wanted" (LkSubmission): what its student sent before is wanted for comparing; the answer is
 * lk_photo_area_set_earlier(). Once for each time that comparing begins.
 * Signal "box-changed" (): photos are shown in another size now: what was prefetched fits no more.
 */
#define LK_TYPE_PHOTO_AREA (lk_photo_area_get_type ())
G_DECLARE_FINAL_TYPE (LkPhotoArea, lk_photo_area, LK, PHOTO_AREA, GtkWidget)

void lk_photo_area_set_textures   (LkPhotoArea *self, LkTextures *textures);      /* NULL for none */
void lk_photo_area_set_spec       (LkPhotoArea *self, const LkSpec *spec);        /* borrowed, outlives the area */
void lk_photo_area_set_submission (LkPhotoArea *self, LkSubmission *submission);  /* NULL for none */
void lk_photo_area_set_reasons    (LkPhotoArea *self, LkReasonCatalogue *reasons);       /* NULL for none */

/* Array of LkEarlier; dropped when that submission is not compared any more. */
void lk_photo_area_set_earlier    (LkPhotoArea *self, LkSubmission *submission, GPtrArray *earlier);
void lk_photo_area_set_pointed    (LkPhotoArea *self, LkCheck *check);            /* as lk_photo_view_set_pointed() */

/* Over the photo, for a moment. */
void lk_photo_area_say (LkPhotoArea *self, const char *words);

/* "3 / 20" in the bar. */
void lk_photo_area_show_position (LkPhotoArea *self, guint position, guint n_items);

/* Makes the photos around this position ready in the size they will be shown in. */
void lk_photo_area_prefetch (LkPhotoArea *self, LkReviewQueue *queue, guint position);

LkPhotoView *lk_photo_area_get_view (LkPhotoArea *self);

/* Comparing begins or ends; laid over each other or blinking begins, or goes back to side by side. */
void     lk_photo_area_compare      (LkPhotoArea *self);
void     lk_photo_area_overlay      (LkPhotoArea *self);
void     lk_photo_area_blink        (LkPhotoArea *self);
void     lk_photo_area_fade_by      (LkPhotoArea *self, double step);
void     lk_photo_area_compare_next (LkPhotoArea *self);      /* with the next picture */
void     lk_photo_area_compare_with (LkPhotoArea *self, const char *hash);      /* a photo that a check found, by SHA-256 */
gboolean lk_photo_area_is_comparing (LkPhotoArea *self);

/* The next variant of the photo, then the photo again; says so when there is none. */
void     lk_photo_area_next_variant (LkPhotoArea *self);

/* Back to the photo alone; FALSE when it was seen alone. */
gboolean lk_photo_area_close        (LkPhotoArea *self);

/* Zoom and place of what is seen: the photo, or the compared ones. */
void     lk_photo_area_zoom_fit    (LkPhotoArea *self);
void     lk_photo_area_zoom_actual (LkPhotoArea *self);       /* and back to the whole photo */
void     lk_photo_area_zoom_by     (LkPhotoArea *self, double factor);
void     lk_photo_area_pan         (LkPhotoArea *self, double x, double y);       /* widget px */
gboolean lk_photo_area_can_pan     (LkPhotoArea *self);

G_END_DECLS
