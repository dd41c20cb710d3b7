/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/batch.h"

#include <math.h>

#include "core/check.h"

static GPtrArray *
checks_of (const char *id, LkCheckKind kind, LkOutcome outcome)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (g_object_unref);
  const LkCheckDescription good = { .id = "F1_format", .version = 1, .kind = LK_CHECK_HARD, .outcome = LK_OUTCOME_PASS, .value = NAN,
                                    .low = NAN, .high = NAN, .hard_low = NAN, .hard_high = NAN };
  LkCheckDescription other = good;

  g_ptr_array_add (checks, lk_check_new (&good));
  other.id = id;
  other.kind = kind;
  other.outcome = outcome;
  g_ptr_array_add (checks, lk_check_new (&other));
  return checks;
}

/* Every single check, each with every outcome: only "pass" lets a photo onto the sheet. */
static void
test_each_check (void)
{
  gsize n_infos;
  const LkCheckInfo *infos = lk_check_info_list (&n_infos);

  for (gsize i = 0; i < n_infos; i++)
    for (int outcome = LK_OUTCOME_PASS; outcome <= LK_OUTCOME_NOT_RUN; outcome++)
      for (int kind = LK_CHECK_SOFT; kind <= LK_CHECK_HARD; kind++)
        {
          g_autoptr (GPtrArray) checks = checks_of (infos[i].id, (LkCheckKind) kind, (LkOutcome) outcome);

          g_assert_cmpint (lk_checks_allow_batch (checks), ==, outcome == LK_OUTCOME_PASS);
        }
}

static void
test_nothing_known (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_assert_false (lk_checks_allow_batch (none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/batch/each-check", test_each_check);
  g_test_add_func ("/core/batch/nothing-known", test_nothing_known);
  return g_test_run ();
}
