/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/portrait/identity.h"

#include "tools/portrait/rng.h"

LkFace
lk_face_average (void)
{
  return (LkFace) {
    .seed = 1, .female = 0, .age = 23, .skin = 0.3, .warmth = 0.5,
    .chin_y = 1.58, .jaw_width = 0.80, .jaw_y = 0.98, .chin_width = 0.34, .cheek = 0.97, .temple = 0.97,
    .forehead = 0.80,
    .eye_spacing = 0.415, .eye_width = 0.335, .eye_height = 0.125, .eye_tilt = 4, .lid_fold = 0.5,
    .eye_bag = 0.3, .eye_depth = 0.5, .iris_size = 0.075, .iris_tone = 0.3,
    .brow_y = 0.27, .brow_thick = 0.065, .brow_tilt = 2, .brow_arch = 0.05, .brow_length = 0.44, .brow_tone = 0.8,
    .nose_length = 0.60, .nose_width = 0.25, .nose_bridge = 0.5, .nose_tip = 0.5, .nostril = 0.5,
    .mouth_y = 0.93, .mouth_width = 0.33, .lip_upper = 0.065, .lip_lower = 0.09, .lip_bow = 0.5,
    .lip_corner = 0, .lip_tone = 0.4,
    .cheekbone = 0.5, .ear_size = 1, .ear_out = 0.5, .skull = 1.72, .neck_width = 0.68, .moles = 0,
  };
}

/* middle + spread * bell, kept within middle +- 1.6 spread */
static double
vary (LkRng *rng, double middle, double spread)
{
  return middle + spread * CLAMP (lk_rng_bell (rng) * 1.15, -1.6, 1.6);
}

static void
vary_outline (LkFace *face, LkRng *rng)
{
  double f = face->female;

  face->chin_y = lk_rng_range (rng, 1.50, 1.69) - 0.03 * f;
  face->jaw_width = vary (rng, 0.885 - 0.03 * f, 0.04);
  face->jaw_y = vary (rng, 1.00, 0.06);
  face->chin_width = lk_rng_range (rng, 0.26, 0.47) - 0.03 * f;
  face->cheek = vary (rng, 0.975, 0.02);
  face->temple = vary (rng, 0.955, 0.03);
  face->forehead = vary (rng, 0.80, 0.09);
  face->cheekbone = lk_rng_range (rng, 0, 1);
  face->skull = vary (rng, 1.70, 0.07);
  face->neck_width = vary (rng, 0.70 - 0.11 * f, 0.05);
  face->ear_size = vary (rng, 1.0, 0.12);
  face->ear_out = lk_rng_range (rng, 0, 1);
}

static void
vary_eyes (LkFace *face, LkRng *rng)
{
  double f = face->female;

  face->eye_spacing = lk_rng_range (rng, 0.388, 0.493);
  face->eye_width = lk_rng_range (rng, 0.301, 0.418);
  face->eye_height = lk_rng_range (rng, 0.090, 0.158);
  face->eye_tilt = lk_rng_range (rng, -2.7, 12.2);
  face->lid_fold = lk_rng_range (rng, 0, 1);
  face->eye_bag = lk_rng_range (rng, 0, 0.45) + (face->age - 20) / 60;
  face->eye_depth = lk_rng_range (rng, 0, 1);
  face->iris_size = vary (rng, 0.0755, 0.004);
  face->iris_tone = lk_rng_range (rng, 0, 1);
  face->brow_y = lk_rng_range (rng, 0.225, 0.325);
  face->brow_thick = lk_rng_range (rng, 0.064, 0.124) - 0.018 * f;
  face->brow_tilt = lk_rng_range (rng, -8.2, 6.2);
  face->brow_arch = lk_rng_range (rng, -0.019, 0.104);
  face->brow_length = lk_rng_range (rng, 0.393, 0.597);
  face->brow_tone = lk_rng_range (rng, 0.35, 1);
}

static void
vary_nose_and_mouth (LkFace *face, LkRng *rng)
{
  double f = face->female;

  face->nose_length = lk_rng_range (rng, 0.490, 0.685);
  face->nose_width = lk_rng_range (rng, 0.193, 0.337) - 0.015 * f;
  face->nose_bridge = lk_rng_range (rng, 0, 1);
  face->nose_tip = lk_rng_range (rng, 0, 1);
  face->nostril = lk_rng_range (rng, 0, 1);
  /* A long nose with a low mouth would look like a bowed head. */
  face->mouth_y = MAX (face->nose_length + 0.24, lk_rng_range (rng, 0.845, 0.995) - 0.3 * (face->nose_length - 0.585));
  face->mouth_width = lk_rng_range (rng, 0.258, 0.432);
  face->lip_upper = lk_rng_range (rng, 0.030, 0.095);
  face->lip_lower = lk_rng_range (rng, 0.055, 0.135);
  face->lip_bow = lk_rng_range (rng, 0, 1);
  face->lip_corner = vary (rng, 0, 0.018);
  face->lip_tone = CLAMP (vary (rng, 0.35 + 0.25 * f, 0.25), 0, 1);
}

/* Lengths that make two people look unlike each other, in units of their
 * usual spread. */
static double
unlikeness (const LkFace *a, const LkFace *b)
{
  const double steps[] = {
    (a->nose_length - b->nose_length) / 0.05, (a->eye_spacing - b->eye_spacing) / 0.03, (a->mouth_y - b->mouth_y) / 0.045,
    (a->nose_width - b->nose_width) / 0.04, (a->mouth_width - b->mouth_width) / 0.05, (a->chin_y - b->chin_y) / 0.05,
    (a->eye_width - b->eye_width) / 0.035, (a->brow_arch - b->brow_arch) / 0.035, (a->eye_tilt - b->eye_tilt) / 4.3,
  };
  double sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    sum += steps[i] * steps[i];
  return sum;
}

/* How many people are looked at to find one who is unlike. */
enum { N_CANDIDATES = 120 };

LkFace
lk_face_unlike (const LkFace *face)
{
  LkFace best = lk_face_random (face->seed + 7919);

  for (guint64 i = 1; i < N_CANDIDATES; i++)
    {
      LkFace other = lk_face_random (face->seed + 7919 + i);

      if (other.female == face->female && (best.female != face->female || unlikeness (&other, face) > unlikeness (&best, face)))
        best = other;
    }
  return best;
}

LkFace
lk_face_random (guint64 seed)
{
  LkRng rng = lk_rng (seed, 1);
  LkFace face = lk_face_average ();

  face.seed = seed;
  face.female = lk_rng_chance (&rng, 0.5) ? 1 : 0;
  face.age = lk_rng_chance (&rng, 0.3) ? lk_rng_range (&rng, 28, 54) : lk_rng_range (&rng, 19, 28);
  face.skin = CLAMP (vary (&rng, 0.27 - 0.09 * face.female, 0.22), 0, 1);
  face.warmth = lk_rng_range (&rng, 0, 1);
  vary_outline (&face, &rng);
  vary_eyes (&face, &rng);
  vary_nose_and_mouth (&face, &rng);
  face.moles = lk_rng_chance (&rng, 0.4) ? lk_rng_pick (&rng, 4) : 0;
  return face;
}
