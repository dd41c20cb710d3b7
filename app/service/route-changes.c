/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/change-feed.h"

#include "core/error.h"
#include "service/problem.h"

static cJSON *
change_to_json (const LkChange *change)
{
  cJSON *json = cJSON_CreateObject ();
  g_autofree char *at = lk_time_to_text (change->at);

  lk_json_add_string (json, "submission", change->submission);
  lk_json_add_string (json, "state", lk_state_to_word (change->state));
  lk_json_add_string (json, "at", at);
  return json;
}

/* That a second person looks is told to leads alone: a first decision may not be known to have been doubted (rules.md section 8.3). */
static gboolean
may_be_told (const LkChange *change, LkRole role)
{
  return change->state != LK_STATE_SECOND_REVIEW || role == LK_ROLE_LEAD;
}

LkResponse *
lk_changes_response (LkService *service, LkRole role, gint64 cursor, guint *n_changes, gint64 *last, GError **error)
{
  int page = service->config.changes_page;
  gint64 newest = 0;
  g_autoptr (GArray) changes = service->db->ops->changes (service->db, cursor, page, &newest, error);
  g_autoptr (cJSON) json = NULL;
  g_autofree char *text = NULL;
  gboolean more;
  cJSON *list;

  if (changes == NULL)
    return NULL;
  more = changes->len >= (guint) page;
  *n_changes = 0;
  if (changes->len > 0)
    *last = g_array_index (changes, LkChange, changes->len - 1).seq;
  if (!more)
    *last = MAX (*last, newest);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, *last);
  json = cJSON_CreateObject ();
  lk_json_add_string (json, "cursor", text);
  cJSON_AddBoolToObject (json, "more", more);
  list = cJSON_AddArrayToObject (json, "changes");
  for (guint i = 0; i < changes->len; i++)
    {
      const LkChange *change = &g_array_index (changes, LkChange, i);

      if (!may_be_told (change, role))
        continue;
      cJSON_AddItemToArray (list, change_to_json (change));
      (*n_changes)++;
    }
  return lk_response_new_json (200, json);
}

/* A missing number is the fallback; anything that is no number or out of range an error. */
static gboolean
read_number (LkCall *call, const char *name, gint64 fallback, gint64 max, gint64 *value, GError **error)
{
  const char *text = lk_request_get_query (call->request, name);

  *value = fallback;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (g_ascii_string_to_signed (text, 10, 0, max, value, NULL))
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST, "%s is no number that can be taken", name);
  return FALSE;
}

LkResponse *
lk_route_changes (LkCall *call, GError **error)
{
  LkService *service = call->service;
  gint64 cursor, wait, last = 0;
  guint n_changes = 0;
  g_autoptr (LkResponse) response = NULL;

  if (!read_number (call, "cursor", -1, G_MAXINT64 - 1, &cursor, error) ||
      !read_number (call, "wait", 0, G_MAXINT, &wait, error))
    return NULL;
  response = lk_changes_response (service, call->who->actor.role, cursor, &n_changes, &last, error);
  if (response == NULL || cursor < 0 || n_changes > 0 || wait == 0)
    return g_steal_pointer (&response);
  wait = MIN (wait, service->config.changes_wait_max);
  if (lk_change_feed_wait (service->feed, call, cursor, (int) wait))
    return NULL;
  return g_steal_pointer (&response);
}
