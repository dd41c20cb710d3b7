/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/colour.h"
#include "photo/face-frame.h"

/* E5: whether something covers the hair. Between forehead and crown there should be hair: of a colour that hair has, and full
 * of strands. Cloth is often of another colour, and smooth. */

enum { MAX_ROWS = 128, WINDOW = 4, BLOCK = 8, FOREHEAD_COLUMNS = 49, MAX_FOREHEAD_STEPS = 130, FOREHEAD_RUN = 8 };

/* Face units. */
static const double STEP = 0.025, HIGHEST = -2.6, BROWS = -0.3;

/* Luma: so much brighter all hair would be if strands stood out by a fixed share of its brightness. */
static const double BLACK = 60;

typedef struct
{
  LkFaceFrame frame;
  LkSkin skin;
  LkLinear linear;
  const LkLimits *limits;
  double crown, forehead;       /* v of the person's upper edge and of the end of the forehead */
  struct
  {
    guint n, n_strange;
  } rows[MAX_ROWS];             /* from the crown down */
  int n_rows;
  guint n_blocks, n_plain;
} Cover;

static double
param (const Cover *cover, const char *name)
{
  return lk_limits_get_param (cover->limits, name, 0);
}

/* Black, grey and white have no hue; blond to brown have the hue of skin. All else is dyed or no hair. */
static gboolean
has_hair_colour (const Cover *cover, const guint8 *rgb)
{
  LkLab lab = lk_lab_from_srgb (&cover->linear, rgb);
  double chroma = hypot (lab.a, lab.b), hue = atan2 (lab.b, lab.a) * 180 / G_PI;

  if (chroma < param (cover, "grey_chroma"))
    return lab.lightness < param (cover, "grey_lightest");
  return hue > param (cover, "brown_hue_low") && hue < param (cover, "brown_hue_high") && chroma < param (cover, "brown_chroma")
         && lab.lightness < param (cover, "brown_lightest");
}

static double
find_crown (const Cover *cover)
{
  double v = BROWS;

  while (v > HIGHEST && MAX (lk_face_frame_person (&cover->frame, -0.2, v), lk_face_frame_person (&cover->frame, 0.2, v)) > 0.5f)
    v -= STEP;
  return v;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* Up from the brows in many columns until no skin is seen for a while: the middle one of these heights. */
static double
find_forehead (const Cover *cover)
{
  double ends[FOREHEAD_COLUMNS];

  for (int i = 0; i < FOREHEAD_COLUMNS; i++)
    {
      double u = -0.6 + 1.2 * i / (FOREHEAD_COLUMNS - 1);
      int run = 0, step = 0;

      for (; step < MAX_FOREHEAD_STEPS && run < FOREHEAD_RUN; step++)
        {
          const guint8 *rgb = lk_face_frame_colour (&cover->frame, u, BROWS - step * STEP / 2);

          run = rgb != NULL && lk_skin_is_like (&cover->skin, rgb) ? 0 : run + 1;
        }
      ends[i] = BROWS - (step - run) * STEP / 2;
    }
  qsort (ends, FOREHEAD_COLUMNS, sizeof *ends, compare_doubles);
  return ends[FOREHEAD_COLUMNS / 2];
}

/* How much the brightness changes from strand to strand, by the brightness: sums over a block of neighbours. */
typedef struct
{
  int n;
  double change, luma;
} Block;

static void
add_to_block (Cover *cover, Block *block, const guint8 *before, const guint8 *rgb, const guint8 *after)
{
  double luma = lk_colour_luma (rgb);

  if (before == NULL || after == NULL)
    return;
  block->change += fabs (luma - (lk_colour_luma (before) + lk_colour_luma (after)) / 2);
  block->luma += luma + BLACK;
  if (++block->n < BLOCK)
    return;
  cover->n_blocks++;
  cover->n_plain += block->change < param (cover, "plain") * block->luma;
  *block = (Block) { 0 };
}

static void
look_along_row (Cover *cover, double v)
{
  double up = (v - cover->forehead) / MIN (cover->crown - cover->forehead, -STEP);
  double half = 0.85 * sqrt (MAX (0, 1 - 0.75 * up * up));
  Block block = { 0 };
  int row = cover->n_rows++;

  for (double u = -half; u <= half; u += STEP)
    {
      const guint8 *rgb = lk_face_frame_colour (&cover->frame, u, v);

      if (rgb == NULL || lk_face_frame_person (&cover->frame, u, v) < 0.9f || lk_skin_is_like (&cover->skin, rgb))
        continue;
      cover->rows[row].n++;
      cover->rows[row].n_strange += !has_hair_colour (cover, rgb);
      add_to_block (cover, &block, lk_face_frame_colour (&cover->frame, u - 0.02, v), rgb,
                    lk_face_frame_colour (&cover->frame, u + 0.02, v));
    }
}

/* A band is narrow: the share of strange colours in the strangest of a few rows that follow each other. */
static double
strangest_rows (const Cover *cover)
{
  double most = 0;

  for (int i = 0; i + WINDOW <= cover->n_rows; i++)
    {
      guint n = 0, n_strange = 0;

      for (int k = i; k < i + WINDOW; k++)
        {
          n += cover->rows[k].n;
          n_strange += cover->rows[k].n_strange;
        }
      if (n >= WINDOW * param (cover, "least_columns"))
        most = MAX (most, n_strange / (double) n);
    }
  return most;
}

/* The share, 0 to 1, without strands. Where the photo itself lost its fine detail strands say nothing. */
static double
plain_share (const Cover *cover, const LkFindings *findings)
{
  double share = cover->n_blocks >= param (cover, "least_blocks") ? cover->n_plain / (double) cover->n_blocks : 0;

  if (100 * share > cover->limits->high
      && !(lk_findings_pass (findings, "Q4_sharp", lk_measure_sharp) && lk_findings_pass (findings, "F4_upscaled", lk_measure_upscaled)))
    return 0;
  return share;
}

/* The share, 0 to 1, of strange colours. Where the skin has not its natural colour the hair has not, either. */
static double
strange_share (const Cover *cover, const LkFindings *findings)
{
  double share = strangest_rows (cover);

  if (100 * share > cover->limits->high && !lk_findings_pass (findings, "Q5_colour", lk_measure_colour))
    return 0;
  return share;
}

/* The share, %, of what is over the forehead that is not like hair, by its colour or by its smoothness; the larger one. */
void
lk_measure_headwear (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Cover cover = { .limits = limits };
  LkBox box;

  if (!lk_skin_init (&cover.skin, findings->patch, limits))
    {
      measurement->why = "no-face";
      return;
    }
  cover.frame = lk_face_frame (findings);
  lk_linear_fill (&cover.linear);
  cover.crown = find_crown (&cover);
  cover.forehead = MAX (find_forehead (&cover), cover.crown);
  for (double v = cover.crown + 0.08; v < cover.forehead && cover.n_rows < MAX_ROWS; v += STEP)
    look_along_row (&cover, v);
  measurement->value = 100 * MAX (strange_share (&cover, findings), plain_share (&cover, findings));
  box = lk_face_frame_box (&cover.frame, -0.9, cover.crown, 0.9, MAX (cover.forehead, cover.crown + 0.1));
  measurement->region = lk_findings_box (findings, &box);
}
