/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/face-index.h"

#include <math.h>

/* Entries lie in blocks that never move. A reader takes the number of entries once and looks at those, so that nothing is
 * locked; the number grows only after an entry is whole. */
enum
{
  BLOCK_SIZE = 1024,            /* entries */
  MAX_BLOCKS = 4096,
  ONE = 1 << 14,                /* 1.0 in fixed point: the products of four unit vectors still fit into 32 bits */
};

typedef struct
{
  gint64 id, group;
  gboolean has_fingerprint, has_values;
} Head;

typedef struct
{
  Head heads[BLOCK_SIZE];
  LkFingerprint fingerprints[BLOCK_SIZE];
  gint16 *values;               /* BLOCK_SIZE rows; NULL until one is needed */
} Block;

struct _LkFaceIndex
{
  guint32 models;
  gint n_values;                /* of an embedding: known with the first one, 0 before; atomic */
  gint n_entries;               /* atomic */
  GMutex adding;
  Block *blocks[MAX_BLOCKS];
};

LkFaceIndex *
lk_face_index_new (guint32 models)
{
  LkFaceIndex *self = g_new0 (LkFaceIndex, 1);

  self->models = models;
  g_mutex_init (&self->adding);
  return self;
}

void
lk_face_index_free (LkFaceIndex *self)
{
  for (int i = 0; i < MAX_BLOCKS && self->blocks[i] != NULL; i++)
    {
      g_free (self->blocks[i]->values);
      g_free (self->blocks[i]);
    }
  g_mutex_clear (&self->adding);
  g_free (self);
}

static gboolean
fits (const LkFaceIndex *self, const LkTrace *trace)
{
  guint n_values = (guint) g_atomic_int_get (&self->n_values);

  return n_values > 0 && trace->n_values == n_values && trace->models == self->models;
}

static void
to_fixed_point (const LkTrace *trace, gint16 *row)
{
  for (guint i = 0; i < trace->n_values; i++)
    row[i] = (gint16) lrintf (CLAMP (trace->values[i], -1.0f, 1.0f) * ONE);
}

/* The embedding's row of a new entry, which the readers do not know of yet. */
static void
put_values (LkFaceIndex *self, Block *block, int place, const LkTrace *trace)
{
  if (self->n_values == 0 && trace->n_values > 0 && trace->models == self->models)
    g_atomic_int_set (&self->n_values, (int) trace->n_values);
  if (!fits (self, trace))
    return;
  if (block->values == NULL)
    block->values = g_new0 (gint16, (gsize) BLOCK_SIZE * trace->n_values);
  to_fixed_point (trace, block->values + (gsize) place * trace->n_values);
  block->heads[place].has_values = TRUE;
}

gboolean
lk_face_index_add (LkFaceIndex *self, gint64 id, gint64 group, const LkTrace *trace)
{
  int n, place;
  Block *block;

  g_mutex_lock (&self->adding);
  n = self->n_entries;
  if (n >= BLOCK_SIZE * MAX_BLOCKS)
    {
      g_mutex_unlock (&self->adding);
      return FALSE;
    }
  place = n % BLOCK_SIZE;
  if (place == 0)
    self->blocks[n / BLOCK_SIZE] = g_new0 (Block, 1);
  block = self->blocks[n / BLOCK_SIZE];
  block->heads[place] = (Head) { id, group, trace->has_fingerprint, FALSE };
  block->fingerprints[place] = trace->fingerprint;
  put_values (self, block, place, trace);
  g_atomic_int_set (&self->n_entries, n + 1);
  g_mutex_unlock (&self->adding);
  return TRUE;
}

guint
lk_face_index_get_size (LkFaceIndex *self)
{
  return (guint) g_atomic_int_get (&self->n_entries);
}

gsize
lk_face_index_get_bytes (LkFaceIndex *self)
{
  gsize n_blocks = (lk_face_index_get_size (self) + BLOCK_SIZE - 1) / BLOCK_SIZE;
  gsize n_values = (gsize) g_atomic_int_get (&self->n_values);

  return sizeof *self + n_blocks * (sizeof (Block) + BLOCK_SIZE * n_values * sizeof (gint16));
}

/* Products of 16 bits, summed in 32: the compiler makes one instruction of eight of them on every processor we build for. */
static gint32
dot (const gint16 *a, const gint16 *b, guint n)
{
  gint32 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (gint32) a[i] * b[i];
  return sum;
}

/* One question on its way through the entries. */
typedef struct
{
  const LkFaceQuery *query;
  const gint16 *row;            /* its embedding in fixed point; NULL when it has none */
  guint n_values;
  GArray *copies;
  GArray *faces;                /* of LkFaceHit, sorted, at most n_best */
} Search;

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const LkFaceHit *first = a, *second = b;

  if (first->score != second->score && !(isnan (first->score) && isnan (second->score)))
    return isnan (first->score) || first->score < second->score ? 1 : -1;
  return first->id < second->id ? -1 : first->id > second->id;
}

/* Into its place among the best; what falls off the end is forgotten. */
static void
keep_face (Search *search, const LkFaceHit *hit)
{
  GArray *faces = search->faces;
  guint place = faces->len;

  while (place > 0 && compare_hits (hit, &g_array_index (faces, LkFaceHit, place - 1)) < 0)
    place--;
  if (place >= search->query->n_best)
    return;
  g_array_insert_val (faces, place, *hit);
  if (faces->len > search->query->n_best)
    g_array_set_size (faces, search->query->n_best);
}

static gboolean
is_wanted (const LkFaceQuery *query, gint64 group)
{
  return query->filter == LK_GROUP_ANY || (group == query->group) == (query->filter == LK_GROUP_SAME);
}

static void
look_at (Search *search, const Block *block, guint place)
{
  const LkFaceQuery *query = search->query;
  const Head *head = &block->heads[place];
  const LkFingerprint *fingerprint = &block->fingerprints[place];
  LkFaceHit hit = { .id = head->id, .group = head->group, .score = NAN, .distance = -1, .shape = NAN };
  gboolean is_alike;

  if (!is_wanted (query, head->group))
    return;
  if (search->row != NULL && head->has_values)
    hit.score = dot (search->row, block->values + (gsize) place * search->n_values, search->n_values) / ((double) ONE * ONE);
  if (query->trace->has_fingerprint && head->has_fingerprint)
    hit.distance = lk_fingerprint_distance (&query->trace->fingerprint, fingerprint);
  is_alike = (isnan (hit.score) ? -INFINITY : hit.score) >= query->least_score;
  if (hit.distance >= 0 && (hit.distance <= query->copies.most_bits || is_alike))
    hit.shape = lk_fingerprint_compare (&query->trace->fingerprint, fingerprint);
  hit.is_copy = hit.distance >= 0 && hit.distance <= query->copies.most_bits && hit.shape >= query->copies.least_shape;
  if (hit.is_copy)
    g_array_append_val (search->copies, hit);
  else if (is_alike)
    keep_face (search, &hit);
}

GArray *
lk_face_index_query (LkFaceIndex *self, const LkFaceQuery *query)
{
  guint n = lk_face_index_get_size (self);
  guint n_values = query->trace->n_values;
  g_autofree gint16 *row = fits (self, query->trace) ? g_new (gint16, n_values) : NULL;
  g_autoptr (GArray) faces = g_array_new (FALSE, FALSE, sizeof (LkFaceHit));
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (LkFaceHit));
  Search search = { query, row, n_values, hits, faces };

  if (row != NULL)
    to_fixed_point (query->trace, row);
  for (guint i = 0; i < n; i++)
    look_at (&search, self->blocks[i / BLOCK_SIZE], i % BLOCK_SIZE);
  g_array_sort (hits, compare_hits);
  if (faces->len > 0)
    g_array_append_vals (hits, faces->data, faces->len);
  return hits;
}
