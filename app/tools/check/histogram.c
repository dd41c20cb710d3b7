/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/histogram.h"

#include <math.h>
#include <string.h>

void
lk_histogram_init (LkHistogram *self, double low, double high)
{
  memset (self, 0, sizeof *self);
  self->low = low;
  self->high = high;
  self->max = -INFINITY;
}

void
lk_histogram_add (LkHistogram *self, double value)
{
  double place = (value - self->low) / (self->high - self->low) * LK_HISTOGRAM_BINS;

  self->bins[(guint) CLAMP (place, 0, LK_HISTOGRAM_BINS - 1)]++;
  self->n++;
  self->max = MAX (self->max, value);
}

void
lk_histogram_merge (LkHistogram *self, const LkHistogram *other)
{
  for (guint i = 0; i < LK_HISTOGRAM_BINS; i++)
    self->bins[i] += other->bins[i];
  self->n += other->n;
  self->max = MAX (self->max, other->max);
}

double
lk_histogram_edge (const LkHistogram *self, guint i)
{
  return self->low + (self->high - self->low) * i / LK_HISTOGRAM_BINS;
}

double
lk_histogram_quantile (const LkHistogram *self, double share)
{
  guint64 sum = 0;

  for (guint i = 0; i < LK_HISTOGRAM_BINS && self->n > 0; i++)
    {
      sum += self->bins[i];
      if (sum > 0 && (double) sum >= share * (double) self->n)
        return MIN (lk_histogram_edge (self, i + 1), self->max);
    }
  return NAN;
}
