/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/colour.h"

#include <math.h>

void
lk_linear_fill (LkLinear *self)
{
  for (int i = 0; i < 256; i++)
    {
      float value = i / 255.0f;

      self->linear[i] = value <= 0.04045f ? value / 12.92f : powf ((value + 0.055f) / 1.055f, 2.4f);
    }
}

LkLab
lk_lab_from_srgb (const LkLinear *self, const guint8 *rgb)
{
  static const float matrix[3][3] = {   /* linear sRGB to X/Xn, Y, Z/Zn */
    { 0.433953f, 0.376219f, 0.189828f },
    { 0.212673f, 0.715152f, 0.072175f },
    { 0.017756f, 0.109484f, 0.872760f },
  };
  const float *linear = self->linear;
  float f[3];

  for (int k = 0; k < 3; k++)
    {
      float t = matrix[k][0] * linear[rgb[0]] + matrix[k][1] * linear[rgb[1]] + matrix[k][2] * linear[rgb[2]];

      f[k] = t > 0.008856f ? cbrtf (t) : 7.787f * t + 16 / 116.0f;
    }
  return (LkLab) { 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]) };
}

float
lk_lab_difference (const LkLab *a, const LkLab *b)
{
  return sqrtf ((a->lightness - b->lightness) * (a->lightness - b->lightness)
                + (a->a - b->a) * (a->a - b->a) + (a->b - b->b) * (a->b - b->b));
}

float
lk_colour_luma (const guint8 *rgb)
{
  return 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
}

gboolean
lk_colour_is_blue (const guint8 *rgb, const LkLimits *limits)
{
  double most = MAX (rgb[0], MAX (rgb[1], rgb[2])), least = MIN (rgb[0], MIN (rgb[1], rgb[2]));
  double hue;

  if (rgb[2] < most || most / 255 < lk_limits_get_param (limits, "blue_brightness", 0.35)
      || (most - least) / MAX (1, most) < lk_limits_get_param (limits, "blue_saturation", 0.3))
    return FALSE;
  hue = 240 + 60 * (rgb[0] - rgb[1]) / (most - least);
  return hue >= lk_limits_get_param (limits, "blue_hue_low", 190)
         && hue <= lk_limits_get_param (limits, "blue_hue_high", 250);
}
