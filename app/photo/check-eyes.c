/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/eye-view.h"

/* Eyes and mouth. */

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

/* Ways of looking that are not ahead: how far, in widths of the eye, and how far it may be. */
typedef struct
{
  double value, most;
} Gaze;

static double
excess (const Gaze *gaze)
{
  return gaze->value - gaze->most;
}

/* Both eyes together, for they move together. To the side the pupil leaves the middle between the corners. Upwards it comes
 * near the upper lid. Downwards pupil and upper lid sink below their height between the corners. */
static Gaze
find_gaze (const LkEyeView *left, const LkEyeView *right, const LkLimits *limits)
{
  double x = (left->pupil_x + right->pupil_x) / 2, y = (left->pupil_y + right->pupil_y) / 2;
  double upper = (left->upper + right->upper) / 2, lower = (left->lower + right->lower) / 2;
  const Gaze ways[] = {
    { fabs (x), lk_limits_get_param (limits, "most_aside", INFINITY) },
    { lk_limits_get_param (limits, "straight_height", 0) * (lower - upper) - (y - upper), lk_limits_get_param (limits, "most_up", INFINITY) },
    { (y + upper) / 2 - lk_limits_get_param (limits, "straight_sink", 0), lk_limits_get_param (limits, "most_down", INFINITY) },
  };
  Gaze worst = ways[0];

  for (gsize i = 1; i < G_N_ELEMENTS (ways); i++)
    if (excess (&ways[i]) > excess (&worst))
      worst = ways[i];
  return worst;
}

/* Pupils are found well where nothing lies over the eyes and their edges are sharp. */
static gboolean
can_see_pupils (const LkFindings *findings)
{
  return lk_findings_pass (findings, "Q4_sharp", lk_measure_sharp) && lk_findings_pass (findings, "E3_hair_cover", lk_measure_hair_cover)
         && lk_findings_pass (findings, "E4_glasses", lk_measure_glasses);
}

/* E1: the gap between the lids by the width of the eye; the less open eye decides and is shown. When the eyes are open but
 * look elsewhere, how far. */
void
lk_measure_eyes (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkLandmarks *face = &findings->faces->main;
  LkEyeView left = lk_eye_view (face, 0), right = lk_eye_view (face, 1);
  double left_gap = left.lower - left.upper, right_gap = right.lower - right.upper;
  Gaze gaze = find_gaze (&left, &right, limits);
  LkBox box = eye_box (face->eyes[left_gap <= right_gap ? 0 : 1]), other = eye_box (face->eyes[left_gap <= right_gap ? 1 : 0]);

  measurement->value = MAX (0, MIN (left_gap, right_gap));
  if (measurement->value >= limits->low && excess (&gaze) > 0 && can_see_pupils (findings))
    {
      measurement->value = gaze.value;
      measurement->low = NAN;
      measurement->high = gaze.most;
      measurement->is_judged = TRUE;
      measurement->is_hint = TRUE;
      measurement->outcome = LK_OUTCOME_WARN;
      box = (LkBox) { fminf (box.x0, other.x0), fminf (box.y0, other.y0), fmaxf (box.x1, other.x1), fmaxf (box.y1, other.y1) };
    }
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
