/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum { LK_PLOT_BINS = 60 };

/* Two counts over one axis, as SVG that stands inside an HTML page: one upwards, the other downwards. */
typedef struct
{
  double low, high;             /* ends of the axis */
  double up[LK_PLOT_BINS], down[LK_PLOT_BINS];
  gboolean has_down;
} LkPlot;

/* A line across: now = the present limit, else a proposed one. */
typedef struct
{
  double at;                    /* NAN or beyond the axis: left out */
  gboolean now;
} LkPlotMark;

/* An empty one with an axis of no length. */
LkPlot *lk_plot_new (void);

/* Makes the axis long enough for a value. */
void lk_plot_reach (LkPlot *self, double value);

/* The same for a mark, but not for one so far off that the values would be pressed into a corner. */
void lk_plot_reach_mark (LkPlot *self, const LkPlotMark *mark);

/* Puts a bit of room around the values; call after the last lk_plot_reach() and before counting. */
void lk_plot_settle (LkPlot *self);

void lk_plot_count (LkPlot *self, double value, double n, gboolean down);

/* Appends the picture. The title is read out by screen readers. */
void lk_plot_append (const LkPlot *self, GString *html, const char *title, const LkPlotMark *marks, guint n_marks);

G_END_DECLS
