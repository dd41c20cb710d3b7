/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/params.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "tools/portrait/identity.h"
#include "tools/portrait/rng.h"

/* Streams of one seed, so that a change in one does not stir the others. */
enum { STREAM_POSE = 11, STREAM_LOOK, STREAM_CAMERA, STREAM_ID_CARD, STREAM_VARIETY };

typedef struct
{
  const char *name;
  gsize offset;
  gboolean is_int;
  double low, high;
} Field;

#define REAL(name, low, high) { #name, G_STRUCT_OFFSET (LkPortraitParams, name), FALSE, low, high }
#define FACE(name, low, high) { #name, G_STRUCT_OFFSET (LkPortraitParams, face.name), FALSE, low, high }
#define WHOLE(name, low, high) { #name, G_STRUCT_OFFSET (LkPortraitParams, name), TRUE, low, high }

static const Field fields[] = {
  FACE (female, 0, 1), FACE (age, 16, 80), FACE (skin, 0, 1.8), FACE (warmth, 0, 1),
  FACE (chin_y, 1.35, 1.8), FACE (jaw_width, 0.6, 1), FACE (jaw_y, 0.8, 1.2), FACE (chin_width, 0.15, 0.6),
  FACE (cheek, 0.85, 1.05), FACE (temple, 0.8, 1.05), FACE (forehead, 0.5, 1.2),
  FACE (eye_spacing, 0.35, 0.5), FACE (eye_width, 0.25, 0.45), FACE (eye_height, 0.06, 0.2),
  FACE (eye_tilt, -8, 15), FACE (lid_fold, 0, 1), FACE (eye_bag, 0, 1.5), FACE (eye_depth, 0, 1),
  FACE (iris_size, 0.06, 0.09), FACE (iris_tone, 0, 1),
  FACE (brow_y, 0.18, 0.4), FACE (brow_thick, 0.02, 0.13), FACE (brow_tilt, -12, 15), FACE (brow_arch, -0.05, 0.15),
  FACE (brow_length, 0.3, 0.6), FACE (brow_tone, 0, 1),
  FACE (nose_length, 0.45, 0.75), FACE (nose_width, 0.17, 0.36), FACE (nose_bridge, 0, 1), FACE (nose_tip, 0, 1),
  FACE (nostril, 0, 1), FACE (mouth_y, 0.75, 1.2), FACE (mouth_width, 0.22, 0.45), FACE (lip_upper, 0.015, 0.14),
  FACE (lip_lower, 0.03, 0.17), FACE (lip_bow, 0, 1), FACE (lip_corner, -0.06, 0.06), FACE (lip_tone, 0, 1),
  FACE (cheekbone, 0, 1), FACE (ear_size, 0.6, 1.4), FACE (ear_out, 0, 1), FACE (skull, 1.4, 2), FACE (neck_width, 0.5, 0.95),
  FACE (moles, 0, 8),
  WHOLE (width, 64, 8000), WHOLE (height, 64, 8000), REAL (frame_units, 200, 4000), WHOLE (jpeg_quality, 1, 100),
  WHOLE (as_png, 0, 1), REAL (upscaled, 1, 8),
  REAL (face_width, 40, 600), REAL (eye_line, -200, 3000), REAL (hair_top, -300, 3000), REAL (centre_x, -200, 3000),
  REAL (roll, -45, 45), REAL (yaw, -40, 40), REAL (pitch, -30, 30), REAL (shoulders, -20, 20),
  WHOLE (no_face, 0, 1), WHOLE (second_face, 0, 1),
  REAL (eyes_open, 0, 1.3), REAL (gaze_x, -1, 1), REAL (gaze_y, -1, 1), REAL (mouth_open, 0, 1.5),
  WHOLE (hair, 0, LK_N_HAIR - 1), WHOLE (beard, 0, LK_N_BEARD - 1), WHOLE (clothes, 0, LK_N_CLOTHES - 1),
  REAL (hair_tone, 0, 1), REAL (hair_grey, 0, 1), REAL (hair_volume, 0, 1), REAL (parting, -1, 1),
  REAL (brows_covered, 0, 1), REAL (ears_covered, 0, 1), REAL (fringe, 0, 1), REAL (ears_side, -1, 1), REAL (hair_lock, -1, 1),
  REAL (glasses, 0, 1), REAL (glasses_size, 0.5, 1.6), REAL (glasses_shape, 0, 1), REAL (glasses_tone, 0, 1),
  REAL (glare, 0, 1), REAL (tint, 0, 1), WHOLE (glasses_kind, 0, LK_N_GLASSES - 1), REAL (glasses_drop, -0.3, 0.3),
  WHOLE (headwear, 0, LK_N_HEADWEAR - 1), REAL (headwear_r, 0, 1), REAL (headwear_g, 0, 1), REAL (headwear_b, 0, 1),
  REAL (cloth_grain, 0, 1), REAL (stripes, 0, 1), REAL (stripe_step, 0.02, 1), REAL (stripe_angle, -90, 90),
  REAL (clothes_r, 0, 1), REAL (clothes_g, 0, 1), REAL (clothes_b, 0, 1), REAL (tie_hue, 0, 1),
  REAL (side_light, 0.1, 10), REAL (highlight, 0, 1), REAL (light_height, 0, 1), REAL (exposure, 0.05, 6),
  REAL (blur, 0, 30), REAL (cast_r, 0.2, 3), REAL (cast_g, 0.2, 3), REAL (cast_b, 0.2, 3), REAL (noise, 0, 60),
  WHOLE (background, 0, LK_N_BACKGROUND - 1), WHOLE (damage, 0, LK_N_DAMAGE - 1),
  WHOLE (recapture, 0, LK_N_RECAPTURE - 1), WHOLE (is_recut, 0, 1),
};

LkPortraitParams *
lk_portrait_params_new (void)
{
  LkPortraitParams *params = g_new0 (LkPortraitParams, 1);

  *params = (LkPortraitParams) {
    .face = lk_face_average (),
    .width = 480, .height = 640, .frame_units = 480, .jpeg_quality = 92, .upscaled = 1,
    .face_width = 228, .eye_line = 262, .hair_top = 72, .centre_x = 240,
    .eyes_open = 1, .hair_tone = 0.1, .hair_volume = 0.5, .parting = 0.4,
    .glasses_size = 1, .stripe_step = 0.2, .clothes_r = 0.12, .clothes_g = 0.13, .clothes_b = 0.17, .tie_hue = 0.98,
    .side_light = 1, .light_height = 0.5, .exposure = 1, .cast_r = 1, .cast_g = 1, .cast_b = 1,
    .noise = 1.2, .style_seed = 1, .faults = g_strdup (""),
  };
  return params;
}

LkPortraitParams *
lk_portrait_params_copy (const LkPortraitParams *params)
{
  LkPortraitParams *copy = g_memdup2 (params, sizeof *params);

  copy->faults = g_strdup (params->faults);
  return copy;
}

void
lk_portrait_params_free (LkPortraitParams *params)
{
  if (params == NULL)
    return;
  g_free (params->faults);
  g_free (params);
}

/* A standard crop: the photographer picks the scale, then moves the frame so
 * that eye line and hair top both lie within the range (rules.md §2.1). */
static void
choose_pose (LkPortraitParams *params, LkRng *rng)
{
  double above = (params->face.skull + 0.02 + 0.13 * params->hair_volume) / 2;
  double widest = MIN (262, 205 / above);
  double low, high;

  params->face_width = lk_rng_range (rng, MAX (198, widest - 45), widest);
  above *= params->face_width;
  low = MAX (226, 57 + above);
  high = MIN (283, 104 + above);
  params->eye_line = lk_rng_range (rng, low, MAX (low + 1, high));
  params->hair_top = params->eye_line - above;
  params->centre_x = 240 + lk_rng_bell (rng) * 4;
  params->roll = lk_rng_bell (rng) * 0.8;
  params->shoulders = lk_rng_bell (rng) * 1.0;
}

static void
choose_hair (LkPortraitParams *params, LkRng *rng)
{
  static const int women[] = { LK_HAIR_TIED, LK_HAIR_TIED, LK_HAIR_BUN, LK_HAIR_BOB, LK_HAIR_LOOSE, LK_HAIR_TIED };
  static const int men[] = { LK_HAIR_SHORT, LK_HAIR_SHORT, LK_HAIR_SIDE_PART, LK_HAIR_SIDE_PART, LK_HAIR_SPIKY, LK_HAIR_FRINGE };
  const LkFace *face = &params->face;
  gboolean old = face->age > 42;

  params->hair = face->female > 0.5 ? women[lk_rng_pick (rng, G_N_ELEMENTS (women))]
                                    : men[lk_rng_pick (rng, G_N_ELEMENTS (men))];
  if (old && face->female < 0.5 && lk_rng_chance (rng, 0.6))
    params->hair = lk_rng_chance (rng, 0.25) ? LK_HAIR_BALD : LK_HAIR_RECEDING;
  params->hair_tone = lk_rng_chance (rng, 0.25) ? lk_rng_range (rng, 0.25, 0.6) : lk_rng_range (rng, 0, 0.2);
  params->hair_grey = old ? lk_rng_range (rng, 0, 0.8) : 0;
  params->hair_volume = params->hair == LK_HAIR_BALD ? 0 : lk_rng_range (rng, 0.15, 0.9);
  params->parting = lk_rng_chance (rng, 0.5) ? lk_rng_range (rng, 0.25, 0.6) : lk_rng_range (rng, -0.6, -0.25);
  if (face->female > 0.5 && lk_rng_chance (rng, 0.4))
    params->parting = 0;
}

/* Dark plain suits and shirts: the standard advises against blue and white. */
static void
choose_clothes (LkPortraitParams *params, LkRng *rng)
{
  static const double cloth[][3] = {
    { 0.11, 0.11, 0.13 }, { 0.15, 0.16, 0.20 }, { 0.09, 0.10, 0.16 }, { 0.24, 0.24, 0.26 }, { 0.26, 0.20, 0.17 },
    { 0.34, 0.10, 0.13 }, { 0.13, 0.22, 0.17 }, { 0.45, 0.42, 0.38 },
  };
  const double *c = cloth[lk_rng_pick (rng, G_N_ELEMENTS (cloth))];
  static const int kinds[] = { LK_CLOTHES_SUIT_TIE, LK_CLOTHES_SUIT_OPEN, LK_CLOTHES_SUIT_OPEN, LK_CLOTHES_SHIRT, LK_CLOTHES_POLO };

  params->clothes = kinds[lk_rng_pick (rng, G_N_ELEMENTS (kinds))];
  if (params->face.female > 0.5 && params->clothes == LK_CLOTHES_SUIT_TIE)
    params->clothes = LK_CLOTHES_SUIT_OPEN;
  params->clothes_r = c[0];
  params->clothes_g = c[1];
  params->clothes_b = c[2];
  params->tie_hue = lk_rng_range (rng, 0, 1);
}

static void
choose_look (LkPortraitParams *params, LkRng *rng)
{
  choose_hair (params, rng);
  choose_clothes (params, rng);
  if (params->face.female < 0.5 && lk_rng_chance (rng, 0.35))
    params->beard = params->face.age > 35 && lk_rng_chance (rng, 0.5) ? 1 + lk_rng_pick (rng, 3) : LK_BEARD_STUBBLE;
  if (lk_rng_chance (rng, 0.4))
    {
      params->glasses = 1;
      params->glasses_size = lk_rng_range (rng, 0.85, 1.1);
      params->glasses_shape = lk_rng_range (rng, 0, 1);
      params->glasses_tone = lk_rng_range (rng, 0, 1);
    }
}

/* The rarer looks: all of them meet the standard. */
static void
choose_variety (LkPortraitParams *params, LkRng *rng)
{
  static const double cloth[][3] = {
    { 0.42, 0.12, 0.20 }, { 0.20, 0.30, 0.20 }, { 0.55, 0.40, 0.25 }, { 0.30, 0.16, 0.30 }, { 0.06, 0.06, 0.06 }, { 0.62, 0.36, 0.36 },
  };
  gboolean woman = params->face.female > 0.5;

  if (woman)
    params->fringe = lk_rng_chance (rng, 0.25) ? 1 : 0;
  else if (params->hair == LK_HAIR_SHORT && lk_rng_chance (rng, 0.3))
    params->hair = LK_HAIR_CROPPED;
  if (lk_rng_chance (rng, 0.08))
    params->hair_tone = lk_rng_range (rng, 0.6, 1);
  if (lk_rng_chance (rng, 0.08))
    params->face.skin = lk_rng_range (rng, 0.9, 1.5);
  params->glasses_kind = lk_rng_chance (rng, 0.55) ? LK_GLASSES_FULL_RIM : lk_rng_pick (rng, LK_N_GLASSES);
  params->glasses_drop = lk_rng_range (rng, -0.015, 0.02);
  if (lk_rng_chance (rng, 0.2))
    {
      const double *c = cloth[lk_rng_pick (rng, G_N_ELEMENTS (cloth))];

      params->clothes_r = c[0];
      params->clothes_g = c[1];
      params->clothes_b = c[2];
    }
  if (lk_rng_chance (rng, 0.12))
    params->clothes = LK_CLOTHES_ROUND;
  params->cloth_grain = lk_rng_chance (rng, 0.3) ? lk_rng_range (rng, 0.2, 1) : 0;
  params->gaze_x = lk_rng_bell (rng) * 0.08;
  params->gaze_y = lk_rng_bell (rng) * 0.05;
}

static void
choose_camera (LkPortraitParams *params, LkRng *rng)
{
  params->eyes_open = lk_rng_range (rng, 0.95, 1.08);
  params->side_light = lk_rng_range (rng, 0.93, 1.07);
  params->light_height = lk_rng_range (rng, 0.3, 0.7);
  params->exposure = lk_rng_range (rng, 0.96, 1.04);
  params->cast_r = lk_rng_range (rng, 0.985, 1.015);
  params->cast_b = lk_rng_range (rng, 0.985, 1.015);
  params->noise = lk_rng_range (rng, 0.8, 2.2);
  params->jpeg_quality = 90 + lk_rng_pick (rng, 6);
}

LkPortraitParams *
lk_portrait_params_random (guint64 seed)
{
  LkPortraitParams *params = lk_portrait_params_new ();
  LkRng look = lk_rng (seed, STREAM_LOOK);
  LkRng pose = lk_rng (seed, STREAM_POSE);
  LkRng camera = lk_rng (seed, STREAM_CAMERA);
  LkRng variety = lk_rng (seed, STREAM_VARIETY);

  params->face = lk_face_random (seed);
  params->style_seed = seed;
  choose_look (params, &look);
  choose_variety (params, &variety);
  choose_pose (params, &pose);
  choose_camera (params, &camera);
  return params;
}

static void
place_for_id_card (LkPortraitParams *params, LkRng *rng)
{
  double above;

  params->width = 358;
  params->height = 441;
  params->frame_units = 358;
  params->face_width = lk_rng_range (rng, 195, 214);
  above = (params->face.skull + 0.02 + 0.13 * params->hair_volume) / 2 * params->face_width;
  params->hair_top = lk_rng_range (rng, 8, 20);
  params->eye_line = params->hair_top + above;
  params->centre_x = 179 + lk_rng_bell (rng) * 2;
  params->roll = lk_rng_bell (rng) * 0.7;
  params->background = LK_BACKGROUND_WHITE;
  params->jpeg_quality = 88;
}

LkPortraitParams *
lk_portrait_id_card (const LkPortraitParams *params, gboolean same_person)
{
  LkPortraitParams *card = lk_portrait_params_new ();
  LkRng rng;

  card->face = same_person ? params->face : lk_face_unlike (&params->face);
  rng = lk_rng (card->face.seed, STREAM_ID_CARD);
  card->style_seed = lk_rng_next (&rng);
  choose_look (card, &rng);
  choose_camera (card, &rng);
  choose_variety (card, &rng);
  if (same_person)
    {
      /* Taken some years ago: a little younger, the same spectacles or none. */
      card->face.age = MAX (18, params->face.age - 3);
      card->face.skin = params->face.skin;
      card->beard = params->beard;
      card->glasses = params->glasses;
      card->glasses_size = params->glasses_size;
      card->glasses_shape = params->glasses_shape;
      card->glasses_tone = params->glasses_tone;
      card->glasses_kind = params->glasses_kind;
      card->glasses_drop = params->glasses_drop;
    }
  place_for_id_card (card, &rng);
  return card;
}

void
lk_portrait_params_set_size (LkPortraitParams *params, int width, int height)
{
  params->width = width;
  params->height = height;
}

void
lk_portrait_params_uncrop (LkPortraitParams *params, int width, int height)
{
  double units = 980;
  double dy = units * height / width * 0.38 - params->eye_line;

  params->width = width;
  params->height = height;
  params->frame_units = units;
  params->centre_x += units / 2 - 240;
  params->eye_line += dy;
  params->hair_top += dy;
}

static const Field *
find_field (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

static double
field_value (const LkPortraitParams *params, const Field *field)
{
  if (field->is_int)
    return G_STRUCT_MEMBER (int, params, field->offset);
  return G_STRUCT_MEMBER (double, params, field->offset);
}

gboolean
lk_portrait_params_set (LkPortraitParams *params, const char *name, double value, GError **error)
{
  const Field *field = find_field (name);

  if (field == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no parameter is called %s", name);
      return FALSE;
    }
  if (!(value >= field->low && value <= field->high))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s must be between %g and %g", name, field->low, field->high);
      return FALSE;
    }
  if (field->is_int)
    G_STRUCT_MEMBER (int, params, field->offset) = (int) lrint (value);
  else
    G_STRUCT_MEMBER (double, params, field->offset) = value;
  return TRUE;
}

double
lk_portrait_params_get (const LkPortraitParams *params, const char *name)
{
  const Field *field = find_field (name);

  return field != NULL ? field_value (params, field) : NAN;
}

char *
lk_portrait_params_describe (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (text, "  %-16s %g … %g\n", fields[i].name, fields[i].low, fields[i].high);
  return g_string_free (text, FALSE);
}

char *
lk_portrait_params_to_json (const LkPortraitParams *params)
{
  GString *json = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, "{\"seed\": %" G_GUINT64_FORMAT, params->face.seed);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (json, ", \"%s\": %s", fields[i].name,
                            g_ascii_formatd (number, sizeof number, "%.6g", field_value (params, &fields[i])));
  g_string_append (json, "}");
  return g_string_free (json, FALSE);
}
