/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-student-private.h"

/* How a student stands in a round: what every call of a student asks before it does anything. */

static void
submission_free (gpointer data)
{
  LkStandingSubmission *submission = data;

  g_free (submission->seen.reasons);
  g_free (submission->seen.note);
  g_free (submission->seen.photo);
  g_free (submission->seen.checks);
  g_free (submission->key);
  g_free (submission);
}

static void
roster_row_free (LkRosterRow *row)
{
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->document_no);
  g_free (row->class_name);
  g_free (row->site);
  g_free (row->unique_no);
  g_free (row);
}

void
lk_standing_clear (LkStanding *standing)
{
  g_clear_pointer (&standing->student, roster_row_free);
  g_clear_pointer (&standing->round, lk_round_free);
  g_clear_pointer (&standing->submissions, g_ptr_array_unref);
  standing->latest = NULL;
}

static gboolean
read_student (LkConn *conn, gint64 student, LkStanding *standing, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_ROSTER_BY_ROW, error, "i", student);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
  LkRosterRow *row;

  if (step == 0)
    g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no such student");
  if (step != 1)
    return FALSE;
  row = standing->student = g_new0 (LkRosterRow, 1);
  standing->row = sqlite3_column_int64 (stmt, 0);
  row->student_no = g_strdup (lk_column_text (stmt, 1));
  row->name = g_strdup (lk_column_text (stmt, 2));
  row->document_no = g_strdup (lk_column_text (stmt, 3));
  row->class_name = g_strdup (lk_column_text (stmt, 4));
  row->site = g_strdup (lk_column_text (stmt, 5));
  row->unique_no = g_strdup (lk_column_text (stmt, 6));
  return TRUE;
}

/* -- submissions -- */

/* Whether the review has come to a result. */
static gboolean
is_settled (LkState state)
{
  return state >= LK_STATE_APPROVED && state != LK_STATE_SUPERSEDED && state != LK_STATE_EXPIRED;
}

/* An exported photo has no verdict of its own any more; what it is follows from its state. */
static LkVerdict
verdict_of (LkState state, LkVerdict decided)
{
  switch ((int) state)
    {
    case LK_STATE_RETURNED:
      return LK_VERDICT_RETURN;
    case LK_STATE_RESHOOT:
      return LK_VERDICT_RESHOOT;
    case LK_STATE_HELD:
      return LK_VERDICT_HOLD;
    case LK_STATE_SUPERSEDED:
      return decided;
    default:
      return LK_VERDICT_APPROVE;
    }
}

/* One that was replaced had been told before: nobody replaces what is not known to have been sent back. */
static void
read_result (sqlite3_stmt *stmt, LkStandingSubmission *submission, gint64 now)
{
  LkStudentSubmission *seen = &submission->seen;
  LkVerdict decided = LK_VERDICT_APPROVE;
  gboolean has_decision = lk_verdict_from_word (lk_column_text (stmt, 7), &decided);
  gboolean replaced = submission->state == LK_STATE_SUPERSEDED && has_decision;

  seen->told = replaced || (is_settled (submission->state) && now >= seen->told_at);
  seen->state = lk_state_for_student (submission->state, seen->told);
  if (!seen->told)
    return;
  seen->verdict = verdict_of (submission->state, decided);
  if (seen->verdict != LK_VERDICT_APPROVE && has_decision)
    {
      seen->reasons = g_strdup (lk_column_text (stmt, 8));
      seen->note = g_strdup (lk_column_text (stmt, 9));
    }
  seen->decided_at = sqlite3_column_int64 (stmt, 10);
  seen->can_object = submission->state == LK_STATE_RETURNED || submission->state == LK_STATE_RESHOOT;
  if (has_decision && !replaced && sqlite3_column_type (stmt, 11) == SQLITE_NULL)
    submission->key = g_strdup (lk_column_text (stmt, 6));
}

static LkStandingSubmission *
read_submission (LkConn *conn, sqlite3_stmt *stmt, gint64 now)
{
  LkStandingSubmission *submission = g_new0 (LkStandingSubmission, 1);
  LkStudentSubmission *seen = &submission->seen;

  seen->row = sqlite3_column_int64 (stmt, 0);
  g_strlcpy (seen->uuid, lk_column_text (stmt, 1), sizeof seen->uuid);
  lk_state_from_word (lk_column_text (stmt, 2), &submission->state);
  seen->submitted_at = sqlite3_column_int64 (stmt, 3);
  seen->due_at = sqlite3_column_int64 (stmt, 4);
  seen->result_from = seen->submitted_at + (gint64) conn->db->options.result_seconds * G_USEC_PER_SEC;
  seen->told_at = MAX (seen->result_from, sqlite3_column_int64 (stmt, 10));
  seen->photo = g_strdup (lk_column_text (stmt, 5));
  read_result (stmt, submission, now);
  return submission;
}

/* record -1: of all rounds */
static gboolean
read_submissions (LkConn *conn, gint64 record, gint64 now, LkStanding *standing, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_RECORD_SUBMISSIONS, error, "ii", standing->row, record);
  int step = -1;

  while (stmt != NULL && (step = lk_conn_step (conn, stmt, error)) == 1)
    {
      LkStandingSubmission *submission = read_submission (conn, stmt, now);

      g_ptr_array_add (standing->submissions, submission);
      if (standing->latest == NULL && submission->state != LK_STATE_SUPERSEDED)
        standing->latest = submission;
    }
  return step == 0;
}

static gboolean
was_sent_back (const LkStandingSubmission *submission)
{
  return submission->state == LK_STATE_SUPERSEDED ||
         (submission->seen.told && (submission->state == LK_STATE_RETURNED || submission->state == LK_STATE_RESHOOT));
}

/* -- the record -- */

static gboolean
read_record (LkConn *conn, LkStanding *standing, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_RECORD_FIND, error, "ii", standing->row, standing->round->row);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  standing->tries_allowed = standing->round->tries_allowed;
  if (step == 1)
    {
      standing->record = sqlite3_column_int64 (stmt, 0);
      standing->has_code = sqlite3_column_int (stmt, 2) != 0;
      standing->tries_used = sqlite3_column_int (stmt, 3);
      standing->tries_allowed += sqlite3_column_int (stmt, 4);
    }
  return step >= 0;
}

/* What follows from the submissions: tries for photos that were sent back, and the right to send again. */
static void
draw_conclusions (LkConn *conn, LkStanding *standing)
{
  const LkDbOptions *options = &conn->db->options;
  const LkStandingSubmission *latest = standing->latest;

  for (guint i = 0; i < standing->submissions->len; i++)
    if (was_sent_back (standing->submissions->pdata[i]))
      standing->tries_allowed += standing->round->tries_after_return;
  if (latest != NULL && latest->state != LK_STATE_SUPERSEDED && was_sent_back (latest) && standing->round->closed_at == 0)
    {
      g_autoptr (LkCalendar) calendar = options->calendar (options->rule_data);

      standing->right_until = lk_deadline_right_until (calendar, latest->seen.told_at, options->resubmit_days);
    }
}

gboolean
lk_standing_read_in (LkConn *conn, gint64 student, gint64 round, gint64 now, LkStanding *standing, GError **error)
{
  *standing = (LkStanding) { .submissions = g_ptr_array_new_with_free_func (submission_free) };
  if (!read_student (conn, student, standing, error))
    return FALSE;
  if (round == 0)
    return read_submissions (conn, -1, now, standing, error);
  standing->round = lk_round_read (conn, round, error);
  if (standing->round == NULL || !read_record (conn, standing, error) ||
      !read_submissions (conn, standing->record, now, standing, error))
    return FALSE;
  lk_round_look (standing->round, standing->student->site, now, &standing->times);
  if (standing->round->closed_at != 0)
    standing->times.open = FALSE;
  draw_conclusions (conn, standing);
  return TRUE;
}

gboolean
lk_standing_read (LkConn *conn, gint64 student, gint64 now, LkStanding *standing, GError **error)
{
  static const LkSql order[] = { LK_SQL_RECORD_DONE, LK_SQL_ROUND_CURRENT, LK_SQL_RECORD_LAST };
  gint64 round = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (order) && round == 0; i++)
    if (!lk_round_find_row (conn, order[i], student, &round, error))
      {
        *standing = (LkStanding) { 0 };
        return FALSE;
      }
  return lk_standing_read_in (conn, student, round, now, standing, error);
}

/* -- what may be done -- */

gboolean
lk_standing_may_send (const LkStanding *standing, gint64 now, GError **error)
{
  const LkStandingSubmission *latest = standing->latest;
  gboolean again = latest != NULL && was_sent_back (latest);

  if (latest != NULL && !again && latest->state != LK_STATE_DRAFT && latest->state != LK_STATE_EXPIRED)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_STATE, "a photo is %s", lk_state_to_word (latest->seen.state));
      return FALSE;
    }
  if (standing->times.open || (again && now < standing->right_until))
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_WINDOW_CLOSED, "outside the times of this site");
  return FALSE;
}

gboolean
lk_standing_has_try (const LkStanding *standing, GError **error)
{
  if (standing->tries_used < standing->tries_allowed)
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_NO_TRIES, "all %d tries are used", standing->tries_allowed);
  return FALSE;
}

/* -- the audit, and a new record -- */

cJSON *
lk_student_audit_body (gint64 record, const char *from)
{
  cJSON *body = cJSON_CreateObject ();

  lk_json_add_int (body, "record", record);
  lk_json_add_string (body, "from", from);
  return body;
}

static gboolean
add_record (LkConn *conn, LkStanding *standing, gboolean has_code, GError **error)
{
  if (!lk_conn_run (conn, LK_SQL_RECORD_ADD, error, "iiii", standing->round->row, standing->row, lk_clock_now (), (gint64) has_code))
    return FALSE;
  standing->record = sqlite3_last_insert_rowid (conn->handle);
  return lk_conn_run (conn, LK_SQL_RECORD_ADOPT, error, "ii", standing->record, standing->row);
}

gboolean
lk_standing_open_record (LkConn *conn, LkStanding *standing, gboolean has_code, const LkActor *actor, const char *from, GError **error)
{
  cJSON *body;

  if (standing->record != 0 && (standing->has_code || !has_code))
    return TRUE;
  if (standing->record == 0 ? !add_record (conn, standing, has_code, error)
                            : !lk_conn_run (conn, LK_SQL_RECORD_HAS_CODE, error, "i", standing->record))
    return FALSE;
  standing->has_code = has_code;
  body = lk_audit_body (actor);
  lk_json_add_string (body, "round", standing->round->id);
  lk_json_add_int (body, "student", standing->row);
  lk_json_add_int (body, "record", standing->record);
  if (from != NULL)
    lk_json_add_string (body, "from", from);
  lk_json_add_string (body, "before", lk_record_state_to_word (LK_RECORD_NOT_STARTED));
  lk_json_add_string (body, "after", lk_record_state_to_word (has_code ? LK_RECORD_CODE_READY : LK_RECORD_NOT_STARTED));
  return lk_audit_add (conn, "record-opened", 0, NULL, body, error);
}
