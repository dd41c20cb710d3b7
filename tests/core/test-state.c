/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/state.h"

static void
test_words (void)
{
  LkState state;
  LkRole role;

  for (int i = 0; i < LK_N_STATES; i++)
    {
      g_assert_true (lk_state_from_word (lk_state_to_word ((LkState) i), &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_false (lk_state_from_word ("pending", &state));
  g_assert_true (lk_role_from_word ("lead", &role));
  g_assert_cmpint (role, ==, LK_ROLE_LEAD);
  g_assert_cmpstr (lk_role_to_word (LK_ROLE_AUDITOR), ==, "auditor");
  g_assert_false (lk_role_from_word ("admin", &role));
}

static void
test_allowed (void)
{
  g_assert_true (lk_state_may_move (LK_STATE_PENDING, LK_STATE_IN_REVIEW, LK_ROLE_REVIEWER));
  g_assert_true (lk_state_may_move (LK_STATE_IN_REVIEW, LK_STATE_APPROVED, LK_ROLE_REVIEWER));
  g_assert_true (lk_state_may_move (LK_STATE_IN_REVIEW, LK_STATE_RETURNED, LK_ROLE_LEAD));
  g_assert_true (lk_state_may_move (LK_STATE_IN_REVIEW, LK_STATE_PENDING, LK_ROLE_SYSTEM));
  g_assert_true (lk_state_may_move (LK_STATE_APPROVED, LK_STATE_IN_REVIEW, LK_ROLE_REVIEWER));
  g_assert_true (lk_state_may_move (LK_STATE_RETURNED, LK_STATE_EXPIRED, LK_ROLE_SYSTEM));
  /* undo before, and of, the second look */
  g_assert_true (lk_state_may_move (LK_STATE_SECOND_REVIEW, LK_STATE_IN_REVIEW, LK_ROLE_REVIEWER));
  g_assert_true (lk_state_may_move (LK_STATE_APPROVED, LK_STATE_SECOND_REVIEW, LK_ROLE_LEAD));
}

static void
test_refused (void)
{
  /* nobody decides without a lease */
  g_assert_false (lk_state_may_move (LK_STATE_PENDING, LK_STATE_APPROVED, LK_ROLE_REVIEWER));
  /* the second review is not the first reviewer's */
  g_assert_false (lk_state_may_move (LK_STATE_SECOND_REVIEW, LK_STATE_APPROVED, LK_ROLE_REVIEWER));
  g_assert_false (lk_state_may_move (LK_STATE_APPROVED, LK_STATE_SECOND_REVIEW, LK_ROLE_REVIEWER));
  g_assert_false (lk_state_may_move (LK_STATE_IN_REVIEW, LK_STATE_APPROVED, LK_ROLE_AUDITOR));
  g_assert_false (lk_state_may_move (LK_STATE_IN_REVIEW, LK_STATE_APPROVED, LK_ROLE_STUDENT));
  /* a sealed package stays sealed */
  g_assert_false (lk_state_may_move (LK_STATE_EXPORTED, LK_STATE_IN_REVIEW, LK_ROLE_LEAD));
  g_assert_false (lk_state_may_move (LK_STATE_APPROVED, LK_STATE_EXPIRED, LK_ROLE_SYSTEM));
  g_assert_false (lk_state_may_move (LK_STATE_PENDING, LK_STATE_EXPIRED, LK_ROLE_LEAD));
  for (int i = 0; i < LK_N_STATES; i++)
    g_assert_false (lk_state_may_move (LK_STATE_SUPERSEDED, (LkState) i, LK_ROLE_LEAD));
}

/* Every verdict leads to a state a reviewer may reach from IN_REVIEW, and may be taken back from. */
static void
test_verdicts (void)
{
  for (int v = LK_VERDICT_APPROVE; v <= LK_VERDICT_HOLD; v++)
    {
      LkState to = lk_state_for_verdict ((LkVerdict) v);

      g_assert_true (lk_state_may_move (LK_STATE_IN_REVIEW, to, LK_ROLE_REVIEWER));
      g_assert_true (lk_state_may_move (to, LK_STATE_IN_REVIEW, LK_ROLE_REVIEWER));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/state/words", test_words);
  g_test_add_func ("/core/state/allowed", test_allowed);
  g_test_add_func ("/core/state/refused", test_refused);
  g_test_add_func ("/core/state/verdicts", test_verdicts);
  return g_test_run ();
}
