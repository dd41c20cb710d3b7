/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/routes.h"

#include "core/error.h"

/* How what waits is spread over sites, classes, outcomes and suggested reasons: what a filter can be set to. */

static void
add_to (GHashTable *counts, const char *key, gint64 count)
{
  gint64 before = GPOINTER_TO_INT (g_hash_table_lookup (counts, key));

  g_hash_table_insert (counts, g_strdup (key), GINT_TO_POINTER ((int) (before + count)));
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static void
add_counts (cJSON *json, const char *name, GHashTable *counts)
{
  cJSON *list = cJSON_AddArrayToObject (json, name);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (counts), compare_words);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      cJSON *item = cJSON_CreateObject ();

      lk_json_add_string (item, "name", l->data);
      lk_json_add_int (item, "pending", GPOINTER_TO_INT (g_hash_table_lookup (counts, l->data)));
      cJSON_AddItemToArray (list, item);
    }
}

static cJSON *
facets_to_json (GPtrArray *facets)
{
  static const char *const names[] = { "sites", "classes", "outcomes", "reasons" };
  GHashTable *counts[G_N_ELEMENTS (names)];
  cJSON *json = cJSON_CreateObject ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    counts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < facets->len; i++)
    {
      const LkFacet *facet = facets->pdata[i];

      add_to (counts[0], facet->site, facet->count);
      add_to (counts[1], facet->class_name, facet->count);
      add_to (counts[2], lk_outcome_to_word (facet->worst), facet->count);
      for (gsize k = 0; facet->reasons[k] != NULL; k++)
        add_to (counts[3], facet->reasons[k], facet->count);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      add_counts (json, names[i], counts[i]);
      g_hash_table_unref (counts[i]);
    }
  return json;
}

LkResponse *
lk_route_facets (LkCall *call, GError **error)
{
  LkCampusDb *db = call->service->db;
  gboolean second = g_strcmp0 (lk_request_get_query (call->request, "queue"), "second") == 0;
  g_autoptr (GPtrArray) facets = NULL;
  g_autoptr (cJSON) json = NULL;

  if (second && call->who->actor.role != LK_ROLE_LEAD)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_FORBIDDEN, "a second look is a lead's");
      return NULL;
    }
  facets = db->ops->facets (db, second, error);
  if (facets == NULL)
    return NULL;
  json = facets_to_json (facets);
  return lk_response_new_json (200, json);
}
