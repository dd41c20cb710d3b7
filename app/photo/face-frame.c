/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/face-frame.h"

#include <math.h>

#include "photo/colour.h"

LkFaceFrame
lk_face_frame (const LkFindings *findings)
{
  const LkPyramid *photo = findings->photo;
  const LkLandmarks *face = &findings->faces->main;
  const float *first = face->eyes[0][LK_EYE_PUPIL], *second = face->eyes[1][LK_EYE_PUPIL];
  int left = LK_MESH_CHEEK_LEFT, right = LK_MESH_CHEEK_RIGHT;
  LkFaceFrame self = { .mask = findings->mask };
  double dx = second[0] - first[0], dy = second[1] - first[1], length = MAX (hypot (dx, dy), 1), half, along;

  lk_landmarks_widest (face, &left, &right);
  self.pixels = photo->levels[lk_pyramid_level_for_width (photo, findings->spec->frame_width)];
  self.zoom = self.pixels->width / (double) photo->levels[0]->width;
  half = MAX (lk_landmarks_distance (face, left, right) / 2 * self.zoom, 1);
  self.ux = dx / length * half;
  self.uy = dy / length * half;
  self.vx = -self.uy;
  self.vy = self.ux;
  /* from between the pupils along their line to below the middle of the cheeks */
  self.x = (first[0] + second[0]) / 2 * self.zoom;
  self.y = (first[1] + second[1]) / 2 * self.zoom;
  along = (((face->mesh[left][0] + face->mesh[right][0]) / 2 * self.zoom - self.x) * self.ux
           + ((face->mesh[left][1] + face->mesh[right][1]) / 2 * self.zoom - self.y) * self.uy) / (half * half);
  self.x += along * self.ux;
  self.y += along * self.uy;
  return self;
}

void
lk_face_frame_to_pixels (const LkFaceFrame *self, double u, double v, double *x, double *y)
{
  *x = self->x + u * self->ux + v * self->vx;
  *y = self->y + u * self->uy + v * self->vy;
}

const guint8 *
lk_face_frame_colour (const LkFaceFrame *self, double u, double v)
{
  double x, y;

  lk_face_frame_to_pixels (self, u, v, &x, &y);
  if (!(x >= 0 && y >= 0 && x < self->pixels->width && y < self->pixels->height))
    return NULL;
  return self->pixels->data + 3 * ((gsize) y * self->pixels->width + (gsize) x);
}

float
lk_face_frame_person (const LkFaceFrame *self, double u, double v)
{
  double x, y;

  lk_face_frame_to_pixels (self, u, v, &x, &y);
  return lk_mask_at (self->mask, x / self->pixels->width, y / self->pixels->height);
}

LkBox
lk_face_frame_box (const LkFaceFrame *self, double u0, double v0, double u1, double v1)
{
  double x0, y0, x1, y1;

  lk_face_frame_to_pixels (self, u0, v0, &x0, &y0);
  lk_face_frame_to_pixels (self, u1, v1, &x1, &y1);
  return (LkBox) { (float) (MIN (x0, x1) / self->zoom), (float) (MIN (y0, y1) / self->zoom),
                   (float) (MAX (x0, x1) / self->zoom), (float) (MAX (y0, y1) / self->zoom) };
}

gboolean
lk_skin_init (LkSkin *self, const LkFacePatch *patch, const LkLimits *limits)
{
  double luma;

  if (!lk_face_patch_find_skin (patch, (guint) lk_limits_get_param (limits, "least_pixels", 1), self->rgb))
    return FALSE;
  luma = lk_colour_luma (self->rgb);
  self->most_difference = lk_limits_get_param (limits, "skin_shares", 0);
  self->darkest = lk_limits_get_param (limits, "skin_darkest", 0) * luma;
  self->brightest = lk_limits_get_param (limits, "skin_brightest", 2) * luma;
  return TRUE;
}

gboolean
lk_skin_is_like (const LkSkin *self, const guint8 *rgb)
{
  double sum = rgb[0] + rgb[1] + rgb[2] + 1, own = self->rgb[0] + self->rgb[1] + self->rgb[2] + 1;
  double red = rgb[0] / sum - self->rgb[0] / own, green = rgb[1] / sum - self->rgb[1] / own;
  double luma = lk_colour_luma (rgb);

  return red * red + green * green < self->most_difference * self->most_difference
         && luma > self->darkest && luma < self->brightest;
}
