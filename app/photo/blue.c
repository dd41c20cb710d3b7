/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lk-photo"

#include "photo/blue.h"

#include "core/error.h"
#include "photo/checker-private.h"
#include "photo/survey.h"

/* The result is looked at like any other photo: the model finds the person again, and what it finds there is not what
 * the cut was made from. */
static GPtrArray *
check_result (LkEngine *engine, const LkSurvey *photo, LkPixels *result, GError **error)
{
  static const char *const ids[] = { "B1_replaced", "B2_all_blue", "B3_edge" };
  g_autoptr (LkSurvey) survey = lk_survey_again (photo, engine, result, error);
  GPtrArray *checks;

  if (survey == NULL)
    return NULL;
  checks = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      LkCheck *check = lk_findings_run_check (&survey->findings, ids[i]);

      if (check != NULL)
        g_ptr_array_add (checks, check);
    }
  return checks;
}

LkBlue *
lk_blue_compose (LkEngine *engine, LkPixels *photo, const LkSpec *spec, guint attempt, GError **error)
{
  g_autoptr (LkBlue) self = g_new0 (LkBlue, 1);
  g_autoptr (LkSurvey) survey = NULL;

  if (spec->n_blue_attempts == 0)
    {
      g_set_error_literal (error, LK_ERROR, LK_ERROR_BAD_SPEC, "blue_attempts: is missing");
      return NULL;
    }
  survey = lk_survey_new (engine, spec, photo, error);
  if (survey == NULL)
    return NULL;
  self->attempt = attempt % spec->n_blue_attempts;
  self->matte = lk_matte_new (photo, &survey->mask, &spec->blue_attempts[self->attempt]);
  self->pixels = lk_matte_compose (self->matte, photo, spec->blue);
  self->checks = check_result (engine, survey, self->pixels, error);
  return self->checks != NULL ? g_steal_pointer (&self) : NULL;
}

void
lk_blue_free (LkBlue *self)
{
  g_clear_pointer (&self->pixels, lk_pixels_unref);
  g_clear_pointer (&self->matte, lk_matte_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self);
}

LkOutcome
lk_blue_get_outcome (const LkBlue *self)
{
  return lk_checks_worst (self->checks);
}
