/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/score.h"

#include <math.h>

#include "core/spec-private.h"

enum { BEST = 100, LEAST_INSIDE = 50, MOST_OUTSIDE = 49, UNKNOWN_OUTSIDE = 25 };

void
lk_score_scale_init (LkScoreScale *self)
{
  *self = (LkScoreScale) { NAN, NAN, NAN, NAN };
}

/* The member's place in the scale, or NULL for a name it does not have. */
static double *
find_member (LkScoreScale *self, const char *name)
{
  const struct
  {
    const char *name;
    double *value;
  } members[] = {
    { "worst_low", &self->worst_low },
    { "best_low", &self->best_low },
    { "best_high", &self->best_high },
    { "worst_high", &self->worst_high },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_strcmp0 (members[i].name, name) == 0)
      return members[i].value;
  return NULL;
}

static gboolean
read_members (LkScoreScale *self, const char *id, const cJSON *json, GError **error)
{
  const cJSON *item;

  if (!cJSON_IsObject (json))
    {
      lk_json_blame (json, NULL);
      return lk_spec_refuse (error, id, "\"score\" must be an object");
    }
  cJSON_ArrayForEach (item, json)
    {
      double *member = find_member (self, item->string);

      if (member == NULL)
        {
          lk_json_blame (item, NULL);
          return lk_spec_refuse (error, id, "\"score\" has no member \"%s\"", item->string);
        }
      if (!cJSON_IsNumber (item))
        {
          lk_json_blame (item, NULL);
          return lk_spec_refuse (error, id, "\"%s\" of \"score\" must be a number", item->string);
        }
      *member = item->valuedouble;
    }
  return TRUE;
}

gboolean
lk_score_scale_read (LkScoreScale *self, const cJSON *entry, double low, double high, GError **error)
{
  const cJSON *json = cJSON_GetObjectItemCaseSensitive (entry, "score");
  const char *id = entry->string;

  lk_score_scale_init (self);
  if (json == NULL)
    return TRUE;
  if (!read_members (self, id, json, error))
    return FALSE;
  if (!isnan (low) && (isnan (self->worst_low) || isnan (self->best_low)))
    {
      lk_json_blame (json, NULL);
      return lk_spec_refuse (error, id, "\"score\" needs \"worst_low\" and \"best_low\", because there is a \"low\"");
    }
  if (!isnan (high) && (isnan (self->worst_high) || isnan (self->best_high)))
    {
      lk_json_blame (json, NULL);
      return lk_spec_refuse (error, id, "\"score\" needs \"best_high\" and \"worst_high\", because there is a \"high\"");
    }
  /* a comparison with NAN is false: what is not there is not compared */
  if (self->worst_low >= low || self->best_low < low)
    {
      lk_json_blame (entry, "low");
      return lk_spec_refuse (error, id, "\"low\" must lie above \"worst_low\" and not above \"best_low\" of \"score\"");
    }
  if (self->worst_high <= high || self->best_high > high)
    {
      lk_json_blame (entry, "high");
      return lk_spec_refuse (error, id, "\"high\" must lie below \"worst_high\" and not below \"best_high\" of \"score\"");
    }
  if (self->best_low > self->best_high)
    {
      lk_json_blame (json, "best_low");
      return lk_spec_refuse (error, id, "\"best_low\" of \"score\" is above its \"best_high\"");
    }
  return TRUE;
}

/* One side, in the direction in which values get better. The limit may not be the spec's, so that best and worst may lie on its
 * wrong side, and then there is nothing between them; or there may be none, and then nobody knows how bad it is outside. */
static double
rate_side (double value, double worst, double limit, double best)
{
  if (value >= limit)
    return best > value ? LEAST_INSIDE + (BEST - LEAST_INSIDE) * (value - limit) / (best - limit) : BEST;
  if (isnan (worst))
    return UNKNOWN_OUTSIDE;
  return worst < value ? MOST_OUTSIDE * (value - worst) / (limit - worst) : 0;
}

static gboolean
is_empty (const LkScoreScale *self)
{
  return isnan (self->worst_low) && isnan (self->best_low) && isnan (self->best_high) && isnan (self->worst_high);
}

double
lk_score_scale_rate (const LkScoreScale *self, LkOutcome outcome, double value, double low, double high)
{
  double score = BEST;

  if (outcome == LK_OUTCOME_NOT_RUN)
    return NAN;
  if (isnan (value))
    return outcome == LK_OUTCOME_PASS ? BEST : 0;
  if ((isnan (low) && isnan (high)) || is_empty (self))
    return NAN;
  if (!isnan (low))
    score = MIN (score, rate_side (value, self->worst_low, low, self->best_low));
  if (!isnan (high))
    score = MIN (score, rate_side (-value, -self->worst_high, -high, -self->best_high));
  score = round (score);
  /* some checks are judged by more than their value: a photo wide enough and not high enough */
  return outcome == LK_OUTCOME_PASS ? MAX (score, LEAST_INSIDE) : MIN (score, MOST_OUTSIDE);
}
