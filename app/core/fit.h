/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a photo lies in a view: view = photo * scale + (x, y). Photo px are the upright photo's; view px are device px. */
typedef struct
{
  double x, y;                  /* of the photo's top left corner, view px */
  double scale;                 /* view px per photo px */
} LkFit;

/* The whole photo, as large as fits, centred, whole device px. */
LkFit lk_fit_contain (int photo_width, int photo_height, int view_width, int view_height);

/* The same with a zoom (1 = one photo px is one device px) around the photo point (centre_x, centre_y), kept inside the
 * view: no empty edge where the photo is larger than the view, centred where it is smaller. */
LkFit lk_fit_zoom (int photo_width, int photo_height, int view_width, int view_height,
                   double zoom, double centre_x, double centre_y);

/* The zoom after a wheel or key step so that the photo point under (view_x, view_y) stays there. */
LkFit lk_fit_zoom_at (const LkFit *fit, double zoom, double view_x, double view_y);

/* A sheet of n_photos alike (3:4): how wide each may be so that all fit into view_width x view_height, each with extra_width and
 * extra_height px around it; columns gets how many stand side by side. At least 1 px. */
int lk_fit_sheet (int n_photos, int view_width, int view_height, int extra_width, int extra_height, int *columns);

G_END_DECLS
