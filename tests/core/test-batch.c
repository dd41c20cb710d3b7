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

/* A college that collects without codes may approve together; whose picture it is must never be open. */
static void
test_identity (void)
{
  g_autoptr (GPtrArray) good = checks_of ("I1_code_match", LK_CHECK_HARD, LK_OUTCOME_NOT_RUN);
  g_autoptr (GPtrArray) code = checks_of ("I1_code_match", LK_CHECK_HARD, LK_OUTCOME_FAIL);
  g_autoptr (GPtrArray) copy = checks_of ("D2_other_student", LK_CHECK_SOFT, LK_OUTCOME_WARN);
  g_autoptr (GPtrArray) again = checks_of ("D1_resubmitted", LK_CHECK_SOFT, LK_OUTCOME_WARN);
  LkCheckDescription no_code = { .id = "I1_code_match", .version = 1, .kind = LK_CHECK_HARD, .outcome = LK_OUTCOME_NOT_RUN,
                                 .value = NAN, .low = NAN, .high = NAN, .hard_low = NAN, .hard_high = NAN, .why = "no-code" };

  g_assert_false (lk_checks_allow_batch (good));
  g_ptr_array_remove_index (good, 1);
  g_ptr_array_add (good, lk_check_new (&no_code));
  g_assert_true (lk_checks_allow_batch (good));
  g_assert_false (lk_checks_flag_identity (good));
  g_assert_true (lk_checks_flag_identity (code));
  g_assert_true (lk_checks_flag_identity (copy));
  g_assert_false (lk_checks_flag_identity (again));
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
  g_test_add_func ("/core/batch/identity", test_identity);
  return g_test_run ();
}
