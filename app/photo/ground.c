/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/ground.h"

#include <math.h>
#include <string.h>

/* A cell is surely background below the one, surely person above the other. */
static const float SURE_BACKGROUND = 0.05f, SURE_PERSON = 0.95f;

/* A plain background is a smooth surface in each colour: 1, x, y, x squared, xy, y squared. */
enum { N_TERMS = 6, N_ROUNDS = 5, N_CELLS = LK_MASK_SIDE * LK_MASK_SIDE };

typedef struct
{
  double factors[3][N_TERMS];
} Surface;

static void
terms_at (int i, double terms[N_TERMS])
{
  double x = (i % LK_MASK_SIDE) / (double) LK_MASK_SIDE - 0.5, y = i / LK_MASK_SIDE / (double) LK_MASK_SIDE - 0.5;

  terms[0] = 1;
  terms[1] = x;
  terms[2] = y;
  terms[3] = x * x;
  terms[4] = x * y;
  terms[5] = y * y;
}

static float
distance_to (const Surface *surface, int i, const guint8 *rgb)
{
  double terms[N_TERMS], square = 0;

  terms_at (i, terms);
  for (int c = 0; c < 3; c++)
    {
      double difference = rgb[c];

      for (int k = 0; k < N_TERMS; k++)
        difference -= surface->factors[c][k] * terms[k];
      square += difference * difference;
    }
  return (float) sqrt (square);
}

/* Solves the normal equations by Gauss elimination; a little weight on the diagonal keeps them solvable for any set
 * of cells. */
static void
solve (double matrix[N_TERMS][N_TERMS + 3], Surface *surface)
{
  for (int k = 0; k < N_TERMS; k++)
    matrix[k][k] += 1e-3;
  for (int k = 0; k < N_TERMS; k++)
    for (int row = 0; row < N_TERMS; row++)
      {
        double factor = matrix[row][k] / matrix[k][k];

        for (int column = k; row != k && column < N_TERMS + 3; column++)
          matrix[row][column] -= factor * matrix[k][column];
      }
  for (int c = 0; c < 3; c++)
    for (int k = 0; k < N_TERMS; k++)
      surface->factors[c][k] = matrix[k][N_TERMS + c] / matrix[k][k];
}

static void
fit_surface (const LkPixels *cells, const guint8 *chosen, Surface *surface)
{
  double matrix[N_TERMS][N_TERMS + 3] = { 0 };

  for (int i = 0; i < N_CELLS; i += 2)
    {
      double terms[N_TERMS];

      if (!chosen[i])
        continue;
      terms_at (i, terms);
      for (int row = 0; row < N_TERMS; row++)
        {
          for (int column = row; column < N_TERMS; column++)
            matrix[row][column] += terms[row] * terms[column];
          for (int c = 0; c < 3; c++)
            matrix[row][N_TERMS + c] += terms[row] * cells->data[3 * i + c];
        }
    }
  for (int row = 0; row < N_TERMS; row++)
    for (int column = 0; column < row; column++)
      matrix[row][column] = matrix[column][row];
  solve (matrix, surface);
}

/* The median distance of the sure cells from the surface, to the whole step: outliers do not move it. */
static int
median_distance (const float *distances, const guint8 *sure)
{
  guint counts[512] = { 0 };
  guint n = 0, below = 0;
  int median = 0;

  for (int i = 0; i < N_CELLS; i++)
    if (sure[i])
      {
        counts[(int) MIN (distances[i], 511.0f)]++;
        n++;
      }
  while (median < 511 && (below += counts[median]) * 2 < n)
    median++;
  return median;
}

/* Leaves in "chosen" those sure cells that lie near the surface most of them lie on: hair that the mask missed falls
 * out. */
static void
fit_plain (LkGround *self, const LkPixels *cells, const guint8 *sure, guint8 *chosen, double most_noise)
{
  g_autofree float *distances = g_new (float, N_CELLS);
  guint n_sure = 0, n_chosen = 0;
  Surface surface;

  memcpy (chosen, sure, N_CELLS);
  for (int round = 0; round < N_ROUNDS; round++)
    {
      float most;

      fit_surface (cells, chosen, &surface);
      for (int i = 0; i < N_CELLS; i++)
        distances[i] = sure[i] ? distance_to (&surface, i, cells->data + 3 * i) : 0;
      self->noise = (float) (median_distance (distances, sure) + 1);
      most = 3 * self->noise + 3;
      for (int i = 0; i < N_CELLS; i++)
        chosen[i] = sure[i] && distances[i] <= most;
    }
  for (int i = 0; i < N_CELLS; i++)
    {
      n_sure += sure[i];
      n_chosen += chosen[i];
    }
  self->is_plain = n_sure > N_CELLS / 50 && self->noise <= most_noise && n_chosen > 0.6 * n_sure;
  if (!self->is_plain)
    memcpy (chosen, sure, N_CELLS);
}

/* Fills the empty places of a grid of weighted colours (weight in the fourth) from coarser and coarser means. */
static void
fill_empty (LkQuad *grid, int side)
{
  g_autofree LkQuad *half = NULL;

  if (side == 1)
    {
      grid[0] /= MAX (grid[0][3], 1e-6f);
      return;
    }
  half = g_new (LkQuad, side * side / 4);
  for (int y = 0; y < side / 2; y++)
    for (int x = 0; x < side / 2; x++)
      {
        const LkQuad *upper = grid + 2 * y * side + 2 * x;

        half[y * side / 2 + x] = upper[0] + upper[1] + upper[side] + upper[side + 1];
      }
  fill_empty (half, side / 2);
  for (int i = 0; i < side * side; i++)
    {
      const LkQuad *coarse = half + i / side / 2 * (side / 2) + i % side / 2;
      float own = grid[i][3] / (grid[i][3] + 4);       /* a few cells alone are not trusted */

      grid[i] = grid[i] / MAX (grid[i][3], 1e-6f) * own + *coarse * (1 - own);
    }
}

static void
learn (LkQuad grid[LK_GROUND_SIDE][LK_GROUND_SIDE], const LkPixels *cells, const guint8 *chosen)
{
  enum { BLOCK = LK_MASK_SIDE / LK_GROUND_SIDE };

  memset (grid, 0, sizeof (LkQuad) * LK_GROUND_SIDE * LK_GROUND_SIDE);
  for (int i = 0; i < N_CELLS; i++)
    if (chosen[i])
      {
        const guint8 *rgb = cells->data + 3 * i;

        grid[i / LK_MASK_SIDE / BLOCK][i % LK_MASK_SIDE / BLOCK] += (LkQuad) { rgb[0], rgb[1], rgb[2], 1 };
      }
  fill_empty (&grid[0][0], LK_GROUND_SIDE);
}

/* Sure cells none of whose neighbours is anything else: a cell at the edge has both colours in it. */
static void
find_sure (const LkMask *mask, gboolean want_person, guint8 *sure)
{
  const float *person = &mask->person[0][0];

  memset (sure, 0, N_CELLS);
  for (int row = 0; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      {
        gboolean is_sure = TRUE;

        for (int y = MAX (row - 1, 0); y <= MIN (row + 1, LK_MASK_SIDE - 1); y++)
          for (int x = MAX (column - 1, 0); x <= MIN (column + 1, LK_MASK_SIDE - 1); x++)
            {
              float here = person[y * LK_MASK_SIDE + x];

              is_sure &= want_person ? here > SURE_PERSON : here < SURE_BACKGROUND;
            }
        sure[row * LK_MASK_SIDE + column] = (guint8) is_sure;
      }
}

void
lk_ground_learn_person (LkGround *self, const LkPixels *cells, const LkMask *mask)
{
  g_autofree guint8 *sure = g_new (guint8, N_CELLS);

  find_sure (mask, TRUE, sure);
  learn (self->person, cells, sure);
}

LkGround *
lk_ground_new (const LkPixels *cells, const LkMask *mask, double most_noise)
{
  LkGround *self = g_new0 (LkGround, 1);
  g_autofree guint8 *sure = g_new (guint8, N_CELLS);
  g_autofree guint8 *chosen = g_new (guint8, N_CELLS);

  g_return_val_if_fail (cells->width == LK_MASK_SIDE && cells->height == LK_MASK_SIDE, NULL);

  find_sure (mask, FALSE, sure);
  fit_plain (self, cells, sure, chosen, most_noise);
  learn (self->background, cells, chosen);
  lk_ground_learn_person (self, cells, mask);
  return self;
}

void
lk_ground_free (LkGround *self)
{
  g_free (self);
}

void
lk_ground_row (const LkQuad grid[LK_GROUND_SIDE][LK_GROUND_SIDE], double y, LkQuad row[LK_GROUND_SIDE])
{
  double v = CLAMP (y * LK_GROUND_SIDE - 0.5, 0, LK_GROUND_SIDE - 1.001);
  int upper = (int) v;
  float share = (float) (v - upper);

  for (int i = 0; i < LK_GROUND_SIDE; i++)
    row[i] = grid[upper][i] + (grid[upper + 1][i] - grid[upper][i]) * share;
}
