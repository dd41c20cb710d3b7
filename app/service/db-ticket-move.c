/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include "core/key.h"

/* What is done to a ticket; a lead's decision also moves the submission it is about. */

typedef struct
{
  const LkActor *actor;
  const LkTicketMove *move;
} MoveJob;

/* The submission a lead decides on, as it stands. */
typedef struct
{
  gint64 row;
  LkState state;
  char photo[LK_SHA256_SIZE];
  gboolean hard_failed;
} About;

static gboolean
refuse (GError **error, LkError code, const char *why)
{
  g_set_error_literal (error, LK_ERROR, code, why);
  return FALSE;
}

gboolean
lk_decisions_overturn (LkConn *conn, gint64 submission, const char *why, GError **error)
{
  return lk_conn_run (conn, LK_SQL_DECISIONS_OVERTURN, error, "iit", submission, lk_db_now (conn), why);
}

/* -- a lead's decision -- */

static gboolean
find_about (LkConn *conn, const char *submission, About *about, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = submission != NULL ? lk_conn_query (conn, LK_SQL_SUBMISSION_FOR_TICKET, error, "t", submission) : NULL;

  if (submission == NULL)
    return refuse (error, LK_ERROR_STATE, "the ticket is about no photo");
  if (stmt == NULL || lk_conn_step (conn, stmt, error) != 1)
    return FALSE;
  about->row = sqlite3_column_int64 (stmt, 0);
  lk_state_from_word (lk_column_text (stmt, 2), &about->state);
  g_strlcpy (about->photo, lk_column_text (stmt, 3), sizeof about->photo);
  about->hard_failed = sqlite3_column_int (stmt, 4) != 0;
  return TRUE;
}

/* Who rejected it does not decide the appeal; nobody decides on their own or a relative's photo. */
static gboolean
is_free_to_decide (LkConn *conn, const LkActor *actor, const About *about, GError **error)
{
  int involved = lk_staff_is_involved_in_ticket (conn, actor, about->row, error);

  return involved == 0 || (involved > 0 && refuse (error, LK_ERROR_INVOLVED, "this person has to do with the student, the crop or the return"));
}

/* The reasons of the decision that stands, which is about to be set aside; "[]" for none. */
static char *
standing_reasons (LkConn *conn, gint64 submission, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_REASONS, error, "i", submission);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  return step < 0 ? NULL : g_strdup (step == 1 ? lk_column_text (stmt, 0) : "[]");
}

/* The lead's own decision, under the key of the call: what the student reads, and who decided. */
static gboolean
keep_decision (LkConn *conn, const MoveJob *job, const About *about, const char *reasons, gint64 line, GError **error)
{
  const LkTicketMove *move = job->move;
  const char *verdict = lk_verdict_to_word (move->to == LK_STATE_APPROVED ? LK_VERDICT_APPROVE : LK_VERDICT_RESHOOT);
  g_autofree char *key = move->key != NULL ? g_strdup (move->key) : lk_key_new ();
  gint64 now = lk_db_now (conn);

  return lk_conn_run (conn, LK_SQL_DECISION_ADD, error, "tbiitttttiiitiiti", key, (const void *) move->ticket,
                      (int) strlen (move->ticket), about->row, job->actor->staff, "", about->photo, verdict,
                      move->to == LK_STATE_APPROVED ? "[]" : reasons, move->text, lk_clock_now (), now, (gint64) 0, "ticket", line,
                      (gint64) 1, NULL, (gint64) 0);
}

static gboolean
move_submission (LkConn *conn, const MoveJob *job, const About *about, GError **error)
{
  const LkTicketMove *move = job->move;
  g_autofree char *reasons = standing_reasons (conn, about->row, error);
  cJSON *body = lk_audit_body (job->actor);
  gint64 line;

  lk_json_add_string (body, "ticket", move->ticket);
  lk_json_add_string (body, "reason", move->text);
  if (reasons == NULL)
    {
      cJSON_Delete (body);
      return FALSE;
    }
  if (!lk_audit_move (conn, about->state == LK_STATE_HELD ? "finding" : "appeal-upheld", about->row, about->state, move->to,
                      job->actor->role, body, &line, error) ||
      !lk_decisions_overturn (conn, about->row, move->ticket, error) ||
      !lk_conn_run (conn, LK_SQL_SUBMISSION_SET_STATE, error, "it", about->row, lk_state_to_word (move->to)))
    return FALSE;
  return move->to == LK_STATE_PENDING || keep_decision (conn, job, about, reasons, line, error);
}

static gboolean
decide (LkConn *conn, const MoveJob *job, const LkTicketRow *ticket, GError **error)
{
  const LkTicketMove *move = job->move;
  About about = { 0 };

  if (!find_about (conn, ticket->submission, &about, error) || !is_free_to_decide (conn, job->actor, &about, error))
    return FALSE;
  if (!lk_ticket_may_decide (about.state, move->to))
    return refuse (error, LK_ERROR_STATE, "a decision about a ticket does not take the photo there");
  return move->to == about.state || move_submission (conn, job, &about, error);        /* there already: the appeal is turned down */
}

/* -- steps -- */

/* What becomes of the clock: it stands while the student is waited for, and from the solution on. */
static gboolean
write_state (LkConn *conn, const LkTicketRow *ticket, LkTicketState to, GError **error)
{
  gboolean runs = to == LK_TICKET_NEW || to == LK_TICKET_OPEN;
  gint64 now = lk_clock_now ();
  gint64 resolved = to == LK_TICKET_RESOLVED ? now : to == LK_TICKET_CLOSED ? ticket->resolved_at : 0;

  return lk_conn_run (conn, LK_SQL_TICKET_MOVE, error, "itiii", ticket->row, lk_ticket_state_to_word (to), resolved, ticket->clock_us,
                      runs ? now : (gint64) 0);
}

static gboolean
write_line (LkConn *conn, const MoveJob *job, const LkTicketRow *ticket, LkTicketState to, GError **error)
{
  const LkTicketMove *move = job->move;
  cJSON *body = lk_audit_body (job->actor);

  lk_json_add_string (body, "ticket", ticket->uuid);
  lk_json_add_string (body, "step", lk_ticket_step_to_word (move->step));
  lk_json_add_string (body, "before", lk_ticket_state_to_word (ticket->state));
  lk_json_add_string (body, "after", lk_ticket_state_to_word (to));
  if (move->step == LK_TICKET_STEP_DECIDE)
    lk_json_add_string (body, "to", lk_state_to_word (move->to));
  return lk_audit_add (conn, "ticket-moved", 0, NULL, body, error);
}

static gboolean
is_in_time (LkConn *conn, const LkTicketRow *ticket, GError **error)
{
  gint64 until = ticket->resolved_at + (gint64) conn->db->options.ticket_reopen_seconds * G_USEC_PER_SEC;

  return lk_clock_now () <= until || refuse (error, LK_ERROR_TOO_LATE, "the time for reopening this ticket is over");
}

static gboolean
may_step (LkConn *conn, const MoveJob *job, const LkTicketRow *ticket, LkTicketState *to, GError **error)
{
  const LkTicketMove *move = job->move;

  if ((lk_ticket_roles_stepping (ticket->type, move->step) & job->actor->role) == 0)
    return refuse (error, LK_ERROR_FORBIDDEN, "this step is not for this role");
  if (!lk_ticket_after_step (ticket->state, move->step, to))
    return refuse (error, LK_ERROR_STATE, "the ticket has no such step now");
  if (move->step == LK_TICKET_STEP_REOPEN && !is_in_time (conn, ticket, error))
    return FALSE;
  return move->step == LK_TICKET_STEP_CLOSE || lk_ticket_text_is_fit (conn, move->text, error);
}

static gboolean
move_job (LkConn *conn, gpointer data, GError **error)
{
  const MoveJob *job = data;
  const LkTicketMove *move = job->move;
  g_autoptr (LkTicketRow) ticket = lk_ticket_find (conn, job->actor, move->ticket, move->student, error);
  LkTicketState to;

  return ticket != NULL && may_step (conn, job, ticket, &to, error) &&
         (move->step != LK_TICKET_STEP_DECIDE || decide (conn, job, ticket, error)) &&
         lk_ticket_attach (conn, job->actor, ticket->row, ticket->student, move->attachments, error) &&
         write_state (conn, ticket, to, error) &&
         lk_ticket_add_entry (conn, ticket->row, job->actor, lk_ticket_step_to_word (move->step), move->text, error) &&
         write_line (conn, job, ticket, to, error);
}

gboolean
lk_db_move_ticket (LkCampusDb *base, const LkActor *actor, const LkTicketMove *move, GError **error)
{
  MoveJob job = { actor, move };

  return lk_writer_run (((LkDbSqlite *) base)->writer, move_job, &job, error);
}

/* -- time passes -- */

static GPtrArray *
read_over (LkConn *conn, GError **error)
{
  gint64 limit = lk_clock_now () - (gint64) conn->db->options.ticket_reopen_seconds * G_USEC_PER_SEC;
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_TICKET_OVER, error, "i", limit);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    g_ptr_array_add (found, g_strdup (lk_column_text (stmt, 0)));
  return step == 0 ? g_steal_pointer (&found) : NULL;
}

static gboolean
close_job (LkConn *conn, gpointer unused, GError **error)
{
  const LkActor system = { .role = LK_ROLE_SYSTEM };
  g_autoptr (GPtrArray) found = read_over (conn, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      LkTicketMove move = { .ticket = found->pdata[i], .step = LK_TICKET_STEP_CLOSE, .text = "" };
      MoveJob job = { &system, &move };

      if (!move_job (conn, &job, error))
        return FALSE;
    }
  return found != NULL;
}

gboolean
lk_db_close_tickets (LkCampusDb *base, GError **error)
{
  LkDbSqlite *db = (LkDbSqlite *) base;
  g_autoptr (LkConn) conn = lk_reader_take (db, error);
  g_autoptr (GPtrArray) found = conn != NULL ? read_over (conn, error) : NULL;

  return found != NULL && (found->len == 0 || lk_writer_run (db->writer, close_job, NULL, error));
}

/* -- an approval taken up again -- */

typedef struct
{
  const LkActor *actor;
  const char *submission, *reason;
} ReopenJob;

static gboolean
reopen_job (LkConn *conn, gpointer data, GError **error)
{
  const ReopenJob *job = data;
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_FOR_TICKET, error, "t", job->submission);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  gint64 row;
  LkState state;
  cJSON *body;

  if (step < 0 || !lk_ticket_text_is_fit (conn, job->reason, error))
    return FALSE;
  if (step == 0 || !lk_state_from_word (lk_column_text (stmt, 2), &state))
    return refuse (error, LK_ERROR_NOT_FOUND, "no such submission");
  if (state != LK_STATE_APPROVED)
    return refuse (error, LK_ERROR_STATE, "only what is approved and not exported is taken up again");
  row = sqlite3_column_int64 (stmt, 0);
  body = lk_audit_body (job->actor);
  lk_json_add_string (body, "reason", job->reason);
  return lk_audit_move (conn, "reopened", row, state, LK_STATE_PENDING, job->actor->role, body, NULL, error) &&
         lk_decisions_overturn (conn, row, "reopened", error) &&
         lk_conn_run (conn, LK_SQL_SUBMISSION_SET_STATE, error, "it", row, lk_state_to_word (LK_STATE_PENDING));
}

gboolean
lk_db_reopen (LkCampusDb *base, const LkActor *actor, const char *submission, const char *reason, GError **error)
{
  ReopenJob job = { actor, submission, reason };

  return lk_writer_run (((LkDbSqlite *) base)->writer, reopen_job, &job, error);
}
