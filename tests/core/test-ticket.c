/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ticket.h"

static void
test_words (void)
{
  LkTicketType type;
  LkTicketState state;
  LkTicketStep step;

  for (int i = 0; i < LK_N_TICKET_TYPES; i++)
    {
      g_assert_true (lk_ticket_type_from_word (lk_ticket_type_to_word ((LkTicketType) i), &type));
      g_assert_cmpint (type, ==, i);
    }
  for (int i = 0; i < LK_N_TICKET_STATES; i++)
    {
      g_assert_true (lk_ticket_state_from_word (lk_ticket_state_to_word ((LkTicketState) i), &state));
      g_assert_cmpint (state, ==, i);
    }
  for (int i = 0; i < LK_N_TICKET_STEPS; i++)
    {
      g_assert_true (lk_ticket_step_from_word (lk_ticket_step_to_word ((LkTicketStep) i), &step));
      g_assert_cmpint (step, ==, i);
    }
  g_assert_false (lk_ticket_type_from_word ("appeal", &type));
  g_assert_false (lk_ticket_state_from_word (NULL, &state));
  g_assert_false (lk_ticket_step_from_word ("", &step));
}

/* NEW -> OPEN -> WAITING_STUDENT <-> OPEN -> RESOLVED -> CLOSED, RESOLVED -> OPEN, and nothing else. */
static void
test_moves (void)
{
  static const struct
  {
    LkTicketState from;
    LkTicketStep step;
    LkTicketState to;
  } cases[] = {
    { LK_TICKET_NEW, LK_TICKET_STEP_ANSWER, LK_TICKET_OPEN },
    { LK_TICKET_NEW, LK_TICKET_STEP_WAIT, LK_TICKET_WAITING_STUDENT },
    { LK_TICKET_NEW, LK_TICKET_STEP_REPLY, LK_TICKET_NEW },
    { LK_TICKET_NEW, LK_TICKET_STEP_RESOLVE, LK_TICKET_RESOLVED },
    { LK_TICKET_NEW, LK_TICKET_STEP_DECIDE, LK_TICKET_RESOLVED },
    { LK_TICKET_OPEN, LK_TICKET_STEP_ANSWER, LK_TICKET_OPEN },
    { LK_TICKET_OPEN, LK_TICKET_STEP_WAIT, LK_TICKET_WAITING_STUDENT },
    { LK_TICKET_OPEN, LK_TICKET_STEP_REPLY, LK_TICKET_OPEN },
    { LK_TICKET_OPEN, LK_TICKET_STEP_RESOLVE, LK_TICKET_RESOLVED },
    { LK_TICKET_OPEN, LK_TICKET_STEP_DECIDE, LK_TICKET_RESOLVED },
    { LK_TICKET_WAITING_STUDENT, LK_TICKET_STEP_ANSWER, LK_TICKET_OPEN },
    { LK_TICKET_WAITING_STUDENT, LK_TICKET_STEP_REPLY, LK_TICKET_OPEN },
    { LK_TICKET_WAITING_STUDENT, LK_TICKET_STEP_RESOLVE, LK_TICKET_RESOLVED },
    { LK_TICKET_WAITING_STUDENT, LK_TICKET_STEP_DECIDE, LK_TICKET_RESOLVED },
    { LK_TICKET_RESOLVED, LK_TICKET_STEP_CLOSE, LK_TICKET_CLOSED },
    { LK_TICKET_RESOLVED, LK_TICKET_STEP_REOPEN, LK_TICKET_OPEN },
  };

  for (int from = 0; from < LK_N_TICKET_STATES; from++)
    for (int step = 0; step < LK_N_TICKET_STEPS; step++)
      {
        int wanted = -1;
        LkTicketState to;

        for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
          if ((int) cases[i].from == from && (int) cases[i].step == step)
            wanted = (int) cases[i].to;
        if (lk_ticket_after_step ((LkTicketState) from, (LkTicketStep) step, &to))
          g_assert_cmpint (to, ==, wanted);
        else
          g_assert_cmpint (wanted, ==, -1);
      }
}

static void
test_roles (void)
{
  /* an appeal is decided by a lead and by nobody else, and ends in no other way */
  g_assert_cmpuint (lk_ticket_roles_stepping (LK_TICKET_APPEAL, LK_TICKET_STEP_DECIDE), ==, LK_ROLE_LEAD);
  g_assert_cmpuint (lk_ticket_roles_stepping (LK_TICKET_APPEAL, LK_TICKET_STEP_RESOLVE), ==, 0);
  g_assert_cmpuint (lk_ticket_roles_stepping (LK_TICKET_OTHER, LK_TICKET_STEP_DECIDE), ==, 0);
  /* a correction comes through the class adviser */
  g_assert_cmpuint (lk_ticket_roles_starting (LK_TICKET_CORRECTION) & LK_ROLE_STUDENT, ==, 0);
  g_assert_cmpuint (lk_ticket_roles_starting (LK_TICKET_CORRECTION) & LK_ROLE_ADVISER, !=, 0);
  for (int type = 0; type < LK_N_TICKET_TYPES; type++)
    {
      /* who reviews sees no tickets, and who audits touches none */
      g_assert_cmpuint (lk_ticket_roles_seeing ((LkTicketType) type) & LK_ROLE_REVIEWER, ==, 0);
      g_assert_cmpuint (lk_ticket_roles_starting ((LkTicketType) type) & (LK_ROLE_AUDITOR | LK_ROLE_REVIEWER), ==, 0);
      for (int step = 0; step < LK_N_TICKET_STEPS; step++)
        g_assert_cmpuint (lk_ticket_roles_stepping ((LkTicketType) type, (LkTicketStep) step) &
                            (LK_ROLE_AUDITOR | LK_ROLE_REVIEWER | LK_ROLE_ADVISER), ==, 0);
    }
}

/* rules.md section 7.1: an appeal upheld, a finding; and what is left as it is. */
static void
test_decisions (void)
{
  static const struct { LkState from, to; } cases[] = {
    { LK_STATE_RETURNED, LK_STATE_PENDING }, { LK_STATE_RETURNED, LK_STATE_APPROVED },
    { LK_STATE_RESHOOT, LK_STATE_PENDING }, { LK_STATE_RESHOOT, LK_STATE_APPROVED },
    { LK_STATE_HELD, LK_STATE_PENDING }, { LK_STATE_HELD, LK_STATE_APPROVED }, { LK_STATE_HELD, LK_STATE_RESHOOT },
  };

  for (int from = 0; from < LK_N_STATES; from++)
    for (int to = 0; to < LK_N_STATES; to++)
      {
        gboolean wanted = from == to && from != LK_STATE_HELD && from != LK_STATE_PENDING && from != LK_STATE_IN_REVIEW &&
                          from != LK_STATE_SECOND_REVIEW;

        for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
          wanted |= (int) cases[i].from == from && (int) cases[i].to == to;
        g_assert_cmpint (lk_ticket_may_decide ((LkState) from, (LkState) to), ==, wanted);
      }
}

static void
test_attachments (void)
{
  const char *const none[] = { NULL };
  const char *const two[] = { "crop", "feedback", NULL };
  const char *const three[] = { "crop", "original", "feedback", NULL };
  const char *const appeal[] = { "screenshot", "conclusion", NULL };

  g_assert_cmpstr (lk_ticket_lacks (LK_TICKET_CROP_HELP, none), ==, "feedback");
  g_assert_cmpstr (lk_ticket_lacks (LK_TICKET_CROP_HELP, two), ==, "original");
  g_assert_null (lk_ticket_lacks (LK_TICKET_CROP_HELP, three));
  g_assert_cmpstr (lk_ticket_lacks (LK_TICKET_APPEAL, three), ==, "conclusion");
  g_assert_null (lk_ticket_lacks (LK_TICKET_APPEAL, appeal));
  g_assert_null (lk_ticket_lacks (LK_TICKET_OTHER, none));
  g_assert_true (lk_ticket_attachment_is_known ("original"));
  g_assert_false (lk_ticket_attachment_is_known ("photo"));
  g_assert_false (lk_ticket_attachment_is_known (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/ticket/words", test_words);
  g_test_add_func ("/core/ticket/moves", test_moves);
  g_test_add_func ("/core/ticket/decisions", test_decisions);
  g_test_add_func ("/core/ticket/roles", test_roles);
  g_test_add_func ("/core/ticket/attachments", test_attachments);
  return g_test_run ();
}
