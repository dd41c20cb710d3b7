/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spec.h"

G_BEGIN_DECLS

/* Colours as the checks compare them. */

/* CIE L*a*b* (D65). */
typedef struct
{
  float lightness, a, b;
} LkLab;

/* Linear light of each 8-bit sRGB value; filled once for many colours. */
typedef struct
{
  float linear[256];
} LkLinear;

void  lk_linear_fill   (LkLinear *self);
LkLab lk_lab_from_srgb (const LkLinear *self, const guint8 *rgb);

/* CIE 1976 colour difference: plain distance. */
float lk_lab_difference (const LkLab *a, const LkLab *b);

/* 0 to 255. */
float lk_colour_luma (const guint8 *rgb);

/* Blue by hue, saturation and brightness, within the check's params blue_hue_low, blue_hue_high (degrees), blue_saturation and
 * blue_brightness (0 to 1). */
gboolean lk_colour_is_blue (const guint8 *rgb, const LkLimits *limits);

G_END_DECLS
