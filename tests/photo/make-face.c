/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make-face.h"

#include <math.h>

/* The head's parts in half face widths about the middle between the pupils. */
static const double CHIN = 1.35, NOSE_TIP = 0.45, MOUTH = 0.85, BROW = -0.25, EYE_X = 0.48, EYE_HALF = 0.2, CORNER = 0.02;

static const int outline[] = {
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
  152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
};
static const int left_eye[] = { 226, 247, 30, 29, 27, 28, 56, 190, 243, 112, 26, 22, 23, 24, 110, 25 };
static const int right_eye[] = { 446, 467, 260, 259, 257, 258, 286, 414, 463, 341, 256, 252, 253, 254, 339, 255 };
static const int left_brow[] = { 70, 63, 105, 66, 107 }, right_brow[] = { 300, 293, 334, 296, 336 };
static const int nose[] = { 168, 417, 465, 357, 350, 277, 371, 358, 327, 326,
                            2,   97,  98,  129, 142, 47,  121, 128, 245, 193 };

typedef struct
{
  double x, y, unit, c, s;      /* photo px: the pupils' middle and half a face width */
} Head;

static void
place (const Head *head, double u, double v, float out[2])
{
  out[0] = (float) (head->x + head->unit * (head->c * u - head->s * v));
  out[1] = (float) (head->y + head->unit * (head->s * u + head->c * v));
}

static void
place_ring (LkLandmarks *face, const Head *head, const int *points, int n, double u, double v, double half_u,
            double half_v)
{
  for (int i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * i / n - G_PI / 2;

      place (head, u + half_u * cos (angle), v + half_v * sin (angle), face->mesh[points[i]]);
    }
}

static void
place_eye (LkLandmarks *face, const Head *head, int which, double open)
{
  double middle = which == 0 ? -EYE_X : EYE_X, outwards = which == 0 ? -1 : 1;
  float (*eye)[2] = face->eyes[which];

  for (int i = 0; i < LK_EYE_POINTS; i++)
    place (head, middle, 0, eye[i]);
  for (int i = 0; i <= 8; i++)
    place (head, middle + outwards * EYE_HALF * (4 - i) / 4, i == 0 || i == 8 ? CORNER : open * EYE_HALF, eye[i]);
  for (int i = 9; i <= 15; i++)
    place (head, middle + outwards * EYE_HALF * (12 - i) / 4, -open * EYE_HALF, eye[i]);
}

static void
place_face (LkMadePhoto *self, const Head *head)
{
  LkLandmarks *face = &self->faces.main;
  LkBox *box = &face->box;

  for (int i = 0; i < LK_MESH_POINTS; i++)
    place (head, 0, 0.2, face->mesh[i]);
  place_ring (face, head, outline, G_N_ELEMENTS (outline), 0, 0.35, 1, 1);
  place_ring (face, head, left_eye, G_N_ELEMENTS (left_eye), -EYE_X, 0, 0.3, 0.18);
  place_ring (face, head, right_eye, G_N_ELEMENTS (right_eye), EYE_X, 0, 0.3, 0.18);
  place_ring (face, head, nose, G_N_ELEMENTS (nose), 0, 0.3, 0.2, 0.3);
  place (head, -1, 0.35, face->mesh[LK_MESH_CHEEK_LEFT]);
  place (head, 1, 0.35, face->mesh[LK_MESH_CHEEK_RIGHT]);
  place (head, 0, CHIN, face->mesh[LK_MESH_CHIN]);
  place (head, 0, NOSE_TIP, face->mesh[LK_MESH_NOSE_TIP]);
  place (head, 0, 0, face->mesh[LK_MESH_NOSE_ROOT]);
  place (head, 0, -0.3, face->mesh[LK_MESH_BETWEEN_BROWS]);
  place (head, -0.3, MOUTH, face->mesh[LK_MESH_MOUTH_LEFT]);
  place (head, 0.3, MOUTH, face->mesh[LK_MESH_MOUTH_RIGHT]);
  place (head, 0, MOUTH + 0.15, face->mesh[LK_MESH_BELOW_LIP]);
  place (head, -EYE_X - EYE_HALF, 0, face->mesh[LK_MESH_LEFT_EYE_OUTER]);
  place (head, EYE_X + EYE_HALF, 0, face->mesh[LK_MESH_RIGHT_EYE_OUTER]);
  place (head, EYE_HALF - EYE_X, 0, face->mesh[LK_MESH_LEFT_EYE_INNER]);
  place (head, EYE_X - EYE_HALF, 0, face->mesh[LK_MESH_RIGHT_EYE_INNER]);
  for (gsize i = 0; i < G_N_ELEMENTS (left_brow); i++)
    {
      place (head, -EYE_X + (i - 2.0) / 10, BROW, face->mesh[left_brow[i]]);
      place (head, EYE_X + (2.0 - i) / 10, BROW, face->mesh[right_brow[i]]);
    }
  *box = (LkBox) { (float) (head->x - head->unit), (float) (head->y - 0.65 * head->unit),
                   (float) (head->x + head->unit), (float) (head->y + CHIN * head->unit) };
  self->faces.n_faces = 1;
  self->faces.boxes[0] = *box;
}

/* A column of head with the hair's top at hair_top, and shoulders below the chin. */
static void
fill_mask (LkMadePhoto *self, const Head *head, double hair_top)
{
  double chin = head->y + CHIN * head->unit;

  for (int row = 0; row < LK_MASK_SIDE; row++)
    for (int column = 0; column < LK_MASK_SIDE; column++)
      {
        double x = (column + 0.5) * self->pixels->width / LK_MASK_SIDE,
               y = (row + 0.5) * self->pixels->height / LK_MASK_SIDE;
        double half = y < chin ? 1.1 * head->unit : 1.8 * head->unit;

        self->mask.person[row][column] = y >= hair_top && fabs (x - head->x) <= half;
      }
}

static Head
head_from_frame (const LkMadePhoto *self, double middle_x, double eye_line, double face_width, double roll)
{
  double zoom = self->pixels->width / (double) self->spec->frame_width, angle = roll * G_PI / 180;

  return (Head) { middle_x * zoom, eye_line * zoom, face_width / 2 * zoom, cos (angle), sin (angle) };
}

void
lk_made_photo_set_head (LkMadePhoto *self, double middle_x, double eye_line, double face_width, double hair_top,
                        double roll)
{
  Head head = head_from_frame (self, middle_x, eye_line, face_width, roll);

  place_face (self, &head);
  place_eye (&self->faces.main, &head, 0, 0.3);
  place_eye (&self->faces.main, &head, 1, 0.3);
  place (&head, 0, MOUTH, self->faces.main.mesh[LK_MESH_LIP_UPPER]);
  place (&head, 0, MOUTH, self->faces.main.mesh[LK_MESH_LIP_LOWER]);
  fill_mask (self, &head, hair_top * self->pixels->width / self->spec->frame_width);
}

void
lk_made_photo_set_openness (LkMadePhoto *self, double left_open, double right_open, double mouth)
{
  Head head = head_from_frame (self, 240, 250, 240, 0);

  place_eye (&self->faces.main, &head, 0, left_open);
  place_eye (&self->faces.main, &head, 1, right_open);
  place (&head, 0, MOUTH - mouth * CHIN / 2, self->faces.main.mesh[LK_MESH_LIP_UPPER]);
  place (&head, 0, MOUTH + mouth * CHIN / 2, self->faces.main.mesh[LK_MESH_LIP_LOWER]);
}

static void
refresh (LkMadePhoto *self)
{
  g_clear_pointer (&self->pyramid, lk_pyramid_free);
  self->pyramid = lk_pyramid_new (self->pixels);
  self->findings.photo = self->pyramid;
}

LkMadePhoto *
lk_made_photo_new (int width, int height, const guint8 rgb[3])
{
  LkMadePhoto *self = g_new0 (LkMadePhoto, 1);
  g_autoptr (GError) error = NULL;

  self->spec = lk_spec_load_default (&error);
  g_assert_no_error (error);
  self->pixels = lk_pixels_new (width, height);
  for (gsize i = 0; i < (gsize) width * height * 3; i++)
    self->pixels->data[i] = rgb[i % 3];
  self->file = (LkFileInfo) { LK_FILE_JPEG, width, height, 1, 3, 90, 100 * 1024 };
  lk_made_photo_set_head (self, 240, 250, 240, 80, 0);
  self->findings = (LkFindings) { .spec = self->spec, .file = &self->file, .faces = &self->faces, .mask = &self->mask };
  refresh (self);
  return self;
}

void
lk_made_photo_free (LkMadePhoto *self)
{
  g_clear_pointer (&self->patch, lk_face_patch_free);
  g_clear_pointer (&self->pyramid, lk_pyramid_free);
  g_clear_pointer (&self->pixels, lk_pixels_unref);
  g_clear_pointer (&self->spec, lk_spec_free);
  g_free (self);
}

void
lk_made_photo_paint (LkMadePhoto *self, LkPaintFunc paint)
{
  for (int y = 0; y < self->pixels->height; y++)
    for (int x = 0; x < self->pixels->width; x++)
      paint (self, x, y, self->pixels->data + 3 * ((gsize) y * self->pixels->width + x));
  refresh (self);
  g_clear_pointer (&self->patch, lk_face_patch_free);
  self->patch = lk_face_patch_new (self->pyramid, &self->faces.main, 160);
  g_assert_nonnull (self->patch);
  self->findings.patch = self->patch;
}

LkMeasurement
lk_made_photo_measure (LkMadePhoto *self, const char *id, LkMeasureFunc measure)
{
  const LkLimits *limits = lk_spec_get_limits (self->spec, id);
  LkMeasurement measurement = { .value = NAN, .low = limits->low, .high = limits->high };

  measure (&self->findings, limits, &measurement);
  g_clear_pointer (&measurement.others, g_ptr_array_unref);
  return measurement;
}

LkOutcome
lk_made_photo_judge (LkMadePhoto *self, const char *id, LkMeasureFunc measure)
{
  LkMeasurement measurement = lk_made_photo_measure (self, id, measure);

  if (measurement.why != NULL)
    return LK_OUTCOME_NOT_RUN;
  return measurement.is_judged ? measurement.outcome
                               : lk_limits_judge (lk_spec_get_limits (self->spec, id), measurement.value);
}
