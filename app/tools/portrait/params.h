/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What is drawn. Two halves: the face itself, which stays the same for one
 * person, and the photo taken of it.
 *
 * Face lengths are in half face widths ("a": the outline at cheek level lies
 * at x = +-1, the pupils at y = 0, y points down). Photo lengths are in "u":
 * pixels of a frame `frame_units` wide (480 for a crop), so that the same
 * parameters give the same picture at every size. */

typedef enum
{
  LK_HAIR_SHORT,
  LK_HAIR_SIDE_PART,
  LK_HAIR_SPIKY,
  LK_HAIR_FRINGE,
  LK_HAIR_TIED,
  LK_HAIR_BUN,
  LK_HAIR_BOB,
  LK_HAIR_LOOSE,
  LK_HAIR_RECEDING,
  LK_HAIR_BALD,
  LK_HAIR_CROPPED,          /* shorn to some millimetres */
  LK_N_HAIR,
} LkHairStyle;

typedef enum
{
  LK_CLOTHES_SUIT_TIE,
  LK_CLOTHES_SUIT_OPEN,
  LK_CLOTHES_SHIRT,
  LK_CLOTHES_POLO,
  LK_CLOTHES_ROUND,
  LK_N_CLOTHES,
} LkClothesKind;

typedef enum
{
  LK_HEADWEAR_NONE,
  LK_HEADWEAR_PEAKED_CAP,
  LK_HEADWEAR_KNITTED_CAP,
  LK_HEADWEAR_SQUARE_CAP,   /* the graduate's */
  LK_HEADWEAR_HEADSCARF,
  LK_HEADWEAR_BAND,
  LK_N_HEADWEAR,
} LkHeadwearKind;

typedef enum
{
  LK_GLASSES_FULL_RIM,
  LK_GLASSES_HALF_RIM,      /* none below */
  LK_GLASSES_RIMLESS,
  LK_N_GLASSES,
} LkGlassesKind;

typedef enum
{
  LK_RECAPTURE_NONE,
  LK_RECAPTURE_SCREEN,      /* a photo of a screen */
  LK_RECAPTURE_PRINT,       /* a photo of a paper print */
  LK_N_RECAPTURE,
} LkRecaptureKind;

/* What the cutting-out of the background spoiled. */
typedef enum
{
  LK_DAMAGE_NONE,
  LK_DAMAGE_EAR,            /* one ear cut off with the background */
  LK_DAMAGE_SHOULDER,
  LK_DAMAGE_HALO,           /* a rim of the old background stayed */
  LK_DAMAGE_HOLE,
  LK_N_DAMAGE,
} LkDamageKind;

typedef enum
{
  LK_BACKGROUND_BLUE,       /* replaced by the reference blue 100,197,255 */
  LK_BACKGROUND_WHITE,
  LK_BACKGROUND_GREY,       /* "not replaced": the studio's grey */
  LK_BACKGROUND_GRADIENT,
  LK_BACKGROUND_BUSY,
  LK_BACKGROUND_PARTLY,     /* replaced on one side only */
  LK_BACKGROUND_ALL_BLUE,   /* the whole photo turned blue */
  LK_N_BACKGROUND,
} LkBackgroundKind;

typedef enum
{
  LK_BEARD_NONE,
  LK_BEARD_STUBBLE,
  LK_BEARD_MOUSTACHE,
  LK_BEARD_FULL,
  LK_N_BEARD,
} LkBeardKind;

typedef struct
{
  guint64 seed;             /* relief, moles and asymmetry follow from it */
  double female, age, skin, warmth;
  double chin_y, jaw_width, jaw_y, chin_width, cheek, temple, forehead;
  double eye_spacing, eye_width, eye_height, eye_tilt, lid_fold, eye_bag, eye_depth;
  double iris_size, iris_tone;
  double brow_y, brow_thick, brow_tilt, brow_arch, brow_length, brow_tone;
  double nose_length, nose_width, nose_bridge, nose_tip, nostril;
  double mouth_y, mouth_width, lip_upper, lip_lower, lip_bow, lip_corner, lip_tone;
  double cheekbone, ear_size, ear_out, skull, neck_width, moles;
} LkFace;

typedef struct
{
  LkFace face;

  /* the file */
  int width, height;        /* picture px */
  double frame_units;       /* width of the picture in u */
  int jpeg_quality;
  gboolean as_png;          /* PNG content, whatever the name says */
  double upscaled;          /* > 1: drawn smaller and enlarged */

  /* the pose, in u and degrees */
  double face_width, eye_line, hair_top, centre_x;
  double roll, yaw, pitch, shoulders;
  gboolean no_face, second_face;

  /* the look */
  double eyes_open, gaze_x, gaze_y, mouth_open;
  int hair, beard, clothes;
  double hair_tone, hair_grey, hair_volume, parting, brows_covered, ears_covered;
  double fringe;            /* 1: women's hair has one, as low as brows_covered says */
  double ears_side;         /* which ear is covered: -1 the left, 1 the right one, 0 both */
  double hair_lock;         /* hangs over the brow (0.5) and the eye (1) of that side, -1 … 1 */
  double glasses, glasses_size, glasses_shape, glasses_tone, glare, tint;
  int glasses_kind;
  double glasses_drop;      /* how far down the nose, face units */
  int headwear;
  double headwear_r, headwear_g, headwear_b;
  double clothes_r, clothes_g, clothes_b, tie_hue;
  double cloth_grain;       /* tweed and knitting */
  double stripes;           /* their contrast; 0: none */
  double stripe_step, stripe_angle;     /* face units from one to the next; degrees, 0 is horizontal */

  /* the light and the camera */
  double side_light;        /* brightness of the left half / right half, 1 = even */
  double highlight;         /* burnt share of nose and forehead, 0 … 1 */
  double light_height;
  double exposure;          /* factor, 1 = right */
  double blur;              /* gaussian sigma in u */
  double cast_r, cast_g, cast_b;
  double noise;             /* sigma in grey levels */
  int background, damage;
  int recapture;
  gboolean is_recut;        /* a recaptured photo got a new blue background */
  guint64 style_seed;       /* strands, folds, noise */

  char *faults;             /* ids of rules.md §3, comma separated; owned */
} LkPortraitParams;

/* A plain middle-of-the-road person in a standard 480x640 crop. */
LkPortraitParams *lk_portrait_params_new (void);

/* A made-up student whose photo meets the standard (rules.md §2). */
LkPortraitParams *lk_portrait_params_random (guint64 seed);

LkPortraitParams *lk_portrait_params_copy (const LkPortraitParams *params);
void              lk_portrait_params_free (LkPortraitParams *params);

/* The ID-card photo (rules.md §2.5) of the same face with other hair, clothes
 * and light, or of another face when same_person is FALSE. */
LkPortraitParams *lk_portrait_id_card (const LkPortraitParams *params, gboolean same_person);

/* Picture size; the frame keeps 480 u across, so the crop stays the same. */
void lk_portrait_params_set_size (LkPortraitParams *params, int width, int height);

/* An uncropped studio original: more room on all sides. */
void lk_portrait_params_uncrop (LkPortraitParams *params, int width, int height);

/* Sets one parameter by name, as `name=value` on the command line. Returns
 * FALSE with G_IO_ERROR_INVALID_ARGUMENT for an unknown name or a value out of range. */
gboolean lk_portrait_params_set (LkPortraitParams *params, const char *name, double value, GError **error);

/* The value of a named parameter; NAN when there is none of that name. */
double lk_portrait_params_get (const LkPortraitParams *params, const char *name);

/* Names and ranges, one a line, for --help. */
char *lk_portrait_params_describe (void);

/* All parameters as one JSON object. */
char *lk_portrait_params_to_json (const LkPortraitParams *params);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LkPortraitParams, lk_portrait_params_free)
