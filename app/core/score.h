/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/check.h"
#include "core/json.h"

G_BEGIN_DECLS

/**
 * LkScoreScale:
 *
 * How a check's value becomes a quality score, a whole number from 0 to 100 as in ISO/IEC 29794-1. Four places on the
 * value's scale, in its unit; NAN where there is no limit on that side.
 *
 * The limits are the middle of the scale: 100 from best_low to best_high, falling in a straight line to 50 at the limits,
 * 49 just outside them, and falling to 0 at worst_low and worst_high. So score and outcome never contradict each other,
 * whatever limits a college sets.
 */
typedef struct
{
  double worst_low, best_low;
  double best_high, worst_high;
} LkScoreScale;

/* A scale with nothing in it: no value gets a score. */
void lk_score_scale_init (LkScoreScale *self);

/* Reads the "score" member of a check's entry (photo-spec.schema.json), if there is one; low and high are the entry's limits.
 * LK_ERROR_BAD_SPEC, naming the id and the reason. */
gboolean lk_score_scale_read (LkScoreScale *self, const cJSON *entry, double low, double high, GError **error);

/* The score of a value against the limits it was judged by, 0 to 100; NAN when the check was not run, or is judged by no limits
 * or no scale. A check that has no value but an outcome (the file format) has 100 or 0. */
double lk_score_scale_rate (const LkScoreScale *self, LkOutcome outcome, double value, double low, double high);

G_END_DECLS
