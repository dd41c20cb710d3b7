/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/face-detect.h"

#include <math.h>

enum
{
  VALUES_PER_ANCHOR = 16,       /* centre, size, then x and y of six key points; the first two are the eyes */
  MAX_ANCHORS = 2304,
  MAX_HITS = 64,
};

static const float SAME_FACE_OVERLAP = 0.3f;

/* One grid of anchors: every cell of side x side has this many, all at the cell's centre. */
typedef struct
{
  int side, per_cell;
} AnchorGrid;

static const AnchorGrid short_grids[] = { { 16, 2 }, { 8, 6 } };
static const AnchorGrid full_grids[] = { { 48, 1 } };

float
lk_box_overlap (const LkBox *a, const LkBox *b)
{
  float width = fminf (a->x1, b->x1) - fmaxf (a->x0, b->x0);
  float height = fminf (a->y1, b->y1) - fmaxf (a->y0, b->y0);
  float common;

  if (width <= 0 || height <= 0)
    return 0;
  common = width * height;
  return common / ((a->x1 - a->x0) * (a->y1 - a->y0) + (b->x1 - b->x0) * (b->y1 - b->y0) - common);
}

/* The whole photo in the middle of the detector's square, with black bars where it is narrower. */
static LkAffine
letterbox (const LkPixels *photo, int size)
{
  double step = MAX (photo->width, photo->height) / (double) size;

  return (LkAffine) { step, 0, (photo->width - step * size) / 2, 0, step, (photo->height - step * size) / 2 };
}

static LkCandidate
read_candidate (const float *values, float anchor_x, float anchor_y, const LkAffine *to_photo)
{
  LkCandidate found;
  float x = values[0] + anchor_x, y = values[1] + anchor_y;

  lk_affine_apply (to_photo, x - values[2] / 2, y - values[3] / 2, &found.box.x0, &found.box.y0);
  lk_affine_apply (to_photo, x + values[2] / 2, y + values[3] / 2, &found.box.x1, &found.box.y1);
  lk_affine_apply (to_photo, values[4] + anchor_x, values[5] + anchor_y, &found.left_eye[0], &found.left_eye[1]);
  lk_affine_apply (to_photo, values[6] + anchor_x, values[7] + anchor_y, &found.right_eye[0], &found.right_eye[1]);
  return found;
}

/* Collects the anchors whose score is high enough; returns how many. */
static guint
collect_hits (const float *values, const float *logits, const AnchorGrid *grids, guint n_grids,
              const LkModelEntry *entry, const LkAffine *to_photo, LkCandidate *hits)
{
  guint n_hits = 0;
  float least = logf (entry->min_score / (1 - entry->min_score));

  for (guint g = 0; g < n_grids; g++)
    for (int cell = 0; cell < grids[g].side * grids[g].side; cell++)
      for (int k = 0; k < grids[g].per_cell; k++, values += VALUES_PER_ANCHOR, logits++)
        {
          float step = (float) entry->size / (float) grids[g].side;

          if (!(*logits >= least) || n_hits == MAX_HITS)
            continue;
          hits[n_hits] = read_candidate (values, ((float) (cell % grids[g].side) + 0.5f) * step,
                                         ((float) (cell / grids[g].side) + 0.5f) * step, to_photo);
          hits[n_hits++].score = *logits;
        }
  return n_hits;
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const LkCandidate *first = a, *second = b;

  return first->score > second->score ? -1 : first->score < second->score;
}

static guint
keep_best (LkCandidate *hits, guint n_hits, LkCandidate *kept)
{
  guint n_kept = 0;

  qsort (hits, n_hits, sizeof *hits, compare_scores);
  for (guint i = 0; i < n_hits && n_kept < LK_MAX_FACES; i++)
    {
      gboolean is_new = TRUE;

      for (guint k = 0; k < n_kept && is_new; k++)
        is_new = lk_box_overlap (&hits[i].box, &kept[k].box) <= SAME_FACE_OVERLAP;
      if (is_new)
        kept[n_kept++] = hits[i];
    }
  return n_kept;
}

static gboolean
detect (LkModel *model, const AnchorGrid *grids, guint n_grids, const LkPyramid *photo,
        LkCandidate *candidates, guint *n_candidates, GError **error)
{
  const LkModelEntry *entry = lk_model_get_entry (model);
  LkAffine to_photo = letterbox (photo->levels[0], entry->size);
  g_autofree float *input = g_new (float, (gsize) entry->size * entry->size * 3);
  g_autofree float *values = g_new (float, MAX_ANCHORS * VALUES_PER_ANCHOR);
  g_autofree float *logits = g_new (float, MAX_ANCHORS);
  LkCandidate hits[MAX_HITS];
  gsize n_anchors = 0;
  guint n_hits;

  for (guint g = 0; g < n_grids; g++)
    n_anchors += (gsize) grids[g].side * grids[g].side * grids[g].per_cell;
  lk_pyramid_sample (photo, &to_photo, entry, input);
  if (!lk_model_run (model, input, (LkTensor[]){ { values, n_anchors * VALUES_PER_ANCHOR }, { logits, n_anchors } },
                     error))
    return FALSE;
  n_hits = collect_hits (values, logits, grids, n_grids, entry, &to_photo, hits);
  *n_candidates = keep_best (hits, n_hits, candidates);
  return TRUE;
}

gboolean
lk_detect_short (LkEngine *engine, const LkPyramid *photo, LkCandidate *candidates, guint *n_candidates, GError **error)
{
  return detect (engine->detector_short, short_grids, G_N_ELEMENTS (short_grids), photo, candidates, n_candidates, error);
}

gboolean
lk_detect_full (LkEngine *engine, const LkPyramid *photo, LkCandidate *candidates, guint *n_candidates, GError **error)
{
  return detect (engine->detector_full, full_grids, G_N_ELEMENTS (full_grids), photo, candidates, n_candidates, error);
}
