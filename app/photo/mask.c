/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/mask.h"

#include <math.h>

#include "core/error.h"

gboolean
lk_mask_find (LkEngine *engine, const LkPyramid *photo, LkMask *mask, GError **error)
{
  const LkModelEntry *entry = lk_model_get_entry (engine->person_mask);
  const LkPixels *pixels = photo->levels[0];
  LkAffine stretched = { pixels->width / (double) entry->size, 0, 0, 0, pixels->height / (double) entry->size, 0 };
  g_autofree float *input = g_new (float, (gsize) entry->size * entry->size * 3);

  lk_pyramid_sample (photo, &stretched, entry, input);
  return lk_model_run (engine->person_mask, input, &(LkTensor){ &mask->person[0][0], LK_MASK_SIDE * LK_MASK_SIDE },
                       error);
}

float
lk_mask_at (const LkMask *self, double x, double y)
{
  float u = (float) CLAMP (x * LK_MASK_SIDE - 0.5, 0, LK_MASK_SIDE - 1.001);
  float v = (float) CLAMP (y * LK_MASK_SIDE - 0.5, 0, LK_MASK_SIDE - 1.001);
  int column = (int) u, row = (int) v;
  float right_share = u - (float) column, lower_share = v - (float) row;
  const float *upper = &self->person[row][column], *lower = &self->person[row + 1][column];

  return (upper[0] + right_share * (upper[1] - upper[0])) * (1 - lower_share)
         + (lower[0] + right_share * (lower[1] - lower[0])) * lower_share;
}
