/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/engine.h"

#include <string.h>

#include "core/data.h"
#include "core/error.h"

enum
{
  CANONICAL_HEADER = 16,        /* bytes: "LKCANON1", number of points, number of weights */
  CANONICAL_POINT = 20,         /* x, y, z, u, v */
  CANONICAL_WEIGHT = 8,         /* index, weight */
};

static guint32
read_uint32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static float
read_float (const guint8 *bytes)
{
  guint32 bits = read_uint32 (bytes);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

gboolean
lk_canonical_face_parse (LkCanonicalFace *self, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint32 n_weights;

  *self = (LkCanonicalFace) { 0 };
  if (size < CANONICAL_HEADER || memcmp (data, "LKCANON1", 8) != 0 || read_uint32 (data + 8) != LK_MESH_POINTS)
    goto unusable;
  n_weights = read_uint32 (data + 12);
  if (n_weights < 4 || n_weights > LK_MESH_POINTS
      || size != CANONICAL_HEADER + (gsize) LK_MESH_POINTS * CANONICAL_POINT + (gsize) n_weights * CANONICAL_WEIGHT)
    goto unusable;
  data += CANONICAL_HEADER;
  for (int i = 0; i < LK_MESH_POINTS; i++, data += CANONICAL_POINT)
    for (int k = 0; k < 3; k++)
      self->points[i][k] = read_float (data + 4 * k);
  for (guint32 i = 0; i < n_weights; i++, data += CANONICAL_WEIGHT)
    {
      guint32 index = read_uint32 (data);

      if (index >= LK_MESH_POINTS)
        goto unusable;
      self->weights[index] = read_float (data + 4);
    }
  return TRUE;

unusable:
  g_set_error_literal (error, LK_ERROR, LK_ERROR_NO_ENGINE, "the canonical face is damaged");
  return FALSE;
}

static gboolean
load_canonical_face (LkEngine *self, const char *models_dir, GError **error)
{
  const LkModelEntry *entry = lk_manifest_get_model (self->manifest, "canonical_face", error);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length;

  if (entry == NULL)
    return FALSE;
  path = g_build_filename (models_dir, entry->file, NULL);
  if (!g_file_get_contents (path, &text, &length, &reason))
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_NO_ENGINE, reason->message);
      return FALSE;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  return lk_canonical_face_parse (&self->canonical, bytes, error);
}

static LkModel *
load_model (LkEngine *self, const char *id, guint n_outputs, const char *models_dir, GError **error)
{
  const LkModelEntry *entry = lk_manifest_get_model (self->manifest, id, error);

  if (entry == NULL)
    return NULL;
  if (entry->input_name == NULL || entry->n_outputs != n_outputs)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "model %s: %u outputs are needed", id, n_outputs);
      return NULL;
    }
  return lk_model_new (self->runtime, entry, models_dir, error);
}

static gboolean
load_face_models (LkEngine *self, const char *models_dir, GError **error)
{
  const struct
  {
    const char *id;
    guint n_outputs;
    LkModel **model;
  } wanted[] = {
    { "detector_short", 2, &self->detector_short },
    { "detector_full", 2, &self->detector_full },
    { "mesh", 2, &self->mesh },
    { "iris", 1, &self->iris },
    { "person_mask", 1, &self->person_mask },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      *wanted[i].model = load_model (self, wanted[i].id, wanted[i].n_outputs, models_dir, error);
      if (*wanted[i].model == NULL)
        return FALSE;
    }
  return load_canonical_face (self, models_dir, error);
}

/* The similarity is advice and the embeddings are replaceable: without them everything else works on. */
static gboolean
load_embeddings (LkEngine *self, const char *models_dir, GError **error)
{
  char **ids = self->manifest->similarity_models;
  guint n_ids = ids != NULL ? g_strv_length (ids) : 0;

  if (n_ids < 1 || n_ids > LK_EMBEDDINGS_MAX)
    {
      g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "similarity needs 1 to %d models", LK_EMBEDDINGS_MAX);
      return FALSE;
    }
  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (LkModel) model = load_model (self, ids[i], 1, models_dir, error);
      const char *template_id = model != NULL ? lk_model_get_entry (model)->template_id : NULL;

      if (model == NULL)
        return FALSE;
      if (template_id == NULL || g_hash_table_lookup (self->manifest->templates, template_id) == NULL)
        {
          g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "model %s: its template is missing", ids[i]);
          return FALSE;
        }
      self->embeddings[i] = g_steal_pointer (&model);
    }
  self->n_embeddings = n_ids;
  return TRUE;
}

LkEngine *
lk_engine_new (const char *models_dir, GError **embedding_problem, GError **error)
{
  g_autoptr (LkEngine) self = g_new0 (LkEngine, 1);
  g_autofree char *path = lk_data_find ("models.json", error);

  if (path == NULL)
    return NULL;
  self->manifest = lk_manifest_load (path, error);
  if (self->manifest == NULL)
    return NULL;
  self->runtime = lk_runtime_new (error);
  if (self->runtime == NULL || !load_face_models (self, models_dir, error))
    return NULL;
  load_embeddings (self, models_dir, embedding_problem);
  return g_steal_pointer (&self);
}

void
lk_engine_free (LkEngine *self)
{
  g_clear_pointer (&self->detector_short, lk_model_free);
  g_clear_pointer (&self->detector_full, lk_model_free);
  g_clear_pointer (&self->mesh, lk_model_free);
  g_clear_pointer (&self->iris, lk_model_free);
  g_clear_pointer (&self->person_mask, lk_model_free);
  for (guint i = 0; i < LK_EMBEDDINGS_MAX; i++)
    g_clear_pointer (&self->embeddings[i], lk_model_free);
  g_clear_pointer (&self->runtime, lk_runtime_free);
  g_clear_pointer (&self->manifest, lk_manifest_free);
  g_free (self);
}
