/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/portrait/params.h"

/* What is on a drawn picture, in picture px (x right, y down, 0 at the outer
 * edge of the first pixel). Left and right are those of the picture. */
typedef struct
{
  int width, height;
  int faces;
  double eye_line;          /* mean y of the pupil centres */
  double left_eye_x, left_eye_y, right_eye_x, right_eye_y;
  double hair_top;          /* upper edge of the topmost visible hair or scalp */
  double face_left, face_right;   /* face outline at cheek level, between the ears */
  double face_width;
  double face_centre_x;
  double chin_y;
  double roll, yaw, pitch;  /* degrees; roll > 0: the picture's right eye is lower */
  double eyes_open, mouth_open;
  double person_share;      /* of the frame's area */
} LkTruth;

typedef struct
{
  int width, height;
  guint8 *rgb;              /* 3 bytes a pixel, rows without padding */
  guint8 *mask;             /* person cover, 0 … 255, one byte a pixel */
} LkPortrait;

/* Draws the portrait. truth may be NULL. */
LkPortrait *lk_portrait_render (const LkPortraitParams *params, LkTruth *truth);

void lk_portrait_free (LkPortrait *portrait);

/* Truth, background kind, faults and parameters as one JSON object. */
char *lk_truth_to_json (const LkTruth *truth, const LkPortraitParams *params);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPortrait, lk_portrait_free)
