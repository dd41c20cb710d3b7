/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/models.h"

#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/json.h"

static void
model_entry_free (LkModelEntry *entry)
{
  g_free (entry->id);
  g_free (entry->file);
  g_free (entry->input_name);
  for (guint i = 0; i < entry->n_outputs; i++)
    g_free (entry->output_names[i]);
  g_free (entry->template_id);
  g_free (entry);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkModelEntry, model_entry_free)

/* Fills what a network needs to be fed and read. */
static gboolean
read_network (LkModelEntry *entry, const cJSON *json, const cJSON *input, GError **error)
{
  const char *layout = lk_json_string (input, "layout");
  g_auto (GStrv) outputs = lk_json_strv (json, "outputs");

  entry->input_name = g_strdup (lk_json_string (input, "name"));
  entry->size = (int) lk_json_int (input, "size", 0);
  entry->mean = (float) lk_json_number (input, "mean", 0);
  entry->scale = (float) lk_json_number (input, "scale", 1);
  entry->planar = g_strcmp0 (layout, "NCHW") == 0;
  if (entry->input_name == NULL || entry->size < 1 || entry->size > 1024 || !(entry->scale > 0)
      || (!entry->planar && g_strcmp0 (layout, "NHWC") != 0)
      || outputs == NULL || outputs[0] == NULL || g_strv_length (outputs) > LK_MODEL_MAX_OUTPUTS)
    {
      lk_json_blame (json, "input");
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "model %s: input or outputs cannot be used", entry->id);
      return FALSE;
    }
  while (outputs[entry->n_outputs] != NULL)
    {
      entry->output_names[entry->n_outputs] = g_strdup (outputs[entry->n_outputs]);
      entry->n_outputs++;
    }
  return TRUE;
}

static LkModelEntry *
read_model (const cJSON *json, GError **error)
{
  g_autoptr (LkModelEntry) entry = g_new0 (LkModelEntry, 1);
  const cJSON *input = lk_json_object (json, "input");

  entry->id = g_strdup (lk_json_string (json, "id"));
  entry->file = g_strdup (lk_json_string (json, "file"));
  if (entry->id == NULL || entry->file == NULL || strchr (entry->file, '/') != NULL)
    {
      lk_json_blame (json, "file");
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "a model without id, or with a file name that cannot be used");
      return NULL;
    }
  entry->min_score = (float) lk_json_number (json, "min_score", 0);
  entry->template_id = g_strdup (lk_json_string (json, "template"));
  if (input != NULL && !read_network (entry, json, input, error))
    return NULL;
  return g_steal_pointer (&entry);
}

static gboolean
read_models (LkManifest *self, const cJSON *json, GError **error)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, lk_json_array (json, "models"))
    {
      LkModelEntry *entry = read_model (item, error);

      if (entry == NULL)
        return FALSE;
      g_hash_table_replace (self->models, entry->id, entry);
    }
  return TRUE;
}

static gboolean
read_template (LkTemplate *template, const cJSON *json)
{
  const cJSON *points = lk_json_array (json, "points");

  template->size = (int) lk_json_int (json, "size", 0);
  if (template->size < 1 || cJSON_GetArraySize (points) != LK_TEMPLATE_POINTS)
    return FALSE;
  for (int i = 0; i < LK_TEMPLATE_POINTS; i++)
    for (int k = 0; k < 2; k++)
      {
        const cJSON *number = cJSON_GetArrayItem (cJSON_GetArrayItem (points, i), k);

        if (!cJSON_IsNumber (number))
          return FALSE;
        template->points[i][k] = number->valuedouble;
      }
  return TRUE;
}

static gboolean
read_templates (LkManifest *self, const cJSON *json, GError **error)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, lk_json_object (json, "templates"))
    {
      LkTemplate *template = g_new0 (LkTemplate, 1);

      g_hash_table_replace (self->templates, g_strdup (item->string), template);
      if (!read_template (template, item))
        {
          lk_json_blame (item, NULL);
          g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "template %s: five points and a size are needed", item->string);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
refuse_band (const cJSON *json, const char *name, const char *why, GError **error)
{
  lk_json_blame (json, name);
  g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "similarity: \"%s\" %s", name, why);
  return FALSE;
}

/* A list without similarity compares nobody. A score is the sum of one cosine a model: no band lies beyond their number. */
static gboolean
read_similarity (LkManifest *self, const cJSON *json, GError **error)
{
  double most;

  self->same = self->different = self->search = NAN;
  if (json == NULL)
    return TRUE;
  self->similarity_models = lk_json_strv (json, "models");
  self->same = lk_json_number (json, "same", NAN);
  self->different = lk_json_number (json, "different", NAN);
  if (self->similarity_models == NULL || self->similarity_models[0] == NULL)
    return refuse_band (json, "models", "must be a list of at least one model's id", error);
  most = g_strv_length (self->similarity_models);
  if (!(fabs (self->same) <= most))
    return refuse_band (json, "same", "must be a number from minus to plus the number of models", error);
  if (!(fabs (self->different) <= most))
    return refuse_band (json, "different", "must be a number from minus to plus the number of models", error);
  if (self->different > self->same)
    return refuse_band (json, "different", "is above \"same\"", error);
  self->search = lk_json_number (json, "search", self->same);
  if (!(self->search >= self->same && self->search <= most))
    return refuse_band (json, "search", "must be a number from \"same\" to the number of models", error);
  return TRUE;
}

static LkManifest *
from_json (const cJSON *json, GError **error)
{
  g_autoptr (LkManifest) self = g_new0 (LkManifest, 1);

  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) model_entry_free);
  self->templates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_models (self, json, error) || !read_templates (self, json, error)
      || !read_similarity (self, cJSON_GetObjectItemCaseSensitive (json, "similarity"), error))
    return NULL;
  return g_steal_pointer (&self);
}

LkManifest *
lk_manifest_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (cJSON) root = lk_json_parse (json, length, LK_ERROR_BAD_SPEC, error);

  return root != NULL ? from_json (root, error) : NULL;
}

static gpointer
read_root (const cJSON *root, GError **error)
{
  return from_json (root, error);
}

LkManifest *
lk_manifest_load (const char *path, GError **error)
{
  return lk_json_read_file (path, read_root, LK_ERROR_BAD_SPEC, error);
}

void
lk_manifest_free (LkManifest *self)
{
  g_clear_pointer (&self->models, g_hash_table_unref);
  g_clear_pointer (&self->templates, g_hash_table_unref);
  g_strfreev (self->similarity_models);
  g_free (self);
}

const LkModelEntry *
lk_manifest_get_model (const LkManifest *self, const char *id, GError **error)
{
  const LkModelEntry *entry = g_hash_table_lookup (self->models, id);

  if (entry == NULL)
    g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "the list of models has no \"%s\"", id);
  return entry;
}
