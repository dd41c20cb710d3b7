/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "tools/portrait/params.h"

/* A photo of the photo: the picture is seen a little askew, and what it was
 * shown on leaves its marks. Does nothing unless params->recapture is set. */

/* Moves the px of an ARGB32 surface. What lies outside the picture is left empty. */
void lk_recapture_turn (const LkPortraitParams *params, cairo_surface_t *surface);

/* Where lk_recapture_turn () takes a point of a picture of that size, px. */
void lk_recapture_point (const LkPortraitParams *params, int width, int height, double *x, double *y);

/* Grid of the screen or dots of the print, and the flatter colours of both; on
 * what is not empty. */
void lk_recapture_mark (const LkPortraitParams *params, cairo_surface_t *surface);

/* Paper or screen around the picture, what they lie on, and a reflection. */
void lk_recapture_surround (const LkPortraitParams *params, cairo_surface_t *surface);
