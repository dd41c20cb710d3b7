/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "tools/portrait/fault.h"
#include "tools/portrait/write.h"

static LkPortrait *
draw (LkPortraitParams *params, LkTruth *truth)
{
  return lk_portrait_render (params, truth);
}

static double
luma (const LkPortrait *portrait, double x, double y)
{
  int i = CLAMP ((int) x, 0, portrait->width - 1), j = CLAMP ((int) y, 0, portrait->height - 1);
  const guint8 *p = portrait->rgb + 3 * ((gsize) j * portrait->width + i);

  return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}

/* Mean luma of a box around a point, px. */
static double
mean_luma (const LkPortrait *portrait, double x, double y, int reach)
{
  double sum = 0;

  for (int dy = -reach; dy <= reach; dy++)
    for (int dx = -reach; dx <= reach; dx++)
      sum += luma (portrait, x + dx, y + dy);
  return sum / ((2 * reach + 1) * (2 * reach + 1));
}

static GBytes *
jpeg_of (guint64 seed)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);
  g_autoptr (LkPortrait) portrait = draw (params, NULL);

  return lk_portrait_encode_jpeg (portrait, 92);
}

static void
test_same_seed_same_bytes (void)
{
  g_autoptr (GBytes) once = jpeg_of (7), twice = jpeg_of (7), other = jpeg_of (8);

  g_assert_true (g_bytes_equal (once, twice));
  g_assert_false (g_bytes_equal (once, other));
}

/* The generator's own promise: rules.md §2.1 at every size. */
static void
test_random_students_meet_the_standard (void)
{
  for (guint64 seed = 1; seed <= 400; seed++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);

      g_assert_cmpfloat (params->eye_line, >=, 205);
      g_assert_cmpfloat (params->eye_line, <=, 295);
      g_assert_cmpfloat (params->hair_top, >=, 53);
      g_assert_cmpfloat (params->hair_top, <=, 107);
      g_assert_cmpfloat (params->face_width, >=, 185);
      g_assert_cmpfloat (params->face_width, <=, 295);
      g_assert_cmpfloat (fabs (params->centre_x - 240), <=, 14);
      g_assert_cmpfloat (fabs (params->roll), <=, 2.5);
      g_assert_cmpint (params->background, ==, LK_BACKGROUND_BLUE);
      g_assert_cmpstr (params->faults, ==, "");
    }
}

static int
topmost_person_row (const LkPortrait *portrait)
{
  for (int y = 0; y < portrait->height; y++)
    for (int x = 0; x < portrait->width; x++)
      if (portrait->mask[(gsize) y * portrait->width + x] >= 128)
        return y;
  return portrait->height;
}

/* Blue is (100, 197, 255): hair differs from it in the red or blue channel. */
static int
topmost_row_not_blue (const LkPortrait *portrait)
{
  for (int y = 0; y < portrait->height; y++)
    for (int x = 0; x < portrait->width; x++)
      if (portrait->rgb[3 * ((gsize) y * portrait->width + x) + 2] < 190)
        return y;
  return portrait->height;
}

static void
test_truth_fits_the_pixels (void)
{
  static const int sizes[][2] = { { 480, 640 }, { 720, 960 }, { 960, 1280 } };

  for (guint64 seed = 20; seed < 29; seed++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);
      g_autoptr (LkPortrait) portrait = NULL;
      double scale, cheek;
      LkTruth truth;

      lk_portrait_params_set_size (params, sizes[seed % 3][0], sizes[seed % 3][1]);
      params->glasses = 0;
      portrait = draw (params, &truth);
      scale = params->width / 480.0;
      g_assert_cmpint (portrait->width, ==, params->width);
      g_assert_cmpfloat (fabs (truth.eye_line - params->eye_line * scale), <=, 0.01);
      g_assert_cmpfloat (fabs (truth.face_width - params->face_width * scale), <=, 0.01);
      g_assert_cmpfloat (fabs (truth.hair_top - params->hair_top * scale), <=, 2 * scale);
      g_assert_cmpfloat (fabs (truth.hair_top - topmost_person_row (portrait)), <=, 1);
      g_assert_cmpfloat (fabs (truth.hair_top - topmost_row_not_blue (portrait)), <=, 1.5 * scale);
      /* Pupils are darker than anything on the cheek below them. */
      cheek = mean_luma (portrait, truth.left_eye_x, truth.eye_line + 0.22 * truth.face_width, (int) (3 * scale));
      g_assert_cmpfloat (mean_luma (portrait, truth.left_eye_x, truth.left_eye_y, 1), <, 0.55 * cheek);
      g_assert_cmpfloat (mean_luma (portrait, truth.right_eye_x, truth.right_eye_y, 1), <, 0.55 * cheek);
      g_assert_cmpfloat (truth.person_share, >, 0.25);
    }
}

static double
face_luma (const LkPortrait *portrait, const LkTruth *truth, int side)
{
  return mean_luma (portrait, truth->face_centre_x + side * 0.27 * truth->face_width, truth->eye_line + 0.23 * truth->face_width, 5);
}

/* Sum of |second difference| over the face: falls with blur. */
static double
sharpness (const LkPortrait *portrait, const LkTruth *truth)
{
  double sum = 0;

  for (int y = (int) truth->eye_line - 30; y < (int) truth->chin_y; y++)
    for (int x = (int) truth->face_left + 20; x < (int) truth->face_right - 20; x++)
      sum += fabs (4 * luma (portrait, x, y) - luma (portrait, x - 1, y) - luma (portrait, x + 1, y) - luma (portrait, x, y - 1) - luma (portrait, x, y + 1));
  return sum;
}

typedef struct
{
  LkPortraitParams *params;
  LkPortrait *portrait;
  LkTruth truth;
} Drawn;

static Drawn
draw_with (const char *fault)
{
  Drawn drawn = { .params = lk_portrait_params_random (31) };
  g_autoptr (GError) error = NULL;

  drawn.params->glasses = 0;
  if (fault != NULL)
    {
      g_assert_true (lk_portrait_add_fault (drawn.params, fault, 1, &error));
      g_assert_no_error (error);
    }
  drawn.portrait = draw (drawn.params, &drawn.truth);
  return drawn;
}

static void
clear_drawn (Drawn *drawn)
{
  lk_portrait_params_free (drawn->params);
  lk_portrait_free (drawn->portrait);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawn, clear_drawn)

static void
test_geometry_faults (void)
{
  g_auto (Drawn) eye = draw_with ("G3_eye_line"), narrow = draw_with ("G4_face_width:0"), wide = draw_with ("G4_face_width:1");
  g_auto (Drawn) side = draw_with ("G5_centre"), rolled = draw_with ("G6_roll"), high = draw_with ("G2_hair_top:0");
  g_auto (Drawn) low = draw_with ("G2_hair_top:1");

  g_assert_cmpfloat (eye.truth.eye_line, >, 305);
  g_assert_cmpfloat (narrow.truth.face_width, <, 172);
  g_assert_cmpfloat (wide.truth.face_width, >, 308);
  g_assert_cmpfloat (fabs (side.truth.face_centre_x - 240), >, 0.06 * 480);
  g_assert_cmpfloat (fabs (rolled.truth.right_eye_y - rolled.truth.left_eye_y), >, 0.12 * (rolled.truth.right_eye_x - rolled.truth.left_eye_x));
  g_assert_cmpfloat (high.truth.hair_top, <, 45);
  g_assert_cmpfloat (low.truth.hair_top, >, 114);
  g_assert_cmpfloat (low.truth.eye_line, <, 300);
}

static void
test_light_faults (void)
{
  g_auto (Drawn) good = draw_with (NULL), half = draw_with ("Q1_light_even:0"), dark = draw_with ("Q3_exposure:0");
  g_auto (Drawn) bright = draw_with ("Q3_exposure:1"), soft = draw_with ("Q4_sharp");
  double even = face_luma (good.portrait, &good.truth, -1) / face_luma (good.portrait, &good.truth, 1);

  g_assert_cmpfloat (fabs (even - 1), <, 0.2);
  g_assert_cmpfloat (face_luma (half.portrait, &half.truth, -1) / face_luma (half.portrait, &half.truth, 1), >, 1.6);
  g_assert_cmpfloat (face_luma (dark.portrait, &dark.truth, 1), <, 90);
  g_assert_cmpfloat (face_luma (bright.portrait, &bright.truth, 1), >, 215);
  g_assert_cmpfloat (sharpness (soft.portrait, &soft.truth), <, 0.5 * sharpness (good.portrait, &good.truth));
}

static void
test_look_faults (void)
{
  g_auto (Drawn) good = draw_with (NULL), shut = draw_with ("E1_eyes"), open = draw_with ("E2_mouth");
  double mouth_y = good.truth.eye_line + (good.params->face.mouth_y + 0.12) * good.truth.face_width / 2;

  g_assert_cmpfloat (mean_luma (shut.portrait, shut.truth.left_eye_x, shut.truth.left_eye_y - 2, 1), >,
                     mean_luma (good.portrait, good.truth.left_eye_x, good.truth.left_eye_y, 1) + 40);
  g_assert_cmpfloat (shut.truth.eyes_open, ==, 0);
  g_assert_cmpfloat (fabs (luma (open.portrait, open.truth.face_centre_x, mouth_y) - luma (good.portrait, good.truth.face_centre_x, mouth_y)), >, 15);
  g_assert_cmpfloat (open.truth.chin_y, >, good.truth.chin_y + 5);
}

static void
test_background_faults (void)
{
  g_auto (Drawn) good = draw_with (NULL), grey = draw_with ("B1_replaced:0"), partly = draw_with ("B1_replaced:2"), blue = draw_with ("B2_all_blue");
  const guint8 reference[3] = { 100, 197, 255 };

  g_assert_cmpmem (good.portrait->rgb, 3, reference, 3);
  g_assert_cmpint (abs (grey.portrait->rgb[0] - grey.portrait->rgb[2]), <, 25);
  g_assert_cmpmem (partly.portrait->rgb, 3, reference, 3);
  g_assert_cmpint (partly.portrait->rgb[3 * 470 + 2], <, 230);
  g_assert_cmpfloat (luma (blue.portrait, 240, 600), >, 130);
}

static void
test_file_faults (void)
{
  g_auto (Drawn) small = draw_with ("F2_size:0"), png = draw_with ("F1_format"), tiny = draw_with ("F3_bytes");
  g_autofree char *folder = g_dir_make_tmp ("likeness-portrait-XXXXXX", NULL), *path = g_build_filename (folder, "a.jpg", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_cmpint (small.portrait->width, <, 480);
  g_assert_true (lk_portrait_write (png.portrait, png.params, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_cmpmem (data, 4, "\x89PNG", 4);
  g_clear_pointer (&data, g_free);
  g_assert_true (lk_portrait_write (tiny.portrait, tiny.params, path, &error));
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_cmpuint (size, <, 10 * 1024);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_every_fault_is_noted (void)
{
  const char *const *ids = lk_portrait_fault_ids ();

  for (int i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (5);
      g_autoptr (GError) error = NULL;

      g_assert_true (lk_portrait_add_fault (params, ids[i], 1, &error));
      g_assert_no_error (error);
      g_assert_nonnull (lk_portrait_fault_check (ids[i]));
      g_assert_cmpstr (params->faults, ==, lk_portrait_fault_check (ids[i]));
    }
  g_assert_cmpstr (lk_portrait_fault_check ("E1_eyes"), ==, "E1_eyes");
  g_assert_cmpstr (lk_portrait_fault_check ("gaze_side"), ==, "E1_eyes");
  g_assert_null (lk_portrait_fault_check ("no_such"));
}

/* Share of a box's px (face units from the middle between the eyes) that a fault changes by more than 24 steps. */
static double
changed_share (const Drawn *a, const Drawn *b, double x0, double y0, double x1, double y1)
{
  double unit = a->truth.face_width / 2;
  int n = 0, n_changed = 0;

  for (int y = (int) (a->truth.eye_line + y0 * unit); y < (int) (a->truth.eye_line + y1 * unit); y++)
    for (int x = (int) (a->truth.face_centre_x + x0 * unit); x < (int) (a->truth.face_centre_x + x1 * unit); x++, n++)
      n_changed += fabs (luma (a->portrait, x, y) - luma (b->portrait, x, y)) > 24;
  return n_changed / (double) n;
}

/* Each look of rules.md §2.4 is drawn where it belongs and nowhere else. */
static void
test_where_faults_are (void)
{
  static const struct
  {
    const char *fault;
    double x0, y0, x1, y1;      /* face units, where it must be seen */
    double least;
  } places[] = {
    { "ears", 1.0, 0.0, 1.15, 0.35, 0.3 },       { "hair_lock:0", 0.35, -0.3, 0.7, 0.0, 0.2 }, { "cap:0", -0.6, -1.1, 0.6, -0.45, 0.3 },
    { "headscarf", -1.15, 0.1, -1.0, 0.9, 0.2 }, { "head_band", -0.3, -1.3, 0.3, -0.5, 0.1 },  { "stripes_down:2", -1, 2.2, 1, 2.8, 0.1 },
    { "gaze_side", -0.65, -0.1, 0.65, 0.1, 0.02 }, { "hole", -0.8, -0.1, 0.8, 1.2, 0.015 },
  };

  g_auto (Drawn) good = draw_with (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_auto (Drawn) bad = draw_with (places[i].fault);

      g_test_message ("%s", places[i].fault);
      g_assert_cmpfloat (changed_share (&good, &bad, places[i].x0, places[i].y0, places[i].x1, places[i].y1), >=, places[i].least);
      g_assert_cmpfloat (changed_share (&good, &bad, -0.3, 0.75, 0.3, 0.8), <, 0.5);
    }
}

/* The truth follows the picture into the photo of the photo. */
static void
test_recaptured_truth (void)
{
  for (guint64 seed = 50; seed < 52; seed++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (seed);
      g_autoptr (LkPortrait) portrait = NULL;
      LkTruth truth;
      double cheek;

      params->glasses = 0;
      g_assert_true (lk_portrait_add_fault (params, "print:0", 1, NULL));
      portrait = draw (params, &truth);
      g_assert_cmpfloat (fabs (truth.eye_line - params->eye_line) + fabs (truth.face_centre_x - params->centre_x), >, 0.2);
      g_assert_cmpfloat (fabs (truth.hair_top - topmost_person_row (portrait)), <=, 1);
      cheek = mean_luma (portrait, truth.left_eye_x, truth.eye_line + 0.22 * truth.face_width, 3);
      g_assert_cmpfloat (mean_luma (portrait, truth.left_eye_x, truth.left_eye_y, 1), <, 0.7 * cheek);
    }
}

static void
test_wrong_names_are_refused (void)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (lk_portrait_add_fault (params, "X9_nothing", 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_false (lk_portrait_params_set (params, "no_such", 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (lk_portrait_params_set (params, "roll", 900, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_true (lk_portrait_params_set (params, "roll", 4, &error));
  g_assert_cmpfloat (lk_portrait_params_get (params, "roll"), ==, 4);
  g_assert_true (isnan (lk_portrait_params_get (params, "no_such")));
}

static void
test_id_card (void)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (12);
  g_autoptr (LkPortraitParams) card = lk_portrait_id_card (params, TRUE);
  g_autoptr (LkPortraitParams) other = lk_portrait_id_card (params, FALSE);
  g_autoptr (LkPortrait) portrait = NULL;
  LkTruth truth;

  portrait = draw (card, &truth);
  g_assert_cmpint (truth.width, ==, 358);
  g_assert_cmpint (truth.height, ==, 441);
  g_assert_cmpfloat (truth.hair_top, >=, 7);
  g_assert_cmpfloat (truth.hair_top, <=, 21);
  g_assert_cmpfloat (truth.height - truth.eye_line, >=, 207);
  g_assert_cmpfloat (fabs (truth.face_width - 207), <=, 14);
  g_assert_cmpint (portrait->rgb[0], >, 240);
  g_assert_cmpuint (card->face.seed, ==, params->face.seed);
  g_assert_cmpfloat (card->face.nose_length, ==, params->face.nose_length);
  g_assert_cmpuint (other->face.seed, !=, params->face.seed);
  g_assert_cmpfloat (other->face.female, ==, params->face.female);
}

static void
test_truth_json (void)
{
  g_auto (Drawn) drawn = draw_with ("E1_eyes");
  g_autofree char *json = lk_truth_to_json (&drawn.truth, drawn.params);

  g_assert_nonnull (strstr (json, "\"faults\": [\"E1_eyes\"]"));
  g_assert_nonnull (strstr (json, "\"background\": \"blue\""));
  g_assert_nonnull (strstr (json, "\"eyes_open\": 0.000"));
  g_assert_null (strstr (json, "nan"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portrait/same-seed-same-bytes", test_same_seed_same_bytes);
  g_test_add_func ("/portrait/random-students-meet-the-standard", test_random_students_meet_the_standard);
  g_test_add_func ("/portrait/truth-fits-the-pixels", test_truth_fits_the_pixels);
  g_test_add_func ("/portrait/geometry-faults", test_geometry_faults);
  g_test_add_func ("/portrait/light-faults", test_light_faults);
  g_test_add_func ("/portrait/look-faults", test_look_faults);
  g_test_add_func ("/portrait/background-faults", test_background_faults);
  g_test_add_func ("/portrait/file-faults", test_file_faults);
  g_test_add_func ("/portrait/every-fault-is-noted", test_every_fault_is_noted);
  g_test_add_func ("/portrait/where-faults-are", test_where_faults_are);
  g_test_add_func ("/portrait/recaptured-truth", test_recaptured_truth);
  g_test_add_func ("/portrait/wrong-names-are-refused", test_wrong_names_are_refused);
  g_test_add_func ("/portrait/id-card", test_id_card);
  g_test_add_func ("/portrait/truth-json", test_truth_json);
  return g_test_run ();
}
