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

/* rules.md section 7.1, copied from there row by row; with what the product adds to it below the line. */
static const char *const rows[] = {
  "DRAFT > CHECK_FAILED CHECK_PASSED: system",
  "CHECK_FAILED > DRAFT: student",
  "CHECK_PASSED > PENDING: student",
  "CHECK_PASSED > DRAFT: student",
  "PENDING > IN_REVIEW: reviewer lead",
  "IN_REVIEW > PENDING: system reviewer lead",
  "IN_REVIEW > APPROVED: reviewer lead",
  "IN_REVIEW > RETURNED RESHOOT: reviewer lead",
  "IN_REVIEW > HELD: reviewer lead",
  "IN_REVIEW > SECOND_REVIEW: system",
  "SECOND_REVIEW > APPROVED RETURNED RESHOOT HELD: lead",
  "HELD > PENDING APPROVED RESHOOT: lead",
  "APPROVED RETURNED RESHOOT > IN_REVIEW: reviewer lead",
  "RETURNED RESHOOT > SUPERSEDED: system",
  "RETURNED RESHOOT > PENDING APPROVED: lead",
  "APPROVED > PENDING: lead",
  "APPROVED > EXPORTED: registrar",
  "EXPORTED > CHSI_REFUSED CONFIRMED CORRECTION: registrar desk",
  "CHSI_REFUSED CORRECTION > DRAFT EXPORTED: registrar",
  "DRAFT CHECK_FAILED CHECK_PASSED PENDING IN_REVIEW SECOND_REVIEW RETURNED RESHOOT HELD > EXPIRED: system",
  /* undo of a hold, and around the second review */
  "HELD SECOND_REVIEW > IN_REVIEW: reviewer lead",
  "APPROVED RETURNED RESHOOT HELD > SECOND_REVIEW: lead",
};

static gboolean
has_word (const char *words, const char *word)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) list, word);
}

static gboolean
rules_allow (LkState from, LkState to, LkRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (rows[i], " > ", 2);
      g_auto (GStrv) target = g_strsplit (parts[1], ": ", 2);

      if (has_word (parts[0], lk_state_to_word (from)) && has_word (target[0], lk_state_to_word (to)) &&
          has_word (target[1], lk_role_to_word (role)))
        return TRUE;
    }
  return FALSE;
}

static void
test_every_pair (void)
{
  guint n = 0;

  for (int from = 0; from < LK_N_STATES; from++)
    for (int to = 0; to < LK_N_STATES; to++)
      for (guint role = LK_ROLE_SYSTEM; role <= LK_ROLE_AUDITOR; role <<= 1)
        {
          gboolean allowed = rules_allow ((LkState) from, (LkState) to, (LkRole) role);

          if (lk_state_may_move ((LkState) from, (LkState) to, (LkRole) role) != allowed)
            g_error ("%s > %s by a %s", lk_state_to_word ((LkState) from), lk_state_to_word ((LkState) to),
                     lk_role_to_word ((LkRole) role));
          n += allowed;
        }
  g_assert_cmpuint (n, ==, 67);
}

static void
test_needs (void)
{
  g_assert_cmpuint (lk_state_needs (LK_STATE_DRAFT, LK_STATE_CHECK_FAILED), ==, LK_NEEDS_WINDOW | LK_NEEDS_TRY);
  g_assert_cmpuint (lk_state_needs (LK_STATE_CHECK_PASSED, LK_STATE_PENDING), ==, LK_NEEDS_WINDOW);
  /* going back costs nothing, but without a try a passed photo would be lost */
  g_assert_cmpuint (lk_state_needs (LK_STATE_CHECK_PASSED, LK_STATE_DRAFT), ==, LK_NEEDS_TRY);
  /* whatever takes a result from a student who may have read it */
  for (int to = 0; to < LK_N_STATES; to++)
    for (int from = LK_STATE_APPROVED; from <= LK_STATE_HELD; from++)
      if (lk_state_may_move ((LkState) from, (LkState) to, LK_ROLE_REVIEWER))
        g_assert_cmpuint (lk_state_needs ((LkState) from, (LkState) to), ==, LK_NEEDS_UNSEEN);
  g_assert_cmpuint (lk_state_needs (LK_STATE_RETURNED, LK_STATE_APPROVED), ==, LK_NEEDS_REASON);
  g_assert_cmpuint (lk_state_needs (LK_STATE_APPROVED, LK_STATE_PENDING), ==, LK_NEEDS_REASON);
  g_assert_cmpuint (lk_state_needs (LK_STATE_EXPIRED, LK_STATE_PENDING), ==, 0);
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
  g_test_add_func ("/core/state/every-pair", test_every_pair);
  g_test_add_func ("/core/state/needs", test_needs);
  g_test_add_func ("/core/state/verdicts", test_verdicts);
  return g_test_run ();
}
