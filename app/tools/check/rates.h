/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The arithmetic of calibration. Values are GArray of double, sorted upwards. */

typedef struct
{
  guint n;
  double min, p5, median, p95, max;     /* NAN when n is 0 */
} LkDistribution;

/* A share of cases and where it lies with 95 % confidence (Wilson 1927); all NAN of no cases. */
typedef struct
{
  guint64 n, of;
  double share, low, high;      /* 0 to 1 */
} LkShare;

typedef enum
{
  LK_BASIS_NONE,                /* nothing can be proposed */
  LK_BASIS_FALSE_ALARMS,        /* as tight as the allowed false alarms let it */
  LK_BASIS_YOUDEN,              /* where found + quiet is most */
} LkBasis;

/* A limit for one side: a value beyond it is an alarm. */
typedef struct
{
  LkBasis basis;
  double limit;
} LkProposal;

int lk_compare_doubles (gconstpointer a, gconstpointer b);

/* The value below which a share of the sorted values lies, between two of them in proportion; NAN of none. */
double lk_quantile (const GArray *sorted, double share);

LkDistribution lk_distribution (const GArray *sorted);
LkShare        lk_share        (guint64 n, guint64 of);

/* How many lie above the limit, or below it. The limit itself is inside. */
guint lk_count_beyond (const GArray *sorted, double limit, gboolean above);

/**
 * lk_propose:
 * @good, @faulty: values of good photos and of those with this fault
 * @above: whether too much is the fault, else too little
 * @most: allowed share of false alarms
 *
 * The limit with the largest Youden index (found + quiet - 1), in the middle of the gap it may lie in, when it keeps to the
 * allowed false alarms; else, and without faulty photos, the tightest limit that does. The latter needs so many good photos
 * that at least one may be alarmed about: fewer say nothing about so small a share.
 */
LkProposal lk_propose (const GArray *good, const GArray *faulty, gboolean above, double most);

G_END_DECLS
