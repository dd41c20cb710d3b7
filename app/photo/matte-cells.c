/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/matte-cells.h"

#include <math.h>

enum { N_CELLS = LK_MASK_SIDE * LK_MASK_SIDE };

/* A shadow on the wall is the background's colour down to this share of it. */
static const float DEEPEST_SHADOW = 0.6f;

/* Cells that may belong to somebody. */
static const float SOFT_PERSON = 0.2f;

/* How unlike the background each cell is, sRGB steps. */
typedef struct
{
  float *colour;                /* its colour */
  float *shade;                 /* its colour in whatever shadow suits it best */
} Unlikeness;

static void
unlikeness_clear (Unlikeness *unlike)
{
  g_free (unlike->colour);
  g_free (unlike->shade);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unlikeness, unlikeness_clear)

static inline float
sum_of (LkQuad colour)
{
  return colour[0] + colour[1] + colour[2];
}

static void
unlikeness_measure (Unlikeness *unlike, const LkPixels *cells, const LkGround *ground)
{
  LkQuad row[LK_GROUND_SIDE];

  unlike->colour = g_new (float, N_CELLS);
  unlike->shade = g_new (float, N_CELLS);
  for (int i = 0; i < N_CELLS; i++)
    {
      const guint8 *rgb = cells->data + 3 * i;
      LkQuad here = { rgb[0], rgb[1], rgb[2], 0 }, back, in_shade;

      if (i % LK_MASK_SIDE == 0)
        lk_ground_row (ground->background, (i / LK_MASK_SIDE + 0.5) / LK_MASK_SIDE, row);
      back = lk_ground_at (row, (float) (i % LK_MASK_SIDE + 0.5) / LK_MASK_SIDE);
      in_shade = here - back * CLAMP (sum_of (here * back) / MAX (sum_of (back * back), 1.0f), DEEPEST_SHADOW, 1.0f);
      here -= back;
      unlike->colour[i] = sqrtf (sum_of (here * here));
      unlike->shade[i] = sqrtf (sum_of (in_shade * in_shade));
    }
}

/* A set of cells that grows over neighbouring cells. */
typedef struct
{
  guint8 *reached;
  int *queue;
  int n;
} Flood;

static void
flood_init (Flood *flood)
{
  flood->reached = g_new0 (guint8, N_CELLS);
  flood->queue = g_new (int, N_CELLS);
  flood->n = 0;
}

static void
flood_clear (Flood *flood)
{
  g_free (flood->reached);
  g_free (flood->queue);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flood, flood_clear)

static void
flood_start (Flood *flood, int cell)
{
  if (flood->reached[cell])
    return;
  flood->reached[cell] = TRUE;
  flood->queue[flood->n++] = cell;
}

/* Reaches all open cells that touch what was reached; the cells are in the queue in the order they were reached. */
static void
flood_run (Flood *flood, const guint8 *open, int first)
{
  for (int i = first; i < flood->n; i++)
    {
      int cell = flood->queue[i], column = cell % LK_MASK_SIDE;
      const int next[4] = { column > 0 ? cell - 1 : -1, column < LK_MASK_SIDE - 1 ? cell + 1 : -1,
                            cell - LK_MASK_SIDE, cell + LK_MASK_SIDE < N_CELLS ? cell + LK_MASK_SIDE : -1 };

      for (int k = 0; k < 4; k++)
        if (next[k] >= 0 && open[next[k]])
          flood_start (flood, next[k]);
    }
}

/* Cells unlike the plain background and no shadow on it that hang on to the person are person: loose hair, an ear
 * lobe. */
static void
take_in_hair (float *person, const float *unlike, float least)
{
  g_auto (Flood) flood = { 0 };
  g_autofree guint8 *open = g_new (guint8, N_CELLS);

  flood_init (&flood);
  for (int i = 0; i < N_CELLS; i++)
    {
      open[i] = unlike[i] >= least;
      if (person[i] > 0.5f)
        flood_start (&flood, i);
    }
  flood_run (&flood, open, 0);
  for (int i = 0; i < flood.n; i++)
    if (open[flood.queue[i]])
      person[flood.queue[i]] = 1;
}

/* Unsure cells of the background's own colour that hang on to the background are background. */
static void
give_back (float *person, const float *unlike, float most)
{
  g_auto (Flood) flood = { 0 };
  g_autofree guint8 *open = g_new (guint8, N_CELLS);

  flood_init (&flood);
  for (int i = 0; i < N_CELLS; i++)
    {
      open[i] = unlike[i] <= most && person[i] < 0.9f;
      if (person[i] < 0.1f)
        flood_start (&flood, i);
    }
  flood_run (&flood, open, 0);
  for (int i = 0; i < flood.n; i++)
    if (open[flood.queue[i]])
      person[flood.queue[i]] = 0;
}

/* The largest group of person cells that hang together; where it begins in the queue and how many there are. */
static void
find_largest (const float *person, Flood *flood, int *first, int *n)
{
  g_autofree guint8 *open = g_new (guint8, N_CELLS);

  *first = *n = 0;
  for (int i = 0; i < N_CELLS; i++)
    open[i] = person[i] > 0.5f;
  for (int i = 0; i < N_CELLS; i++)
    {
      int start = flood->n;

      if (!open[i] || flood->reached[i])
        continue;
      flood_start (flood, i);
      flood_run (flood, open, start);
      if (flood->n - start <= *n)
        continue;
      *first = start;
      *n = flood->n - start;
    }
}

/* Of all separate groups only the largest is the person, with the soft cells around it; bystanders and specks go. */
static void
keep_largest (float *person)
{
  g_auto (Flood) groups = { 0 }, kept = { 0 };
  g_autofree guint8 *open = g_new (guint8, N_CELLS);
  int first, n;

  flood_init (&groups);
  flood_init (&kept);
  find_largest (person, &groups, &first, &n);
  for (int i = 0; i < N_CELLS; i++)
    open[i] = person[i] > SOFT_PERSON;
  for (int i = first; i < first + n; i++)
    flood_start (&kept, groups.queue[i]);
  flood_run (&kept, open, 0);
  for (int i = 0; i < N_CELLS; i++)
    if (open[i] && !kept.reached[i])
      person[i] = 0;
}

/* Background that the outside does not reach is a hole in the person, unless it plainly is background seen through
 * (between hair and neck, under an arm). */
static void
close_holes (float *person, const float *unlike, float most)
{
  g_auto (Flood) flood = { 0 };
  g_autofree guint8 *open = g_new (guint8, N_CELLS);

  flood_init (&flood);
  for (int i = 0; i < N_CELLS; i++)
    {
      gboolean is_rim = i < LK_MASK_SIDE || i >= N_CELLS - LK_MASK_SIDE || i % LK_MASK_SIDE == 0
                        || i % LK_MASK_SIDE == LK_MASK_SIDE - 1;

      open[i] = person[i] <= 0.5f;
      if (open[i] && is_rim)
        flood_start (&flood, i);
    }
  flood_run (&flood, open, 0);
  for (int i = 0; i < N_CELLS; i++)
    if (open[i] && !flood.reached[i] && (unlike == NULL || unlike[i] > most))
      person[i] = 1;
}

void
lk_mask_correct (LkMask *mask, const LkPixels *cells, const LkGround *ground, const LkBlueAttempt *attempt)
{
  float *person = &mask->person[0][0];
  g_auto (Unlikeness) unlike = { NULL, NULL };

  if (ground->is_plain)
    {
      unlikeness_measure (&unlike, cells, ground);
      take_in_hair (person, unlike.shade, (float) MAX (attempt->hair_difference, 4 * ground->noise));
      give_back (person, unlike.colour, (float) attempt->background_difference);
    }
  keep_largest (person);
  close_holes (person, unlike.colour, (float) attempt->background_difference);
}
