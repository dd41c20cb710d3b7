/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The models of the photo engine as data: data/models.json. */

#define LK_TEMPLATE_POINTS 5
#define LK_MODEL_MAX_OUTPUTS 4

/* How one model is fed and read. */
typedef struct
{
  char *id;                     /* "mesh" */
  char *file;                   /* name inside the models folder */
  char *input_name;             /* NULL for an entry that is data and not a network */
  int size;                     /* input is size x size px, RGB */
  gboolean planar;              /* TRUE: 1 x 3 x size x size, else 1 x size x size x 3 */
  float mean, scale;            /* input value = (0..255 - mean) / scale */
  char *output_names[LK_MODEL_MAX_OUTPUTS];
  guint n_outputs;
  float min_score;              /* 0 where the model has no score */
  char *template_id;            /* of embeddings: where the five points must fall; or NULL */
} LkModelEntry;

/* Where eyes, nose tip and mouth corners must fall in a size x size crop, px. */
typedef struct
{
  int size;
  double points[LK_TEMPLATE_POINTS][2];
} LkTemplate;

typedef struct
{
  GHashTable *models;           /* id -> LkModelEntry * */
  GHashTable *templates;        /* id -> LkTemplate * */
  char **similarity_models;     /* the embeddings whose cosines are summed */
  double same;                  /* at or above: same person */
  double different;             /* below: another; between: a person looks */
  double search;                /* at or above, a stranger among all students may be the same person; "same" when not given */
} LkManifest;

/* Reads a manifest; LK_ERROR_BAD_SPEC names the member that cannot be used. */
LkManifest *lk_manifest_load  (const char *path, GError **error);
LkManifest *lk_manifest_parse (const char *json, gssize length, GError **error);
void        lk_manifest_free  (LkManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkManifest, lk_manifest_free)

/* The entry with this id, or NULL and LK_ERROR_BAD_SPEC. Borrowed. */
const LkModelEntry *lk_manifest_get_model (const LkManifest *self, const char *id, GError **error);

G_END_DECLS
