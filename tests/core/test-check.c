/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/check.h"

static LkCheck *
make (const char *id, LkOutcome outcome, double value, double low, double high)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = id, .version = 1, .outcome = outcome, .value = value, .low = low, .high = high });
}

static void
assert_texts (const char *id, double value, double low, double high, const char *value_text, const char *limit_text)
{
  g_autoptr (LkCheck) check = make (id, LK_OUTCOME_PASS, value, low, high);
  g_autofree char *shown = lk_check_dup_value_text (check);
  g_autofree char *limit = lk_check_dup_limit_text (check);

  g_assert_cmpstr (shown, ==, value_text);
  g_assert_cmpstr (limit, ==, limit_text);
}

static void
test_texts (void)
{
  assert_texts ("G3_eye_line", 251.6, 200, 300, "252\u00a0px", "200–300");
  assert_texts ("G5_centre", -3.4, -14.4, 14.4, "−3\u00a0px", "±14");
  assert_texts ("G5_centre", -0.2, -14.4, 14.4, "0\u00a0px", "±14");
  assert_texts ("G6_roll", 2.25, -3, 3, "2.2°", "±3.0");
  assert_texts ("Q1_light_even", 1.1, NAN, 1.35, "1.10×", "≤ 1.35");
  assert_texts ("B1_replaced", 99.6, 97, NAN, "99.6\u00a0%", "≥ 97.0");
  assert_texts ("G1_face_count", 2, 1, 1, "2", "= 1");
  assert_texts ("I2_similarity", NAN, NAN, NAN, "", "");
}

/* A value outside its range never reads as if it were inside. */
static void
test_just_outside (void)
{
  assert_texts ("G7_yaw_pitch", 5.04, NAN, 5, "5.04°", "≤ 5.0");
  assert_texts ("G7_yaw_pitch", 5.06, NAN, 5, "5.1°", "≤ 5.0");
  assert_texts ("G7_yaw_pitch", 4.96, NAN, 5, "5.0°", "≤ 5.0");
  assert_texts ("G3_eye_line", 199.7, 200, 300, "199.7\u00a0px", "200–300");
}

static void
test_every_rule_has_an_entry (void)
{
  gsize n;
  const LkCheckInfo *list = lk_check_info_list (&n);

  g_assert_cmpuint (n, ==, 31);          /* rules.md section 3 */
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (lk_check_info_find (list[i].id) == &list[i]);
      g_assert_cmpstr (lk_check_info_title (&list[i]), !=, "");
    }
  g_assert_null (lk_check_info_find ("X9_none"));
}

static void
test_every_measure_has_an_entry (void)
{
  gsize n;
  const LkCheckInfo *list = lk_measure_info_list (&n);

  g_assert_cmpuint (n, ==, 20);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (LkCheck) check = make (list[i].id, LK_OUTCOME_PASS, 1, NAN, NAN);

      g_assert_true (lk_check_info_find (list[i].id) == &list[i]);
      g_assert_cmpstr (lk_check_info_title (&list[i]), !=, "");
      g_assert_true (lk_check_is_measure (check));
    }
}

/* A measure is information: however bad, it changes no outcome. One of a newer version is known as one. */
static void
test_measures (void)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) measures = NULL;
  g_autoptr (GPtrArray) others = NULL;

  g_ptr_array_add (checks, make ("M09_blockiness", LK_OUTCOME_WARN, 9, NAN, 1));
  g_ptr_array_add (checks, make ("F1_format", LK_OUTCOME_PASS, NAN, NAN, NAN));
  g_ptr_array_add (checks, make ("M77_newer", LK_OUTCOME_FAIL, 9, NAN, 1));
  g_assert_cmpint (lk_checks_worst (checks), ==, LK_OUTCOME_PASS);
  measures = lk_checks_filter (checks, TRUE);
  others = lk_checks_filter (checks, FALSE);
  g_assert_cmpuint (measures->len, ==, 2);
  g_assert_true (measures->pdata[1] == checks->pdata[2]);
  g_assert_cmpuint (others->len, ==, 1);
  g_assert_true (others->pdata[0] == checks->pdata[1]);
}

static void
test_worst (void)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_cmpint (lk_checks_worst (checks), ==, LK_OUTCOME_PASS);
  g_ptr_array_add (checks, make ("F1_format", LK_OUTCOME_PASS, 1, NAN, NAN));
  g_ptr_array_add (checks, lk_check_new (&(LkCheckDescription) { .id = "I1_code_match", .outcome = LK_OUTCOME_NOT_RUN, .why = "no-code" }));
  g_assert_cmpint (lk_checks_worst (checks), ==, LK_OUTCOME_PASS);      /* a college without collection codes */
  g_ptr_array_add (checks, make ("I2_similarity", LK_OUTCOME_NOT_RUN, NAN, NAN, NAN));
  g_assert_cmpint (lk_checks_worst (checks), ==, LK_OUTCOME_NOT_RUN);
  g_ptr_array_add (checks, make ("G2_hair_top", LK_OUTCOME_WARN, 40, 50, 110));
  g_assert_cmpint (lk_checks_worst (checks), ==, LK_OUTCOME_WARN);
  g_ptr_array_add (checks, make ("G3_eye_line", LK_OUTCOME_FAIL, 340, 200, 300));
  g_assert_cmpint (lk_checks_worst (checks), ==, LK_OUTCOME_FAIL);
  g_assert_true (lk_checks_find (checks, "G2_hair_top") == checks->pdata[3]);
  g_assert_null (lk_checks_find (checks, "E1_eyes"));
}

static void
test_why (void)
{
  g_autoptr (LkCheck) known = lk_check_new (&(LkCheckDescription) {
    .id = "E1_eyes", .outcome = LK_OUTCOME_NOT_RUN, .value = NAN, .low = NAN, .high = NAN, .why = "no-face" });
  g_autoptr (LkCheck) newer = lk_check_new (&(LkCheckDescription) {
    .id = "E1_eyes", .outcome = LK_OUTCOME_NOT_RUN, .value = NAN, .low = NAN, .high = NAN, .why = "some-newer-word" });
  g_autofree char *known_text = lk_check_dup_why_text (known);
  g_autofree char *newer_text = lk_check_dup_why_text (newer);

  g_assert_cmpstr (known_text, ==, "Not measured: no face was found.");
  g_assert_cmpstr (newer_text, ==, "Not measured.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/check/texts", test_texts);
  g_test_add_func ("/core/check/just-outside", test_just_outside);
  g_test_add_func ("/core/check/every-rule-has-an-entry", test_every_rule_has_an_entry);
  g_test_add_func ("/core/check/every-measure-has-an-entry", test_every_measure_has_an_entry);
  g_test_add_func ("/core/check/measures", test_measures);
  g_test_add_func ("/core/check/worst", test_worst);
  g_test_add_func ("/core/check/why", test_why);
  return g_test_run ();
}
