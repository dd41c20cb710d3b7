/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/embed.h"

#include <math.h>
#include <string.h>

#include "core/error.h"

struct _LkEmbedding
{
  guint n_vectors;
  LkTensor vectors[LK_EMBEDDINGS_MAX];
};

/* The five points of the template as the mesh has them: eye, eye, nose tip, mouth corner, mouth corner. */
static void
five_points (const LkLandmarks *face, double points[LK_TEMPLATE_POINTS][2])
{
  static const int pairs[LK_TEMPLATE_POINTS][2] = {
    { LK_MESH_LEFT_EYE_OUTER, LK_MESH_LEFT_EYE_INNER },
    { LK_MESH_RIGHT_EYE_INNER, LK_MESH_RIGHT_EYE_OUTER },
    { LK_MESH_NOSE_TIP, LK_MESH_NOSE_TIP },
    { LK_MESH_MOUTH_LEFT, LK_MESH_MOUTH_LEFT },
    { LK_MESH_MOUTH_RIGHT, LK_MESH_MOUTH_RIGHT },
  };

  for (int i = 0; i < LK_TEMPLATE_POINTS; i++)
    for (int k = 0; k < 2; k++)
      points[i][k] = ((double) face->mesh[pairs[i][0]][k] + face->mesh[pairs[i][1]][k]) / 2;
}

static gboolean
scale_to_unit (LkTensor *vector)
{
  double sum = 0;
  float factor;

  for (gsize i = 0; i < vector->length; i++)
    sum += (double) vector->data[i] * vector->data[i];
  if (!(sum > 0) || !isfinite (sum))
    return FALSE;
  factor = (float) (1 / sqrt (sum));
  for (gsize i = 0; i < vector->length; i++)
    vector->data[i] *= factor;
  return TRUE;
}

static gboolean
run_embedding (LkEngine *engine, LkModel *model, const LkPyramid *photo, const LkLandmarks *face, LkTensor *vector,
               GError **error)
{
  const LkModelEntry *entry = lk_model_get_entry (model);
  const LkTemplate *template = g_hash_table_lookup (engine->manifest->templates, entry->template_id);
  g_autofree float *input = g_new (float, (gsize) entry->size * entry->size * 3);
  double crop[LK_TEMPLATE_POINTS][2], points[LK_TEMPLATE_POINTS][2];
  LkAffine to_photo;

  five_points (face, points);
  for (int i = 0; i < LK_TEMPLATE_POINTS; i++)
    for (int k = 0; k < 2; k++)
      crop[i][k] = template->points[i][k] * entry->size / template->size;
  to_photo = lk_affine_from_points (crop, points, LK_TEMPLATE_POINTS);
  lk_pyramid_sample (photo, &to_photo, entry, input);
  if (!lk_model_run (model, input, vector, error))
    return FALSE;
  if (scale_to_unit (vector))
    return TRUE;
  g_set_error (error, LK_ERROR, LK_ERROR_NO_ENGINE, "model %s gives an empty vector", entry->id);
  return FALSE;
}

LkEmbedding *
lk_embedding_new (LkEngine *engine, const LkPyramid *photo, const LkLandmarks *face, GError **error)
{
  g_autoptr (LkEmbedding) self = g_new0 (LkEmbedding, 1);

  for (guint i = 0; i < engine->n_embeddings; i++)
    {
      self->n_vectors = i + 1;
      if (!run_embedding (engine, engine->embeddings[i], photo, face, &self->vectors[i], error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
lk_embedding_free (LkEmbedding *self)
{
  for (guint i = 0; i < self->n_vectors; i++)
    g_free (self->vectors[i].data);
  g_free (self);
}

double
lk_embedding_compare (const LkEmbedding *a, const LkEmbedding *b)
{
  double sum = 0;

  for (guint i = 0; i < MIN (a->n_vectors, b->n_vectors); i++)
    for (gsize k = 0; k < MIN (a->vectors[i].length, b->vectors[i].length); k++)
      sum += (double) a->vectors[i].data[k] * b->vectors[i].data[k];
  return sum;
}

float *
lk_embedding_dup_values (const LkEmbedding *self, guint *n_values)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (float));
  gsize length;
  float *data;

  for (guint i = 0; i < self->n_vectors; i++)
    g_array_append_vals (values, self->vectors[i].data, (guint) self->vectors[i].length);
  data = (float *) (gpointer) g_array_steal (values, &length);
  g_array_unref (values);
  *n_values = (guint) length;
  return data;
}
