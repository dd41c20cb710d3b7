/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/batch.h"

#include "core/check.h"

gboolean
lk_checks_allow_batch (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    if (lk_check_get_outcome (checks->pdata[i]) != LK_OUTCOME_PASS)
      return FALSE;
  return checks->len > 0;
}
