/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include "core/error.h"

/* The stages of a decision: rules.md sections 7.1 and 8.3. */

static gint64
count_decisions (LkConn *conn, const LkActor *actor, GError **error)
{
  gint64 most = MAX (1, conn->db->options.second.first_decisions);
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_COUNT, error, "ii", actor->staff, most);

  return stmt != NULL && lk_conn_step (conn, stmt, error) == 1 ? sqlite3_column_int64 (stmt, 0) : -1;
}

/* Whether a lead has put the submission back into the queue; -1 on an error. */
static int
was_put_back (LkConn *conn, gint64 submission, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_OVERTURNED, error, "i", submission);

  return stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
}

gboolean
lk_second_after_first (LkConn *conn, const LkActor *actor, LkDecision *decision, gint64 submission, gboolean hard_failed,
                       LkStageResult *result, GError **error)
{
  const LkSecondReview *limits = &conn->db->options.second;
  gint64 n_before = limits->first_decisions > 0 ? count_decisions (conn, actor, error) : 0;
  int put_back = was_put_back (conn, submission, error);
  g_autofree char *text = g_strdup_printf ("second %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, submission, actor->staff);
  LkFirstDecision first = {
    .verdict = lk_decision_get_verdict (decision),
    .reasons = lk_decision_get_reasons (decision),
    .unsure = lk_decision_get_unsure (decision),
    .hard_failed = hard_failed,
    .put_back = put_back > 0,
    .is_lead = actor->role == LK_ROLE_LEAD,
    .n_before = (guint) MAX (0, n_before),
  };
  LkSecondCause cause;

  if (n_before < 0 || put_back < 0)
    return FALSE;
  result->stage = 1;
  cause = lk_second_review_cause (limits, &first, lk_second_review_draw (limits, text), &result->weight);
  result->cause = lk_second_cause_to_word (cause);
  result->state = cause != LK_SECOND_NOT ? LK_STATE_SECOND_REVIEW : lk_state_for_verdict (first.verdict);
  result->mover = cause != LK_SECOND_NOT ? LK_ROLE_SYSTEM : actor->role;
  return TRUE;
}

gint64
lk_second_who (LkConn *conn, gint64 submission, int stage, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_AT_STAGE, error, "ii", submission, (gint64) stage);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  return step == 1 ? sqlite3_column_int64 (stmt, 0) : step;
}

/* Whether the decision says what the first one said; -1 on an error. */
static int
agrees_with_first (LkConn *conn, LkDecision *decision, gint64 submission, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_AT_STAGE, error, "ii", submission, (gint64) 1);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  g_auto (GStrv) reasons = NULL;
  LkVerdict verdict;

  if (step == 1 && lk_verdict_from_word (lk_column_text (stmt, 1), &verdict))
    {
      reasons = lk_json_parse_strv (lk_column_text (stmt, 2));
      return lk_decisions_agree (verdict, (const char *const *) reasons, lk_decision_get_verdict (decision),
                                 lk_decision_get_reasons (decision));
    }
  if (step >= 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_CORRUPT, "a second review without a first decision");
  return -1;
}

gboolean
lk_second_after_next (LkConn *conn, const LkActor *actor, LkDecision *decision, gint64 submission, int stage, LkStageResult *result,
                      GError **error)
{
  int agrees = stage == 2 ? agrees_with_first (conn, decision, submission, error) : TRUE;

  if (agrees < 0)
    return FALSE;
  *result = (LkStageResult) { .stage = stage, .mover = actor->role };
  result->state = agrees ? lk_state_for_verdict (lk_decision_get_verdict (decision)) : LK_STATE_SECOND_REVIEW;
  return TRUE;
}
