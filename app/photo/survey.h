/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/measure.h"

G_BEGIN_DECLS

/**
 * LkSurvey:
 *
 * What the models find on one photo, for the parts that make something of it. Coordinates are px of that photo.
 */
typedef struct
{
  LkFileInfo file;              /* of a made-up file of that size */
  LkPyramid *photo;
  LkFaces faces;
  LkMask mask;
  LkFindings findings;          /* of all that; what needs a face patch, pose or reference is missing */
} LkSurvey;

/* The spec must live as long. Errors: LK_ERROR_NO_ENGINE. */
LkSurvey *lk_survey_new  (LkEngine *engine, const LkSpec *spec, LkPixels *photo, GError **error);

/* The same for another picture of the same person in the same place: only the mask is found again. */
LkSurvey *lk_survey_again (const LkSurvey *self, LkEngine *engine, LkPixels *photo, GError **error);
void      lk_survey_free (LkSurvey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkSurvey, lk_survey_free)

G_END_DECLS
