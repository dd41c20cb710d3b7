/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum { LK_HISTOGRAM_BINS = 1600 };

/* Counts of values that are too many to keep; equal bins over low to high, what lies outside counts in the end bins. */
typedef struct
{
  double low, high;
  guint64 n;
  double max;                   /* exact; -INFINITY when n is 0 */
  guint64 bins[LK_HISTOGRAM_BINS];
} LkHistogram;

void lk_histogram_init  (LkHistogram *self, double low, double high);
void lk_histogram_add   (LkHistogram *self, double value);
void lk_histogram_merge (LkHistogram *self, const LkHistogram *other);

/* The upper end of the bin that the share reaches, at most the largest value; NAN when n is 0. */
double lk_histogram_quantile (const LkHistogram *self, double share);

/* The value where bin i begins. */
double lk_histogram_edge (const LkHistogram *self, guint i);

G_END_DECLS
