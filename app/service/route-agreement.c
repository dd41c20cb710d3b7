/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include <math.h>

#include "core/mask.h"

static void
add_agreement (cJSON *json, const LkAgreement *agreement)
{
  double kappa = lk_agreement_kappa (agreement);

  lk_json_add_int (json, "pairs", agreement->n_pairs);
  lk_json_add_int (json, "equal", agreement->n_equal);
  if (!isnan (kappa))
    lk_json_add_number (json, "kappa", round (kappa * 1e4) / 1e4);
}

static cJSON *
reviewer_to_json (const LkReviewerAgreement *reviewer)
{
  cJSON *json = cJSON_CreateObject ();
  g_autofree char *name = lk_mask_name (reviewer->name);

  lk_json_add_string (json, "user", reviewer->user);
  lk_json_add_string (json, "name", name);
  add_agreement (json, &reviewer->verdicts);
  lk_json_add_int (json, "known", reviewer->n_known);
  lk_json_add_int (json, "known_right", reviewer->n_right);
  return json;
}

static cJSON *
reason_to_json (const LkReasonAgreement *reason)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "code", reason->code);
  add_agreement (json, &reason->given);
  return json;
}

LkResponse *
lk_route_agreement (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (LkAgreementReport) report = db->ops->agreement (db, error);
  g_autoptr (cJSON) json = NULL;
  cJSON *list;

  if (report == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  list = cJSON_AddArrayToObject (json, "reviewers");
  for (guint i = 0; i < report->reviewers->len; i++)
    cJSON_AddItemToArray (list, reviewer_to_json (report->reviewers->pdata[i]));
  list = cJSON_AddArrayToObject (json, "reasons");
  for (guint i = 0; i < report->reasons->len; i++)
    cJSON_AddItemToArray (list, reason_to_json (report->reasons->pdata[i]));
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_own_agreement (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  gint64 n_pairs = 0, n_equal = 0;
  g_autoptr (cJSON) json = NULL;

  if (!db->ops->own_agreement (db, &call->who->actor, &n_pairs, &n_equal, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_int (json, "pairs", n_pairs);
  lk_json_add_int (json, "equal", n_equal);
  return lk_response_new_json (200, json);
}
