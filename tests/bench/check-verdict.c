/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-verdict.h"

#include <math.h>

/* What "reliable" means, and how far a changed photo's rates may be from those of the photo as drawn. */
static const double LEAST_FOUND = 0.95, MOST_ALARMS = 0.02, MOST_POINTS = 3;

static gboolean
is_steady_after (const LkCheckVerdict *self, int change)
{
  return !(self->found_by[change] < -MOST_POINTS) && !(self->alarms_by[change] > MOST_POINTS);
}

guint
lk_check_verdict_rows (const LkCheckRun *run)
{
  return 2 * run->changes[LK_CHANGE_NONE]->checks->len;
}

gboolean
lk_check_verdict (LkCheckVerdict *self, const LkCheckRun *run, const LkSpec *spec, guint row)
{
  LkStudy *const *changes = row % 2 == 0 ? run->changes : run->hints;
  const char *id = ((LkCheckStudy *) run->changes[LK_CHANGE_NONE]->checks->pdata[row / 2])->info->id;

  if (row % 2 == 1 && !lk_case_has_hints (spec, id))
    return FALSE;
  *self = (LkCheckVerdict) { .is_steady = TRUE };
  g_snprintf (self->name, sizeof self->name, "%s%s", id, row % 2 == 0 ? "" : ", hints");
  for (int i = 0; i < LK_N_CHANGES; i++)
    {
      const LkCheckStudy *study = changes[i]->checks->pdata[row / 2];
      LkShare found = lk_check_study_found (study);

      self->studies[i] = study;
      if (i == LK_CHANGE_NONE)
        {
          self->found = found;
          self->alarms = study->false_alarms;
        }
      self->found_by[i] = 100 * (found.share - self->found.share);
      self->alarms_by[i] = 100 * (study->false_alarms.share - self->alarms.share);
      self->is_steady &= is_steady_after (self, i);
    }
  self->certainty = row % 2 == 0 ? lk_spec_get_limits (spec, id)->certainty : LK_CERTAINTY_HINT;
  self->has_fault = lk_case_has_fault (id);
  self->is_drawn = (self->found.of > 0 || !self->has_fault) && self->alarms.of > 0;
  self->is_enough = self->is_drawn && !(self->found.share < LEAST_FOUND) && self->alarms.share <= MOST_ALARMS;
  return TRUE;
}

gboolean
lk_check_verdict_is_broken (const LkCheckVerdict *self)
{
  return self->certainty == LK_CERTAINTY_RELIABLE && self->is_drawn && !(self->is_enough && self->is_steady);
}

static void
append (GString *text, const char *what, const char *where)
{
  g_string_append_printf (text, "%s%s%s", text->len > 0 ? ", " : "", what, where);
}

char *
lk_check_verdict_text (const LkCheckVerdict *self)
{
  GString *text = g_string_new (NULL);

  if (!self->is_drawn)
    append (text, "not drawn", "");
  if (self->found.share < LEAST_FOUND)
    append (text, "found less than 95 %", "");
  if (self->alarms.share > MOST_ALARMS)
    append (text, "more than 2 % false alarms", "");
  for (int i = LK_CHANGE_NONE + 1; i < LK_N_CHANGES; i++)
    {
      if (self->found_by[i] < -MOST_POINTS)
        append (text, "less found after: ", lk_change_words[i]);
      if (self->alarms_by[i] > MOST_POINTS)
        append (text, "more false alarms after: ", lk_change_words[i]);
    }
  return g_string_free (text, FALSE);
}
