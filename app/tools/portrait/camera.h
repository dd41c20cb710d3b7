/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "tools/portrait/params.h"

/* What stands behind the person, in u over the whole surface; units_high is
 * the height of the frame in u. */
void lk_paint_background (const LkPortraitParams *params, cairo_t *cr, double units_high);

/* TRUE when the background was put in by the replacement, after the camera. */
gboolean lk_background_is_replaced (const LkPortraitParams *params);

/* Shades the ARGB32 surface from one side; u_per_px maps surface px to u. */
void lk_light_from_side (const LkPortraitParams *params, cairo_surface_t *surface, double u_per_px);

/* Exposure, colour cast and sensor noise on an ARGB32 surface. */
void lk_expose (const LkPortraitParams *params, cairo_surface_t *surface, guint64 stream);

/* Turns the head sideways (yaw) and up or down (pitch): moves the px of the
 * surface by the depth of a head at that place. matrix: face units to px. */
void lk_turn_head (const LkPortraitParams *params, cairo_surface_t *surface, const cairo_matrix_t *matrix);

/* Where the turn takes a point of the face, both in face units. */
void lk_turn_point (const LkPortraitParams *params, double *x, double *y);
