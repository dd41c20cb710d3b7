/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/face.h"

#include <math.h>

#include "photo/face-detect.h"

enum
{
  MESH_VALUES = LK_MESH_POINTS * 3,
  EYE_VALUES = LK_EYE_POINTS * 3,
};

static const double FACE_CROP = 1.5;    /* side of the mesh's crop by the longer side of the face */
static const double EYE_CROP = 2.3;     /* side of the eye's crop by the distance of its corners */

/* The turned square in which the mesh looks for a face. */
typedef struct
{
  double x, y, side, angle;
} FaceCrop;

static FaceCrop
crop_of_candidate (const LkCandidate *candidate)
{
  const LkBox *box = &candidate->box;

  return (FaceCrop) {
    (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2,
    FACE_CROP * fmax (box->x1 - box->x0, box->y1 - box->y0),
    atan2 (candidate->right_eye[1] - candidate->left_eye[1], candidate->right_eye[0] - candidate->left_eye[0]),
  };
}

/* A better crop from a first mesh: upright along the eyes, around all points. */
static FaceCrop
crop_of_mesh (const LkLandmarks *face)
{
  const float *left = face->mesh[LK_MESH_LEFT_EYE_OUTER], *right = face->mesh[LK_MESH_RIGHT_EYE_OUTER];
  double angle = atan2 (right[1] - left[1], right[0] - left[0]);
  double c = cos (angle), s = sin (angle);
  double u0 = INFINITY, u1 = -INFINITY, v0 = INFINITY, v1 = -INFINITY;
  double u, v;

  for (int i = 0; i < LK_MESH_POINTS; i++)
    {
      u = c * face->mesh[i][0] + s * face->mesh[i][1];
      v = -s * face->mesh[i][0] + c * face->mesh[i][1];
      u0 = fmin (u0, u);
      u1 = fmax (u1, u);
      v0 = fmin (v0, v);
      v1 = fmax (v1, v);
    }
  u = (u0 + u1) / 2;
  v = (v0 + v1) / 2;
  return (FaceCrop) { c * u - s * v, s * u + c * v, FACE_CROP * fmax (u1 - u0, v1 - v0), angle };
}

static LkBox
box_around_mesh (const LkLandmarks *face)
{
  LkBox box = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (int i = 0; i < LK_MESH_POINTS; i++)
    {
      box.x0 = fminf (box.x0, face->mesh[i][0]);
      box.y0 = fminf (box.y0, face->mesh[i][1]);
      box.x1 = fmaxf (box.x1, face->mesh[i][0]);
      box.y1 = fmaxf (box.y1, face->mesh[i][1]);
    }
  return box;
}

/* Lays the mesh into a crop; presence is the model's belief, 0 to 1, that there is a face at all. */
static gboolean
run_mesh (LkEngine *engine, const LkPyramid *photo, const FaceCrop *crop, LkLandmarks *face, float *presence,
          GError **error)
{
  const LkModelEntry *entry = lk_model_get_entry (engine->mesh);
  LkAffine to_photo = lk_affine_square (crop->x, crop->y, crop->side, crop->angle, entry->size);
  g_autofree float *input = g_new (float, (gsize) entry->size * entry->size * 3);
  float values[MESH_VALUES];
  float logit;

  lk_pyramid_sample (photo, &to_photo, entry, input);
  if (!lk_model_run (engine->mesh, input, (LkTensor[]) { { values, MESH_VALUES }, { &logit, 1 } }, error))
    return FALSE;
  for (int i = 0; i < LK_MESH_POINTS; i++)
    {
      lk_affine_apply (&to_photo, values[3 * i], values[3 * i + 1], &face->mesh[i][0], &face->mesh[i][1]);
      face->mesh[i][2] = (float) (values[3 * i + 2] * crop->side / entry->size);
    }
  face->box = box_around_mesh (face);
  *presence = 1 / (1 + expf (-logit));
  return TRUE;
}

static gboolean
run_iris (LkEngine *engine, const LkPyramid *photo, LkLandmarks *face, int which, GError **error)
{
  static const int corners[2][2] = {
    { LK_MESH_LEFT_EYE_OUTER, LK_MESH_LEFT_EYE_INNER },
    { LK_MESH_RIGHT_EYE_INNER, LK_MESH_RIGHT_EYE_OUTER },
  };
  const LkModelEntry *entry = lk_model_get_entry (engine->iris);
  const float *left = face->mesh[corners[which][0]], *right = face->mesh[corners[which][1]];
  double dx = right[0] - left[0], dy = right[1] - left[1];
  LkAffine to_photo = lk_affine_square ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2,
                                        EYE_CROP * hypot (dx, dy), atan2 (dy, dx), entry->size);
  g_autofree float *input = g_new (float, (gsize) entry->size * entry->size * 3);
  float values[EYE_VALUES];

  /* the network knows one eye; the other goes in and comes back mirrored */
  if (which == 0)
    to_photo = lk_affine_mirrored (&to_photo, entry->size);
  lk_pyramid_sample (photo, &to_photo, entry, input);
  if (!lk_model_run (engine->iris, input, &(LkTensor) { values, EYE_VALUES }, error))
    return FALSE;
  for (int i = 0; i < LK_EYE_POINTS; i++)
    lk_affine_apply (&to_photo, values[3 * i], values[3 * i + 1], &face->eyes[which][i][0], &face->eyes[which][i][1]);
  return TRUE;
}

static float
box_area (const LkBox *box)
{
  return (box->x1 - box->x0) * (box->y1 - box->y0);
}

/* Two candidates may settle on one face; TRUE when this one is already there. */
static gboolean
is_known (const LkFaces *faces, const LkBox *box)
{
  for (guint i = 0; i < faces->n_faces; i++)
    if (lk_box_overlap (&faces->boxes[i], box) > 0.3f)
      return TRUE;
  return FALSE;
}

static gboolean
confirm (LkEngine *engine, const LkPyramid *photo, const LkCandidate *candidates, guint n_candidates, LkFaces *faces,
         GError **error)
{
  for (guint i = 0; i < n_candidates && faces->n_faces < LK_MAX_FACES; i++)
    {
      FaceCrop crop = crop_of_candidate (&candidates[i]);
      LkLandmarks face = { 0 };
      float presence;
      guint last;

      if (!run_mesh (engine, photo, &crop, &face, &presence, error))
        return FALSE;
      if (presence < lk_model_get_entry (engine->mesh)->min_score || is_known (faces, &face.box))
        continue;
      last = faces->n_faces++;
      faces->boxes[last] = face.box;
      if (last > 0 && box_area (&face.box) <= box_area (&faces->boxes[0]))
        continue;
      faces->boxes[last] = faces->boxes[0];
      faces->boxes[0] = face.box;
      faces->main = face;
    }
  return TRUE;
}

/* The second pass starts from the first mesh and sits better; then the eyes. */
static gboolean
refine_main (LkEngine *engine, const LkPyramid *photo, gboolean with_eyes, LkFaces *faces, GError **error)
{
  LkLandmarks *face = &faces->main;
  FaceCrop crop = crop_of_mesh (face);
  float presence;

  if (!run_mesh (engine, photo, &crop, face, &presence, error))
    return FALSE;
  faces->boxes[0] = face->box;
  return !with_eyes || (run_iris (engine, photo, face, 0, error) && run_iris (engine, photo, face, 1, error));
}

gboolean
lk_faces_find (LkEngine *engine, const LkPyramid *photo, gboolean with_eyes, LkFaces *faces, GError **error)
{
  LkCandidate candidates[LK_MAX_FACES];
  guint n_candidates;

  *faces = (LkFaces) { 0 };
  if (!lk_detect_short (engine, photo, candidates, &n_candidates, error)
      || !confirm (engine, photo, candidates, n_candidates, faces, error))
    return FALSE;
  if (faces->n_faces == 0
      && (!lk_detect_full (engine, photo, candidates, &n_candidates, error)
          || !confirm (engine, photo, candidates, n_candidates, faces, error)))
    return FALSE;
  return faces->n_faces == 0 || refine_main (engine, photo, with_eyes, faces, error);
}

float
lk_landmarks_distance (const LkLandmarks *self, int a, int b)
{
  return hypotf (self->mesh[a][0] - self->mesh[b][0], self->mesh[a][1] - self->mesh[b][1]);
}

void
lk_landmarks_widest (const LkLandmarks *self, int *left, int *right)
{
  const float *from = self->mesh[LK_MESH_LEFT_EYE_OUTER], *to = self->mesh[LK_MESH_RIGHT_EYE_OUTER];
  float least = INFINITY, most = -INFINITY;

  for (int i = 0; i < LK_MESH_POINTS; i++)
    {
      float along = self->mesh[i][0] * (to[0] - from[0]) + self->mesh[i][1] * (to[1] - from[1]);

      if (along < least)
        *left = i;
      if (along > most)
        *right = i;
      least = fminf (least, along);
      most = fmaxf (most, along);
    }
}
