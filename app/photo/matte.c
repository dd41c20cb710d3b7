/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/matte.h"

#include <math.h>

#include "photo/matte-cells.h"

/* Where person and background look alike their difference says nothing: contrasts below this (sRGB steps) count as
 * this. */
static const float LEAST_CONTRAST = 40.0f;

/* How far from the outline colour is asked, cells of the mask. */
enum { NEAR_CELLS = 6 };

/* A mixture may be this much more person than its colour says: hair is lighter in places than on average. */
static const float MIXED_GAIN = 1.6f;

/* Rows of the person's probability between the mask's rows. */
static void
mask_row (const LkMask *mask, double y, float row[LK_MASK_SIDE])
{
  double v = CLAMP (y * LK_MASK_SIDE - 0.5, 0, LK_MASK_SIDE - 1.001);
  int upper = (int) v;
  float share = (float) (v - upper);

  for (int i = 0; i < LK_MASK_SIDE; i++)
    row[i] = mask->person[upper][i] + (mask->person[upper + 1][i] - mask->person[upper][i]) * share;
}

static inline float
mask_row_at (const float row[LK_MASK_SIDE], float x)
{
  float u = CLAMP (x * LK_MASK_SIDE - 0.5f, 0.0f, LK_MASK_SIDE - 1.001f);
  int left = (int) u;

  return row[left] + (row[left + 1] - row[left]) * (u - (float) left);
}

/* Replaces the person's colours by the direction from background to person, so long that a pixel's difference from
 * the background times it is 0 for background and 1 for person. */
static void
directions_row (const LkQuad background[LK_GROUND_SIDE], LkQuad person[LK_GROUND_SIDE])
{
  for (int i = 0; i < LK_GROUND_SIDE; i++)
    {
      LkQuad difference = person[i] - background[i];
      LkQuad square = difference * difference;
      float contrast = square[0] + square[1] + square[2];

      difference[3] = 0;
      person[i] = difference / MAX (contrast, LEAST_CONTRAST * LEAST_CONTRAST);
    }
}

/* The guide: where between background and person each pixel's colour lies. That one number follows the edge better
 * than brightness does. With it the mask, and the products the filter needs. */
static LkQuad *
make_guide (const LkMatte *self, const LkPixels *photo)
{
  LkQuad *quads = g_new (LkQuad, (gsize) self->width * self->height);

  for (int y = 0; y < self->height; y++)
    {
      double v = (y + 0.5) / self->height;
      LkQuad background[LK_GROUND_SIDE], directions[LK_GROUND_SIDE];
      float row[LK_MASK_SIDE];
      const guint8 *rgb = photo->data + (gsize) y * self->width * 3;
      LkQuad *out = quads + (gsize) y * self->width;

      mask_row (&self->mask, v, row);
      lk_ground_row (self->ground->background, v, background);
      lk_ground_row (self->ground->person, v, directions);
      directions_row (background, directions);
      for (int x = 0; x < self->width; x++, rgb += 3)
        {
          float u = ((float) x + 0.5f) / (float) self->width;
          LkQuad pixel = { rgb[0], rgb[1], rgb[2], 0 };
          LkQuad part = (pixel - lk_ground_at (background, u)) * lk_ground_at (directions, u);
          float guide = CLAMP (part[0] + part[1] + part[2], -0.5f, 1.5f), person = mask_row_at (row, u);

          out[x] = (LkQuad) { guide, person, guide * guide, guide * person };
        }
    }
  return quads;
}

/* The guided filter: in each window the mask is told from the guide by a straight line, and each pixel takes the mean
 * of what its windows say. */
static void
filter (LkMatte *self, const LkPixels *photo, const LkBlueAttempt *attempt)
{
  int radius = MAX (2, (int) lround (attempt->radius * self->height));
  float smoothness = (float) (self->ground->is_plain ? attempt->smoothness : attempt->busy_smoothness);
  gsize n = (gsize) self->width * self->height;
  g_autofree LkQuad *quads = make_guide (self, photo);
  g_autofree float *guides = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    guides[i] = quads[i][0];
  lk_box_blur (quads, self->width, self->height, radius);
  for (gsize i = 0; i < n; i++)
    {
      LkQuad mean = quads[i];
      float slope = (mean[3] - mean[0] * mean[1]) / (MAX (0.0f, mean[2] - mean[0] * mean[0]) + smoothness);

      quads[i] = (LkQuad) { slope, mean[1] - slope * mean[0], 0, 0 };
    }
  lk_box_blur (quads, self->width, self->height, radius);
  for (gsize i = 0; i < n; i++)
    {
      float cover = (quads[i][0] * guides[i] + quads[i][1] - (float) attempt->cover_low)
                    / (float) (attempt->cover_high - attempt->cover_low);

      self->cover[i] = CLAMP (cover, 0.0f, 1.0f);
    }
}

static inline float
step_between (float value, float low, float high)
{
  float share = CLAMP ((value - low) / (high - low), 0.0f, 1.0f);

  return share * share * (3 - 2 * share);
}

/* 1 in the cells no farther than margin cells from one that is not person. */
static void
find_near_background (const LkMask *mask, int margin, LkMask *near)
{
  g_autofree LkQuad *quads = g_new (LkQuad, LK_MASK_SIDE * LK_MASK_SIDE);
  const float *person = &mask->person[0][0];

  for (int i = 0; i < LK_MASK_SIDE * LK_MASK_SIDE; i++)
    quads[i] = (LkQuad) { person[i] < 0.5f, 0, 0, 0 };
  lk_box_blur (quads, LK_MASK_SIDE, LK_MASK_SIDE, margin);
  for (int i = 0; i < LK_MASK_SIDE * LK_MASK_SIDE; i++)
    (&near->person[0][0])[i] = quads[i][0] > 1e-3f;
}

static inline float
length_of (LkQuad colour)
{
  colour *= colour;
  return sqrtf (colour[0] + colour[1] + colour[2]);
}

/* What the colour says about one pixel before a plain background, near the outline. It is a mixture when it lies
 * between the background's colour and the person's; then the mixture tells how much person there is at most, and hair
 * lets the background through. What lies elsewhere and inside the outline is person, however bright a lit ear is.
 * Where person and background are alike all over (white shirt, white wall) there is no mixture to see. */
static inline float
judge_by_colour (float cover, float person, LkQuad from_background, LkQuad mixture, float most_like)
{
  float contrast = length_of (mixture);
  LkQuad along = from_background * mixture;
  float share = (along[0] + along[1] + along[2]) / MAX (contrast * contrast, 1.0f);
  float beside = length_of (from_background - mixture * CLAMP (share, 0.0f, 1.0f));
  float is_other = step_between (beside, 0.6f * most_like, 1.4f * most_like);
  float is_clear = step_between (contrast, 60, 120);
  float is_like = 1 - step_between (length_of (from_background), 0.35f * most_like, most_like);
  float most = MIN (MIXED_GAIN * MAX (share, 0.0f) + 0.1f, 1 - is_like);

  cover = MIN (cover, 1 - is_clear * (1 - is_other) * (1 - CLAMP (most, 0.0f, 1.0f)));
  return MAX (cover, is_other * step_between (person, 0.75f, 0.95f));
}

static void
refine_by_colour (LkMatte *self, const LkPixels *photo, const LkBlueAttempt *attempt)
{
  g_autofree LkMask *near_mask = g_new (LkMask, 1);
  float most_like = MAX ((float) attempt->background_difference, 3 * self->ground->noise);
  const LkQuad colours = { 1, 1, 1, 0 };

  find_near_background (&self->mask, NEAR_CELLS, near_mask);
  for (int y = 0; y < self->height; y++)
    {
      double v = (y + 0.5) / self->height;
      LkQuad background[LK_GROUND_SIDE], person[LK_GROUND_SIDE];
      float probability[LK_MASK_SIDE], near[LK_MASK_SIDE];
      gsize first = (gsize) y * self->width;

      mask_row (&self->mask, v, probability);
      mask_row (near_mask, v, near);
      lk_ground_row (self->ground->background, v, background);
      lk_ground_row (self->ground->person, v, person);
      for (int x = 0; x < self->width; x++)
        {
          float u = ((float) x + 0.5f) / (float) self->width;
          float is_near = mask_row_at (near, u), is_person = mask_row_at (probability, u);
          float *cover = &self->cover[first + x];
          const guint8 *rgb = photo->data + 3 * (first + x);
          LkQuad pixel = { rgb[0], rgb[1], rgb[2], 0 }, mixture, back;

          if (is_near == 0 || (*cover == 0 && is_person < 0.75f))
            continue;
          back = lk_ground_at (background, u);
          pixel = (pixel - back) * colours;
          mixture = (lk_ground_at (person, u) - back) * colours;
          *cover += (judge_by_colour (*cover, is_person, pixel, mixture, most_like) - *cover) * is_near;
        }
    }
}

/* Before a busy background the guide may lead astray: it decides only where the mask is unsure. */
static void
keep_to_mask (LkMatte *self)
{
  for (int y = 0; y < self->height; y++)
    {
      float probability[LK_MASK_SIDE], *row = self->cover + (gsize) y * self->width;

      mask_row (&self->mask, (y + 0.5) / self->height, probability);
      for (int x = 0; x < self->width; x++)
        {
          float person = mask_row_at (probability, ((float) x + 0.5f) / (float) self->width);

          row[x] = CLAMP (row[x], step_between (person, 0.6f, 0.95f), step_between (person, 0.3f, 0.6f));
        }
    }
}

LkMatte *
lk_matte_new (LkPixels *photo, const LkMask *mask, const LkBlueAttempt *attempt)
{
  LkMatte *self = g_new0 (LkMatte, 1);
  g_autoptr (LkPixels) cells = lk_pixels_scale (photo, LK_MASK_SIDE, LK_MASK_SIDE);

  self->width = photo->width;
  self->height = photo->height;
  self->cover = g_new (float, (gsize) photo->width * photo->height);
  self->mask = *mask;
  self->ground = lk_ground_new (cells, mask, attempt->plain_noise);
  lk_mask_correct (&self->mask, cells, self->ground, attempt);
  lk_ground_learn_person (self->ground, cells, &self->mask);
  filter (self, photo, attempt);
  if (self->ground->is_plain)
    refine_by_colour (self, photo, attempt);
  else
    keep_to_mask (self);
  return self;
}

void
lk_matte_free (LkMatte *self)
{
  g_clear_pointer (&self->ground, lk_ground_free);
  g_free (self->cover);
  g_free (self);
}

static inline LkQuad
limit (LkQuad colour)
{
  for (int c = 0; c < 3; c++)
    colour[c] = CLAMP (colour[c], 0.0f, 255.0f);
  return colour;
}

/* The person's own colour in a pixel it shares with the background. The less of it there is, the more the division
 * exaggerates noise, and the person's colour nearby says more; a busy background cannot be taken out at all. */
static inline LkQuad
own_colour (LkQuad pixel, float cover, LkQuad background, LkQuad person, gboolean is_plain)
{
  LkQuad own = is_plain ? limit ((pixel - background * (1 - cover)) / cover) : pixel;
  float trust = is_plain ? CLAMP ((cover - 0.1f) / 0.4f, 0.0f, 1.0f) : cover * cover;

  return person + (own - person) * trust;
}

LkPixels *
lk_matte_compose (const LkMatte *self, LkPixels *photo, const guint8 colour[3])
{
  LkPixels *composed = lk_pixels_new (self->width, self->height);
  const LkQuad ground = { colour[0], colour[1], colour[2], 0 };

  for (int y = 0; y < self->height; y++)
    {
      double v = (y + 0.5) / self->height;
      LkQuad background[LK_GROUND_SIDE], person[LK_GROUND_SIDE];
      gsize first = (gsize) y * self->width;

      lk_ground_row (self->ground->background, v, background);
      lk_ground_row (self->ground->person, v, person);
      for (int x = 0; x < self->width; x++)
        {
          float cover = self->cover[first + x], u = ((float) x + 0.5f) / (float) self->width;
          const guint8 *rgb = photo->data + 3 * (first + x);
          LkQuad pixel = { rgb[0], rgb[1], rgb[2], 0 };

          if (cover > 0 && cover < 1)
            pixel = own_colour (pixel, cover, lk_ground_at (background, u), lk_ground_at (person, u),
                                self->ground->is_plain);
          pixel = ground + (pixel - ground) * cover;
          for (int c = 0; c < 3; c++)
            composed->data[3 * (first + x) + c] = (guint8) (pixel[c] + 0.5f);
        }
    }
  return composed;
}
