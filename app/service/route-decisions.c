/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include "core/error.h"
#include "core/key.h"
#include "core/mask.h"
#include "core/wire.h"
#include "service/metrics.h"
#include "service/submission-json.h"

/* -- deciding -- */

static const char *
status_to_word (LkAnswerStatus status)
{
  switch (status)
    {
    case LK_ANSWER_ACCEPTED:
      return "accepted";
    case LK_ANSWER_REPEATED:
      return "repeated";
    case LK_ANSWER_CONFLICT:
      return "conflict";
    case LK_ANSWER_REFUSED:
    default:
      return "refused";
    }
}

static void
add_winner (cJSON *json, const LkDecisionAnswer *answer)
{
  g_autofree char *name = lk_mask_name (answer->winner_name);
  g_autofree char *at = lk_time_to_text (answer->winner_at);

  lk_json_add_string (json, "verdict", lk_verdict_to_word (answer->winner_verdict));
  lk_json_add_string (json, "by", name);
  lk_json_add_string (json, "at", at);
}

static cJSON *
answer_to_json (const char *key, const LkDecisionAnswer *answer)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "key", key);
  lk_json_add_string (json, "status", status_to_word (answer->status));
  if (answer->status == LK_ANSWER_ACCEPTED || answer->status == LK_ANSWER_REPEATED)
    {
      lk_json_add_string (json, "state", lk_state_to_word (answer->state));
      return json;
    }
  lk_json_add_string (json, "code", lk_error_to_word (answer->code));
  if (answer->has_winner)
    add_winner (json, answer);
  return json;
}

/* NULL for one that is malformed: it is refused by itself, the rest of the batch goes on. */
static LkDecision *
read_decision (const cJSON *item)
{
  g_autoptr (LkDecision) decision = cJSON_IsObject (item) ? lk_decision_from_json (item, NULL) : NULL;

  if (decision == NULL || !lk_key_is_valid (lk_decision_get_key (decision)) ||
      !lk_key_is_valid (lk_decision_get_submission (decision)) || !lk_key_is_valid (lk_decision_get_lease (decision)) ||
      !lk_sha256_is_valid (lk_decision_get_photo (decision)))
    return NULL;
  return g_steal_pointer (&decision);
}

static cJSON *
results_to_json (const cJSON *items, GPtrArray *read, const LkDecisionAnswer *answers)
{
  const LkDecisionAnswer malformed = { .status = LK_ANSWER_REFUSED, .code = LK_ERROR_BAD_REQUEST };
  cJSON *json = cJSON_CreateObject ();
  cJSON *results = cJSON_AddArrayToObject (json, "results");
  const cJSON *item;
  guint i = 0, n = 0;

  cJSON_ArrayForEach (item, items)
    cJSON_AddItemToArray (results, answer_to_json (lk_json_string (item, "key"), read->pdata[i++] != NULL ? &answers[n++] : &malformed));
  return json;
}

static void
unref_decision (gpointer decision)
{
  if (decision != NULL)
    g_object_unref (decision);
}

static void
count_accepted (GPtrArray *decisions, const LkDecisionAnswer *answers)
{
  for (guint i = 0; i < decisions->len; i++)
    if (answers[i].status == LK_ANSWER_ACCEPTED)
      lk_metrics_count_decision (lk_decision_get_verdict (decisions->pdata[i]));
}

static LkResponse *
decide_all (LkCall *call, const cJSON *items, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (unref_decision);       /* as sent, NULL for malformed */
  g_autoptr (GPtrArray) good = g_ptr_array_new ();
  g_autofree LkDecisionAnswer *answers = g_new0 (LkDecisionAnswer, MAX (1, cJSON_GetArraySize (items)));
  g_autoptr (cJSON) json = NULL;
  const cJSON *item;

  cJSON_ArrayForEach (item, items)
    {
      LkDecision *decision = read_decision (item);

      g_ptr_array_add (read, decision);
      if (decision != NULL)
        g_ptr_array_add (good, decision);
    }
  if (good->len > 0 && !db->ops->decide (db, &call->who->actor, good, answers, error))
    return NULL;
  count_accepted (good, answers);
  json = results_to_json (items, read, answers);
  for (guint i = 0; i < good->len; i++)
    lk_decision_answer_clear (&answers[i]);
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_decide (LkCall *call, GError **error)
{
  g_autoptr (cJSON) json = lk_call_read_json (call, error);
  const cJSON *items;

  if (json == NULL)
    return NULL;
  items = lk_json_array (json, "decisions");
  if (items == NULL || cJSON_GetArraySize (items) > call->service->config.decisions_max)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "decisions must be a list, and not a longer one than is taken");
      return NULL;
    }
  return decide_all (call, items, error);
}

/* -- undo -- */

LkResponse *
lk_route_revert (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (cJSON) request = lk_call_read_json (call, error);
  g_autoptr (cJSON) json = NULL;
  char lease_id[LK_UUID_SIZE];
  gboolean repeated = FALSE;
  gint64 until = 0;
  cJSON *lease;

  if (request == NULL)
    return NULL;
  if (!lk_key_is_valid (call->id) || !lk_key_is_valid (lk_json_string (request, "key")))
    {
      g_set_error_literal (error, LK_ERROR, lk_key_is_valid (call->id) ? LK_ERROR_BAD_REQUEST : LK_ERROR_NOT_FOUND,
                           "the key of the decision or of the undo is malformed");
      return NULL;
    }
  if (!db->ops->revert (db, &call->who->actor, call->id, lk_json_string (request, "key"), &repeated, lease_id, &until, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "status", repeated ? "repeated" : "accepted");
  lease = cJSON_AddObjectToObject (json, "lease");
  lk_json_add_string (lease, "id", lease_id);
  lk_json_add_int (lease, "expires_in", lk_seconds_until (until));
  return lk_response_new_json (200, json);
}
