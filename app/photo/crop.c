/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/crop.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "photo/survey.h"

/* Around the head enough is looked at again, closer, for the mask to have fine cells: face widths to each side, above
 * the eyes and below them. */
static const double LOOK_SIDE = 1.5, LOOK_ABOVE = 1.5, LOOK_BELOW = 2.5;

/* Only when that is at most this share of the original. */
static const double LOOK_CLOSER_BELOW = 0.7;

static const char *const problem_words[] = {
  [LK_CROP_POSSIBLE] = NULL,
  [LK_CROP_NO_FACE] = "no-face",
  [LK_CROP_SEVERAL_FACES] = "several-faces",
  [LK_CROP_TOO_SMALL] = "too-small",
  [LK_CROP_HAIR_CUT] = "hair-cut",
  [LK_CROP_SIDE_MISSING] = "side-missing",
  [LK_CROP_BODY_MISSING] = "body-missing",
  [LK_CROP_FACE_SHAPE] = "face-shape",
};

static const char *const problem_texts[] = {
  [LK_CROP_POSSIBLE] = NULL,
  [LK_CROP_NO_FACE] =
    N_("No face was found in this photo. Take the studio's original that shows the student from the front."),
  [LK_CROP_SEVERAL_FACES] = N_("There is more than one face in this photo. It must show the student alone."),
  [LK_CROP_TOO_SMALL] =
    N_("The photo is too small: the crop would have to be enlarged. Ask the studio for the original in full size."),
  [LK_CROP_HAIR_CUT] =
    N_("The photo ends at the top of the hair. Ask the studio for the original with more room above the head."),
  [LK_CROP_SIDE_MISSING] = N_("A shoulder or an arm is cut off at the side of the photo. Ask the studio for the "
                              "original with more room at the sides."),
  [LK_CROP_BODY_MISSING] =
    N_("The photo ends too soon below the chin. Ask the studio for the original that shows the shoulders."),
  [LK_CROP_FACE_SHAPE] =
    N_("No crop of this photo has both the eye line and the face width in range. The staff has to decide."),
};

const char *
lk_crop_problem_text (LkCropProblem problem)
{
  return problem != LK_CROP_POSSIBLE ? _(problem_texts[problem]) : NULL;
}

const char *
lk_crop_problem_source (LkCropProblem problem)
{
  return problem_texts[problem];
}

const char *
lk_crop_problem_to_word (LkCropProblem problem)
{
  return problem_words[problem];
}

/* A measure of the checks in px of the photo; NAN when it cannot be taken. */
static double
measure (const LkSurvey *survey, const char *id, LkMeasureFunc func)
{
  const LkLimits *limits = lk_spec_get_limits (survey->findings.spec, id);
  LkMeasurement measurement = { .value = NAN, .low = limits->low, .high = limits->high };

  func (&survey->findings, limits, &measurement);
  return measurement.why == NULL ? measurement.value / lk_findings_scale (&survey->findings) : NAN;
}

/* The same definitions as the checks', so that a crop that is proposed is a crop that passes. */
static LkHead
find_head (const LkSurvey *survey)
{
  const LkSpec *spec = survey->findings.spec;
  LkHead head = {
    .width = survey->file.width, .height = survey->file.height,
    .hair_top = measure (survey, "G2_hair_top", lk_measure_hair_top),
    .eye_line = measure (survey, "G3_eye_line", lk_measure_eye_line),
    .face_width = measure (survey, "G4_face_width", lk_measure_face_width),
    .middle = survey->file.width / 2.0 + measure (survey, "G5_centre", lk_measure_centre),
  };
  LkMeasurement roll = { .value = 0 };

  lk_measure_roll (&survey->findings, lk_spec_get_limits (spec, "G6_roll"), &roll);
  head.roll = roll.value;
  return head;
}

/* Measures the head again in the part of a large original that is around it, and counts the faces there: somebody who
 * looks over the shoulder is too small to be seen in the whole. Where no face is found any more the first look
 * stands. */
static gboolean
look_closer (LkEngine *engine, const LkSpec *spec, LkPixels *original, LkHead *head, guint *n_faces, GError **error)
{
  int x = (int) MAX (0, head->middle - LOOK_SIDE * head->face_width),
      y = (int) MAX (0, head->eye_line - LOOK_ABOVE * head->face_width);
  int right = (int) MIN (original->width, head->middle + LOOK_SIDE * head->face_width);
  int bottom = (int) MIN (original->height, head->eye_line + LOOK_BELOW * head->face_width);
  g_autoptr (LkPixels) part = NULL;
  g_autoptr (LkSurvey) survey = NULL;
  LkHead near;

  if ((double) (right - x) * (bottom - y) > LOOK_CLOSER_BELOW * original->width * original->height)
    return TRUE;
  part = lk_pixels_crop (original, x, y, right - x, bottom - y);
  survey = part != NULL ? lk_survey_new (engine, spec, part, error) : NULL;
  if (survey == NULL)
    return part == NULL;
  *n_faces = MAX (*n_faces, survey->faces.n_faces);
  if (survey->faces.n_faces != 1)
    return TRUE;
  near = find_head (survey);
  *head = (LkHead){
    .width = head->width,
    .height = head->height,
    .hair_top = near.hair_top + y,
    .eye_line = near.eye_line + y,
    .face_width = near.face_width,
    .middle = near.middle + x,
    .roll = near.roll,
  };
  return TRUE;
}

static gboolean
has_ranges (const LkSpec *spec, GError **error)
{
  static const char *const ids[] = { "G2_hair_top", "G3_eye_line", "G4_face_width", "G5_centre", "G6_roll" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (lk_spec_get_limits (spec, ids[i]) == NULL)
      {
        g_set_error (error, LK_ERROR, LK_ERROR_BAD_SPEC, "%s: is missing, a crop cannot be proposed", ids[i]);
        return FALSE;
      }
  return TRUE;
}

gboolean
lk_crop_propose (LkEngine *engine, LkPixels *original, const LkSpec *spec, LkCrop *crop, GError **error)
{
  g_autoptr (LkSurvey) survey = has_ranges (spec, error) ? lk_survey_new (engine, spec, original, error) : NULL;
  guint n_faces;
  LkHead head;

  *crop = (LkCrop) { 0 };
  if (survey == NULL)
    return FALSE;
  n_faces = survey->faces.n_faces;
  if (n_faces == 1)
    {
      head = find_head (survey);
      if (!look_closer (engine, spec, original, &head, &n_faces, error))
        return FALSE;
    }
  if (n_faces == 1)
    *crop = lk_crop_solve (&head, spec);
  else
    crop->problem = n_faces == 0 ? LK_CROP_NO_FACE : LK_CROP_SEVERAL_FACES;
  return TRUE;
}

/* Between four pixels; beyond the edge the edge goes on. */
static void
sample_at (const LkPixels *from, double x, double y, guint8 *out)
{
  double u = CLAMP (x - 0.5, 0, from->width - 1.0), v = CLAMP (y - 0.5, 0, from->height - 1.0);
  int column = MIN ((int) u, MAX (from->width - 2, 0)), row = MIN ((int) v, MAX (from->height - 2, 0));
  double right = u - column, lower = v - row;
  const guint8 *upper = from->data + 3 * ((gsize) row * from->width + column);
  const guint8 *below = row + 1 < from->height ? upper + 3 * (gsize) from->width : upper;
  int next = column + 1 < from->width ? 3 : 0;

  for (int c = 0; c < 3; c++)
    out[c] = (guint8) ((upper[c] * (1 - right) + upper[c + next] * right) * (1 - lower)
                       + (below[c] * (1 - right) + below[c + next] * right) * lower + 0.5);
}

LkPixels *
lk_crop_cut (const LkCrop *self, LkPixels *original)
{
  double cosine = cos (self->turn * G_PI / 180), sine = sin (self->turn * G_PI / 180);
  LkPixels *cut;

  if (self->turn == 0)
    return lk_pixels_crop (original, self->x, self->y, self->width, self->height);
  cut = lk_pixels_new (self->width, self->height);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        double u = x + 0.5 - self->width / 2.0, v = y + 0.5 - self->height / 2.0;

        sample_at (original, self->x + self->width / 2.0 + cosine * u - sine * v,
                   self->y + self->height / 2.0 + sine * u + cosine * v, cut->data + 3 * ((gsize) y * self->width + x));
      }
  return cut;
}
