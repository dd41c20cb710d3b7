/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check-set.h"
#include "tools/portrait/fault.h"

/* What the drawing says about each check. */

/* A length or an angle that was drawn, in the unit of the check, and how near it has to be measured. */
static const struct
{
  const char *check_id;
  double aim;
} measured[] = {
  { "G2_hair_top", 3 }, { "G3_eye_line", 3 }, { "G4_face_width", 4 }, { "G5_centre", 3 }, { "G6_roll", 0.5 },
};

/* Faults, or all those of a check, that show in what another check measures: with them the drawing does not say what that
 * check should find. */
static const struct
{
  const char *check_id, *kin;
} kins[] = {
  { "F4_upscaled", "F3_bytes Q4_sharp D3_recapture" },  /* all are a want of fine detail */
  { "Q4_sharp", "F3_bytes F4_upscaled D3_recapture" },
  { "G8_shoulders", "cut_shoulder" },           /* where there is none it has no line */
  { "G2_hair_top", "E5_headwear" },             /* the highest point is then no hair */
  { "Q2_highlight", "Q3_exposure" },            /* over-exposed skin is burnt out */
  { "Q5_colour", "Q3_exposure D3_recapture" },  /* so is its colour; a screen has colours of its own */
  { "E3_hair_cover", "headscarf cut_ear" },     /* an ear that is covered or gone */
  { "B1_replaced", "F3_bytes D3_recapture" },   /* a file that small has other colours */
  { "B3_edge", "B1_replaced F3_bytes D3_recapture" },   /* an edge is judged against the blue */
};

static gboolean
has_word (const char *list, char separator, const char *word)
{
  const char separators[] = { separator, '\0' };
  g_auto (GStrv) words = g_strsplit (list, separators, -1);

  return g_strv_contains ((const char *const *) words, word);
}

const char *
lk_case_kin (const char *check_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kins); i++)
    if (g_str_equal (kins[i].check_id, check_id))
      return kins[i].kin;
  return "";
}

gboolean
lk_case_has_fault (const char *check_id)
{
  const char *const *ids = lk_portrait_fault_ids ();

  for (gsize i = 0; ids[i] != NULL; i++)
    if (g_str_equal (lk_portrait_fault_check (ids[i]), check_id))
      return TRUE;
  return FALSE;
}

gboolean
lk_case_is_hint (const LkSpec *spec, const char *check_id, const char *fault)
{
  const LkLimits *limits = lk_spec_get_limits (spec, check_id);

  return limits != NULL && limits->certainty == LK_CERTAINTY_RELIABLE
         && g_str_equal (lk_portrait_fault_check (fault), check_id) && !g_str_equal (fault, check_id);
}

gboolean
lk_case_has_hints (const LkSpec *spec, const char *check_id)
{
  const char *const *ids = lk_portrait_fault_ids ();

  for (gsize i = 0; ids[i] != NULL; i++)
    if (lk_case_is_hint (spec, check_id, ids[i]))
      return TRUE;
  return FALSE;
}

/* Whether the check's faults on the portrait are all ones that it gives only hints of. */
static gboolean
has_only_hints (const LkCase *drawn, const LkSpec *spec, const char *check_id)
{
  gboolean hints = FALSE;

  for (int k = 0; k < 2 && drawn->faults[k] != NULL; k++)
    {
      if (g_str_equal (drawn->faults[k], check_id))
        return FALSE;
      hints |= lk_case_is_hint (spec, check_id, drawn->faults[k]);
    }
  return hints;
}

static gboolean
has_kin (const LkCase *drawn, const char *check_id)
{
  const char *kin = lk_case_kin (check_id);
  g_auto (GStrv) checks = g_strsplit (drawn->params->faults, ",", -1);

  for (char **id = checks; *id != NULL; id++)
    if (has_word (kin, ' ', *id))
      return TRUE;
  for (int k = 0; k < 2 && drawn->faults[k] != NULL; k++)
    if (has_word (kin, ' ', drawn->faults[k]))
      return TRUE;
  return FALSE;
}

double
lk_case_truth (const LkCaseFile *file, const LkSpec *spec, const char *check_id)
{
  const LkTruth *truth = &file->drawn->truth;
  double scale = spec->frame_width / (double) truth->width;

  if (truth->faces != 1)
    return NAN;
  if (g_str_equal (check_id, "G2_hair_top"))
    return truth->hair_top * scale;
  if (g_str_equal (check_id, "G3_eye_line"))
    return truth->eye_line * scale;
  if (g_str_equal (check_id, "G4_face_width"))
    return truth->face_width * scale;
  if (g_str_equal (check_id, "G5_centre"))
    return (truth->face_centre_x - truth->width / 2.0) * scale;
  return g_str_equal (check_id, "G6_roll") ? truth->roll : NAN;
}

/* By how far a value is from its limits: inside, outside, or too near to say. */
static LkLabel
label_of_value (const LkLimits *limits, double value, double aim)
{
  if (value < limits->low - aim || value > limits->high + aim)
    return LK_LABEL_FAULTY;
  return value < limits->low + aim || value > limits->high - aim ? LK_LABEL_UNKNOWN : LK_LABEL_GOOD;
}

static LkLabel
faulty_if (gboolean is_faulty)
{
  return is_faulty ? LK_LABEL_FAULTY : LK_LABEL_GOOD;
}

static LkLabel
label_of_size (const LkCaseFile *file, const LkSpec *spec, const LkLimits *limits)
{
  double ratio = file->width / (double) file->height, wanted = spec->frame_width / (double) spec->frame_height;

  return faulty_if (file->width < limits->low || file->height < lk_limits_get_param (limits, "low_height", 0) ||
                    fabs (ratio - wanted) > lk_limits_get_param (limits, "ratio_tolerance", 0));
}

/* What can be said without the person; FALSE for the other checks. */
static gboolean
label_of_frame (const LkCaseFile *file, const LkSpec *spec, const LkLimits *limits, const char *check_id, LkLabel *label)
{
  const LkCase *drawn = file->drawn;
  int background = drawn->params->background;
  gboolean lost = background == LK_BACKGROUND_ALL_BLUE;

  if (g_str_equal (check_id, "F1_format"))
    *label = faulty_if (drawn->params->as_png && file->change == LK_CHANGE_NONE);
  else if (g_str_equal (check_id, "F2_size"))
    *label = label_of_size (file, spec, limits);
  else if (g_str_equal (check_id, "F3_bytes"))
    *label = label_of_value (limits, (double) g_bytes_get_size (file->file) / 1024, 0);
  else if (g_str_equal (check_id, "G1_face_count"))
    *label = lost ? LK_LABEL_UNKNOWN : faulty_if (drawn->truth.faces != 1);
  else if (g_str_equal (check_id, "B1_replaced"))
    *label = lost || has_kin (drawn, check_id) ? LK_LABEL_UNKNOWN : faulty_if (background != LK_BACKGROUND_BLUE);
  else if (g_str_equal (check_id, "B2_all_blue"))
    *label = faulty_if (lost);
  else
    return FALSE;
  return TRUE;
}

LkLabel
lk_case_label (const LkCaseFile *file, const LkSpec *spec, const char *check_id)
{
  const LkCase *drawn = file->drawn;
  const LkLimits *limits = lk_spec_get_limits (spec, check_id);
  LkLabel label;

  if (label_of_frame (file, spec, limits, check_id, &label))
    return label;
  /* of nobody, of two or of one who is hardly there nothing is known */
  if (drawn->truth.faces != 1 || drawn->params->background == LK_BACKGROUND_ALL_BLUE || has_kin (drawn, check_id))
    return LK_LABEL_UNKNOWN;
  if (g_str_equal (check_id, "F4_upscaled") && file->change == LK_CHANGE_RESCALED)
    return LK_LABEL_UNKNOWN;    /* that is what it looks for */
  if (g_str_equal (check_id, "I2_similarity") && drawn->id_photo == NULL)
    return LK_LABEL_UNKNOWN;
  /* a check without a fault of its own shows other ones' faults too: only a clean photo has surely none */
  if (!lk_case_has_fault (check_id))
    return drawn->kind == LK_CASE_CLEAN ? LK_LABEL_GOOD : LK_LABEL_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (measured); i++)
    if (g_str_equal (measured[i].check_id, check_id))
      return label_of_value (limits, lk_case_truth (file, spec, check_id), measured[i].aim);
  return faulty_if (has_word (drawn->params->faults, ',', check_id) && !has_only_hints (drawn, spec, check_id));
}

LkLabel
lk_case_label_hints (const LkCaseFile *file, const LkSpec *spec, const char *check_id)
{
  if (lk_case_label (file, spec, check_id) != LK_LABEL_GOOD)
    return LK_LABEL_UNKNOWN;
  return faulty_if (has_only_hints (file->drawn, spec, check_id));
}
