/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/measure.h"

G_BEGIN_DECLS

/* A made-up photo with known landmarks, so that checks are tested without models. */
typedef struct
{
  LkSpec *spec;
  LkPixels *pixels;
  LkPyramid *pyramid;
  LkFileInfo file;
  LkFaces faces;
  LkMask mask;
  LkFacePatch *patch;
  LkFindings findings;          /* points at all of the above */
} LkMadePhoto;

/* A face that meets the standard in a width x height px photo of one colour: eyes at 250, hair top at 80, face
 * 240 wide, all in the 480 frame; a person mask with shoulders; findings without patch. */
LkMadePhoto *lk_made_photo_new  (int width, int height, const guint8 rgb[3]);
void         lk_made_photo_free (LkMadePhoto *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkMadePhoto, lk_made_photo_free)

/* Moves and scales the head about the pupils' middle: reference-frame px; roll in degrees, clockwise. */
void lk_made_photo_set_head (LkMadePhoto *self, double middle_x, double eye_line, double face_width, double hair_top, double roll);

/* Opens the eyes by this share of their width and the lips by this share of the distance from eyes to chin. */
void lk_made_photo_set_openness (LkMadePhoto *self, double left_eye, double right_eye, double mouth);

/* Paints every pixel with a function of its place (photo px) and cuts the face patch anew. */
typedef void (*LkPaintFunc) (const LkMadePhoto *self, int x, int y, guint8 rgb[3]);
void lk_made_photo_paint (LkMadePhoto *self, LkPaintFunc paint);

/* Runs one measuring function with the spec's limits. */
LkMeasurement lk_made_photo_measure (LkMadePhoto *self, const char *id, LkMeasureFunc measure);

/* The outcome the checker would come to. */
LkOutcome lk_made_photo_judge (LkMadePhoto *self, const char *id, LkMeasureFunc measure);

G_END_DECLS
