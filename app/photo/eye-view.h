/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/measure.h"

G_BEGIN_DECLS

/* An eye as the iris model sees it: where pupil and lids are, measured from the middle between the corners along and across
 * the line of the corners, in widths of the eye. x grows to the picture's right, y down. */
typedef struct
{
  double width;                 /* from corner to corner, photo px */
  double x, y;                  /* of the middle between the corners, photo px */
  double along_x, along_y;      /* the direction of the corners' line, length 1 */
  double pupil_x, pupil_y;
  double upper, lower;          /* y of the lids away from the corners */
} LkEyeView;

LkEyeView lk_eye_view (const LkLandmarks *face, int eye);

/* How clearly a thin dark line goes through the eye's height on both sides of it, as the rim of glasses that lies across the
 * eye does; 0: there is none. Share of the luma of the skin, @most at most. */
double lk_eye_view_line (const LkEyeView *self, const LkFindings *findings, double skin_luma, double most);

G_END_DECLS
