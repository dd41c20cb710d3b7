/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/error.h"
#include "core/spec.h"

#define HEAD "{\"version\":3,\"frame\":{\"width\":480,\"height\":640},\"targets\":{\"hair_top\":80,\"eye_line\":250,\"face_width\":240}," \
             "\"blue\":[100,197,255],\"max_bytes\":1000,\"max_pixels\":2000,"

#define FINISH "\"finish\":{\"dpi\":300,\"low_quality\":60,\"high_quality\":95,\"full_colour_quality\":80," \
               "\"low_bytes\":20480,\"high_bytes\":40960"

#define ROLL "\"checks\":{\"G6_roll\":{\"kind\":\"soft\",\"certainty\":\"hint\",\"low\":-3,\"high\":3,"

static void
test_judge (void)
{
  LkLimits soft = { .kind = LK_CHECK_SOFT, .low = -3, .high = 3, .hard_low = -8, .hard_high = 8 };
  LkLimits hard = { .kind = LK_CHECK_HARD, .low = 200, .high = 300, .hard_low = NAN, .hard_high = NAN };
  LkLimits open = { .kind = LK_CHECK_SOFT, .low = NAN, .high = 1.35, .hard_low = NAN, .hard_high = NAN };

  /* the ends of a range belong to it (rules.md section 2.1) */
  g_assert_cmpint (lk_limits_judge (&hard, 200), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (lk_limits_judge (&hard, 300), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (lk_limits_judge (&hard, 300.01), ==, LK_OUTCOME_FAIL);
  g_assert_cmpint (lk_limits_judge (&soft, -3.1), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (lk_limits_judge (&soft, 8), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (lk_limits_judge (&soft, -8.1), ==, LK_OUTCOME_FAIL);
  g_assert_cmpint (lk_limits_judge (&open, -1000), ==, LK_OUTCOME_PASS);
  g_assert_cmpint (lk_limits_judge (&open, 99), ==, LK_OUTCOME_WARN);
  g_assert_cmpint (lk_limits_judge (&open, NAN), ==, LK_OUTCOME_NOT_RUN);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_parse (HEAD "\"checks\":{\"G6_roll\":{\"version\":2,\"kind\":\"soft\",\"certainty\":\"hint\","
                                           "\"low\":-3,\"high\":3,\"hard_high\":8,\"reason\":\"R206\",\"params\":{\"bias\":0.5}}}}",
                                           -1, &error);
  const LkLimits *limits;

  g_assert_no_error (error);
  g_assert_cmpint (spec->version, ==, 3);
  g_assert_cmpint (spec->blue[2], ==, 255);
  limits = lk_spec_get_limits (spec, "G6_roll");
  g_assert_cmpint (limits->version, ==, 2);
  g_assert_cmpint (limits->certainty, ==, LK_CERTAINTY_HINT);
  g_assert_cmpstr (limits->reason, ==, "R206");
  g_assert_true (isnan (limits->hard_low));
  g_assert_cmpfloat (lk_limits_get_param (limits, "bias", 9), ==, 0.5);
  g_assert_cmpfloat (lk_limits_get_param (limits, "none", 9), ==, 9);
  g_assert_null (lk_spec_get_limits (spec, "E1_eyes"));
  g_assert_true (isnan (limits->score.best_low));
}

static void
test_read_score (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec =
    lk_spec_parse (HEAD ROLL "\"score\":{\"worst_low\":-9,\"best_low\":-1,\"best_high\":1,\"worst_high\":8}}}}", -1, &error);
  const LkLimits *limits;

  g_assert_no_error (error);
  limits = lk_spec_get_limits (spec, "G6_roll");
  g_assert_cmpfloat (limits->score.worst_low, ==, -9);
  g_assert_cmpfloat (limits->score.best_low, ==, -1);
  g_assert_cmpfloat (limits->score.best_high, ==, 1);
  g_assert_cmpfloat (limits->score.worst_high, ==, 8);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *json, *says;
  } cases[] = {
    { "{\n\"version\": 1,\n oops }", "line 3" },
    { "{}", "version" },
    { HEAD "\"checks\":{\"G9_nothing\":{}}}", "G9_nothing" },
    { HEAD "\"checks\":{\"G6_roll\":{\"kind\":\"firm\",\"certainty\":\"hint\"}}}", "G6_roll: \"kind\"" },
    { HEAD "\"checks\":{\"G6_roll\":{\"kind\":\"soft\",\"certainty\":\"hint\",\"low\":\"3\"}}}", "\"low\" must be a number" },
    { HEAD "\"checks\":{\"G6_roll\":{\"kind\":\"soft\",\"certainty\":\"hint\",\"low\":3,\"high\":-3}}}", "above" },
    { HEAD ROLL "\"score\":5}}}", "G6_roll: \"score\" must be an object" },
    { HEAD ROLL "\"score\":{\"best\":0}}}}", "no member \"best\"" },
    { HEAD ROLL "\"score\":{\"best_low\":\"0\"}}}}", "\"best_low\" of \"score\" must be a number" },
    { HEAD ROLL "\"score\":{\"worst_low\":-9,\"best_low\":-1}}}}", "because there is a \"high\"" },
    { HEAD ROLL "\"score\":{\"worst_low\":-3,\"best_low\":-1,\"best_high\":1,\"worst_high\":9}}}}", "\"low\" must lie above" },
    { HEAD ROLL "\"score\":{\"worst_low\":-9,\"best_low\":-1,\"best_high\":4,\"worst_high\":9}}}}", "\"high\" must lie below" },
    { HEAD ROLL "\"score\":{\"worst_low\":-9,\"best_low\":2,\"best_high\":1,\"worst_high\":9}}}}", "\"best_low\" of \"score\" is above" },
    { HEAD "\"check\":{}}", "checks: is missing" },
    { "{\"version\":1,\"frame\":{\"width\":480,\"height\":640},\"targets\":{\"hair_top\":80,\"eye_line\":250,\"face_width\":240},"
      "\"blue\":[100,197,300],\"max_bytes\":1,\"max_pixels\":1,\"checks\":{}}", "blue" },
    { HEAD "\"checks\":{},\"blue_attempts\":[]}", "blue_attempts" },
    { HEAD "\"checks\":{},\"blue_attempts\":[{\"radius\":0.5}]}", "radius" },
    { HEAD "\"checks\":{},\"crop\":{\"margin\":6,\"level\":1}}", "level" },
    { HEAD "\"checks\":{},\"crop\":{\"margin\":\"6\"}}", "margin" },
    { HEAD "\"checks\":{},\"finish\":{}}", "dpi" },
    { HEAD "\"checks\":{}," FINISH ",\"sizes\":[]}}", "sizes" },
    { HEAD "\"checks\":{}," FINISH ",\"sizes\":[[480,600]]}}", "ratio" },
    { HEAD "\"checks\":{}," FINISH ",\"sizes\":[[240,320]]}}", "frame" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lk_spec_parse (cases[i].json, -1, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_SPEC);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("\"%s\" does not say \"%s\"", error->message, cases[i].says);
    }
}

/* The shipped file carries the ranges of the standard (rules.md section 2.1). */
static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_load_default (&error);
  static const struct
  {
    const char *id;
    double low, high;
  } ranges[] = {
    { "G2_hair_top", 50, 110 },
    { "G3_eye_line", 200, 300 },
    { "G4_face_width", 180, 300 },
  };

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      const LkLimits *limits = lk_spec_get_limits (spec, ranges[i].id);

      g_assert_cmpfloat (limits->low, ==, ranges[i].low);
      g_assert_cmpfloat (limits->high, ==, ranges[i].high);
    }
  g_assert_cmpint (spec->blue[0], ==, 100);
  g_assert_cmpint (spec->blue[1], ==, 197);
  g_assert_cmpint (spec->blue[2], ==, 255);
}

/* What is made from photos: several tries for the blue, no turning, the sizes of the standard (rules.md section 2.2). */
static void
test_making (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LkSpec) spec = lk_spec_load_default (&error);
  g_autoptr (LkSpec) bare = lk_spec_parse (HEAD "\"checks\":{}}", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (spec->n_blue_attempts, >=, 2);
  g_assert_false (spec->crop.level);
  g_assert_cmpint (spec->finish.dpi, ==, 300);
  g_assert_cmpint (spec->finish.low_quality, ==, 60);
  g_assert_cmpint (spec->finish.sizes[0][0], ==, 480);
  g_assert_cmpint (spec->finish.sizes[0][1], ==, 640);
  g_assert_cmpint (spec->finish.high_bytes, ==, 40 * 1024);
  g_assert_cmpuint (bare->n_blue_attempts, ==, 0);
  g_assert_cmpuint (bare->finish.n_sizes, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/spec/judge", test_judge);
  g_test_add_func ("/core/spec/read", test_read);
  g_test_add_func ("/core/spec/read-score", test_read_score);
  g_test_add_func ("/core/spec/refused", test_refused);
  g_test_add_func ("/core/spec/shipped", test_shipped);
  g_test_add_func ("/core/spec/making", test_making);
  return g_test_run ();
}
