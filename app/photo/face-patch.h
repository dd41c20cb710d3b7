/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/face.h"

G_BEGIN_DECLS

/* A part of the face; a pixel may lie in several. */
typedef enum
{
  LK_ZONE_FACE = 1 << 0,        /* inside the outline */
  LK_ZONE_EYES = 1 << 1,        /* eyes with lids and lashes */
  LK_ZONE_NOSE = 1 << 2,
  LK_ZONE_CHEEKS = 1 << 3,      /* skin between brows and mouth: the face without eyes and nose */
  LK_ZONE_LENSES = 1 << 4,      /* where lenses would be if glasses are worn */
} LkZone;

/* The main face cut out and scaled so that light and sharpness mean the same on every photo. */
typedef struct
{
  int width, height;            /* patch px */
  double x0, y0;                /* photo px of the patch's upper left corner */
  double scale;                 /* patch px for one photo px */
  float *luma;                  /* 0 to 255, row by row */
  guint8 *zones;                /* LkZone flags, row by row */
  LkPixels *pixels;
} LkFacePatch;

/* face_width: patch px from cheek to cheek. NULL when no part of the face lies inside the photo. */
LkFacePatch *lk_face_patch_new  (const LkPyramid *photo, const LkLandmarks *face, double face_width);
void         lk_face_patch_free (LkFacePatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkFacePatch, lk_face_patch_free)

/* The median colour of the cheeks: the person's own skin. FALSE when too little of them is in the photo. */
gboolean lk_face_patch_find_skin (const LkFacePatch *self, guint least_pixels, guint8 rgb[3]);

G_END_DECLS
