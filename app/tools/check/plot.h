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
  int digits;                   /* of the numbers on the axis */
} LkPlot;

/* A line across: now = the present limit, else a proposed one. */
typedef struct
{
  double at;                    /* NAN: left out */
  gboolean now;
} LkPlotMark;

/* Makes the axis long enough for a value. */
void lk_plot_reach (LkPlot *self, double value);

/* Puts a bit of room around the values; call after the last lk_plot_reach() and before counting. */
void lk_plot_settle (LkPlot *self);

void lk_plot_count (LkPlot *self, double value, double n, gboolean down);

/* Appends the picture. The title is read out by screen readers. */
void lk_plot_append (const LkPlot *self, GString *html, const char *title, const LkPlotMark *marks, guint n_marks);

G_END_DECLS
