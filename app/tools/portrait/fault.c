/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/fault.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "tools/portrait/rng.h"

/* Which of several ways to be wrong: a named one, or by chance. */
typedef struct
{
  int variant;              /* -1: by chance */
  LkRng rng;
} Choice;

typedef void (*Spoil) (LkPortraitParams *params, double strength, Choice *choice);

static int
choose (Choice *choice, int n)
{
  return choice->variant >= 0 ? choice->variant % n : lk_rng_pick (&choice->rng, n);
}

static int
either_side (Choice *choice)
{
  return choose (choice, 2) == 0 ? 1 : -1;
}

static void
move_frame (LkPortraitParams *params, double dx, double dy)
{
  params->centre_x += dx;
  params->eye_line += dy;
  params->hair_top += dy;
}

/* Scales the head about the eye midpoint. */
static void
scale_head (LkPortraitParams *params, double face_width)
{
  double above = (params->eye_line - params->hair_top) * face_width / params->face_width;

  params->face_width = face_width;
  params->hair_top = params->eye_line - above;
}

static void
spoil_format (LkPortraitParams *params, double strength, Choice *choice)
{
  params->as_png = TRUE;
}

static void
spoil_size (LkPortraitParams *params, double strength, Choice *choice)
{
  double k = 1 - 0.3 * strength;

  if (choose (choice, 2) == 0)
    lk_portrait_params_set_size (params, (int) (480 * k), (int) (640 * k));
  else
    lk_portrait_params_set_size (params, 480, 640 + (int) (60 * strength));
}

static void
spoil_bytes (LkPortraitParams *params, double strength, Choice *choice)
{
  lk_portrait_params_set_size (params, 480, 640);
  params->jpeg_quality = 6;
  params->noise = 0;
}

static void
spoil_upscaled (LkPortraitParams *params, double strength, Choice *choice)
{
  params->upscaled = 1 + 2.5 * strength;
  params->jpeg_quality = 60;
}

static void
spoil_face_count (LkPortraitParams *params, double strength, Choice *choice)
{
  if (choose (choice, 2) == 0)
    params->no_face = TRUE;
  else
    params->second_face = TRUE;
}

/* Only the hair top is wrong: the head is made small enough for the eye line
 * to stay within its range. */
static void
spoil_hair_top (LkPortraitParams *params, double strength, Choice *choice)
{
  double above = (params->eye_line - params->hair_top) / params->face_width;
  gboolean high = choose (choice, 2) == 0;

  scale_head (params, high ? MAX (186, params->face_width * 0.94) : MIN (params->face_width, 175 / above));
  move_frame (params, 0, (high ? 45 - 38 * strength : 113 + 8 * strength) - params->hair_top);
}

static void
spoil_eye_line (LkPortraitParams *params, double strength, Choice *choice)
{
  move_frame (params, 0, 306 + 26 * strength - params->eye_line);
}

static void
spoil_face_width (LkPortraitParams *params, double strength, Choice *choice)
{
  double above = (params->eye_line - params->hair_top) / params->face_width;

  if (choose (choice, 2) == 0)
    scale_head (params, 174 - 22 * strength);
  else
    scale_head (params, 308 + 24 * strength);
  move_frame (params, 0, CLAMP (70 + above * params->face_width, 230, 296) - params->eye_line);
}

static void
spoil_centre (LkPortraitParams *params, double strength, Choice *choice)
{
  params->centre_x = 240 + either_side (choice) * (20 + 22 * strength);
}

static void
spoil_roll (LkPortraitParams *params, double strength, Choice *choice)
{
  params->roll = either_side (choice) * (3.5 + 5.5 * strength);
}

static void
spoil_yaw_pitch (LkPortraitParams *params, double strength, Choice *choice)
{
  params->yaw = either_side (choice) * (8 + 10 * strength);
}

static void
spoil_shoulders (LkPortraitParams *params, double strength, Choice *choice)
{
  params->shoulders = either_side (choice) * (5 + 4 * strength);
}

static void
spoil_light_even (LkPortraitParams *params, double strength, Choice *choice)
{
  double ratio = 1.35 + 0.9 * strength;

  params->side_light = choose (choice, 2) == 0 ? ratio : 1 / ratio;
}

static void
spoil_highlight (LkPortraitParams *params, double strength, Choice *choice)
{
  params->highlight = 0.4 + 0.6 * strength;
}

static void
spoil_exposure (LkPortraitParams *params, double strength, Choice *choice)
{
  params->exposure = choose (choice, 2) == 0 ? 1 / (1 + 2.2 * strength) : 1 + 0.9 * strength;
}

static void
spoil_sharp (LkPortraitParams *params, double strength, Choice *choice)
{
  params->blur = 1.5 + 3.0 * strength;
}

static void
spoil_colour (LkPortraitParams *params, double strength, Choice *choice)
{
  gboolean warm = choose (choice, 2) == 0;

  params->cast_r = warm ? 1 + 0.25 * strength : 1 - 0.25 * strength;
  params->cast_b = warm ? 1 - 0.4 * strength : 1 + 0.3 * strength;
}

static void
spoil_eyes (LkPortraitParams *params, double strength, Choice *choice)
{
  params->eyes_open = MAX (0, 0.5 - 0.5 * strength);
}

static void
spoil_mouth (LkPortraitParams *params, double strength, Choice *choice)
{
  params->mouth_open = 0.35 + 0.65 * strength;
}

static void
spoil_hair_cover (LkPortraitParams *params, double strength, Choice *choice)
{
  params->hair = params->face.female > 0.5 ? LK_HAIR_LOOSE : LK_HAIR_FRINGE;
  params->fringe = 1;
  params->brows_covered = strength;
  params->ears_covered = strength;
}

static void
spoil_ears (LkPortraitParams *params, double strength, Choice *choice)
{
  static const int women[] = { LK_HAIR_LOOSE, LK_HAIR_BOB, LK_HAIR_TIED };

  if (params->hair == LK_HAIR_BALD || params->hair == LK_HAIR_RECEDING || params->hair == LK_HAIR_CROPPED)
    params->hair = LK_HAIR_SIDE_PART;
  if (params->face.female > 0.5)
    params->hair = women[choose (choice, G_N_ELEMENTS (women))];
  params->ears_covered = strength;
}

static void
spoil_one_ear (LkPortraitParams *params, double strength, Choice *choice)
{
  spoil_ears (params, strength, choice);
  params->ears_side = either_side (choice);
}

static void
spoil_lock (LkPortraitParams *params, double strength, Choice *choice)
{
  if (params->hair == LK_HAIR_BALD || params->hair == LK_HAIR_RECEDING || params->hair == LK_HAIR_CROPPED)
    params->hair = LK_HAIR_SIDE_PART;
  params->hair_lock = either_side (choice) * (0.6 + 0.4 * strength);
}

static void
spoil_frame (LkPortraitParams *params, double strength, Choice *choice)
{
  int way = choose (choice, 3);

  params->glasses = 1;
  params->glasses_kind = LK_GLASSES_FULL_RIM;
  params->glasses_tone = lk_rng_range (&choice->rng, 0, 0.7);
  params->glasses_size = way == 2 ? 0.72 : lk_rng_range (&choice->rng, 0.85, 1.05);
  /* the upper rim over the pupil; over the upper half of it; the lower rim over the lower lid */
  params->glasses_drop = (0.235 * (1 - 0.15 * params->glasses_shape)) * params->glasses_size - 0.075;
  if (way == 1)
    params->glasses_drop -= 0.035 * strength;
  if (way == 2)
    params->glasses_drop = -params->glasses_drop - 0.15 + 0.045;
}

static void
choose_headwear_colour (LkPortraitParams *params, Choice *choice)
{
  static const double cloth[][3] = {
    { 0.06, 0.06, 0.07 }, { 0.08, 0.10, 0.22 }, { 0.60, 0.08, 0.10 }, { 0.92, 0.92, 0.92 }, { 0.78, 0.70, 0.58 },
    { 0.45, 0.46, 0.48 }, { 0.12, 0.30, 0.18 }, { 0.86, 0.55, 0.65 }, { 0.20, 0.35, 0.65 },
  };
  const double *c = cloth[lk_rng_pick (&choice->rng, G_N_ELEMENTS (cloth))];

  params->headwear_r = c[0];
  params->headwear_g = c[1];
  params->headwear_b = c[2];
}

static void
spoil_cap (LkPortraitParams *params, double strength, Choice *choice)
{
  static const int kinds[] = { LK_HEADWEAR_PEAKED_CAP, LK_HEADWEAR_KNITTED_CAP, LK_HEADWEAR_SQUARE_CAP };

  params->headwear = kinds[choose (choice, G_N_ELEMENTS (kinds))];
  choose_headwear_colour (params, choice);
  if (params->headwear == LK_HEADWEAR_SQUARE_CAP)
    params->headwear_r = params->headwear_g = params->headwear_b = 0.08;
}

static void
spoil_headscarf (LkPortraitParams *params, double strength, Choice *choice)
{
  params->headwear = LK_HEADWEAR_HEADSCARF;
  choose_headwear_colour (params, choice);
}

static void
spoil_head_band (LkPortraitParams *params, double strength, Choice *choice)
{
  if (params->hair == LK_HAIR_BALD || params->hair == LK_HAIR_RECEDING || params->hair == LK_HAIR_CROPPED)
    params->hair = LK_HAIR_SIDE_PART;
  params->headwear = LK_HEADWEAR_BAND;
  choose_headwear_colour (params, choice);
}

static void
spoil_gaze_side (LkPortraitParams *params, double strength, Choice *choice)
{
  params->gaze_x = either_side (choice) * (0.5 + 0.5 * strength);
}

static void
spoil_gaze_up (LkPortraitParams *params, double strength, Choice *choice)
{
  params->gaze_y = -(0.4 + 0.6 * strength);
}

static void
spoil_gaze_down (LkPortraitParams *params, double strength, Choice *choice)
{
  params->gaze_y = 0.4 + 0.6 * strength;
}

static void
spoil_glasses (LkPortraitParams *params, double strength, Choice *choice)
{
  params->glasses = 1;
  params->glasses_tone = 0.1;
  if (choose (choice, 2) == 0)
    params->glare = 0.5 + 0.5 * strength;
  else
    params->tint = 0.3 + 0.5 * strength;
}

static void
spoil_clothes (LkPortraitParams *params, double strength, Choice *choice)
{
  static const double blue[3] = { 0.36, 0.70, 0.95 };
  int kind = choose (choice, 3);

  params->clothes = kind == 2 ? LK_CLOTHES_ROUND : LK_CLOTHES_POLO;
  params->stripes = kind == 2 ? 1 : 0;
  params->clothes_r = kind == 1 ? 0.95 : blue[0];
  params->clothes_g = kind == 1 ? 0.95 : blue[1];
  params->clothes_b = kind == 1 ? 0.96 : blue[2];
}

/* On the clothes that are worn; steps from pinstripes to those of a sailor's shirt. */
static void
draw_stripes (LkPortraitParams *params, double strength, Choice *choice, double angle)
{
  static const double steps[] = { 0.09, 0.14, 0.22, 0.34 };

  params->stripes = 0.4 + 0.6 * strength;
  params->stripe_step = steps[choose (choice, G_N_ELEMENTS (steps))];
  params->stripe_angle = angle + lk_rng_bell (&choice->rng) * 2;
}

static void
spoil_stripes_across (LkPortraitParams *params, double strength, Choice *choice)
{
  draw_stripes (params, strength, choice, 0);
}

static void
spoil_stripes_down (LkPortraitParams *params, double strength, Choice *choice)
{
  draw_stripes (params, strength, choice, 86);
}

static void
spoil_stripes_slanting (LkPortraitParams *params, double strength, Choice *choice)
{
  draw_stripes (params, strength, choice, lk_rng_chance (&choice->rng, 0.5) ? 45 : -45);
}

static void
spoil_background (LkPortraitParams *params, double strength, Choice *choice)
{
  static const int kinds[] = { LK_BACKGROUND_GREY, LK_BACKGROUND_GRADIENT, LK_BACKGROUND_PARTLY, LK_BACKGROUND_BUSY, LK_BACKGROUND_WHITE };

  params->background = kinds[choose (choice, G_N_ELEMENTS (kinds))];
}

static void
spoil_all_blue (LkPortraitParams *params, double strength, Choice *choice)
{
  params->background = LK_BACKGROUND_ALL_BLUE;
}

static void
spoil_cut_ear (LkPortraitParams *params, double strength, Choice *choice)
{
  params->damage = LK_DAMAGE_EAR;
}

static void
spoil_cut_shoulder (LkPortraitParams *params, double strength, Choice *choice)
{
  params->damage = LK_DAMAGE_SHOULDER;
}

static void
spoil_halo (LkPortraitParams *params, double strength, Choice *choice)
{
  params->damage = LK_DAMAGE_HALO;
}

static void
spoil_hole (LkPortraitParams *params, double strength, Choice *choice)
{
  params->damage = LK_DAMAGE_HOLE;
}

static void
spoil_screen (LkPortraitParams *params, double strength, Choice *choice)
{
  params->recapture = LK_RECAPTURE_SCREEN;
  params->is_recut = choose (choice, 2) == 1;
}

static void
spoil_print (LkPortraitParams *params, double strength, Choice *choice)
{
  params->recapture = LK_RECAPTURE_PRINT;
  params->is_recut = choose (choice, 2) == 1;
}

/* The wrong ID photo is made by lk_portrait_id_card (); here only the mark. */
static void
spoil_identity (LkPortraitParams *params, double strength, Choice *choice)
{
}

/* What can be drawn wrong: the fault, and the check of rules.md §3 that should find it. New ones go to the end: the place is
 * part of the seed. */
static const struct
{
  const char *id;
  const char *check;            /* NULL: the fault is called like its check */
  Spoil spoil;
} faults[] = {
  { "F1_format", NULL, spoil_format },
  { "F2_size", NULL, spoil_size },
  { "F3_bytes", NULL, spoil_bytes },
  { "F4_upscaled", NULL, spoil_upscaled },
  { "G1_face_count", NULL, spoil_face_count },
  { "G2_hair_top", NULL, spoil_hair_top },
  { "G3_eye_line", NULL, spoil_eye_line },
  { "G4_face_width", NULL, spoil_face_width },
  { "G5_centre", NULL, spoil_centre },
  { "G6_roll", NULL, spoil_roll },
  { "G7_yaw_pitch", NULL, spoil_yaw_pitch },
  { "G8_shoulders", NULL, spoil_shoulders },
  { "Q1_light_even", NULL, spoil_light_even },
  { "Q2_highlight", NULL, spoil_highlight },
  { "Q3_exposure", NULL, spoil_exposure },
  { "Q4_sharp", NULL, spoil_sharp },
  { "Q5_colour", NULL, spoil_colour },
  { "E1_eyes", NULL, spoil_eyes },
  { "E2_mouth", NULL, spoil_mouth },
  { "E3_hair_cover", NULL, spoil_hair_cover },
  { "E4_glasses", NULL, spoil_glasses },
  { "C1_clothes", NULL, spoil_clothes },
  { "B1_replaced", NULL, spoil_background },
  { "B2_all_blue", NULL, spoil_all_blue },
  { "I2_similarity", NULL, spoil_identity },
  { "ears", "E3_hair_cover", spoil_ears },
  { "one_ear", "E3_hair_cover", spoil_one_ear },
  { "hair_lock", "E3_hair_cover", spoil_lock },
  { "frame_over_eye", "E4_glasses", spoil_frame },
  { "cap", "E5_headwear", spoil_cap },
  { "headscarf", "E5_headwear", spoil_headscarf },
  { "head_band", "E5_headwear", spoil_head_band },
  { "gaze_side", "E1_eyes", spoil_gaze_side },
  { "gaze_up", "E1_eyes", spoil_gaze_up },
  { "gaze_down", "E1_eyes", spoil_gaze_down },
  { "stripes_across", "C1_clothes", spoil_stripes_across },
  { "stripes_down", "C1_clothes", spoil_stripes_down },
  { "stripes_slanting", "C1_clothes", spoil_stripes_slanting },
  { "cut_ear", "B3_edge", spoil_cut_ear },
  { "cut_shoulder", "B3_edge", spoil_cut_shoulder },
  { "halo", "B3_edge", spoil_halo },
  { "hole", "B3_edge", spoil_hole },
  { "screen", "D3_recapture", spoil_screen },
  { "print", "D3_recapture", spoil_print },
};

const char *const *
lk_portrait_fault_ids (void)
{
  static const char *ids[G_N_ELEMENTS (faults) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    ids[i] = faults[i].id;
  return ids;
}

static const char *
check_of (gsize i)
{
  return faults[i].check != NULL ? faults[i].check : faults[i].id;
}

const char *
lk_portrait_fault_check (const char *fault)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (strcmp (faults[i].id, fault) == 0)
      return check_of (i);
  return NULL;
}

static void
note_fault (LkPortraitParams *params, const char *check_id)
{
  char *before = params->faults;

  params->faults = *before == '\0' ? g_strdup (check_id) : g_strconcat (before, ",", check_id, NULL);
  g_free (before);
}

/* "E1_eyes" or, with a variant, "G1_face_count:1". */
static char *
split_variant (const char *fault, int *variant)
{
  const char *colon = strchr (fault, ':');

  *variant = colon != NULL ? (int) g_ascii_strtoull (colon + 1, NULL, 10) : -1;
  return colon != NULL ? g_strndup (fault, (gsize) (colon - fault)) : g_strdup (fault);
}

gboolean
lk_portrait_add_fault (LkPortraitParams *params, const char *fault, double strength, GError **error)
{
  int variant;
  g_autofree char *id = split_variant (fault, &variant);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (strcmp (faults[i].id, id) == 0)
      {
        Choice choice = { variant, lk_rng (params->style_seed, 100 + i) };

        faults[i].spoil (params, strength, &choice);
        note_fault (params, check_of (i));
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no fault is called %s", id);
  return FALSE;
}
