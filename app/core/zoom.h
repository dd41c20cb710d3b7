/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fit.h"

G_BEGIN_DECLS

/* How far somebody has zoomed into a photo, and where. */
typedef struct
{
  double zoom;                  /* view px per photo px; 0: the whole photo */
  double centre_x, centre_y;    /* photo px in the middle of the view, when zoomed */
} LkZoom;

/* What is zoomed in what; all in px, the view's are device px. */
typedef struct
{
  int photo_width, photo_height;
  int view_width, view_height;
  int box_width, box_height;    /* in the middle of the view, where the whole photo goes */
  double part_x, part_y, part_width, part_height;       /* of the photo, what is seen instead of the whole; width 0: the whole */
} LkZoomFrame;

/* How the photo lies; FALSE when one of the sizes is not there yet. */
gboolean lk_zoom_get_fit (const LkZoom *self, const LkZoomFrame *frame, LkFit *fit);

/* Part of the photo is outside the view. */
gboolean lk_zoom_hides_some (const LkZoom *self, const LkZoomFrame *frame);

/* Zooms to this many view px per photo px, within sensible bounds; the photo point under (view_x, view_y) stays there. */
void lk_zoom_to (LkZoom *self, const LkZoomFrame *frame, double zoom, double view_x, double view_y);

/* Moves what is seen by so many view px, to the edge at most; does nothing when the whole photo is seen. */
void lk_zoom_pan (LkZoom *self, const LkZoomFrame *frame, double x, double y);

G_END_DECLS
