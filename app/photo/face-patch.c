/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/face-patch.h"

#include <math.h>

/* Outlines on the mesh, in order. */
static const int face_outline[] = {
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
  152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
};
static const int left_eye_outline[] = { 226, 247, 30, 29, 27, 28, 56, 190, 243, 112, 26, 22, 23, 24, 110, 25 };
static const int right_eye_outline[] = { 446, 467, 260, 259, 257, 258, 286, 414, 463, 341, 256, 252, 253, 254, 339, 255 };
static const int nose_outline[] = { 168, 417, 465, 357, 350, 277, 371, 358, 327, 326,
                                    2,   97,  98,  129, 142, 47,  121, 128, 245, 193 };

enum
{
  MAX_CROSSINGS = 40,
  LEAST_SIDE = 16,              /* photo px */
  MOST_SIDE = 1024,             /* patch px; a mesh gone wrong must not ask for more */
};

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float first = *(const float *) a, second = *(const float *) b;

  return first < second ? -1 : first > second;
}

/* Marks the pixels of one row whose centre lies inside the polygon. */
static void
fill_row (LkFacePatch *self, int row, const float *crossings, int n_crossings, guint8 zone)
{
  for (int i = 0; i + 1 < n_crossings; i += 2)
    {
      int from = MAX (0, (int) ceilf (crossings[i] - 0.5f));
      int to = MIN (self->width - 1, (int) ceilf (crossings[i + 1] - 0.5f) - 1);

      for (int x = from; x <= to; x++)
        self->zones[(gsize) row * self->width + x] |= zone;
    }
}

static void
fill_outline (LkFacePatch *self, const LkLandmarks *face, const int *outline, int n_points, guint8 zone)
{
  for (int row = 0; row < self->height; row++)
    {
      float y = (float) row + 0.5f;
      float crossings[MAX_CROSSINGS];
      int n_crossings = 0;

      for (int i = 0, before = n_points - 1; i < n_points; before = i++)
        {
          const float *p = face->mesh[outline[before]], *q = face->mesh[outline[i]];
          float px = (float) ((p[0] - self->x0) * self->scale), py = (float) ((p[1] - self->y0) * self->scale);
          float qx = (float) ((q[0] - self->x0) * self->scale), qy = (float) ((q[1] - self->y0) * self->scale);

          if ((py > y) != (qy > y) && n_crossings < MAX_CROSSINGS)
            crossings[n_crossings++] = px + (qx - px) * (y - py) / (qy - py);
        }
      qsort (crossings, n_crossings, sizeof *crossings, compare_floats);
      fill_row (self, row, crossings, n_crossings, zone);
    }
}

/* A lens is centred a little below the eye, and is wider than high; half its axes and the drop are shares of the face's
 * width. Small enough to lie within any frame. */
static void
mark_lens (LkFacePatch *self, const LkLandmarks *face, int outer, int inner)
{
  static const double HALF_WIDTH = 0.15, HALF_HEIGHT = 0.1, DROP = 0.02;
  double width = lk_landmarks_distance (face, LK_MESH_CHEEK_LEFT, LK_MESH_CHEEK_RIGHT) * self->scale;
  double middle_x = ((face->mesh[outer][0] + face->mesh[inner][0]) / 2 - self->x0) * self->scale;
  double middle_y = ((face->mesh[outer][1] + face->mesh[inner][1]) / 2 - self->y0) * self->scale + DROP * width;

  for (int y = MAX (0, (int) (middle_y - HALF_HEIGHT * width)); y < MIN (self->height, middle_y + HALF_HEIGHT * width); y++)
    for (int x = MAX (0, (int) (middle_x - HALF_WIDTH * width)); x < MIN (self->width, middle_x + HALF_WIDTH * width); x++)
      {
        double u = (x + 0.5 - middle_x) / (HALF_WIDTH * width), v = (y + 0.5 - middle_y) / (HALF_HEIGHT * width);

        if (u * u + v * v < 1)
          self->zones[(gsize) y * self->width + x] |= LK_ZONE_LENSES;
      }
}

static void
mark_zones (LkFacePatch *self, const LkLandmarks *face)
{
  int brows = (int) ((face->mesh[LK_MESH_BETWEEN_BROWS][1] - self->y0) * self->scale);
  int mouth = (int) ((face->mesh[LK_MESH_BELOW_LIP][1] - self->y0) * self->scale);

  fill_outline (self, face, face_outline, G_N_ELEMENTS (face_outline), LK_ZONE_FACE);
  fill_outline (self, face, left_eye_outline, G_N_ELEMENTS (left_eye_outline), LK_ZONE_EYES);
  fill_outline (self, face, right_eye_outline, G_N_ELEMENTS (right_eye_outline), LK_ZONE_EYES);
  fill_outline (self, face, nose_outline, G_N_ELEMENTS (nose_outline), LK_ZONE_NOSE);
  for (int y = MAX (0, brows); y < MIN (self->height, mouth); y++)
    for (int x = 0; x < self->width; x++)
      if (self->zones[(gsize) y * self->width + x] == LK_ZONE_FACE)
        self->zones[(gsize) y * self->width + x] |= LK_ZONE_CHEEKS;
  mark_lens (self, face, LK_MESH_LEFT_EYE_OUTER, LK_MESH_LEFT_EYE_INNER);
  mark_lens (self, face, LK_MESH_RIGHT_EYE_OUTER, LK_MESH_RIGHT_EYE_INNER);
}

static void
fill_luma (LkFacePatch *self)
{
  const guint8 *rgb = self->pixels->data;
  gsize n_pixels = (gsize) self->width * self->height;

  for (gsize i = 0; i < n_pixels; i++, rgb += 3)
    self->luma[i] = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
}

/* From the level of the pyramid that is just larger, so that the cost does not grow with the photo. */
static LkPixels *
cut_out (LkFacePatch *self, const LkPyramid *photo, const LkBox *box)
{
  guint level = 0;
  double step = 1;              /* photo px for one px of the level */
  g_autoptr (LkPixels) cut = NULL;

  while (self->scale * step <= 0.5 && level + 1 < photo->n_levels)
    {
      step *= 2;
      level++;
    }
  cut = lk_pixels_crop (photo->levels[level], (int) (box->x0 / step), (int) (box->y0 / step),
                        (int) ((box->x1 - box->x0) / step), (int) ((box->y1 - box->y0) / step));
  return lk_pixels_scale (cut, self->width, self->height);
}

LkFacePatch *
lk_face_patch_new (const LkPyramid *photo, const LkLandmarks *face, double face_width)
{
  const LkPixels *pixels = photo->levels[0];
  double scale = face_width / lk_landmarks_distance (face, LK_MESH_CHEEK_LEFT, LK_MESH_CHEEK_RIGHT);
  g_autoptr (LkFacePatch) self = NULL;
  LkBox box = {
    floorf (CLAMP (face->box.x0, 0, pixels->width)), floorf (CLAMP (face->box.y0, 0, pixels->height)),
    ceilf (CLAMP (face->box.x1, 0, pixels->width)), ceilf (CLAMP (face->box.y1, 0, pixels->height)),
  };

  if (box.x1 - box.x0 < LEAST_SIDE || box.y1 - box.y0 < LEAST_SIDE
      || !(scale * MAX (box.x1 - box.x0, box.y1 - box.y0) < MOST_SIDE))
    return NULL;
  self = g_new0 (LkFacePatch, 1);
  self->x0 = box.x0;
  self->y0 = box.y0;
  self->scale = scale;
  self->width = MAX (1, (int) lrint ((box.x1 - box.x0) * scale));
  self->height = MAX (1, (int) lrint ((box.y1 - box.y0) * scale));
  self->pixels = cut_out (self, photo, &box);
  self->luma = g_new (float, (gsize) self->width * self->height);
  self->zones = g_new0 (guint8, (gsize) self->width * self->height);
  fill_luma (self);
  mark_zones (self, face);
  return g_steal_pointer (&self);
}

void
lk_face_patch_free (LkFacePatch *self)
{
  g_clear_pointer (&self->pixels, lk_pixels_unref);
  g_free (self->luma);
  g_free (self->zones);
  g_free (self);
}

static guint8
median (const guint *histogram, guint n)
{
  guint below = 0;
  int value = 0;

  while (value < 255 && (below += histogram[value]) <= n / 2)
    value++;
  return (guint8) value;
}

gboolean
lk_face_patch_find_skin (const LkFacePatch *self, guint least_pixels, guint8 rgb[3])
{
  guint histograms[3][256] = { 0 };
  gsize n_pixels = (gsize) self->width * self->height;
  guint n = 0;

  for (gsize i = 0; i < n_pixels; i++)
    if ((self->zones[i] & (LK_ZONE_CHEEKS | LK_ZONE_LENSES)) == LK_ZONE_CHEEKS)
      {
        for (int c = 0; c < 3; c++)
          histograms[c][self->pixels->data[3 * i + c]]++;
        n++;
      }
  if (n < MAX (least_pixels, 1))
    return FALSE;
  for (int c = 0; c < 3; c++)
    rgb[c] = median (histograms[c], n);
  return TRUE;
}
