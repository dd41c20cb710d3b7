/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/check/rates.h"

#include <math.h>

#define VALUE(array, i) g_array_index (array, double, i)

/* The normal distribution's 97.5 % point: 95 % lie between it and its negative. */
static const double Z95 = 1.959963984540054;

int
lk_compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
lk_quantile (const GArray *sorted, double share)
{
  double place = share * (sorted->len - 1.0);
  guint below = (guint) MAX (0, floor (place));

  if (sorted->len == 0)
    return NAN;
  if (below + 1 >= sorted->len)
    return VALUE (sorted, sorted->len - 1);
  return VALUE (sorted, below) + (place - below) * (VALUE (sorted, below + 1) - VALUE (sorted, below));
}

LkDistribution
lk_distribution (const GArray *sorted)
{
  return (LkDistribution) {
    .n = sorted->len,
    .min = lk_quantile (sorted, 0),
    .p5 = lk_quantile (sorted, 0.05),
    .median = lk_quantile (sorted, 0.5),
    .p95 = lk_quantile (sorted, 0.95),
    .max = lk_quantile (sorted, 1),
  };
}

LkShare
lk_share (guint64 n, guint64 of)
{
  double cases = (double) of, p = (double) n / cases, z2 = Z95 * Z95;
  double middle = (p + z2 / (2 * cases)) / (1 + z2 / cases);
  double half = Z95 / (1 + z2 / cases) * sqrt (p * (1 - p) / cases + z2 / (4 * cases * cases));

  if (of == 0)
    return (LkShare) { 0, 0, NAN, NAN, NAN };
  /* at the ends the formula is exact; rounding is not */
  return (LkShare) { n, of, p, n == 0 ? 0 : middle - half, n == of ? 1 : middle + half };
}

guint
lk_count_beyond (const GArray *sorted, double limit, gboolean above)
{
  guint n = 0;

  for (guint i = 0; i < sorted->len; i++)
    n += above ? VALUE (sorted, i) > limit : VALUE (sorted, i) < limit;
  return n;
}

/* The values seen from the side where more is worse. */
static GArray *
faced_up (const GArray *sorted, gboolean above)
{
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (double), sorted->len);

  for (guint i = 0; i < sorted->len; i++)
    {
      double value = above ? VALUE (sorted, i) : -VALUE (sorted, sorted->len - 1 - i);

      g_array_append_val (values, value);
    }
  return values;
}

/* The largest of the good values but those that may be alarmed about; NAN when that is none. */
static double
tightest_quiet (const GArray *good, double most)
{
  guint allowed = (guint) floor (most * good->len + 1e-9);

  return allowed > 0 ? VALUE (good, good->len - 1 - allowed) : NAN;
}

/* The best place between two neighbouring values of either kind; of equally good ones the widest gap. */
static double
best_youden (const GArray *good, const GArray *faulty)
{
  double best = -1, gap = 0, limit = NAN;
  guint g = 0, f = 0;

  while (g < good->len || f < faulty->len)
    {
      double at = g >= good->len ? VALUE (faulty, f) : f >= faulty->len ? VALUE (good, g) : MIN (VALUE (good, g), VALUE (faulty, f));
      double next, youden;

      while (g < good->len && VALUE (good, g) <= at)
        g++;
      while (f < faulty->len && VALUE (faulty, f) <= at)
        f++;
      if (g >= good->len && f >= faulty->len)
        break;
      next = g >= good->len ? VALUE (faulty, f) : f >= faulty->len ? VALUE (good, g) : MIN (VALUE (good, g), VALUE (faulty, f));
      youden = (double) (faulty->len - f) / faulty->len - (double) (good->len - g) / good->len;
      if (youden > best + 1e-12 || (youden > best - 1e-12 && next - at > gap))
        {
          best = youden;
          gap = next - at;
          limit = (at + next) / 2;
        }
    }
  return limit;
}

static LkProposal
propose_upwards (const GArray *good, const GArray *faulty, double most)
{
  double limit = good->len > 0 && faulty->len > 0 ? best_youden (good, faulty) : NAN;

  if (!isnan (limit) && lk_count_beyond (good, limit, TRUE) <= most * good->len)
    return (LkProposal) { LK_BASIS_YOUDEN, limit };
  limit = tightest_quiet (good, most);
  return (LkProposal) { isnan (limit) ? LK_BASIS_NONE : LK_BASIS_FALSE_ALARMS, limit };
}

LkProposal
lk_propose (const GArray *good, const GArray *faulty, gboolean above, double most)
{
  g_autoptr (GArray) up_good = faced_up (good, above);
  g_autoptr (GArray) up_faulty = faced_up (faulty, above);
  LkProposal proposal = propose_upwards (up_good, up_faulty, most);

  if (!above)
    proposal.limit = -proposal.limit;
  return proposal;
}
