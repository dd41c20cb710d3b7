/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/measure.h"

#include <math.h>

/* As the reasons of rules.md section 4 are: one for each photo that is compared with. */
static const struct
{
  LkOtherKind kind;
  const char *reason;
} references[LK_N_COMPARED] = {
  [LK_COMPARED_ID_CARD] = { LK_OTHER_ID_CARD, "R702" },
  [LK_COMPARED_DIPLOMA] = { LK_OTHER_DIPLOMA, "R703" },
};

static LkLikeness
band (const LkFindings *findings, double similarity)
{
  if (similarity >= findings->same_person)
    return LK_LIKENESS_SAME_FACE;
  return similarity >= findings->another_person ? LK_LIKENESS_UNSURE : LK_LIKENESS_DIFFERENT;
}

static LkOther *
describe_reference (const LkFindings *findings, LkCompared which)
{
  const LkReference *reference = &findings->references[which];
  LkOther *other;

  if (reference->state == LK_REFERENCE_COMPARED)
    return lk_other_new (references[which].kind, band (findings, reference->similarity), reference->similarity);
  other = lk_other_new (references[which].kind, LK_LIKENESS_NOT_COMPARED, NAN);
  other->why = g_strdup (reference->state == LK_REFERENCE_NONE ? "no-reference" : "bad-reference");
  return other;
}

/* I2: advice beside the ID photo and the diploma photo, never more than a warning (rules.md section 2.5). The value is the less
 * like of the two, the reason says which it is, and each is told by itself. The bands belong to the embeddings and come with
 * them, from data/models.json. */
void
lk_measure_similarity (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  gboolean any_bad = FALSE;
  double least = INFINITY;

  for (int i = 0; i < LK_N_COMPARED; i++)
    {
      const LkReference *reference = &findings->references[i];

      any_bad |= reference->state == LK_REFERENCE_BAD;
      if (reference->state != LK_REFERENCE_COMPARED || reference->similarity >= least)
        continue;
      least = reference->similarity;
      measurement->reason = references[i].reason;
    }
  if (isinf (least))
    {
      measurement->why = any_bad ? "bad-reference" : "no-reference";
      return;
    }
  measurement->others = lk_others_new ();
  for (int i = 0; i < LK_N_COMPARED; i++)
    g_ptr_array_add (measurement->others, describe_reference (findings, i));
  measurement->value = least;
  measurement->low = findings->same_person;
  measurement->hard_low = findings->another_person;
  measurement->is_judged = TRUE;
  /* one that cannot be used is no pass, whatever the other one says */
  measurement->outcome = least >= findings->same_person && !any_bad ? LK_OUTCOME_PASS : LK_OUTCOME_WARN;
}
