/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* ISO/IEC 29794-5: size, place and pose of the head. The standard takes all lengths from the centres of the eyes, half way
 * between the corners of each, and from T, the distance of the point between them to the chin. */

typedef struct
{
  double left[2], right[2];     /* centres of the eyes on the picture's left and right, photo px */
  double middle[2];             /* between them */
  double chin[2];
  double distance;              /* of the eyes, as seen */
  double t;
} Head;

static void
centre_of (const LkLandmarks *face, int a, int b, double centre[2])
{
  for (int k = 0; k < 2; k++)
    centre[k] = (face->mesh[a][k] + face->mesh[b][k]) / 2.0;
}

static Head
measure_head (const LkFindings *findings)
{
  const LkLandmarks *face = &findings->faces->main;
  Head head;

  centre_of (face, LK_MESH_LEFT_EYE_OUTER, LK_MESH_LEFT_EYE_INNER, head.left);
  centre_of (face, LK_MESH_RIGHT_EYE_INNER, LK_MESH_RIGHT_EYE_OUTER, head.right);
  for (int k = 0; k < 2; k++)
    {
      head.middle[k] = (head.left[k] + head.right[k]) / 2;
      head.chin[k] = face->mesh[LK_MESH_CHIN][k];
    }
  head.distance = MAX (1, hypot (head.right[0] - head.left[0], head.right[1] - head.left[1]));
  head.t = MAX (1, hypot (head.chin[0] - head.middle[0], head.chin[1] - head.middle[1]));
  return head;
}

/* M11: in px of the photo itself, not of the reference frame: it says how much detail the face has. A turned head shows less of the
 * distance, hence the cosine. */
void
lk_measure_eye_distance (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Head head = measure_head (findings);

  measurement->value = head.distance / MAX (cos (findings->pose.yaw * G_PI / 180), 0.1);
  measurement->region = lk_findings_span (findings, head.left[0], head.left[1], head.right[0], head.right[1]);
}

/* M12: T by the height of the photo. */
void
lk_measure_head_size (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Head head = measure_head (findings);

  measurement->value = head.t / findings->photo->levels[0]->height;
  measurement->region = lk_findings_span (findings, head.middle[0], head.middle[1], head.chin[0], head.chin[1]);
}

/* M13: from the photo's left edge to the eye on that side, in distances of the eyes. */
void
lk_measure_crop_left (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Head head = measure_head (findings);

  measurement->value = head.left[0] / head.distance;
  measurement->region = lk_findings_span (findings, 0, head.left[1], head.left[0], head.left[1]);
}

/* M14: the same on the right. */
void
lk_measure_crop_right (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Head head = measure_head (findings);
  int width = findings->photo->levels[0]->width;

  measurement->value = (width - head.right[0]) / head.distance;
  measurement->region = lk_findings_span (findings, head.right[0], head.right[1], width, head.right[1]);
}

/* M15: from the top edge to the eye line, in T. */
void
lk_measure_crop_above (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Head head = measure_head (findings);

  measurement->value = head.middle[1] / head.t;
  measurement->region = lk_findings_span (findings, head.middle[0], 0, head.middle[0], head.middle[1]);
}

/* M16: from the eye line to the lower edge, in T. */
void
lk_measure_crop_below (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  Head head = measure_head (findings);
  int height = findings->photo->levels[0]->height;

  measurement->value = (height - head.middle[1]) / head.t;
  measurement->region = lk_findings_span (findings, head.middle[0], head.middle[1], head.middle[0], height);
}

static double
area (const LkBox *box)
{
  return (double) (box->x1 - box->x0) * (box->y1 - box->y0);
}

/* M17: area of the second largest face by that of the largest, %; 0 when there is one face. */
void
lk_measure_single_face (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFaces *faces = findings->faces;
  gboolean is_alone = faces->n_faces < 2;

  measurement->value = is_alone ? 0 : 100 * area (&faces->boxes[1]) / MAX (area (&faces->boxes[0]), 1);
  measurement->region = lk_findings_box (findings, &faces->boxes[is_alone ? 0 : 1]);
}

static void
say_angle (const LkFindings *findings, double angle, LkMeasurement *measurement)
{
  measurement->value = angle;
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}

/* M18: turned to the picture's right, degrees. */
void
lk_measure_yaw (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  say_angle (findings, findings->pose.yaw, measurement);
}

/* M19: tilted down, degrees; frontal photos read some degrees (pitch_bias), which are taken off. */
void
lk_measure_pitch (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  say_angle (findings, findings->pose.pitch - lk_limits_get_param (limits, "pitch_bias", 0), measurement);
}

/* M20: of the whole head, degrees clockwise; G6 goes by the pupils alone. */
void
lk_measure_head_roll (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  say_angle (findings, findings->pose.roll, measurement);
}
