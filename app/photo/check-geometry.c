/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include <math.h>

#include "photo/measure.h"

/* Where the head is in the frame: rules.md section 2.1. Distances are given in px of the reference frame. */

enum { MAX_COLUMNS = 64 };

static double
eye_line_y (const LkFindings *findings)
{
  const LkLandmarks *face = &findings->faces->main;

  return (face->eyes[0][LK_EYE_PUPIL][1] + face->eyes[1][LK_EYE_PUPIL][1]) / 2.0;
}

static double
face_width (const LkFindings *findings)
{
  int left = LK_MESH_CHEEK_LEFT, right = LK_MESH_CHEEK_RIGHT;

  lk_landmarks_widest (&findings->faces->main, &left, &right);
  return lk_landmarks_distance (&findings->faces->main, left, right);
}

static double
face_middle_x (const LkFindings *findings)
{
  const LkLandmarks *face = &findings->faces->main;

  return (face->mesh[LK_MESH_CHEEK_LEFT][0] + face->mesh[LK_MESH_CHEEK_RIGHT][0]) / 2.0;
}

/* G1: the second largest face is shown when there is one too many. */
void
lk_measure_face_count (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkFaces *faces = findings->faces;

  measurement->value = faces->n_faces;
  if (faces->n_faces > 0)
    measurement->region = lk_findings_box (findings, &faces->boxes[faces->n_faces > 1 ? 1 : 0]);
}

/* The first place, going down one column, where the mask says person; photo px, NAN when there is none above the eyes. */
static double
first_person_row (const LkFindings *findings, double x, double lowest, double threshold)
{
  const LkPixels *photo = findings->photo->levels[0];
  double step = photo->height / (double) LK_MASK_SIDE;
  float before = lk_mask_at (findings->mask, x / photo->width, 0);

  if (before >= threshold)
    return 0;
  for (double y = step / 2; y < lowest; y += step)
    {
      float here = lk_mask_at (findings->mask, x / photo->width, y / photo->height);

      if (here >= threshold)
        return MAX (0, y - step * (here - threshold) / (here - before));
      before = here;
    }
  return NAN;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* The highest visible point of hair or scalp, photo px from the top edge; NAN when the mask has no head. A few stray
 * columns do not count. */
static double
hair_top_y (const LkFindings *findings, const LkLimits *limits)
{
  double half = lk_limits_get_param (limits, "half_width", 0.3) * face_width (findings);
  double threshold = lk_limits_get_param (limits, "mask_threshold", 0.5);
  double left = MAX (0, face_middle_x (findings) - half);
  double right = MIN (findings->photo->levels[0]->width - 1, face_middle_x (findings) + half);
  double tops[MAX_COLUMNS];
  int n_tops = 0;

  for (int i = 0; i < MAX_COLUMNS; i++)
    {
      double y =
        first_person_row (findings, left + (right - left) * i / (MAX_COLUMNS - 1), eye_line_y (findings), threshold);

      if (!isnan (y))
        tops[n_tops++] = y;
    }
  if (n_tops < MAX_COLUMNS / 4)
    return NAN;
  qsort (tops, n_tops, sizeof *tops, compare_doubles);
  return tops[(int) (n_tops * lk_limits_get_param (limits, "stray_share", 0.05))];
}

/* TRUE when eye line and face width are both in range; they come first (rules.md section 2.1, priority rule). */
static gboolean
others_are_in_range (const LkFindings *findings)
{
  const LkLimits *eye_line = lk_spec_get_limits (findings->spec, "G3_eye_line");
  const LkLimits *width = lk_spec_get_limits (findings->spec, "G4_face_width");
  double scale = lk_findings_scale (findings);

  return (eye_line == NULL || lk_limits_judge (eye_line, eye_line_y (findings) * scale) == LK_OUTCOME_PASS)
         && (width == NULL || lk_limits_judge (width, face_width (findings) * scale) == LK_OUTCOME_PASS);
}

/* G2: out of range is a warning; a failure only when the top edge cuts the hair or another measure fails as well. */
void
lk_measure_hair_top (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  double y = hair_top_y (findings, limits);
  double value = y * lk_findings_scale (findings);

  if (isnan (y))
    {
      measurement->why = "no-face";
      return;
    }
  measurement->value = value;
  measurement->region = lk_findings_row (findings, y, face_middle_x (findings) - face_width (findings) / 2,
                                         face_middle_x (findings) + face_width (findings) / 2);
  measurement->is_judged = TRUE;
  if (value >= limits->low && value <= limits->high)
    measurement->outcome = LK_OUTCOME_PASS;
  else if (value <= lk_limits_get_param (limits, "cut_below", 0) || !others_are_in_range (findings))
    measurement->outcome = LK_OUTCOME_FAIL;
  else
    measurement->outcome = LK_OUTCOME_WARN;
}

/* G3: the middle between the pupils. */
void
lk_measure_eye_line (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkBox *box = &findings->faces->boxes[0];

  measurement->value = eye_line_y (findings) * lk_findings_scale (findings);
  measurement->region = lk_findings_row (findings, eye_line_y (findings), box->x0, box->x1);
}

/* G4: cheek to cheek, where the face is widest. */
void
lk_measure_face_width (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkLandmarks *face = &findings->faces->main;
  int left = LK_MESH_CHEEK_LEFT, right = LK_MESH_CHEEK_RIGHT;

  lk_landmarks_widest (face, &left, &right);
  measurement->value = face_width (findings) * lk_findings_scale (findings);
  measurement->region =
    lk_findings_span (findings, face->mesh[left][0], face->mesh[left][1], face->mesh[right][0], face->mesh[right][1]);
}

/* G5: how far the face's middle is right of the photo's middle. */
void
lk_measure_centre (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const LkBox *box = &findings->faces->boxes[0];

  measurement->value =
    (face_middle_x (findings) - findings->photo->levels[0]->width / 2.0) * lk_findings_scale (findings);
  measurement->region = lk_findings_column (findings, face_middle_x (findings), box->y0, box->y1);
}

/* G6: the line through the pupils, clockwise positive. */
void
lk_measure_roll (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  const float *left = findings->faces->main.eyes[0][LK_EYE_PUPIL], *right = findings->faces->main.eyes[1][LK_EYE_PUPIL];

  measurement->value = atan2 (right[1] - left[1], right[0] - left[0]) * 180 / G_PI;
  measurement->region = lk_findings_span (findings, left[0], left[1], right[0], right[1]);
}

/* G7: the larger of turn and tilt. The pose of frontal photos reads some degrees of pitch (pitch_bias), and heads of
 * other shapes read differently again, so that part of the tilt does not count (pitch_slack). */
void
lk_measure_yaw_pitch (const LkFindings *findings, const LkLimits *limits, LkMeasurement *measurement)
{
  double pitch = fabs (findings->pose.pitch - lk_limits_get_param (limits, "pitch_bias", 0));

  measurement->value = MAX (fabs (findings->pose.yaw), pitch - lk_limits_get_param (limits, "pitch_slack", 0));
  measurement->region = lk_findings_box (findings, &findings->faces->boxes[0]);
}
