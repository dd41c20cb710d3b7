/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "make-face.h"
#include "photo/checker-private.h"

static const guint8 grey[3] = { 128, 128, 128 };

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

/* The same head gives the same numbers at every allowed size: distances scale with W / 480. */
static void
test_scales (void)
{
  static const int widths[] = { 480, 720, 960 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (LkMadePhoto) photo = lk_made_photo_new (widths[i], widths[i] * 4 / 3, grey);

      assert_near (lk_made_photo_measure (photo, "G3_eye_line", lk_measure_eye_line).value, 250, 0.01);
      assert_near (lk_made_photo_measure (photo, "G4_face_width", lk_measure_face_width).value, 240, 0.01);
      assert_near (lk_made_photo_measure (photo, "G2_hair_top", lk_measure_hair_top).value, 80, 1.5);
      assert_near (lk_made_photo_measure (photo, "G5_centre", lk_measure_centre).value, 0, 0.01);
      assert_near (lk_made_photo_measure (photo, "G6_roll", lk_measure_roll).value, 0, 0.01);
    }
}

static void
test_region_is_where_measured (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (720, 960, grey);
  LkRegion row = lk_made_photo_measure (photo, "G3_eye_line", lk_measure_eye_line).region;
  LkRegion span = lk_made_photo_measure (photo, "G4_face_width", lk_measure_face_width).region;

  g_assert_cmpint (row.kind, ==, LK_REGION_ROW);
  assert_near (row.y0, 250 / 640.0, 1e-5);
  g_assert_cmpint (span.kind, ==, LK_REGION_SPAN);
  assert_near (span.x0, 120 / 480.0, 1e-5);
  assert_near (span.x1, 360 / 480.0, 1e-5);
}

/* Both ends of a range are still good. */
static void
test_eye_line_range (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  static const struct { double y; LkOutcome outcome; } cases[] = {
    { 199, LK_OUTCOME_FAIL }, { 200, LK_OUTCOME_PASS }, { 300, LK_OUTCOME_PASS }, { 301, LK_OUTCOME_FAIL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      lk_made_photo_set_head (photo, 240, cases[i].y, 240, 80, 0);
      g_assert_cmpint (lk_made_photo_judge (photo, "G3_eye_line", lk_measure_eye_line), ==, cases[i].outcome);
    }
}

/* rules.md section 2.1: the hair top yields to eye line and face width, unless the hair is cut. */
static void
test_hair_top_priority (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  g_assert_cmpint (lk_made_photo_judge (photo, "G2_hair_top", lk_measure_hair_top), ==, LK_OUTCOME_PASS);
  lk_made_photo_set_head (photo, 240, 250, 240, 30, 0);
  g_assert_cmpint (lk_made_photo_judge (photo, "G2_hair_top", lk_measure_hair_top), ==, LK_OUTCOME_WARN);
  lk_made_photo_set_head (photo, 240, 310, 240, 140, 0);
  g_assert_cmpint (lk_made_photo_judge (photo, "G2_hair_top", lk_measure_hair_top), ==, LK_OUTCOME_FAIL);
  lk_made_photo_set_head (photo, 240, 250, 170, 140, 0);
  g_assert_cmpint (lk_made_photo_judge (photo, "G2_hair_top", lk_measure_hair_top), ==, LK_OUTCOME_FAIL);
  lk_made_photo_set_head (photo, 240, 250, 240, 0, 0);
  g_assert_cmpint (lk_made_photo_judge (photo, "G2_hair_top", lk_measure_hair_top), ==, LK_OUTCOME_FAIL);
}

static void
test_hair_top_without_mask (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  memset (&photo->mask, 0, sizeof photo->mask);
  g_assert_cmpint (lk_made_photo_judge (photo, "G2_hair_top", lk_measure_hair_top), ==, LK_OUTCOME_NOT_RUN);
}

static void
test_centre (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  static const struct { double x, value; LkOutcome outcome;
  } cases[] = {
    { 250, 10, LK_OUTCOME_PASS },
    { 220, -20, LK_OUTCOME_WARN },
    { 275, 35, LK_OUTCOME_FAIL },
    { 205, -35, LK_OUTCOME_FAIL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      lk_made_photo_set_head (photo, cases[i].x, 250, 240, 80, 0);
      assert_near (lk_made_photo_measure (photo, "G5_centre", lk_measure_centre).value, cases[i].value, 0.01);
      g_assert_cmpint (lk_made_photo_judge (photo, "G5_centre", lk_measure_centre), ==, cases[i].outcome);
    }
}

static void
test_roll (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  static const struct { double roll; LkOutcome outcome; } cases[] = {
    { 2.5, LK_OUTCOME_PASS }, { -5, LK_OUTCOME_WARN }, { 9, LK_OUTCOME_FAIL }, { -9, LK_OUTCOME_FAIL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      lk_made_photo_set_head (photo, 240, 250, 240, 80, cases[i].roll);
      assert_near (lk_made_photo_measure (photo, "G6_roll", lk_measure_roll).value, cases[i].roll, 0.01);
      g_assert_cmpint (lk_made_photo_judge (photo, "G6_roll", lk_measure_roll), ==, cases[i].outcome);
      assert_near (lk_made_photo_measure (photo, "G4_face_width", lk_measure_face_width).value, 240, 0.5);
    }
}

static void
test_yaw_pitch (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  const LkLimits *limits = lk_spec_get_limits (photo->spec, "G7_yaw_pitch");
  double bias = lk_limits_get_param (limits, "pitch_bias", 0);

  photo->findings.pose = (LkPose) { -1, bias + 3, 0 };
  g_assert_cmpint (lk_made_photo_judge (photo, "G7_yaw_pitch", lk_measure_yaw_pitch), ==, LK_OUTCOME_PASS);
  photo->findings.pose = (LkPose) { -8, bias, 0 };
  assert_near (lk_made_photo_measure (photo, "G7_yaw_pitch", lk_measure_yaw_pitch).value, 8, 1e-6);
  g_assert_cmpint (lk_made_photo_judge (photo, "G7_yaw_pitch", lk_measure_yaw_pitch), ==, LK_OUTCOME_WARN);
  photo->findings.pose = (LkPose) { 20, bias, 0 };
  g_assert_cmpint (lk_made_photo_judge (photo, "G7_yaw_pitch", lk_measure_yaw_pitch), ==, LK_OUTCOME_FAIL);
  photo->findings.pose = (LkPose) { 0, bias - 25, 0 };
  g_assert_cmpint (lk_made_photo_judge (photo, "G7_yaw_pitch", lk_measure_yaw_pitch), ==, LK_OUTCOME_FAIL);
}

static void
test_face_count (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  g_assert_cmpint (lk_made_photo_judge (photo, "G1_face_count", lk_measure_face_count), ==, LK_OUTCOME_PASS);
  photo->faces.n_faces = 2;
  photo->faces.boxes[1] = (LkBox) { 0, 64, 48, 128 };
  assert_near (lk_made_photo_measure (photo, "G1_face_count", lk_measure_face_count).region.x1, 0.1, 1e-5);
  g_assert_cmpint (lk_made_photo_judge (photo, "G1_face_count", lk_measure_face_count), ==, LK_OUTCOME_FAIL);
  photo->faces.n_faces = 0;
  g_assert_cmpint (lk_made_photo_judge (photo, "G1_face_count", lk_measure_face_count), ==, LK_OUTCOME_FAIL);
}

/* One closed eye is enough; a tilted head changes nothing. */
static void
test_eyes (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  lk_made_photo_set_openness (photo, 0.3, 0.28, 0);
  assert_near (lk_made_photo_measure (photo, "E1_eyes", lk_measure_eyes).value, 0.28, 1e-4);
  g_assert_cmpint (lk_made_photo_judge (photo, "E1_eyes", lk_measure_eyes), ==, LK_OUTCOME_PASS);
  lk_made_photo_set_openness (photo, 0.3, 0.02, 0);
  g_assert_cmpint (lk_made_photo_judge (photo, "E1_eyes", lk_measure_eyes), ==, LK_OUTCOME_WARN);
  g_assert_cmpfloat (lk_made_photo_measure (photo, "E1_eyes", lk_measure_eyes).region.x0, >, 0.5);
  lk_made_photo_set_head (photo, 240, 250, 240, 80, 20);
  assert_near (lk_made_photo_measure (photo, "E1_eyes", lk_measure_eyes).value, 0.3, 1e-4);
}

static void
test_mouth (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  lk_made_photo_set_openness (photo, 0.3, 0.3, 0.02);
  assert_near (lk_made_photo_measure (photo, "E2_mouth", lk_measure_mouth).value, 0.02, 1e-4);
  g_assert_cmpint (lk_made_photo_judge (photo, "E2_mouth", lk_measure_mouth), ==, LK_OUTCOME_PASS);
  lk_made_photo_set_openness (photo, 0.3, 0.3, 0.1);
  g_assert_cmpint (lk_made_photo_judge (photo, "E2_mouth", lk_measure_mouth), ==, LK_OUTCOME_WARN);
}

/* Advice: never worse than a warning, and never a pass without something to compare with. */
static void
test_similarity (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);

  photo->findings.has_embeddings = TRUE;
  photo->findings.same_person = 1;
  g_assert_cmpstr (lk_made_photo_measure (photo, "I2_similarity", lk_measure_similarity).why, ==, "no-reference");
  photo->findings.references[LK_COMPARED_ID_CARD].state = LK_REFERENCE_BAD;
  g_assert_cmpstr (lk_made_photo_measure (photo, "I2_similarity", lk_measure_similarity).why, ==, "bad-reference");
  photo->findings.references[LK_COMPARED_ID_CARD].state = LK_REFERENCE_COMPARED;
  photo->findings.references[LK_COMPARED_ID_CARD].similarity = 1.2;
  g_assert_cmpint (lk_made_photo_judge (photo, "I2_similarity", lk_measure_similarity), ==, LK_OUTCOME_PASS);
  photo->findings.references[LK_COMPARED_ID_CARD].similarity = 0.8;
  g_assert_cmpint (lk_made_photo_judge (photo, "I2_similarity", lk_measure_similarity), ==, LK_OUTCOME_WARN);
  photo->findings.references[LK_COMPARED_ID_CARD].similarity = -0.2;
  g_assert_cmpint (lk_made_photo_judge (photo, "I2_similarity", lk_measure_similarity), ==, LK_OUTCOME_WARN);
  g_assert_cmpfloat (lk_made_photo_measure (photo, "I2_similarity", lk_measure_similarity).low, ==, 1);
}

static void
paint_grey (const LkMadePhoto *photo, int x, int y, guint8 rgb[3])
{
  rgb[0] = rgb[1] = rgb[2] = 128;
}

/* The less alike of two is the value and names the reason; each has its band; one that cannot be used is no pass. */
static void
test_two_references (void)
{
  g_autoptr (LkMadePhoto) photo = lk_made_photo_new (480, 640, grey);
  LkReference *references = photo->findings.references;
  g_autoptr (LkCheck) check = NULL;
  g_autoptr (LkCheck) bad = NULL;

  photo->findings.has_embeddings = TRUE;
  photo->findings.same_person = 1;
  photo->findings.another_person = 0.75;
  references[LK_COMPARED_ID_CARD] = (LkReference) { LK_REFERENCE_COMPARED, 1.43 };
  references[LK_COMPARED_DIPLOMA] = (LkReference) { LK_REFERENCE_COMPARED, 0.66 };
  lk_made_photo_paint (photo, paint_grey);
  check = lk_findings_run_check (&photo->findings, "I2_similarity");
  g_assert_cmpfloat (lk_check_get_value (check), ==, 0.66);
  g_assert_cmpstr (lk_check_get_reason (check), ==, "R703");
  g_assert_cmpint (lk_others_find (lk_check_get_others (check), LK_OTHER_ID_CARD)->likeness, ==, LK_LIKENESS_SAME_FACE);
  g_assert_cmpint (lk_others_find (lk_check_get_others (check), LK_OTHER_DIPLOMA)->likeness, ==, LK_LIKENESS_DIFFERENT);
  references[LK_COMPARED_DIPLOMA].state = LK_REFERENCE_BAD;
  bad = lk_findings_run_check (&photo->findings, "I2_similarity");
  g_assert_cmpfloat (lk_check_get_value (bad), ==, 1.43);
  g_assert_cmpint (lk_check_get_outcome (bad), ==, LK_OUTCOME_WARN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/scales", test_scales);
  g_test_add_func ("/geometry/region", test_region_is_where_measured);
  g_test_add_func ("/geometry/eye-line", test_eye_line_range);
  g_test_add_func ("/geometry/hair-top-priority", test_hair_top_priority);
  g_test_add_func ("/geometry/hair-top-without-mask", test_hair_top_without_mask);
  g_test_add_func ("/geometry/centre", test_centre);
  g_test_add_func ("/geometry/roll", test_roll);
  g_test_add_func ("/geometry/yaw-pitch", test_yaw_pitch);
  g_test_add_func ("/geometry/face-count", test_face_count);
  g_test_add_func ("/eyes/open", test_eyes);
  g_test_add_func ("/eyes/mouth", test_mouth);
  g_test_add_func ("/identity/similarity", test_similarity);
  g_test_add_func ("/identity/two-references", test_two_references);
  return g_test_run ();
}
