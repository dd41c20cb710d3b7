/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/error.h"
#include "photo/checker.h"
#include "photo/crop.h"
#include "photo/finish.h"
#include "sanitized.h"
#include "tools/portrait/write.h"

/* Crops proposed for originals: the arithmetic alone, then with the models on drawn originals. */

enum { N_ORIGINALS = 16, FIRST_SEED = 2000 };

typedef struct
{
  LkSpec *spec;
  LkChecker *checker;           /* loaded by the tests that need the models */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->spec = lk_spec_load_default (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->checker, lk_checker_free);
  g_clear_pointer (&fixture->spec, lk_spec_free);
}

/* A studio picture with room on all sides: face 300 px wide. */
static LkHead
roomy_head (void)
{
  return (LkHead) { .width = 1500, .height = 2000, .hair_top = 500, .eye_line = 730, .face_width = 300, .middle = 760 };
}

/* Measures the head in the crop, from its rectangle alone. */
static void
assert_meets_ranges (const LkCrop *crop, const LkHead *head)
{
  double zoom = 480.0 / crop->width;

  g_assert_cmpint (crop->problem, ==, LK_CROP_POSSIBLE);
  g_assert_cmpint (crop->width * 4, ==, crop->height * 3);
  g_assert_cmpint (crop->width, >=, 480);
  g_assert_cmpint (crop->x, >=, 0);
  g_assert_cmpint (crop->y, >=, 0);
  g_assert_cmpint (crop->x + crop->width, <=, head->width);
  g_assert_cmpint (crop->y + crop->height, <=, head->height);
  g_assert_cmpfloat ((head->eye_line - crop->y) * zoom, >=, 200);
  g_assert_cmpfloat ((head->eye_line - crop->y) * zoom, <=, 300);
  g_assert_cmpfloat (head->face_width * zoom, >=, 180);
  g_assert_cmpfloat (head->face_width * zoom, <=, 300);
  g_assert_cmpfloat (fabs (head->middle - crop->x - crop->width / 2.0) * zoom, <=, 28.8);
  g_assert_cmpfloat_with_epsilon (crop->eye_line, (head->eye_line - crop->y) * zoom, 1e-9);
}

/* With room on all sides all ranges are met, face width on its target. */
static void
test_roomy (Fixture *fixture, gconstpointer data)
{
  LkHead head = roomy_head ();
  LkCrop crop = lk_crop_solve (&head, fixture->spec);

  assert_meets_ranges (&crop, &head);
  g_assert_true (crop.hair_in_range);
  g_assert_cmpfloat_with_epsilon (crop.face_width, 240, 1);
  g_assert_cmpfloat_with_epsilon (crop.centre, 0, 0.5);
  g_assert_cmpfloat (crop.turn, ==, 0);
}

/* A tall head: the face becomes smaller so that the hair's top comes into its range too. */
static void
test_tall_head (Fixture *fixture, gconstpointer data)
{
  LkHead head = roomy_head ();
  LkCrop crop;

  head.hair_top = head.eye_line - 1.15 * head.face_width;
  crop = lk_crop_solve (&head, fixture->spec);
  assert_meets_ranges (&crop, &head);
  g_assert_true (crop.hair_in_range);
  g_assert_cmpfloat (crop.face_width, <, 230);
}

/* A taller one still: eye line and face width come first (rules.md 2.1); the hair's top is given up but not cut. */
static void
test_priority (Fixture *fixture, gconstpointer data)
{
  LkHead head = roomy_head ();
  LkCrop crop;

  head.hair_top = head.eye_line - 1.5 * head.face_width;
  crop = lk_crop_solve (&head, fixture->spec);
  assert_meets_ranges (&crop, &head);
  g_assert_false (crop.hair_in_range);
  g_assert_cmpfloat (crop.hair_top, >, 3);
}

/* Where the mask has no head the rest still says where to cut. */
static void
test_unknown_hair (Fixture *fixture, gconstpointer data)
{
  LkHead head = roomy_head ();
  LkCrop crop;

  head.hair_top = NAN;
  crop = lk_crop_solve (&head, fixture->spec);
  assert_meets_ranges (&crop, &head);
  g_assert_false (crop.hair_in_range);
}

/* Too near an edge to be centred well, not too near for the wider limit. */
static void
test_off_centre (Fixture *fixture, gconstpointer data)
{
  LkHead head = roomy_head ();
  LkCrop crop;

  head.middle = 237;
  crop = lk_crop_solve (&head, fixture->spec);
  assert_meets_ranges (&crop, &head);
  g_assert_cmpint (crop.x, ==, 0);
}

static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    LkHead head;
    LkCropProblem problem;
  } cases[] = {
    { { 1500, 2000, 1, 180, 300, 760, 0 }, LK_CROP_HAIR_CUT },
    { { 1500, 2000, 100, 250, 500, 800, 0 }, LK_CROP_HAIR_CUT },         /* the eyes too near the top edge */
    { { 1500, 2000, 500, 730, 300, 170, 0 }, LK_CROP_SIDE_MISSING },
    { { 1500, 2000, 500, 730, 300, 1400, 0 }, LK_CROP_SIDE_MISSING },
    { { 1500, 2000, 1500, 1750, 400, 760, 0 }, LK_CROP_BODY_MISSING },
    { { 1500, 2000, 500, 610, 150, 760, 0 }, LK_CROP_TOO_SMALL },
    { { 400, 533, 100, 200, 190, 200, 0 }, LK_CROP_TOO_SMALL },          /* smaller than any crop */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LkCrop crop = lk_crop_solve (&cases[i].head, fixture->spec);

      g_assert_cmpint (crop.problem, ==, cases[i].problem);
      g_assert_nonnull (lk_crop_problem_text (crop.problem));
      g_assert_cmpint (crop.width, ==, 0);
    }
  g_assert_null (lk_crop_problem_text (LK_CROP_POSSIBLE));
}

/* Whatever the head: a crop that is proposed meets the ranges; none is refused that a search through all rectangles
 * finds. */
static gboolean
any_crop_exists (const LkHead *head)
{
  for (int width = 480; width <= head->width; width += 3)
    {
      double zoom = 480.0 / width;
      int height = width / 3 * 4;

      if (head->face_width * zoom < 180 || head->face_width * zoom > 300 || height > head->height)
        continue;
      for (int y = 0; y + height <= head->height; y++)
        if ((head->eye_line - y) * zoom >= 200 && (head->eye_line - y) * zoom <= 300 && (head->hair_top - y) * zoom > 4)
          for (int x = 0; x + width <= head->width; x++)
            if (fabs (head->middle - x - width / 2.0) * zoom <= 28.8)
              return TRUE;
    }
  return FALSE;
}

static void
test_against_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  int n_possible = 0;

  for (int i = 0; i < 400; i++)
    {
      LkHead head = { .width = g_rand_int_range (rand, 400, 1100), .height = g_rand_int_range (rand, 500, 1400) };
      LkCrop crop;

      head.face_width = g_rand_double_range (rand, 120, 420);
      head.eye_line = g_rand_double_range (rand, 60, head.height - 100);
      head.hair_top = MAX (0, head.eye_line - g_rand_double_range (rand, 0.7, 1.4) * head.face_width);
      head.middle = g_rand_double_range (rand, 0.2, 0.8) * head.width;
      crop = lk_crop_solve (&head, fixture->spec);
      if (crop.problem == LK_CROP_POSSIBLE)
        assert_meets_ranges (&crop, &head);
      else
        g_assert_false (any_crop_exists (&head));
      n_possible += crop.problem == LK_CROP_POSSIBLE;
    }
  g_assert_cmpint (n_possible, >, 40);
  g_assert_cmpint (n_possible, <, 360);
}

/* Turned only where the spec says so, and then about the crop's own middle. */
static void
test_level (Fixture *fixture, gconstpointer data)
{
  LkHead head = roomy_head ();
  double angle = 4 * G_PI / 180, x, y;
  LkCrop crop;

  head.roll = 4;
  g_assert_cmpfloat (lk_crop_solve (&head, fixture->spec).turn, ==, 0);
  fixture->spec->crop.level = TRUE;
  crop = lk_crop_solve (&head, fixture->spec);
  g_assert_cmpfloat (crop.turn, ==, 4);
  /* where the middle of the eyes comes to lie in the cut */
  x = head.middle - (crop.x + crop.width / 2.0);
  y = head.eye_line - (crop.y + crop.height / 2.0);
  g_assert_cmpfloat_with_epsilon (480.0 / crop.width * (cos (angle) * x + sin (angle) * y), crop.centre, 0.8);
  g_assert_cmpfloat_with_epsilon (480.0 / crop.width * (-sin (angle) * x + cos (angle) * y + crop.height / 2.0),
                                  crop.eye_line, 0.8);
}

static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) original = lk_pixels_new (900, 1000);
  LkCrop crop = { .x = 100, .y = 50, .width = 600, .height = 800 };
  g_autoptr (LkPixels) plain = NULL;
  g_autoptr (LkPixels) turned = NULL;
  const guint8 *there;

  /* a white square about the crop's middle, its upper right corner red */
  for (int y = 350; y < 550; y++)
    for (int x = 300; x < 500; x++)
      for (int c = 0; c < 3; c++)
        original->data[3 * (y * 900 + x) + c] = c == 0 || x < 400 || y > 450 ? 255 : 0;
  plain = lk_crop_cut (&crop, original);
  g_assert_cmpint (plain->width, ==, 600);
  g_assert_cmpmem (plain->data, 1800, original->data + 3 * (50 * 900 + 100), 1800);
  /* the original is turned clockwise by 90 degrees: what was at its right is up in the cut */
  crop.turn = 90;
  turned = lk_crop_cut (&crop, original);
  there = turned->data + 3 * ((gsize) 350 * turned->width + 250);
  g_assert_cmpint (there[0], ==, 255);
  g_assert_cmpint (there[1], ==, 0);
}

static gboolean
load_models (Fixture *fixture)
{
  fixture->checker = lk_checker_new (fixture->spec, NULL);
  if (lk_checker_get_engine (fixture->checker) != NULL)
    return TRUE;
  g_test_skip (lk_checker_get_problem (fixture->checker));
  return FALSE;
}

static LkPixels *
draw (const LkPortraitParams *params)
{
  g_autoptr (LkPortrait) portrait = lk_portrait_render (params, NULL);
  LkPixels *pixels = lk_pixels_new (portrait->width, portrait->height);

  memcpy (pixels->data, portrait->rgb, (gsize) portrait->width * portrait->height * 3);
  return pixels;
}

static LkCrop
propose (Fixture *fixture, LkPixels *original)
{
  g_autoptr (GError) error = NULL;
  LkCrop crop;

  g_assert_true (lk_crop_propose (lk_checker_get_engine (fixture->checker), original, fixture->spec, &crop, &error));
  g_assert_no_error (error);
  return crop;
}

/* The crop that was proposed, finished and checked like any photo, is in all ranges. */
static void
test_originals (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "F1_format", "F2_size", "F3_bytes", "G1_face_count", "G2_hair_top", "G3_eye_line",
                                     "G4_face_width", "G5_centre" };

  if (!load_models (fixture))
    return;
  for (int i = 0, n = few_if_sanitized (N_ORIGINALS, 3); i < n; i++)
    {
      g_autoptr (LkPortraitParams) params = lk_portrait_params_random (FIRST_SEED + i);
      g_autoptr (LkPixels) original = NULL;
      g_autoptr (LkPixels) cut = NULL;
      g_autoptr (LkFinish) finish = NULL;
      g_autoptr (LkReport) report = NULL;
      LkCrop crop;

      params->background = i % 2 == 0 ? LK_BACKGROUND_WHITE : LK_BACKGROUND_GREY;
      lk_portrait_params_uncrop (params, 1100 + i % 3 * 300, 1500 + i % 2 * 300);
      original = draw (params);
      crop = propose (fixture, original);
      g_assert_cmpint (crop.problem, ==, LK_CROP_POSSIBLE);
      cut = lk_crop_cut (&crop, original);
      finish = lk_finish_new (cut, fixture->spec, 0, NULL);
      report = lk_checker_run (fixture->checker, finish->jpeg, NULL, NULL);
      for (gsize k = 0; k < G_N_ELEMENTS (ids); k++)
        if (lk_check_get_outcome (lk_checks_find (report->checks, ids[k])) != LK_OUTCOME_PASS)
          g_error ("original %d: %s is %g", i, ids[k], lk_check_get_value (lk_checks_find (report->checks, ids[k])));
    }
}

static void
test_impossible_originals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPortraitParams) params = lk_portrait_params_random (FIRST_SEED);
  g_autoptr (LkPixels) original = NULL;
  g_autoptr (LkPixels) empty = lk_pixels_new (800, 1000);
  g_autoptr (LkPixels) small = NULL, two = NULL;
  g_autoptr (LkPixels) beheaded = NULL, one_sided = NULL;

  if (!load_models (fixture))
    return;
  lk_portrait_params_uncrop (params, 1200, 1600);
  original = draw (params);
  small = lk_pixels_scale (original, 480, 640);
  /* the frame of an uncropped drawing is 980 u wide */
  beheaded = lk_pixels_crop (original, 0, (int) (1200 / 980.0 * (params->hair_top + 15)), 1200, 1600);
  one_sided =
    lk_pixels_crop (original, (int) (1200 / 980.0 * (params->centre_x - 0.6 * params->face_width)), 0, 1200, 1600);
  params->second_face = TRUE;
  two = draw (params);

  g_assert_cmpint (propose (fixture, empty).problem, ==, LK_CROP_NO_FACE);
  g_assert_cmpint (propose (fixture, two).problem, ==, LK_CROP_SEVERAL_FACES);
  g_assert_cmpint (propose (fixture, small).problem, ==, LK_CROP_TOO_SMALL);
  g_assert_cmpint (propose (fixture, beheaded).problem, ==, LK_CROP_HAIR_CUT);
  g_assert_cmpint (propose (fixture, one_sided).problem, ==, LK_CROP_SIDE_MISSING);
}

static void
test_spec_without_ranges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LkPixels) photo = lk_pixels_new (480, 640);
  g_autoptr (GError) error = NULL;
  LkCrop crop;

  g_hash_table_remove (fixture->spec->checks, "G3_eye_line");
  g_assert_false (lk_crop_propose (NULL, photo, fixture->spec, &crop, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *fixture, gconstpointer data); } tests[] = {
    { "/crop/roomy", test_roomy },
    { "/crop/tall-head", test_tall_head },
    { "/crop/priority", test_priority },
    { "/crop/unknown-hair", test_unknown_hair },
    { "/crop/off-centre", test_off_centre },
    { "/crop/impossible", test_impossible },
    { "/crop/against-search", test_against_search },
    { "/crop/level", test_level },
    { "/crop/cut", test_cut },
    { "/crop/originals", test_originals },
    { "/crop/impossible-originals", test_impossible_originals },
    { "/crop/spec-without-ranges", test_spec_without_ranges },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
