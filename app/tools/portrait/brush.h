/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

/* Drawing helpers: colours, smooth curves, and layers that are blurred before
 * they reach the picture (an airbrush). */

typedef struct
{
  double r, g, b;
} LkColour;

typedef struct
{
  double x, y;
} LkPoint;

LkColour lk_colour_mix (LkColour a, LkColour b, double t);
LkColour lk_colour_scale (LkColour a, double k);
void     lk_set_colour (cairo_t *cr, LkColour colour, double alpha);

/* Appends a smooth curve through the points; starts a new sub-path when there
 * is no current point, else goes on from it. */
void lk_curve_through (cairo_t *cr, const LkPoint *points, int n);

/* The same, closed. */
void lk_closed_curve_through (cairo_t *cr, const LkPoint *points, int n);

/* The point at t in 0 … 1 of the smooth curve through the points. */
LkPoint lk_curve_at (const LkPoint *points, int n, double t);

/* Gaussian blur of an ARGB32 image surface, sigma in surface px. */
void lk_blur_surface (cairo_surface_t *surface, double sigma);

/* What is drawn on the returned context (same user space as cr) is blurred by
 * sigma user units and painted when lk_soft_end() is called. The layer covers
 * the box x0,y0 … x1,y1 of user space. */
cairo_t *lk_soft_begin (cairo_t *cr, double x0, double y0, double x1, double y1);
void     lk_soft_end (cairo_t *cr, cairo_t *layer, double sigma, double alpha);
