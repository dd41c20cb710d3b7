/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include "core/error.h"
#include "core/key.h"
#include "service/submission-json.h"

static cJSON *
leased_to_json (const LkSubmissionRow *row)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "id", row->lease);
  lk_json_add_int (json, "expires_in", lk_seconds_until (row->lease_until));
  cJSON_AddItemToObject (json, "submission", lk_submission_row_to_json (row));
  return json;
}

static cJSON *
leases_to_json (GPtrArray *rows, gint64 pending)
{
  cJSON *json = cJSON_CreateObject ();
  cJSON *leases = cJSON_AddArrayToObject (json, "leases");

  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (leases, leased_to_json (rows->pdata[i]));
  lk_json_add_int (json, "pending", pending);
  return json;
}

LkResponse *
lk_route_lease (LkCall *call, GError **error)
{
  LkService *service = call->service;
  g_autoptr (cJSON) request = lk_call_read_json (call, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autoptr (LkQueueFilter) filter = NULL;
  gint64 count, pending = 0;

  if (request == NULL || (filter = lk_queue_filter_from_json (lk_json_object (request, "filter"), error)) == NULL)
    return NULL;
  count = lk_json_int (request, "count", 0);
  if (count < 1)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "count must be a number above 0");
      return NULL;
    }
  count = MIN (count, service->config.lease_max);
  rows = service->db->ops->lease (service->db, &call->who->actor, (int) count, filter, &pending, error);
  if (rows == NULL)
    return NULL;
  json = leases_to_json (rows, pending);
  return lk_response_new_json (200, json);
}

static gboolean
check_id (LkCall *call, GError **error)
{
  if (lk_key_is_valid (call->id))
    return TRUE;
  g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no lease has such an id");
  return FALSE;
}

LkResponse *
lk_route_renew_lease (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (cJSON) json = NULL;
  gint64 until = 0;

  if (!check_id (call, error) || !db->ops->renew_lease (db, &call->who->actor, call->id, &until, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "id", call->id);
  lk_json_add_int (json, "expires_in", lk_seconds_until (until));
  return lk_response_new_json (200, json);
}

static LkResponse *
return_lease (LkCall *call, gboolean skip, GError **error)
{
  LkCampusDb *db = call->service->db;

  if (!check_id (call, error) || !db->ops->return_lease (db, &call->who->actor, call->id, skip, error))
    return NULL;
  return lk_response_new (204);
}

LkResponse *
lk_route_return_lease (LkCall *call, GError **error)
{
  return return_lease (call, FALSE, error);
}

LkResponse *
lk_route_skip_lease (LkCall *call, GError **error)
{
  return return_lease (call, TRUE, error);
}
