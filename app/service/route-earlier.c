/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include "core/error.h"
#include "core/key.h"
#include "core/wire.h"
#include "service/staff-json.h"

static void
add_time (cJSON *json, const char *name, gint64 time)
{
  g_autofree char *text = lk_time_to_text (time);

  lk_json_add_string (json, name, text);
}

static cJSON *
row_to_json (const LkEarlierRow *row)
{
  cJSON *json = cJSON_CreateObject ();

  lk_json_add_string (json, "id", row->uuid);
  lk_json_add_string (json, "state", lk_state_to_word (row->state));
  add_time (json, "submitted_at", row->submitted_at);
  cJSON_AddItemToObject (json, "photo", lk_photo_info_to_json (row->photo));
  if (row->decision != NULL)
    cJSON_AddItemToObject (json, "decision", lk_decision_row_to_json (row->decision));
  return json;
}

LkResponse *
lk_route_earlier (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (cJSON) json = NULL;
  cJSON *list;

  if (!lk_key_is_valid (call->id))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NOT_FOUND, "no submission has such an id");
      return NULL;
    }
  rows = db->ops->earlier (db, &call->who->actor, call->id, error);
  if (rows == NULL)
    return NULL;
  json = cJSON_CreateObject ();
  list = cJSON_AddArrayToObject (json, "earlier");
  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (list, row_to_json (rows->pdata[i]));
  return lk_response_new_json (200, json);
}
