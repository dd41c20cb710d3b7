/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/error.h"
#include "core/key.h"
#include "core/wire.h"

static LkCheck *
make_check (void)
{
  return lk_check_new (&(LkCheckDescription) {
    .id = "G3_eye_line", .version = 4, .kind = LK_CHECK_HARD, .certainty = LK_CERTAINTY_HINT, .outcome = LK_OUTCOME_FAIL,
    .value = 321.5, .score = 37, .low = 200, .high = 300, .hard_low = 150, .hard_high = NAN,
    .region = { LK_REGION_ROW, 0.25f, 0.5f, 0.75f, 0.5f }, .reason = "R203" });
}

static void
test_check (void)
{
  g_autoptr (LkCheck) check = make_check ();
  g_autoptr (cJSON) json = lk_check_to_json (check);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkCheck) back = lk_check_from_json (json, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lk_check_get_id (back), ==, "G3_eye_line");
  g_assert_cmpint (lk_check_get_version (back), ==, 4);
  g_assert_cmpint (lk_check_get_kind (back), ==, LK_CHECK_HARD);
  g_assert_cmpint (lk_check_get_certainty (back), ==, LK_CERTAINTY_HINT);
  g_assert_cmpint (lk_check_get_outcome (back), ==, LK_OUTCOME_FAIL);
  g_assert_cmpfloat (lk_check_get_value (back), ==, 321.5);
  g_assert_cmpfloat (lk_check_get_score (back), ==, 37);
  g_assert_cmpfloat (lk_check_get_high (back), ==, 300);
  g_assert_cmpfloat (lk_check_get_hard_low (back), ==, 150);
  g_assert_true (isnan (lk_check_get_hard_high (back)));
  g_assert_cmpstr (lk_check_get_reason (back), ==, "R203");
  g_assert_cmpint (lk_check_get_region (back)->kind, ==, LK_REGION_ROW);
  g_assert_cmpfloat_with_epsilon (lk_check_get_region (back)->x1, 0.75, 1e-6);
}

/* Results stored before there were scores are read, and one that no score can be is as good as none. */
static void
test_check_without_score (void)
{
  static const char *const scores[] = { NULL, "-1", "101", "\"37\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      g_autoptr (LkCheck) check = make_check ();
      g_autoptr (cJSON) json = lk_check_to_json (check);
      g_autoptr (cJSON) again = NULL;
      g_autoptr (LkCheck) back = NULL;
      g_autoptr (GError) error = NULL;

      cJSON_DeleteItemFromObject (json, "score");
      if (scores[i] != NULL)
        cJSON_AddItemToObject (json, "score", cJSON_Parse (scores[i]));
      back = lk_check_from_json (json, &error);
      g_assert_no_error (error);
      g_assert_true (isnan (lk_check_get_score (back)));
      again = lk_check_to_json (back);
      g_assert_false (cJSON_HasObjectItem (again, "score"));
    }
}

/* What it was compared with travels whole; a kind of a newer version is left out. */
static void
test_others (void)
{
  g_autoptr (GPtrArray) others = lk_others_new ();
  g_autoptr (LkCheck) check = NULL;
  g_autoptr (LkCheck) back = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  LkOther *other = lk_other_new (LK_OTHER_SUBMISSION, LK_LIKENESS_NEAR_COPY, 1.98765);
  const LkOther *read;
  cJSON *newer;

  other->name = g_strdup ("李*明");
  other->student_no = g_strdup ("2021****12");
  other->photo = g_strdup ("ab");
  other->picture = lk_photo_info_new ("ab", 600, 800, &(LkEyes) { TRUE, 0.4, 0.39, 0.6, 0.38 });
  other->submission = g_strdup ("cd");
  g_ptr_array_add (others, other);
  g_ptr_array_add (others, lk_other_new (LK_OTHER_ID_CARD, LK_LIKENESS_NOT_COMPARED, NAN));
  check = lk_check_new (&(LkCheckDescription) { .id = "D2_other_student", .version = 1, .outcome = LK_OUTCOME_WARN, .value = NAN,
    .score = NAN, .low = NAN, .high = NAN, .hard_low = NAN, .hard_high = NAN, .others = others });
  json = lk_check_to_json (check);
  newer = cJSON_CreateObject ();
  cJSON_AddStringToObject (newer, "kind", "passport");
  cJSON_AddStringToObject (newer, "likeness", "different");
  cJSON_AddItemToArray (lk_json_array (json, "others"), newer);
  back = lk_check_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lk_check_get_others (back)->len, ==, 2);
  read = lk_others_find (lk_check_get_others (back), LK_OTHER_SUBMISSION);
  g_assert_cmpint (read->likeness, ==, LK_LIKENESS_NEAR_COPY);
  g_assert_cmpfloat (read->score, ==, 1.98765);
  g_assert_cmpstr (read->photo, ==, "ab");
  g_assert_true (lk_others_find_picture (lk_check_get_others (back)) == read->picture);
  g_assert_cmpstr (read->picture->sha256, ==, "ab");
  g_assert_cmpint (read->picture->height, ==, 800);
  g_assert_cmpfloat (read->picture->eyes.right_y, ==, 0.38);
  g_assert_cmpstr (read->submission, ==, "cd");
  /* comparison photos have their own place; here only whom else it concerns */
  text = lk_check_dup_found_text (back);
  g_assert_cmpstr (text, ==, "Same picture as 2021****12 (李*明)");
  g_assert_true (isnan (lk_others_find (lk_check_get_others (back), LK_OTHER_ID_CARD)->score));
  g_assert_null (lk_others_find (lk_check_get_others (back), LK_OTHER_ID_CARD)->picture);
}

static void
test_check_not_run (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) json = lk_json_parse ("{\"id\":\"Z1_newer\",\"outcome\":\"not_run\",\"why\":\"no-face\",\"region\":{\"kind\":\"spiral\"}}",
                                          -1, LK_ERROR_BAD_REQUEST, NULL);
  g_autoptr (LkCheck) check = lk_check_from_json (json, &error);

  /* what a newer service says is kept, not refused */
  g_assert_no_error (error);
  g_assert_true (isnan (lk_check_get_value (check)));
  g_assert_true (isnan (lk_check_get_score (check)));
  g_assert_cmpstr (lk_check_get_why (check), ==, "no-face");
  g_assert_cmpint (lk_check_get_region (check)->kind, ==, LK_REGION_NONE);
}

static void
test_submission (void)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  LkPhotoInfo original = { (char *) "cc", 3000, 4000, { TRUE, 0.45, 0.3, 0.55, 0.31 } };
  g_autoptr (LkSubmission) submission = NULL;
  g_autoptr (LkSubmission) back = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (checks, make_check ());
  g_ptr_array_add (checks, lk_check_new (&(LkCheckDescription) { .id = "M11_eye_distance", .value = 101, .score = 77 }));
  submission = lk_submission_new (&(LkSubmissionDescription) {
    .id = "s", .lease = "l", .state = LK_STATE_IN_REVIEW, .name = "李*明", .student_no = "2021****07",
    .class_name = "会计学2班", .site = "合肥校本部", .tries_used = 2, .tries_allowed = 10,
    .submitted_at = 1750036200000000, .due_at = 1750237200000000, .photo = "aa", .photo_width = 480, .photo_height = 640,
    .id_card = "bb", .pictures[LK_PHOTO_ORIGINAL] = &original, .checks = checks });
  json = lk_submission_to_json (submission);
  back = lk_submission_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lk_submission_get_name (back), ==, "李*明");
  g_assert_cmpstr (lk_submission_get_lease (back), ==, "l");
  g_assert_cmpint (lk_submission_get_state (back), ==, LK_STATE_IN_REVIEW);
  g_assert_cmpint (lk_submission_get_due_at (back), ==, 1750237200000000);
  g_assert_cmpstr (lk_submission_get_reference (back, LK_REFERENCE_ID_CARD), ==, "bb");
  g_assert_null (lk_submission_get_reference (back, LK_REFERENCE_DIPLOMA));
  g_assert_null (lk_submission_get_picture (back, LK_PHOTO_ID_CARD));
  g_assert_null (lk_submission_get_picture (back, LK_PHOTO_BLUE));
  g_assert_cmpstr (lk_submission_get_picture (back, LK_PHOTO_ORIGINAL)->sha256, ==, "cc");
  g_assert_cmpint (lk_submission_get_picture (back, LK_PHOTO_ORIGINAL)->height, ==, 4000);
  g_assert_cmpfloat_with_epsilon (lk_submission_get_picture (back, LK_PHOTO_ORIGINAL)->eyes.right_y, 0.31, 1e-9);
  g_assert_cmpint (lk_submission_get_worst (back), ==, LK_OUTCOME_FAIL);
  g_assert_cmpuint (lk_submission_get_checks (back)->len, ==, 1);
  g_assert_cmpuint (lk_submission_get_measures (back)->len, ==, 1);
  g_assert_cmpfloat (lk_check_get_score (lk_submission_get_measures (back)->pdata[0]), ==, 77);
}

/* Each member that may not be missing, taken out in turn. */
static void
test_submission_incomplete (void)
{
  static const char *const members[] = { "id", "state", "student", "photo", "submitted_at", "due_at" };
  g_autoptr (LkSubmission) submission = lk_submission_new (&(LkSubmissionDescription) {
    .id = "s", .name = "n", .student_no = "1", .photo = "aa", .photo_width = 1, .photo_height = 1 });

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (cJSON) json = lk_submission_to_json (submission);
      g_autoptr (GError) error = NULL;

      cJSON_DeleteItemFromObject (json, members[i]);
      g_assert_null (lk_submission_from_json (json, &error));
      g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
    }
}

static void
test_decision (void)
{
  const char *const reasons[] = { "R203", "R204", NULL };
  g_autoptr (LkDecision) decision = lk_decision_new (&(LkDecisionDescription) {
    .submission = "s", .lease = "l", .photo = "aa", .verdict = LK_VERDICT_RETURN, .reasons = reasons,
    .note = "请重新裁剪", .decided_at = 1750036200123456, .shown_ms = 2140, .input = "key" });
  g_autoptr (cJSON) json = lk_decision_to_json (decision);
  g_autoptr (GError) error = NULL;
  g_autoptr (LkDecision) back = lk_decision_from_json (json, &error);

  g_assert_no_error (error);
  g_assert_true (lk_key_is_valid (lk_decision_get_key (decision)));
  g_assert_cmpstr (lk_decision_get_key (back), ==, lk_decision_get_key (decision));
  g_assert_cmpint (lk_decision_get_verdict (back), ==, LK_VERDICT_RETURN);
  g_assert_cmpstr (lk_decision_get_reasons (back)[1], ==, "R204");
  g_assert_null (lk_decision_get_reasons (back)[2]);
  g_assert_cmpstr (lk_decision_get_note (back), ==, "请重新裁剪");
  g_assert_cmpint (lk_decision_get_decided_at (back), ==, 1750036200123456);
  cJSON_ReplaceItemInObject (json, "verdict", cJSON_CreateString ("delete"));
  g_assert_null (lk_decision_from_json (json, &error));
  g_assert_error (error, LK_ERROR, LK_ERROR_BAD_REQUEST);
}

static void
test_keys (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *key = lk_key_new ();

      g_assert_true (lk_key_is_valid (key));
      g_assert_cmpint (key[14], ==, '7');
      g_assert_true (g_hash_table_add (seen, key));
    }
  g_assert_false (lk_key_is_valid ("0190-"));
  g_assert_false (lk_key_is_valid (NULL));
  g_assert_false (lk_key_is_valid ("01909ABC-0000-7000-8000-000000000000"));
}

/* Every code that travels comes back as itself; an unknown word is a refusal. */
static void
test_error_words (void)
{
  for (int code = LK_ERROR_FAILED; code <= LK_ERROR_CORRUPT; code++)
    {
      const char *word = lk_error_to_word ((LkError) code);

      if (word != NULL)
        g_assert_cmpint (lk_error_from_word (word), ==, code);
    }
  g_assert_cmpint (lk_error_from_word ("from-the-future"), ==, LK_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/wire/check", test_check);
  g_test_add_func ("/core/wire/check-without-score", test_check_without_score);
  g_test_add_func ("/core/wire/check-not-run", test_check_not_run);
  g_test_add_func ("/core/wire/others", test_others);
  g_test_add_func ("/core/wire/submission", test_submission);
  g_test_add_func ("/core/wire/submission-incomplete", test_submission_incomplete);
  g_test_add_func ("/core/wire/decision", test_decision);
  g_test_add_func ("/core/wire/keys", test_keys);
  g_test_add_func ("/core/wire/error-words", test_error_words);
  return g_test_run ();
}
