/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/survey.h"

static LkSurvey *
survey_start (const LkSpec *spec, LkPixels *photo)
{
  LkSurvey *self = g_new0 (LkSurvey, 1);

  self->photo = lk_pyramid_new (photo);
  self->file = (LkFileInfo) {
    .kind = LK_FILE_JPEG, .width = photo->width, .height = photo->height, .orientation = 1, .components = 3,
    .quality = 100,
  };
  self->findings = (LkFindings) {
    .spec = spec, .file = &self->file, .photo = self->photo, .faces = &self->faces, .mask = &self->mask,
  };
  return self;
}

LkSurvey *
lk_survey_new (LkEngine *engine, const LkSpec *spec, LkPixels *photo, GError **error)
{
  g_autoptr (LkSurvey) self = survey_start (spec, photo);

  if (!lk_faces_find (engine, self->photo, TRUE, &self->faces, error)
      || !lk_mask_find (engine, self->photo, &self->mask, error))
    return NULL;
  return g_steal_pointer (&self);
}

LkSurvey *
lk_survey_again (const LkSurvey *self, LkEngine *engine, LkPixels *photo, GError **error)
{
  g_autoptr (LkSurvey) again = survey_start (self->findings.spec, photo);

  again->faces = self->faces;
  if (!lk_mask_find (engine, again->photo, &again->mask, error))
    return NULL;
  return g_steal_pointer (&again);
}

void
lk_survey_free (LkSurvey *self)
{
  g_clear_pointer (&self->photo, lk_pyramid_free);
  g_free (self);
}
