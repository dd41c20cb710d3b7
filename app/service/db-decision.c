/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/db-sqlite-private.h"

#include <sodium.h>
#include <string.h>

#include "core/batch.h"
#include "core/wire.h"

/* A decision on its way through the rules of docs/protocol.md, all inside one transaction. What does not depend on the database is made
 * ready before, by the thread that asks. */

typedef struct
{
  const LkActor *actor;
  LkDecision *decision;
  LkDecisionAnswer *answer;
  guint8 content[crypto_hash_sha256_BYTES];
  char *reasons;                /* JSON */
} Attempt;

/* The submission as it stands before the decision. */
typedef struct
{
  gint64 row;
  LkState state;
  char photo[LK_SHA256_SIZE], id_card[LK_SHA256_SIZE], diploma[LK_SHA256_SIZE];
  char lease[LK_UUID_SIZE], device[LK_UUID_SIZE];
  gint64 staff, until;
  gboolean hard_failed;
  int stage;                    /* for which the lease was given: 1, or a second person's 2 or 3 */
} Target;

static char *
reasons_to_json (LkDecision *decision)
{
  const char *const *codes = lk_decision_get_reasons (decision);
  g_autoptr (cJSON) array = cJSON_CreateStringArray (codes, (int) g_strv_length ((char **) codes));

  return lk_json_print (array);
}

/* What "the same content" means for a key that comes again. */
static void
hash_content (Attempt *attempt)
{
  LkDecision *d = attempt->decision;
  g_autofree char *numbers = g_strdup_printf ("%" G_GINT64_FORMAT " %d", lk_decision_get_decided_at (d), lk_decision_get_shown_ms (d));
  const char *const texts[] = {
    lk_decision_get_submission (d), lk_decision_get_lease (d), lk_decision_get_photo (d),
    lk_verdict_to_word (lk_decision_get_verdict (d)), attempt->reasons, lk_decision_get_note (d), numbers,
    lk_decision_get_input (d), lk_decision_get_unsure (d) ? "unsure" : "",
  };
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = texts[i] != NULL ? texts[i] : "";
      crypto_hash_sha256_update (&state, (const guint8 *) text, strlen (text) + 1);
    }
  crypto_hash_sha256_final (&state, attempt->content);
}

static void
refuse (Attempt *attempt, LkError code)
{
  attempt->answer->status = LK_ANSWER_REFUSED;
  attempt->answer->code = code;
}

/* -- keys that came before -- */

static gboolean
is_same (const Attempt *attempt, sqlite3_stmt *stmt)
{
  return sqlite3_column_bytes (stmt, 0) == (int) sizeof attempt->content &&
         memcmp (sqlite3_column_blob (stmt, 0), attempt->content, sizeof attempt->content) == 0 &&
         sqlite3_column_int64 (stmt, 1) == attempt->actor->staff;
}

static void
repeat_conflict (LkDecisionAnswer *answer, const char *text)
{
  g_autoptr (cJSON) json = lk_json_parse (text, -1, LK_ERROR_CORRUPT, NULL);

  answer->status = LK_ANSWER_CONFLICT;
  answer->code = lk_error_from_word (lk_json_string (json, "code"));
  answer->has_winner = lk_verdict_from_word (lk_json_string (json, "verdict"), &answer->winner_verdict);
  answer->winner_name = g_strdup (lk_json_string (json, "by"));
  answer->winner_at = lk_json_int (json, "at", 0);
}

/* 1 when the key was used before (the answer is filled), 0 when it is new, -1 on an error. */
static int
find_earlier (LkConn *conn, Attempt *attempt, GError **error)
{
  const char *key = lk_decision_get_key (attempt->decision);
  g_autoptr (sqlite3_stmt) decided = lk_conn_query (conn, LK_SQL_DECISION_FIND, error, "t", key);
  g_autoptr (sqlite3_stmt) answered = NULL;
  int step = decided != NULL ? lk_conn_step (conn, decided, error) : -1;

  if (step == 1)
    {
      LkVerdict verdict;

      if (!is_same (attempt, decided) || !lk_verdict_from_word (lk_column_text (decided, 2), &verdict))
        refuse (attempt, LK_ERROR_KEY_REUSED);
      else
        *attempt->answer = (LkDecisionAnswer) { .status = LK_ANSWER_REPEATED, .state = lk_state_for_verdict (verdict) };
      return 1;
    }
  if (step < 0 || (answered = lk_conn_query (conn, LK_SQL_ANSWER_FIND, error, "t", key)) == NULL)
    return -1;
  step = lk_conn_step (conn, answered, error);
  if (step == 1 && is_same (attempt, answered))
    repeat_conflict (attempt->answer, lk_column_text (answered, 2));
  else if (step == 1)
    refuse (attempt, LK_ERROR_KEY_REUSED);
  return step;
}

/* -- conflicts -- */

static gboolean
find_winner (LkConn *conn, gint64 row, LkDecisionAnswer *answer, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_DECISION_WINNER, error, "i", row);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step != 1)
    return step == 0;
  answer->has_winner = lk_verdict_from_word (lk_column_text (stmt, 0), &answer->winner_verdict);
  answer->winner_name = g_strdup (lk_column_text (stmt, 1));
  answer->winner_at = sqlite3_column_int64 (stmt, 2);
  return TRUE;
}

/* Kept under the key: were the answer lost on its way, the next try gets the same one. */
static gboolean
store_conflict (LkConn *conn, Attempt *attempt, LkError code, GError **error)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *text = NULL;
  LkDecisionAnswer *answer = attempt->answer;

  answer->status = LK_ANSWER_CONFLICT;
  answer->code = code;
  lk_json_add_string (json, "code", lk_error_to_word (code));
  if (answer->has_winner)
    {
      lk_json_add_string (json, "verdict", lk_verdict_to_word (answer->winner_verdict));
      lk_json_add_string (json, "by", answer->winner_name);
      lk_json_add_int (json, "at", answer->winner_at);
    }
  text = lk_json_print (json);
  return lk_conn_run (conn, LK_SQL_ANSWER_ADD, error, "tbiti", lk_decision_get_key (attempt->decision),
                      (const void *) attempt->content, (int) sizeof attempt->content, attempt->actor->staff, text, lk_clock_now ());
}

/* -- the submission -- */

static void
copy_text (char *target, gsize size, sqlite3_stmt *stmt, int column)
{
  const char *text = lk_column_text (stmt, column);

  g_strlcpy (target, text != NULL ? text : "", size);
}

static int
find_target (LkConn *conn, const char *uuid, Target *target, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_SUBMISSION_FOR_DECISION, error, "t", uuid);
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step != 1)
    return step;
  target->row = sqlite3_column_int64 (stmt, 0);
  copy_text (target->photo, sizeof target->photo, stmt, 1);
  copy_text (target->lease, sizeof target->lease, stmt, 3);
  target->staff = sqlite3_column_int64 (stmt, 4);
  copy_text (target->device, sizeof target->device, stmt, 5);
  target->until = sqlite3_column_int64 (stmt, 6);
  target->hard_failed = sqlite3_column_int64 (stmt, 7) != 0;
  copy_text (target->id_card, sizeof target->id_card, stmt, 8);
  copy_text (target->diploma, sizeof target->diploma, stmt, 9);
  if (lk_state_from_word (lk_column_text (stmt, 2), &target->state))
    return 1;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_CORRUPT, "a submission has a state that is no state");
  return -1;
}

/* Nobody decides on what was never given to them: the lease must once have been theirs, on this submission. */
static int
lease_was_given (LkConn *conn, const Attempt *attempt, Target *target, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_LEASE_FIND, error, "t", lk_decision_get_lease (attempt->decision));
  int step = stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;

  if (step != 1)
    return step;
  target->stage = sqlite3_column_int (stmt, 2);
  return sqlite3_column_int64 (stmt, 0) == target->row && sqlite3_column_int64 (stmt, 1) == attempt->actor->staff;
}

/* Whether somebody else was given the submission since, and has not given it back: then that person's decision counts,
 * though it may still be on its way, and not the one that happens to be heard first. So several workstations that were
 * without a network lead to the same end, in whatever order they are heard. -1 on an error. */
static int
was_given_later (LkConn *conn, const Attempt *attempt, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lk_conn_query (conn, LK_SQL_LEASE_LATER, error, "tit", lk_decision_get_lease (attempt->decision),
                                                 attempt->actor->staff, attempt->actor->device);

  return stmt != NULL ? lk_conn_step (conn, stmt, error) : -1;
}

/* Somebody else has it now, under whatever lease. */
static gboolean
is_held_by_another (LkConn *conn, const LkActor *actor, const Target *target)
{
  return *target->lease != '\0' && target->until > lk_db_now (conn) &&
         (target->staff != actor->staff || strcmp (target->device, actor->device) != 0);
}

/* -- accepting -- */

static cJSON *
audit_body (LkConn *conn, const Attempt *attempt, const Target *target)
{
  LkDecision *d = attempt->decision;
  g_autoptr (sqlite3_stmt) report = lk_conn_query (conn, LK_SQL_BRIEF, NULL, "i", target->row);
  cJSON *body = lk_audit_body (attempt->actor);

  lk_json_add_string (body, "key", lk_decision_get_key (d));
  lk_json_add_string (body, "lease", lk_decision_get_lease (d));
  lk_json_add_string (body, "verdict", lk_verdict_to_word (lk_decision_get_verdict (d)));
  lk_json_add_strv (body, "reasons", lk_decision_get_reasons (d));
  if (*lk_decision_get_note (d) != '\0')
    lk_json_add_string (body, "note", lk_decision_get_note (d));
  lk_json_add_string (body, "photo", target->photo);
  lk_json_add_string (body, "id_card", *target->id_card != '\0' ? target->id_card : NULL);
  lk_json_add_string (body, "diploma", *target->diploma != '\0' ? target->diploma : NULL);
  lk_json_add_digits (body, "decided_at", lk_decision_get_decided_at (d));
  lk_json_add_digits (body, "shown_ms", lk_decision_get_shown_ms (d));
  lk_json_add_string (body, "input", lk_decision_get_input (d));
  if (report != NULL && lk_conn_step (conn, report, NULL) == 1)
    {
      lk_json_add_digits (body, "spec_version", sqlite3_column_int64 (report, 0));
      cJSON_AddRawToObject (body, "checks", lk_column_text (report, 1));
    }
  return body;
}

/* A submission that went back to the queue is taken once more, under the old lease, so that its history has no gap. */
static gboolean
take_again (LkConn *conn, const Attempt *attempt, Target *target, GError **error)
{
  cJSON *body = lk_audit_body (attempt->actor);

  if (target->state != LK_STATE_PENDING)
    {
      cJSON_Delete (body);
      return TRUE;
    }
  lk_json_add_string (body, "lease", lk_decision_get_lease (attempt->decision));
  if (!lk_audit_move (conn, "lease", target->row, target->state, LK_STATE_IN_REVIEW, attempt->actor->role, body, NULL, error))
    return FALSE;
  target->state = LK_STATE_IN_REVIEW;
  return TRUE;
}

static gboolean
find_result (LkConn *conn, const Attempt *attempt, const Target *target, LkStageResult *result, GError **error)
{
  if (target->state == LK_STATE_SECOND_REVIEW)
    return lk_second_after_next (conn, attempt->actor, attempt->decision, target->row, target->stage, result, error);
  return lk_second_after_first (conn, attempt->actor, attempt->decision, target->row, target->hard_failed, result, error);
}

/* The decision in the audit, with the move when there is one: two people of different minds leave it where it is. */
static gboolean
write_line (LkConn *conn, Attempt *attempt, const Target *target, const LkStageResult *result, gint64 *line, GError **error)
{
  cJSON *body = audit_body (conn, attempt, target);

  lk_json_add_digits (body, "stage", result->stage);
  if (result->state != target->state)
    return lk_audit_move (conn, "decision", target->row, target->state, result->state, result->mover, body, line, error);
  if (!lk_audit_add (conn, "decision", target->row, lk_state_to_word (result->state), body, error))
    return FALSE;
  *line = conn->shadow.seq;
  return TRUE;
}

static gboolean
accept (LkConn *conn, Attempt *attempt, Target *target, GError **error)
{
  LkDecision *d = attempt->decision;
  const char *input = lk_decision_get_input (d);
  LkStageResult result = { 0 };
  gint64 line = 0;

  if (!take_again (conn, attempt, target, error) || !find_result (conn, attempt, target, &result, error) ||
      !write_line (conn, attempt, target, &result, &line, error))
    return FALSE;
  /* what the verdict leads to: whether a second person looks first is nobody's to know */
  attempt->answer->status = LK_ANSWER_ACCEPTED;
  attempt->answer->state = lk_state_for_verdict (lk_decision_get_verdict (d));
  return (result.state != LK_STATE_HELD || lk_ticket_open_held (conn, target->row, error)) &&
         lk_conn_run (conn, LK_SQL_LEASE_END, error, "it", target->row, lk_state_to_word (result.state)) &&
         lk_conn_run (conn, LK_SQL_DECISION_ADD, error, "tbiitttttiiitiiti", lk_decision_get_key (d), (const void *) attempt->content,
                      (int) sizeof attempt->content, target->row, attempt->actor->staff, lk_decision_get_lease (d), target->photo,
                      lk_verdict_to_word (lk_decision_get_verdict (d)), attempt->reasons, lk_decision_get_note (d),
                      lk_decision_get_decided_at (d), lk_db_now (conn), (gint64) lk_decision_get_shown_ms (d),
                      input != NULL ? input : "", line, (gint64) result.stage, result.cause, (gint64) (result.weight * 1e6));
}

static gboolean
rule_allows (LkConn *conn, Attempt *attempt, gboolean hard_failed)
{
  const LkDbOptions *options = &conn->db->options;
  g_autoptr (GError) error = NULL;

  if (options->rule == NULL || options->rule (attempt->decision, hard_failed, options->rule_data, &error))
    return TRUE;
  refuse (attempt, (LkError) error->code);
  return FALSE;
}

/* A decision from a contact sheet counts only for a photo that may stand on one: the workstation sorts them, the service makes sure. */
static gboolean
batch_allows (Attempt *attempt, const char *checks)
{
  g_autoptr (cJSON) json = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (g_strcmp0 (lk_decision_get_input (attempt->decision), LK_INPUT_BATCH) != 0)
    return TRUE;
  json = lk_json_parse (checks, -1, LK_ERROR_CORRUPT, NULL);
  list = json != NULL ? lk_checks_from_json (json, NULL) : NULL;
  if (lk_decision_get_verdict (attempt->decision) == LK_VERDICT_APPROVE && list != NULL && lk_checks_allow_batch (list))
    return TRUE;
  refuse (attempt, LK_ERROR_STATE);
  return FALSE;
}

static gboolean
is_batch_in_order (LkConn *conn, Attempt *attempt, const Target *target)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  if (g_strcmp0 (lk_decision_get_input (attempt->decision), LK_INPUT_BATCH) != 0)
    return TRUE;
  stmt = lk_conn_query (conn, LK_SQL_CHECKS, NULL, "i", target->row);
  return batch_allows (attempt, stmt != NULL && lk_conn_step (conn, stmt, NULL) == 1 ? lk_column_text (stmt, 0) : "[]");
}

/* Whether the submission is open for a decision under a lease of this stage. */
static gboolean
is_open (const Target *target)
{
  if (target->state == LK_STATE_SECOND_REVIEW)
    return target->stage > 1;
  return target->stage == 1 && (target->state == LK_STATE_IN_REVIEW || target->state == LK_STATE_PENDING);
}

/* Somebody has decided. Who it was and what they said stays hidden while another person has still to look. */
static gboolean
judge_decided (LkConn *conn, Attempt *attempt, const Target *target, GError **error)
{
  if (target->state == LK_STATE_SECOND_REVIEW || target->state == LK_STATE_IN_REVIEW || target->state == LK_STATE_PENDING)
    return store_conflict (conn, attempt, LK_ERROR_ALREADY_DECIDED, error);
  if (!find_winner (conn, target->row, attempt->answer, error))
    return FALSE;
  if (attempt->answer->has_winner)
    return store_conflict (conn, attempt, LK_ERROR_ALREADY_DECIDED, error);
  refuse (attempt, LK_ERROR_STATE);
  return TRUE;
}

/* For a second or third look: somebody else may have had it since, so that its lease is for a stage that is over. */
static int
stage_is_over (LkConn *conn, const Target *target, GError **error)
{
  gint64 who = target->stage > 1 ? lk_second_who (conn, target->row, target->stage, error) : 0;

  return who < 0 ? -1 : who > 0;
}

/* The order of the questions is the order in which a reviewer wants to hear of them: a mistake in the request itself, then that the
 * submission is decided, then that somebody is at it, then that the photo is another. */
static gboolean
judge (LkConn *conn, Attempt *attempt, Target *target, GError **error)
{
  int given = lease_was_given (conn, attempt, target, error);
  int involved, over, later;

  if (given < 0)
    return FALSE;
  if (given == 0)
    {
      refuse (attempt, LK_ERROR_NOT_FOUND);
      return TRUE;
    }
  if (!rule_allows (conn, attempt, target->hard_failed) || !is_batch_in_order (conn, attempt, target))
    return TRUE;
  involved = lk_staff_is_involved (conn, attempt->actor, target->row, lk_decision_get_verdict (attempt->decision) == LK_VERDICT_APPROVE,
                                   error);
  if (involved < 0)
    return FALSE;
  if (involved > 0)
    {
      refuse (attempt, LK_ERROR_INVOLVED);
      return TRUE;
    }
  over = stage_is_over (conn, target, error);
  if (over < 0)
    return FALSE;
  if (over > 0 || !is_open (target))
    return judge_decided (conn, attempt, target, error);
  later = was_given_later (conn, attempt, error);
  if (later < 0)
    return FALSE;
  if (later > 0 || is_held_by_another (conn, attempt->actor, target))
    return store_conflict (conn, attempt, LK_ERROR_LEASE_LOST, error);
  if (strcmp (target->photo, lk_decision_get_photo (attempt->decision)) != 0)
    return store_conflict (conn, attempt, LK_ERROR_PHOTO_CHANGED, error);
  return accept (conn, attempt, target, error);
}

/* The same questions for a known-answer photo. */
static gboolean
decide_known (LkConn *conn, Attempt *attempt, GError **error)
{
  LkKnownTarget target = { 0 };
  int found = lk_known_find (conn, attempt->actor, attempt->decision, &target, error);
  g_autofree char *checks = target.checks;

  if (found < 0)
    return FALSE;
  if (found == 0)
    {
      refuse (attempt, LK_ERROR_NOT_FOUND);
      return TRUE;
    }
  if (!rule_allows (conn, attempt, target.hard_failed) || !batch_allows (attempt, checks))
    return TRUE;
  if (target.decided)
    return store_conflict (conn, attempt, LK_ERROR_ALREADY_DECIDED, error);
  if (strcmp (target.photo, lk_decision_get_photo (attempt->decision)) != 0)
    return store_conflict (conn, attempt, LK_ERROR_PHOTO_CHANGED, error);
  attempt->answer->status = LK_ANSWER_ACCEPTED;
  attempt->answer->state = lk_state_for_verdict (lk_decision_get_verdict (attempt->decision));
  return lk_known_accept (conn, attempt->actor, attempt->decision, &target, attempt->content, attempt->reasons, error);
}

static gboolean
decide_one (LkConn *conn, Attempt *attempt, GError **error)
{
  Target target;
  int found = find_earlier (conn, attempt, error);

  if (found != 0)
    return found > 0;
  found = find_target (conn, lk_decision_get_submission (attempt->decision), &target, error);
  if (found == 0)
    return decide_known (conn, attempt, error);
  return found == 1 && judge (conn, attempt, &target, error);
}

static void
attempt_clear (gpointer attempt)
{
  g_free (((Attempt *) attempt)->reasons);
}

static GArray *
make_attempts (const LkActor *actor, GPtrArray *decisions, LkDecisionAnswer *answers)
{
  GArray *attempts = g_array_sized_new (FALSE, FALSE, sizeof (Attempt), decisions->len);

  g_array_set_clear_func (attempts, attempt_clear);
  for (guint i = 0; i < decisions->len; i++)
    {
      LkDecision *decision = decisions->pdata[i];
      Attempt attempt = { .actor = actor, .decision = decision, .answer = &answers[i], .reasons = reasons_to_json (decision) };

      hash_content (&attempt);
      g_array_append_val (attempts, attempt);
    }
  return attempts;
}

static gboolean
decide_job (LkConn *conn, gpointer data, GError **error)
{
  GArray *attempts = data;

  for (guint i = 0; i < attempts->len; i++)
    if (!decide_one (conn, &g_array_index (attempts, Attempt, i), error))
      return FALSE;
  return TRUE;
}

gboolean
lk_db_decide (LkCampusDb *base, const LkActor *actor, GPtrArray *decisions, LkDecisionAnswer *answers, GError **error)
{
  g_autoptr (GArray) attempts = make_attempts (actor, decisions, answers);

  memset (answers, 0, decisions->len * sizeof *answers);
  return lk_writer_run (((LkDbSqlite *) base)->writer, decide_job, attempts, error);
}
