/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/measure.h"

/* I2: advice beside the ID photo, never more than a warning (rules.md section 2.5). The band belongs to the
 * embeddings and comes with them, from data/models.json. */
void
lk_measure_similarity (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  if (findings->reference != LK_REFERENCE_COMPARED)
    {
      measurement->why = findings->reference == LK_REFERENCE_NONE ? "no-reference" : "bad-reference";
      return;
    }
  measurement->value = findings->similarity;
  measurement->low = findings->same_person;
  measurement->hard_low = findings->another_person;
  measurement->is_judged = TRUE;
  measurement->outcome = findings->similarity >= findings->same_person ? LK_OUTCOME_PASS : LK_OUTCOME_WARN;
}
