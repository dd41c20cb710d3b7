/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* Eyes and mouth. */

static void
mean_point (const float (*points)[2], int first, int last, double mean[2])
{
  for (int k = 0; k < 2; k++)
    {
      mean[k] = 0;
      for (int i = first; i <= last; i++)
        mean[k] += points[i][k] / (last - first + 1);
    }
}

/* The gap between the lids, away from the corners and across the eye, by the eye's width. */
static double
lid_gap (const float (*eye)[2])
{
  double dx = eye[LK_EYE_INNER][0] - eye[LK_EYE_OUTER][0], dy = eye[LK_EYE_INNER][1] - eye[LK_EYE_OUTER][1];
  double lower[2], upper[2];
  double across;

  mean_point (eye, LK_EYE_LOWER_FIRST, LK_EYE_LOWER_LAST, lower);
  mean_point (eye, LK_EYE_UPPER_FIRST, LK_EYE_UPPER_LAST, upper);
  across = (lower[1] - upper[1]) * dx - (lower[0] - upper[0]) * dy;
  return copysign (1, dx) * across / (dx * dx + dy * dy);
}

static LkBox
eye_box (const float (*eye)[2])
{
  LkBox box = { eye[0][0], eye[0][1], eye[0][0], eye[0][1] };
  float margin;

  for (int i = LK_EYE_OUTER; i < 16; i++)
    {
      box.x0 = fminf (box.x0, eye[i][0]);
      box.x1 = fmaxf (box.x1, eye[i][0]);
      box.y0 = fminf (box.y0, eye[i][1]);
      box.y1 = fmaxf (box.y1, eye[i][1]);
    }
  margin = (box.x1 - box.x0) / 4;
  return (LkBox) { box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin };
}

/* E1: the less open eye decides and is shown. */
void
lk_measure_eyes (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkLandmarks *face = &findings->faces->main;
  double left = lid_gap (face->eyes[0]), right = lid_gap (face->eyes[1]);
  LkBox box = eye_box (face->eyes[left <= right ? 0 : 1]);

  measurement->value = MAX (0, MIN (left, right));
  measurement->region = lk_findings_box (findings, &box);
}

/* E2: the gap between the inner lips by the distance from the eye line to the chin. */
void
lk_measure_mouth (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkLandmarks *face = &findings->faces->main;
  const float *chin = face->mesh[LK_MESH_CHIN];
  const float *left = face->mesh[LK_MESH_MOUTH_LEFT], *right = face->mesh[LK_MESH_MOUTH_RIGHT];
  double eyes_x = (face->eyes[0][LK_EYE_PUPIL][0] + face->eyes[1][LK_EYE_PUPIL][0]) / 2.0;
  double eyes_y = (face->eyes[0][LK_EYE_PUPIL][1] + face->eyes[1][LK_EYE_PUPIL][1]) / 2.0;
  double height = (right[0] - left[0]) / 4;
  LkBox box = { left[0], (float) ((left[1] + right[1]) / 2.0 - height), right[0],
                (float) ((left[1] + right[1]) / 2.0 + height) };

  measurement->value = lk_landmarks_distance (face, LK_MESH_LIP_UPPER, LK_MESH_LIP_LOWER)
                       / hypot (eyes_x - chin[0], eyes_y - chin[1]);
  measurement->region = lk_findings_box (findings, &box);
}
