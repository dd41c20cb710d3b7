/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/plot.h"

#include <math.h>

#include "tools/check/html.h"

/* px of the picture */
enum { WIDTH = 720, UP = 90, DOWN = 50, AXIS = 26, TOP = 16, N_TICKS = 9 };

LkPlot *
lk_plot_new (void)
{
  LkPlot *self = g_new0 (LkPlot, 1);

  self->low = INFINITY;
  self->high = -INFINITY;
  return self;
}

void
lk_plot_reach (LkPlot *self, double value)
{
  if (isnan (value))
    return;
  self->low = MIN (self->low, value);
  self->high = MAX (self->high, value);
}

void
lk_plot_reach_mark (LkPlot *self, const LkPlotMark *mark)
{
  double room = self->high - self->low;

  if (room <= 0 || (mark->at >= self->low - room && mark->at <= self->high + room))
    lk_plot_reach (self, mark->at);
}

void
lk_plot_settle (LkPlot *self)
{
  double room = 0.03 * (self->high - self->low);

  if (!(self->low <= self->high))
    self->low = self->high = 0;
  if (self->low == self->high)
    room = 0.5;
  self->low -= room;
  self->high += room;
}

void
lk_plot_count (LkPlot *self, double value, double n, gboolean down)
{
  double place = (value - self->low) / (self->high - self->low) * LK_PLOT_BINS;
  guint bin = (guint) CLAMP (place, 0, LK_PLOT_BINS - 1);

  (down ? self->down : self->up)[bin] += n;
  self->has_down |= down;
}

static double
x_of (const LkPlot *self, double value)
{
  return (value - self->low) / (self->high - self->low) * WIDTH;
}

/* Square roots, so that a handful beside thousands can still be seen. */
static void
append_bars (const LkPlot *self, GString *html, gboolean down)
{
  const double *counts = down ? self->down : self->up;
  double most = 0, width = (double) WIDTH / LK_PLOT_BINS;

  for (guint i = 0; i < LK_PLOT_BINS; i++)
    most = MAX (most, counts[i]);
  for (guint i = 0; i < LK_PLOT_BINS; i++)
    if (counts[i] > 0)
      {
        double height = sqrt (counts[i] / most) * (down ? DOWN : UP);

        g_string_append_printf (html, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                                down ? "faulty" : "good", i * width, down ? TOP + UP : TOP + UP - height, width - 1, height);
      }
}

/* The step between numbers on the axis: 1, 2 or 5 with zeros, so that there are about N_TICKS. */
static double
tick_step (const LkPlot *self)
{
  double rough = (self->high - self->low) / N_TICKS, unit = pow (10, floor (log10 (rough)));

  return rough / unit <= 1 ? unit : rough / unit <= 2 ? 2 * unit : rough / unit <= 5 ? 5 * unit : 10 * unit;
}

static void
append_axis (const LkPlot *self, GString *html, int bottom)
{
  double step = tick_step (self);
  int digits = MAX (0, (int) -floor (log10 (step) + 1e-9));

  g_string_append_printf (html, "<line class=\"axis\" x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", TOP + UP, WIDTH, TOP + UP);
  /* + 0.0 takes the sign from a zero */
  for (double i = ceil (self->low / step) + 0.0; i * step <= self->high; i++)
    g_string_append_printf (html, "<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>"
                            "<text x=\"%.1f\" y=\"%d\">%.*f</text>",
                            x_of (self, i * step), bottom, x_of (self, i * step), bottom + 5,
                            x_of (self, i * step), bottom + 18, digits, i * step);
}

void
lk_plot_append (const LkPlot *self, GString *html, const char *title, const LkPlotMark *marks, guint n_marks)
{
  int bottom = TOP + UP + (self->has_down ? DOWN : 0);

  g_string_append_printf (html, "<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, bottom + AXIS);
  lk_html_element (html, "title", title);
  append_bars (self, html, FALSE);
  append_bars (self, html, TRUE);
  append_axis (self, html, bottom);
  for (guint i = 0; i < n_marks; i++)
    if (marks[i].at >= self->low && marks[i].at <= self->high)
      g_string_append_printf (html, "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
                              marks[i].now ? "now" : "proposed", x_of (self, marks[i].at), TOP / 2, x_of (self, marks[i].at), bottom);
  g_string_append (html, "</svg>\n");
}
