/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include "service/campus-db-student.h"
#include "service/clock.h"

LkResponse *
lk_route_meta (LkCall *call, GError **error)
{
  const LkServiceConfig *config = &call->service->config;
  g_autoptr (cJSON) json = cJSON_CreateObject ();
  g_autofree char *now = lk_time_to_text (lk_clock_now ());
  cJSON *lease;

  lk_json_add_string (json, "name", "Likeness");
  lk_json_add_string (json, "version", LK_VERSION);
  lk_json_add_int (json, "api", 1);
  lk_json_add_int (json, "spec_version", lk_rules_get_spec_version (call->service->rules));
  lk_json_add_string (json, "time", now);
  lease = cJSON_AddObjectToObject (json, "lease");
  lk_json_add_int (lease, "max", config->lease_max);
  lk_json_add_int (lease, "seconds", config->lease_seconds);
  lk_json_add_int (json, "undo_seconds", config->undo_seconds);
  if (call->service->college != NULL)
    lk_json_add_string (json, "college_sign_in", lk_college_get_title (call->service->college));
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_rules (LkCall *call, GError **error)
{
  return lk_response_new_text (200, "application/json", lk_rules_dup_json (call->service->rules));
}

static LkResponse *
status_response (const char *status)
{
  g_autoptr (cJSON) json = cJSON_CreateObject ();

  lk_json_add_string (json, "status", status);
  return lk_response_new_json (200, json);
}

LkResponse *
lk_route_healthz (LkCall *call, GError **error)
{
  return status_response ("ok");
}

/* Ready is who can commit. */
LkResponse *
lk_route_readyz (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;

  return db->ops->ping (db, error) ? status_response ("ready") : NULL;
}

/* When students can send photos: what a reviewer has to expect. */
static gboolean
add_window (cJSON *json, LkCampusDb *db, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LkRound) round = db->students->current_round (db, &failure);
  LkRoundTimes times;
  gint64 at;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (round == NULL)
    return TRUE;
  lk_round_look_all (round, lk_clock_now (), &times);
  at = times.open ? times.closes_at : times.opens_at;
  if (at != 0)
    {
      cJSON *window = cJSON_AddObjectToObject (json, "window");
      g_autofree char *text = lk_time_to_text (at);

      cJSON_AddBoolToObject (window, "open", times.open);
      lk_json_add_string (window, times.open ? "closes_at" : "opens_at", text);
    }
  return TRUE;
}

LkResponse *
lk_route_stats (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  LkQueueStats stats;
  g_autoptr (cJSON) json = NULL;

  if (!db->ops->stats (db, &call->who->actor, &stats, error))
    return NULL;
  json = cJSON_CreateObject ();
  lk_json_add_int (json, "pending", stats.pending);
  lk_json_add_int (json, "in_review", stats.in_review);
  lk_json_add_int (json, "decided_today", stats.decided_today);
  lk_json_add_int (json, "mine_today", stats.mine_today);
  lk_json_add_int (json, "oldest_seconds", stats.oldest_seconds);
  lk_json_add_int (json, "held", stats.held);
  lk_json_add_int (json, "second_review", stats.second);
  if (stats.next_due != 0)
    {
      g_autofree char *due = lk_time_to_text (stats.next_due);
      lk_json_add_string (json, "next_due", due);
    }
  if (!add_window (json, db, error))
    return NULL;
  return lk_response_new_json (200, json);
}
