/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <glib/gi18n-lib.h>

#include "core/check.h"

/* rules.md section 3, in its order. Limits are in data/photo-spec.json, never here. */
static const LkCheckInfo infos[] = {
  { "F1_format",        N_("File format"),          "",   0 },
  { "F2_size",          N_("Photo size"),           "px", 0 },
  { "F3_bytes",         N_("File size"),            "KB", 0 },
  { "F4_upscaled",      N_("Detail lost"),          "",   2 },
  { "G1_face_count",    N_("One face"),             "",   0 },
  { "G2_hair_top",      N_("Top of hair"),          "px", 0 },
  { "G3_eye_line",      N_("Eye line"),             "px", 0 },
  { "G4_face_width",    N_("Face width"),           "px", 0 },
  { "G5_centre",        N_("Centred"),              "px", 0 },
  { "G6_roll",          N_("Head level"),           "°",  1 },
  { "G7_yaw_pitch",     N_("Facing ahead"),         "°",  1 },
  { "G8_shoulders",     N_("Shoulders level"),      "°",  1 },
  { "Q1_light_even",    N_("Light on both sides"),  "×",  2 },
  { "Q2_highlight",     N_("Highlight on skin"),    "%",  1 },
  { "Q3_exposure",      N_("Exposure"),             "",   0 },
  { "Q4_sharp",         N_("Sharpness"),            "",   0 },
  { "Q5_colour",        N_("Natural colour"),       "",   1 },
  { "E1_eyes",          N_("Eyes open"),            "",   2 },
  { "E2_mouth",         N_("Lips closed"),          "",   2 },
  { "E3_hair_cover",    N_("Brows and ears free"),  "",   2 },
  { "E4_glasses",       N_("Glasses"),              "%",  1 },
  { "E5_headwear",      N_("Head covering"),        "%",  0 },
  { "C1_clothes",       N_("Clothes"),              "%",  0 },
  { "B1_replaced",      N_("Blue background"),      "%",  1 },
  { "B2_all_blue",      N_("Person kept"),          "%",  0 },
  { "B3_edge",          N_("Cut-out edge"),         "%",  1 },
  { "I1_code_match",    N_("Collection code"),      "",   0 },
  { "I2_similarity",    N_("Likeness"),             "",   2 },
  { "D1_resubmitted",   N_("Rejected before"),      "",   2 },
  { "D2_other_student", N_("Other student's photo"), "",  2 },
  { "D3_recapture",     N_("Photo of a photo"),     "dB", 1 },
};

/* ISO/IEC 29794-5, the measures that the models can tell; what each is exactly stands with its limits in data/photo-spec.json. */
static const LkCheckInfo measure_infos[] = {
  { "M01_illumination",       N_("Even illumination"),   "",    2 },
  { "M02_luminance_mean",     N_("Mean luminance"),      "",    2 },
  { "M03_luminance_variance", N_("Luminance variance"),  "",    3 },
  { "M04_under_exposure",     N_("Under-exposed"),       "%",   1 },
  { "M05_over_exposure",      N_("Over-exposed"),        "%",   1 },
  { "M06_dynamic_range",      N_("Dynamic range"),       "bit", 1 },
  { "M07_sharpness",          N_("Edge sharpness"),      "",    2 },
  { "M08_jpeg_quality",       N_("JPEG quality"),        "",    0 },
  { "M09_blockiness",         N_("JPEG blocks"),         "",    2 },
  { "M10_natural_colour",     N_("Natural colour"),      "",    1 },
  { "M11_eye_distance",       N_("Eye distance"),        "px",  0 },
  { "M12_head_size",          N_("Head size"),           "",    2 },
  { "M13_crop_left",          N_("Margin left"),         "",    2 },
  { "M14_crop_right",         N_("Margin right"),        "",    2 },
  { "M15_crop_above",         N_("Margin above"),        "",    2 },
  { "M16_crop_below",         N_("Margin below"),        "",    2 },
  { "M17_single_face",        N_("Second face"),         "%",   0 },
  { "M18_yaw",                N_("Head turned"),         "°",   1 },
  { "M19_pitch",              N_("Head up or down"),     "°",   1 },
  { "M20_roll",               N_("Head sideways"),       "°",   1 },
};

/* Why a check was not run: the word on the wire and the sentence for people. */
static const struct
{
  const char *word, *text;
} whys[] = {
  { "no-engine",    N_("Not measured: the automatic check is not installed.") },
  { "no-face",      N_("Not measured: no face was found.") },
  { "no-background", N_("Not measured: no background was found.") },
  { "not-replaced", N_("Not measured: the background is replaced once everything else is in order.") },
  { "not-blue", N_("Not measured: the background is not the blue one.") },
  { "no-reference", N_("Not compared: there is no ID photo.") },
  { "bad-reference", N_("Not compared: the ID photo cannot be used.") },
  { "no-code", N_("Not compared: no collection code came with the photo.") },
  { "unknown-code", N_("Not compared: nobody in the roster is known by this collection code.") },
  { "low-resolution", N_("Not measured: the photo is too small.") },
  { "out-of-view", N_("Not measured: this part of the person is not in the photo.") },
};

static const char *const outcome_words[] = {
  [LK_OUTCOME_PASS] = "pass",
  [LK_OUTCOME_WARN] = "warn",
  [LK_OUTCOME_FAIL] = "fail",
  [LK_OUTCOME_NOT_RUN] = "not_run",
};

struct _LkCheck
{
  GObject parent_instance;

  char *id, *reason, *why;
  const LkCheckInfo *info;      /* NULL for a check of a newer version */
  LkCheckDescription facts;     /* its strings are not used */
};

G_DEFINE_FINAL_TYPE (LkCheck, lk_check, G_TYPE_OBJECT)

const LkCheckInfo *
lk_check_info_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (infos); i++)
    if (g_strcmp0 (infos[i].id, id) == 0)
      return &infos[i];
  for (gsize i = 0; i < G_N_ELEMENTS (measure_infos); i++)
    if (g_strcmp0 (measure_infos[i].id, id) == 0)
      return &measure_infos[i];
  return NULL;
}

const LkCheckInfo *
lk_check_info_list (gsize *n_infos)
{
  *n_infos = G_N_ELEMENTS (infos);
  return infos;
}

const LkCheckInfo *
lk_measure_info_list (gsize *n_infos)
{
  *n_infos = G_N_ELEMENTS (measure_infos);
  return measure_infos;
}

const char *
lk_check_info_title (const LkCheckInfo *info)
{
  return _(info->title);
}

static void
lk_check_finalize (GObject *object)
{
  LkCheck *self = LK_CHECK (object);

  g_free (self->id);
  g_free (self->reason);
  g_free (self->why);
  g_clear_pointer (&self->facts.others, g_ptr_array_unref);
  G_OBJECT_CLASS (lk_check_parent_class)->finalize (object);
}

static void
lk_check_class_init (LkCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lk_check_finalize;
}

static void
lk_check_init (LkCheck *self)
{
}

LkCheck *
lk_check_new (const LkCheckDescription *description)
{
  LkCheck *self = g_object_new (LK_TYPE_CHECK, NULL);

  self->id = g_strdup (description->id);
  self->reason = g_strdup (description->reason);
  self->why = g_strdup (description->why);
  self->info = lk_check_info_find (description->id);
  self->facts = *description;
  if (self->facts.others != NULL)
    g_ptr_array_ref (self->facts.others);
  return self;
}

const char *
lk_check_get_id (LkCheck *self)
{
  return self->id;
}

int
lk_check_get_version (LkCheck *self)
{
  return self->facts.version;
}

LkCheckKind
lk_check_get_kind (LkCheck *self)
{
  return self->facts.kind;
}

LkCertainty
lk_check_get_certainty (LkCheck *self)
{
  return self->facts.certainty;
}

LkOutcome
lk_check_get_outcome (LkCheck *self)
{
  return self->facts.outcome;
}

double
lk_check_get_value (LkCheck *self)
{
  return self->facts.value;
}

double
lk_check_get_score (LkCheck *self)
{
  return self->facts.score;
}

gboolean
lk_check_is_measure (LkCheck *self)
{
  return self->id[0] == 'M' && g_ascii_isdigit (self->id[1]);
}

double
lk_check_get_low (LkCheck *self)
{
  return self->facts.low;
}

double
lk_check_get_high (LkCheck *self)
{
  return self->facts.high;
}

double
lk_check_get_hard_low (LkCheck *self)
{
  return self->facts.hard_low;
}

double
lk_check_get_hard_high (LkCheck *self)
{
  return self->facts.hard_high;
}

const LkRegion *
lk_check_get_region (LkCheck *self)
{
  return &self->facts.region;
}

const char *
lk_check_get_reason (LkCheck *self)
{
  return self->reason;
}

const char *
lk_check_get_why (LkCheck *self)
{
  return self->why;
}

GPtrArray *
lk_check_get_others (LkCheck *self)
{
  return self->facts.others;
}

char *
lk_check_dup_title (LkCheck *self)
{
  return g_strdup (self->info != NULL ? lk_check_info_title (self->info) : self->id);
}

/* "252 px": a no-break space keeps number and unit together; ° and × follow the number directly. */
static char *
with_unit (const LkCheckInfo *info, const char *number)
{
  if (info->unit[0] == '\0')
    return g_strdup (number);
  if (g_str_equal (info->unit, "°") || g_str_equal (info->unit, "×"))
    return g_strconcat (number, info->unit, NULL);
  return g_strconcat (number, "\u00a0", info->unit, NULL);
}

static char *
number_text (LkCheck *self, double value, int more_digits)
{
  int digits = (self->info != NULL ? self->info->digits : 2) + more_digits;
  g_autofree char *text = g_strdup_printf ("%.*f", digits, value);

  /* no "-0" and a real minus sign */
  if (text[0] != '-')
    return g_steal_pointer (&text);
  if (g_ascii_strtod (text, NULL) == 0)
    return g_strdup (text + 1);
  return g_strconcat ("−", text + 1, NULL);
}

/* Just outside a limit a rounded value would look as if it were inside: "5.0" against "≤ 5.0". Then one digit more tells. */
static int
more_digits (LkCheck *self)
{
  double step = pow (10, -(self->info != NULL ? self->info->digits : 2));
  double value = self->facts.value;
  gboolean looks_inside = !(value < self->facts.low - step / 2) && !(value > self->facts.high + step / 2);
  gboolean is_inside = !(value < self->facts.low) && !(value > self->facts.high);

  return looks_inside && !is_inside ? 1 : 0;
}

char *
lk_check_dup_value_text (LkCheck *self)
{
  g_autofree char *number = NULL;

  if (isnan (self->facts.value))
    return g_strdup ("");
  number = number_text (self, self->facts.value, more_digits (self));
  return self->info != NULL ? with_unit (self->info, number) : g_steal_pointer (&number);
}

char *
lk_check_dup_limit_text (LkCheck *self)
{
  double low = self->facts.low, high = self->facts.high;
  g_autofree char *from = number_text (self, low, 0);
  g_autofree char *to = number_text (self, high, 0);

  if (isnan (low) && isnan (high))
    return g_strdup ("");
  if (isnan (low))
    return g_strdup_printf ("≤ %s", to);
  if (isnan (high))
    return g_strdup_printf ("≥ %s", from);
  if (low == high)
    return g_strdup_printf ("= %s", to);
  if (low == -high)
    return g_strdup_printf ("±%s", to);
  return g_strdup_printf ("%s–%s", from, to);
}

const char *
lk_check_get_why_source (LkCheck *self)
{
  if (self->why == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (whys); i++)
    if (g_str_equal (whys[i].word, self->why))
      return whys[i].text;
  return N_("Not measured.");
}

char *
lk_check_dup_why_text (LkCheck *self)
{
  const char *source = lk_check_get_why_source (self);

  return g_strdup (source != NULL ? _(source) : "");
}

char *
lk_check_dup_found_text (LkCheck *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; self->facts.others != NULL && i < self->facts.others->len; i++)
    {
      const LkOther *other = self->facts.others->pdata[i];
      g_autofree char *one = other->kind == LK_OTHER_SUBMISSION || other->kind == LK_OTHER_CODE ? lk_other_dup_text (other) : NULL;

      if (one != NULL && one[0] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", one);
    }
  return g_string_free (text, FALSE);
}

const char *
lk_outcome_to_word (LkOutcome outcome)
{
  return outcome_words[outcome];
}

gboolean
lk_outcome_from_word (const char *word, LkOutcome *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcome_words); i++)
    if (g_strcmp0 (outcome_words[i], word) == 0)
      {
        *outcome = (LkOutcome) i;
        return TRUE;
      }
  return FALSE;
}

int
lk_outcome_compare (LkOutcome a, LkOutcome b)
{
  static const int rank[] = {
    [LK_OUTCOME_FAIL] = 0,
    [LK_OUTCOME_WARN] = 1,
    [LK_OUTCOME_NOT_RUN] = 2,
    [LK_OUTCOME_PASS] = 3,
  };

  return rank[a] - rank[b];
}

gboolean
lk_check_counts (LkCheck *self)
{
  return !lk_check_is_measure (self) && g_strcmp0 (lk_check_get_why (self), "no-code") != 0;
}

LkOutcome
lk_checks_worst (GPtrArray *checks)
{
  LkOutcome worst = LK_OUTCOME_PASS;

  for (guint i = 0; i < checks->len; i++)
    {
      LkOutcome outcome = lk_check_get_outcome (checks->pdata[i]);

      if (lk_check_counts (checks->pdata[i]) && lk_outcome_compare (outcome, worst) < 0)
        worst = outcome;
    }
  return worst;
}

GPtrArray *
lk_checks_filter (GPtrArray *checks, gboolean measures)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < checks->len; i++)
    if (lk_check_is_measure (checks->pdata[i]) == measures)
      g_ptr_array_add (wanted, g_object_ref (checks->pdata[i]));
  return wanted;
}

LkCheck *
lk_checks_find (GPtrArray *checks, const char *id)
{
  for (guint i = 0; i < checks->len; i++)
    if (g_str_equal (lk_check_get_id (checks->pdata[i]), id))
      return checks->pdata[i];
  return NULL;
}

LkEyes
lk_checks_get_eyes (GPtrArray *checks)
{
  LkCheck *roll = lk_checks_find (checks, "G6_roll");
  const LkRegion *region = roll != NULL ? lk_check_get_region (roll) : NULL;

  if (region == NULL || region->kind != LK_REGION_SPAN)
    return (LkEyes) { FALSE, 0, 0, 0, 0 };
  return (LkEyes) { TRUE, region->x0, region->y0, region->x1, region->y1 };
}
