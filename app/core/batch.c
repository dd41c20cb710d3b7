/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/batch.h"

#include "core/check.h"

gboolean
lk_checks_allow_batch (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    if (lk_check_get_outcome (checks->pdata[i]) != LK_OUTCOME_PASS && lk_check_counts (checks->pdata[i]))
      return FALSE;
  return checks->len > 0;
}

gboolean
lk_checks_flag_identity (GPtrArray *checks)
{
  static const char *const ids[] = { "I1_code_match", "D2_other_student" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      LkCheck *check = lk_checks_find (checks, ids[i]);
      LkOutcome outcome = check != NULL ? lk_check_get_outcome (check) : LK_OUTCOME_PASS;

      if (outcome == LK_OUTCOME_FAIL || outcome == LK_OUTCOME_WARN)
        return TRUE;
    }
  return FALSE;
}
