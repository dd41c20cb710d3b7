/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/reason.h"
#include "core/spec.h"
#include "service/byte-cache.h"
#include "service/check-text.h"
#include "service/crop-share.h"
#include "service/fault-watch.h"

/* The small parts of what students meet. */

static LkCheck *
make_check (const char *id, LkCheckKind kind, LkOutcome outcome, double value, const char *reason, const char *why)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = id, .version = 1, .kind = kind, .outcome = outcome, .value = value, .score = NAN, .low = 200, .high = 300,
    .hard_low = NAN, .hard_high = NAN, .reason = reason, .why = why });
}

static const cJSON *
find_id (const cJSON *list, const char *id)
{
  const cJSON *entry;

  cJSON_ArrayForEach (entry, list)
    if (g_strcmp0 (lk_json_string (entry, "id"), id) == 0)
      return entry;
  return NULL;
}

/* Value, limits and what to do, in both languages. */
static void
test_texts (void)
{
  g_autoptr (LkReasonCatalogue) reasons = lk_reason_catalogue_load_default (NULL);
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (cJSON) list = NULL;
  const cJSON *eyes;

  g_ptr_array_add (checks, make_check ("G3_eye_line", LK_CHECK_HARD, LK_OUTCOME_FAIL, 320, "R203", NULL));
  g_ptr_array_add (checks, make_check ("G8_shoulders", LK_CHECK_SOFT, LK_OUTCOME_NOT_RUN, NAN, NULL, "no-face"));
  g_ptr_array_add (checks, make_check ("M18_yaw", LK_CHECK_SOFT, LK_OUTCOME_WARN, 320, NULL, NULL));
  list = lk_student_checks_to_json (checks, reasons);
  g_assert_cmpint (cJSON_GetArraySize (list), ==, 2);
  eyes = find_id (list, "G3_eye_line");
  g_assert_cmpstr (lk_json_string (eyes, "title_zh"), ==, "眼睛位置");
  g_assert_cmpstr (lk_json_string (eyes, "title_en"), ==, "Eye line");
  g_assert_cmpstr (lk_json_string (eyes, "unit"), ==, "px");
  g_assert_cmpstr (lk_json_string (eyes, "text_zh"), ==, "320\u00a0px（合格范围 200–300）");
  g_assert_cmpstr (lk_json_string (eyes, "text_en"), ==, "320\u00a0px (accepted 200–300)");
  g_assert_cmpstr (lk_json_string (eyes, "todo_zh"), ==, lk_reason_catalogue_find (reasons, "R203")->advice_zh);
  g_assert_cmpfloat (lk_json_number (eyes, "value", 0), ==, 320);
  g_assert_cmpstr (lk_json_string (find_id (list, "G8_shoulders"), "text_zh"), ==, "未检测：没有找到人脸。");
}

/* What is the staff's own tells a student nothing but whom to ask, whatever was found. */
static void
test_no_accusation (void)
{
  static const char *const codes[] = { "R704", "R203", "R802", NULL };
  static const char *const words[] = { "R70", "R80", "I2", "D2", "Likeness", "score", "others", "疑似", "差异", "相同", "其他学生" };
  g_autoptr (LkReasonCatalogue) reasons = lk_reason_catalogue_load_default (NULL);
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (cJSON) list = NULL;
  g_autoptr (cJSON) decision = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (checks, make_check ("I1_code_match", LK_CHECK_HARD, LK_OUTCOME_PASS, NAN, NULL, NULL));
  g_ptr_array_add (checks, make_check ("I2_similarity", LK_CHECK_SOFT, LK_OUTCOME_WARN, 0.2, "R702", NULL));
  g_ptr_array_add (checks, make_check ("D2_other_student", LK_CHECK_SOFT, LK_OUTCOME_WARN, 0.9, "R802", NULL));
  list = lk_student_checks_to_json (checks, reasons);
  g_assert_cmpint (cJSON_GetArraySize (list), ==, 1);
  g_assert_cmpstr (lk_json_string (find_id (list, "verify"), "title_zh"), ==, "需核实，请联系服务人员。");
  text = lk_json_print (list);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_null (strstr (text, words[i]));
  decision = lk_student_reasons_to_json (codes, checks, reasons);
  g_assert_cmpint (cJSON_GetArraySize (decision), ==, 2);
  g_assert_cmpstr (lk_json_string (cJSON_GetArrayItem (decision, 0), "zh"), ==, "需核实，请联系服务人员。");
  g_assert_cmpstr (lk_json_string (cJSON_GetArrayItem (decision, 0), "code"), ==, "verify");
  g_assert_cmpstr (lk_json_string (cJSON_GetArrayItem (decision, 1), "code"), ==, "R203");
}

static gboolean
read_crop (const char *text, LkCropShare *share)
{
  g_autoptr (cJSON) json = lk_json_parse (text, -1, 0, NULL);

  return lk_crop_share_from_json (json, share, NULL);
}

static void
test_crop (void)
{
  static const char *const bad[] = {
    "{}", "{\"x\":0,\"y\":0,\"width\":1}", "{\"x\":-0.1,\"y\":0,\"width\":0.5,\"height\":0.5}",
    "{\"x\":0.6,\"y\":0,\"width\":0.5,\"height\":0.5}", "{\"x\":0,\"y\":0,\"width\":0,\"height\":0}",
    "{\"x\":0,\"y\":0,\"width\":1e300,\"height\":1}", "{\"x\":\"0\",\"y\":0,\"width\":1,\"height\":1}",
    "{\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"roll\":90}",
  };
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (LkPixels) original = lk_pixels_new (1001, 1335);
  g_autoptr (LkPixels) cut = NULL;
  LkCropShare share;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (read_crop (bad[i], &share));
  g_assert_true (read_crop ("{\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"roll\":0}", &share));
  g_assert_true (lk_crop_share_check (&share, 1001, 1335, spec, NULL));
  g_assert_false (lk_crop_share_check (&share, 1001, 1001, spec, NULL));        /* a square */
  cut = lk_crop_share_cut (&share, original, spec);
  g_assert_cmpint (cut->width * 4, ==, cut->height * 3);
  g_assert_cmpint (cut->width, ==, 999);
  share.roll = 2;
  g_assert_false (lk_crop_share_check (&share, 1001, 1335, spec, NULL));        /* the standard forbids it */
}

/* The place in the original is where the page drew it. */
static void
test_crop_place (void)
{
  g_autoptr (LkSpec) spec = lk_spec_load_default (NULL);
  g_autoptr (LkPixels) original = lk_pixels_new (3000, 4000);
  g_autoptr (LkPixels) cut = NULL;
  const LkCropShare share = { 0.25, 0.5, 0.5, 0.5, 0 };

  original->data[3 * (2000 * 3000 + 750)] = 200;
  cut = lk_crop_share_cut (&share, original, spec);
  g_assert_cmpint (cut->width, ==, 1500);
  g_assert_cmpint (cut->height, ==, 2000);
  g_assert_cmpint (cut->data[0], ==, 200);
}

static void
test_faults (void)
{
  g_autoptr (LkFaultWatch) watch = lk_fault_watch_new (3, 10);
  guint64 faults, alarms;

  g_assert_false (lk_fault_watch_add (watch, 0));
  g_assert_false (lk_fault_watch_add (watch, 5 * G_TIME_SPAN_SECOND));
  g_assert_false (lk_fault_watch_add (watch, 12 * G_TIME_SPAN_SECOND));         /* the first is too long ago */
  g_assert_true (lk_fault_watch_add (watch, 14 * G_TIME_SPAN_SECOND));
  g_assert_false (lk_fault_watch_add (watch, 14 * G_TIME_SPAN_SECOND));         /* said already */
  lk_fault_watch_get (watch, &faults, &alarms);
  g_assert_cmpuint (faults, ==, 5);
  g_assert_cmpuint (alarms, ==, 1);
}

static void
test_cache (void)
{
  g_autoptr (LkByteCache) cache = lk_byte_cache_new (10);
  g_autoptr (GBytes) four = g_bytes_new_static ("abcd", 4);
  g_autoptr (GBytes) large = g_bytes_new_static ("abcdefghijkl", 12);
  g_autoptr (GBytes) found = NULL;

  lk_byte_cache_put (cache, "a", four);
  lk_byte_cache_put (cache, "b", four);
  found = lk_byte_cache_get (cache, "a");
  g_assert_true (found == four);
  lk_byte_cache_put (cache, "c", four);         /* b was asked for least lately */
  g_assert_null (lk_byte_cache_get (cache, "b"));
  g_clear_pointer (&found, g_bytes_unref);
  found = lk_byte_cache_get (cache, "a");
  g_assert_nonnull (found);
  lk_byte_cache_put (cache, "d", large);        /* too large for it */
  g_assert_null (lk_byte_cache_get (cache, "d"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/student-parts/texts", test_texts);
  g_test_add_func ("/student-parts/no-accusation", test_no_accusation);
  g_test_add_func ("/student-parts/crop", test_crop);
  g_test_add_func ("/student-parts/crop-place", test_crop_place);
  g_test_add_func ("/student-parts/faults", test_faults);
  g_test_add_func ("/student-parts/cache", test_cache);
  return g_test_run ();
}
