/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/fit.h"
#include "core/photo-info.h"
#include "ui/texture.h"

G_BEGIN_DECLS

typedef enum
{
  LK_COMPARE_SIDE,              /* each photo in a pane of its own */
  LK_COMPARE_OVERLAY,           /* one over the other, with a fade */
  LK_COMPARE_BLINK,             /* one and the other in turn */
} LkCompareMode;

/* How long each photo stays when blinking. The picture changes 2.5 times a second; what flashes more than three times in a second can bring
 * about seizures (WCAG 2.3.1). */
enum { LK_COMPARE_BLINK_MS = 400 };
G_STATIC_ASSERT (3 * LK_COMPARE_BLINK_MS > 1000);

enum { LK_COMPARE_MAX_OTHERS = 2 };     /* beside the photo itself */

/**
 * LkCompareView:
 *
 * A photo and others of what should be the same person, laid so that the eyes coincide, with one zoom and one place for all: what lies
 * at a point of one pane lies at the same point of every other. Photos whose eyes are not known are laid frame on frame.
 *
 * Property "zoom": double (device px per px of the first photo; 0 without one), notifies.
 * Property "mode": int (LkCompareMode), notifies. Property "fade": double, 0 the first photo only, 1 the other only, notifies.
 */
#define LK_TYPE_COMPARE_VIEW (lk_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (LkCompareView, lk_compare_view, LK, COMPARE_VIEW, GtkWidget)

GtkWidget *lk_compare_view_new (void);

void lk_compare_view_set_textures (LkCompareView *self, LkTextures *textures);    /* NULL for none */

/* The photo in question, its head filling the pane; NULL for none. Forgets the others. */
void lk_compare_view_set_photo (LkCompareView *self, const LkPhotoInfo *photo, const char *title);

/* The others, at most LK_COMPARE_MAX_OTHERS; the first of them is the one overlaid or blinked. Zoom and place stay. */
void lk_compare_view_clear_others (LkCompareView *self);
void lk_compare_view_add_other    (LkCompareView *self, const LkPhotoInfo *other, const char *title);

void          lk_compare_view_set_mode (LkCompareView *self, LkCompareMode mode);
LkCompareMode lk_compare_view_get_mode (LkCompareView *self);
void          lk_compare_view_set_fade (LkCompareView *self, double fade);
double        lk_compare_view_get_fade (LkCompareView *self);

void     lk_compare_view_zoom_fit    (LkCompareView *self);                       /* the head */
void     lk_compare_view_zoom_actual (LkCompareView *self);
void     lk_compare_view_zoom_by     (LkCompareView *self, double factor);        /* around the middle of the panes */
void     lk_compare_view_pan         (LkCompareView *self, double x, double y);   /* widget px */
gboolean lk_compare_view_is_zoomed   (LkCompareView *self);
double   lk_compare_view_get_zoom    (LkCompareView *self);

/* Where a point of a photo (px; 0: the first, then the others) is seen, widget px; FALSE while there is none. */
gboolean lk_compare_view_locate (LkCompareView *self, guint which, double x, double y, graphene_point_t *point);

G_END_DECLS
